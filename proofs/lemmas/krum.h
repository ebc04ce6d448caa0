/* Theorems about Krum's score (spec/acsl/krum.h): bounds of distances give bounds of it, equal rows have the same, and there is one. */
#ifndef LEMMAS_KRUM_H
#define LEMMAS_KRUM_H

#include "acsl/krum.h"

// numbers that are no greater than the distances have a sum that is no greater than the score
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires candidates: \valid_read(candidates + (0 .. n-1));
     requires less: \forall integer a; 0 <= a < n ==> Entry(numbers,a) <= RowDistance(candidates[a],candidates[c]);
     terminates \true; exits \false; assigns \nothing;
     ensures bound: \forall integer S, T; IsLeastSum(S,numbers,n,c,k) && IsKrumScore(T,candidates,n,c,k) ==> S <= T; @/
  void theorem_krum_score_above(const natural_row *numbers, const size_t *candidates, int n, int c, int k);
*/

// and the other way round
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires candidates: \valid_read(candidates + (0 .. n-1));
     requires less: \forall integer a; 0 <= a < n ==> RowDistance(candidates[a],candidates[c]) <= Entry(numbers,a);
     terminates \true; exits \false; assigns \nothing;
     ensures bound: \forall integer S, T; IsLeastSum(S,numbers,n,c,k) && IsKrumScore(T,candidates,n,c,k) ==> T <= S; @/
  void theorem_krum_score_below(const natural_row *numbers, const size_t *candidates, int n, int c, int k);
*/

// rows of a group have the same score
/*@ predicate SameGroup{L}(int *row_group, size_t *candidates, integer c, integer e) = row_group[candidates[c]] == row_group[candidates[e]]; */
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires valid: \valid_read(candidates + (0 .. n-1)) && \valid_read(row_group + (0 .. RowCount-1));
     requires candidates: Candidates(candidates,n);
     requires equal: EqualRows(row_group);
     requires zero: \forall integer i; 0 <= i < RowCount ==> RowDistance(i,i) == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures equal: \forall integer c, e, S, T; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) &&
       IsKrumScore(S,candidates,n,c,k) && IsKrumScore(T,candidates,n,e,k) ==> S == T; @/
  void theorem_krum_score_equal(const size_t *candidates, int n, const int *row_group, int k);
*/

// and the same number to choose by
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires valid: \valid_read(candidates + (0 .. n-1)) && \valid_read(row_group + (0 .. RowCount-1));
     requires candidates: Candidates(candidates,n);
     requires pivot: pivot < RowCount;
     requires equal: EqualRows(row_group);
     requires zero: pivot < 0 ==> \forall integer i; 0 <= i < RowCount ==> RowDistance(i,i) == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures equal: \forall integer c, e, x, y; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) &&
       IsNumber(x,candidates,n,c,k,pivot) && IsNumber(y,candidates,n,e,k,pivot) ==> x == y; @/
  void theorem_numbers_equal(const size_t *candidates, int n, const int *row_group, int k, int pivot);
*/

/*@ // how many of the other candidates are nearer to candidate c than v; v is the q-th least of these distances
  @ logic integer Nearer{L}(size_t *candidates, integer n, integer c, integer v) =
  @   n <= 0 ? 0 : Nearer(candidates,n-1,c,v) + (n-1 != c && RowDistance(candidates[n-1],candidates[c]) < v ? 1 : 0);
  @ predicate Quantile{L}(size_t *candidates, integer n, integer c, integer q, integer v) =
  @   Nearer(candidates,n,c,v) < q <= Nearer(candidates,n,c,v+1);
  @*/

// there is a q-th least distance
/*@ ghost
  /@ requires n: 0 <= c < n <= ROWS_MAX;
     requires candidates: \valid_read(candidates + (0 .. n-1));
     terminates \true; exits \false; assigns \nothing;
     ensures quantile: \forall integer q; 1 <= q < n ==> \exists integer v; Quantile(candidates,n,c,q,v); @/
  void lemma_quantile(const size_t *candidates, int n, int c);
*/

// at the q-th least distance the dual is greatest
/*@ ghost
  /@ requires n: 0 <= c < n <= ROWS_MAX;
     requires candidates: \valid_read(candidates + (0 .. n-1));
     terminates \true; exits \false; assigns \nothing;
     ensures none: \exists integer v; DistanceBelow(candidates,n,c,v) == 0;
     ensures negative: \forall integer v; DistanceBelow(candidates,n,c,v) <= 0;
     ensures right: \forall integer v, w; v <= w ==>
       DistanceBelow(candidates,n,c,w) + (w-v)*Nearer(candidates,n,c,v+1) <= DistanceBelow(candidates,n,c,v);
     ensures left: \forall integer v, w; w <= v ==>
       DistanceBelow(candidates,n,c,w) <= DistanceBelow(candidates,n,c,v) + (v-w)*Nearer(candidates,n,c,v); @/
  void lemma_dual_slopes(const size_t *candidates, int n, int c);
*/

// Krum's score of k neighbours exists
/*@ ghost
  /@ requires n: 0 <= c < n <= ROWS_MAX && 0 <= k < n;
     requires candidates: \valid_read(candidates + (0 .. n-1));
     terminates \true; exits \false; assigns \nothing;
     ensures score: \exists integer S; IsKrumScore(S,candidates,n,c,k); @/
  void theorem_krum_score_exists(const size_t *candidates, int n, int c, int k);
*/

#endif
