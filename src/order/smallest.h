/* Whether a distance is the least diameter of sets of n-f rows: if so, the first such set.
 *
 * What is known of each pair goes in as a class, by comparison with the pair that has this distance. A set of pairs of class 0 alone must not exist;
 * of those of class 0 and 1 the first is selected, and it must have a pair of class 1. Neither can fail if the distance is the least diameter
 * and enough is known; whoever looks for it does not have to be trusted.
 */
#ifndef CERTIGAR_SMALLEST_H
#define CERTIGAR_SMALLEST_H

#include "acsl/diameter.h"

enum { CLASS_UNKNOWN = 3 }; /* what a pair has before it is known */

/*@ // 0: at most the distance of pair p; 1: equal to it; 2: greater
  @ predicate Classes{L}(int64_t *classes, integer count, integer p) =
  @   \forall integer q; 0 <= q < count ==>
  @        (classes[q] == 0 && Actual(q) <= Actual(p)) || (classes[q] == 1 && Actual(q) == Actual(p))
  @     || (classes[q] == 2 && Actual(p) < Actual(q));
  @
  @ // the same as a matrix, by rows; and what is known of the pairs in it
  @ predicate ClassMatrix{L}(int64_t *rank, integer n, integer p) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n && i != j ==>
  @        (0 <= Distance(rank,n,i,j) <= 2)
  @     && (Distance(rank,n,i,j) <= 1 <==> RowDistance(i,j) <= Actual(p))
  @     && (Distance(rank,n,i,j) == 1 ==> RowDistance(i,j) == Actual(p));
  @*/

/* Selects that set; returns 0 if what is known does not show that it is one. rank: the classes as a matrix, for what else is asked of these sets;
 * linked, mark, degree, out, known: scratch. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= f <= n;
    requires read: \valid_read(classes + (0 .. Pairs(n)-1));
    requires rank: \valid(rank + (0 .. n*n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires out: \valid(out + (0 .. n-1));
    requires known: \valid(known + (0 .. n-1));
    requires apart: \separated(selected + (0 .. n-1),linked + (0 .. n*n-1)) && \separated(mark + (0 .. n-1),out + (0 .. n-1),known + (0 .. n-1))
      && \separated(classes + (0 .. Pairs(n)-1),rank + (0 .. n*n-1));
    requires classes: Classes(classes,Pairs(n),p);
    terminates \true; exits \false;
    assigns rank[0 .. n*n-1], selected[0 .. n-1], linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1], out[0 .. n-1], known[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures flags: \result == 1 ==> \forall integer i; 0 <= i < n ==> 0 <= selected[i] <= 1;
    ensures smallest: \result == 1 ==> IsFirstSmallest(selected,n,f);
    ensures diameter: \result == 1 ==> IsDiameter(selected,n,p);
    ensures matrix: Distances(rank,n) && ClassMatrix(rank,n,p); */
int certigar_smallest_set(const int64_t *classes, int n, int f, int64_t *rank, unsigned char *selected, unsigned char *linked, int32_t *mark,
                          uint32_t *degree, int32_t *out, int32_t *known) /*@ ghost (int64_t p) */;

/* Whether another set of n-f rows has the same diameter, after that. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 1 <= f <= n;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires selected: \valid_read(selected + (0 .. n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires apart: \separated(selected + (0 .. n-1),linked + (0 .. n*n-1));
    requires diameter: IsDiameter(selected,n,p);
    requires matrix: Distances(rank,n) && ClassMatrix(rank,n,p);
    requires count: RowCount(selected,n) == n-f;
    terminates \true; exits \false; assigns linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures only: \result == 0 ==> IsOnlySmallest(selected,n,f);
    ensures other: \result == 1 ==> \exists integer i; 0 <= i < n && selected[i] != 0 && mark[i] != 0;
    ensures size: \result == 1 ==> Gone(mark,n) <= f;
    ensures within: \result == 1 ==> \forall integer i, j; 0 <= i < j < n && mark[i] == 0 && mark[j] == 0 ==> RowDistance(i,j) <= Actual(p); */
int certigar_smallest_tied(const int64_t *rank, int n, int f, const unsigned char *selected, unsigned char *linked, int32_t *mark,
                           uint32_t *degree) /*@ ghost (int64_t p) */;

#endif
