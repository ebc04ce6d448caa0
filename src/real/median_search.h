/* The search for the geometric median: from the best row to a point within the tolerance. Nothing depends on it but how soon it ends. */
#ifndef CERTIGAR_MEDIAN_SEARCH_H
#define CERTIGAR_MEDIAN_SEARCH_H

#include "median_point.h"

/* Looks at rows and points until one is within the tolerance; goal: the tolerance is about 2^-goal. It also ends, with the best point that was found,
 * when nothing more is gained with the bits at hand, after so many iterations as it cannot need, and when the run is stopped; and where distances are
 * not exact, as soon as Weiszfeld's steps are not quick. Returns 0 if there is no memory. */
int certigar_median_search(certigar_median *median, certigar_plan *plan, mp_bitcnt_t goal, size_t *iterations);

/* The row with the least sum of distances, about. */
size_t certigar_median_best_row(certigar_median *median);

#endif
