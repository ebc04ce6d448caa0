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

/*@ // the integer q stands for the finite key k, in units of 2^(scale + DROP) grains
  @ predicate NearKey(integer q, integer k, integer scale) = Up(q,scale+DROP) <= GRAIN*Val(k) <= Up(q+1,scale+DROP);
  @*/

/* The greatest Shift among the finite keys of a tile's row, and at least least. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires least: 0 <= least <= SCALE_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures range: least <= \result <= SCALE_MAX;
    ensures greatest: \forall integer l; 0 <= l < LANES && Finite(keys[l]) ==> Shift(Magnitude(keys[l])) <= \result;
    ensures attained: \result == least || \exists integer l; 0 <= l < LANES && Finite(keys[l]) && Shift(Magnitude(keys[l])) == \result; */
KERNEL int32_t row_scale(const key *restrict keys, int32_t least);

/* q[l] for the keys of a tile's row; a key that is not finite becomes some integer of that range. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires q: \valid(q + (0 .. LANES-1));
    requires apart: \separated(keys + (0 .. LANES-1), q + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires scale: 0 <= scale <= SCALE_MAX;
    requires fits: \forall integer l; 0 <= l < LANES && Finite(keys[l]) ==> Shift(Magnitude(keys[l])) <= scale;
    terminates \true; exits \false; assigns q[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> -QUANTUM_MAX <= q[l] < QUANTUM_MAX;
    ensures near: \forall integer l; 0 <= l < LANES && Finite(keys[l]) ==> NearKey(q[l],keys[l],scale); */
KERNEL void quantise(const key *restrict keys, int32_t scale, int32_t *restrict q);

#endif
