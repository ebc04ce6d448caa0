/* The mean of some rows of a tile, of which others have most terms in common: nearest neighbour mixing, the rounds of Multi-Bulyan.
 *
 * The rows are those of a list, or all but those. The shared window (exact/shared.h) decides nearly every mean; where it leaves a lane open, or
 * a value of the tile is not finite, the rows are gathered and averaged.
 */
#ifndef CERTIGAR_MIX_H
#define CERTIGAR_MIX_H

#include "exact/shared.h"
#include "rules/rules.h"

/* Copies the rows of the list, or all n but those of the list, which then ascends; returns how many. */
KERNEL int gather_rows(const row *t, int n, const size_t *list, int length, int left_out, row *some);

/* The mean of those rows, once share_window has made the terms. Returns the number of lanes that took the wide accumulator. */
KERNEL int mean_of_listed(const row *t, int n, const key *top, const int32_t *exponent, const int32_t *cut, const term_row *terms,
                          const int64_t *total, const size_t *list, int length, int left_out, row *some, key *out);

#endif
