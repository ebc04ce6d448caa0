/* A block of two rows, added to their pair: see pair.h. */
#include "distance/pair.h"
#include "lemmas/filter.h"
#include "lemmas/pair.h"

/* The sum of d^2 over a block, in units of the greater scale. */
/*@ requires rows: \valid_read(p + (0 .. 2*BLOCK-1)) && \valid_read(q + (0 .. 2*BLOCK-1));
    requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
    requires range: QuantumRange(p) && QuantumRange(q);
    requires scales: 0 <= p_scale <= SCALE_MAX && 0 <= q_scale <= SCALE_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures small: \result < BLOCK_SQUARE_MAX;
    ensures encloses: Stands(p,x,p_scale) && Stands(q,y,q_scale) ==>
      Encloses(\result,BLOCK,2*(\max(p_scale,q_scale)+DROP),BlockDistance(x,y,BLOCK));
    ensures equal: Stands(p,x,p_scale) && Stands(q,y,q_scale) && p_scale == q_scale && SameValues(x,y) ==> \result == 0; */
KERNEL uint64_t square_of_rows(const int16_t *restrict p, int32_t p_scale, const int16_t *restrict q, int32_t q_scale)
    /*@ ghost (const key *x, const key *y) */
{
  int32_t shift = p_scale - q_scale;
  //@ ghost lemma_pair_block(p, q, x, y, p_scale, q_scale);
  //@ ghost lemma_equal_blocks(p, q, x, y, p_scale);
  return shift >= 0 ? block_square(p, q, shift) : block_square(q, p, -shift);
}

KERNEL void pair_add_block(certigar_pair_sum *sum, const int16_t *restrict p, int32_t p_scale, const int16_t *restrict q, int32_t q_scale)
    /*@ ghost (const key *x, const key *y, int least) */
{
  uint64_t square = square_of_rows(p, p_scale, q, q_scale) /*@ ghost (x, y) */;
  int32_t scale = p_scale > q_scale ? p_scale : q_scale;
  //@ ghost lemma_same_scale(x, y, p_scale, q_scale, least);
  if (square > 0 || p_scale != q_scale) sum->same = 0;
  /*@ assert block: \at(Stands(p,x,p_scale) && Stands(q,y,q_scale),Pre)
        ==> Encloses(square,BLOCK,2*(scale+DROP),\at(BlockDistance(x,y,BLOCK),Pre)); */
  //@ assert before: \forall integer S; PairEncloses{Pre}(sum,S) ==> PairEncloses(sum,S);
  pair_add(sum, square, BLOCK, 2 * (scale + DROP));
}

/* The key, or +0 for -0: equal numbers have equal ones. */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures zero: \result == PlusZero(k); */
KERNEL key plus_zero(key k)
{
  return k == -1 ? 0 : k;
}

/* In how many lanes two rows of a block differ. */
/*@ requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
    terminates \true; exits \false; assigns \nothing;
    ensures most: 0 <= \result <= BLOCK;
    ensures differ: FiniteBlock(x) && FiniteBlock(y) ==> (\result == 0 <==> SameValues(x,y)); */
KERNEL key count_different(const key *restrict x, const key *restrict y)
{
  key differ = 0;
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant most: 0 <= differ <= l;
      loop invariant differ: differ == 0 <==> \forall integer j; 0 <= j < l ==> PlusZero(x[j]) == PlusZero(y[j]);
      loop assigns l, differ;
      loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) differ += plus_zero(x[l]) == plus_zero(y[l]) ? 0 : 1;
  //@ ghost lemma_plus_zeros(x, y);
  return differ;
}

KERNEL void pair_compare(certigar_pair_sum *sum, const key *restrict x, const key *restrict y)
{
  if (count_different(x, y) > 0) sum->same = 0;
}
