/* Lemma functions about numbers cut to a common unit (exact/compare.h). */
#ifndef LEMMAS_COMPARE_H
#define LEMMAS_COMPARE_H

#include "exact/compare.h"

/*@ // q 2^(E-COMPARE_BITS) is less than one unit from v; or it is v
  @ predicate Near(integer q, integer E, integer v) = Up(q-1,E) < Up(v,COMPARE_BITS) < Up(q+1,E);
  @ predicate UpMinus(integer x, integer n) = Up(-x,n) == -Up(x,n);
  @ predicate Exact(integer q, integer E, integer v) = Up(q,E) == Up(v,COMPARE_BITS);
  @*/

/* The significand of r cut at the unit, once for d in the range of a shift, once beyond. */
/*@ ghost
  /@ requires r: 0 <= r < SPECIAL;
     requires m: m == Significand(r)*COMPARE_UNIT;
     requires d: d == E - Shift(r) && 0 <= d && E <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures near: d < 64 ==> Near(m >> d,E,Value(r));
     ensures near_minus: d < 64 ==> Near(-(m >> d),E,-Value(r));
     ensures far: d >= 64 ==> Near(0,E,Value(r)) && Near(0,E,-Value(r));
     ensures exact: d <= COMPARE_BITS ==> Exact(m >> d,E,Value(r)) && Exact(-(m >> d),E,-Value(r));
     ensures zero: m == 0 ==> Exact(0,E,Value(r)) && Exact(0,E,-Value(r));
     ensures range: d < 64 ==> 0 <= (m >> d) <= m; @/
  void lemma_align(key r, uint64_t m, int d, int E);
*/

/* Four cut numbers. */
/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX;
     requires near: Near(qx,E,Val(x)) && Near(qy,E,Val(y)) && Near(qa,E,Val(a)) && Near(qb,E,Val(b));
     terminates \true; exits \false; assigns \nothing;
     ensures more: qx + qy - qa - qb >= 4 ==> Val(x) + Val(y) > Val(a) + Val(b);
     ensures less: qx + qy - qa - qb <= -4 ==> Val(x) + Val(y) < Val(a) + Val(b); @/
  void lemma_compare_near(key x, key y, key a, key b, int64_t qx, int64_t qy, int64_t qa, int64_t qb, int E);
*/

/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX;
     requires exact: Exact(qx,E,Val(x)) && Exact(qy,E,Val(y)) && Exact(qa,E,Val(a)) && Exact(qb,E,Val(b));
     terminates \true; exits \false; assigns \nothing;
     ensures more: qx + qy > qa + qb <==> Val(x) + Val(y) > Val(a) + Val(b);
     ensures less: qx + qy < qa + qb <==> Val(x) + Val(y) < Val(a) + Val(b); @/
  void lemma_compare_exact(key x, key y, key a, key b, int64_t qx, int64_t qy, int64_t qa, int64_t qb, int E);
*/

#endif
