/* Lemma functions about Value, Val and Rounded: magnitudes are in the order of their values, and rounding has one answer. */
#ifndef LEMMAS_VALUE_H
#define LEMMAS_VALUE_H

#include "acsl/number.h"

/*@ ghost
  /@ requires r: 0 <= r <= QUIET_NAN;
     terminates \true; exits \false; assigns \nothing;
     ensures shift: 0 <= Shift(r) <= SHIFT_MAX + 1;
     ensures significand: 0 <= Significand(r) < 2*FRACTION;
     ensures normal: Shift(r) > 0 ==> FRACTION <= Significand(r);
     ensures value: 0 <= Value(r);
     ensures unit: 1 <= Up(1,Shift(r));
     ensures next: Value(r+1) == Value(r) + Up(1,Shift(r));
     ensures previous: r > 0 && (Significand(r) != FRACTION || Shift(r) == 0) ==> Value(r-1) == Value(r) - Up(1,Shift(r));
     ensures below: r > 0 && Significand(r) == FRACTION && Shift(r) > 0 ==> 2*Value(r-1) == 2*Value(r) - Up(1,Shift(r)); @/
  void lemma_value(key r);
*/

/*@ ghost
  /@ requires r: 0 <= a <= QUIET_NAN && 0 <= b <= QUIET_NAN;
     terminates \true; exits \false; assigns \nothing;
     ensures mono: a < b ==> Value(a) < Value(b);
     ensures equal: a == b ==> Value(a) == Value(b);
     ensures value: 0 <= Value(a) && 0 <= Value(b); @/
  void lemma_value_mono(key a, key b);
*/

/*@ ghost
  /@ requires a: -1-SPECIAL <= a <= SPECIAL && -1-SPECIAL <= b <= SPECIAL;
     terminates \true; exits \false; assigns \nothing;
     ensures mono: a <= b ==> Val(a) <= Val(b);
     ensures strict: Val(a) < Val(b) ==> a < b; @/
  void lemma_val_mono(key a, key b);
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires r: 0 <= r <= SPECIAL - 1 && 0 <= s <= SPECIAL - 1;
     terminates \true; exits \false; assigns \nothing;
     ensures unique: \forall integer X; Rounded(r,X,k) && Rounded(s,X,k) ==> r == s; @/
  void lemma_rounded_unique(key r, key s, int k);
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires r: 0 <= r <= SPECIAL - 1 && 0 <= a <= SPECIAL - 1;
     terminates \true; exits \false; assigns \nothing;
     ensures low: \forall integer X; Rounded(r,X,k) && k*Value(a) <= X ==> a <= r;
     ensures high: \forall integer X; Rounded(r,X,k) && X <= k*Value(a) ==> r <= a; @/
  void lemma_rounded_between(key r, key a, int k);
*/

#endif
