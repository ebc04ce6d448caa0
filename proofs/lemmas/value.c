/* Lemma functions about Value, Val and Rounded: see value.h. */
#include "lemmas/value.h"
#include "lemmas/power.h"

/*@ ghost
  /@ requires r: 0 <= r <= QUIET_NAN;
     terminates \true; exits \false; assigns \nothing;
     ensures shift: 0 <= Shift(r) <= SHIFT_MAX + 1;
     ensures significand: 0 <= Significand(r) < 2*FRACTION;
     ensures normal: Shift(r) > 0 ==> FRACTION <= Significand(r);
     ensures value: 0 <= Value(r);
     ensures unit: 1 <= Up(1,Shift(r));
     ensures next: Value(r+1) == Value(r) + Up(1,Shift(r));
     ensures step: (Significand(r+1) == FRACTION && Shift(r+1) == Shift(r) + 1)
                || (Significand(r+1) == Significand(r) + 1 && Shift(r+1) == Shift(r)
                    && (Significand(r+1) != FRACTION || Shift(r) == 0)); @/
  void lemma_value_next(key r)
  {
    int e = r < FRACTION ? 0 : (int)(r/FRACTION - 1);
    key m = r - e*(key)FRACTION;
    /@ assert e: e == Shift(r); @/
    /@ assert m: m == Significand(r) && 0 <= m < 2*FRACTION && (e > 0 ==> FRACTION <= m); @/
    lemma_up_mono(e);
    lemma_up_add(e);
    /@ assert zero: Up(0,e) + Up(0,e) == Up(0,e); @/
    /@ assert one: 0 < Up(1,e) && 0 <= Up(m,e); @/
    /@ assert value: Value(r) == Up(m,e); @/
    /@ assert same: m + 1 < 2*FRACTION ==> Shift(r+1) == e && Significand(r+1) == m + 1; @/
    /@ assert carry: m + 1 == 2*FRACTION ==> Shift(r+1) == e + 1 && Significand(r+1) == FRACTION; @/
    /@ assert plus: Up(m,e) + Up(1,e) == Up(m+1,e); @/
    /@ assert up: Up(FRACTION,e+1) == 2*Up(FRACTION,e); @/
    /@ assert twice: Up(FRACTION,e) + Up(FRACTION,e) == Up(2*FRACTION,e); @/
    /@ assert value1: Value(r+1) == Up(Significand(r+1),Shift(r+1)); @/
    /@ assert same1: m + 1 < 2*FRACTION ==> Value(r+1) == Up(m+1,e); @/
    /@ assert carry1: m + 1 == 2*FRACTION ==> Value(r+1) == Up(FRACTION,e+1) && Up(FRACTION,e+1) == Up(m+1,e); @/
    /@ assert next: Value(r+1) == Up(m+1,e); @/
  }
*/

/*@ ghost
  void lemma_value(key r)
  {
    lemma_value_next(r);
    if (r > 0) {
      lemma_value_next(r - 1);
      /@ assert unit: Shift(r) == Shift(r-1) + 1 ==> Up(1,Shift(r)) == 2*Up(1,Shift(r-1)); @/
    }
  }
*/

/*@ ghost
  void lemma_value_mono(key a, key b)
  {
    key i = a;
    lemma_value(a);
    lemma_value(b);
    /@ loop invariant i: i == a || a <= i <= b;
       loop invariant p: i == a ==> Value(i) == Value(a);
       loop invariant q: i > a ==> Value(a) < Value(i);
       loop assigns i; loop variant b - i; @/
    for (; i < b; i++) {
      lemma_value(i);
    }
  }
*/

/*@ ghost
  void lemma_val_mono(key a, key b)
  {
    lemma_value_mono(a < 0 ? -1-a : a, b < 0 ? -1-b : b);
    lemma_value_mono(b < 0 ? -1-b : b, a < 0 ? -1-a : a);
  }
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires r: 0 <= r <= SPECIAL - 1 && 0 <= s <= SPECIAL - 1;
     terminates \true; exits \false; assigns \nothing;
     ensures order: \forall integer X; Rounded(r,X,k) && Rounded(s,X,k) ==> s <= r; @/
  void lemma_rounded_order(key r, key s, int k)
  {
    lemma_scaled(k);
    if (r < s) {
      lemma_value_mono(r, s - 1);
      lemma_value_mono(r + 1, s);
      lemma_value_mono(r, s);
      /@ assert sum: Value(r) + Value(r+1) <= Value(s-1) + Value(s); @/
      /@ assert equal: Value(r) + Value(r+1) == Value(s-1) + Value(s) ==> s == r+1; @/
      /@ assert product: Scaled(k, Value(r) + Value(r+1), Value(s-1) + Value(s)); @/
    }
  }
*/

/*@ ghost
  void lemma_rounded_unique(key r, key s, int k)
  {
    lemma_rounded_order(r, s, k);
    lemma_rounded_order(s, r, k);
  }
*/

/*@ ghost
  void lemma_rounded_between(key r, key a, int k)
  {
    lemma_scaled(k);
    if (r < a) {
      lemma_value_mono(r, a - 1);
      lemma_value_mono(r + 1, a);
      lemma_value_mono(r, a);
      /@ assert sum: Value(r) + Value(r+1) < 2*Value(a); @/
      /@ assert product: Scaled(k, Value(r) + Value(r+1), 2*Value(a)); @/
      /@ assert twice: k*(2*Value(a)) == 2*(k*Value(a)); @/
      /@ assert low: \forall integer X; Rounded(r,X,k) ==> X < k*Value(a); @/
    }
    if (a < r) {
      lemma_value_mono(a, r - 1);
      lemma_value_mono(a + 1, r);
      lemma_value_mono(a, r);
      /@ assert sum2: 2*Value(a) < Value(r-1) + Value(r); @/
      /@ assert product2: Scaled(k, 2*Value(a), Value(r-1) + Value(r)); @/
      /@ assert twice2: k*(2*Value(a)) == 2*(k*Value(a)); @/
      /@ assert high: \forall integer X; Rounded(r,X,k) ==> k*Value(a) < X; @/
    }
  }
*/
