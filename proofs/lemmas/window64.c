/* Lemma functions for the window in two words: see window64.h. */
#include "lemmas/window64.h"
#include "lemmas/power.h"

/*@ ghost
  void lemma_high(uint64_t m, int c, int d, uint64_t h)
  {
    lemma_up_add(d);
    /@ assert next: Up(h,d) + Up(1,d) == Up(h+1,d); @/
    if (d > 63) {
      lemma_up_63(63);
      lemma_up_63(d);
      lemma_up_mono(d);
      /@ assert zero: h < 1; @/
    }
  }
*/

/*@ ghost
  void lemma_rest(uint64_t rest, int b, int d)
  {
    if (d < WINDOW) {
      lemma_up_mono(WINDOW - d);
      lemma_up_comp(d, WINDOW - d);
      lemma_unit();
      /@ assert less: Up(rest,WINDOW-d) < Up(Up(1,d),WINDOW-d); @/
      /@ assert unit: Up(Up(1,d),WINDOW-d) == WINDOW_UNIT*1; @/
    }
  }
*/

/*@ ghost
  void lemma_low(uint64_t rest, uint64_t x, int b, int d, uint64_t l)
  {
    lemma_up_mono(b);
    lemma_up_comp(d - b, b);
    lemma_up_comp(WINDOW - b, b);
    lemma_unit();
    lemma_up_grow(0, d);
    /@ assert unit: Up(x,b) == rest*WINDOW_UNIT; @/
    /@ assert low: Up(Up(l,d-b),b) == Up(l,d); @/
    /@ assert high: Up(Up(l+1,d-b),b) == Up(l+1,d); @/
    /@ assert grow: l <= Up(l,d); @/
  }
*/

/*@ ghost
  /@ requires d: 0 <= d <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures unit: Up(WINDOW_UNIT*h,d) == WINDOW_UNIT*Up(h,d); @/
  void lemma_unit_up(uint64_t h, int d)
  {
    lemma_up_mul(WINDOW_UNIT, d);
  }
*/

/*@ ghost
  /@ requires d: 0 <= d <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer l; Up(WINDOW_UNIT*h,d) + Up(l,d) == Up(WINDOW_UNIT*h+l,d); @/
  void lemma_unit_sum(uint64_t h, int d)
  {
    lemma_up_add(d);
  }
*/

/* Pairs are shifted word by word. */
/*@ predicate ShiftedPair(integer h, integer l, integer d) = Up(Pair(h,l),d) == WINDOW_UNIT*Up(h,d) + Up(l,d); */

/*@ ghost
  /@ requires d: 0 <= d <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures pair: ShiftedPair(h,l,d);
     ensures next: ShiftedPair(h,l+1,d);
     ensures grow: Pair(h,l) <= Up(Pair(h,l),d); @/
  void lemma_pair_up(uint64_t h, uint64_t l, int d)
  {
    lemma_unit_up(h, d);
    lemma_unit_sum(h, d);
    lemma_up_grow(0, d);
    /@ assert low: Up(WINDOW_UNIT*h,d) + Up(l,d) == Up(WINDOW_UNIT*h+l,d); @/
    /@ assert high: Up(WINDOW_UNIT*h,d) + Up(l+1,d) == Up(WINDOW_UNIT*h+(l+1),d); @/
  }
*/

/*@ ghost
  /@ requires d: 0 <= d <= 65536;
     requires rest: rest == m - Up(h,d);
     requires low: IsFloor(l,rest*WINDOW_UNIT,d);
     terminates \true; exits \false; assigns \nothing;
     ensures floor: IsFloor(Pair(h,l),m*WINDOW_UNIT,d); @/
  void lemma_pair(uint64_t m, int d, uint64_t h, uint64_t rest, uint64_t l)
  {
    lemma_pair_up(h, l, d);
    /@ assert unit: m*WINDOW_UNIT == WINDOW_UNIT*Up(h,d) + rest*WINDOW_UNIT; @/
    /@ assert grow: Pair(h,l) <= Up(Pair(h,l),d); @/
    /@ assert least: Up(Pair(h,l),d) <= m*WINDOW_UNIT; @/
    /@ assert next: m*WINDOW_UNIT < Up(Pair(h,l+1),d); @/
    /@ assert same: Pair(h,l+1) == Pair(h,l) + 1; @/
  }
*/

