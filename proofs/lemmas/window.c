/* Lemma functions about terms cut to a window: see window.h. */
#include "lemmas/window.h"
#include "lemmas/facts.h"
#include "lemmas/power.h"
#include "lemmas/value.h"

/*@ ghost
  void lemma_within_add(int e)
  {
    lemma_up_add(e);
    lemma_up_mono(e);
    /@ assert high: \forall integer S, T, t, u; Up(S+t,e) + Up(T+u,e) == Up((S+t)+(T+u),e); @/
    /@ assert low: \forall integer S, T, t, u; Up(S-t,e) + Up(T-u,e) == Up((S-t)+(T-u),e); @/
  }
*/

/*@ ghost
  void lemma_within_step(int e, key k, int cut, int most)
  {
    lemma_within_add(e);
    /@ assert wide: \forall integer V, S, terms; 0 <= terms && LaneSum(V,S,e,cut,terms) ==> Within(V,S,e,Loss(most,terms)); @/
    /@ assert term: \forall integer S, T; Added(k,e,S,T) ==> Within(Val(k),T-S,e,Loss(most,1)); @/
    /@ assert sum: \forall integer V, S, T, terms; 0 <= terms && Added(k,e,S,T) && LaneSum(V,S,e,cut,terms) ==>
         Within(V + Val(k),S + (T-S),e,Loss(most,terms) + Loss(most,1)); @/
  }
*/

/*@ ghost
  void lemma_within_negate(int e)
  {
    lemma_up_neg(e);
    /@ assert high: \forall integer S, t; Up(-(S+t),e) == -Up(S+t,e); @/
    /@ assert low: \forall integer S, t; Up(-(S-t),e) == -Up(S-t,e); @/
  }
*/

/*@ ghost
  void lemma_within_zero(int e)
  {
    lemma_up_add(e);
    /@ assert zero: Up(0,e) + Up(0,e) == Up(0,e); @/
  }
*/

/*@ ghost
  void lemma_up_63(int c)
  {
    lemma_up_constants();
    lemma_up_grow(63, c - 63);
    lemma_within_zero(c);
  }
*/

/*@ ghost
  /@ requires x: x < TERM_MAX;
     requires d: 63 <= c <= 64 && c <= d <= 65536;
     requires shifted: IsFloor(q,x,c);
     terminates \true; exits \false; assigns \nothing;
     ensures floor: IsFloor(q,x,d); @/
  void lemma_cut_far(uint64_t x, int c, int d, uint64_t q)
  {
    lemma_up_63(c);
    lemma_up_63(d);
    lemma_up_mono(c);
    /@ assert zero: q < 1; @/
  }
*/

/*@ ghost
  void lemma_cut_floor(uint64_t x, int c, int d, uint64_t q)
  {
    if (d >= 63) lemma_cut_far(x, c, d, q);
    /@ assert floor: IsFloor(q,x,d); @/
  }
*/

/*@ ghost
  void lemma_unit(void)
  {
    int i = 0;
    int64_t u = 1;
    /@ loop invariant i: 0 <= i <= WINDOW;
       loop invariant u: u == Up(1,i) && 1 <= u;
       loop invariant p: \forall integer x; u*x == Up(x,i);
       loop assigns i, u; loop variant WINDOW - i; @/
    for (; i < WINDOW; i++) {
      /@ assert step: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
      /@ assert twice: \forall integer x; 2*(u*x) == (2*u)*x; @/
      u = 2*u;
    }
  }
*/

/*@ ghost
  /@ requires d: 0 <= d <= WINDOW;
     terminates \true; exits \false; assigns \nothing;
     ensures whole: m*WINDOW_UNIT == Up(Up(m,WINDOW-d),d); @/
  void lemma_whole(uint64_t m, int d)
  {
    lemma_unit();
    lemma_up_comp(WINDOW - d, d);
  }
*/

/*@ ghost
  void lemma_cut_exact(uint64_t m, int d)
  {
    lemma_whole(m, d);
    lemma_up_mono(d);
    /@ assert low: \forall integer q; IsFloor(q,m*WINDOW_UNIT,d) ==> q <= Up(m,WINDOW-d); @/
    /@ assert high: \forall integer q; IsFloor(q,m*WINDOW_UNIT,d) ==> Up(m,WINDOW-d) < q+1; @/
  }
*/

/*@ ghost
  void lemma_cut_shifted(uint64_t m, int d, int shift)
  {
    lemma_up_mul(WINDOW_UNIT, shift);
    lemma_up_mono(shift);
    lemma_up_comp(d, shift);
    lemma_up_mono(shift + d);
    /@ assert scaled: Up(m*WINDOW_UNIT,shift) == WINDOW_UNIT*Up(m,shift); @/
    /@ assert low: \forall integer q; Up(Up(q,d),shift) == Up(q,shift+d); @/
    /@ assert high: \forall integer q; Up(Up(q+1,d),shift) == Up(q+1,shift+d); @/
    /@ assert less: \forall integer q; Up(q-1,shift+d) <= Up(q,shift+d); @/
  }
*/

/*@ ghost
  void lemma_sign(int t, int exponent)
  {
    lemma_within_zero(exponent);
    lemma_up_mono(exponent);
    /@ assert zero: Up(0,exponent) == 0; @/
    /@ assert negative: \forall integer S; S + t < 0 ==> Up(S+t,exponent) < Up(0,exponent); @/
    /@ assert positive: \forall integer S; 0 < S - t ==> Up(0,exponent) < Up(S-t,exponent); @/
  }
*/

/*@ ghost
  void lemma_zero_quotient(int k)
  {
    lemma_value(0);
    lemma_value(1);
    lemma_scaled(k);
    /@ assert sum: Scaled(k,0,Value(0) + Value(1)); @/
    /@ assert rounded: Rounded(0,0,k); @/
  }
*/
