/* Lemma functions about Up and the shifts of C: see power.h. */
#include "lemmas/power.h"

/*@ ghost
  void lemma_up_add(int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i && (i == 0 || i <= n);
       loop invariant p: \forall integer x, y; Up(x,i) + Up(y,i) == Up(x+y,i);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
    }
    /@ assert end: \forall integer x; Up(x,i) == Up(x,n); @/
  }
*/

/*@ ghost
  void lemma_up_neg(int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i && (i == 0 || i <= n);
       loop invariant p: \forall integer x; Up(-x,i) == -Up(x,i);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
    }
    /@ assert end: \forall integer x; Up(x,i) == Up(x,n); @/
  }
*/

/*@ ghost
  void lemma_up_mono(int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i && (i == 0 || i <= n);
       loop invariant p: \forall integer x, y; x <= y <==> Up(x,i) <= Up(y,i);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
    }
    /@ assert end: \forall integer x; Up(x,i) == Up(x,n); @/
  }
*/

/*@ ghost
  void lemma_up_comp(int m, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant p: \forall integer x; Up(Up(x,m),i) == Up(x,m+i);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert outer: \forall integer x; Up(Up(x,m),i+1) == 2*Up(Up(x,m),i); @/
      /@ assert inner: \forall integer x; Up(x,m+i+1) == 2*Up(x,m+i); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_up_mul(int64_t k, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i && (i == 0 || i <= n);
       loop invariant p: \forall integer x; Up(k*x,i) == k*Up(x,i);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert left: \forall integer x; Up(k*x,i+1) == 2*Up(k*x,i); @/
      /@ assert right: \forall integer x; k*Up(x,i+1) == k*(2*Up(x,i)); @/
      /@ assert both: \forall integer x; k*(2*Up(x,i)) == 2*(k*Up(x,i)); @/
    }
    /@ assert end: \forall integer x; Up(x,i) == Up(x,n); @/
  }
*/

/*@ ghost
  void lemma_up_grow(int m, int n)
  {
    int i = 0, j = m;
    /@ loop invariant i: 0 <= i <= m;
       loop invariant p: \forall integer x; 0 <= x ==> x <= Up(x,i);
       loop assigns i; loop variant m - i; @/
    for (; i < m; i++) {
      /@ assert step: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
    }
    /@ assert end: i == m; @/
    /@ loop invariant j: m <= j <= m+n;
       loop invariant p: \forall integer x; 0 <= x ==> x <= Up(x,m) <= Up(x,j);
       loop assigns j; loop variant m + n - j; @/
    for (; j < m + n; j++) {
      /@ assert step: \forall integer x; Up(x,j+1) == 2*Up(x,j); @/
    }
    /@ assert end: j == m + n; @/
  }
*/

/*@ ghost
  void lemma_scaled(int64_t k)
  {
    int64_t i = 1;
    /@ loop invariant i: 1 <= i <= k;
       loop invariant p: \forall integer x, y; Scaled(i,x,y);
       loop assigns i; loop variant k - i; @/
    for (; i < k; i++) {
      /@ assert step: \forall integer x; (i+1)*x == i*x + x; @/
      /@ assert order: \forall integer x, y; x <= y ==> i*x <= i*y; @/
      /@ assert strict: \forall integer x, y; x < y ==> i*x < i*y; @/
      /@ assert next: \forall integer x, y; x <= y ==> (i+1)*x <= (i+1)*y; @/
    }
    /@ assert end: i == k; @/
  }
*/

/*@ ghost
  void lemma_more(int64_t k, int64_t n)
  {
    int64_t i = k;
    /@ loop invariant i: k <= i <= n;
       loop invariant p: \forall integer x; AtMost(k,i,x);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: \forall integer x; (i+1)*x == i*x + x; @/
      /@ assert less: \forall integer x; 0 <= x ==> k*x <= i*x; @/
      /@ assert next: \forall integer x; 0 <= x ==> k*x <= (i+1)*x; @/
    }
    /@ assert end: i == n; @/
  }
*/
