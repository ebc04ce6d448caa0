/* Lemma functions about terms cut to a window: what one term loses, and that losses add up. */
#ifndef LEMMAS_WINDOW_H
#define LEMMAS_WINDOW_H

#include "exact/shift.h"
#include "exact/window.h"

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures add: \forall integer V, W, S, T, t, u; Within(V,S,e,t) && Within(W,T,e,u) ==> Within(V+W,S+T,e,t+u);
     ensures wider: \forall integer V, S, t, u; Within(V,S,e,t) && t <= u ==> Within(V,S,e,u); @/
  void lemma_within_add(int e);
*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     requires key: IsKey(k);
     requires most: most == \max(cut,CutBits(k,e));
     terminates \true; exits \false; assigns \nothing;
     ensures step: \forall integer S, T; Added(k,e,S,T) ==> Stepped(k,e,S,cut,T,most); @/
  void lemma_within_step(int e, key k, int cut, int most);
*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures negate: \forall integer V, S, t; Within(V,S,e,t) ==> Within(-V,-S,e,t); @/
  void lemma_within_negate(int e);
*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures zero: Within(0,0,e,0); @/
  void lemma_within_zero(int e);
*/

/*@ ghost
  /@ requires c: 63 <= c <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures one: 0x8000000000000000 <= Up(1,c);
     ensures zero: Up(0,c) == 0; @/
  void lemma_up_63(int c);
*/

/* The floor q of m 2^WINDOW / 2^d by a shift; c is the shift that C allows. */
/*@ ghost
  /@ requires x: x < TERM_MAX;
     requires c: 0 <= d <= 65536 && c == (d < 63 ? d : 63);
     requires shifted: IsFloor(q,x,c);
     terminates \true; exits \false; assigns \nothing;
     ensures floor: IsFloor(q,x,d);
     ensures zero: x == 0 ==> q == 0 && Up(q,d) == 0;
     ensures small: q <= x; @/
  void lemma_cut_floor(uint64_t x, int c, int d, uint64_t q);
*/

/*@ ghost
  /@ requires m: m < 2*FRACTION;
     requires d: 0 <= d <= WINDOW;
     terminates \true; exits \false; assigns \nothing;
     ensures exact: \forall integer q; IsFloor(q,m*WINDOW_UNIT,d) ==> Up(q,d) == m*WINDOW_UNIT; @/
  void lemma_cut_exact(uint64_t m, int d);
*/

/*@ ghost
  /@ requires d: 0 <= shift && 0 <= d && shift + d <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures lossy: \forall integer q; IsFloor(q,m*WINDOW_UNIT,d) ==> Within(Up(m,shift),q,shift+d,1);
     ensures exact: \forall integer q; IsFloor(q,m*WINDOW_UNIT,d) && Up(q,d) == m*WINDOW_UNIT ==> Within(Up(m,shift),q,shift+d,0); @/
  void lemma_cut_shifted(uint64_t m, int d, int shift);
*/

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures unit: \forall integer x; WINDOW_UNIT*x == Up(x,WINDOW); @/
  void lemma_unit(void);
*/

/*@ ghost
  /@ requires exponent: 0 <= exponent <= 65536;
     requires t: 0 <= t <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures negative: \forall integer V, S; Within(V,S,exponent,t) && S + t < 0 ==> V < 0;
     ensures positive: \forall integer V, S; Within(V,S,exponent,t) && 0 < S - t ==> 0 < V;
     ensures zero: \forall integer V; Within(V,0,exponent,0) ==> V == 0; @/
  void lemma_sign(int t, int exponent);
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures zero: IsQuotient(0,0,k); @/
  void lemma_zero_quotient(int k);
*/

#endif
