/* The guarantees of the rules: see containment.h. */
#include "lemmas/containment.h"
#include "lemmas/order.h"
#include "lemmas/value.h"
#include "lemmas/power.h"

/*@ // the set h has a member at or below v, at or above v: names, for the provers to find
  @ predicate MemberBelow{L}(char *h, row *t, integer n, integer l, integer v) = \exists integer i; 0 <= i < n && h[i] != 0 && t[i][l] <= v;
  @ predicate MemberAbove{L}(char *h, row *t, integer n, integer l, integer v) = \exists integer i; 0 <= i < n && h[i] != 0 && v <= t[i][l];
  @*/

/*@ // rounding keeps X / k on its side of the finite value of a
  @ predicate KeepsOrder(integer z, integer a, integer X, integer k) =
  @   IsQuotient(z,X,k) ==> (k*Val(a) <= X ==> Val(a) <= Val(z)) && (X <= k*Val(a) ==> Val(z) <= Val(a));
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

// members in the order of the keys are in the order of the values
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX;
     requires honest: Honest(h,t,n,f,l);
     terminates \true; exits \false; assigns \nothing;
     ensures below: \forall integer v; Finite(v) && MemberBelow(h,t,n,l,v) ==> SomeBelow(Val(v),h,t,n,l);
     ensures above: \forall integer v; Finite(v) && MemberAbove(h,t,n,l,v) ==> SomeAbove(Val(v),h,t,n,l);
     ensures up: \forall integer x, y; x <= y && SomeBelow(x,h,t,n,l) ==> SomeBelow(y,h,t,n,l);
     ensures down: \forall integer x, y; x <= y && SomeAbove(y,h,t,n,l) ==> SomeAbove(x,h,t,n,l); @/
  void lemma_member_values(const char *h, const row *t, int n, int f, int l)
  {
    lemma_val_order();
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
     ensures order: \forall integer X; KeepsOrder(z,a,X,k); @/
  void lemma_quotient_between(key z, key a, int k)
  {
    key r = z < 0 ? -1-z : z, s = a < 0 ? -1-a : a;
    lemma_rounded_between(r, s, k);
    lemma_val_order();
    lemma_scaled(k);
    /@ assert r: r == Magnitude(z) && s == Magnitude(a); @/
    /@ assert val: Val(z) == (z < 0 ? -Value(r) : Value(r)) && Val(a) == (a < 0 ? -Value(s) : Value(s)); @/
    /@ assert positive: a >= 0 ==> Val(a) == Value(s); @/
    /@ assert negative: a < 0 ==> Val(a) == -Value(s); @/
    /@ assert scaled: Scaled(k,Val(a),Value(s)) && Scaled(k,Value(s),Val(a)) && Scaled(k,Val(a),-Value(s)) && Scaled(k,-Value(s),Val(a)); @/
    /@ assert plus: a >= 0 ==> k*Val(a) == k*Value(s); @/
    /@ assert minus: a < 0 ==> k*Val(a) == k*(-Value(s)); @/
    /@ assert product: k*(-Value(s)) == -(k*Value(s)); @/
    /@ assert sign: Scaled(k,0,Value(s)); @/
    /@ assert below: \forall integer X; IsQuotient(z,X,k) && Abs(X) <= k*Value(s) ==> Value(r) <= Value(s); @/
    /@ assert above: \forall integer X; IsQuotient(z,X,k) && k*Value(s) <= Abs(X) ==> Value(s) <= Value(r); @/
  }
*/

// between any two finite values
/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires z: Finite(z);
     terminates \true; exits \false; assigns \nothing;
     ensures order: \forall integer a, X; Finite(a) ==> KeepsOrder(z,a,X,k); @/
  void lemma_quotient_monotone(key z, int k)
  {
    key c = -SPECIAL;
    /@ loop invariant c: -SPECIAL <= c <= SPECIAL;
       loop invariant order: \forall integer a, X; -SPECIAL <= a < c ==> KeepsOrder(z,a,X,k);
       loop assigns c; loop variant SPECIAL - c; @/
    for (; c < SPECIAL; c++) {
      lemma_quotient_between(z, c, k);
    }
  }
