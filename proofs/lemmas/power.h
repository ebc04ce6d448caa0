/* Lemma functions about Up and the shifts of C. Ghost code: each loop is an induction, nothing of it is compiled.
 *
 * WP knows of a shift only that lsl x 0 = x, lsl x 1 = 2x, lsl (lsl x p) q = lsl x (p+q), and the same of lsr by halving; that is enough.
 */
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

/*@ ghost
  /@ requires s: 0 <= s <= 64;
     terminates \true; exits \false; assigns \nothing;
     ensures shl: (x << s) == Up(x,s); @/
  void lemma_shl(uint64_t x, int s);
*/

/*@ ghost
  /@ requires s: 0 <= s <= 64;
     terminates \true; exits \false; assigns \nothing;
     ensures low: 0 <= (x >> s) && Up(x >> s, s) <= x;
     ensures high: x < Up((x >> s) + 1, s); @/
  void lemma_shr(uint64_t x, int s);
*/

#endif
