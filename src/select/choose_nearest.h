/* The choice of the candidates nearest to a row, as those who are the same for all formats ask for it (order/neighbour_rows.h): what they take on
 * trust of choose.c.
 */
#ifndef CERTIGAR_CHOOSE_NEAREST_H
#define CERTIGAR_CHOOSE_NEAREST_H

#include "acsl/neighbour_rows.h"

typedef struct certigar_selection certigar_selection;
typedef struct certigar_plan certigar_plan;

/* The m of the n candidates that are nearest to row i become chosen, of equal ones the smaller row first, and the certificate is told of the choice:
 * choose_rows (rules/choose_rows.h) of the format, of which theorem_nearest (lemmas/neighbour_rows.h) says that it is this. Returns 0, and nothing is
 * chosen, if no more distances can become exact. candidates and chosen are the selection's own. */
/*@ requires n: 1 <= n && 0 <= m <= n && i < TableRows;
    requires valid: \valid_read(candidates + (0 .. n-1)) && \valid(chosen + (0 .. n-1));
    requires candidates: Candidates(candidates,n);
    terminates \true; exits \false; assigns chosen[0 .. n-1];
    ensures done: \result == 0 || \result == 1;
    ensures nearest: \result == 1 ==> AreNearest(chosen,candidates,n,m,i); */
int certigar_choose_nearest(certigar_selection *selection, certigar_plan *plan, const size_t *candidates, int n, int m, size_t i,
                            unsigned char *chosen);

#endif
