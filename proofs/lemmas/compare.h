/* Lemma functions about numbers cut to a common unit (exact/compare.h). */
#ifndef LEMMAS_COMPARE_H
#define LEMMAS_COMPARE_H

#include "exact/compare.h"
#include "exact/shift.h"

/*@ predicate UpMinus(integer x, integer n) = Up(-x,n) == -Up(x,n); */

/* The significand m of r, in units, cut to q; c is the shift that C allows. */
/*@ ghost
  /@ requires r: 0 <= r <= QUIET_NAN;
     requires m: m == Significand(r)*COMPARE_UNIT;
     requires d: d == E - Shift(r) && 0 <= d && E <= SHIFT_MAX + 1;
     requires c: c == (d < 63 ? d : 63);
     requires shifted: IsFloor(q,m,c);
     terminates \true; exits \false; assigns \nothing;
     ensures near: Near(q,E,Value(r)) && Near(-q,E,-Value(r));
     ensures exact: d <= COMPARE_BITS ==> Exact(q,E,Value(r)) && Exact(-q,E,-Value(r));
     ensures zero: m == 0 ==> Exact(0,E,Value(r)) && Exact(0,E,-Value(r));
     ensures range: 0 <= q <= m; @/
  void lemma_align(key r, uint64_t m, int d, int c, int E, uint64_t q);
*/

/*@ // S 2^E is less than 2 2^E from V
  @ predicate NearSum(integer S, integer E, integer V) = Up(S-2,E) < Up(V,COMPARE_BITS) < Up(S+2,E);
  @*/

/* Two cut numbers. */
/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures near: Near(qx,E,Val(x)) && Near(qy,E,Val(y)) ==> NearSum(qx+qy,E,Val(x)+Val(y));
     ensures exact: Exact(qx,E,Val(x)) && Exact(qy,E,Val(y)) ==> Exact(qx+qy,E,Val(x)+Val(y)); @/
  void lemma_near_sum(key x, key y, int64_t qx, int64_t qy, int E);
*/

/* Sums of two, four units apart. */
/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures apart: \forall integer S, T, V, W; NearSum(S,E,V) && NearSum(T,E,W) && S + 4 <= T ==> V < W; @/
  void lemma_sums_apart(int E);
*/

/* Four cut numbers. */
/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX + 1;
     requires near: Near(qx,E,Val(x)) && Near(qy,E,Val(y)) && Near(qa,E,Val(a)) && Near(qb,E,Val(b));
     terminates \true; exits \false; assigns \nothing;
     ensures more: qx + qy - qa - qb >= 4 ==> Val(x) + Val(y) > Val(a) + Val(b);
     ensures less: qx + qy - qa - qb <= -4 ==> Val(x) + Val(y) < Val(a) + Val(b); @/
  void lemma_compare_near(key x, key y, key a, key b, int64_t qx, int64_t qy, int64_t qa, int64_t qb, int E);
*/

/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX + 1;
     requires exact: Exact(qx,E,Val(x)) && Exact(qy,E,Val(y)) && Exact(qa,E,Val(a)) && Exact(qb,E,Val(b));
     terminates \true; exits \false; assigns \nothing;
     ensures more: qx + qy > qa + qb <==> Val(x) + Val(y) > Val(a) + Val(b);
     ensures less: qx + qy < qa + qb <==> Val(x) + Val(y) < Val(a) + Val(b); @/
  void lemma_compare_exact(key x, key y, key a, key b, int64_t qx, int64_t qy, int64_t qa, int64_t qb, int E);
*/

#endif
