/* Rounds of Krum, each among the rows that are left: spec/rules.md, section 6, bulyan. */
#ifndef SPEC_ROUNDS_H
#define SPEC_ROUNDS_H

#include "acsl/krum.h"
#include "acsl/neighbours.h"

/*@ // how often row i stands among taken[0 .. t-1]; it is left if it does not
  @ logic integer Times{L}(size_t *taken, integer t, integer i) = t <= 0 ? 0 : Times(taken,t-1,i) + (taken[t-1] == i ? 1 : 0);
  @ predicate Left{L}(size_t *taken, integer t, integer i) = Times(taken,t,i) == 0;
  @
  @ // how far the distances of the rows left below n, but for row self itself, lie below v: as DistanceBelow
  @ logic integer LeftBelow{L}(size_t *taken, integer t, integer n, integer self, integer v) =
  @   n <= 0 ? 0 : LeftBelow(taken,t,n-1,self,v) + (Times(taken,t,n-1) == 0 && n-1 != self ? \min(TableDistance(n-1,self) - v,0) : 0);
  @
  @ // S is Krum's score of row self among those left, with k neighbours: as IsKrumScore
  @ predicate IsLeftScore{L}(integer S, size_t *taken, integer t, integer n, integer self, integer k) =
  @      (\forall integer v; k*v + LeftBelow(taken,t,n,self,v) <= S)
  @   && (\exists integer v; k*v + LeftBelow(taken,t,n,self,v) == S);
  @
  @ // row self is left, and none of the others has a lesser score, or the same and is the smaller row
  @ predicate IsWinner{L}(size_t *taken, integer t, integer n, integer k, integer self) =
  @   0 <= self < n && Left(taken,t,self) &&
  @   \forall integer e, S, T; 0 <= e < n && e != self && Left(taken,t,e) && IsLeftScore(S,taken,t,n,self,k) && IsLeftScore(T,taken,t,n,e,k) ==>
  @     Capped(S) < Capped(T) || (Capped(S) == Capped(T) && self < e);
  @
  @ // in each round the winner among the rows left was taken
  @ predicate AreRounds{L}(size_t *taken, integer theta, integer n, integer f) =
  @   \forall integer t; 0 <= t < theta ==> IsWinner(taken,t,n,Neighbours(n-t,f),taken[t]);
  @*/

#endif
