/* Lemma functions about the nearest magnitude of a sum: see nearest.h. */
#include "lemmas/nearest.h"
#include "lemmas/decide.h"
#include "lemmas/power.h"
#include "lemmas/value.h"
#include "lemmas/window.h"

/*@ predicate Quarter(integer V, integer y) = y < 4*V;
  @*/

/* Twice what lies beside a units, against y, of which x units are the worth. */
/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     requires side: -1 <= side <= 1 && 0 <= t;
     requires q: q == (side > 0 ? a + t : a) && 2*q <= x;
     terminates \true; exits \false; assigns \nothing;
     ensures at_most: \forall integer V, y; Beside(V,a,e,side,t) && InUnits(x,e,y) ==> 2*V <= y;
     ensures less: \forall integer V, y; (2*q < x || side < 0) && Beside(V,a,e,side,t) && InUnits(x,e,y) ==> 2*V < y; @/
  void lemma_half_above(int64_t a, int side, int t, int64_t q, int64_t x, int e)
  {
    lemma_up_mono(e);
    lemma_up_add(e);
    /@ assert twice: Up(q,e) + Up(q,e) == Up(q+q,e); @/
    /@ assert mono: Up(q+q,e) <= Up(x,e); @/
    /@ assert strict: 2*q < x ==> Up(q+q,e) < Up(x,e); @/
    if (side > 0) {
      /@ assert right: \forall integer V; Beside(V,a,e,side,t) ==> WINDOW_UNIT*V <= Up(q,e); @/
    } else if (side < 0) {
      /@ assert left: \forall integer V; Beside(V,a,e,side,t) ==> WINDOW_UNIT*V < Up(q,e); @/
    } else {
      /@ assert middle: \forall integer V; Beside(V,a,e,side,t) ==> WINDOW_UNIT*V == Up(q,e); @/
    }
  }
*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     requires side: -1 <= side <= 1 && 0 <= t;
     requires q: q == (side < 0 ? a - t : a);
     terminates \true; exits \false; assigns \nothing;
     ensures at_least: \forall integer V, y; x <= 2*q && Beside(V,a,e,side,t) && InUnits(x,e,y) ==> y <= 2*V;
     ensures more: \forall integer V, y; x <= 2*q && (x < 2*q || side > 0) && Beside(V,a,e,side,t) && InUnits(x,e,y) ==> y < 2*V;
     ensures quarter: \forall integer V, y; x <= 4*q && (x < 4*q || side > 0) && Beside(V,a,e,side,t) && InUnits(x,e,y) ==> Quarter(V,y); @/
  void lemma_half_below(int64_t a, int side, int t, int64_t q, int64_t x, int e)
  {
    lemma_up_mono(e);
    lemma_up_add(e);
    /@ assert twice: Up(q,e) + Up(q,e) == Up(q+q,e); @/
    /@ assert fourfold: Up(q+q,e) + Up(q+q,e) == Up((q+q)+(q+q),e); @/
    /@ assert mono: x <= 2*q ==> Up(x,e) <= Up(q+q,e); @/
    /@ assert strict: x < 2*q ==> Up(x,e) < Up(q+q,e); @/
    /@ assert mono4: x <= 4*q ==> Up(x,e) <= Up((q+q)+(q+q),e); @/
    /@ assert strict4: x < 4*q ==> Up(x,e) < Up((q+q)+(q+q),e); @/
    if (side > 0) {
      /@ assert right: \forall integer V; Beside(V,a,e,side,t) ==> Up(q,e) < WINDOW_UNIT*V; @/
    } else if (side < 0) {
      /@ assert left: \forall integer V; Beside(V,a,e,side,t) ==> Up(q,e) <= WINDOW_UNIT*V; @/
    } else {
      /@ assert middle: \forall integer V; Beside(V,a,e,side,t) ==> Up(q,e) == WINDOW_UNIT*V; @/
    }
  }
*/

/*@ // V / k is on the right side of the middles about r, or in one of them and r is even
  @ predicate NotAbove(integer V, integer r, integer k) =
  @   2*V <= k*Value(r) + k*Value(r+1) && (2*V == k*Value(r) + k*Value(r+1) ==> r % 2 == 0);
  @ predicate NotBelow(integer V, integer r, integer k) =
  @   k*Value(r-1) + k*Value(r) <= 2*V && (k*Value(r-1) + k*Value(r) == 2*V ==> r % 2 == 0);
  @*/

/* Below the least significand the gap is half as wide: a quarter of the gap above is within its middle. */
/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires r: 0 < r < SPECIAL;
     terminates \true; exits \false; assigns \nothing;
     ensures rounded: \forall integer V; NotAbove(V,r,k) && NotBelow(V,r,k) ==> Rounded(r,V,k);
     ensures finer: \forall integer V; Quarter(V,5*(k*Value(r)) - k*Value(r+1)) ==> NotBelow(V,r,k); @/
  void lemma_round_from(key r, int k)
  {
    lemma_scaled(k);
    lemma_value(r);
    /@ assert finer: 2*(Value(r-1) + Value(r)) <= 5*Value(r) - Value(r+1); @/
    /@ assert below: Scaled(k,2*(Value(r-1) + Value(r)),5*Value(r) - Value(r+1)); @/
    /@ assert middle_above: k*(Value(r) + Value(r+1)) == k*Value(r) + k*Value(r+1); @/
    /@ assert middle_below: k*(Value(r-1) + Value(r)) == k*Value(r-1) + k*Value(r); @/
    /@ assert twice: k*(2*(Value(r-1) + Value(r))) == 2*(k*Value(r-1)) + 2*(k*Value(r)); @/
    /@ assert fivefold: k*(5*Value(r) - Value(r+1)) == 5*(k*Value(r)) - k*Value(r+1); @/
    /@ assert quarter: 2*(k*Value(r-1)) + 2*(k*Value(r)) <= 5*(k*Value(r)) - k*Value(r+1); @/
  }
