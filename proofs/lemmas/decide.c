/* Lemma functions for deciding between a magnitude and its successor: see decide.h. */
#include "lemmas/decide.h"
#include "lemmas/power.h"
#include "lemmas/value.h"
#include "lemmas/window.h"

/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
     requires j: 0 <= j <= WINDOW && WINDOW <= exponent + j;
     terminates \true; exits \false; assigns \nothing;
     ensures moved: WINDOW_UNIT*Up(x,exponent-WINDOW+j) == Up(Up(x,j),exponent); @/
  void lemma_moved(int64_t x, int j, int exponent)
  {
    int e = exponent - WINDOW + j;
    lemma_up_comp(j, exponent);
    lemma_up_comp(WINDOW, e);
    lemma_up_mul(WINDOW_UNIT, e);
    lemma_unit();
    /@ assert left: Up(Up(x,j),exponent) == Up(x,exponent+j); @/
    /@ assert right: Up(Up(x,WINDOW),e) == Up(x,exponent+j); @/
    /@ assert unit: Up(Up(x,WINDOW),e) == WINDOW_UNIT*Up(x,e); @/
  }
*/

/*@ ghost
  void lemma_candidate(int64_t m, int j, int exponent, key r, int k)
  {
    int e = exponent - WINDOW + j;
    /@ assert shift: Shift(r) == e; @/
    /@ assert significand: Significand(r) == m; @/
    lemma_value(r);
    lemma_moved(k*m, j, exponent);
    lemma_moved(k, j, exponent);
    lemma_up_mul(k, e);
    lemma_up_add(exponent);
    /@ assert value: k*Value(r) == Up(k*m,e); @/
    /@ assert gap: k*Up(1,e) == Up(k,e); @/
    /@ assert next: k*Value(r+1) == k*Value(r) + k*Up(1,e); @/
  }
*/

/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures above: \forall integer V, y; Within(V,a,exponent,t) && InUnits(x,exponent,y) && 2*(a + t) < x ==> 2*V < y;
     ensures at_most: \forall integer V, y; Within(V,a,exponent,t) && InUnits(x,exponent,y) && 2*(a + t) <= x ==> 2*V <= y;
     ensures below: \forall integer V, y; Within(V,a,exponent,t) && InUnits(x,exponent,y) && x < 2*(a - t) ==> y < 2*V;
     ensures at_least: \forall integer V, y; Within(V,a,exponent,t) && InUnits(x,exponent,y) && x <= 2*(a - t) ==> y <= 2*V;
     ensures quarter: \forall integer V, y; Within(V,a,exponent,t) && InUnits(x,exponent,y) && x < 4*(a - t) ==> y < 4*V; @/
  void lemma_compare(int64_t a, int t, int64_t x, int exponent)
  {
    lemma_up_mono(exponent);
    lemma_up_add(exponent);
    /@ assert high: Up(a+t,exponent) + Up(a+t,exponent) == Up(2*(a+t),exponent); @/
    /@ assert low: Up(a-t,exponent) + Up(a-t,exponent) == Up(2*(a-t),exponent); @/
    /@ assert low4: Up(2*(a-t),exponent) + Up(2*(a-t),exponent) == Up(4*(a-t),exponent); @/
    /@ assert quarter: x < 4*(a - t) ==> Up(x,exponent) < Up(4*(a-t),exponent); @/
    /@ assert less: 2*(a + t) < x ==> Up(2*(a+t),exponent) < Up(x,exponent); @/
    /@ assert more: x < 2*(a - t) ==> Up(x,exponent) < Up(2*(a-t),exponent); @/
  }
*/

