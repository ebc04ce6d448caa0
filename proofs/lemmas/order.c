/* Lemma functions about Count and Rank: see order.h. */
#include "lemmas/order.h"
#include "lemmas/value.h"

/*@ ghost
  void lemma_count(const row *t, int n, int l)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant range: \forall integer v; 0 <= Count(t,i,l,v) <= i;
       loop invariant mono: \forall integer v, w; v <= w ==> Count(t,i,l,v) <= Count(t,i,l,w);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: \forall integer v; Count(t,i+1,l,v) == Count(t,i,l,v) + (t[i][l] <= v ? 1 : 0); @/
    }
  }
*/

/*@ ghost
  void lemma_count_ends(const row *t, int n, int l)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant top: Count(t,i,l,QUIET_NAN) == i;
       loop invariant bottom: Count(t,i,l,-2-SPECIAL) == 0;
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert key: IsKey(t[i][l]); @/
      /@ assert step: \forall integer v; Count(t,i+1,l,v) == Count(t,i,l,v) + (t[i][l] <= v ? 1 : 0); @/
    }
  }
*/

// where the count rises, there is a row
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures row: \forall integer x; Count(t,n,l,x-1) < Count(t,n,l,x) ==> \exists integer i; 0 <= i < n && t[i][l] == x; @/
  void lemma_count_row(const row *t, int n, int l)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant row: \forall integer x; (\exists integer k; 0 <= k < i && t[k][l] == x) || Count(t,i,l,x) <= Count(t,i,l,x-1);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: \forall integer v; Count(t,i+1,l,v) == Count(t,i,l,v) + (t[i][l] <= v ? 1 : 0); @/
    }
  }
*/

// Least, from the NaN down: it stops where the count passes j
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures range: \forall integer j; -1-SPECIAL <= Rank(t,n,l,j) <= QUIET_NAN;
     ensures above: \forall integer j; 0 <= j < n ==> j < Count(t,n,l,Rank(t,n,l,j));
     ensures below: \forall integer j; 0 <= j < n ==> Count(t,n,l,Rank(t,n,l,j)-1) <= j; @/
  void lemma_least(const row *t, int n, int l)
  {
    key v = QUIET_NAN;
    lemma_count_ends(t, n, l);
    /@ loop invariant v: -1-SPECIAL <= v <= QUIET_NAN;
       loop invariant range: \forall integer j; v <= Least(t,n,l,j,v) <= QUIET_NAN;
       loop invariant above: \forall integer j; 0 <= j < n ==> j < Count(t,n,l,Least(t,n,l,j,v));
       loop invariant below: \forall integer j; 0 <= j < n && v < Least(t,n,l,j,v) ==> Count(t,n,l,Least(t,n,l,j,v)-1) <= j;
       loop assigns v; loop variant v + SPECIAL + 1; @/
    for (; v > -1-SPECIAL; v--) {
      /@ assert step: \forall integer j; Least(t,n,l,j,v-1) == (Count(t,n,l,v-1) > j ? v-1 : Least(t,n,l,j,v)); @/
    }
    /@ assert end: \forall integer j; Rank(t,n,l,j) == Least(t,n,l,j,v); @/
  }
*/

/*@ ghost
  void lemma_rank(const row *t, int n, int l)
  {
    lemma_least(t, n, l);
    lemma_count(t, n, l);
    lemma_count_row(t, n, l);
  }
*/

/*@ ghost
  void lemma_rank_count(const row *t, int n, int l)
  {
    lemma_rank(t, n, l);
    lemma_count(t, n, l);
    /@ assert above: \forall integer j, v; 0 <= j < n && Rank(t,n,l,j) <= v ==> Count(t,n,l,Rank(t,n,l,j)) <= Count(t,n,l,v); @/
    /@ assert below: \forall integer j, v; 0 <= j < n && v < Rank(t,n,l,j) ==> Count(t,n,l,v) <= Count(t,n,l,Rank(t,n,l,j)-1); @/
  }
*/

// the rows of a sorted lane below and above row j
/*@ ghost
  /@ requires n: 0 <= j < n <= ROWS_MAX && 0 <= l < LANES;
     requires sorted: Sorted(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures above: j < Count(t,n,l,t[j][l]);
     ensures below: Count(t,n,l,t[j][l]-1) <= j; @/
  void lemma_sorted_count(const row *t, int n, int l, int j)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant above: (i <= j ==> Count(t,i,l,t[j][l]) == i) && (i > j ==> Count(t,i,l,t[j][l]) > j);
       loop invariant below: Count(t,i,l,t[j][l]-1) <= i && (i > j ==> Count(t,i,l,t[j][l]-1) <= j);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert above: i <= j ==> t[i][l] <= t[j][l]; @/
      /@ assert below: i >= j ==> t[i][l] >= t[j][l]; @/
      /@ assert step: \forall integer v; Count(t,i+1,l,v) == Count(t,i,l,v) + (t[i][l] <= v ? 1 : 0); @/
    }
  }
*/