*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     requires k: 1 <= k <= ROWS_MAX;
     requires r: 0 < r < SPECIAL;
     requires side: -1 <= side <= 1 && 0 <= t;
     requires q: q == (side < 0 ? a - t : a);
     requires least: x <= 4*q && (side > 0 || x < 4*q);
     requires units: InUnits(x,e,5*(k*Value(r)) - k*Value(r+1));
     terminates \true; exits \false; assigns \nothing;
     ensures below: \forall integer V; Beside(V,a,e,side,t) ==> NotBelow(V,r,k); @/
  void lemma_least_below(int64_t a, int side, int t, int64_t q, int64_t x, int e, key r, int k)
  {
    lemma_half_below(a, side, t, q, x, e);
    lemma_round_from(r, k);
    /@ assert quarter: \forall integer V; Beside(V,a,e,side,t) ==> Quarter(V,5*(k*Value(r)) - k*Value(r+1)); @/
  }
*/

/* The middles of a magnitude and its neighbours, in units of the window. */
/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX;
     requires k: 1 <= k <= WINDOW_ROWS;
     requires m: FRACTION <= m < 2*FRACTION;
     requires j: 0 <= j <= WINDOW;
     requires r: r == m + (exponent - WINDOW + j)*FRACTION && FRACTION <= r < SPECIAL;
     requires p: p == Up(k*m,j) && 0 <= p <= 0x1000000000000000;
     requires ulp: ulp == Up(k,j) && 0 <= ulp <= 0x1000000000000000;
     terminates \true; exits \false; assigns \nothing;
     ensures above: InUnits(2*p + ulp,exponent,k*Value(r) + k*Value(r+1));
     ensures below: FRACTION < m ==> InUnits(2*p - ulp,exponent,k*Value(r-1) + k*Value(r));
     ensures finer: InUnits(4*p - ulp,exponent,5*(k*Value(r)) - k*Value(r+1)); @/
  void lemma_middles(int64_t p, int64_t ulp, int64_t m, int j, int exponent, key r, int k)
  {
    lemma_up_add(exponent);
    lemma_up_add(j);
    lemma_up_neg(exponent);
    lemma_up_mul(5, exponent);
    lemma_candidate(m, j, exponent, r, k);
    if (m > FRACTION) {
      lemma_candidate(m - 1, j, exponent, r - 1, k);
      /@ assert product: k*(m-1) + k == k*m; @/
      /@ assert less: Up(k*(m-1),j) == p - ulp; @/
      /@ assert two: Up(p-ulp,exponent) + Up(p,exponent) == Up((p-ulp)+p,exponent); @/
    }
    /@ assert sum: Up(p,exponent) + Up(p+ulp,exponent) == Up(p+(p+ulp),exponent); @/
    /@ assert difference: Up(5*p,exponent) + Up(-(p+ulp),exponent) == Up(5*p + -(p+ulp),exponent); @/
  }
*/

/*@ ghost
  void lemma_nearest_sum(int64_t a, int side, int t, int64_t p, int64_t gap, int64_t m, int j, int exponent, key r, int k)
  {
    int64_t ulp = m == FRACTION ? gap : gap / 2;
    int64_t high = side > 0 ? a + t : a, low = side < 0 ? a - t : a;
    lemma_up_mul(2, j);
    lemma_up_grow(j, 0);
    /@ assert ulp: ulp == Up(k,j) && 1 <= ulp; @/
    /@ assert gap: gap == (m == FRACTION ? ulp : 2*ulp); @/
    /@ assert parity: r % 2 == m % 2; @/
    lemma_middles(p, ulp, m, j, exponent, r, k);
    /@ assert under: 2*high <= 2*p + ulp; @/
    /@ assert strictly_under: side < 0 || r % 2 == 0 || 2*high < 2*p + ulp; @/
    lemma_half_above(a, side, t, high, 2*p + ulp, exponent);
    lemma_round_from(r, k);
    /@ assert above: \forall integer V; Beside(V,a,exponent,side,t) ==> NotAbove(V,r,k); @/
    if (m > FRACTION) {
      /@ assert over: 2*p - ulp <= 2*low; @/
      /@ assert strictly_over: side > 0 || r % 2 == 0 || 2*p - ulp < 2*low; @/
      lemma_half_below(a, side, t, low, 2*p - ulp, exponent);
      /@ assert below: \forall integer V; Beside(V,a,exponent,side,t) ==> NotBelow(V,r,k); @/
    } else {
      /@ assert over_least: 4*p - ulp <= 4*low && (side > 0 || 4*p - ulp < 4*low); @/
      lemma_least_below(a, side, t, low, 4*p - ulp, exponent, r, k);
    }
  }
*/

/*@ ghost
  void lemma_beside(int e, int side, int t)
  {
    lemma_within_zero(e);
    lemma_up_neg(e);
    lemma_up_mono(e);
    /@ assert zero: Up(0,e) == 0; @/
    /@ assert high: \forall integer S; Up(-(S+t),e) == -Up(S+t,e); @/
    /@ assert low: \forall integer S; Up(-(S-t),e) == -Up(S-t,e); @/
    /@ assert middle: \forall integer S; Up(-S,e) == -Up(S,e); @/
    /@ assert positive: \forall integer S; t < S ==> Up(0,e) < Up(S-t,e); @/
    /@ assert positive_sum: \forall integer S; 0 < S ==> Up(0,e) < Up(S,e); @/
  }
*/
