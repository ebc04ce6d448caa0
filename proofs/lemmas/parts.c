/* Lemma functions about a value in two parts: see parts.h. */
#include "lemmas/parts.h"
#include "lemmas/power.h"
#include "lemmas/window.h"

/* The shift that C allows is as good as the whole one. */
/*@ ghost
  /@ requires x: x < TERM_MAX;
     requires c: 0 <= d <= 65536 && c == (d < 63 ? d : 63);
     requires shifted: IsFloor(q,x,c);
     terminates \true; exits \false; assigns \nothing;
     ensures same: Up(q,c) == Up(q,d); @/
  void lemma_same_cut(uint64_t x, int c, int d, uint64_t q)
  {
    if (d >= 63) {
      lemma_up_63(c);
      lemma_up_63(d);
      lemma_up_mono(c);
      /@ assert zero: q < 1; @/
    }
  }
*/

/* What the whole units leave of m 2^shift. */
/*@ ghost
  /@ requires m: 0 <= m < 2*FRACTION;
     requires d: 0 <= shift && 0 <= d && shift + d <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures rest: WINDOW_UNIT*Up(m,shift) - Up(units,shift+d) == Up(m*WINDOW_UNIT - Up(units,d),shift); @/
  void lemma_rest_of_units(int64_t m, uint64_t units, int d, int shift)
  {
    lemma_up_mul(WINDOW_UNIT, shift);
    lemma_up_comp(d, shift);
    lemma_up_add(shift);
    /@ assert scaled: Up(m*WINDOW_UNIT,shift) == WINDOW_UNIT*Up(m,shift); @/
    /@ assert units: Up(Up(units,d),shift) == Up(units,shift+d); @/
    /@ assert sum: Up(Up(units,d),shift) + Up(m*WINDOW_UNIT - Up(units,d),shift) == Up(Up(units,d) + (m*WINDOW_UNIT - Up(units,d)),shift); @/
  }
*/

/* rest 2^shift in units of the window at the place. */
/*@ ghost
  /@ requires shift: 0 <= shift <= place <= SHIFT_MAX;
     requires term: IsFloor(term,rest,place - shift);
     terminates \true; exits \false; assigns \nothing;
     ensures lower: Within(Up(rest,shift),term,place+WINDOW,1); @/
  void lemma_lower(uint64_t rest, uint64_t term, int shift, int place)
  {
    lemma_unit();
    lemma_up_mono(shift);
    lemma_up_comp(place - shift, shift);
    lemma_up_comp(place, WINDOW);
    lemma_up_mono(place + WINDOW);
    /@ assert low: Up(Up(term,place-shift),shift) == Up(term,place); @/
    /@ assert high: Up(Up(term+1,place-shift),shift) == Up(term+1,place); @/
    /@ assert between: Up(term,place) <= Up(rest,shift) <= Up(term+1,place); @/
    /@ assert low_scaled: WINDOW_UNIT*Up(term,place) == Up(term,place+WINDOW); @/
    /@ assert high_scaled: WINDOW_UNIT*Up(term+1,place) == Up(term+1,place+WINDOW); @/
    /@ assert less: Up(term-1,place+WINDOW) <= Up(term,place+WINDOW); @/
  }
*/

/* Nothing is left, whatever the place. */
/*@ ghost
  /@ requires place: 0 <= place <= SHIFT_MAX && 0 <= shift <= SHIFT_MAX;
     requires below: 0 <= below <= SHIFT_MAX;
     requires term: IsFloor(term,0,below);
     terminates \true; exits \false; assigns \nothing;
     ensures lower: Within(Up(0,shift),term,place+WINDOW,1); @/
  void lemma_nothing_lower(uint64_t term, int below, int shift, int place)
  {
    lemma_within_zero(place + WINDOW);
    lemma_within_add(place + WINDOW);
    lemma_within_zero(shift);
    /@ assert none: term == 0; @/
    /@ assert zero: Within(0,0,place+WINDOW,0); @/
    /@ assert wider: Within(0,0,place+WINDOW,1); @/
  }
*/