/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     requires sorted: Sorted(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures rank: \forall integer j; 0 <= j < n ==> t[j][l] == Rank(t,n,l,j); @/
  void lemma_sorted_lane(const row *t, int n, int l)
  {
    int j = 0;
    lemma_rank(t, n, l);
    /@ loop invariant j: 0 <= j <= n;
       loop invariant rank: \forall integer i; 0 <= i < j ==> t[i][l] == Rank(t,n,l,i);
       loop assigns j; loop variant n - j; @/
    for (; j < n; j++) {
      lemma_sorted_count(t, n, l, j);
    }
  }
*/

/*@ ghost
  void lemma_sorted_rank(const row *t, int n)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= LANES;
       loop invariant rank: \forall integer j, k; 0 <= j < n && 0 <= k < l ==> t[j][k] == Rank(t,n,k,j);
       loop assigns l; loop variant LANES - l; @/
    for (; l < LANES; l++) {
      lemma_sorted_lane(t, n, l);
    }
  }
*/

/*@ ghost
  void lemma_val_order(void)
  {
    key r = 0;
    lemma_value(0);
    /@ loop invariant r: 0 <= r <= SPECIAL;
       loop invariant sign: \forall integer a; 0 <= a <= r ==> 0 <= Value(a);
       loop invariant mono: \forall integer a, b; 0 <= a <= b <= r ==> Value(a) <= Value(b);
       loop invariant strict: \forall integer a, b; 0 <= a < b <= r ==> Value(a) < Value(b);
       loop assigns r; loop variant SPECIAL - r; @/
    for (; r < SPECIAL; r++) {
      lemma_value(r);
      /@ assert next: Value(r) < Value(r+1); @/
    }
    /@ assert end: r == SPECIAL; @/
    /@ assert zero: Value(0) == 0; @/
    /@ assert val: \forall integer a; 0 <= a ==> Val(a) == Value(a) && Val(-1-a) == -Value(a); @/
    /@ assert negative: \forall integer a; a < 0 ==> Val(a) == -Value(-1-a); @/
    /@ assert mirror: \forall integer a, b; -1-SPECIAL <= a < b < 0 ==> Value(-1-b) < Value(-1-a); @/
  }
*/

/*@ ghost
  void lemma_sum_bound(const row *t, int lo, int k)
  {
    int i = 0;
    lemma_val_order();
    /@ loop invariant i: 0 <= i <= k;
       loop invariant bound: \forall integer l; AllFinite(t,lo,lo+i,l) ==> Abs(Sum(t,lo,lo+i,l)) <= i*Value(SPECIAL-1);
       loop assigns i; loop variant k - i; @/
    for (; i < k; i++) {
      /@ assert step: \forall integer l; Sum(t,lo,lo+i+1,l) == Sum(t,lo,lo+i,l) + Val(t[lo+i][l]); @/
      /@ assert finite: \forall integer l; AllFinite(t,lo,lo+i+1,l) ==> AllFinite(t,lo,lo+i,l) && Finite(t[lo+i][l]); @/
      /@ assert product: (i+1)*Value(SPECIAL-1) == i*Value(SPECIAL-1) + Value(SPECIAL-1); @/
      /@ assert next: \forall integer l; AllFinite(t,lo,lo+i+1,l) ==> Abs(Sum(t,lo,lo+i+1,l)) <= i*Value(SPECIAL-1) + Value(SPECIAL-1); @/
    }
    /@ assert end: i == k; @/
  }
*/

/*@ ghost
  void lemma_sum_bounds(const row *t, int n, int k)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n-k+1;
       loop invariant bound: \forall integer j, l; 0 <= j < i ==> SumBounded(t,j,k,l);
       loop assigns i; loop variant n - i; @/
    for (; i <= n - k; i++) {
      lemma_sum_bound(t, i, k);
      /@ assert here: \forall integer l; SumBounded(t,i,k,l); @/
    }
  }
*/

/*@ ghost
  void lemma_sorted(const row *t, int n, int l, int i, int j)
  {
  }
*/
