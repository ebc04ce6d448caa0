/* The guarantees of the rules: see containment.h. */
#include "lemmas/containment.h"
#include "lemmas/order.h"
#include "lemmas/value.h"
#include "lemmas/power.h"

/*@ // the set h has a member at or below v, at or above v: names, for the provers to find
  @ predicate MemberBelow{L}(char *h, row *t, integer n, integer l, integer v) = \exists integer i; 0 <= i < n && h[i] != 0 && t[i][l] <= v;
  @ predicate MemberAbove{L}(char *h, row *t, integer n, integer l, integer v) = \exists integer i; 0 <= i < n && h[i] != 0 && v <= t[i][l];
  @*/

// a set with more members than there are rows above v has one at or below v; one with more than are at or below v has one above
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures low: \forall integer v; n < Count(t,n,l,v) + CountTrue(h,n) ==> MemberBelow(h,t,n,l,v);
     ensures high: \forall integer v; Count(t,n,l,v-1) < CountTrue(h,n) ==> MemberAbove(h,t,n,l,v); @/
  void lemma_pigeonhole(const char *h, const row *t, int n, int l)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant low: \forall integer v; i < Count(t,i,l,v) + CountTrue(h,i) ==> MemberBelow(h,t,i,l,v);
       loop invariant high: \forall integer v; Count(t,i,l,v-1) < CountTrue(h,i) ==> MemberAbove(h,t,i,l,v);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert count: \forall integer v; Count(t,i+1,l,v) == Count(t,i,l,v) + (t[i][l] <= v ? 1 : 0); @/
      /@ assert set: CountTrue(h,i+1) == CountTrue(h,i) + (h[i] != 0 ? 1 : 0); @/
      /@ assert low: \forall integer v; i + 1 < Count(t,i+1,l,v) + CountTrue(h,i+1) ==>
           (h[i] != 0 && t[i][l] <= v) || i < Count(t,i,l,v) + CountTrue(h,i); @/
      /@ assert high: \forall integer v; Count(t,i+1,l,v-1) < CountTrue(h,i+1) ==>
           (h[i] != 0 && v <= t[i][l]) || Count(t,i,l,v-1) < CountTrue(h,i); @/
      /@ assert grow: \forall integer v; MemberAbove(h,t,i,l,v) ==> MemberAbove(h,t,i+1,l,v); @/
      /@ assert new: \forall integer v; h[i] != 0 && v <= t[i][l] ==> MemberAbove(h,t,i+1,l,v); @/
    }
    /@ assert end: i == n; @/
  }
*/

// the ranks f .. n-f-1 lie between members of the set
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     requires honest: Honest(h,t,n,f,l);
     terminates \true; exits \false; assigns \nothing;
     ensures low: \forall integer j; f <= j < n-f ==> MemberBelow(h,t,n,l,Rank(t,n,l,j));
     ensures high: \forall integer j; f <= j < n-f ==> MemberAbove(h,t,n,l,Rank(t,n,l,j));
     ensures finite: \forall integer j; f <= j < n-f ==> Finite(Rank(t,n,l,j)); @/
  void lemma_middle_ranks(const char *h, const row *t, int n, int f, int l)
  {
    lemma_rank(t, n, l);
    lemma_pigeonhole(h, t, n, l);
    /@ assert low: \forall integer j; f <= j < n-f ==> n < Count(t,n,l,Rank(t,n,l,j)) + CountTrue(h,n); @/
    /@ assert high: \forall integer j; f <= j < n-f ==> Count(t,n,l,Rank(t,n,l,j)-1) < CountTrue(h,n); @/
    /@ assert above: \forall integer v; MemberBelow(h,t,n,l,v) ==> -SPECIAL <= v; @/
    /@ assert below: \forall integer v; MemberAbove(h,t,n,l,v) ==> v < SPECIAL; @/
    /@ assert members: \forall integer j; f <= j < n-f ==> MemberBelow(h,t,n,l,Rank(t,n,l,j)) && MemberAbove(h,t,n,l,Rank(t,n,l,j)); @/
  }
*/

