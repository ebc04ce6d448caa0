/* A weighted sum of a column, correctly rounded: RN(w_0 x_0 + w_1 x_1 + ...) for weights that are multiples of 2^(-32 (digits-1)).
 *
 * A weight is digits digits of 2^32, the least first; the last one stands before the point. Weights are not negative and add up to 1 at most, so the
 * sum is finite if the values are. Nothing is rounded before the end.
 *
 * Nearly always a window decides. A weight is cut to its leading bits, w = (v + delta) 2^e with 0 <= delta < 1, v of WEIGHT_BITS bits and the
 * highest one 1. With x = +-m 2^Shift(x) and E the greatest e + Shift(x) in the lane, over the rows with a weight, a term
 * w x = +-m (v + delta) 2^(e + Shift(x)) is cut to
 *
 *     +-floor(p / 2^s) U,     p = m v / 2^DROPPED, cut in parts;     U = 2^(E + DROPPED + r),     s = E + r - e - Shift(x) >= 0,
 *
 * r being what sums of more than WEIGHT_ROWS rows need not to overflow. p is the sum of the products of the 32-bit digits of m and v that reach
 * above the point, at most three of which are cut there: each loses less than 1, and so does leaving out m delta / 2^DROPPED, as m < 2^DROPPED.
 * So with s = 0 a term loses less than 4 units U; with s > 0 less than 4/2, and the floor less than 1. The exact sum of n terms is less than 4 n
 * units from the sum of the cut ones. Both ends of that interval are rounded, and what they agree on is the result, as RN is monotone (for FORMAT 32 in
 * all lanes at once first, where place and sum allow it: window_quotients). Where they do not agree, or the interval holds 0, exact limbs decide.
 *
 * A far row of a small weight takes no digits away: what counts is the product. A lane that cancels costs no other lane anything.
 */
#ifndef CERTIGAR_WEIGHTED_H
#define CERTIGAR_WEIGHTED_H

#include "exact/key.h"

enum { WEIGHT_DIGITS_MAX = 256 };

/* The cut sum has a high part, and (FORMAT 64) 32 bits below it; terms of WEIGHT_ROWS rows leave the high part below 2^62,
 * and below the 2^60 of window_sums.h for FORMAT 32. */
#if FORMAT == 64
enum { WEIGHT_BITS = 96, DROPPED = 64, WEIGHT_ROWS = 256 };
#elif FORMAT == 32
enum { WEIGHT_BITS = 64, DROPPED = 32, WEIGHT_ROWS = 16 };
#else
enum { WEIGHT_BITS = 64, DROPPED = 32, WEIGHT_ROWS = 64 };
#endif

/* out[l] = RN of the sum over i of weights[i digits .. (i+1) digits - 1] t[i][l]; +0 if the sum is 0. n <= ROWS_MAX finite rows, 2 <= digits. */
KERNEL void weighted_sum(const row *t, int n, const uint32_t *weights, int digits, key *out);

#endif
