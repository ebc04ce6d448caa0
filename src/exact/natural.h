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

/*@ logic integer Low{L}(uint32_t *a, integer n) = n <= 0 ? 0 : Low(a,n-1) + Up(a[n-1],32*(n-1));      // the n lowest digits
  @ logic integer Num{L}(uint32_t *a) = Low(a,NATURAL_DIGITS);
  @ logic integer Infinity = Up(1,32*(NATURAL_DIGITS-1));                                               // above every finite number
  @ predicate IsNatural{L}(uint32_t *a) =
  @   a[NATURAL_DIGITS-1] == 0 || (a[NATURAL_DIGITS-1] == 1 && \forall integer i; 0 <= i < NATURAL_DIGITS-1 ==> a[i] == 0);
  @*/

/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures zero: Num(a) == 0;
    ensures natural: IsNatural(a); */
KERNEL void natural_clear(uint32_t *a);

/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures infinite: Num(a) == Infinity;
    ensures natural: IsNatural(a); */
KERNEL void natural_set_infinite(uint32_t *a);
KERNEL int natural_is_infinite(const uint32_t *a);
KERNEL void natural_copy(const uint32_t *a, uint32_t *to);

/* a becomes the lesser of a + x 2^(32 i) and infinity. */
KERNEL void natural_add_digit(uint32_t *a, int i, uint32_t x);

/* a becomes the lesser of a + m 2^s and infinity. */
/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    requires natural: IsNatural(a);
    requires s: 0 <= s <= 8192;
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures sum: Num(a) == \min(Infinity,\old(Num(a)) + Up(m,s));
    ensures natural: IsNatural(a); */
KERNEL void natural_add_up(uint32_t *a, uint64_t m, int s);

/* a becomes the lesser of a + b and infinity. */
KERNEL void natural_add(uint32_t *a, const uint32_t *b);

/* -1, 0, 1 as a is less than, equal to, greater than b. */
KERNEL int natural_compare(const uint32_t *a, const uint32_t *b);

#endif