/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires t: \valid_read(t + (0 .. n-1)) && \valid_read(h + (0 .. n-1));
     requires member: \exists integer i; 0 <= i < n && h[i] != 0;
     terminates \true; exits \false; assigns \nothing;
     ensures member: 0 <= \result < n && h[\result] != 0;
     ensures least: \forall integer i; 0 <= i < n && h[i] != 0 ==> t[\result][l] <= t[i][l]; @/
  int least_member(const char *h, const row *t, int n, int l)
  {
    int i = 0, m = -1;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant none: m == -1 ==> \forall integer k; 0 <= k < i ==> h[k] == 0;
       loop invariant member: m != -1 ==> 0 <= m < i && h[m] != 0;
       loop invariant least: m != -1 ==> \forall integer k; 0 <= k < i && h[k] != 0 ==> t[m][l] <= t[k][l];
       loop assigns i, m; loop variant n - i; @/
    for (; i < n; i++) {
      if (h[i] != 0 && (m == -1 || t[i][l] < t[m][l])) m = i;
    }
    return m;
  }
*/

/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires t: \valid_read(t + (0 .. n-1)) && \valid_read(h + (0 .. n-1));
     requires member: \exists integer i; 0 <= i < n && h[i] != 0;
     terminates \true; exits \false; assigns \nothing;
     ensures member: 0 <= \result < n && h[\result] != 0;
     ensures greatest: \forall integer i; 0 <= i < n && h[i] != 0 ==> t[i][l] <= t[\result][l]; @/
  int greatest_member(const char *h, const row *t, int n, int l)
  {
    int i = 0, m = -1;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant none: m == -1 ==> \forall integer k; 0 <= k < i ==> h[k] == 0;
       loop invariant member: m != -1 ==> 0 <= m < i && h[m] != 0;
       loop invariant greatest: m != -1 ==> \forall integer k; 0 <= k < i && h[k] != 0 ==> t[k][l] <= t[m][l];
       loop assigns i, m; loop variant n - i; @/
    for (; i < n; i++) {
      if (h[i] != 0 && (m == -1 || t[m][l] < t[i][l])) m = i;
    }
    return m;
  }
*/

// rounding is monotone: a quotient between two finite values rounds to a value between them
/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires z: Finite(z) && Finite(a);
     terminates \true; exits \false; assigns \nothing;
     ensures low: \forall integer X; IsQuotient(z,X,k) && k*Val(a) <= X ==> Val(a) <= Val(z);
     ensures high: \forall integer X; IsQuotient(z,X,k) && X <= k*Val(a) ==> Val(z) <= Val(a); @/
  void lemma_quotient_between(key z, key a, int k)
  {
    key r = z < 0 ? -1-z : z, s = a < 0 ? -1-a : a;
    lemma_rounded_between(r, s, k);
    lemma_val_order();
    lemma_scaled(k);
    /@ assert r: r == Magnitude(z) && s == Magnitude(a); @/
    /@ assert val: Val(z) == (z < 0 ? -Value(r) : Value(r)) && Val(a) == (a < 0 ? -Value(s) : Value(s)); @/
    /@ assert plus: a >= 0 ==> k*Val(a) == k*Value(s); @/
    /@ assert minus: a < 0 ==> k*Val(a) == k*(-Value(s)); @/
    /@ assert product: k*(-Value(s)) == -(k*Value(s)); @/
    /@ assert sign: Scaled(k,0,Value(s)); @/
    /@ assert below: \forall integer X; IsQuotient(z,X,k) && Abs(X) <= k*Value(s) ==> Value(r) <= Value(s); @/
    /@ assert above: \forall integer X; IsQuotient(z,X,k) && k*Value(s) <= Abs(X) ==> Value(s) <= Value(r); @/
  }
*/

/*@ ghost
  /@ requires n: 0 <= lo <= hi <= ROWS_MAX;
     requires a: Finite(a) && Finite(b);
     requires between: \forall integer j; lo <= j < hi ==> a <= Rank(t,n,l,j) <= b;
     terminates \true; exits \false; assigns \nothing;
     ensures low: (hi-lo)*Val(a) <= RankSum(t,n,l,lo,hi);
     ensures high: RankSum(t,n,l,lo,hi) <= (hi-lo)*Val(b); @/
  void lemma_rank_sum(const row *t, int n, int l, int lo, int hi, key a, key b)
  {
    int i = lo;
    lemma_val_order();
    /@ loop invariant i: lo <= i <= hi;
       loop invariant low: (i-lo)*Val(a) <= RankSum(t,n,l,lo,i);
       loop invariant high: RankSum(t,n,l,lo,i) <= (i-lo)*Val(b);
       loop assigns i; loop variant hi - i; @/
    for (; i < hi; i++) {
      /@ assert step: RankSum(t,n,l,lo,i+1) == RankSum(t,n,l,lo,i) + Val(Rank(t,n,l,i)); @/
      /@ assert between: Val(a) <= Val(Rank(t,n,l,i)) <= Val(b); @/
      /@ assert low: (i+1-lo)*Val(a) == (i-lo)*Val(a) + Val(a); @/
      /@ assert high: (i+1-lo)*Val(b) == (i-lo)*Val(b) + Val(b); @/
    }
    /@ assert end: i == hi; @/
  }
*/

