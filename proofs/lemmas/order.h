/* Lemma functions about Count and Rank: distribution functions and quantiles, without sorting. */
#ifndef LEMMAS_ORDER_H
#define LEMMAS_ORDER_H

#include "acsl/mean.h"
#include "acsl/order.h"

/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures range: \forall integer v; 0 <= Count(t,n,l,v) <= n;
     ensures mono: \forall integer v, w; v <= w ==> Count(t,n,l,v) <= Count(t,n,l,w); @/
  void lemma_count(const row *t, int n, int l);
*/

/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures top: Count(t,n,l,QUIET_NAN) == n;
     ensures bottom: Count(t,n,l,-2-SPECIAL) == 0; @/
  void lemma_count_ends(const row *t, int n, int l);
*/

// a rank is a key of the lane, and its two inequalities determine it
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures range: \forall integer j; -1-SPECIAL <= Rank(t,n,l,j) <= QUIET_NAN;
     ensures above: \forall integer j; 0 <= j < n ==> j < Count(t,n,l,Rank(t,n,l,j));
     ensures below: \forall integer j; 0 <= j < n ==> Count(t,n,l,Rank(t,n,l,j)-1) <= j;
     ensures key: \forall integer j; 0 <= j < n ==> IsKey(Rank(t,n,l,j));
     ensures mono: \forall integer i, j; 0 <= i <= j < n ==> Rank(t,n,l,i) <= Rank(t,n,l,j);
     ensures unique: \forall integer j, x; 0 <= j < n && Count(t,n,l,x-1) <= j < Count(t,n,l,x) ==> x == Rank(t,n,l,j); @/
  void lemma_rank(const row *t, int n, int l);
*/

// rank and count are inverse to each other, as quantile and distribution function are
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures inverse: \forall integer j, v; 0 <= j < n ==> (Rank(t,n,l,j) <= v <==> j < Count(t,n,l,v)); @/
  void lemma_rank_count(const row *t, int n, int l);
*/

/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX;
     requires keys: Keys(t,n);
     requires sorted: Sorted(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures rank: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == Rank(t,n,l,j); @/
  void lemma_sorted_rank(const row *t, int n);
*/

// keys are in the order of their values
/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures mono: \forall integer a, b; -1-SPECIAL <= a <= b <= SPECIAL ==> Val(a) <= Val(b);
     ensures strict: \forall integer a, b; -1-SPECIAL <= a < b <= SPECIAL && !(a == -1 && b == 0) ==> Val(a) < Val(b);
     ensures zero: Val(-1) == 0 && Val(0) == 0;
     ensures bound: \forall integer a; Finite(a) ==> -Value(SPECIAL-1) <= Val(a) <= Value(SPECIAL-1); @/
  void lemma_val_order(void);
*/

/*@ predicate SumBounded{L}(row *t, integer lo, integer k, integer l) =
  @   AllFinite(t,lo,lo+k,l) ==> Abs(Sum(t,lo,lo+k,l)) <= k*Value(SPECIAL-1);
  @*/

// k finite rows sum to at most k times the largest number: from row lo, from any row
/*@ ghost
  /@ requires n: 0 <= lo && 0 <= k && lo + k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures bound: \forall integer l; AllFinite(t,lo,lo+k,l) ==> Abs(Sum(t,lo,lo+k,l)) <= k*Value(SPECIAL-1); @/
  void lemma_sum_bound(const row *t, int lo, int k);
*/

/*@ ghost
  /@ requires n: 0 <= k <= n <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures bound: \forall integer i, l; 0 <= i <= n-k ==> SumBounded(t,i,k,l); @/
  void lemma_sum_bounds(const row *t, int n, int k);
*/

// one instance of Sorted, for provers that do not find it
/*@ ghost
  /@ requires n: 0 <= i <= j < n && 0 <= l < LANES;
     requires sorted: Sorted(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures order: t[i][l] <= t[j][l]; @/
  void lemma_sorted(const row *t, int n, int l, int i, int j);
*/

#endif