*/

// hi - lo finite ranks sum to at least that many times the first of them, and at most that many times the last
/*@ ghost
  /@ requires n: 0 <= lo < hi <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures low: RanksFinite(t,n,l,lo,hi) ==> (hi-lo)*Val(Rank(t,n,l,lo)) <= RankSum(t,n,l,lo,hi);
     ensures high: RanksFinite(t,n,l,lo,hi) ==> RankSum(t,n,l,lo,hi) <= (hi-lo)*Val(Rank(t,n,l,hi-1)); @/
  void lemma_rank_sum(const row *t, int n, int l, int lo, int hi)
  {
    int i = lo;
    lemma_rank(t, n, l);
    lemma_val_order();
    /@ loop invariant i: lo <= i <= hi;
       loop invariant low: RanksFinite(t,n,l,lo,hi) ==> (i-lo)*Val(Rank(t,n,l,lo)) <= RankSum(t,n,l,lo,i);
       loop invariant high: RanksFinite(t,n,l,lo,hi) ==> RankSum(t,n,l,lo,i) <= (i-lo)*Val(Rank(t,n,l,hi-1));
       loop assigns i; loop variant hi - i; @/
    for (; i < hi; i++) {
      /@ assert step: RankSum(t,n,l,lo,i+1) == RankSum(t,n,l,lo,i) + Val(Rank(t,n,l,i)); @/
      /@ assert order: Rank(t,n,l,lo) <= Rank(t,n,l,i) <= Rank(t,n,l,hi-1); @/
      /@ assert finite: RanksFinite(t,n,l,lo,hi) ==> Finite(Rank(t,n,l,lo)) && Finite(Rank(t,n,l,i)) && Finite(Rank(t,n,l,hi-1)); @/
      /@ assert between: RanksFinite(t,n,l,lo,hi) ==> Val(Rank(t,n,l,lo)) <= Val(Rank(t,n,l,i)) <= Val(Rank(t,n,l,hi-1)); @/
      /@ assert low: (i+1-lo)*Val(Rank(t,n,l,lo)) == (i-lo)*Val(Rank(t,n,l,lo)) + Val(Rank(t,n,l,lo)); @/
      /@ assert high: (i+1-lo)*Val(Rank(t,n,l,hi-1)) == (i-lo)*Val(Rank(t,n,l,hi-1)) + Val(Rank(t,n,l,hi-1)); @/
    }
    /@ assert end: i == hi; @/
  }
*/

// the mean of finite ranks lies between the first and the last of them
/*@ ghost
  /@ requires n: 0 <= lo < hi <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures mean: RanksFinite(t,n,l,lo,hi) && IsQuotient(z,RankSum(t,n,l,lo,hi),hi-lo) ==>
       Val(Rank(t,n,l,lo)) <= Val(z) <= Val(Rank(t,n,l,hi-1)); @/
  void lemma_mean_between(const row *t, int n, int l, int lo, int hi, key z)
  {
    lemma_rank_sum(t, n, l, lo, hi);
    if (-SPECIAL <= z && z < SPECIAL) lemma_quotient_monotone(z, hi - lo);
    /@ assert finite: RanksFinite(t,n,l,lo,hi) ==> Finite(Rank(t,n,l,lo)) && Finite(Rank(t,n,l,hi-1)); @/
    /@ assert low: Finite(z) && RanksFinite(t,n,l,lo,hi) ==> KeepsOrder(z,Rank(t,n,l,lo),RankSum(t,n,l,lo,hi),hi-lo); @/
    /@ assert high: Finite(z) && RanksFinite(t,n,l,lo,hi) ==> KeepsOrder(z,Rank(t,n,l,hi-1),RankSum(t,n,l,lo,hi),hi-lo); @/
  }
*/

