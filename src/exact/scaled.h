/* A number times a factor below 1, correctly rounded: RN(x s) for an s that is a square root, without the root.
 *
 * Write s = sigma 2^-h with 1/2 < sigma <= 1, P for SIGNIFICAND_BITS and x = m 2^E with m < 2^P. Which number x s is rounded to is decided by
 * comparisons with midpoints (2j + 1) 2^(e-1), that is of sigma with (2j + 1) 2^(e-1+h-E) / m; one with e < E - h - 1 is below x s whatever sigma
 * is, since x s > 2^(P-2+E-h) for a normal x and E = 0 for another. What is left are fractions with a denominator of at most 4m <= Q = 2^(P+2).
 * So between two neighbouring fractions of denominators up to Q (a Farey sequence of order Q, Hardy and Wright, chapter 3) all sigma round alike,
 * whatever x is: one of them with few bits stands for all. This is the factor, F 2^-FACTOR_BITS; with it no x is a tie. How it is found is in
 * select/clip.c. If sigma is itself such a fraction there is a factor below and one above: where they round differently x s is a tie.
 *
 * Neighbouring fractions are at least 1/Q^2 apart; FACTOR_BITS = 2 (P+2) + 1 bits find something between them.
 */
#ifndef CERTIGAR_SCALED_H
#define CERTIGAR_SCALED_H

#include "exact/key.h"

/* The product m F has FACTOR_BITS + P bits at most, of which those below 2^(FACTOR_BITS - FACTOR_TAIL) are only looked at for whether they are 0. */
#if FORMAT == 64
enum { FACTOR_BITS = 111, FACTOR_LIMBS = 4, FACTOR_TAIL = 9 };
#else
enum { FACTOR_BITS = 53, FACTOR_LIMBS = 2, FACTOR_TAIL = 25 };
#endif
enum { FACTOR_RADIX = 268435456 };   /* 2^28: the limbs of F, the lowest first */
enum { FACTOR_EXPONENT_MAX = 4096 }; /* with h as great as that everything is rounded to 0 */

/* out[l] = RN(x s), +0 if x = 0, for x = keys[l], all finite: s = F 2^(-exponent-FACTOR_BITS). 2^(FACTOR_BITS-1) < F <= 2^FACTOR_BITS + 1, and with
 * exponent = 0 F < 2^FACTOR_BITS. */
KERNEL void scale_keys(const key *restrict keys, const uint32_t *factor, int32_t exponent, key *restrict out);

/* The same for an s between two neighbouring factors: of two numbers that are equally near the even one. */
KERNEL void scale_keys_between(const key *restrict keys, const uint32_t *lower, const uint32_t *upper, int32_t exponent, key *restrict out);

#endif
