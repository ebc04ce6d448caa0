/* Theorems about covers: see cover.h. */
#include "lemmas/cover.h"

/*@ ghost
  void lemma_partners(const unsigned char *linked, const int32_t *mark, int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant range: \forall integer i; 0 <= i < n ==> 0 <= Partners(linked,mark,n,i,k) <= k;
       loop invariant some: \forall integer i, j; 0 <= i < n && 0 <= j < k && mark[j] == 0 && Link(linked,n,i,j) != 0 ==>
         1 <= Partners(linked,mark,n,i,k);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert next: \forall integer i; Partners(linked,mark,n,i,k+1) == Partners(linked,mark,n,i,k) + (mark[k] == 0 ? Link(linked,n,i,k) : 0); @/
    }
    /@ assert end: k == n; @/
  }
*/

/*@ ghost
  void lemma_sizes(const int32_t *mark, const uint32_t *degree, int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant gone: 0 <= Gone(mark,k) <= k;
       loop invariant size: \forall row_set s; 0 <= Size(mark,degree,s,k) <= Members(mark,s,k);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert gone: Gone(mark,k+1) == Gone(mark,k) + (mark[k] != 0 ? 1 : 0); @/
      /@ assert size: \forall row_set s;
           Size(mark,degree,s,k+1) == Size(mark,degree,s,k) + (mark[k] == 0 && degree[k] != 0 && In(s,k) != 0 ? 1 : 0); @/
      /@ assert members: \forall row_set s; Members(mark,s,k+1) == Members(mark,s,k) + (mark[k] == 0 && In(s,k) != 0 ? 1 : 0); @/
    }
    /@ assert end: k == n; @/
  }
*/

/*@ ghost
  void lemma_reach_step(const unsigned char *linked, const int32_t *mark, int n, int r)
  {
    int k = 0;
    /@ assert partners: \forall integer i; Partners(linked,mark,n,i,r+1) == Partners(linked,mark,n,i,r) + (mark[r] == 0 ? Link(linked,n,i,r) : 0); @/
    /@ loop invariant k: 0 <= k <= n;
       loop invariant step: \forall row_set s; Covers(linked,mark,n,s) ==>
         Reach(linked,mark,n,s,k,r) + (mark[r] == 0 && In(s,r) == 0 ? Partners(linked,mark,n,r,k) : 0) <= Reach(linked,mark,n,s,k,r+1);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert before: \forall row_set s; Reach(linked,mark,n,s,k+1,r)
           == Reach(linked,mark,n,s,k,r) + (mark[k] == 0 && In(s,k) != 0 ? Partners(linked,mark,n,k,r) : 0); @/
      /@ assert after: \forall row_set s; Reach(linked,mark,n,s,k+1,r+1)
           == Reach(linked,mark,n,s,k,r+1) + (mark[k] == 0 && In(s,k) != 0 ? Partners(linked,mark,n,k,r+1) : 0); @/
      /@ assert own: Partners(linked,mark,n,r,k+1) == Partners(linked,mark,n,r,k) + (mark[k] == 0 ? Link(linked,n,r,k) : 0); @/
      /@ assert symmetric: Link(linked,n,r,k) == Link(linked,n,k,r) && 0 <= Link(linked,n,r,k); @/
      /@ assert covered: \forall row_set s; Covers(linked,mark,n,s) && mark[r] == 0 && mark[k] == 0 && Link(linked,n,r,k) != 0 ==>
           In(s,r) != 0 || In(s,k) != 0; @/
    }
    /@ assert end: k == n; @/
  }
*/

/*@ ghost
  void lemma_reach_none(const unsigned char *linked, const int32_t *mark, int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant none: \forall row_set s; Reach(linked,mark,n,s,k,0) == 0;
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert next: \forall row_set s; Reach(linked,mark,n,s,k+1,0)
           == Reach(linked,mark,n,s,k,0) + (mark[k] == 0 && In(s,k) != 0 ? Partners(linked,mark,n,k,0) : 0); @/
      /@ assert zero: Partners(linked,mark,n,k,0) == 0; @/
    }
    /@ assert end: k == n; @/
  }
*/

