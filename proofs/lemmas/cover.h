/* Lemma functions about covers: how many pairs, and how long a path, a small one can cover. */
#ifndef LEMMAS_COVER_H
#define LEMMAS_COVER_H

#include "order/cover.h"

/*@ // the partners of row i among the rows that are left of rows 0 .. k-1, and their number for every row
  @ logic integer Partners{L}(unsigned char *linked, int32_t *mark, integer n, integer i, integer k) =
  @   k <= 0 ? 0 : Partners(linked,mark,n,i,k-1) + (mark[k-1] == 0 ? Link(linked,n,i,k-1) : 0);
  @ predicate Degrees{L}(unsigned char *linked, int32_t *mark, uint32_t *degree, integer n) =
  @   \forall integer i; 0 <= i < n ==> degree[i] == Partners(linked,mark,n,i,n);
  @
  @ // how many rows of s are left that have a partner
  @ predicate Needed{L}(int32_t *mark, uint32_t *degree, row_set s, integer i) = mark[i] == 0 && degree[i] != 0 && In(s,i) != 0;
  @ logic integer Size{L}(int32_t *mark, uint32_t *degree, row_set s, integer n) =
  @   n <= 0 ? 0 : Size(mark,degree,s,n-1) + (mark[n-1] == 0 && degree[n-1] != 0 && In(s,n-1) != 0 ? 1 : 0);
  @
  @ // a b, for b >= 0
  @ logic integer Repeated(integer a, integer b) = b <= 0 ? 0 : Repeated(a,b-1) + a;
  @
  @ // sums of degrees: of the rows that are left; of those in s; of the others; and, of those in s, of the partners among rows 0 .. r-1
  @ logic integer DegreeSum{L}(int32_t *mark, uint32_t *degree, integer n) =
  @   n <= 0 ? 0 : DegreeSum(mark,degree,n-1) + (mark[n-1] == 0 ? degree[n-1] : 0);
  @ logic integer InSum{L}(int32_t *mark, uint32_t *degree, row_set s, integer n) =
  @   n <= 0 ? 0 : InSum(mark,degree,s,n-1) + (mark[n-1] == 0 && In(s,n-1) != 0 ? degree[n-1] : 0);
  @ logic integer OutSum{L}(int32_t *mark, uint32_t *degree, row_set s, integer n) =
  @   n <= 0 ? 0 : OutSum(mark,degree,s,n-1) + (mark[n-1] == 0 && In(s,n-1) == 0 ? degree[n-1] : 0);
  @ logic integer Reach{L}(unsigned char *linked, int32_t *mark, integer n, row_set s, integer k, integer r) =
  @   k <= 0 ? 0 : Reach(linked,mark,n,s,k-1,r) + (mark[k-1] == 0 && In(s,k-1) != 0 ? Partners(linked,mark,n,k-1,r) : 0);
  @*/

/*@ ghost
  /@ requires n: 1 <= n <= COVER_ROWS_MAX;
     requires graph: IsGraph(linked,n);
     terminates \true; exits \false; assigns \nothing;
     ensures range: \forall integer i; 0 <= i < n ==> 0 <= Partners(linked,mark,n,i,n) <= n;
     ensures some: \forall integer i, j; 0 <= i < n && 0 <= j < n && mark[j] == 0 && Link(linked,n,i,j) != 0 ==>
       1 <= Partners(linked,mark,n,i,n); @/
  void lemma_partners(const unsigned char *linked, const int32_t *mark, int n);
*/

/*@ ghost
  /@ requires n: 0 <= n <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures gone: 0 <= Gone(mark,n) <= n;
     ensures size: \forall row_set s; 0 <= Size(mark,degree,s,n) <= Members(mark,s,n); @/
  void lemma_sizes(const int32_t *mark, const uint32_t *degree, int n);
*/

// what one row more brings to the sums over s: its own partners, if it is not in s, as they are then
/*@ ghost
  /@ requires n: 0 <= r < n <= COVER_ROWS_MAX;
     requires graph: IsGraph(linked,n);
     terminates \true; exits \false; assigns \nothing;
     ensures step: \forall row_set s; Covers(linked,mark,n,s) ==>
       Reach(linked,mark,n,s,n,r) + (mark[r] == 0 && In(s,r) == 0 ? Partners(linked,mark,n,r,n) : 0) <= Reach(linked,mark,n,s,n,r+1); @/
  void lemma_reach_step(const unsigned char *linked, const int32_t *mark, int n, int r);
*/

/*@ ghost
  /@ requires n: 0 <= n <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures none: \forall row_set s; Reach(linked,mark,n,s,n,0) == 0; @/
  void lemma_reach_none(const unsigned char *linked, const int32_t *mark, int n);
*/

/*@ ghost
  /@ requires n: 1 <= n <= COVER_ROWS_MAX;
     requires graph: IsGraph(linked,n);
     requires degrees: Degrees(linked,mark,degree,n);
     terminates \true; exits \false; assigns \nothing;
     ensures out: \forall row_set s; Covers(linked,mark,n,s) ==> OutSum(mark,degree,s,n) <= InSum(mark,degree,s,n); @/
  void lemma_double_count(const unsigned char *linked, const int32_t *mark, const uint32_t *degree, int n);
*/

/*@ ghost
  /@ requires n: 0 <= a <= COVER_ROWS_MAX && 0 <= b <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures product: Repeated(a,b) == a*b;
     ensures range: 0 <= Repeated(a,b) <= b*COVER_ROWS_MAX;
     ensures mono: \forall integer k; k <= b ==> Repeated(a,k) <= Repeated(a,b); @/
  void lemma_repeated(int a, int b);
*/

// a cover of so many rows, each in so many pairs, covers no more than their product
/*@ ghost
  /@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= greatest;
     requires graph: IsGraph(linked,n);
     requires degrees: Degrees(linked,mark,degree,n);
     requires greatest: \forall integer i; 0 <= i < n && mark[i] == 0 ==> degree[i] <= greatest;
     terminates \true; exits \false; assigns \nothing;
     ensures bound: \forall row_set s; Covers(linked,mark,n,s) ==> DegreeSum(mark,degree,n) <= 2*Repeated(greatest,Size(mark,degree,s,n)); @/
  void lemma_pairs_bound(const unsigned char *linked, const int32_t *mark, const uint32_t *degree, int n, int greatest);
*/

#endif
