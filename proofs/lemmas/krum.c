/* Theorems about Krum's score: see krum.h. */
#include "lemmas/krum.h"

/*@ ghost
  void theorem_krum_score_above(const natural_row *numbers, const size_t *candidates, int n, int c, int k)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant below: \forall integer v; Below(numbers,i,c,v) <= DistanceBelow(candidates,i,c,v);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert numbers: \forall integer v; Below(numbers,i+1,c,v) == Below(numbers,i,c,v) + (i != c ? \min(Entry(numbers,i) - v,0) : 0); @/
      /@ assert distances: \forall integer v; DistanceBelow(candidates,i+1,c,v)
           == DistanceBelow(candidates,i,c,v) + (i != c ? \min(RowDistance(candidates[i],candidates[c]) - v,0) : 0); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void theorem_krum_score_below(const natural_row *numbers, const size_t *candidates, int n, int c, int k)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant below: \forall integer v; DistanceBelow(candidates,i,c,v) <= Below(numbers,i,c,v);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert numbers: \forall integer v; Below(numbers,i+1,c,v) == Below(numbers,i,c,v) + (i != c ? \min(Entry(numbers,i) - v,0) : 0); @/
      /@ assert distances: \forall integer v; DistanceBelow(candidates,i+1,c,v)
           == DistanceBelow(candidates,i,c,v) + (i != c ? \min(RowDistance(candidates[i],candidates[c]) - v,0) : 0); @/
    }
    /@ assert end: i == n; @/
  }
*/

/* With the distance from itself, which is 0, a candidate has the same distances as another one of its group. */
/*@ ghost
  void theorem_krum_score_equal(const size_t *candidates, int n, const int *row_group, int k)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant same: \forall integer c, e, v; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) ==>
            DistanceBelow(candidates,i,c,v) + (c < i ? \min(-v,0) : 0) == DistanceBelow(candidates,i,e,v) + (e < i ? \min(-v,0) : 0);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert next: \forall integer c, v; 0 <= c < n ==> DistanceBelow(candidates,i+1,c,v) + (c < i+1 ? \min(-v,0) : 0)
           == DistanceBelow(candidates,i,c,v) + (c < i ? \min(-v,0) : 0) + \min(RowDistance(candidates[i],candidates[c]) - v,0); @/
      /@ assert equal: \forall integer c, e; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) ==>
           RowDistance(candidates[i],candidates[c]) == RowDistance(candidates[i],candidates[e]); @/
    }
    /@ assert end: i == n; @/
    /@ assert below: \forall integer c, e, v; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) ==>
         DistanceBelow(candidates,n,c,v) == DistanceBelow(candidates,n,e,v); @/
    /@ assert reached: \forall integer c, e, S; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) &&
         IsKrumScore(S,candidates,n,c,k) ==> \exists integer v; k*v + DistanceBelow(candidates,n,e,v) == S; @/
    /@ assert least: \forall integer c, e, S, T; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) &&
         IsKrumScore(S,candidates,n,c,k) && IsKrumScore(T,candidates,n,e,k) ==> S <= T; @/
  }
*/

/*@ ghost
  void theorem_numbers_equal(const size_t *candidates, int n, const int *row_group, int k, int pivot)
  {
    if (pivot < 0) theorem_krum_score_equal(candidates, n, row_group, k);
  }
*/

