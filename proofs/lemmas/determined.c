/* The definitions have one answer each: see determined.h. */
#include "lemmas/determined.h"
#include "lemmas/order.h"
#include "lemmas/value.h"

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures unique: \forall integer X; IsQuotient(y,X,k) && IsQuotient(z,X,k) ==> y == z; @/
  void lemma_quotient_unique(key y, key z, int k)
  {
    if (-SPECIAL <= y && y < SPECIAL && -SPECIAL <= z && z < SPECIAL) {
      key r = y < 0 ? -1-y : y, s = z < 0 ? -1-z : z;
      lemma_rounded_unique(r, s, k);
      /@ assert magnitudes: r == Magnitude(y) && s == Magnitude(z); @/
    }
  }
*/

/*@ ghost
  void theorem_average_determined(const row *t, int n, int l, key y, key z)
  {
    lemma_quotient_unique(y, z, n);
    /@ assert cases: AllFinite(t,0,n,l) || HasNaN(t,0,n,l) || HasPlus(t,0,n,l) || HasMinus(t,0,n,l); @/
  }
*/

/*@ ghost
  /@ requires n: 0 <= lo < hi <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     requires outputs: IsRankMean(y,t,n,l,lo,hi) && IsRankMean(z,t,n,l,lo,hi);
     terminates \true; exits \false; assigns \nothing;
     ensures same: y == z; @/
  void lemma_rank_mean_determined(const row *t, int n, int l, int lo, int hi, key y, key z)
  {
    lemma_rank(t, n, l);
    lemma_quotient_unique(y, z, hi - lo);
    /@ assert keys: \forall integer j; lo <= j < hi ==> IsKey(Rank(t,n,l,j)); @/
    /@ assert cases: RanksFinite(t,n,l,lo,hi) || RanksHave(t,n,l,lo,hi,QUIET_NAN)
                  || RanksHave(t,n,l,lo,hi,SPECIAL) || RanksHave(t,n,l,lo,hi,-1-SPECIAL); @/
  }
*/

/*@ ghost
  void theorem_trimmed_mean_determined(const row *t, int n, int f, int l, key y, key z)
  {
    lemma_rank_mean_determined(t, n, l, f, n - f, y, z);
  }
*/

/*@ ghost
  void theorem_median_determined(const row *t, int n, int kind, int l, key y, key z)
  {
    if (n % 2 == 0 && kind == CERTIGAR_MIDPOINT) lemma_rank_mean_determined(t, n, l, n/2 - 1, n/2 + 1, y, z);
  }
*/

/*@ ghost
  /@ requires n: a <= b <= c <= ROWS_MAX && 0 <= a;
     terminates \true; exits \false; assigns \nothing;
     ensures split: RankSum(t,n,l,a,c) == RankSum(t,n,l,a,b) + RankSum(t,n,l,b,c); @/
  void lemma_rank_sum_split(const row *t, int n, int l, int a, int b, int c)
  {
    int i = b;
    /@ loop invariant i: b <= i <= c;
       loop invariant split: RankSum(t,n,l,a,i) == RankSum(t,n,l,a,b) + RankSum(t,n,l,b,i);
       loop assigns i; loop variant c - i; @/
    for (; i < c; i++) {
      /@ assert left: RankSum(t,n,l,a,i+1) == RankSum(t,n,l,a,i) + Val(Rank(t,n,l,i)); @/
      /@ assert right: RankSum(t,n,l,b,i+1) == RankSum(t,n,l,b,i) + Val(Rank(t,n,l,i)); @/
    }
    /@ assert end: i == c; @/
  }
*/