/*@ ghost
  void lemma_two_parts(int64_t m, int d, int c, uint64_t units, uint64_t rest, int below, int b, uint64_t term, int shift, int place)
  {
    lemma_cut_floor((uint64_t)(m * WINDOW_UNIT), c, d, units);
    lemma_same_cut((uint64_t)(m * WINDOW_UNIT), c, d, units);
    lemma_cut_floor(rest, b, below, term);
    lemma_rest_of_units(m, units, d, shift);
    lemma_cut_shifted((uint64_t)m, d, shift);
    /@ assert rest: rest == m*WINDOW_UNIT - Up(units,d); @/
    /@ assert small: units <= m*WINDOW_UNIT && term <= rest; @/
    if (d <= WINDOW) {
      lemma_cut_exact((uint64_t)m, d);
      /@ assert nothing: rest == 0; @/
      lemma_nothing_lower(term, below, shift, place);
    } else {
      lemma_lower(rest, term, shift, place);
    }
    /@ assert lower: Within(Up(rest,shift),term,place+WINDOW,1); @/
    /@ assert parts: InParts(Up(m,shift),units,shift+d,term,place,1); @/
    /@ assert near: Within(Up(m,shift),units,shift+d,1); @/
  }
*/

/*@ ghost
  void lemma_parts_add(int e, int place)
  {
    lemma_within_add(place + WINDOW);
    lemma_within_negate(place + WINDOW);
    lemma_within_zero(place + WINDOW);
    lemma_within_zero(e);
    lemma_up_add(e);
    lemma_up_neg(e);
    /@ assert zero: Up(0,e) == 0; @/
    /@ assert sum: \forall integer V, S, W, P; (WINDOW_UNIT*V - Up(S,e)) + (WINDOW_UNIT*W - Up(P,e)) == WINDOW_UNIT*(V+W) - Up(S+P,e); @/
    /@ assert negative: \forall integer V, S; -(WINDOW_UNIT*V - Up(S,e)) == WINDOW_UNIT*(-V) - Up(-S,e); @/
  }
*/

/*@ ghost
  void lemma_parts_join(int64_t S, int64_t T, int t, int64_t P, int64_t Q, int e, int place)
  {
    lemma_parts_add(e, place);
    lemma_within_add(e);
  }
*/

/*@ ghost
  void lemma_parts_of_key(key k, int64_t S, int e, int64_t T, int place)
  {
    lemma_parts_add(e, place);
    lemma_within_negate(e);
    /@ assert negative: InParts(-Value(Magnitude(k)),-S,e,-T,place,1); @/
    /@ assert negative_near: Within(-Value(Magnitude(k)),-S,e,1); @/
    if (k < 0) {
      /@ assert below_zero: Val(k) == -Value(Magnitude(k)); @/
      /@ assert negative_parts: HasParts(Val(k),-S,e,-T,place); @/
    } else {
      /@ assert not_below: Val(k) == Value(Magnitude(k)); @/
      /@ assert same_parts: HasParts(Val(k),S,e,T,place); @/
    }
  }
*/

/*@ ghost
  void lemma_parts_of_zero(int e, int place)
  {
    lemma_parts_add(e, place);
    lemma_within_add(e);
    lemma_within_add(place + WINDOW);
    lemma_within_zero(e);
    /@ assert wider: Within(0,0,e,1); @/
    /@ assert nothing: WINDOW_UNIT*0 - Up(0,e) == 0; @/
    /@ assert wider_lower: InParts(0,0,e,0,place,1); @/
  }
*/

/*@ ghost
  void lemma_parts_side(int e, int place, int t, int u)
  {
    lemma_sign(t, place + WINDOW);
    /@ assert positive: \forall integer V, S, T; InParts(V,S,e,T,place,t) && t < T ==> 0 < WINDOW_UNIT*V - Up(S,e); @/
    /@ assert negative: \forall integer V, S, T; InParts(V,S,e,T,place,t) && T < -t ==> WINDOW_UNIT*V - Up(S,e) < 0; @/
  }
*/
