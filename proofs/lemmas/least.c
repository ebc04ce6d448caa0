/* Theorems about the sum of the k least numbers: see least.h. */
#include "lemmas/least.h"

/*@ ghost
  void theorem_least_sum(const natural_row *numbers, const unsigned char *in, int n, int self, int k)
  {
    int i = 0, c = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant c: 0 <= c <= i && c == Chosen(in,i);
       loop invariant bound: \forall integer v; c*v + Below(numbers,i,self,v) <= ChosenSum(numbers,in,i);
       loop assigns i, c; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert below: \forall integer v;
           Below(numbers,i+1,self,v) == Below(numbers,i,self,v) + (i != self ? \min(Entry(numbers,i) - v,0) : 0); @/
      /@ assert sum: ChosenSum(numbers,in,i+1) == ChosenSum(numbers,in,i) + (in[i] != 0 ? Entry(numbers,i) : 0); @/
      /@ assert count: Chosen(in,i+1) == Chosen(in,i) + (in[i] != 0 ? 1 : 0); @/
      if (in[i] != 0) c++;
    }
    /@ assert end: i == n && c == k; @/
  }
*/

/*@ ghost
  void theorem_least_sum_monotone(const natural_row *a, const natural_row *b, int n, int self, int k)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant below: \forall integer v; Below(a,i,self,v) <= Below(b,i,self,v);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert a: \forall integer v; Below(a,i+1,self,v) == Below(a,i,self,v) + (i != self ? \min(Entry(a,i) - v,0) : 0); @/
      /@ assert b: \forall integer v; Below(b,i+1,self,v) == Below(b,i,self,v) + (i != self ? \min(Entry(b,i) - v,0) : 0); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void theorem_least_sum_unique(const natural_row *numbers, int n, int self, int k)
  {
  }
*/

/*@ ghost
  void lemma_none_chosen(const unsigned char *in, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant none: Chosen(in,i) == 0;
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert next: Chosen(in,i+1) == Chosen(in,i) + (in[i] != 0 ? 1 : 0); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_occurrences(const int *order, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant range: \forall integer x; 0 <= Occurrences(order,i,x);
       loop invariant some: \forall integer x; 0 < Occurrences(order,i,x) ==> \exists integer a; 0 <= a < i && order[a] == x;
       loop invariant none: \forall integer x, a; Occurrences(order,i,x) <= 0 && 0 <= a < i ==> order[a] != x;
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert next: \forall integer x; Occurrences(order,i+1,x) == Occurrences(order,i,x) + (order[i] == x ? 1 : 0); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_all_indices(const int *order, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant occurrences: \forall integer x; Occurrences(order,i,x) == (0 <= x < i ? 1 : 0);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert next: \forall integer x; Occurrences(order,i+1,x) == Occurrences(order,i,x) + (order[i] == x ? 1 : 0); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_other_indices(const natural_row *numbers, const int *order, int n, int self)
  {
    int i = 0;
    /@ assert self: \forall integer v; Below(numbers,self+1,self,v) == Below(numbers,self,self,v); @/
    /@ loop invariant i: 0 <= i <= n-1;
       loop invariant occurrences: \forall integer x; Occurrences(order,i,x) == (0 <= x < (i < self ? i : i+1) && x != self ? 1 : 0);
       loop invariant below: \forall integer v; OrderBelow(numbers,order,i,v) == Below(numbers,i < self ? i : i+1,self,v);
       loop assigns i; loop variant n - i; @/
    for (; i < n - 1; i++) {
      /@ assert next: \forall integer x; Occurrences(order,i+1,x) == Occurrences(order,i,x) + (order[i] == x ? 1 : 0); @/
      /@ assert order: \forall integer v;
           OrderBelow(numbers,order,i+1,v) == OrderBelow(numbers,order,i,v) + \min(Entry(numbers,order[i]) - v,0); @/
      /@ assert below: \forall integer v;
           Below(numbers,i+1,self,v) == Below(numbers,i,self,v) + (i != self ? \min(Entry(numbers,i) - v,0) : 0); @/
      /@ assert below1: \forall integer v;
           Below(numbers,i+2,self,v) == Below(numbers,i+1,self,v) + (i+1 != self ? \min(Entry(numbers,i+1) - v,0) : 0); @/
    }
    /@ assert end: i == n-1; @/
  }
*/

