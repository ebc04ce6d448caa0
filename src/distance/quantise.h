/* A row in fixed point: what the filter computes with instead of the row.
 *
 * Values are counted in grains, GRAIN to the unit. A row whose greatest Shift in a block is no more than scale becomes integers q with
 *
 *     q 2^(scale + DROP)  <=  GRAIN x  <=  (q + 1) 2^(scale + DROP)        (in units; both ends may be attained)
 *
 * of at most 26 bits and a sign. The same q, floor-divided by 2^k, serves the scale that is k greater.
 */
#ifndef CERTIGAR_QUANTISE_H
#define CERTIGAR_QUANTISE_H

#include "exact/key.h"

#if FORMAT == 64
enum { GRAIN = 1, DROP = 27, SCALE_MAX = SHIFT_MAX };
#else
enum { GRAIN = 4, DROP = 0, SCALE_MAX = SHIFT_MAX };
#endif
enum { QUANTUM_MAX = 67108864 };   /* 2^26: -QUANTUM_MAX <= q < QUANTUM_MAX */

/* The greatest Shift among the finite keys of a tile's row, and at least least. */
KERNEL int32_t row_scale(const key *restrict keys, int32_t least);

/* q[l] for the keys of a tile's row; a key that is not finite becomes some integer of that range. */
KERNEL void quantise(const key *restrict keys, int32_t scale, int32_t *restrict q);

#endif
