/* Which m of n rows come first, by scores of which bounds are known; equal ones by row.
 *
 * The bounds go in as ranks: any integers in the order that the scores' ends have, so that the first row is the one with the least. Let A be the m-th
 * least of the upper ends and B the one after the m least of the lower ends. The m rows of least upper end are chosen, and A is the greatest of
 * these. If all others begin after A nothing is open; else what meets [B, A] must be known exactly. Then a row that is left out ends at A or after
 * it, so it is exact or begins after A; and in the order of the upper ends those chosen come first.
 */
#ifndef CERTIGAR_PLACES_H
#define CERTIGAR_PLACES_H

#include <stdint.h>

enum { PLACES_ROWS_MAX = 16777216 };

/* Scores, in units of ranks. Nothing is said of them, no axiom: what holds of every s holds of all scores. */
/*@ axiomatic ScoreLists {
      type score_list;
      logic real Score(score_list s, integer i);
    }
  @
  @ predicate ScoresWithin{L}(score_list s, int64_t *lower, int64_t *upper, integer n) =
  @   \forall integer i; 0 <= i < n ==> lower[i] <= Score(s,i) <= upper[i];
  @ predicate ScoreLess(score_list s, integer i, integer j) = Score(s,i) < Score(s,j);
  @ predicate ScoreBefore(score_list s, integer i, integer j) = Score(s,i) < Score(s,j) || (Score(s,i) == Score(s,j) && i < j);
  @
  @ predicate Precedes{L}(int64_t *rank, integer i, integer j) = rank[i] < rank[j] || (rank[i] == rank[j] && i < j);
  @ predicate InOrder{L}(int64_t *rank, int *order, integer n) =
  @   \forall integer a, b; 0 <= a < b < n ==> Precedes(rank,order[a],order[b]);
  @ predicate Inverse{L}(int *order, int *place, integer n) =              // order names every row once, row i at place[i]
  @   \forall integer a; 0 <= a < n ==> 0 <= order[a] < n && 0 <= place[a] < n && place[order[a]] == a && order[place[a]] == a;
  @ logic integer Picked{L}(unsigned char *selected, integer n) = n <= 0 ? 0 : Picked(selected,n-1) + (selected[n-1] != 0 ? 1 : 0);
  @*/

/* selected[i] becomes 1 or 0; order becomes the order of the upper ends, equal ones by row. Returns 1 if the bounds decide; else 0, and open[i]
 * becomes 1 where the score must be known exactly. place: scratch. */
/*@ requires n: 1 <= m <= n <= PLACES_ROWS_MAX;
    requires lower: \valid_read(lower + (0 .. n-1));
    requires upper: \valid_read(upper + (0 .. n-1));
    requires order: \valid(order + (0 .. n-1));
    requires place: \valid(place + (0 .. n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires open: \valid(open + (0 .. n-1));
    requires apart: \separated(order + (0 .. n-1),place + (0 .. n-1)) && \separated(selected + (0 .. n-1),open + (0 .. n-1));
    requires bounds: \forall integer i; 0 <= i < n ==> lower[i] <= upper[i];
    terminates \true; exits \false; assigns order[0 .. n-1], place[0 .. n-1], selected[0 .. n-1], open[0 .. n-1];
    ensures flags: \forall integer i; 0 <= i < n ==> (selected[i] == 0 || selected[i] == 1) && (open[i] == 0 || open[i] == 1);
    ensures count: Picked(selected,n) == m;
    ensures decided: \result == 0 || \result == 1;
    ensures first: \result == 1 ==> \forall score_list s, integer i, j; ScoresWithin(s,lower,upper,n) && 0 <= i < n && 0 <= j < n
      && selected[i] == 1 && selected[j] == 0 ==> ScoreBefore(s,i,j);
    ensures closed: \result == 1 ==> \forall integer i; 0 <= i < n ==> open[i] == 0;
    ensures open: \result == 0 ==> \exists integer i; 0 <= i < n && open[i] == 1 && lower[i] < upper[i];
    ensures order: InOrder(upper,order,n) && \forall integer a; 0 <= a < n ==> 0 <= order[a] < n && (selected[order[a]] == 1 <==> a < m);
    ensures tie: \result == 1 && m < n && upper[order[m-1]] == upper[order[m]] ==> \forall score_list s; ScoresWithin(s,lower,upper,n)
      ==> Score(s,order[m-1]) == Score(s,order[m]);
    ensures no_tie: \result == 1 && m < n && upper[order[m-1]] != upper[order[m]] ==> \forall score_list s, integer i, j;
      ScoresWithin(s,lower,upper,n) && 0 <= i < n && 0 <= j < n && selected[i] == 1 && selected[j] == 0 ==> ScoreLess(s,i,j); */
int certigar_choose_places(const int64_t *lower, const int64_t *upper, int n, int m, int *order, int *place, unsigned char *selected,
                           unsigned char *open);

#endif
