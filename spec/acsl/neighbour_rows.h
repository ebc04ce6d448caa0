/* A row and those nearest to it: spec/rules.md, section 8, nnm. The same for floats of every format. */
#ifndef SPEC_NEIGHBOUR_ROWS_H
#define SPEC_NEIGHBOUR_ROWS_H

#include "acsl/table.h"

/*@ // row a is before row b: it is nearer to row i, or as near and the smaller row
  @ predicate Nearer(integer a, integer b, integer i) =
  @   TableDistance(a,i) < TableDistance(b,i) || (TableDistance(a,i) == TableDistance(b,i) && a < b);
  @
  @ // how many flags are set
  @ logic integer Flags{L}(unsigned char *flag, integer n) = n <= 0 ? 0 : Flags(flag,n-1) + (flag[n-1] != 0 ? 1 : 0);
  @
  @ // chosen are the m candidates nearest to row i
  @ predicate AreNearest{L}(unsigned char *chosen, size_t *candidates, integer n, integer m, integer i) =
  @      Flags(chosen,n) == m
  @   && (\forall integer c, e; 0 <= c < n && 0 <= e < n && chosen[c] != 0 && chosen[e] == 0 ==> Nearer(candidates[c],candidates[e],i));
  @
  @ predicate Among{L}(size_t *rows, integer count, integer j) = \exists integer a; 0 <= a < count && rows[a] == j;
  @
  @ // of n rows so many different ones, row i among them; none of the others is before one of these that is not row i itself
  @ predicate AreNeighbours{L}(size_t *rows, integer count, integer n, integer i) =
  @      (\forall integer a; 0 <= a < count ==> rows[a] < n)
  @   && (\forall integer a, b; 0 <= a < b < count ==> rows[a] != rows[b])
  @   && Among(rows,count,i)
  @   && (\forall integer a, j; 0 <= a < count && 0 <= j < n && rows[a] != i && !Among(rows,count,j) ==> Nearer(rows[a],j,i));
  @*/

#endif
