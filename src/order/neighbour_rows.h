/* The rows that nnm makes one row's mean of: it and the n-f-1 nearest to it (Allouah et al. 2023; spec/rules.md, section 8). */
#ifndef CERTIGAR_NEIGHBOUR_ROWS_H
#define CERTIGAR_NEIGHBOUR_ROWS_H

#include "select/choose_nearest.h"

enum { NEIGHBOUR_ROWS_MAX = 16777216 };

/* rows[0 .. n-f-1]: the rows nearest to row i, ascending, and row i last. Returns 1; or 0, and no row is written, if the choice was not decided:
 * the run is stopped, there is no memory, or exact distances are put off. candidates and chosen are the selection's own, and scratch. */
/*@ requires n: 1 <= n <= NEIGHBOUR_ROWS_MAX && 0 <= f < n && 0 <= i < n && n == TableRows;
    requires candidates: \valid(candidates + (0 .. n-1));
    requires chosen: \valid(chosen + (0 .. n-1));
    requires rows: \valid(rows + (0 .. n-f-1));
    requires apart: \separated(candidates + (0 .. n-1),rows + (0 .. n-f-1));
    terminates \true; exits \false; assigns candidates[0 .. n-1], chosen[0 .. n-1], rows[0 .. n-f-1];
    ensures done: \result == 0 || \result == 1;
    ensures neighbours: \result == 1 ==> AreNeighbours(rows,n-f,n,i);
    ensures ascending: \result == 1 ==> \forall integer a, b; 0 <= a < b < n-f-1 ==> rows[a] < rows[b];
    ensures last: \result == 1 ==> rows[n-f-1] == i;
    ensures nothing: \result == 0 ==> \forall integer a; 0 <= a < n-f ==> rows[a] == \old(rows[a]); */
int certigar_neighbour_rows(certigar_selection *selection, certigar_plan *plan, int n, int f, int i, size_t *candidates, unsigned char *chosen,
                            size_t *rows);

#endif