/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer y, z; InUnits(p,exponent,y) && InUnits(q,exponent,z) ==> InUnits(p+q,exponent,y+z); @/
  void lemma_units_add(int64_t p, int64_t q, int exponent)
  {
    lemma_up_add(exponent);
    /@ assert sum: Up(p,exponent) + Up(q,exponent) == Up(p+q,exponent); @/
  }
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires r: 0 <= r < SPECIAL;
     terminates \true; exits \false; assigns \nothing;
     ensures below: r > 0 ==> 2*(k*(Value(r-1) + Value(r))) <= 5*(k*Value(r)) - k*Value(r+1);
     ensures above: 3*(k*Value(r+1)) - k*Value(r) <= k*(Value(r+1) + Value(r+2)); @/
  void lemma_midpoints(key r, int k)
  {
    lemma_scaled(k);
    lemma_value(r);
    lemma_value(r + 1);
    /@ assert finer: r > 0 ==> 2*(Value(r-1) + Value(r)) <= 5*Value(r) - Value(r+1); @/
    /@ assert coarser: 3*Value(r+1) - Value(r) <= Value(r+1) + Value(r+2); @/
    /@ assert below: r > 0 ==> Scaled(k,2*(Value(r-1) + Value(r)),5*Value(r) - Value(r+1)); @/
    /@ assert above: Scaled(k,3*Value(r+1) - Value(r),Value(r+1) + Value(r+2)); @/
  }
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires r: 0 <= r < SPECIAL;
     terminates \true; exits \false; assigns \nothing;
     ensures low: \forall integer V; 5*(k*Value(r)) - k*Value(r+1) < 4*V
       && (2*V < k*Value(r) + k*Value(r+1) || (2*V <= k*Value(r) + k*Value(r+1) && r % 2 == 0)) ==> Rounded(r,V,k);
     ensures high: \forall integer V; 2*V < 3*(k*Value(r+1)) - k*Value(r)
       && (k*Value(r) + k*Value(r+1) < 2*V || (k*Value(r) + k*Value(r+1) <= 2*V && r % 2 == 1)) ==> Rounded(r+1,V,k); @/
  void lemma_rounds(key r, int k)
  {
    lemma_midpoints(r, k);
    /@ assert middle: k*(Value(r) + Value(r+1)) == k*Value(r) + k*Value(r+1); @/
  }
*/

/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures low: \forall integer y, z; InUnits(p,exponent,y) && InUnits(p+ulp,exponent,z) ==> InUnits(4*p - ulp,exponent,5*y - z);
     ensures high: \forall integer y, z; InUnits(p,exponent,y) && InUnits(p+ulp,exponent,z) ==> InUnits(2*p + 3*ulp,exponent,3*z - y); @/
  void lemma_units_ends(int64_t p, int64_t ulp, int exponent)
  {
    lemma_up_mul(5, exponent);
    lemma_up_mul(3, exponent);
    lemma_up_neg(exponent);
    lemma_up_add(exponent);
    /@ assert low: Up(5*p,exponent) + Up(-(p+ulp),exponent) == Up(5*p + -(p+ulp),exponent); @/
    /@ assert high: Up(3*(p+ulp),exponent) + Up(-p,exponent) == Up(3*(p+ulp) + -p,exponent); @/
  }
*/

/*@ ghost
  void lemma_decide(int64_t a, int t, int64_t p, int64_t ulp, int exponent, key r, int k)
  {
    lemma_units_ends(p, ulp, exponent);
    lemma_units_add(p, p + ulp, exponent);
    lemma_compare(a, t, 4*p - ulp, exponent);
    lemma_compare(a, t, 2*p + ulp, exponent);
    lemma_compare(a, t, 2*p + 3*ulp, exponent);
    lemma_rounds(r, k);
    /@ assert low: InUnits(4*p-ulp,exponent,5*(k*Value(r)) - k*Value(r+1)); @/
    /@ assert middle: InUnits(2*p+ulp,exponent,k*Value(r) + k*Value(r+1)); @/
    /@ assert high: InUnits(2*p+3*ulp,exponent,3*(k*Value(r+1)) - k*Value(r)); @/
    /@ assert down: 4*p - ulp < 4*(a - t) && 2*(a + t) < 2*p + ulp ==> \forall integer V; Within(V,a,exponent,t) ==>
         5*(k*Value(r)) - k*Value(r+1) < 4*V && 2*V < k*Value(r) + k*Value(r+1); @/
    /@ assert down_tie: 4*p - ulp < 4*(a - t) && t == 0 && 2*a == 2*p + ulp ==> \forall integer V; Within(V,a,exponent,t) ==>
         5*(k*Value(r)) - k*Value(r+1) < 4*V && 2*V <= k*Value(r) + k*Value(r+1); @/
    /@ assert up: 2*(a + t) < 2*p + 3*ulp && 2*p + ulp < 2*(a - t) ==> \forall integer V; Within(V,a,exponent,t) ==>
         2*V < 3*(k*Value(r+1)) - k*Value(r) && k*Value(r) + k*Value(r+1) < 2*V; @/
    /@ assert up_tie: 2*(a + t) < 2*p + 3*ulp && t == 0 && 2*a == 2*p + ulp ==> \forall integer V; Within(V,a,exponent,t) ==>
         2*V < 3*(k*Value(r+1)) - k*Value(r) && k*Value(r) + k*Value(r+1) <= 2*V; @/
  }
*/
