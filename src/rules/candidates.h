/* Rules that choose some of a number of rows, the candidates: by Krum's score, or by the distance from a row (spec/rules.md, section 6).
 *
 * What is known of distances are bounds (select/bounds.h). They give bounds of the numbers to choose by; these either decide the choice, or
 * distances have to become exact. The pivot is the row that distances are from, or, if it is negative, Krum's score of k neighbours is meant.
 */
#ifndef CERTIGAR_CANDIDATES_H
#define CERTIGAR_CANDIDATES_H

#include "acsl/krum.h"
#include "order/least.h"
#include "select/bounds.h"

/*@ // the numbers of the candidates lie between their bounds; those of a group are equal
  @ predicate KnownNumbers{L}(natural_row *lower, natural_row *upper, size_t *candidates, integer n, integer k, integer pivot) =
  @   \forall integer c, x; 0 <= c < n && IsNumber(x,candidates,n,c,k,pivot) ==> Entry(lower,c) <= x <= Entry(upper,c);
  @ predicate KnownGroups{L}(int *group, size_t *candidates, integer n, integer k, integer pivot) =
  @   \forall integer c, e, x, y; 0 <= c < n && 0 <= e < n && group[c] == group[e] &&
  @     IsNumber(x,candidates,n,c,k,pivot) && IsNumber(y,candidates,n,e,k,pivot) ==> x == y;
  @*/

/* The bounds of the candidates' numbers, and their groups. row_lower, row_upper, order: scratch, of n. */
/*@ requires n: 0 <= n <= ROWS_MAX && pivot < TableRows;
    requires k: pivot < 0 ==> 0 <= k < n;
    requires valid: \valid_read(candidates + (0 .. n-1)) && \valid_read(row_group + (0 .. TableRows-1));
    requires rows: \valid(row_lower + (0 .. n-1)) && \valid(row_upper + (0 .. n-1)) && \valid(order + (0 .. n-1));
    requires bounds: \valid(lower + (0 .. n-1)) && \valid(upper + (0 .. n-1)) && \valid(group + (0 .. n-1));
    requires apart: \separated(row_lower + (0 .. n-1),row_upper + (0 .. n-1),lower + (0 .. n-1),upper + (0 .. n-1));
    requires apart1: \separated(order + (0 .. n-1),group + (0 .. n-1),row_group + (0 .. TableRows-1));
    requires candidates: Candidates(candidates,n);
    requires equal: EqualRows(row_group);
    requires zero: pivot < 0 ==> \forall integer i; 0 <= i < TableRows ==> TableDistance(i,i) == 0;
    terminates \true; exits \false;
    assigns (&row_lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&row_upper[0][0])[0 .. n*NATURAL_DIGITS-1], (&lower[0][0])[0 .. n*NATURAL_DIGITS-1],
      (&upper[0][0])[0 .. n*NATURAL_DIGITS-1], order[0 .. n-1], group[0 .. n-1];
    ensures numbers: KnownNumbers(lower,upper,candidates,n,k,pivot);
    ensures groups: KnownGroups(group,candidates,n,k,pivot); */
KERNEL void bound_candidates(const certigar_distances *distances, const int *row_group, const size_t *candidates, int n, int k, int pivot,
                             natural_row *row_lower, natural_row *row_upper, int *order, natural_row *lower, natural_row *upper, int *group);

/* The m candidates of least number, of equal ones the smaller row first, become chosen, if that is decided: returns whether it is. If not, open
 * are those whose numbers must be known better. */
/*@ requires n: 0 <= n <= ROWS_MAX && 0 <= m <= n;
    requires valid: \valid_read(candidates + (0 .. n-1));
    requires bounds: \valid_read(lower + (0 .. n-1)) && \valid_read(upper + (0 .. n-1)) && \valid_read(group + (0 .. n-1));
    requires order: \valid(order + (0 .. n-1));
    requires chosen: \valid(chosen + (0 .. n-1)) && \valid(open + (0 .. n-1));
    requires apart: \separated(chosen + (0 .. n-1),open + (0 .. n-1)) && \separated(order + (0 .. n-1),group + (0 .. n-1));
    requires candidates: Candidates(candidates,n);
    requires numbers: KnownNumbers(lower,upper,candidates,n,k,pivot);
    requires groups: KnownGroups(group,candidates,n,k,pivot);
    terminates \true; exits \false; assigns order[0 .. n-1], chosen[0 .. n-1], open[0 .. n-1];
    ensures decided: \result == 0 || \result == 1;
    ensures choice: \result == 1 ==> IsChoice(chosen,candidates,n,m,k,pivot);
    ensures open: \result == 0 ==> \exists integer c; 0 <= c < n && open[c] == 1 && Entry(lower,c) < Entry(upper,c);
    ensures groups: KnownGroups(group,candidates,n,k,pivot); */
KERNEL int choose_candidates(const natural_row *lower, const natural_row *upper, const int *group, int n, int m, int *order,
                             unsigned char *chosen, unsigned char *open) /*@ ghost (const size_t *candidates, int k, int pivot) */;

/* Candidate c is one no longer. */
/*@ requires n: 0 <= c < n <= ROWS_MAX;
    requires valid: \valid(candidates + (0 .. n-1));
    requires candidates: Candidates(candidates,n);
    terminates \true; exits \false; assigns candidates[c .. n-1];
    ensures before: \forall integer a; 0 <= a < c ==> candidates[a] == \old(candidates[a]);
    ensures after: \forall integer a; c <= a < n-1 ==> candidates[a] == \old(candidates[a+1]);
    ensures candidates: Candidates(candidates,n-1); */
KERNEL void drop_candidate(size_t *candidates, int n, int c);

#endif
