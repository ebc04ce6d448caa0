/* Theorems about Krum's score (spec/acsl/krum.h): bounds of distances give bounds of it, and equal rows have the same. */
#ifndef LEMMAS_KRUM_H
#define LEMMAS_KRUM_H

#include "acsl/krum.h"

// numbers that are no greater than the distances have a sum that is no greater than the score
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires candidates: \valid_read(candidates + (0 .. n-1));
     requires less: \forall integer a; 0 <= a < n ==> Entry(numbers,a) <= TableDistance(candidates[a],candidates[c]);
     terminates \true; exits \false; assigns \nothing;
     ensures bound: \forall integer S, T; IsLeastSum(S,numbers,n,c,k) && IsKrumScore(T,candidates,n,c,k) ==> S <= T; @/
  void theorem_krum_score_above(const natural_row *numbers, const size_t *candidates, int n, int c, int k);
*/

// and the other way round
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires candidates: \valid_read(candidates + (0 .. n-1));
     requires less: \forall integer a; 0 <= a < n ==> TableDistance(candidates[a],candidates[c]) <= Entry(numbers,a);
     terminates \true; exits \false; assigns \nothing;
     ensures bound: \forall integer S, T; IsLeastSum(S,numbers,n,c,k) && IsKrumScore(T,candidates,n,c,k) ==> T <= S; @/
  void theorem_krum_score_below(const natural_row *numbers, const size_t *candidates, int n, int c, int k);
*/

// rows of a group have the same score
/*@ predicate SameGroup{L}(int *row_group, size_t *candidates, integer c, integer e) = row_group[candidates[c]] == row_group[candidates[e]]; */
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires valid: \valid_read(candidates + (0 .. n-1)) && \valid_read(row_group + (0 .. TableRows-1));
     requires candidates: Candidates(candidates,n);
     requires equal: EqualRows(row_group);
     requires zero: \forall integer i; 0 <= i < TableRows ==> TableDistance(i,i) == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures equal: \forall integer c, e, S, T; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) &&
       IsKrumScore(S,candidates,n,c,k) && IsKrumScore(T,candidates,n,e,k) ==> S == T; @/
  void theorem_krum_score_equal(const size_t *candidates, int n, const int *row_group, int k);
*/

// and the same number to choose by
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires valid: \valid_read(candidates + (0 .. n-1)) && \valid_read(row_group + (0 .. TableRows-1));
     requires candidates: Candidates(candidates,n);
     requires pivot: pivot < TableRows;
     requires equal: EqualRows(row_group);
     requires zero: pivot < 0 ==> \forall integer i; 0 <= i < TableRows ==> TableDistance(i,i) == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures equal: \forall integer c, e, x, y; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) &&
       IsNumber(x,candidates,n,c,k,pivot) && IsNumber(y,candidates,n,e,k,pivot) ==> x == y; @/
  void theorem_numbers_equal(const size_t *candidates, int n, const int *row_group, int k, int pivot);
*/

#endif
