/* Vertex covers of small size: may some rows be taken away so that no forbidden pair is left?
 *
 * A bounded search tree: of a row in one pair only the partner goes; otherwise the row in most pairs goes, or all its partners do; with k rows to
 * take, fewer than 1.47^k + 1 branches.
 */
#ifndef CERTIGAR_COVER_H
#define CERTIGAR_COVER_H

#include <stdint.h>

enum { COVER_ROWS_MAX = 16777216 };

/* Sets of rows: In(s,i) != 0 if row i is in the set s. Nothing else is said of them, no axiom: what holds of every s holds of every set. */
/*@ axiomatic RowSets {
      type row_set;
      logic integer In(row_set s, integer i);
    }
  @
  @ // a graph: its pairs, by flags, row by row
  @ logic integer Link{L}(unsigned char *linked, integer n, integer i, integer j) = linked[i*n+j];
  @ predicate IsGraph{L}(unsigned char *linked, integer n) =
  @      (\forall integer i, j; 0 <= i < n && 0 <= j < n ==> 0 <= Link(linked,n,i,j) <= 1)
  @   && (\forall integer i, j; 0 <= i < n && 0 <= j < n ==> Link(linked,n,i,j) == Link(linked,n,j,i))
  @   && (\forall integer i; 0 <= i < n ==> Link(linked,n,i,i) == 0);
  @
  @ // rows of mark 0 are left, the others were taken away
  @ predicate NoPair{L}(unsigned char *linked, int32_t *mark, integer n) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n && mark[i] == 0 && mark[j] == 0 ==> Link(linked,n,i,j) == 0;
  @ logic integer Gone{L}(int32_t *mark, integer n) = n <= 0 ? 0 : Gone(mark,n-1) + (mark[n-1] != 0 ? 1 : 0);
  @
  @ // every pair that is left has a row in s; and how many of the rows that are left are in s
  @ predicate Covers{L}(unsigned char *linked, int32_t *mark, integer n, row_set s) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n && mark[i] == 0 && mark[j] == 0 && Link(linked,n,i,j) != 0 ==>
  @     In(s,i) != 0 || In(s,j) != 0;
  @ logic integer Members{L}(int32_t *mark, row_set s, integer n) =
  @   n <= 0 ? 0 : Members(mark,s,n-1) + (mark[n-1] == 0 && In(s,n-1) != 0 ? 1 : 0);
  @*/

/* Whether taking at most budget of the rows of mark 0 away leaves no pair; those taken get other marks. If not, the marks are as they were. degree:
 * scratch. Calls itself as deep as rows are taken. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= budget <= n;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires marks: \forall integer i; 0 <= i < n ==> 0 <= mark[i] <= 1;
    terminates \true; exits \false; assigns mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \forall row_set s; Covers{Pre}(linked,mark,n,s) && Members{Pre}(mark,s,n) <= budget ==> \result == 1;
    ensures cover: \result == 1 ==> NoPair(linked,mark,n);
    ensures size: \result == 1 ==> Gone(mark,n) <= \old(Gone(mark,n)) + budget;
    ensures kept: \forall integer i; 0 <= i < n && \old(mark[i]) != 0 ==> mark[i] == \old(mark[i]);
    ensures same: \result == 0 ==> \forall integer i; 0 <= i < n ==> mark[i] == \old(mark[i]); */
int certigar_find_cover(const unsigned char *linked, int n, int budget, int32_t *mark, uint32_t *degree);

#endif