/* One more distance, x, is the q-th least itself, or the q-th least stays, or the one before becomes it. */
/*@ ghost
  void lemma_quantile(const size_t *candidates, int n, int c)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant rising: \forall integer v, w; v <= w ==> Nearer(candidates,i,c,v) <= Nearer(candidates,i,c,w);
       loop invariant quantile: \forall integer q; 1 <= q <= i - (c < i ? 1 : 0) ==> \exists integer v; Quantile(candidates,i,c,q,v);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert next: \forall integer v; Nearer(candidates,i+1,c,v)
           == Nearer(candidates,i,c,v) + (i != c && RowDistance(candidates[i],candidates[c]) < v ? 1 : 0); @/
      /@ assert self: i == c ==> \forall integer q, v; Quantile(candidates,i,c,q,v) ==> Quantile(candidates,i+1,c,q,v); @/
      /@ assert stays: \forall integer q, v; i != c && Quantile(candidates,i,c,q,v) &&
           q <= Nearer(candidates,i,c,RowDistance(candidates[i],candidates[c])) ==> Quantile(candidates,i+1,c,q,v); @/
      /@ assert new: \forall integer q; i != c && Nearer(candidates,i,c,RowDistance(candidates[i],candidates[c])) < q &&
           q <= Nearer(candidates,i,c,RowDistance(candidates[i],candidates[c])+1) + 1 ==>
             Quantile(candidates,i+1,c,q,RowDistance(candidates[i],candidates[c])); @/
      /@ assert moves: \forall integer q, v; i != c && Quantile(candidates,i,c,q-1,v) &&
           Nearer(candidates,i,c,RowDistance(candidates[i],candidates[c])+1) + 1 < q ==> Quantile(candidates,i+1,c,q,v); @/
      /@ assert positive: 0 <= Nearer(candidates,i,c,RowDistance(candidates[i],candidates[c])+1); @/
      /@ assert before: \forall integer q; 1 <= q-1 <= i - (c < i ? 1 : 0) ==> \exists integer v; Quantile(candidates,i,c,q-1,v); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_dual_slopes(const size_t *candidates, int n, int c)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant none: \exists integer v; \forall integer w; w <= v ==> DistanceBelow(candidates,i,c,w) == 0;
       loop invariant negative: \forall integer v; DistanceBelow(candidates,i,c,v) <= 0;
       loop invariant right: \forall integer v, w; v <= w ==>
         DistanceBelow(candidates,i,c,w) + (w-v)*Nearer(candidates,i,c,v+1) <= DistanceBelow(candidates,i,c,v);
       loop invariant left: \forall integer v, w; w <= v ==>
         DistanceBelow(candidates,i,c,w) <= DistanceBelow(candidates,i,c,v) + (v-w)*Nearer(candidates,i,c,v);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert nearer: \forall integer v; Nearer(candidates,i+1,c,v)
           == Nearer(candidates,i,c,v) + (i != c && RowDistance(candidates[i],candidates[c]) < v ? 1 : 0); @/
      /@ assert below: \forall integer v; DistanceBelow(candidates,i+1,c,v)
           == DistanceBelow(candidates,i,c,v) + (i != c ? \min(RowDistance(candidates[i],candidates[c]) - v,0) : 0); @/
      /@ assert product: \forall integer v, w; (w-v)*Nearer(candidates,i+1,c,v+1) == (w-v)*Nearer(candidates,i,c,v+1)
           + (i != c && RowDistance(candidates[i],candidates[c]) < v+1 ? w-v : 0); @/
      /@ assert product1: \forall integer v, w; (v-w)*Nearer(candidates,i+1,c,v) == (v-w)*Nearer(candidates,i,c,v)
           + (i != c && RowDistance(candidates[i],candidates[c]) < v ? v-w : 0); @/
      /@ assert least: \forall integer v; (\forall integer w; w <= v ==> DistanceBelow(candidates,i,c,w) == 0) ==>
           \forall integer w; w <= \min(v,RowDistance(candidates[i],candidates[c])) ==> DistanceBelow(candidates,i+1,c,w) == 0; @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void theorem_krum_score_exists(const size_t *candidates, int n, int c, int k)
  {
    lemma_quantile(candidates, n, c);
    lemma_dual_slopes(candidates, n, c);
    /@ assert none: k == 0 ==> IsKrumScore(0,candidates,n,c,k); @/
    /@ assert right: \forall integer v, w; v <= w && Quantile(candidates,n,c,k,v) ==> (w-v)*k <= (w-v)*Nearer(candidates,n,c,v+1); @/
    /@ assert left: \forall integer v, w; w <= v && Quantile(candidates,n,c,k,v) ==> (v-w)*Nearer(candidates,n,c,v) <= (v-w)*k; @/
    /@ assert parts: \forall integer v, w; (w-v)*k == k*w - k*v && (v-w)*k == k*v - k*w; @/
    /@ assert greatest: \forall integer v, w; Quantile(candidates,n,c,k,v) ==>
         k*w + DistanceBelow(candidates,n,c,w) <= k*v + DistanceBelow(candidates,n,c,v); @/
    /@ assert score: \forall integer v; Quantile(candidates,n,c,k,v) ==>
         IsKrumScore(k*v + DistanceBelow(candidates,n,c,v),candidates,n,c,k); @/
  }
*/