/* v is number order[c]: those up to k are at most it, the others at least. */
/*@ ghost
  /@ requires n: 0 <= k <= n <= ROWS_MAX && 0 <= c < n;
     requires order: \valid_read(order + (0 .. n-1));
     requires low: \forall integer a; 0 <= a < k ==> Entry(numbers,order[a]) <= Entry(numbers,order[c]);
     requires high: \forall integer a; k <= a < n ==> Entry(numbers,order[c]) <= Entry(numbers,order[a]);
     terminates \true; exits \false; assigns \nothing;
     ensures tight: k*Entry(numbers,order[c]) + OrderBelow(numbers,order,n,Entry(numbers,order[c])) == OrderSum(numbers,order,k); @/
  void lemma_tight(const natural_row *numbers, const int *order, int n, int k, int c)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= k;
       loop invariant tight: i*Entry(numbers,order[c]) + OrderBelow(numbers,order,i,Entry(numbers,order[c])) == OrderSum(numbers,order,i);
       loop assigns i; loop variant k - i; @/
    for (; i < k; i++) {
      /@ assert order: OrderBelow(numbers,order,i+1,Entry(numbers,order[c])) == OrderBelow(numbers,order,i,Entry(numbers,order[c]))
           + Entry(numbers,order[i]) - Entry(numbers,order[c]); @/
      /@ assert sum: OrderSum(numbers,order,i+1) == OrderSum(numbers,order,i) + Entry(numbers,order[i]); @/
      /@ assert product: (i+1)*Entry(numbers,order[c]) == i*Entry(numbers,order[c]) + Entry(numbers,order[c]); @/
    }
    /@ assert first: i == k; @/
    /@ loop invariant i: k <= i <= n;
       loop invariant tight: k*Entry(numbers,order[c]) + OrderBelow(numbers,order,i,Entry(numbers,order[c])) == OrderSum(numbers,order,k);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert order: OrderBelow(numbers,order,i+1,Entry(numbers,order[c])) == OrderBelow(numbers,order,i,Entry(numbers,order[c])); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_first_least(const natural_row *numbers, const int *order, int n, int k)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= k;
       loop invariant bound: \forall integer v; i*v + OrderBelow(numbers,order,i,v) <= OrderSum(numbers,order,i);
       loop assigns i; loop variant k - i; @/
    for (; i < k; i++) {
      /@ assert order: \forall integer v;
           OrderBelow(numbers,order,i+1,v) == OrderBelow(numbers,order,i,v) + \min(Entry(numbers,order[i]) - v,0); @/
      /@ assert sum: OrderSum(numbers,order,i+1) == OrderSum(numbers,order,i) + Entry(numbers,order[i]); @/
      /@ assert product: \forall integer v; (i+1)*v == i*v + v; @/
    }
    /@ assert first: i == k; @/
    /@ loop invariant i: k <= i <= n;
       loop invariant bound: \forall integer v; k*v + OrderBelow(numbers,order,i,v) <= OrderSum(numbers,order,k);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert order: \forall integer v;
           OrderBelow(numbers,order,i+1,v) == OrderBelow(numbers,order,i,v) + \min(Entry(numbers,order[i]) - v,0); @/
    }
    /@ assert end: i == n; @/
    /@ assert none: n == 0 ==> k*0 + OrderBelow(numbers,order,n,0) == OrderSum(numbers,order,k); @/
    if (n > 0) {
      int c = k < n ? k : n - 1;
      /@ assert low: \forall integer a; 0 <= a < c ==> Before(numbers,order[a],order[c]); @/
      /@ assert high: \forall integer a; c < a < n ==> Before(numbers,order[c],order[a]); @/
      lemma_tight(numbers, order, n, k, c);
    }
  }
*/

/*@ ghost
  void lemma_least_nearest(const natural_row *numbers, const int *order, int n, int self, int k)
  {
    int j = 0;
    lemma_occurrences(order, n - 1);
    /@ assert self: Occurrences(order,n-1,self) == 0; @/
    /@ loop invariant j: 0 <= j <= n;
       loop invariant nearest: \forall integer a, i; 0 <= a < k && 0 <= i < j && i != self && NotAmong(order,k,i)
         ==> Before(numbers,order[a],i);
       loop assigns j; loop variant n - j; @/
    for (; j < n; j++) {
      /@ assert once: j != self ==> Occurrences(order,n-1,j) == 1; @/
      /@ assert place: j != self && NotAmong(order,k,j) ==> \exists integer b; k <= b < n-1 && order[b] == j; @/
      /@ assert here: j != self && NotAmong(order,k,j) ==> \forall integer a; 0 <= a < k ==> Before(numbers,order[a],j); @/
    }
    /@ assert end: j == n; @/
  }
*/
