/* Lemma functions about distances of numbers cut to a common unit (rules/brsgd_distance.h). */
#ifndef LEMMAS_NEAR_H
#define LEMMAS_NEAR_H

#include "rules/brsgd_distance.h"

/*@ // cutting to the exponent E does not change the number k
  @ predicate Whole(integer k, integer E) = E - Shift(Magnitude(k)) <= COMPARE_BITS || Significand(Magnitude(k)) == 0;
  @ // q 2^E is less than four 2^E from D, in units of 2^-COMPARE_BITS
  @ predicate NearDistance(integer q, integer E, integer D) = Up(q-4,E) < Up(D,COMPARE_BITS) < Up(q+4,E);
  @
  @ // a sum D of n distances is at most n less than q 2^E and 2 n more, in units of 2^(DISTANCE_DROP - COMPARE_BITS); or it is q 2^E
  @ predicate Around(integer q, integer n, integer E, integer D) =
  @   DISTANCE_UNIT*Up(q-n,E) <= COMPARE_UNIT*D <= DISTANCE_UNIT*Up(q+2*n,E);
  @ predicate Precisely(integer q, integer E, integer D) = COMPARE_UNIT*D == DISTANCE_UNIT*Up(q,E);
  @ // another distance, D
  @ predicate AroundNext(integer q, integer e, integer n, integer E, integer S, integer D) =
  @   Around(q,n,E,S) && Around(e,1,E,D) ==> Around(q+e,n+1,E,S+D);
  @ predicate PreciselyNext(integer q, integer e, integer E, integer S, integer D) =
  @   Precisely(q,E,S) && Precisely(e,E,D) ==> Precisely(q+e,E,S+D);
  @*/

/* The distance of two numbers' sum to twice a third one. */
/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX;
     requires near: Near(qx,E,Val(x)) && Near(ql,E,Val(lo)) && Near(qh,E,Val(hi));
     terminates \true; exits \false; assigns \nothing;
     ensures near: NearDistance(Abs(2*qx-ql-qh),E,MiddleDistance(x,lo,hi));
     ensures exact: Exact(qx,E,Val(x)) && Exact(ql,E,Val(lo)) && Exact(qh,E,Val(hi)) ==> Exact(Abs(2*qx-ql-qh),E,MiddleDistance(x,lo,hi)); @/
  void lemma_near_distance(key x, key lo, key hi, int64_t qx, int64_t ql, int64_t qh, int E);
*/

/* The last bits of q dropped. */
/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures around: \forall integer D; NearDistance(q,E,D) ==> Around(q/DISTANCE_UNIT,1,E,D);
     ensures precisely: \forall integer D; Exact(q,E,D) && q % DISTANCE_UNIT == 0 ==> Precisely(q/DISTANCE_UNIT,E,D); @/
  void lemma_drop(uint64_t q, int E);
*/

/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures none: Around(0,0,E,0) && Precisely(0,E,0); @/
  void lemma_around_none(int E);
*/

/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures around: \forall integer S, D; AroundNext(q,e,n,E,S,D);
     ensures precisely: \forall integer S, D; PreciselyNext(q,e,E,S,D); @/
  void lemma_around_next(uint64_t q, uint64_t e, int n, int E);
*/

/* What the ends of the interval grow by. */
/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures less: Up(total-LANES,E) == Up(total,E) - Up(LANES,E);
     ensures more: Up(total+2*LANES,E) == Up(total,E) + 2*Up(LANES,E);
     ensures least: 0 <= Up(LANES,E); @/
  void lemma_around(uint64_t total, int E);
*/

#endif
