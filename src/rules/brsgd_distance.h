/* The distances of BrSGD's C1 in one tile: of a row, the sum over the columns of |2 X - (lo + hi)|, lo and hi the two values in the middle of the
 * column, so that (lo + hi) / 2 is its median. Exactly, in a wide accumulator; or, nearly always enough, as an interval.
 *
 * For the interval all numbers of a row's tile are cut to multiples of 2^(E - COMPARE_BITS) as in exact/compare.h, E the greatest of their exponents.
 * A difference of four such numbers is less than four units off; its last DISTANCE_DROP bits go, so that 64 of them fit into 64 bits. What is left is
 * e with (e - 1) 2^D < |2 X - (lo + hi)| < (e + 2) 2^D, D = E + DISTANCE_DROP - COMPARE_BITS; or the number itself, if nothing was cut.
 */
#ifndef CERTIGAR_BRSGD_DISTANCE_H
#define CERTIGAR_BRSGD_DISTANCE_H

#include "acsl/mean.h"
#include "exact/compare.h"
#include "exact/wide.h"

enum { DISTANCE_DROP = 8, DISTANCE_UNIT = 256 };   /* 2^DISTANCE_DROP */

/*@ logic integer MiddleDistance(integer x, integer lo, integer hi) = Abs(2*Val(x) - Val(lo) - Val(hi));
  @ logic integer Distances{L}(key *x, key *lo, key *hi, integer n) =                              // of n lanes
  @   n <= 0 ? 0 : Distances(x,lo,hi,n-1) + MiddleDistance(x[n-1],lo[n-1],hi[n-1]);
  @ // D is between sum - slack and sum + 2 slack, of which one is 2^(DISTANCE_DROP - COMPARE_BITS)
  @ predicate Interval{L}(int64_t *sum, int64_t *slack, integer D) =
  @   DISTANCE_UNIT*(Limbs(sum,0) - Limbs(slack,0)) <= COMPARE_UNIT*D <= DISTANCE_UNIT*(Limbs(sum,0) + 2*Limbs(slack,0));
  @*/

/* Adds a row's distances to a: lo and hi are neighbours in rank, so no value is between them. */
/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires x: \valid_read(x + (0 .. LANES-1)) && \valid_read(lo + (0 .. LANES-1)) && \valid_read(hi + (0 .. LANES-1));
    requires apart: \separated(a + (0 .. LIMBS-1), x + (0 .. LANES-1)) && \separated(a + (0 .. LIMBS-1), lo + (0 .. LANES-1));
    requires apart_hi: \separated(a + (0 .. LIMBS-1), hi + (0 .. LANES-1));
    requires finite: \forall integer l; 0 <= l < LANES ==> Finite(x[l]) && Finite(lo[l]) && Finite(hi[l]);
    requires middle: \forall integer l; 0 <= l < LANES ==> lo[l] <= hi[l] && (x[l] <= lo[l] || hi[l] <= x[l]);
    requires c: 0 <= c <= 0x2000000 - 4*LANES;
    requires bounded: Bounded(a,c);
    terminates \true; exits \false; assigns a[0 .. LIMBS-1];
    ensures sum: Limbs(a,0) == \old(Limbs(a,0)) + Distances{Pre}(x,lo,hi,LANES);
    ensures bounded: Bounded(a,c+4*LANES); */
KERNEL void add_distances(int64_t *a, const key *x, const key *lo, const key *hi) /*@ ghost (int c) */;

/* The same to the interval that sum and slack stand for. */
/*@ requires sums: \valid(sum + (0 .. LIMBS-1)) && \valid(slack + (0 .. LIMBS-1));
    requires alone: \separated(sum + (0 .. LIMBS-1), slack + (0 .. LIMBS-1));
    requires x: \valid_read(x + (0 .. LANES-1)) && \valid_read(lo + (0 .. LANES-1)) && \valid_read(hi + (0 .. LANES-1));
    requires finite: \forall integer l; 0 <= l < LANES ==> Finite(x[l]) && Finite(lo[l]) && Finite(hi[l]);
    requires c: 0 <= c < 0x2000000;
    requires bounded: Bounded(sum,c) && Bounded(slack,c);
    terminates \true; exits \false; assigns sum[0 .. LIMBS-1], slack[0 .. LIMBS-1];
    ensures interval: \forall integer D; Interval{Pre}(sum,slack,D) ==> Interval(sum,slack,D + Distances{Pre}(x,lo,hi,LANES));
    ensures bounded: Bounded(sum,c+1) && Bounded(slack,c+1); */
KERNEL void add_near_distances(int64_t *sum, int64_t *slack, const key *x, const key *lo, const key *hi) /*@ ghost (int c) */;

#endif
