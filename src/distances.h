/* The squared distances of all pairs of rows of a matrix: intervals first, by one pass over the input, exact ones on demand by further passes. */
#ifndef CERTIGAR_DISTANCES_H
#define CERTIGAR_DISTANCES_H

#include "plan.h"

typedef struct certigar_distances certigar_distances;

size_t certigar_distances_work_bytes(const certigar_plan *plan); /* for each thread, in its request's work */
certigar_distances *certigar_distances_new(const certigar_plan *plan);
void certigar_distances_free(certigar_distances *distances);

/* The pass over plan->input that everything else needs; sets the requests' flags of non-finite rows. */
void certigar_distances_run(certigar_distances *distances, certigar_plan *plan);

/* Whether a row is finite; and the least row that equals it (itself, if it is not finite). */
int certigar_distances_finite(const certigar_distances *distances, size_t row);
const int *certigar_distances_groups(const certigar_distances *distances);

/* The interval of the distance of two rows, a point if it was made exact: 0 if they are equal, infinity for a row that is not finite and any other. */
void certigar_distances_bounds(const certigar_distances *distances, size_t i, size_t j, uint32_t *lower, uint32_t *upper);

/* Makes the distances of the open rows from all others exact, in one pass or a few; rows that equal one of them share its distances.
 * Returns 0 if there is no memory. */
int certigar_distances_refine(certigar_distances *distances, certigar_plan *plan, const unsigned char *open);

/* Pairs of rows whose distance was computed exactly. */
size_t certigar_distances_evaluated(const certigar_distances *distances);

#endif