/*@ ghost
  void lemma_double_count(const unsigned char *linked, const int32_t *mark, const uint32_t *degree, int n)
  {
    int r = 0, k = 0;
    lemma_reach_none(linked, mark, n);
    /@ loop invariant r: 0 <= r <= n;
       loop invariant out: \forall row_set s; Covers(linked,mark,n,s) ==> OutSum(mark,degree,s,r) <= Reach(linked,mark,n,s,n,r);
       loop assigns r; loop variant n - r; @/
    for (; r < n; r++) {
      lemma_reach_step(linked, mark, n, r);
      /@ assert next: \forall row_set s; OutSum(mark,degree,s,r+1) == OutSum(mark,degree,s,r) + (mark[r] == 0 && In(s,r) == 0 ? degree[r] : 0); @/
    }
    /@ assert all: r == n; @/
    /@ loop invariant k: 0 <= k <= n;
       loop invariant same: \forall row_set s; Reach(linked,mark,n,s,k,n) == InSum(mark,degree,s,k);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert reach: \forall row_set s; Reach(linked,mark,n,s,k+1,n)
           == Reach(linked,mark,n,s,k,n) + (mark[k] == 0 && In(s,k) != 0 ? Partners(linked,mark,n,k,n) : 0); @/
      /@ assert sum: \forall row_set s; InSum(mark,degree,s,k+1) == InSum(mark,degree,s,k) + (mark[k] == 0 && In(s,k) != 0 ? degree[k] : 0); @/
    }
    /@ assert end: k == n; @/
  }
*/

/*@ ghost
  void lemma_repeated(int a, int b)
  {
    int i = 0;
    /@ assert negative: \forall integer k; k <= 0 ==> Repeated(a,k) == 0; @/
    /@ loop invariant i: 0 <= i <= b;
       loop invariant product: Repeated(a,i) == a*i;
       loop invariant range: 0 <= Repeated(a,i) <= i*COVER_ROWS_MAX;
       loop invariant mono: \forall integer k; k <= i ==> Repeated(a,k) <= Repeated(a,i);
       loop assigns i; loop variant b - i; @/
    for (; i < b; i++) {
      /@ assert next: Repeated(a,i+1) == Repeated(a,i) + a; @/
    }
    /@ assert end: i == b; @/
  }
*/

/*@ ghost
  void lemma_pairs_bound(const unsigned char *linked, const int32_t *mark, const uint32_t *degree, int n, int greatest)
  {
    int k = 0;
    lemma_double_count(linked, mark, degree, n);
    /@ loop invariant k: 0 <= k <= n;
       loop invariant split: \forall row_set s; DegreeSum(mark,degree,k) == InSum(mark,degree,s,k) + OutSum(mark,degree,s,k);
       loop invariant size: \forall row_set s; 0 <= Size(mark,degree,s,k);
       loop invariant bound: \forall row_set s; InSum(mark,degree,s,k) <= Repeated(greatest,Size(mark,degree,s,k));
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert all: DegreeSum(mark,degree,k+1) == DegreeSum(mark,degree,k) + (mark[k] == 0 ? degree[k] : 0); @/
      /@ assert in: \forall row_set s; InSum(mark,degree,s,k+1) == InSum(mark,degree,s,k) + (mark[k] == 0 && In(s,k) != 0 ? degree[k] : 0); @/
      /@ assert out: \forall row_set s; OutSum(mark,degree,s,k+1) == OutSum(mark,degree,s,k) + (mark[k] == 0 && In(s,k) == 0 ? degree[k] : 0); @/
      /@ assert size: \forall row_set s;
           Size(mark,degree,s,k+1) == Size(mark,degree,s,k) + (mark[k] == 0 && degree[k] != 0 && In(s,k) != 0 ? 1 : 0); @/
      /@ assert more: \forall row_set s; Repeated(greatest,Size(mark,degree,s,k)+1) == Repeated(greatest,Size(mark,degree,s,k)) + greatest; @/
    }
    /@ assert end: k == n; @/
  }
*/
