/* Sets of rows of small diameter: is there one that leaves out so many rows, and of which no pair is farther apart than t?
 *
 * The distances go in as ranks: any integers in the same order.
 */
#ifndef CERTIGAR_WITHIN_H
#define CERTIGAR_WITHIN_H

#include "order/cover.h"

/*@ logic integer Distance{L}(int64_t *rank, integer n, integer i, integer j) = rank[i*n+j];
  @ predicate Distances{L}(int64_t *rank, integer n) =
  @      (\forall integer i, j; 0 <= i < n && 0 <= j < n ==> Distance(rank,n,i,j) == Distance(rank,n,j,i))
  @   && (\forall integer i; 0 <= i < n ==> Distance(rank,n,i,i) <= 0);
  @
  @ // of the rows of mark 0, those that s leaves out (In(s,i) != 0), or none, left out: no two are farther apart than t
  @ predicate Within{L}(int64_t *rank, int32_t *mark, integer n, row_set s, integer t) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n && mark[i] == 0 && mark[j] == 0 && In(s,i) == 0 && In(s,j) == 0 ==>
  @     Distance(rank,n,i,j) <= t;
  @ predicate AllWithin{L}(int64_t *rank, int32_t *mark, integer n, integer t) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n && mark[i] == 0 && mark[j] == 0 ==> Distance(rank,n,i,j) <= t;
  @*/

/*@ // a set of rows by those that it leaves out: how many these are, and its diameter
  @ logic integer LeftOut(row_set s, integer n) = n <= 0 ? 0 : LeftOut(s,n-1) + (In(s,n-1) != 0 ? 1 : 0);
  @ predicate SetWithin{L}(int64_t *rank, integer n, row_set s, integer t) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n && In(s,i) == 0 && In(s,j) == 0 ==> Distance(rank,n,i,j) <= t;
  @*/

/* Whether leaving out at most budget rows of mark 0 leaves a set of diameter t at most: then the set is the rows whose mark is still 0. If not, every
 * set that leaves out no more has a greater diameter, and the marks are as they were. linked, degree: scratch. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= budget <= n && 0 <= t;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires distances: Distances(rank,n);
    requires marks: \forall integer i; 0 <= i < n ==> 0 <= mark[i] <= 1;
    terminates \true; exits \false; assigns linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures least: \result == 0 ==> \forall row_set s; Members{Pre}(mark,s,n) <= budget ==> !Within{Pre}(rank,mark,n,s,t);
    ensures within: \result == 1 ==> AllWithin(rank,mark,n,t);
    ensures size: \result == 1 ==> Gone(mark,n) <= \old(Gone(mark,n)) + budget;
    ensures kept: \forall integer i; 0 <= i < n && \old(mark[i]) != 0 ==> mark[i] == \old(mark[i]);
    ensures same: \result == 0 ==> \forall integer i; 0 <= i < n ==> mark[i] == \old(mark[i]); */
int certigar_set_within(const int64_t *rank, int n, int budget, int64_t t, unsigned char *linked, int32_t *mark, uint32_t *degree);

/* Whether a set that leaves out at most f rows has a diameter of t at most: then the rows of mark 0 are one. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= f <= n && 0 <= t;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires distances: Distances(rank,n);
    terminates \true; exits \false; assigns linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures least: \result == 0 ==> \forall row_set s; LeftOut(s,n) <= f ==> !SetWithin(rank,n,s,t);
    ensures within: \result == 1 ==> AllWithin(rank,mark,n,t);
    ensures size: \result == 1 ==> Gone(mark,n) <= f; */
int certigar_any_within(const int64_t *rank, int n, int f, int64_t t, unsigned char *linked, int32_t *mark, uint32_t *degree);

/* The same, of the sets that leave out one of the selected rows. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 1 <= f <= n && 0 <= t;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires selected: \valid_read(selected + (0 .. n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires apart: \separated(selected + (0 .. n-1),linked + (0 .. n*n-1));
    requires distances: Distances(rank,n);
    terminates \true; exits \false; assigns linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures least: \result == 0 ==> \forall row_set s, integer i; LeftOut(s,n) <= f && 0 <= i < n && selected[i] != 0 && In(s,i) != 0 ==>
      !SetWithin(rank,n,s,t);
    ensures within: \result == 1 ==> AllWithin(rank,mark,n,t);
    ensures size: \result == 1 ==> Gone(mark,n) <= f;
    ensures other: \result == 1 ==> \exists integer i; 0 <= i < n && selected[i] != 0 && mark[i] != 0; */
int certigar_other_within(const int64_t *rank, int n, int f, int64_t t, const unsigned char *selected, unsigned char *linked, int32_t *mark,
                          uint32_t *degree);

#endif
