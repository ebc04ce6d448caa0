/* The first of the sets of n-f rows no two of which are farther apart than t: the first as an ascending list of rows.
 *
 * Row by row, a row is in the set if some set holds it and those selected before it.
 */
#ifndef CERTIGAR_FIRST_H
#define CERTIGAR_FIRST_H

#include "order/within.h"

/*@ // a set of rows by flags: how many it has; of two, whether they hold the same of the rows 0 .. m-1
  @ logic integer RowCount{L}(unsigned char *selected, integer n) = n <= 0 ? 0 : RowCount(selected,n-1) + (selected[n-1] != 0 ? 1 : 0);
  @ predicate SameRows{L}(unsigned char *selected, row_set s, integer m) =
  @   \forall integer j; 0 <= j < m ==> (selected[j] != 0 <==> In(s,j) == 0);
  @
  @ // the selected rows do not come after the set s (In(s,i) == 0): the first row that only one of the two has is a selected one
  @ predicate NotAfter{L}(unsigned char *selected, row_set s, integer n) =
  @   \forall integer i; 0 <= i < n && SameRows(selected,s,i) && In(s,i) == 0 ==> selected[i] != 0;
  @*/

/* Selects that set; returns 0 if there is none. linked, mark, degree, out, known: scratch. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= f <= n && 0 <= t;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires out: \valid(out + (0 .. n-1));
    requires known: \valid(known + (0 .. n-1));
    requires apart: \separated(selected + (0 .. n-1),linked + (0 .. n*n-1)) && \separated(mark + (0 .. n-1),out + (0 .. n-1),known + (0 .. n-1));
    requires distances: Distances(rank,n);
    terminates \true; exits \false;
    assigns selected[0 .. n-1], linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1], out[0 .. n-1], known[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \result == 0 ==> \forall row_set s; LeftOut(s,n) <= f ==> !SetWithin(rank,n,s,t);
    ensures flags: \forall integer i; 0 <= i < n ==> 0 <= selected[i] <= 1;
    ensures count: \result == 1 ==> RowCount(selected,n) == n-f;
    ensures within: \result == 1 ==>
      \forall integer i, j; 0 <= i < n && 0 <= j < n && selected[i] != 0 && selected[j] != 0 ==> Distance(rank,n,i,j) <= t;
    ensures first: \result == 1 ==> \forall row_set s; LeftOut(s,n) == f && SetWithin(rank,n,s,t) ==> NotAfter(selected,s,n); */
int certigar_first_within(const int64_t *rank, int n, int f, int64_t t, unsigned char *selected, unsigned char *linked, int32_t *mark,
                          uint32_t *degree, int32_t *out, int32_t *known);

#endif
