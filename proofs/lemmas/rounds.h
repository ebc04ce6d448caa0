/* Lemma functions about the rows that rounds leave: said by what was taken, or by a list of candidates, scores are the same. */
#ifndef LEMMAS_ROUNDS_H
#define LEMMAS_ROUNDS_H

#include "acsl/rounds.h"

/*@ // the candidates are the rows left
  @ predicate AreLeft{L}(size_t *candidates, integer r, size_t *taken, integer t, integer n) =
  @      Candidates(candidates,r)
  @   && (\forall integer a; 0 <= a < r ==> candidates[a] < n && Left(taken,t,candidates[a]))
  @   && (\forall integer i; 0 <= i < n && Left(taken,t,i) ==> \exists integer a; 0 <= a < r && candidates[a] == i);
  @*/

// what is left is none of those taken
/*@ ghost
  /@ requires t: 0 <= t && \valid_read(taken + (0 .. t-1));
     terminates \true; exits \false; assigns \nothing;
     ensures left: \forall integer i; Left(taken,t,i) <==> \forall integer a; 0 <= a < t ==> taken[a] != i; @/
  void lemma_left(const size_t *taken, int t);
*/

// by the list of candidates or by what was taken, the scores are the same
/*@ ghost
  /@ requires below: \forall integer c, v; 0 <= c < r ==> DistanceBelow(candidates,r,c,v) == LeftBelow(taken,t,n,candidates[c],v);
     terminates \true; exits \false; assigns \nothing;
     ensures left: \forall integer c, S, k; 0 <= c < r && IsKrumScore(S,candidates,r,c,k) ==> IsLeftScore(S,taken,t,n,candidates[c],k);
     ensures score: \forall integer c, S, k; 0 <= c < r && IsLeftScore(S,taken,t,n,candidates[c],k) ==> IsKrumScore(S,candidates,r,c,k); @/
  void lemma_left_by_below(const size_t *candidates, int r, const size_t *taken, int t, int n);
*/

/*@ ghost
  /@ requires n: 0 <= r <= n <= ROWS_MAX && 0 <= t <= n;
     requires valid: \valid_read(candidates + (0 .. r-1)) && \valid_read(taken + (0 .. t-1));
     requires left: AreLeft(candidates,r,taken,t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures below: \forall integer c, v; 0 <= c < r ==> DistanceBelow(candidates,r,c,v) == LeftBelow(taken,t,n,candidates[c],v);
     ensures left: \forall integer c, S, k; 0 <= c < r && IsKrumScore(S,candidates,r,c,k) ==> IsLeftScore(S,taken,t,n,candidates[c],k);
     ensures score: \forall integer c, S, k; 0 <= c < r && IsLeftScore(S,taken,t,n,candidates[c],k) ==> IsKrumScore(S,candidates,r,c,k); @/
  void lemma_left_scores(const size_t *candidates, int r, const size_t *taken, int t, int n);
*/

#endif
