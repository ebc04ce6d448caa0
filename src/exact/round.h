/* Rounding a number of which the leading bits, and whether anything follows, are known.
 *
 * N/k = (g + x) 2^shift in units of the smallest subnormal, where x = 0 if sticky is 0 and 0 < x < 1 otherwise. The shift has either
 * sign: of the two Up in Cut one is by 0.
 */
#ifndef CERTIGAR_ROUND_H
#define CERTIGAR_ROUND_H

#include "acsl/number.h"

/*@ predicate Cut(integer N, integer k, integer g, integer shift, integer sticky) =
  @      (sticky == 0 ==> Up(N,-shift) == k*Up(g,shift))
  @   && (sticky != 0 ==> k*Up(g,shift) < Up(N,-shift) < k*Up(g+1,shift));
  @*/

enum { CUT_MAX = 4096 };   /* no shift is greater, of either sign */

/* RN(N/k), or good = 0: when there are not enough bits in g to decide, or too many before the point for the format. */
/*@ requires good: \valid(good);
    requires shift: -CUT_MAX <= shift <= CUT_MAX;
    requires k: 1 <= k <= ROWS_MAX;
    terminates \true; exits \false; assigns *good;
    ensures good: *good == \old(*good) || *good == 0;
    ensures range: *good != 0 ==> 0 <= \result <= SPECIAL;
    ensures rounded: *good != 0 ==> \forall integer N; Cut(N,k,g,shift,sticky) ==> Rounded(\result,N,k); */
KERNEL key round_sticky(uint64_t g, int shift, int sticky, int *good) /*@ ghost (int k) */;

/* The same of a g that has more bits than a significand, when the number is less than the first one beyond the format: always decided. */
/*@ requires g: 2*FRACTION <= g;
    requires shift: 0 <= shift <= CUT_MAX;
    requires k: 1 <= k <= ROWS_MAX;
    requires finite: Up(g,shift) < Value(SPECIAL);
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= SPECIAL;
    ensures rounded: \forall integer N; Cut(N,k,g,shift,sticky) ==> Rounded(\result,N,k); */
KERNEL key round_short(uint64_t g, int shift, int sticky) /*@ ghost (int k) */;

/* The same of h 2^64 + l. */
/*@ requires h: 1 <= h;
    requires shift: 0 <= shift <= CUT_MAX;
    requires k: 1 <= k <= ROWS_MAX;
    requires finite: Up(h*18446744073709551616 + l, shift) < Value(SPECIAL);
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= SPECIAL;
    ensures rounded: \forall integer N; Cut(N,k,h*18446744073709551616 + l,shift,sticky) ==> Rounded(\result,N,k); */
KERNEL key round_long(uint64_t h, uint64_t l, int shift, int sticky) /*@ ghost (int k) */;

#endif
