/* Exact sums of squares: natural numbers of fixed size, and infinity.
 *
 * Digits of 32 bits, the lowest first. The digit on top is 0 in every finite number, and infinity is 1 there and 0 below: so one comparison,
 * from the top, orders them all. A sum that would need the top digit is infinity; no sum of squared distances gets there
 * (spec/rules.md, section 5: fewer than 2^62 coordinates and 2^24 rows).
 */
#ifndef CERTIGAR_NATURAL_H
#define CERTIGAR_NATURAL_H

#include "acsl/number.h"

/* The square of the greatest difference, in grains (distance/quantise.h), times 2^86, is below 2^(32 (NATURAL_DIGITS - 1)). */
#if FORMAT == 64
enum { NATURAL_DIGITS = 135 };
#elif FORMAT == 32
enum { NATURAL_DIGITS = 22 };
#else
enum { NATURAL_DIGITS = 5 };
#endif

typedef uint32_t natural[NATURAL_DIGITS];

KERNEL void natural_clear(uint32_t *a);
KERNEL void natural_set_infinite(uint32_t *a);
KERNEL int natural_is_infinite(const uint32_t *a);
KERNEL void natural_copy(const uint32_t *a, uint32_t *to);

/* a becomes the lesser of a + x 2^(32 i) and infinity. */
KERNEL void natural_add_digit(uint32_t *a, int i, uint32_t x);

/* a becomes the lesser of a + m 2^s and infinity. */
KERNEL void natural_add_up(uint32_t *a, uint64_t m, int s);

/* a becomes the lesser of a + b and infinity. */
KERNEL void natural_add(uint32_t *a, const uint32_t *b);

/* -1, 0, 1 as a is less than, equal to, greater than b. */
KERNEL int natural_compare(const uint32_t *a, const uint32_t *b);

#endif
