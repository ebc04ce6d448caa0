/* Lemma functions about blocks of two rows: see pair.h. */
#include "lemmas/pair.h"
#include "lemmas/facts.h"
#include "lemmas/filter.h"
#include "lemmas/value.h"

/*@ predicate SameMagnitude(integer a, integer b) = Finite(a) && Finite(b) && Val(a) == Val(b) ==> Magnitude(a) == Magnitude(b);
  @*/

/* Numbers are equal where keys are, or where both are 0. */
/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures same: SameWhenEqual(a,b);
     ensures magnitude: SameMagnitude(a,b); @/
  void lemma_same_key(key a, key b)
  {
    key k = -SPECIAL <= a && a < SPECIAL ? a : 0, m = -SPECIAL <= b && b < SPECIAL ? b : 0;
    key r = k < 0 ? -1 - k : k, s = m < 0 ? -1 - m : m;
    lemma_value_mono(r, s);
    lemma_value_mono(s, r);
    lemma_value_mono(0, r);
    lemma_value_mono(0, s);
    /@ assert zero: Value(0) == 0; @/
  }
*/

/*@ ghost
  void lemma_plus_zeros(const key *x, const key *y)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant same: \forall integer j; 0 <= j < l ==> SameWhenEqual(x[j],y[j]);
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) lemma_same_key(x[l], y[l]);
    /@ assert end: l == BLOCK; @/
  }
*/

/*@ ghost
  void lemma_same_scale(const key *x, const key *y, int p_scale, int q_scale, int least)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant same: \forall integer j; 0 <= j < l ==> SameMagnitude(x[j],y[j]);
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) lemma_same_key(x[l], y[l]);
    /@ assert end: l == BLOCK; @/
    /@ assert magnitudes: FiniteBlock(x) && FiniteBlock(y) && SameValues(x,y) ==>
         \forall integer j; 0 <= j < BLOCK ==> Magnitude(x[j]) == Magnitude(y[j]); @/
    /@ assert down: FiniteBlock(x) && FiniteBlock(y) && SameValues(x,y) && OwnScale(x,p_scale,least) && OwnScale(y,q_scale,least)
         ==> p_scale <= q_scale; @/
    /@ assert up: FiniteBlock(x) && FiniteBlock(y) && SameValues(x,y) && OwnScale(x,p_scale,least) && OwnScale(y,q_scale,least)
         ==> q_scale <= p_scale; @/
  }
*/

/* A number has one quantum. */
/*@ ghost
  /@ requires scale: 0 <= scale <= SCALE_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures one: IsQuantum(p,a,scale) && IsQuantum(q,b,scale) && Val(a) == Val(b) ==> p == q; @/
  void lemma_one_quantum(int32_t p, int32_t q, key a, key b, int scale)
  {
    lemma_up_order(scale + DROP);
    /@ assert less: UpOrder(scale+DROP,p,q+1); @/
    /@ assert more: UpOrder(scale+DROP,q,p+1); @/
  }
*/

/*@ ghost
  void lemma_equal_blocks(const int16_t *p, const int16_t *q, const key *x, const key *y, int scale)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant zero: Stands(p,x,scale) && Stands(q,y,scale) && SameValues(x,y) ==> BlockSquare(p,q,0,l) == 0;
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) {
      lemma_one_quantum(HALF * p[l] + p[BLOCK + l], HALF * q[l] + q[BLOCK + l], x[l], y[l], scale);
      /@ assert square: BlockSquare(p,q,0,l+1) == BlockSquare(p,q,0,l) + Sq(Quantum(p,l) - Floor(Quantum(q,l),0)); @/
      /@ assert floor: Floor(Quantum(q,l),0) == Quantum(q,l); @/
      /@ assert lane: Stands(p,x,scale) && Stands(q,y,scale) && SameValues(x,y) ==> Sq(Quantum(p,l) - Floor(Quantum(q,l),0)) == Sq(0); @/
    }
    /@ assert end: l == BLOCK; @/
  }
*/

/*@ predicate SqSymmetric(integer a, integer b) = Sq(a-b) == Sq(b-a);
  @*/

/*@ ghost
  /@ requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
     terminates \true; exits \false; assigns \nothing;
     ensures symmetric: BlockDistance(x,y,BLOCK) == BlockDistance(y,x,BLOCK); @/
  void lemma_block_symmetric(const key *x, const key *y)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant symmetric: BlockDistance(x,y,l) == BlockDistance(y,x,l);
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) {
      /@ assert xy: BlockDistance(x,y,l+1) == BlockDistance(x,y,l) + Sq(GRAIN*Val(x[l]) - GRAIN*Val(y[l])); @/
      /@ assert yx: BlockDistance(y,x,l+1) == BlockDistance(y,x,l) + Sq(GRAIN*Val(y[l]) - GRAIN*Val(x[l])); @/
      /@ assert lane: SqSymmetric(GRAIN*Val(x[l]),GRAIN*Val(y[l])); @/
    }
    /@ assert end: l == BLOCK; @/
  }
*/

/*@ ghost
  void lemma_pair_block(const int16_t *p, const int16_t *q, const key *x, const key *y, int p_scale, int q_scale)
  {
    /@ assert near: \forall integer z, k, e; IsQuantum(z,k,e) ==> NearKey(z,k,e); @/
    /@ assert p: Stands(p,x,p_scale) ==> NearRow(p,x,p_scale); @/
    /@ assert q: Stands(q,y,q_scale) ==> NearRow(q,y,q_scale); @/
    lemma_block_symmetric(x, y);
    if (q_scale <= p_scale) lemma_block(p, q, x, y, p_scale, q_scale);
    else lemma_block(q, p, y, x, q_scale, p_scale);
  }
*/
