/* A weighted sum of a column, correctly rounded: RN(w_0 x_0 + w_1 x_1 + ...) for weights that are multiples of 2^(-32 (digits-1)).
 *
 * A weight is digits digits of 2^32, the least first; the last one stands before the point. Weights are not negative and add up to 1 at most, so the
 * sum is finite if the values are. Nothing is rounded before the end.
 */
#ifndef CERTIGAR_WEIGHTED_H
#define CERTIGAR_WEIGHTED_H

#include "exact/key.h"

enum { WEIGHT_DIGITS_MAX = 256 };

/* out[l] = RN of the sum over i of weights[i digits .. (i+1) digits - 1] t[i][l]; +0 if the sum is 0. n <= ROWS_MAX finite rows, 2 <= digits. */
KERNEL void weighted_sum(const row *t, int n, const uint32_t *weights, int digits, key *out);

#endif
