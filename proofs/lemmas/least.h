/* Theorems about the sum of the k least numbers (spec/acsl/least.h), and lemma functions about lists of indices.
 *
 * Ghost code: n and k are C numbers, so the theorems hold for every list that the program can hold.
 */
#ifndef LEMMAS_LEAST_H
#define LEMMAS_LEAST_H

#include "order/least.h"

// no k of the numbers, number self not among them, have a lesser sum
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires numbers: \valid_read(numbers + (0 .. n-1));
     requires in: \valid_read(in + (0 .. n-1));
     requires self: 0 <= self < n ==> in[self] == 0;
     requires count: Chosen(in,n) == k;
     terminates \true; exits \false; assigns \nothing;
     ensures least: \forall integer S; IsLeastSum(S,numbers,n,self,k) ==> S <= ChosenSum(numbers,in,n); @/
  void theorem_least_sum(const natural_row *numbers, const unsigned char *in, int n, int self, int k);
*/

// numbers that are no less do not have a lesser one
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires a: \valid_read(a + (0 .. n-1));
     requires b: \valid_read(b + (0 .. n-1));
     requires less: \forall integer j; 0 <= j < n && j != self ==> Entry(a,j) <= Entry(b,j);
     terminates \true; exits \false; assigns \nothing;
     ensures monotone: \forall integer S, T; IsLeastSum(S,a,n,self,k) && IsLeastSum(T,b,n,self,k) ==> S <= T; @/
  void theorem_least_sum_monotone(const natural_row *a, const natural_row *b, int n, int self, int k);
*/

// there is one
/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures unique: \forall integer S, T; IsLeastSum(S,numbers,n,self,k) && IsLeastSum(T,numbers,n,self,k) ==> S == T; @/
  void theorem_least_sum_unique(const natural_row *numbers, int n, int self, int k);
*/

/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires in: \valid_read(in + (0 .. n-1));
     requires none: \forall integer i; 0 <= i < n ==> in[i] == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures none: Chosen(in,n) == 0; @/
  void lemma_none_chosen(const unsigned char *in, int n);
*/

/* What is counted is there. */
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires order: \valid_read(order + (0 .. n-1));
     terminates \true; exits \false; assigns \nothing;
     ensures some: \forall integer x; 0 < Occurrences(order,n,x) ==> \exists integer a; 0 <= a < n && order[a] == x;
     ensures none: \forall integer x; Occurrences(order,n,x) <= 0 ==> \forall integer a; 0 <= a < n ==> order[a] != x; @/
  void lemma_occurrences(const int *order, int n);
*/

/* 0 .. n-1, each once. */
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires order: \valid_read(order + (0 .. n-1));
     requires all: \forall integer a; 0 <= a < n ==> order[a] == a;
     terminates \true; exits \false; assigns \nothing;
     ensures occurrences: \forall integer x; Occurrences(order,n,x) == (0 <= x < n ? 1 : 0); @/
  void lemma_all_indices(const int *order, int n);
*/

/* 0 .. n-1 but self, each once. */
/*@ ghost
  /@ requires n: 0 <= self < n <= ROWS_MAX;
     requires numbers: \valid_read(numbers + (0 .. n-1));
     requires order: \valid_read(order + (0 .. n-1));
     requires others: \forall integer a; 0 <= a < n-1 ==> order[a] == (a < self ? a : a+1);
     terminates \true; exits \false; assigns \nothing;
     ensures occurrences: \forall integer x; Occurrences(order,n-1,x) == (0 <= x < n && x != self ? 1 : 0);
     ensures below: \forall integer v; OrderBelow(numbers,order,n-1,v) == Below(numbers,n,self,v); @/
  void lemma_other_indices(const natural_row *numbers, const int *order, int n, int self);
*/

/* The first k of n indices in ascending order, and the dual. */
/*@ ghost
  /@ requires n: 0 <= k <= n <= ROWS_MAX;
     requires order: \valid_read(order + (0 .. n-1));
     requires ascending: Ascending(numbers,order,n);
     terminates \true; exits \false; assigns \nothing;
     ensures bound: \forall integer v; k*v + OrderBelow(numbers,order,n,v) <= OrderSum(numbers,order,k);
     ensures tight: \exists integer v; k*v + OrderBelow(numbers,order,n,v) == OrderSum(numbers,order,k); @/
  void lemma_first_least(const natural_row *numbers, const int *order, int n, int k);
*/

/* None of the first k is above one that is left out. */
/*@ ghost
  /@ requires n: 0 <= self < n <= ROWS_MAX && 0 <= k < n;
     requires order: \valid_read(order + (0 .. n-1));
     requires occurrences: \forall integer x; Occurrences(order,n-1,x) == (0 <= x < n && x != self ? 1 : 0);
     requires ascending: Ascending(numbers,order,n-1);
     terminates \true; exits \false; assigns \nothing;
     ensures self: \forall integer a; 0 <= a < n-1 ==> order[a] != self;
     ensures nearest: \forall integer a, j; 0 <= a < k && 0 <= j < n && j != self && NotAmong(order,k,j) ==> Before(numbers,order[a],j); @/
  void lemma_least_nearest(const natural_row *numbers, const int *order, int n, int self, int k);
*/

#endif