// the mean of any of the middle ranks
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires t: \valid_read(t + (0 .. n-1)) && \valid_read(h + (0 .. n-1));
     requires keys: Keys(t,n);
     requires honest: Honest(h,t,n,f,l);
     requires ranks: f <= lo < hi <= n-f;
     requires output: IsRankMean(z,t,n,l,lo,hi);
     terminates \true; exits \false; assigns \nothing;
     ensures contained: Contained(z,h,t,n,l); @/
  void lemma_rank_mean_contained(const char *h, const row *t, int n, int f, int l, int lo, int hi, key z)
  {
    lemma_middle_ranks(h, t, n, f, l);
    /@ assert finite: RanksFinite(t,n,l,lo,hi); @/
    /@ assert member: MemberBelow(h,t,n,l,Rank(t,n,l,lo)); @/
    int i = least_member(h, t, n, l), j = greatest_member(h, t, n, l);
    /@ assert low: \forall integer v; MemberBelow(h,t,n,l,v) ==> t[i][l] <= v; @/
    /@ assert high: \forall integer v; MemberAbove(h,t,n,l,v) ==> v <= t[j][l]; @/
    lemma_rank_sum(t, n, l, lo, hi, t[i][l], t[j][l]);
    lemma_quotient_between(z, t[i][l], hi - lo);
    lemma_quotient_between(z, t[j][l], hi - lo);
  }
*/

/*@ ghost
  void theorem_trimmed_mean_contained(const char *h, const row *t, int n, int f, int l, key z)
  {
    lemma_rank_mean_contained(h, t, n, f, l, f, n - f, z);
  }
*/

/*@ ghost
  void theorem_median_contained(const char *h, const row *t, int n, int f, int kind, int l, key z)
  {
    lemma_middle_ranks(h, t, n, f, l);
    lemma_val_order();
    if (n % 2 == 0 && kind == CERTIGAR_MIDPOINT) {
      lemma_rank_mean_contained(h, t, n, f, l, n/2 - 1, n/2 + 1, z);
    } else {
      int j = kind == CERTIGAR_UPPER ? n/2 : (n-1)/2;
      /@ assert rank: z == Rank(t,n,l,j) && f <= j < n-f; @/
      /@ assert low: MemberBelow(h,t,n,l,z); @/
      /@ assert high: MemberAbove(h,t,n,l,z); @/
      /@ assert finite: Finite(z); @/
    }
  }
*/

/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires a: Finite(a) && Finite(b);
     requires between: \forall integer i; 0 <= i < n ==> a <= t[i][l] <= b;
     terminates \true; exits \false; assigns \nothing;
     ensures low: n*Val(a) <= Sum(t,0,n,l);
     ensures high: Sum(t,0,n,l) <= n*Val(b); @/
  void lemma_sum(const row *t, int n, int l, key a, key b)
  {
    int i = 0;
    lemma_val_order();
    /@ loop invariant i: 0 <= i <= n;
       loop invariant low: i*Val(a) <= Sum(t,0,i,l);
       loop invariant high: Sum(t,0,i,l) <= i*Val(b);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: Sum(t,0,i+1,l) == Sum(t,0,i,l) + Val(t[i][l]); @/
      /@ assert between: Val(a) <= Val(t[i][l]) <= Val(b); @/
      /@ assert low: (i+1)*Val(a) == i*Val(a) + Val(a); @/
      /@ assert high: (i+1)*Val(b) == i*Val(b) + Val(b); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void theorem_average_contained(const char *h, const row *t, int n, int l, key z)
  {
    /@ assert member: h[0] != 0; @/
    int i = least_member(h, t, n, l), j = greatest_member(h, t, n, l);
    lemma_sum(t, n, l, t[i][l], t[j][l]);
    lemma_quotient_between(z, t[i][l], n);
    lemma_quotient_between(z, t[j][l], n);
  }
*/
