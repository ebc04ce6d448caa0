/* Lemma functions about the nearest magnitude of a sum that is exact, or lies beside units on a side that is known. */
#ifndef LEMMAS_NEAREST_H
#define LEMMAS_NEAREST_H

#include "exact/nearest.h"

/* What is within half of the gap on either side of m 2^j units rounds to m, of which r is the magnitude; below the least significand the gap is half
   as wide. On the side where the sum is not the units themselves, it may be half of the gap away whatever the parity. */
/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX;
     requires k: 1 <= k <= WINDOW_ROWS;
     requires m: FRACTION <= m < 2*FRACTION;
     requires j: 0 <= j <= WINDOW;
     requires r: r == m + (exponent - WINDOW + j)*FRACTION && FRACTION <= r < SPECIAL;
     requires a: 0 <= a <= 0x1000000000000000;
     requires p: p == Up(k*m,j) && 0 <= p <= 0x1000000000000000;
     requires gap: gap == Up(m == FRACTION ? k : 2*k,j) && 0 <= gap <= 0x1000000000000000;
     requires side: -1 <= side <= 1 && 0 <= t <= WINDOW_ROWS;
     requires up: 4*(a - p + (side > 0 ? t : 0)) + (side < 0 ? 0 : m%2 + (m == FRACTION ? 1 : 0)) <= gap;
     requires down: 4*(p - a + (side < 0 ? t : 0)) + (side > 0 ? 0 : m%2 + (m == FRACTION ? 1 : 0)) <= gap;
     terminates \true; exits \false; assigns \nothing;
     ensures rounded: \forall integer V; Beside(V,a,exponent,side,t) ==> Rounded(r,V,k); @/
  void lemma_nearest_sum(int64_t a, int side, int t, int64_t p, int64_t gap, int64_t m, int j, int exponent, key r, int k);
*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     requires side: -1 <= side <= 1 && 0 <= t;
     terminates \true; exits \false; assigns \nothing;
     ensures negate: \forall integer V, S; Beside(V,S,e,side,t) ==> Beside(-V,-S,e,-side,t);
     ensures positive: \forall integer V, S; Beside(V,S,e,side,t) && (side == 0 ? 0 < S : t < S) ==> 0 < V;
     ensures zero: \forall integer V; Beside(V,0,e,0,t) ==> V == 0;
     ensures exact: \forall integer V, S; Within(V,S,e,0) ==> Beside(V,S,e,0,t); @/
  void lemma_beside(int e, int side, int t);
*/

#endif
