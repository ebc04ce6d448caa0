/* The guarantees of rules over distances, judged for somebody else's answer (spec/verdicts.md, BREACH). */
#ifndef CERTIGAR_GUARANTEE_H
#define CERTIGAR_GUARANTEE_H

#include "plan.h"

enum { CERTIGAR_HONEST_SETS = 10000 };

/* Of a plan without pre-aggregations for krum, multi-krum, mda, geometric-median, cge, monna or centered-clipping: whether what the rule guarantees
 * holds for the candidate (d values of the plan's dtype, contiguous, in this processor's byte order), for every set of n-f finite rows that
 * spec/verdicts.md says. 1: it does, or nothing is guaranteed (more than f rows are not finite; monna's pivot is not); 0: it fails for these n-f rows,
 * ascending, in honest (n); -1: no memory. A candidate that is not finite fails. All comparisons are exact. Other rules: 1. */
int certigar_distance_guarantee(certigar_plan *plan, const certigar_matrix *input, const void *candidate, size_t *honest, size_t *honest_count);

#endif
