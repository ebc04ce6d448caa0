/* Lemma functions about the rows that rounds leave: see rounds.h. */
#include "lemmas/rounds.h"

/*@ ghost
  void lemma_left(const size_t *taken, int t)
  {
    int u = 0;
    /@ loop invariant u: 0 <= u <= t;
       loop invariant times: \forall integer i; 0 <= Times(taken,u,i);
       loop invariant left: \forall integer i; Left(taken,u,i) <==> \forall integer a; 0 <= a < u ==> taken[a] != i;
       loop assigns u; loop variant t - u; @/
    for (; u < t; u++) {
      /@ assert next: \forall integer i; Times(taken,u+1,i) == Times(taken,u,i) + (taken[u] == i ? 1 : 0); @/
    }
    /@ assert end: u == t; @/
  }
*/

/*@ ghost
  void lemma_left_by_below(const size_t *candidates, int r, const size_t *taken, int t, int n)
  {
    /@ assert bound: \forall integer c, S, k; 0 <= c < r && IsKrumScore(S,candidates,r,c,k) ==>
         \forall integer v; k*v + LeftBelow(taken,t,n,candidates[c],v) <= S; @/
    /@ assert met: \forall integer c, S, k; 0 <= c < r && IsKrumScore(S,candidates,r,c,k) ==>
         \exists integer v; k*v + LeftBelow(taken,t,n,candidates[c],v) == S; @/
    /@ assert bound_too: \forall integer c, S, k; 0 <= c < r && IsLeftScore(S,taken,t,n,candidates[c],k) ==>
         \forall integer v; k*v + DistanceBelow(candidates,r,c,v) <= S; @/
    /@ assert met_too: \forall integer c, S, k; 0 <= c < r && IsLeftScore(S,taken,t,n,candidates[c],k) ==>
         \exists integer v; k*v + DistanceBelow(candidates,r,c,v) == S; @/
  }
*/

/*@ ghost
  void lemma_left_scores(const size_t *candidates, int r, const size_t *taken, int t, int n)
  {
    int i = 0, p = 0;
    /@ loop invariant i: 0 <= i <= n && 0 <= p <= r;
       loop invariant before: \forall integer a; 0 <= a < p ==> candidates[a] < i;
       loop invariant after: \forall integer a; p <= a < r ==> i <= candidates[a];
       loop invariant below: \forall integer c, v; 0 <= c < r ==> DistanceBelow(candidates,p,c,v) == LeftBelow(taken,t,i,candidates[c],v);
       loop assigns i, p; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert left: \forall integer self, v; LeftBelow(taken,t,i+1,self,v) == LeftBelow(taken,t,i,self,v)
           + (Times(taken,t,i) == 0 && i != self ? \min(TableDistance(i,self) - v,0) : 0); @/
      if (p < r && candidates[p] == (size_t)i) {
        /@ assert is_left: Left(taken,t,i); @/
        /@ assert next: \forall integer c, v; DistanceBelow(candidates,p+1,c,v) == DistanceBelow(candidates,p,c,v)
             + (p != c ? \min(TableDistance(candidates[p],candidates[c]) - v,0) : 0); @/
        /@ assert other: \forall integer c; 0 <= c < r ==> (p != c <==> candidates[p] != candidates[c]); @/
        p++;
      } else {
        /@ assert none: \forall integer a; 0 <= a < r ==> candidates[a] != i; @/
        /@ assert is_taken: !Left(taken,t,i); @/
      }
    }
    /@ assert end: i == n && p == r; @/
    /@ assert same: \forall integer c, v; 0 <= c < r ==> DistanceBelow(candidates,r,c,v) == LeftBelow(taken,t,n,candidates[c],v); @/
    lemma_left_by_below(candidates, r, taken, t, n);
  }
*/
