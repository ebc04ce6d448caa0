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
           == DistanceBelow(candidates,i,c,v) + (i != c ? \min(TableDistance(candidates[i],candidates[c]) - v,0) : 0); @/
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
           == DistanceBelow(candidates,i,c,v) + (i != c ? \min(TableDistance(candidates[i],candidates[c]) - v,0) : 0); @/
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
           == DistanceBelow(candidates,i,c,v) + (c < i ? \min(-v,0) : 0) + \min(TableDistance(candidates[i],candidates[c]) - v,0); @/
      /@ assert equal: \forall integer c, e; 0 <= c < n && 0 <= e < n && SameGroup(row_group,candidates,c,e) ==>
           TableDistance(candidates[i],candidates[c]) == TableDistance(candidates[i],candidates[e]); @/
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