/*@ ghost
  /@ requires m: m < 2*FRACTION;
     requires d: 0 <= d && 0 <= shift && shift + d <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures lossy: \forall integer q; IsFloor(q,m*WINDOW_UNIT,d) ==> Within(Up(m,shift),q,shift+d,1);
     ensures exact: d <= WINDOW ==> \forall integer q; IsFloor(q,m*WINDOW_UNIT,d) ==> Within(Up(m,shift),q,shift+d,0);
     ensures zero: m == 0 ==> \forall integer q; 0 <= q && IsFloor(q,m*WINDOW_UNIT,d) ==> Within(Up(m,shift),q,shift+d,0); @/
  void lemma_cut_within(uint64_t m, int d, int shift)
  {
    lemma_cut_shifted(m, d, shift);
    if (d <= WINDOW) lemma_cut_exact(m, d);
    /@ assert zero: m == 0 ==> \forall integer q; 0 <= q && IsFloor(q,m*WINDOW_UNIT,d) ==> Up(q,d) == m*WINDOW_UNIT; @/
  }
*/

/*@ ghost
  void lemma_term(key k, int exponent, uint64_t m, int d, uint64_t h, uint64_t rest, uint64_t l)
  {
    lemma_pair(m, d, h, rest, l);
    lemma_cut_within(m, d, exponent - d);
    /@ assert value: Value(Magnitude(k)) == Up(m,exponent-d); @/
    /@ assert lossy: Within(Value(Magnitude(k)),Pair(h,l),exponent,1); @/
    /@ assert exact: d <= WINDOW || m == 0 ==> Within(Value(Magnitude(k)),Pair(h,l),exponent,0); @/
  }
*/

/*@ ghost
  /@ requires k: IsKey(k);
     requires exponent: 0 <= exponent <= 65536;
     requires cut: CutTo(k,exponent,Pair(h,l));
     requires sign: dh == (k < 0 ? -h : h) && dl == (k < 0 ? -l : l);
     terminates \true; exits \false; assigns \nothing;
     ensures added: Added(k,exponent,Pair(S,L),Pair(S+dh,L+dl)); @/
  void lemma_added_pair(key k, int exponent, uint64_t h, uint64_t l, int64_t dh, int64_t dl, int64_t S, int64_t L)
  {
    lemma_within_negate(exponent);
    /@ assert negated: Within(-Value(Magnitude(k)),-Pair(h,l),exponent,Loss(CutBits(k,exponent),1)); @/
    /@ assert term: Within(Val(k),Pair(dh,dl),exponent,Loss(CutBits(k,exponent),1)); @/
    /@ assert sum: Pair(S+dh,L+dl) - Pair(S,L) == Pair(dh,dl); @/
  }
*/

/*@ // the ends of an interval around S, moved by what lies around T - S, stay within those around T
  @ predicate MovedHigh(integer e, integer S, integer T, integer t, integer u, integer v) = t + u <= v ==> Up(S+t,e) + Up((T-S)+u,e) <= Up(T+v,e);
  @ predicate MovedLow(integer e, integer S, integer T, integer t, integer u, integer v) = t + u <= v ==> Up(T-v,e) <= Up(S-t,e) + Up((T-S)-u,e);
  @*/

/*@ ghost
  /@ requires exponent: 0 <= exponent <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures high: \forall integer S, T, t, u, v; MovedHigh(exponent,S,T,t,u,v);
     ensures low: \forall integer S, T, t, u, v; MovedLow(exponent,S,T,t,u,v); @/
  void lemma_moved_ends(int exponent)
  {
    lemma_up_add(exponent);
    lemma_up_mono(exponent);
    /@ assert high: \forall integer S, T, t, u; Up(S+t,exponent) + Up((T-S)+u,exponent) == Up((S+t)+((T-S)+u),exponent); @/
    /@ assert low: \forall integer S, T, t, u; Up(S-t,exponent) + Up((T-S)-u,exponent) == Up((S-t)+((T-S)-u),exponent); @/
  }
*/

