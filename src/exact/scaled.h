/* A number times a factor below 1, correctly rounded: RN(x s) for an s that is a square root, without the root.
 *
 * Write s = sigma 2^-h with 1/2 < sigma <= 1, P for SIGNIFICAND_BITS and x = m 2^E with m < 2^P. Which number x s is rounded to is
 * decided by comparisons with midpoints (2j + 1) 2^(e-1), that is of sigma with (2j + 1) 2^(e-1+h-E) / m; one with e < E - h - 1 is
 * below x s whatever sigma is, since x s > 2^(P-2+E-h) for a normal x and E = 0 for another. What is left are fractions with a
 * denominator of at most 4m <= Q = 2^(P+2). So between two neighbouring fractions of denominators up to Q (a Farey sequence of order Q,
 * Hardy and Wright, chapter 3) all sigma round alike, whatever x is: one of them with few bits stands for all. This is the factor, F
 * 2^-FACTOR_BITS; with it no x is a tie. How it is found is in select/clip.c. If sigma is itself such a fraction there is a factor below
 * and one above: where they round differently x s is a tie.
 *
 * Neighbouring fractions are at least 1/Q^2 apart; FACTOR_BITS = 2 (P+2) + 1 bits find something between them.
 */
#ifndef CERTIGAR_SCALED_H
#define CERTIGAR_SCALED_H

#include "exact/key.h"

/* The product m F has FACTOR_BITS + P bits at most, of which those below 2^(FACTOR_BITS - FACTOR_TAIL) are only looked at for whether they
 * are 0. */
#if FORMAT == 64
enum { FACTOR_BITS = 111, FACTOR_LIMBS = 4, FACTOR_TAIL = 9 };
#else
enum { FACTOR_BITS = 53, FACTOR_LIMBS = 2, FACTOR_TAIL = 25 };
#endif
enum { FACTOR_RADIX = 268435456 };   /* 2^28: the limbs of F, the lowest first */
enum { FACTOR_EXPONENT_MAX = 4096 }; /* with h as great as that everything is rounded to 0 */


/* FACTOR_HEAD: the bits of a product below its leading ones; HEAD_LONG: FRACTION 2^FACTOR_TAIL. */
#if FORMAT == 64
enum { FACTOR_HEAD = 102 };
#define HEAD_LONG 0x2000000000000000
/*@ logic integer Factor{L}(uint32_t *a) = a[0] + 268435456*a[1] + 72057594037927936*a[2] + 19342813113834066795298816*a[3];
  @ predicate IsFactor{L}(uint32_t *a) =                                          // 2^110 < F <= 2^111 + 1
  @   a[0] < FACTOR_RADIX && a[1] < FACTOR_RADIX && a[2] < FACTOR_RADIX && a[3] < FACTOR_RADIX
  @   && 1298074214633706907132624082305024 < Factor(a) <= 2596148429267413814265248164610049;
  @*/
#else
enum { FACTOR_HEAD = 28 };
#if FORMAT == 32
#define HEAD_LONG 0x1000000000000
#else
#define HEAD_LONG 0x8000000
#endif
/*@ logic integer Factor{L}(uint32_t *a) = a[0] + 268435456*a[1];
  @ predicate IsFactor{L}(uint32_t *a) = a[0] < FACTOR_RADIX && a[1] < FACTOR_RADIX && 4503599627370496 < Factor(a) <= 9007199254740993;
  @*/
#endif

/*@ // g is what is left of A when FACTOR_HEAD bits are cut away; rest says whether they were 0
  @ predicate ProductHead(integer A, integer g, integer rest) = Up(g,FACTOR_HEAD) <= A < Up(g+1,FACTOR_HEAD)
  @   && (rest == 0 <==> A == Up(g,FACTOR_HEAD));
  @ // A 2^E / 2^D rounds to the magnitude r: spec/rules.md, RN with S = A 2^E and k = 2^D
  @ predicate ScaledRounded(integer r, integer A, integer E, integer D) =
  @      Up(2*A,E) <= Up(Value(r) + Value(r+1),D)
  @   && (Up(2*A,E) == Up(Value(r) + Value(r+1),D) ==> r % 2 == 0)
  @   && (r > 0 ==> Up(Value(r-1) + Value(r),D) <= Up(2*A,E))
  @   && (r > 0 && Up(2*A,E) == Up(Value(r-1) + Value(r),D) ==> r % 2 == 0);
  @ // the key z is the key x times F / 2^D; a zero becomes +0
  @ predicate IsScaled(integer z, integer x, integer F, integer D) =
  @      ScaledRounded(Magnitude(z),Significand(Magnitude(x))*F,Shift(Magnitude(x)),D)
  @   && (z < 0 <==> x < -1);
  @*/

/* out[l] = RN(x s), +0 if x = 0, for x = keys[l]: s = F 2^(-exponent-FACTOR_BITS). */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires factor: \valid_read(factor + (0 .. FACTOR_LIMBS-1)) && IsFactor(factor);
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), keys + (0 .. LANES-1), factor + (0 .. FACTOR_LIMBS-1));
    requires finite: \forall integer l; 0 <= l < LANES ==> Finite(keys[l]);
    requires exponent: 0 <= exponent <= FACTOR_EXPONENT_MAX;
    terminates \true; exits \false; assigns out[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= Magnitude(out[l]) <= SPECIAL;
    ensures scaled: \forall integer l; 0 <= l < LANES ==> IsScaled(out[l],keys[l],Factor(factor),exponent + FACTOR_BITS); */
KERNEL void scale_keys(const key *restrict keys, const uint32_t *restrict factor, int32_t exponent, key *restrict out);

/* The same for an s between two factors: of the two results, which are neighbours at most, the even one. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires lower: \valid_read(lower + (0 .. FACTOR_LIMBS-1)) && IsFactor(lower);
    requires upper: \valid_read(upper + (0 .. FACTOR_LIMBS-1)) && IsFactor(upper);
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), keys + (0 .. LANES-1), lower + (0 .. FACTOR_LIMBS-1));
    requires apart_upper: \separated(out + (0 .. LANES-1), upper + (0 .. FACTOR_LIMBS-1));
    requires finite: \forall integer l; 0 <= l < LANES ==> Finite(keys[l]);
    requires exponent: 0 <= exponent <= FACTOR_EXPONENT_MAX;
    terminates \true; exits \false; assigns out[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= Magnitude(out[l]) <= SPECIAL;
    ensures scaled: \forall integer l; 0 <= l < LANES ==> IsScaled(out[l],keys[l],Factor(lower),exponent + FACTOR_BITS)
                      || IsScaled(out[l],keys[l],Factor(upper),exponent + FACTOR_BITS);
    ensures even: \forall integer l; 0 <= l < LANES && Magnitude(out[l]) % 2 == 1
                      ==> IsScaled(out[l],keys[l],Factor(upper),exponent + FACTOR_BITS); */
KERNEL void scale_keys_between(const key *restrict keys, const uint32_t *restrict lower, const uint32_t *restrict upper, int32_t exponent,
                               key *restrict out);

#endif
