/* Candidates for the rules over real numbers whose bits are not prescribed (spec/verdicts.md, ROUNDING). */
#ifndef CERTIGAR_REALS_H
#define CERTIGAR_REALS_H

#include "differences.h"
#include "plan.h"

/* What the candidate is to the output of geometric-median, centered-clipping or caf: SAME, ROUNDED or NONE as 0, 1, 2; -1 if there is no memory.
 * After a run of the plan, the last one of a chain, on the matrix. Fills the finding's differences. */
enum { CERTIGAR_REAL_SAME, CERTIGAR_REAL_ROUNDED, CERTIGAR_REAL_OTHER };
int certigar_judge_reals(certigar_plan *plan, const certigar_matrix *matrix, const void *candidate, const void *output, certigar_finding *finding);

#endif
