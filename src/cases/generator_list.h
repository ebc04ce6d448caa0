/* The generators: CASE_GENERATORS(X) is X(function, name, comment) for each, in the order of the table. A function fills a matrix, or returns 0 if it
 * has no such shape; an order of rows is the caller's (generators.c). */
#ifndef CERTIGAR_CASES_GENERATOR_LIST_H
#define CERTIGAR_CASES_GENERATOR_LIST_H

#include "cases/matrix.h"

#define CASE_GENERATORS(X) \
  /* generators_plain.c */ \
  X(gradients, "gradients", "the everyday case: noise around a common gradient") \
  X(integers, "integers", "exact ties among small integers, and means that are exact or not by their count alone") \
  X(decimals, "decimals", "tenths, which no binary format has: every sum rounds, in an order of its own") \
  X(offset_1, "offset-1", "cancellation: a common offset of 1, differences of 1e-4: distances by a Gram matrix are off") \
  X(offset_1e3, "offset-1e3", "cancellation: a common offset of 1e3, differences of 1e-6, or of a few ULPs") \
  X(offset_1e6, "offset-1e6", "cancellation: a common offset of 1e6, differences of 1e-8, or of a few ULPs") \
  X(spread, "spread", "all finite exponents: sums that no machine word holds, squares that overflow and underflow") \
  X(colluders, "colluders", "f identical rows, opposite to the honest gradient: they vouch for each other") \
  X(close_colluders, "close-colluders", "f identical rows half a deviation from the honest mean: a lie that looks honest") \
  X(clusters, "clusters", "f attackers as tight as the honest rows are, a few deviations off") \
  /* generators_scale.c */ \
  X(largest_rows, "largest-rows", "f rows at the largest finite number: differences and squares overflow") \
  X(largest, "largest", "all rows near the largest finite number: a sum that overflows, a mean that does not") \
  X(largest_opposed, "largest-opposed", "rows near the largest finite number, of either sign: even a difference overflows") \
  X(scaled_up, "scaled-up", "f rows times 2^33, about 1e10, that swallow the bits of the others") \
  X(scaled_down, "scaled-down", "f rows times 2^-100, about 1e-30: their squares underflow") \
  X(subnormal_rows, "subnormal-rows", "f rows of subnormal numbers: flushed to zero they are rows of zeros") \
  X(subnormals, "subnormals", "subnormal numbers only: flush to zero, halves of the least unit, squares that are all 0") \
  X(units_beside_ones, "units-beside-ones", "ones in one column, a few units in the others: what decides is lost beside the ones") \
  /* generators_nonfinite.c */ \
  X(nan_row, "nan-row", "one row of NaN: argmin takes a NaN for the least") \
  X(nan_rows, "nan-rows", "f rows of NaN, as many as the rule must bear") \
  X(nan_coordinate, "nan-coordinate", "a NaN in one coordinate of one row: the row is not finite, its other coordinates are numbers") \
  X(nan_payloads, "nan-payloads", "f rows of quiet and signalling NaN of both signs with payloads: ordered by their bits, or copied") \
  X(inf_rows, "inf-rows", "f rows of +infinity: infinity less infinity is a NaN") \
  X(minus_inf_rows, "minus-inf-rows", "f rows of -infinity") \
  X(both_infs, "both-infs", "f rows of infinities of both signs: their sum is a NaN") \
  X(inf_coordinate, "inf-coordinate", "one infinity: a weight of 0 times it is a NaN") \
  X(beyond_f, "beyond-f", "f + 1 rows that are not finite: nothing is guaranteed, and yet the result is defined") \
  X(all_nan, "all-nan", "no finite row at all") \
  /* generators_ties.c */ \
  X(all_equal, "all-equal", "all rows equal: every distance is 0, every choice a tie, and k equal values have a mean which is that value") \
  X(zeros, "zeros", "-0 and +0 only: equal as numbers, different as bits") \
  X(counting, "counting", "the numbers 0 to n-1: scores tie, and which row is taken depends on the order") \
  X(symmetric, "symmetric", "rows in pairs beside and opposite the middle: ties of scores and of distances to the median") \
  X(median_ties, "median-ties", "in each column pairs of values equally far from the median") \
  X(far_middles, "far-middles", "two middle values far from each other: the lower, the upper and the midpoint median differ") \
  X(heaps, "heaps", "two heaps of equal rows: distances of 0, and a tie within each heap") \
  X(duplicates, "duplicates", "each row is there twice: a row found by its value, or by a distance of 0, is another one") \
  X(one_ulp, "one-ulp", "rows equal but for one ULP in one coordinate") \
  X(near_ties, "near-ties", "a tie of scores but for one ULP of one coordinate: rounded scores are equal, or the wrong way round") \
  X(consecutive, "consecutive", "neighbouring numbers: a median between two of them is not a number of the format") \
  /* generators_sums.c */ \
  X(subtraction, "subtraction", "1, 1.1, 0.9, 1 and 1e9: a trimmed mean by subtraction from the sum of all") \
  X(opposites, "opposites", "x and -x: a sum that cancels to nothing, or to a term far below") \
  X(midpoints, "midpoints", "means exactly between two neighbours, which go to the even one") \
  /* generators_decisions.c: searched so that the wrong decision shows */ \
  X(fourth_powers, "fourth-powers", "fourth powers of distances in place of squares have another least score") \
  X(plain_distances, "plain-distances", "distances in place of their squares have another least score") \
  X(one_neighbour_more, "one-neighbour-more", "n-f-1 neighbours in place of n-f-2 have another least score") \
  X(one_shot, "one-shot", "the n-2f rows of least score at once are not those of n-2f rounds of Krum") \
  X(mixed_in, "mixed-in", "7 rows of which an averaged round mixes the Byzantine one in (spec/rules.md, multi-bulyan)") \
  X(slow_filter, "slow-filter", "5 rows on which a filter that looks at rows without weight need not end (spec/rules.md, errata of caf)")

#define CASE_DECLARE(function, name, comment) int case_fill_##function(generate_matrix *m);
CASE_GENERATORS(CASE_DECLARE)
#undef CASE_DECLARE

#endif
