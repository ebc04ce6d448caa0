/* Guarantees that hold column by column (spec/verdicts.md, BREACH): of a rule without pre-aggregations, b <= f of whose n rows are not finite.
 *
 * x_(0) <= ... <= x_(n-b-1) are the values of the finite rows. For every set H of n-f of them,
 *
 *     min_H <= y <= max_H                              if and only if  x_(f-b) <= y <= x_(n-f-1)                      median, trimmed-mean
 *     |y - M| <= max_H - min_H + ULP(y)/2              against the least x_(i+n-f-1) - x_(i)                          meamed
 *     2 min_H - max_H - ULP(y)/2 <= y <= 2 max_H - min_H + ULP(y)/2
 *                                                      against the greatest 2 x_(i) - x_(i+n-f-1), and the least
 *                                                      2 x_(i+n-f-1) - x_(i)                                          bulyan, multi-bulyan in one pass
 *
 * since of the sets with x_(i) for their least value the one with the least greatest value is x_(i), ..., x_(i+n-f-1).
 */
#ifndef CERTIGAR_BREACH_H
#define CERTIGAR_BREACH_H

#include "column.h"

/* Whether y, finite, breaks the guarantee in column lane of those loaded, all rows of the matrix. is_finite: of each row. */
int certigar_column_breaks(certigar_column *column, const certigar_plan *plan, size_t lane, const unsigned char *is_finite, uint64_t y);

/* Whether the rule has such a guarantee, with b rows that are not finite. */
int certigar_guards_columns(const certigar_plan *plan, size_t b);

#endif
