/* Squared distances of the rows of a matrix: intervals first, by one pass over the input, exact ones on demand by further passes.
 *
 * Of all pairs of rows, or of all rows from a centre: a row, or the zero row. With an extra row, plan->extra at the time of a run, row n is that one.
 */
#ifndef CERTIGAR_DISTANCES_H
#define CERTIGAR_DISTANCES_H

#include "plan.h"
#include "select/bounds.h"

size_t certigar_distances_work_bytes(const certigar_plan *plan, int centre); /* for each thread, in its request's work */
certigar_distances *certigar_distances_new(const certigar_plan *plan, int centre, int extra); /* centre: as in certigar_filter_request */
void certigar_distances_free(certigar_distances *distances);

/* The pass over plan->input that everything else needs; sets the requests' flags of non-finite rows. */
void certigar_distances_run(certigar_distances *distances, certigar_plan *plan);

/* The least row that is equal to each row as far as that is known: itself, if it is not finite. */
const int *certigar_distances_groups(const certigar_distances *distances);

void certigar_distances_forget_wants(certigar_distances *distances);

/* While exact distances are put off, a choice that asks for some gets none, and is not made: so that several choices ask before the pass that
 * certigar_distances_refine makes for all of them. */
void certigar_distances_put_off(certigar_distances *distances, int put_off);
int certigar_distances_are_put_off(const certigar_distances *distances);

/* Makes exact what was asked for, in one pass or a few. Returns 0 if there is no memory. */
int certigar_distances_refine(certigar_distances *distances, certigar_plan *plan);

int certigar_distances_finite(const certigar_distances *distances, size_t i);

/* How many distances were computed exactly. */
size_t certigar_distances_evaluated(const certigar_distances *distances);

#endif
