/* A wide accumulator: the exact sum of up to 2^25 finite numbers.
 *
 * Signed 64-bit limbs of weight 2^(32 i), in units of the smallest subnormal; the small accumulator of Neal (2015, arXiv 1505.05571)
 * is the model. A number m 2^s touches three limbs; carries wait until the end, and the limb on top waits for them.
 */
#ifndef CERTIGAR_WIDE_H
#define CERTIGAR_WIDE_H

#include "acsl/number.h"

/* The three limbs that the largest finite number touches are below the one on top. */
#if FORMAT == 64
enum { LIMBS = 67 };
#elif FORMAT == 32
enum { LIMBS = 11 };
#else
enum { LIMBS = 5 };
#endif

/*@ logic integer Limbs{L}(int64_t *a, integer i) = i >= LIMBS ? 0 : a[i] + 4294967296*Limbs(a,i+1);
  @ // after c numbers were added
  @ predicate Bounded{L}(int64_t *a, integer c) =
  @   a[LIMBS-1] == 0 && \forall integer i; 0 <= i < LIMBS-1 ==> -4294967296*c <= a[i] <= 4294967296*c;
  @ predicate Digits{L}(int64_t *a) = \forall integer i; 0 <= i < LIMBS ==> 0 <= a[i] < 4294967296;
  @ logic integer Signed(integer negative, integer x) = negative != 0 ? -x : x;
  @*/

/*@ requires a: \valid(a + (0 .. LIMBS-1));
    terminates \true; exits \false; assigns a[0 .. LIMBS-1];
    ensures zero: Limbs(a,0) == 0;
    ensures bounded: Bounded(a,0); */
KERNEL void wide_clear(int64_t *a);

/* Adds m 2^s, or subtracts it. */
/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires negative: 0 <= negative <= 1;
    requires m: m < 0x2000000000000000;
    requires s: 0 <= s <= SHIFT_MAX;
    requires c: 0 <= c < 0x2000000;
    requires bounded: Bounded(a,c);
    terminates \true; exits \false; assigns a[0 .. LIMBS-1];
    ensures sum: Limbs(a,0) == \old(Limbs(a,0)) + Signed(negative,Up(m,s));
    ensures bounded: Bounded(a,c+1); */
KERNEL void wide_add_scaled(int64_t *a, int negative, uint64_t m, int s) /*@ ghost (int c) */;

/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires k: Finite(k);
    requires c: 0 <= c < 0x2000000;
    requires bounded: Bounded(a,c);
    terminates \true; exits \false; assigns a[0 .. LIMBS-1];
    ensures sum: Limbs(a,0) == \old(Limbs(a,0)) + Val(k);
    ensures bounded: Bounded(a,c+1); */
KERNEL void wide_add(int64_t *a, key k) /*@ ghost (int c) */;

/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires k: Finite(k);
    requires c: 0 <= c < 0x2000000;
    requires bounded: Bounded(a,c);
    terminates \true; exits \false; assigns a[0 .. LIMBS-1];
    ensures sum: Limbs(a,0) == \old(Limbs(a,0)) - Val(k);
    ensures bounded: Bounded(a,c+1); */
KERNEL void wide_subtract(int64_t *a, key k) /*@ ghost (int c) */;

/* The absolute value, with every limb in [0, 2^32); returns the sign, -1, 0 or 1. */
/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires c: 0 <= c <= 0x2000000;
    requires bounded: Bounded(a,c);
    terminates \true; exits \false; assigns a[0 .. LIMBS-1];
    ensures absolute: Limbs(a,0) == Abs(\old(Limbs(a,0)));
    ensures digits: Digits(a);
    ensures negative: \result == -1 <==> \old(Limbs(a,0)) < 0;
    ensures positive: \result == 1 <==> \old(Limbs(a,0)) > 0;
    ensures sign: -1 <= \result <= 1; */
KERNEL int wide_absolute(int64_t *a) /*@ ghost (int c) */;

/* RN(a / k); the quotient must not exceed the largest finite number. */
/*@ requires a: \valid_read(a + (0 .. LIMBS-1));
    requires digits: Digits(a);
    requires k: 1 <= k <= ROWS_MAX;
    requires finite: Limbs(a,0) <= k*Value(SPECIAL-1);
    terminates \true; exits \false; assigns \nothing;
    ensures finite: 0 <= \result < SPECIAL;
    ensures rounded: Rounded(\result,Limbs(a,0),k); */
KERNEL key wide_quotient(const int64_t *a, int k);

#endif
