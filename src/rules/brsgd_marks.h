/* The marks of BrSGD (Li et al., Algorithm 2) in one tile: spec/rules.md, section 7.
 *
 * A row is up in a column if n X >= S, S the sum of the column's n values. As rounding keeps order, a value greater than RN(S / n) is up and a lesser
 * one is not; only a value equal to it needs n X - S itself, once for the column. So each column has a bar: the least key that is up.
 */
#ifndef CERTIGAR_BRSGD_MARKS_H
#define CERTIGAR_BRSGD_MARKS_H

#include "acsl/rules.h"

/*@ // 1 or 0: whether row i is up in lane l; how many of the rows before i are; whether it has a mark; its marks in the lanes before lanes
  @ logic integer AtLeast(integer n, integer x, integer S) = n*x >= S ? 1 : 0;
  @ logic integer UpFlag{L}(row *t, integer n, integer i, integer l) = AtLeast(n,Val(t[i][l]),Sum(t,0,n,l));
  @ logic integer UpRows{L}(row *t, integer n, integer i, integer l) = i <= 0 ? 0 : UpRows(t,n,i-1,l) + UpFlag(t,n,i-1,l);
  @ logic integer MarkFlag{L}(row *t, integer n, integer i, integer l) = UpFlag(t,n,i,l) == (2*UpRows(t,n,n,l) >= n ? 1 : 0) ? 1 : 0;
  @ logic integer Marks{L}(row *t, integer n, integer i, integer lanes) = lanes <= 0 ? 0 : Marks(t,n,i,lanes-1) + MarkFlag(t,n,i,lanes-1);
  @ predicate FiniteTile{L}(row *t, integer n) = \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Finite(t[i][l]);
  @*/

/* Adds the marks of the first lanes to those of each row. */
/*@ requires n: 1 <= n <= ROWS_MAX;
    requires lanes: 0 <= lanes <= LANES;
    requires t: \valid_read(t + (0 .. n-1));
    requires marks: \valid(marks + (0 .. n-1));
    requires apart: \separated(marks + (0 .. n-1), t + (0 .. n-1));
    requires finite: FiniteTile(t,n);
    requires room: \forall integer i; 0 <= i < n ==> marks[i] <= 0x7fffffffffffffff;
    terminates \true; exits \false; assigns marks[0 .. n-1];
    ensures marks: \forall integer i; 0 <= i < n ==> marks[i] == \old(marks[i]) + Marks{Pre}(t,n,i,lanes); */
KERNEL void add_marks(const row *t, int n, int lanes, uint64_t *marks);

#endif