/*@ ghost
  void lemma_added(key k, int exponent, uint64_t h, uint64_t l, int64_t dh, int64_t dl, int64_t S, int64_t L, int cut, int most, int n)
  {
    lemma_added_pair(k, exponent, h, l, dh, dl, S, L);
    lemma_moved_ends(exponent);
    /@ assert loss: Loss(cut,n) + Loss(CutBits(k,exponent),1) <= Loss(most,n+1); @/
    /@ assert high: MovedHigh(exponent,Pair(S,L),Pair(S+dh,L+dl),Loss(cut,n),Loss(CutBits(k,exponent),1),Loss(most,n+1)); @/
    /@ assert low: MovedLow(exponent,Pair(S,L),Pair(S+dh,L+dl),Loss(cut,n),Loss(CutBits(k,exponent),1),Loss(most,n+1)); @/
  }
*/

/* a compares with x 2^c units as V does with x 2^shift. */
/*@ predicate ComparedPair(integer V, integer a, integer x, integer c, integer shift) =
  @      (a == Up(x,c) ==> Up(V,-shift) == Up(x,shift))
  @   && (a < Up(x,c) ==> Up(V,-shift) < Up(x,shift))
  @   && (Up(x,c) < a ==> Up(x,shift) < Up(V,-shift));
  @*/

/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
     requires c: 0 <= c <= WINDOW;
     requires shift: shift == exponent - WINDOW + c;
     requires b: b == (shift < 0 ? WINDOW + shift : WINDOW);
     terminates \true; exits \false; assigns \nothing;
     ensures value: \forall integer V, a; Units(a,exponent,V) ==> Up(Up(V,-shift),b) == Up(a,exponent);
     ensures multiple: \forall integer x; Up(Up(x,shift),b) == Up(Up(x,c),exponent); @/
  void lemma_levelled(int c, int exponent, int shift, int b)
  {
    lemma_unit();
    lemma_up_comp(c, exponent);
    lemma_up_comp(shift < 0 ? -shift : 0, b);
    lemma_up_comp(shift < 0 ? 0 : shift, b);
    /@ assert value: \forall integer V; Up(Up(V,-shift),b) == Up(V,WINDOW); @/
    /@ assert multiple: \forall integer x; Up(Up(x,shift),b) == Up(x,c+exponent); @/
  }
*/

/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
     requires c: 0 <= c <= WINDOW;
     requires shift: shift == exponent - WINDOW + c;
     terminates \true; exits \false; assigns \nothing;
     ensures compared: \forall integer V, a, x; Units(a,exponent,V) ==> ComparedPair(V,a,x,c,shift); @/
  void lemma_compared_pair(int c, int exponent, int shift)
  {
    int b = shift < 0 ? WINDOW + shift : WINDOW;
    lemma_levelled(c, exponent, shift, b);
    lemma_up_mono(b);
    lemma_up_mono(exponent);
    /@ assert equal: \forall integer V, a, x; Units(a,exponent,V) && a == Up(x,c) ==> Up(Up(V,-shift),b) == Up(Up(x,shift),b); @/
    /@ assert less: \forall integer V, a, x; Units(a,exponent,V) && a < Up(x,c) ==> Up(Up(V,-shift),b) < Up(Up(x,shift),b); @/
    /@ assert more: \forall integer V, a, x; Units(a,exponent,V) && Up(x,c) < a ==> Up(Up(x,shift),b) < Up(Up(V,-shift),b); @/
  }
*/

/*@ ghost
  void lemma_leading(uint64_t g, int c, int exponent, int sticky, int k)
  {
    int shift = exponent - WINDOW + c;
    lemma_compared_pair(c, exponent, shift);
    lemma_up_mul(k, shift);
    /@ assert multiple: k*Up(g,shift) == Up(k*g,shift) && k*Up(g+1,shift) == Up(k*(g+1),shift); @/
    /@ assert low: \forall integer V, a; Units(a,exponent,V) ==> ComparedPair(V,a,k*g,c,shift); @/
    /@ assert high: \forall integer V, a; Units(a,exponent,V) ==> ComparedPair(V,a,k*(g+1),c,shift); @/
  }
*/

