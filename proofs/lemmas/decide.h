/* Lemma functions for deciding between the magnitude r = m + shift*FRACTION and its successor, from the residual of a sum.
 *
 * All is measured in units of the window: k times
 * the value of r is (k m) 2^j of them, k times the gap above r is k 2^j, where shift = exponent - WINDOW + j. */
#ifndef LEMMAS_DECIDE_H
#define LEMMAS_DECIDE_H

#include "exact/window.h"

/*@ predicate IsCandidate(integer m, integer j, integer exponent) =
  @   0 <= m < 2*FRACTION && 0 <= j <= WINDOW && WINDOW <= exponent + j && (FRACTION <= m || exponent + j == WINDOW);
  @ // some multiple, in units of the window: x of them are y
  @ predicate InUnits(integer x, integer exponent, integer y) = WINDOW_UNIT*y == Up(x,exponent);
  @*/

/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
     requires candidate: IsCandidate(m,j,exponent);
     requires r: r == m + (exponent - WINDOW + j)*FRACTION && r <= QUIET_NAN;
     requires k: 1 <= k <= WINDOW_ROWS;
     terminates \true; exits \false; assigns \nothing;
     ensures value: InUnits(Up(k*m,j),exponent,k*Value(r));
     ensures next: InUnits(Up(k*m,j)+Up(k,j),exponent,k*Value(r+1)); @/
  void lemma_candidate(int64_t m, int j, int exponent, key r, int k);
*/

/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
     requires k: 1 <= k <= ROWS_MAX;
     requires r: 0 <= r < SPECIAL;
     requires room: 0 <= a <= 0x1000000000000000 && 0 <= t <= ROWS_MAX;
     requires room_p: 0 <= p <= 0x1000000000000000 && 0 <= ulp <= 0x1000000000000000;
     requires value: InUnits(p,exponent,k*Value(r));
     requires next: InUnits(p+ulp,exponent,k*Value(r+1));
     terminates \true; exits \false; assigns \nothing;
     ensures down: 4*p - ulp < 4*(a - t) && (2*(a + t) < 2*p + ulp || (t == 0 && 2*a == 2*p + ulp && r % 2 == 0)) ==>
       \forall integer V; Within(V,a,exponent,t) ==> Rounded(r,V,k);
     ensures up: 2*(a + t) < 2*p + 3*ulp && (2*p + ulp < 2*(a - t) || (t == 0 && 2*a == 2*p + ulp && r % 2 == 1)) ==>
       \forall integer V; Within(V,a,exponent,t) ==> Rounded(r+1,V,k); @/
  void lemma_decide(int64_t a, int t, int64_t p, int64_t ulp, int exponent, key r, int k);
*/

#endif
