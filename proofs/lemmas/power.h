/* Lemma functions about Up. Ghost code: each loop is an induction, nothing of it is compiled. */
#ifndef LEMMAS_POWER_H
#define LEMMAS_POWER_H

#include "acsl/number.h"

/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures add: \forall integer x, y; Up(x,n) + Up(y,n) == Up(x+y,n); @/
  void lemma_up_add(int n);
*/

/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures neg: \forall integer x; Up(-x,n) == -Up(x,n); @/
  void lemma_up_neg(int n);
*/

/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures mono: \forall integer x, y; x <= y <==> Up(x,n) <= Up(y,n); @/
  void lemma_up_mono(int n);
*/

/*@ ghost
  /@ requires n: 0 <= m && 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures comp: \forall integer x; Up(Up(x,m),n) == Up(x,m+n); @/
  void lemma_up_comp(int m, int n);
*/

/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures mul: \forall integer x; Up(k*x,n) == k*Up(x,n); @/
  void lemma_up_mul(int64_t k, int n);
*/

/*@ ghost
  /@ requires n: 0 <= m && 0 <= n && m + n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures grow: \forall integer x; 0 <= x ==> x <= Up(x,m) <= Up(x,m+n); @/
  void lemma_up_grow(int m, int n);
*/

/*@ ghost
  /@ requires k: 1 <= k;
     terminates \true; exits \false; assigns \nothing;
     ensures scaled: \forall integer x, y; Scaled(k,x,y); @/
  void lemma_scaled(int64_t k);
*/

/*@ ghost
  /@ requires k: 0 <= k <= n;
     terminates \true; exits \false; assigns \nothing;
     ensures more: \forall integer x; AtMost(k,n,x); @/
  void lemma_more(int64_t k, int64_t n);
*/

#endif
