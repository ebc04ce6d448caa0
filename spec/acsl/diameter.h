/* Sets of n-f rows of least diameter, and the first of these: spec/rules.md, section 6, mda.
 *
 * One set is given by flags, the rows selected; the other is s, any set of rows whatever (order/cover.h: a variable of a type of which nothing is
 * assumed; In(s,i) == 0 if it has row i). The distances of pairs of rows are any numbers, Actual, in the order of the pairs.
 */
#ifndef SPEC_DIAMETER_H
#define SPEC_DIAMETER_H

#include "acsl/actual.h"
#include "order/first.h"

/*@ // pairs (1,0), (2,0), (2,1), (3,0), ...: how many there are of rows 0 .. i-1; the place of rows i and j; their distance
  @ logic integer Pairs(integer i) = i <= 0 ? 0 : Pairs(i-1) + i-1;
  @ logic integer PairOf(integer i, integer j) = j < i ? Pairs(i) + j : Pairs(j) + i;
  @ logic integer RowDistance(integer i, integer j) = Actual(PairOf(i,j));
  @
  @ // no two of the selected rows are farther apart than some two of s: the diameter is at most that of s; and the reverse
  @ predicate NotWider{L}(unsigned char *selected, row_set s, integer n) =
  @   \forall integer a, b; 0 <= a < b < n && selected[a] != 0 && selected[b] != 0 ==>
  @     \exists integer i, j; 0 <= i < j < n && In(s,i) == 0 && In(s,j) == 0 && RowDistance(a,b) <= RowDistance(i,j);
  @ predicate NotNarrower{L}(unsigned char *selected, row_set s, integer n) =
  @   \forall integer i, j; 0 <= i < j < n && In(s,i) == 0 && In(s,j) == 0 ==>
  @     \exists integer a, b; 0 <= a < b < n && selected[a] != 0 && selected[b] != 0 && RowDistance(i,j) <= RowDistance(a,b);
  @
  @ // the selected rows are n-f; no set of n-f rows has a lesser diameter; and of those that have the same none comes before them (NotAfter)
  @ predicate IsFirstSmallest{L}(unsigned char *selected, integer n, integer f) =
  @      RowCount(selected,n) == n-f
  @   && (\forall row_set s; LeftOut(s,n) == f ==> NotWider(selected,s,n))
  @   && (\forall row_set s; LeftOut(s,n) == f && NotNarrower(selected,s,n) ==> NotAfter(selected,s,n));
  @
  @ // the diameter of the selected rows is the distance of pair p
  @ predicate IsDiameter{L}(unsigned char *selected, integer n, integer p) =
  @      (\forall integer a, b; 0 <= a < b < n && selected[a] != 0 && selected[b] != 0 ==> RowDistance(a,b) <= Actual(p))
  @   && (\exists integer a, b; 0 <= a < b < n && selected[a] != 0 && selected[b] != 0 && RowDistance(a,b) == Actual(p));
  @
  @ // no other set of n-f rows has the same diameter
  @ predicate IsOnlySmallest{L}(unsigned char *selected, integer n, integer f) =
  @   \forall row_set s; LeftOut(s,n) == f && NotNarrower(selected,s,n) ==> SameRows(selected,s,n);
  @*/

#endif
