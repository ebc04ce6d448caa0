/* Lemma functions about a value in two parts. */
#ifndef LEMMAS_PARTS_H
#define LEMMAS_PARTS_H

#include "exact/nearest.h"
#include "exact/parts.h"
#include "exact/shift.h"

/* The whole units of m 2^shift, and the units of the lower window in the rest. */
/*@ ghost
  /@ requires m: 0 <= m < 2*FRACTION;
     requires d: 0 <= shift && 0 <= d && shift + d <= SHIFT_MAX;
     requires place: 0 <= place <= SHIFT_MAX && (WINDOW < d ==> shift <= place);
     requires units: c == (d < 63 ? d : 63) && IsFloor(units,m*WINDOW_UNIT,c);
     requires rest: rest == m*WINDOW_UNIT - Up(units,c);
     requires term: below == (place < shift ? 0 : place - shift) && b == (below < 63 ? below : 63) && IsFloor(term,rest,b);
     terminates \true; exits \false; assigns \nothing;
     ensures parts: HasParts(Up(m,shift),units,shift+d,term,place); @/
  void lemma_two_parts(int64_t m, int d, int c, uint64_t units, uint64_t rest, int below, int b, uint64_t term, int shift, int place);
*/

/* The parts of a sum are the sums of the parts; those of the negative are negative. */
/*@ ghost
  /@ requires e: 0 <= e <= SHIFT_MAX && 0 <= place <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures add: \forall integer V, S, T, t, W, P, Q, u; InParts(V,S,e,T,place,t) && InParts(W,P,e,Q,place,u) ==>
       InParts(V+W,S+P,e,T+Q,place,t+u);
     ensures negate: \forall integer V, S, T, t; InParts(V,S,e,T,place,t) ==> InParts(-V,-S,e,-T,place,t);
     ensures zero: InParts(0,0,e,0,place,0); @/
  void lemma_parts_add(int e, int place);
*/

/* One value more. */
/*@ ghost
  /@ requires e: 0 <= e <= SHIFT_MAX && 0 <= place <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures parts: \forall integer V, W; InParts(V,S,e,T,place,t) && InParts(W,P,e,Q,place,1) ==> InParts(V+W,S+P,e,T+Q,place,t+1);
     ensures near: \forall integer V, W; Within(V,S,e,t) && Within(W,P,e,1) ==> Within(V+W,S+P,e,t+1); @/
  void lemma_parts_join(int64_t S, int64_t T, int t, int64_t P, int64_t Q, int e, int place);
*/

/*@ ghost
  /@ requires e: 0 <= e <= SHIFT_MAX && 0 <= place <= SHIFT_MAX;
     requires parts: HasParts(Value(Magnitude(k)),S,e,T,place);
     terminates \true; exits \false; assigns \nothing;
     ensures parts: HasParts(Val(k),k < 0 ? -S : S,e,k < 0 ? -T : T,place); @/
  void lemma_parts_of_key(key k, int64_t S, int e, int64_t T, int place);
*/

/*@ ghost
  /@ requires e: 0 <= e <= SHIFT_MAX && 0 <= place <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures none: InParts(0,0,e,0,place,0);
     ensures parts: HasParts(0,0,e,0,place); @/
  void lemma_parts_of_zero(int e, int place);
*/

/* The side on which the sum of the lower parts says that the value lies. */
/*@ ghost
  /@ requires e: 0 <= e <= SHIFT_MAX && 0 <= place <= SHIFT_MAX;
     requires t: 0 <= t <= ROWS_MAX && 0 <= u;
     terminates \true; exits \false; assigns \nothing;
     ensures more: \forall integer V, S, T; InParts(V,S,e,T,place,t) && Within(V,S,e,u) && t < T ==> Beside(V,S,e,1,u);
     ensures less: \forall integer V, S, T; InParts(V,S,e,T,place,t) && Within(V,S,e,u) && T < -t ==> Beside(V,S,e,-1,u); @/
  void lemma_parts_side(int e, int place, int t, int u);
*/

#endif