// the mean of any of the middle ranks
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     requires honest: Honest(h,t,n,f,l);
     requires ranks: f <= lo < hi <= n-f;
     requires output: IsRankMean(z,t,n,l,lo,hi);
     terminates \true; exits \false; assigns \nothing;
     ensures contained: Contained(z,h,t,n,l); @/
  void lemma_rank_mean_contained(const char *h, const row *t, int n, int f, int l, int lo, int hi, key z)
  {
    lemma_middle_ranks(h, t, n, f, l);
    lemma_val_order();
    lemma_mean_between(t, n, l, lo, hi, z);
    /@ assert finite: RanksFinite(t,n,l,lo,hi); @/
    lemma_member_values(h, t, n, f, l);
    /@ assert low: SomeBelow(Val(Rank(t,n,l,lo)),h,t,n,l); @/
    /@ assert high: SomeAbove(Val(Rank(t,n,l,hi-1)),h,t,n,l); @/
    /@ assert below: SomeBelow(Val(z),h,t,n,l); @/
    /@ assert above: SomeAbove(Val(z),h,t,n,l); @/
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
    lemma_member_values(h, t, n, f, l);
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
  /@ requires n: 1 <= n <= ROWS_MAX;
     requires a: Finite(a) && Finite(b);
     requires sum: n*Val(a) <= Sum(t,0,n,l) && Sum(t,0,n,l) <= n*Val(b);
     requires z: IsQuotient(z,Sum(t,0,n,l),n);
     terminates \true; exits \false; assigns \nothing;
     ensures between: Val(a) <= Val(z) <= Val(b); @/
  void lemma_sum_contained(const row *t, int n, int l, key z, key a, key b)
  {
    lemma_quotient_between(z, a, n);
    lemma_quotient_between(z, b, n);
    /@ assert low: KeepsOrder(z,a,Sum(t,0,n,l),n); @/
    /@ assert high: KeepsOrder(z,b,Sum(t,0,n,l),n); @/
  }
*/

/*@ ghost
  void theorem_average_contained(const char *h, const row *t, int n, int l, key z)
  {
    /@ assert member: h[0] != 0; @/
    int i = least_member(h, t, n, l), j = greatest_member(h, t, n, l);
    key a = t[i][l], b = t[j][l];
    lemma_sum(t, n, l, a, b);
    /@ assert quotient: IsQuotient(z,Sum(t,0,n,l),n); @/
    lemma_sum_contained(t, n, l, z, a, b);
  }
*/

// a set within [a, b] is counted there
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires within: a <= b && \forall integer i; 0 <= i < n && h[i] != 0 ==> a <= t[i][l] <= b;
     terminates \true; exits \false; assigns \nothing;
     ensures count: CountTrue(h,n) <= Count(t,n,l,b) - Count(t,n,l,a-1); @/
  void lemma_count_members(const char *h, const row *t, int n, int l, key a, key b)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant count: CountTrue(h,i) <= Count(t,i,l,b) - Count(t,i,l,a-1);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert a: Count(t,i+1,l,a-1) == Count(t,i,l,a-1) + (t[i][l] <= a-1 ? 1 : 0); @/
      /@ assert b: Count(t,i+1,l,b) == Count(t,i,l,b) + (t[i][l] <= b ? 1 : 0); @/
      /@ assert set: CountTrue(h,i+1) == CountTrue(h,i) + (h[i] != 0 ? 1 : 0); @/
    }
    /@ assert end: i == n; @/
  }
*/

