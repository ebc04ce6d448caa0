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
     requires E: e + d <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures low: Up(m >> d,e+d) <= Up(m,e);
     ensures high: Up(m,e) < Up((m >> d)+1,e+d);
     ensures before: Up((m >> d)-1,e+d) < Up(m,e);
     ensures exact: \forall integer x; m == Up(x,d) ==> Up(m >> d,e+d) == Up(m,e);
     ensures range: 0 <= (m >> d) <= m; @/
  void lemma_cut_unit(uint64_t m, int e, int d)
  {
    uint64_t q = m >> d;
    lemma_shr(m, d);
    lemma_cut_order(m, q, d);
    lemma_up_comp(d, e);
    lemma_up_order(e);
    lemma_up_order(e + d);
    lemma_up_exponent(0, d);
    /@ assert q: q == (m >> d); @/
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
  /@ requires r: 0 <= r < SPECIAL;
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

/*@ ghost
  void lemma_align(key r, uint64_t m, int d, int E)
  {
    int e = E - d;
    lemma_value_unit(r, m);
    lemma_compare_unit();
    lemma_up_minus(E);
    lemma_up_order(E);
    lemma_up_comp(64, e);
    lemma_up_order(e);
    lemma_up_exponent(64 + e, E);
    /@ assert e: e == Shift(r) && 0 <= e; @/
    /@ assert less: UpOrder(e,m,Up(1,64)) && Up(Up(1,64),e) == Up(1,64+e); @/
    /@ assert far: d >= 64 ==> Up(m,e) < Up(1,E); @/
    /@ assert minus: UpMinus(1,E); @/
    if (d < 64) {
      lemma_cut_unit(m, e, d);
      if (d <= COMPARE_BITS) {
        lemma_up_comp(COMPARE_BITS - d, d);
        /@ assert multiple: m == Up(Up(Significand(r),COMPARE_BITS-d),d); @/
      }
      /@ assert minus_this: UpMinus(m >> d,E); @/
      /@ assert minus_more: UpMinus((m >> d) + 1,E); @/
      /@ assert minus_less: UpMinus((m >> d) - 1,E); @/
    }
  }
*/

/* Two cut numbers. */
/*@ ghost
  /@ requires E: 0 <= E <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures near: Near(qx,E,Val(x)) && Near(qy,E,Val(y)) ==> Up(qx+qy-2,E) < Up(Val(x)+Val(y),COMPARE_BITS) < Up(qx+qy+2,E);
     ensures exact: Exact(qx,E,Val(x)) && Exact(qy,E,Val(y)) ==> Exact(qx+qy,E,Val(x)+Val(y)); @/
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
  void lemma_compare_near(key x, key y, key a, key b, int64_t qx, int64_t qy, int64_t qa, int64_t qb, int E)
  {
    lemma_near_sum(x, y, qx, qy, E);
    lemma_near_sum(a, b, qa, qb, E);
    lemma_up_mono(E);
    lemma_up_mono(COMPARE_BITS);
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
