/* Krum's score, and what a rule's choice among some candidates means: spec/rules.md, sections 5 and 6. */
#ifndef SPEC_KRUM_H
#define SPEC_KRUM_H

#include "acsl/least.h"
#include "acsl/table.h"

/*@ // how far the distances of the other candidates from candidate c lie below v, as a negative sum: see Below
  @ logic integer DistanceBelow{L}(size_t *candidates, integer n, integer c, integer v) =
  @   n <= 0 ? 0 : DistanceBelow(candidates,n-1,c,v) + (n-1 != c ? \min(TableDistance(candidates[n-1],candidates[c]) - v,0) : 0);
  @
  @ // S is the sum of the k least of these distances: see IsLeastSum
  @ predicate IsKrumScore{L}(integer S, size_t *candidates, integer n, integer c, integer k) =
  @      (\forall integer v; k*v + DistanceBelow(candidates,n,c,v) <= S)
  @   && (\exists integer v; k*v + DistanceBelow(candidates,n,c,v) == S);
  @
  @ // x is the number that candidate c is chosen by: its distance from the row pivot, or, if that is negative, Krum's score
  @ predicate IsNumber{L}(integer x, size_t *candidates, integer n, integer c, integer k, integer pivot) =
  @   pivot < 0 ? \exists integer S; IsKrumScore(S,candidates,n,c,k) && x == Capped(S) : x == TableDistance(candidates[c],pivot);
  @
  @ // candidate c is before candidate e: it has a lesser number, or the same and is the smaller row
  @ predicate NumberBefore{L}(size_t *candidates, integer n, integer k, integer pivot, integer c, integer e) =
  @   \forall integer x, y; IsNumber(x,candidates,n,c,k,pivot) && IsNumber(y,candidates,n,e,k,pivot) ==>
  @     x < y || (x == y && candidates[c] < candidates[e]);
  @
  @ // chosen are the m candidates that are before all others
  @ predicate IsChoice{L}(unsigned char *chosen, size_t *candidates, integer n, integer m, integer k, integer pivot) =
  @      (\forall integer c; 0 <= c < n ==> chosen[c] == 0 || chosen[c] == 1)
  @   && Chosen(chosen,n) == m
  @   && (\forall integer c, e; 0 <= c < n && 0 <= e < n && chosen[c] == 1 && chosen[e] == 0 ==>
  @         NumberBefore(candidates,n,k,pivot,c,e));
  @
  @ // rows of a group are at the same distance of every row
  @ predicate EqualRows{L}(int *row_group) =
  @   \forall integer i, j; 0 <= i < TableRows && 0 <= j < TableRows && row_group[i] == row_group[j] ==>
  @     \forall integer x; 0 <= x < TableRows ==> TableDistance(i,x) == TableDistance(j,x) && TableDistance(x,i) == TableDistance(x,j);
  @*/

#endif
