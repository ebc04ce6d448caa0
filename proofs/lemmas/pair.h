/* Lemma functions about blocks of two rows: equal values have equal keys, scales and quanta. */
#ifndef LEMMAS_PAIR_H
#define LEMMAS_PAIR_H

#include "distance/pair.h"

/*@ logic integer PlusZero(integer k) = k == -1 ? 0 : k;
  @ predicate SameWhenEqual(integer a, integer b) = Finite(a) && Finite(b) ==> (PlusZero(a) == PlusZero(b) <==> Val(a) == Val(b));
  @*/

/*@ ghost
  /@ requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
     terminates \true; exits \false; assigns \nothing;
     ensures same: \forall integer l; 0 <= l < BLOCK ==> SameWhenEqual(x[l],y[l]); @/
  void lemma_plus_zeros(const key *x, const key *y);
*/

/* Equal rows have the same scale. */
/*@ ghost
  /@ requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
     terminates \true; exits \false; assigns \nothing;
     ensures same: FiniteBlock(x) && FiniteBlock(y) && SameValues(x,y) && OwnScale(x,p_scale,least) && OwnScale(y,q_scale,least)
       ==> p_scale == q_scale; @/
  void lemma_same_scale(const key *x, const key *y, int p_scale, int q_scale, int least);
*/

/* Equal rows in fixed point do not differ. */
/*@ ghost
  /@ requires rows: \valid_read(p + (0 .. 2*BLOCK-1)) && \valid_read(q + (0 .. 2*BLOCK-1));
     requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
     requires scale: 0 <= scale <= SCALE_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures zero: Stands(p,x,scale) && Stands(q,y,scale) && SameValues(x,y) ==> BlockSquare(p,q,0,BLOCK) == 0; @/
  void lemma_equal_blocks(const int16_t *p, const int16_t *q, const key *x, const key *y, int scale);
*/

/* What lemma_block says of rows in fixed point, whichever has the greater scale. */
/*@ ghost
  /@ requires rows: \valid_read(p + (0 .. 2*BLOCK-1)) && \valid_read(q + (0 .. 2*BLOCK-1));
     requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
     requires scales: 0 <= p_scale <= SCALE_MAX && 0 <= q_scale <= SCALE_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures down: Stands(p,x,p_scale) && Stands(q,y,q_scale) && q_scale <= p_scale ==>
       Encloses(BlockSquare(p,q,p_scale-q_scale,BLOCK),BLOCK,2*(p_scale+DROP),BlockDistance(x,y,BLOCK));
     ensures up: Stands(p,x,p_scale) && Stands(q,y,q_scale) && p_scale < q_scale ==>
       Encloses(BlockSquare(q,p,q_scale-p_scale,BLOCK),BLOCK,2*(q_scale+DROP),BlockDistance(x,y,BLOCK)); @/
  void lemma_pair_block(const int16_t *p, const int16_t *q, const key *x, const key *y, int p_scale, int q_scale);
*/

#endif