// of two windows, what one keeps and the other leaves out is equal: x_(i) and x_(i+q), for r <= i < s, are each not closer than the other
/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && n < 2*q && 0 <= l < LANES && 0 <= r < s <= n-q;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==> RankSum(t,n,l,r,r+q) == RankSum(t,n,l,s,s+q); @/
  void lemma_two_windows(const row *t, int n, int q, int l, int r, int s)
  {
    int i = r;
    /@ loop invariant i: r <= i <= s;
       loop invariant sum: Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==> RankSum(t,n,l,r,i) == RankSum(t,n,l,r+q,i+q);
       loop assigns i; loop variant s - i; @/
    for (; i < s; i++) {
      /@ assert left: Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==> LeftOut(t,n,l,s,q,i) && LeftOut(t,n,l,r,q,i+q); @/
      /@ assert closer: Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==> Closer(t,n,l,i,i+q) && Closer(t,n,l,i+q,i); @/
      /@ assert low: RankSum(t,n,l,r,i+1) == RankSum(t,n,l,r,i) + Val(Rank(t,n,l,i)); @/
      /@ assert high: RankSum(t,n,l,r+q,i+1+q) == RankSum(t,n,l,r+q,i+q) + Val(Rank(t,n,l,i+q)); @/
    }
    /@ assert end: i == s; @/
    lemma_rank_sum_split(t, n, l, r, s, r + q);
    lemma_rank_sum_split(t, n, l, s, r + q, s + q);
  }
*/

/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && n < 2*q && 0 <= l < LANES && 0 <= s <= n-q;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer r; r <= s && Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==>
       RankSum(t,n,l,r,r+q) == RankSum(t,n,l,s,s+q); @/
  void lemma_windows_before(const row *t, int n, int q, int l, int s)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= s;
       loop invariant sum: \forall integer r; r < i && Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==>
         RankSum(t,n,l,r,r+q) == RankSum(t,n,l,s,s+q);
       loop assigns i; loop variant s - i; @/
    for (; i < s; i++) {
      lemma_two_windows(t, n, q, l, i, s);
    }
  }
*/

/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && n < 2*q && 0 <= l < LANES;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer r, s; Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==>
       RankSum(t,n,l,r,r+q) == RankSum(t,n,l,s,s+q); @/
  void lemma_windows(const row *t, int n, int q, int l)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n-q+1;
       loop invariant sum: \forall integer r, s; r <= s < i && Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==>
         RankSum(t,n,l,r,r+q) == RankSum(t,n,l,s,s+q);
       loop assigns i; loop variant n - i; @/
    for (; i <= n - q; i++) {
      lemma_windows_before(t, n, q, l, i);
    }
    /@ assert range: \forall integer s; Closest(t,n,l,s,q) ==> 0 <= s <= n-q; @/
    /@ assert order: \forall integer r, s; r <= s && Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==>
         RankSum(t,n,l,r,r+q) == RankSum(t,n,l,s,s+q); @/
  }
*/

/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && n < 2*q && 0 <= l < LANES;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer r, s; Closest(t,n,l,r,q) && Closest(t,n,l,s,q) ==>
       RankSum(t,n,l,r,r+q) == RankSum(t,n,l,s,s+q);
     ensures same: \forall integer r, s; MeanAround(y,t,n,l,r,q) && MeanAround(z,t,n,l,s,q) ==> y == z; @/
  void lemma_mean_around_determined(const row *t, int n, int q, int l, key y, key z)
  {
    lemma_windows(t, n, q, l);
    lemma_quotient_unique(y, z, q);
    /@ assert sums: \forall integer r, s; MeanAround(y,t,n,l,r,q) && MeanAround(z,t,n,l,s,q) ==>
         RankSum(t,n,l,r,r+q) == RankSum(t,n,l,s,s+q); @/
    /@ assert first: \forall integer r; MeanAround(y,t,n,l,r,q) ==> IsQuotient(y,RankSum(t,n,l,r,r+q),q); @/
    /@ assert second: \forall integer s; MeanAround(z,t,n,l,s,q) ==> IsQuotient(z,RankSum(t,n,l,s,s+q),q); @/
    /@ assert both: \forall integer r, s; MeanAround(y,t,n,l,r,q) && MeanAround(z,t,n,l,s,q) ==>
         \let X = RankSum(t,n,l,r,r+q); IsQuotient(y,X,q) && IsQuotient(z,X,q); @/
  }
*/

/*@ ghost
  void theorem_meamed_determined(const row *t, int n, int f, int l, key y, key z)
  {
    lemma_mean_around_determined(t, n, n - f, l, y, z);
  }
*/