/*@ ghost
  void lemma_division(int k, uint64_t high, uint64_t low, uint64_t hq, uint64_t hr, uint64_t lq, uint64_t lr)
  {
    /@ assert high: high*WINDOW_UNIT == (k*hq)*WINDOW_UNIT + hr*WINDOW_UNIT; @/
    /@ assert product: k*Pair(hq,lq) == (k*hq)*WINDOW_UNIT + k*lq; @/
  }
*/

/*@ ghost
  void lemma_whole_quotient(int k, uint64_t g, int64_t rest, int sticky)
  {
    /@ assert next: k*(g+1) == k*g + k; @/
  }
*/

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures up: \forall integer x; Up(x,22) == 4194304*x; @/
  void lemma_up_22(void)
  {
    int i = 0;
    int64_t u = 1;
    /@ loop invariant i: 0 <= i <= 22;
       loop invariant u: u == Up(1,i) && 1 <= u;
       loop invariant p: \forall integer x; u*x == Up(x,i);
       loop assigns i, u; loop variant 22 - i; @/
    for (; i < 22; i++) {
      /@ assert step: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
      /@ assert twice: \forall integer x; 2*(u*x) == (2*u)*x; @/
      u = 2*u;
    }
  }
*/

/*@ ghost
  void lemma_dropped(int k, uint64_t g, int64_t dropped, int64_t rest, int sticky)
  {
    lemma_up_22();
    lemma_scaled(k);
    /@ assert product: k*(g*4194304 + dropped) == 4194304*(k*g) + k*dropped; @/
    /@ assert next: k*(g+1) == k*g + k; @/
    /@ assert least: Scaled(k,0,dropped); @/
    /@ assert most: Scaled(k,dropped,4194303); @/
  }
*/

/*@ ghost
  /@ requires exponent: WINDOW <= exponent <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures units: \forall integer x; Units(x,exponent,Up(x,exponent-WINDOW)); @/
  void lemma_units(int exponent)
  {
    lemma_unit();
    lemma_up_comp(exponent - WINDOW, WINDOW);
    /@ assert comp: \forall integer x; Up(Up(x,exponent-WINDOW),WINDOW) == Up(x,exponent); @/
  }
*/

/*@ ghost
  /@ requires exponent: WINDOW <= exponent <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures ends: \forall integer V, a, t; Within(V,a,exponent,t) ==> Up(a-t,exponent-WINDOW) <= V <= Up(a+t,exponent-WINDOW); @/
  void lemma_between_pair(int exponent)
  {
    lemma_units(exponent);
    /@ assert low: \forall integer a, t; Units(a-t,exponent,Up(a-t,exponent-WINDOW)); @/
    /@ assert high: \forall integer a, t; Units(a+t,exponent,Up(a+t,exponent-WINDOW)); @/
  }
*/

/*@ ghost
  /@ requires exponent: WINDOW <= exponent <= SHIFT_MAX + 1;
     requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures end: \forall integer r, x; Nearest(r,x,exponent,k) ==> Rounded(r,Up(x,exponent-WINDOW),k); @/
  void lemma_end(int exponent, int k)
  {
    lemma_units(exponent);
  }
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures between: \forall integer r, X, Y, V; Rounded(r,X,k) && Rounded(r,Y,k) && X <= V <= Y ==> Rounded(r,V,k); @/
  void lemma_rounded_convex(int k)
  {
  }
*/

/*@ ghost
  void lemma_ends(int exponent, int k)
  {
    lemma_end(exponent, k);
    lemma_between_pair(exponent);
    lemma_rounded_convex(k);
    /@ assert low: \forall integer r, a, t; Nearest(r,a-t,exponent,k) ==> Rounded(r,Up(a-t,exponent-WINDOW),k); @/
    /@ assert high: \forall integer r, a, t; Nearest(r,a+t,exponent,k) ==> Rounded(r,Up(a+t,exponent-WINDOW),k); @/
  }
*/

/*@ ghost
  void lemma_exact(int exponent, int k)
  {
    /@ assert units: \forall integer V, a; Within(V,a,exponent,0) ==> Units(a,exponent,V); @/
  }
*/
