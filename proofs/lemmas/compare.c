/* Lemma functions about numbers cut to a common unit: see compare.h. */
#include "lemmas/compare.h"
#include "lemmas/power.h"
#include "lemmas/facts.h"
#include "lemmas/value.h"

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures unit: \forall integer x; Up(x,COMPARE_BITS) == COMPARE_UNIT*x;
     ensures most: Up(1,64) == 18446744073709551616; @/
  void lemma_compare_unit(void)
  {
    lemma_up_constants();
    lemma_up_comp(32, 32);
    /@ assert twice: Up(Up(1,32),32) == Up(1,64); @/
  }
*/

/* m 2^e, cut at 2^(e+d). */
/*@ ghost
  /@ requires e: 0 <= e && 0 <= d < 64;
     requires E: e + d <= SHIFT_MAX + 1;
     requires shifted: IsFloor(q,m,d);
     terminates \true; exits \false; assigns \nothing;
     ensures low: Up(q,e+d) <= Up(m,e);
     ensures high: Up(m,e) < Up(q+1,e+d);
     ensures before: Up(q-1,e+d) < Up(m,e);
     ensures exact: \forall integer x; m == Up(x,d) ==> Up(q,e+d) == Up(m,e); @/
  void lemma_cut_unit(uint64_t m, int e, int d, uint64_t q)
  {
    lemma_cut_order(m, q, d);
    lemma_up_comp(d, e);
    lemma_up_order(e);
    lemma_up_order(e + d);
    /@ assert low: UpOrder(e,Up(q,d),m) && Up(Up(q,d),e) == Up(q,e+d); @/
    /@ assert high: UpOrder(e,m,Up(q+1,d)) && Up(Up(q+1,d),e) == Up(q+1,e+d); @/
    /@ assert before: UpOrder(e+d,q-1,q); @/
    /@ assert exact: \forall integer x; m == Up(x,d) ==> x == q; @/
  }
*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures minus: \forall integer x; UpMinus(x,n);
     ensures zero: Up(0,n) == 0;
     ensures one: 1 <= Up(1,n); @/
  void lemma_up_minus(int n)
  {
    lemma_up_neg(n);
    lemma_up_exponent(0, n);
    /@ assert zero: Up(-0,n) == -Up(0,n); @/
  }
*/

/* The value of r, in smaller units, is m 2^Shift(r). */
/*@ ghost
  /@ requires r: 0 <= r <= QUIET_NAN;
     requires m: m == Significand(r)*COMPARE_UNIT;
     terminates \true; exits \false; assigns \nothing;
     ensures value: Up(Value(r),COMPARE_BITS) == Up(m,Shift(r));
     ensures minus: Up(-Value(r),COMPARE_BITS) == -Up(m,Shift(r));
     ensures unit: m == Up(Significand(r),COMPARE_BITS);
     ensures zero: m == 0 ==> Up(m,Shift(r)) == 0;
     ensures least: 0 <= Up(m,Shift(r)); @/
  void lemma_value_unit(key r, uint64_t m)
  {
    int e = r < FRACTION ? 0 : (int)(r/FRACTION - 1);
    key s = r - e*(key)FRACTION;
    lemma_value(r);
    lemma_compare_unit();
    lemma_up_comp(e, COMPARE_BITS);
    lemma_up_comp(COMPARE_BITS, e);
    lemma_up_minus(COMPARE_BITS);
    lemma_up_minus(e);
    lemma_up_mono(e);
    /@ assert e: e == Shift(r) && s == Significand(r); @/
    /@ assert m: m == Up(s,COMPARE_BITS); @/
    /@ assert left: Up(Up(s,e),COMPARE_BITS) == Up(s,e+COMPARE_BITS); @/
    /@ assert right: Up(Up(s,COMPARE_BITS),e) == Up(s,COMPARE_BITS+e); @/
    /@ assert minus: UpMinus(Value(r),COMPARE_BITS); @/
  }
*/

/* Nothing is left of m when it is moved by 63 bits. */
/*@ ghost
  /@ requires m: m < 0x8000000000000000;
     requires shifted: IsFloor(q,m,63);
     terminates \true; exits \false; assigns \nothing;
     ensures zero: q < 1; @/
  void lemma_nothing_left(uint64_t m, uint64_t q)
  {
    lemma_up_constants();
    lemma_up_order(63);
    /@ assert order: UpOrder(63,q,1); @/
  }
*/

