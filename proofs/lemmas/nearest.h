/* A lemma function about the nearest magnitude of an exact sum. */
#ifndef LEMMAS_NEAREST_H
#define LEMMAS_NEAREST_H

#include "exact/window.h"

/* What is within half of the gap on either side of m 2^j units rounds to m, of which r is the magnitude; below the least significand the gap is half
   as wide. */
/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX;
     requires k: 1 <= k <= WINDOW_ROWS;
     requires m: FRACTION <= m < 2*FRACTION;
     requires j: 0 <= j <= WINDOW;
     requires r: r == m + (exponent - WINDOW + j)*FRACTION && FRACTION <= r < SPECIAL;
     requires a: 0 <= a <= 0x1000000000000000;
     requires p: p == Up(k*m,j) && 0 <= p <= 0x1000000000000000;
     requires gap: gap == Up(m == FRACTION ? k : 2*k,j) && 0 <= gap <= 0x1000000000000000;
     requires near: 4*Abs(a - p) + m%2 + (m == FRACTION ? 1 : 0) <= gap;
     terminates \true; exits \false; assigns \nothing;
     ensures rounded: \forall integer V; Within(V,a,exponent,0) ==> Rounded(r,V,k); @/
  void lemma_nearest_sum(int64_t a, int64_t p, int64_t gap, int64_t m, int j, int exponent, key r, int k);
*/

#endif
