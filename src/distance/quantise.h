/* A row in fixed point: what the filter computes with instead of the row.
 *
 * Values are counted in grains, GRAIN to the unit. A row whose greatest Shift in a block is no more than scale becomes integers q with
 *
 *     q 2^(scale + DROP)  <=  GRAIN x  <=  (q + 1) 2^(scale + DROP)        (in units; both ends may be attained)
 *
 * of at most 23 bits and a sign. The same q, floor-divided by 2^k, serves the scale that is k greater. Of the two q that would do for a multiple of
 * 2^(scale + DROP) it is the one nearer to 0 for x >= 0 and the other for x < 0: equal values have equal q.
 *
 * q is kept in halves of 12 bits, q = HALF high + low with 0 <= low < HALF: products of 16 bits are what processors do most of at once.
 */
#ifndef CERTIGAR_QUANTISE_H
#define CERTIGAR_QUANTISE_H

#include "exact/key.h"

#if FORMAT == 64
enum { GRAIN = 1, DROP = 30, SCALE_MAX = SHIFT_MAX };
#else
enum { GRAIN = 4, DROP = 3, SCALE_MAX = SHIFT_MAX };
#endif
enum { QUANTUM_MAX = 8388608, HALF = 4096 }; /* 2^23: -QUANTUM_MAX <= q < QUANTUM_MAX; 2^12 */
enum { BLOCK_TILES = 8, BLOCK = 8 * 64 };   /* coordinates that share a scale */

/*@ // the integer q stands for the finite key k, in units of 2^(scale + DROP) grains; and no other integer does
  @ predicate NearKey(integer q, integer k, integer scale) = Up(q,scale+DROP) <= GRAIN*Val(k) <= Up(q+1,scale+DROP);
  @ predicate IsQuantum(integer q, integer k, integer scale) =
  @      (0 <= Val(k) ==> Up(q,scale+DROP) <= GRAIN*Val(k) < Up(q+1,scale+DROP))
  @   && (Val(k) < 0 ==> Up(q,scale+DROP) < GRAIN*Val(k) <= Up(q+1,scale+DROP));
  @
  @ // the scale of a block's row: the least that fits its finite keys, and at least least
  @ predicate Fits{L}(key *keys, integer scale) =
  @   \forall integer l; 0 <= l < BLOCK && Finite(keys[l]) ==> Shift(Magnitude(keys[l])) <= scale;
  @ predicate Attained{L}(key *keys, integer scale, integer least) =
  @   scale == least || \exists integer l; 0 <= l < BLOCK && Finite(keys[l]) && Shift(Magnitude(keys[l])) == scale;
  @
  @ // the row in fixed point: an integer has a high half at l and a low one at BLOCK + l
  @ logic integer Quantum{L}(int16_t *q, integer l) = HALF*q[l] + q[BLOCK+l];
  @ predicate QuantumRange{L}(int16_t *q) =
  @   \forall integer l; 0 <= l < BLOCK ==> -QUANTUM_MAX <= HALF*q[l] < QUANTUM_MAX && 0 <= q[BLOCK+l] < HALF;
  @ predicate Quantised{L}(int16_t *q, key *keys, integer scale) =
  @   \forall integer l; 0 <= l < BLOCK && Finite(keys[l]) ==> IsQuantum(Quantum(q,l),keys[l],scale);
  @*/

/* The greatest Shift among the finite keys of a block's row, and at least least. */
/*@ requires keys: \valid_read(keys + (0 .. BLOCK-1));
    requires k: \forall integer l; 0 <= l < BLOCK ==> IsKey(keys[l]);
    requires least: 0 <= least <= SCALE_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures range: least <= \result <= SCALE_MAX;
    ensures greatest: Fits(keys,\result);
    ensures attained: Attained(keys,\result,least); */
KERNEL int32_t row_scale(const key *restrict keys, int32_t least);

/* q for the keys of a block's row; a key that is not finite becomes some integer of that range. */
/*@ requires keys: \valid_read(keys + (0 .. BLOCK-1));
    requires q: \valid(q + (0 .. 2*BLOCK-1));
    requires apart: \separated(keys + (0 .. BLOCK-1), q + (0 .. 2*BLOCK-1));
    requires k: \forall integer l; 0 <= l < BLOCK ==> IsKey(keys[l]);
    requires scale: 0 <= scale <= SCALE_MAX;
    requires fits: Fits(keys,scale);
    terminates \true; exits \false; assigns q[0 .. 2*BLOCK-1];
    ensures range: QuantumRange(q);
    ensures near: Quantised{Post}(q,keys,scale); */
KERNEL void quantise(const key *restrict keys, int32_t scale, int16_t *restrict q);

#endif
