/* Exact sums of squares: natural numbers of fixed size, and infinity.
 *
 * Digits of 32 bits, the lowest first. The digit on top is 0 in every finite number, and infinity is 1 there and 0 below: so one
 * comparison, from the top, orders them all. A sum that would need the top digit is infinity; no sum of squared distances gets there
 * (spec/rules.md, section 3: fewer than 2^62 columns and 2^24 rows).
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

typedef uint32_t natural_row[NATURAL_DIGITS];

/*@ logic integer Low{L}(uint32_t *a, integer n) = n <= 0 ? 0 : Low(a,n-1) + Up(a[n-1],32*(n-1));      // the n lowest digits
  @ logic integer Num{L}(uint32_t *a) = Low(a,NATURAL_DIGITS);
  @ logic integer Infinity = Up(1,32*(NATURAL_DIGITS-1));                                               // above every finite number
  @ logic integer Capped(integer x) = x < Infinity ? x : Infinity;                                      // the lesser of the two
  @ predicate IsNatural{L}(uint32_t *a) =
  @   a[NATURAL_DIGITS-1] == 0 || (a[NATURAL_DIGITS-1] == 1 && \forall integer i; 0 <= i < NATURAL_DIGITS-1 ==> a[i] == 0);
  @
  @ // what a function that writes a does to other numbers
  @ predicate OtherNumbers{A,B}(uint32_t *a) =
  @   \forall uint32_t *b; \separated(b + (0 .. NATURAL_DIGITS-1),a + (0 .. NATURAL_DIGITS-1)) ==> Num{B}(b) == Num{A}(b);
  @*/

/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures zero: Num(a) == 0;
    ensures digits: \forall integer i; 0 <= i < NATURAL_DIGITS ==> a[i] == 0;
    ensures natural: IsNatural(a);
    ensures others: OtherNumbers{Pre,Post}(a); */
KERNEL void natural_clear(uint32_t *a);

/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures infinite: Num(a) == Infinity;
    ensures natural: IsNatural(a);
    ensures others: OtherNumbers{Pre,Post}(a); */
KERNEL void natural_set_infinite(uint32_t *a);

/*@ requires a: \valid_read(a + (0 .. NATURAL_DIGITS-1));
    requires natural: IsNatural(a);
    terminates \true; exits \false; assigns \nothing;
    ensures infinite: \result != 0 <==> Num(a) == Infinity;
    ensures finite: \result == 0 <==> Num(a) < Infinity;
    ensures flag: \result == 0 || \result == 1;
    ensures top: \result == 0 <==> a[NATURAL_DIGITS-1] == 0; */
KERNEL int natural_is_infinite(const uint32_t *a);

/* A digit may lie above the highest: NATURAL_SHIFT is only what keeps 32 i in the range that the proofs speak of. */
enum { NATURAL_SHIFT = 65536 };

/* a becomes the lesser of a + x 2^(32 i) and infinity. */
/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    requires natural: IsNatural(a);
    requires i: 0 <= i && 32*i <= NATURAL_SHIFT;
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures sum: Num(a) == Capped(\old(Num(a)) + Up(x,32*i));
    ensures natural: IsNatural(a);
    ensures others: OtherNumbers{Pre,Post}(a); */
KERNEL void natural_add_digit(uint32_t *a, int i, uint32_t x);

/* a becomes the lesser of a + m 2^s and infinity. */
/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    requires natural: IsNatural(a);
    requires s: 0 <= s <= NATURAL_SHIFT - 64;
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures sum: Num(a) == Capped(\old(Num(a)) + Up(m,s));
    ensures natural: IsNatural(a);
    ensures others: OtherNumbers{Pre,Post}(a); */
KERNEL void natural_add_up(uint32_t *a, uint64_t m, int s);

/* a becomes the lesser of a + b and infinity. */
/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    requires b: \valid_read(b + (0 .. NATURAL_DIGITS-1));
    requires apart: \separated(a + (0 .. NATURAL_DIGITS-1),b + (0 .. NATURAL_DIGITS-1));
    requires natural: IsNatural(a) && IsNatural(b);
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures sum: Num(a) == Capped(\old(Num(a)) + \old(Num(b)));
    ensures natural: IsNatural(a);
    ensures others: OtherNumbers{Pre,Post}(a); */
KERNEL void natural_add(uint32_t *a, const uint32_t *b);

/* -1, 0, 1 as a is less than, equal to, greater than b. */
/*@ requires a: \valid_read(a + (0 .. NATURAL_DIGITS-1));
    requires b: \valid_read(b + (0 .. NATURAL_DIGITS-1));
    terminates \true; exits \false; assigns \nothing;
    ensures less: \result == -1 <==> Num(a) < Num(b);
    ensures equal: \result == 0 <==> Num(a) == Num(b);
    ensures greater: \result == 1 <==> Num(a) > Num(b);
    ensures sign: -1 <= \result <= 1; */
KERNEL int natural_compare(const uint32_t *a, const uint32_t *b);

#endif
