/* Lemma functions about distances of cut numbers: see near.h. */
#include "lemmas/near.h"
#include "lemmas/compare.h"
#include "lemmas/power.h"
#include "lemmas/facts.h"

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures unit: \forall integer x; Up(x,COMPARE_BITS) == COMPARE_UNIT*x; @/
  void lemma_near_unit(void)
  {
    lemma_up_constants();
  }
*/

/* The sign of a difference q of four cut numbers may not be that of the numbers' own, d. */
/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures near: \forall integer q, d; NearDistance(q,E,d) ==> NearDistance(Abs(q),E,Abs(d));
     ensures exact: \forall integer q, d; Exact(q,E,d) ==> Exact(Abs(q),E,Abs(d)); @/
  void lemma_near_absolute(int E)
  {
    lemma_up_order(E);
    lemma_up_neg(E);
    lemma_near_unit();
    /@ assert minus: \forall integer q, d; NearDistance(q,E,d) ==> Up(-(q+4),E) < Up(-d,COMPARE_BITS) && Up(-d,COMPARE_BITS) < Up(-(q-4),E); @/
    /@ assert other: \forall integer q, d; NearDistance(q,E,d) ==> NearDistance(-q,E,-d); @/
    /@ assert low: \forall integer q; q <= 0 ==> UpOrder(E,q+4,-q+4); @/
    /@ assert zero: UpOrder(E,0,0) && Up(-0,E) == -Up(0,E); @/
    /@ assert sign: \forall integer q; UpOrder(E,q,0); @/
  }
*/

/*@ ghost
  void lemma_near_distance(key x, key lo, key hi, int64_t qx, int64_t ql, int64_t qh, int E)
  {
    lemma_near_sum(x, x, qx, qx, E);
    lemma_near_sum(lo, hi, ql, qh, E);
    lemma_up_sum(E);
    lemma_up_neg(E);
    lemma_near_unit();
    /@ assert low: UpSum(E,2*qx-2,-(ql+qh+2)) && Up(-(ql+qh+2),E) == -Up(ql+qh+2,E); @/
    /@ assert high: UpSum(E,2*qx+2,-(ql+qh-2)) && Up(-(ql+qh-2),E) == -Up(ql+qh-2,E); @/
    /@ assert this: UpSum(E,2*qx,-(ql+qh)) && Up(-(ql+qh),E) == -Up(ql+qh,E); @/
    /@ assert near: NearDistance(2*qx-ql-qh,E,2*Val(x)-Val(lo)-Val(hi)); @/
    /@ assert exact: Exact(qx,E,Val(x)) && Exact(ql,E,Val(lo)) && Exact(qh,E,Val(hi)) ==> Exact(2*qx-ql-qh,E,2*Val(x)-Val(lo)-Val(hi)); @/
    lemma_near_absolute(E);
  }
*/

/*@ ghost
  void lemma_around_none(int E)
  {
    lemma_up_neg(E);
    /@ assert zero: Up(-0,E) == -Up(0,E); @/
  }
*/

/*@ ghost
  void lemma_drop(uint64_t q, int E)
  {
    uint64_t e = q / DISTANCE_UNIT, rest = q % DISTANCE_UNIT;
    lemma_near_unit();
    lemma_up_order(E);
    lemma_up_times(E);
    /@ assert q: q == 256*e + rest && 0 <= rest < 256; @/
    /@ assert low: UpOrder(E,256*(e-1),q-4) && UpTimes(E,256,e-1); @/
    /@ assert high: UpOrder(E,q+4,256*(e+2)) && UpTimes(E,256,e+2); @/
    /@ assert this: UpTimes(E,256,e); @/
  }
*/

/*@ ghost
  void lemma_around_next(uint64_t q, uint64_t e, int n, int E)
  {
    lemma_up_sum(E);
    /@ assert low: UpSum(E,q-n,e-1); @/
    /@ assert high: UpSum(E,q+2*n,e+2); @/
    /@ assert this: UpSum(E,q,e); @/
  }
*/

/*@ ghost
  void lemma_around(uint64_t total, int E)
  {
    lemma_up_sum(E);
    lemma_up_neg(E);
    lemma_up_exponent(0, E);
    /@ assert minus: UpSum(E,total,-LANES) && Up(-LANES,E) == -Up(LANES,E); @/
    /@ assert twice: UpSum(E,LANES,LANES) && UpSum(E,total,2*LANES); @/
  }
*/
