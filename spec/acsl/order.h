/* Ranks by counting: spec/rules.md, section 4, x_(0) <= x_(1) <= ... <= x_(n-1).
 *
 * Nothing here sorts. A lane is a multiset of keys, known by how many rows are at or below each key (its distribution function); the
 * value of rank j is the least key with more than j rows at or below it (the quantile). Two tiles with the same counts have the
 * same ranks, whatever put one in the place of the other.
 */
#ifndef SPEC_ORDER_H
#define SPEC_ORDER_H

#include "acsl/number.h"

/*@ // how many of the rows 0 .. n-1 are at or below v in lane l
  @ logic integer Count{L}(row *t, integer n, integer l, integer v) =
  @   n <= 0 ? 0 : Count(t,n-1,l,v) + (t[n-1][l] <= v ? 1 : 0);
  @
  @ // the least key, from v on, with more than j rows at or below it; no key is above the NaN
  @ logic integer Least{L}(row *t, integer n, integer l, integer j, integer v) =
  @   v >= QUIET_NAN || Count(t,n,l,v) > j ? v : Least(t,n,l,j,v+1);
  @
  @ logic integer Rank{L}(row *t, integer n, integer l, integer j) = Least(t,n,l,j,-1-SPECIAL);   // x_(j)
  @
  @ predicate Sorted{L}(row *t, integer n) =
  @   \forall integer i, j, l; 0 <= i <= j < n && 0 <= l < LANES ==> t[i][l] <= t[j][l];
  @
  @ predicate SameCounts{A,B}(row *t, integer n) =                          // every lane holds the same multiset at A and at B
  @   \forall integer l, v; 0 <= l < LANES ==> Count{A}(t,n,l,v) == Count{B}(t,n,l,v);
  @*/

#endif
