/* Lemma functions that give facts about Up by name.
 *
 * A bare quantified equation between Up sends the provers after ever new terms. Under a name it waits until an assertion asks for it.
 */
#ifndef LEMMAS_FACTS_H
#define LEMMAS_FACTS_H

#include "acsl/number.h"

/*@ predicate UpNone(integer x, integer n) = n <= 0 ==> Up(x,n) == x;
  @ predicate UpSame(integer n, integer x, integer y) = x == y ==> Up(x,n) == Up(y,n);
  @ predicate UpTwice(integer n, integer x) = Up(2*x,n) == 2*Up(x,n);
  @ predicate UpOrder(integer n, integer x, integer y) = (x < y <==> Up(x,n) < Up(y,n)) && (x == y <==> Up(x,n) == Up(y,n));
  @ predicate UpSum(integer n, integer x, integer y) = Up(x,n) + Up(y,n) == Up(x+y,n);
  @ predicate UpTimes(integer n, integer k, integer x) = k*Up(x,n) == Up(k*x,n);
  @ predicate UpByte(integer x, integer n) = Up(256*x,n) == Up(x,n+8);
  @ predicate UpLimb(integer x, integer n) = Up(4294967296*x,n) == Up(x,n+32);
  @ predicate Cross(integer x, integer e, integer s) = Up(Up(x,e),s-e) == Up(Up(x,s),e-s);
  @
  @ predicate UpProduct(integer k, integer n, integer x) = Up(k*x,n) == k*Up(x,n);
  @ predicate ProductTwice(integer k, integer n, integer x) = k*Up(2*x,n) == 2*(k*Up(x,n));
  @ predicate ProductByte(integer k, integer n, integer x) = k*Up(256*x,n) == k*Up(x,n+8);
  @ predicate ProductOrder(integer k, integer n, integer x, integer y) =
  @   (x <= y ==> k*Up(x,n) <= k*Up(y,n)) && (x < y ==> k*Up(x,n) < k*Up(y,n));
  @*/

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures same: \forall integer n, x, y; UpSame(n,x,y); @/
  void lemma_up_same(void);
*/

/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures order: \forall integer x, y; UpOrder(n,x,y); @/
  void lemma_up_order(int n);
*/

/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer x, y; UpSum(n,x,y); @/
  void lemma_up_sum(int n);
*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures times: \forall integer k, x; UpTimes(n,k,x); @/
  void lemma_up_times(int n);
*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures byte: \forall integer x; UpByte(x,n); @/
  void lemma_up_byte(int n);
*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures limb: \forall integer x; UpLimb(x,n); @/
  void lemma_up_limb(int n);
*/

/*@ ghost
  /@ requires k: 1 <= k;
     requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures twice: \forall integer x; UpTwice(n,x);
     ensures order: \forall integer x, y; UpOrder(n,x,y);
     ensures product: \forall integer x; UpProduct(k,n,x);
     ensures product_twice: \forall integer x; ProductTwice(k,n,x);
     ensures product_order: \forall integer x, y; ProductOrder(k,n,x,y); @/
  void lemma_up_facts(int64_t k, int n);
*/

/* The powers of two that are written as constants. */
/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures one: \forall integer x; Up(x,1) == 2*x;
     ensures eight: \forall integer x; Up(x,8) == 256*x;
     ensures thirty_one: \forall integer x; Up(x,31) == 2147483648*x;
     ensures thirty_two: \forall integer x; Up(x,32) == 4294967296*x;
     ensures thirty_seven: \forall integer x; Up(x,37) == 137438953472*x;
     ensures sixty_three: Up(1,63) == 0x8000000000000000; @/
  void lemma_up_constants(void);
*/

/* A greater exponent, of either sign, is no less. */
/*@ ghost
  /@ requires n: n <= 65536 && m <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures mono: \forall integer x; 0 <= x && m <= n ==> x <= Up(x,m) <= Up(x,n); @/
  void lemma_up_exponent(int m, int n);
*/

/* Up by e and back by s is Up by e-s, for either sign of e-s. */
/*@ ghost
  /@ requires e: 0 <= e <= 65536 && 0 <= s <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures cross: \forall integer x; Cross(x,e,s); @/
  void lemma_cross(int e, int s);
*/

/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures even: Up(2*m,n) == 2*Up(m,n);
     ensures odd: Up(2*m+1,n) == 2*Up(m,n) + Up(1,n);
     ensures next: Up(m+1,n) == Up(m,n) + Up(1,n);
     ensures next2: Up(2*m+2,n) == 2*Up(m,n) + 2*Up(1,n); @/
  void lemma_up_next(uint64_t m, int n);
*/

/* Whatever is below m 2^s + 2^s and not below m 2^s stands to the multiples of 2^s as m does. */
/*@ ghost
  /@ requires s: 0 <= s <= 63;
     requires low: Up(m,s) <= g;
     requires high: g < Up(m+1,s);
     terminates \true; exits \false; assigns \nothing;
     ensures above: \forall integer x; x <= m <==> Up(x,s) <= g;
     ensures below: \forall integer x; m < x <==> g < Up(x,s); @/
  void lemma_cut_order(uint64_t g, uint64_t m, int s);
*/

#endif
