/* Choices of rows, exactly: distances become exact until their bounds decide which candidates have the least numbers, and whether that was a tie.
 *
 * Rules that select rows make one such choice or several (spec/rules.md, section 6); what candidates and their numbers are, candidates.h says.
 */
#ifndef CERTIGAR_CHOOSE_ROWS_H
#define CERTIGAR_CHOOSE_ROWS_H

#include "rules/candidates.h"

/*@ predicate SameNumber{L}(size_t *candidates, integer n, integer k, integer pivot, integer c, integer e) =
  @   \forall integer x, y; IsNumber(x,candidates,n,c,k,pivot) && IsNumber(y,candidates,n,e,k,pivot) ==> x == y;
  @ predicate OtherNumber{L}(size_t *candidates, integer n, integer k, integer pivot, integer c, integer e) =
  @   \forall integer x, y; IsNumber(x,candidates,n,c,k,pivot) && IsNumber(y,candidates,n,e,k,pivot) ==> x != y;
  @ // a candidate that is chosen has the number of one left out; none has
  @ predicate IsTie{L}(unsigned char *chosen, size_t *candidates, integer n, integer k, integer pivot) =
  @   \exists integer c, e; 0 <= c < n && 0 <= e < n && chosen[c] != 0 && chosen[e] == 0 && SameNumber(candidates,n,k,pivot,c,e);
  @ predicate IsNoTie{L}(unsigned char *chosen, size_t *candidates, integer n, integer k, integer pivot) =
  @   \forall integer c, e; 0 <= c < n && 0 <= e < n && chosen[c] != 0 && chosen[e] == 0 ==> OtherNumber(candidates,n,k,pivot,c,e);
  @*/

/* The m candidates of least number, of equal ones the smaller row first, become chosen. Returns 1 if that was a tie, 0 if it was none, and a negative
 * number, with nothing chosen, if no more distances can become exact: they are put off, the run is stopped, or there is no memory. The other arrays
 * are scratch; at the end lower and upper hold the bounds that decided. */
/*@ requires n: 1 <= n <= ROWS_MAX && 0 <= m <= n && pivot < TableRows;
    requires k: pivot < 0 ==> 0 <= k < n;
    requires valid: \valid_read(candidates + (0 .. n-1)) && \valid_read(row_group + (0 .. TableRows-1));
    requires rows: \valid(row_lower + (0 .. n-1)) && \valid(row_upper + (0 .. n-1)) && \valid(order + (0 .. n-1));
    requires bounds: \valid(lower + (0 .. n-1)) && \valid(upper + (0 .. n-1)) && \valid(group + (0 .. n-1));
    requires chosen: \valid(chosen + (0 .. n-1)) && \valid(open + (0 .. n-1));
    requires apart: \separated(row_lower + (0 .. n-1),row_upper + (0 .. n-1),lower + (0 .. n-1),upper + (0 .. n-1));
    requires apart1: \separated(order + (0 .. n-1),group + (0 .. n-1),row_group + (0 .. TableRows-1));
    requires apart2: \separated(chosen + (0 .. n-1),open + (0 .. n-1));
    requires candidates: Candidates(candidates,n);
    requires equal: EqualRows(row_group);
    requires inexact: 0 <= certigar_inexact;
    requires zero: pivot < 0 ==> \forall integer i; 0 <= i < TableRows ==> TableDistance(i,i) == 0;
    terminates \true; exits \false;
    assigns (&row_lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&row_upper[0][0])[0 .. n*NATURAL_DIGITS-1], (&lower[0][0])[0 .. n*NATURAL_DIGITS-1],
      (&upper[0][0])[0 .. n*NATURAL_DIGITS-1], order[0 .. n-1], group[0 .. n-1], chosen[0 .. n-1], open[0 .. n-1], certigar_inexact;
    ensures range: -1 <= \result <= 1;
    ensures inexact: 0 <= certigar_inexact;
    ensures choice: 0 <= \result ==> IsChoice(chosen,candidates,n,m,k,pivot);
    ensures tie: \result == 1 ==> IsTie(chosen,candidates,n,k,pivot);
    ensures none: \result == 0 ==> IsNoTie(chosen,candidates,n,k,pivot);
    ensures nothing: \result < 0 ==> \forall integer c; 0 <= c < n ==> chosen[c] == 0; */
KERNEL int choose_rows(certigar_distances *distances, certigar_plan *plan, const int *row_group, const size_t *candidates, int n, int m, int k,
                       int pivot, natural_row *row_lower, natural_row *row_upper, int *order, natural_row *lower, natural_row *upper, int *group,
                       unsigned char *chosen, unsigned char *open);

#endif
