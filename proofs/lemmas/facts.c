/* Lemma functions that give facts about Up by name: see facts.h. */
#include "lemmas/facts.h"
#include "lemmas/power.h"

/*@ ghost
  void lemma_up_same(void)
  {
  }
*/

/*@ ghost
  void lemma_up_order(int n)
  {
    lemma_up_mono(n);
  }
*/

/*@ ghost
  void lemma_up_sum(int n)
  {
    lemma_up_add(n);
  }
*/

/*@ ghost
  void lemma_up_times(int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant times: \forall integer k, x; UpTimes(i,k,x);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
      /@ assert next: \forall integer k, x; UpTimes(i,k,x) && Up(x,i+1) == 2*Up(x,i) && Up(k*x,i+1) == 2*Up(k*x,i) ==> UpTimes(i+1,k,x); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_up_constants(void)
  {
    /@ assert four: \forall integer x; Up(x,4) == 16*x; @/
    /@ assert eight: \forall integer x; Up(x,8) == 256*x; @/
    /@ assert twelve: \forall integer x; Up(x,12) == 4096*x; @/
    /@ assert sixteen: \forall integer x; Up(x,16) == 65536*x; @/
    /@ assert twenty: \forall integer x; Up(x,20) == 1048576*x; @/
    /@ assert twenty_four: \forall integer x; Up(x,24) == 16777216*x; @/
    /@ assert twenty_eight: \forall integer x; Up(x,28) == 268435456*x; @/
    /@ assert thirty_one: \forall integer x; Up(x,31) == 2147483648*x; @/
    /@ assert thirty_two: \forall integer x; Up(x,32) == 4294967296*x; @/
    /@ assert thirty_six: \forall integer x; Up(x,36) == 68719476736*x; @/
    /@ assert thirty_seven: \forall integer x; Up(x,37) == 137438953472*x; @/
    lemma_up_comp(31, 32);
    /@ assert sixty_three: Up(Up(1,31),32) == Up(1,63); @/
  }
*/

/*@ ghost
  void lemma_up_byte(int n)
  {
    lemma_up_comp(8, n);
    lemma_up_constants();
    /@ assert comp: \forall integer x; Up(Up(x,8),n) == Up(x,n+8); @/
  }
*/

/*@ ghost
  void lemma_up_limb(int n)
  {
    lemma_up_comp(32, n);
    lemma_up_constants();
    /@ assert comp: \forall integer x; Up(Up(x,32),n) == Up(x,n+32); @/
  }
*/

/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures twice: \forall integer x; UpTwice(n,x); @/
  void lemma_up_twice(int n)
  {
    lemma_up_add(n);
    /@ assert twice: \forall integer x; Up(x,n) + Up(x,n) == Up(x+x,n); @/
  }
*/

/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures product: \forall integer x; UpProduct(k,n,x); @/
  void lemma_up_product(int64_t k, int n)
  {
    lemma_up_mul(k, n);
  }
*/

/*@ ghost
  void lemma_up_facts(int64_t k, int n)
  {
    lemma_scaled(k);
    lemma_up_twice(n);
    lemma_up_order(n);
    lemma_up_product(k, n);
    /@ assert twice: \forall integer x; UpTwice(n,x) ==> ProductTwice(k,n,x); @/
    /@ assert order: \forall integer x, y; UpOrder(n,x,y) && Scaled(k,Up(x,n),Up(y,n)) ==> ProductOrder(k,n,x,y); @/
  }
*/

/*@ ghost
  void lemma_cross(int e, int s)
  {
    if (s < e) lemma_up_comp(s, e - s);
    else lemma_up_comp(e, s - e);
    /@ assert cross: \forall integer x; Up(Up(x,e),s-e) == Up(Up(x,s),e-s); @/
  }
*/

/*@ ghost
  void lemma_up_exponent(int m, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i && (i == 0 || i <= m);
       loop invariant p: \forall integer x; 0 <= x ==> x <= Up(x,i);
       loop assigns i; loop variant m - i; @/
    for (; i < m; i++) {
      /@ assert step: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
    }
    /@ assert end: \forall integer x; Up(x,i) == Up(x,m); @/
    int j = m;
    /@ loop invariant j: j == m || m <= j <= n;
       loop invariant p: \forall integer x; 0 <= x ==> x <= Up(x,m) <= Up(x,j);
       loop assigns j; loop variant n - j; @/
    for (; j < n; j++) {
      /@ assert step: \forall integer x; Up(x,j+1) == 2*Up(x,j) || Up(x,j+1) == Up(x,j); @/
    }
    /@ assert last: m <= n ==> j == n; @/
  }
*/

/*@ ghost
  void lemma_up_next(uint64_t m, int n)
  {
    lemma_up_add(n);
    /@ assert even: Up(m,n) + Up(m,n) == Up(2*m,n); @/
    /@ assert odd: Up(2*m,n) + Up(1,n) == Up(2*m+1,n); @/
    /@ assert next: Up(m,n) + Up(1,n) == Up(m+1,n); @/
    /@ assert next2: Up(2*m+1,n) + Up(1,n) == Up(2*m+2,n); @/
  }
*/

/*@ ghost
  void lemma_cut_order(uint64_t g, uint64_t m, int s)
  {
    lemma_up_mono(s);
  }
*/