// kept values: those beyond [a, b] leave a rank within [a, b] out, which is not closer to the median
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES && 0 <= f && 2*f < n;
     requires keys: Keys(t,n);
     requires a: Finite(a) && Finite(b) && a <= b;
     requires middle: \forall integer j; f <= j < n-f ==> a <= Rank(t,n,l,j) <= b;
     requires count: n-f <= Count(t,n,l,b) - Count(t,n,l,a-1);
     terminates \true; exits \false; assigns \nothing;
     ensures kept: \forall integer s, i; Closest(t,n,l,s,n-f) && s <= i < s+n-f ==> Distance(t,n,l,i) <= 2*(Val(b) - Val(a)); @/
  void lemma_kept_near(const row *t, int n, int f, int l, key a, key b)
  {
    lemma_count(t, n, l);
    lemma_rank_count(t, n, l);
    lemma_val_order();
    /@ assert ranks: f <= (n-1)/2 < n-f && f <= n/2 < n-f; @/
    /@ assert median: 2*Val(a) <= TwiceMedian(t,n,l) <= 2*Val(b); @/
    /@ assert inside: \forall integer j; a <= Rank(t,n,l,j) <= b ==> Val(a) <= Val(Rank(t,n,l,j)) <= Val(b); @/
    /@ assert near: \forall integer j; a <= Rank(t,n,l,j) <= b ==> Distance(t,n,l,j) <= 2*(Val(b) - Val(a)); @/
    /@ assert first: a <= Rank(t,n,l,Count(t,n,l,a-1)) <= b; @/
    /@ assert last: a <= Rank(t,n,l,Count(t,n,l,b)-1) <= b; @/
    /@ assert above: \forall integer s, i; Closest(t,n,l,s,n-f) && s <= i < s+n-f && b < Rank(t,n,l,i) ==>
         LeftOut(t,n,l,s,n-f,Count(t,n,l,a-1)) && Closer(t,n,l,i,Count(t,n,l,a-1)); @/
    /@ assert below: \forall integer s, i; Closest(t,n,l,s,n-f) && s <= i < s+n-f && Rank(t,n,l,i) < a ==>
         LeftOut(t,n,l,s,n-f,Count(t,n,l,b)-1) && Closer(t,n,l,i,Count(t,n,l,b)-1); @/
  }
*/

/*@ predicate MeanBetween{L}(integer z, row *t, integer n, integer l, integer s, integer q) =
  @   MeanAround(z,t,n,l,s,q) ==> Val(Rank(t,n,l,s)) <= Val(z) <= Val(Rank(t,n,l,s+q-1));
  @*/

// the mean of a window lies between two kept values, so it is as near as they are
/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures between: \forall integer s; MeanBetween(z,t,n,l,s,q); @/
  void lemma_mean_around(const row *t, int n, int q, int l, key z)
  {
    int r = 0;
    /@ loop invariant r: 0 <= r <= n-q+1;
       loop invariant between: \forall integer s; s < r ==> MeanBetween(z,t,n,l,s,q);
       loop assigns r; loop variant n - r; @/
    for (; r <= n - q; r++) {
      lemma_mean_between(t, n, l, r, r + q, z);
      /@ assert here: MeanBetween(z,t,n,l,r,q); @/
    }
    /@ assert beyond: \forall integer s; MeanAround(z,t,n,l,s,q) ==> s <= n-q; @/
  }
*/

/*@ ghost
  void theorem_meamed_near(const char *h, const row *t, int n, int f, int l, key z)
  {
    lemma_middle_ranks(h, t, n, f, l);
    /@ assert member: MemberBelow(h,t,n,l,Rank(t,n,l,f)); @/
    int i = least_member(h, t, n, l), j = greatest_member(h, t, n, l);
    key a = t[i][l], b = t[j][l];
    /@ assert low: \forall integer v; MemberBelow(h,t,n,l,v) ==> a <= v; @/
    /@ assert high: \forall integer v; MemberAbove(h,t,n,l,v) ==> v <= b; @/
    lemma_count_members(h, t, n, l, a, b);
    lemma_kept_near(t, n, f, l, a, b);
    lemma_count(t, n, l);
    lemma_mean_around(t, n, n - f, l, z);
    /@ assert ranks: f <= (n-1)/2 < n-f && f <= n/2 < n-f; @/
    /@ assert minus: Count(t,n,l,-1-SPECIAL) <= Count(t,n,l,a-1); @/
    /@ assert plus: Count(t,n,l,b) <= Count(t,n,l,SPECIAL-1); @/
    /@ assert has: HasMeamed(t,n,f,l); @/
    /@ assert spread: \forall integer d; d <= 2*(Val(b) - Val(a)) ==> WithinSpread(d,h,t,n,l); @/
    /@ assert between: \forall integer s; MeanBetween(z,t,n,l,s,n-f); @/
    /@ assert near: \forall integer s; MeanAround(z,t,n,l,s,n-f) ==>
         Distance(t,n,l,s) <= 2*(Val(b) - Val(a)) && Distance(t,n,l,s+n-f-1) <= 2*(Val(b) - Val(a)); @/
  }
*/
