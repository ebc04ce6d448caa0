/* A block of two rows, added to their pair: to the sums of its distance, and to whether the rows are equal so far.
 *
 * Equal rows are known without exact sums. In fixed point they are equal too, so only of blocks of which the filter sees no difference are the keys
 * compared (pair_compare), by the caller, who has to read them again for that.
 */
#ifndef CERTIGAR_PAIR_H
#define CERTIGAR_PAIR_H

#include "distance/filter.h"

/*@ predicate FiniteBlock{L}(key *x) = \forall integer l; 0 <= l < BLOCK ==> Finite(x[l]);
  @ predicate SameValues{L}(key *x, key *y) = \forall integer l; 0 <= l < BLOCK ==> Val(x[l]) == Val(y[l]);
  @
  @ // p is the row x in fixed point; and its scale is that of row_scale
  @ predicate Stands{L}(int16_t *p, key *x, integer scale) = FiniteBlock(x) && Quantised(p,x,scale);
  @ predicate OwnScale{L}(key *x, integer scale, integer least) = least <= scale && Fits(x,scale) && Attained(x,scale,least);
  @*/

/* Adds a block to the pair of the rows x and y, of which p and q are the quanta. The block's rows may be equal only if same is left as it was. */
/*@ requires sum: \valid(sum) && IsPair(sum);
    requires rows: \valid_read(p + (0 .. 2*BLOCK-1)) && \valid_read(q + (0 .. 2*BLOCK-1));
    requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
    requires range: QuantumRange(p) && QuantumRange(q);
    requires scales: 0 <= p_scale <= SCALE_MAX && 0 <= q_scale <= SCALE_MAX;
    terminates \true; exits \false; assigns *sum;
    ensures pair: IsPair(sum);
    ensures sum: \old(Stands(p,x,p_scale) && Stands(q,y,q_scale)) ==>
      \forall integer S; PairEncloses{Pre}(sum,S) ==> PairEncloses{Post}(sum,S + \old(BlockDistance(x,y,BLOCK)));
    ensures same: sum->same == 0 || sum->same == \old(sum->same);
    ensures equal: \old(Stands(p,x,p_scale) && Stands(q,y,q_scale) && OwnScale(x,p_scale,least) && OwnScale(y,q_scale,least) && SameValues(x,y))
      ==> sum->same == \old(sum->same); */
KERNEL void pair_add_block(certigar_pair_sum *sum, const int16_t *restrict p, int32_t p_scale, const int16_t *restrict q, int32_t q_scale)
    /*@ ghost (const key *x, const key *y, int least) */;

/* The rows are the same no longer if these blocks of theirs differ. */
/*@ requires sum: \valid(sum);
    requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
    terminates \true; exits \false; assigns sum->same;
    ensures same: \old(FiniteBlock(x) && FiniteBlock(y)) ==> (sum->same != 0 <==> \old(sum->same) != 0 && \old(SameValues(x,y)));
    ensures sum: \forall integer S; PairEncloses{Pre}(sum,S) ==> PairEncloses{Post}(sum,S); */
KERNEL void pair_compare(certigar_pair_sum *sum, const key *restrict x, const key *restrict y);

#endif
