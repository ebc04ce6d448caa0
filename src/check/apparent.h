/* What a candidate is made of (spec/verdicts.md, last section). */
#ifndef CERTIGAR_APPARENT_H
#define CERTIGAR_APPARENT_H

#include "certigar.h"

/* Looks for k rows, ascending, of whose mean the candidate (d values of the dtype, contiguous, in this processor's byte order) is within the bound of
 * rounding in every column (rounding.h). Returns 1 if they were found, 0 if not, -1 if there is no memory. Where several sets would do (equal rows, few
 * columns) it is one of them: of equal rows the first ones; of rows that the mean cannot tell apart the first set that was found.
 * 0 is a proof that there is none only if k is 1, or the finite rows have at most CERTIGAR_APPARENT_SETS sets of k rows. */
enum { CERTIGAR_APPARENT_SETS = 1000000 };
int certigar_apparent_selection(certigar_dtype dtype, const certigar_matrix *input, const void *candidate, size_t k, size_t *rows);

#endif
