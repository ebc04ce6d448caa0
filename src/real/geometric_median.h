/* How good a row is as a geometric median, after a run. */
#ifndef CERTIGAR_GEOMETRIC_MEDIAN_H
#define CERTIGAR_GEOMETRIC_MEDIAN_H

#include "select/selection.h"

/* Of a row of d values of the plan's dtype, aligned, in this processor's byte order: the sum of its distances to the finite rows of plan->input,
 * and by how much it exceeds the least such sum at most; both infinite if the row is not finite. Where the row is within the tolerance
 * the interval may be as wide as that, or as 2^-61 of the sum. One pass over the input, or a few. Nothing is known if plan->stop is set before its
 * end. */
void certigar_geometric_median_judge(certigar_selection *s, certigar_plan *plan, const void *row, certigar_interval *objective, certigar_bound *gap);

/* Makes what is known of the least sum as close as exact distances make it, for rows that are judged after that. Returns 0 if there is no memory, or
 * the run was stopped. */
int certigar_geometric_median_sharpen(certigar_selection *s, certigar_plan *plan);

/* Of the row judged last: the tolerance times the sum of its ceil(m/2) least distances to the m finite rows, rounded down. Returns 0 if there is no
 * memory. */
int certigar_geometric_median_share(const certigar_selection *s, const certigar_plan *plan, certigar_bound *share);

#endif