/* A number that is so far below is less than one unit, and cut to 0. */
/*@ ghost
  /@ requires r: 0 <= r <= QUIET_NAN;
     requires m: m == Significand(r)*COMPARE_UNIT && m < 0x8000000000000000;
     requires d: d == E - Shift(r) && 63 <= d && E <= SHIFT_MAX + 1;
     terminates \true; exits \false; assigns \nothing;
     ensures near: \forall integer q; 0 <= q < 1 ==> Near(q,E,Value(r)) && Near(-q,E,-Value(r));
     ensures zero: m == 0 ==> Exact(0,E,Value(r)) && Exact(0,E,-Value(r)); @/
  void lemma_far(key r, uint64_t m, int d, int E)
  {
    int e = E - d;
    lemma_value_unit(r, m);
    lemma_up_minus(E);
    lemma_up_constants();
    lemma_up_comp(63, e);
    lemma_up_order(e);
    lemma_up_exponent(63 + e, E);
    /@ assert e: e == Shift(r) && 0 <= e; @/
    /@ assert less: UpOrder(e,m,Up(1,63)) && Up(Up(1,63),e) == Up(1,63+e); @/
    /@ assert far: Up(m,e) < Up(1,E); @/
    /@ assert minus: UpMinus(1,E); @/
  }
*/

/* A number cut by d bits. */
/*@ ghost
  /@ requires r: 0 <= r <= QUIET_NAN;
     requires m: m == Significand(r)*COMPARE_UNIT;
     requires d: d == E - Shift(r) && 0 <= d < 63 && E <= SHIFT_MAX + 1;
     requires shifted: IsFloor(q,m,d);
     terminates \true; exits \false; assigns \nothing;
     ensures near: Near(q,E,Value(r)) && Near(-q,E,-Value(r));
     ensures exact: d <= COMPARE_BITS ==> Exact(q,E,Value(r)) && Exact(-q,E,-Value(r));
     ensures zero: m == 0 ==> Exact(0,E,Value(r)) && Exact(0,E,-Value(r));
     ensures range: 0 <= q <= m; @/
  void lemma_close(key r, uint64_t m, int d, int E, uint64_t q)
  {
    int e = E - d;
    lemma_value_unit(r, m);
    lemma_up_minus(E);
    lemma_cut_unit(m, e, d, q);
    if (d <= COMPARE_BITS) {
      lemma_up_comp(COMPARE_BITS - d, d);
      /@ assert multiple: m == Up(Up(Significand(r),COMPARE_BITS-d),d); @/
    }
    /@ assert e: e == Shift(r) && 0 <= e; @/
    /@ assert minus_this: UpMinus(q,E); @/
    /@ assert minus_more: UpMinus(q + 1,E); @/
    /@ assert minus_less: UpMinus(q - 1,E); @/
  }
*/

/*@ ghost
  void lemma_align(key r, uint64_t m, int d, int c, int E, uint64_t q)
  {
    if (d < 63) {
      lemma_close(r, m, d, E, q);
    } else {
      lemma_nothing_left(m, q);
      lemma_far(r, m, d, E);
    }
    /@ assert near: Near(q,E,Value(r)); @/
    /@ assert near_minus: Near(-q,E,-Value(r)); @/
  }
*/

/*@ ghost
  void lemma_near_sum(key x, key y, int64_t qx, int64_t qy, int E)
  {
    lemma_up_add(E);
    lemma_up_add(COMPARE_BITS);
    /@ assert low: Up(qx-1,E) + Up(qy-1,E) == Up(qx+qy-2,E); @/
    /@ assert this: Up(qx,E) + Up(qy,E) == Up(qx+qy,E); @/
    /@ assert high: Up(qx+1,E) + Up(qy+1,E) == Up(qx+qy+2,E); @/
    /@ assert value: Up(Val(x),COMPARE_BITS) + Up(Val(y),COMPARE_BITS) == Up(Val(x)+Val(y),COMPARE_BITS); @/
  }
*/

/*@ ghost
  void lemma_sums_apart(int E)
  {
    lemma_up_mono(E);
    lemma_up_mono(COMPARE_BITS);
    /@ assert ends: \forall integer S, T; S + 4 <= T ==> Up(S+2,E) <= Up(T-2,E); @/
  }
*/

/*@ ghost
  void lemma_compare_near(key x, key y, key a, key b, int64_t qx, int64_t qy, int64_t qa, int64_t qb, int E)
  {
    lemma_near_sum(x, y, qx, qy, E);
    lemma_near_sum(a, b, qa, qb, E);
    lemma_sums_apart(E);
  }
*/

/*@ ghost
  void lemma_compare_exact(key x, key y, key a, key b, int64_t qx, int64_t qy, int64_t qa, int64_t qb, int E)
  {
    lemma_near_sum(x, y, qx, qy, E);
    lemma_near_sum(a, b, qa, qb, E);
    lemma_up_order(E);
    lemma_up_order(COMPARE_BITS);
    /@ assert q: UpOrder(E,qx+qy,qa+qb) && UpOrder(E,qa+qb,qx+qy); @/
    /@ assert v: UpOrder(COMPARE_BITS,Val(x)+Val(y),Val(a)+Val(b)) && UpOrder(COMPARE_BITS,Val(a)+Val(b),Val(x)+Val(y)); @/
  }
*/
