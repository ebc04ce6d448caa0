/* A row in fixed point: see quantise.h. */
#include "distance/quantise.h"
#include "exact/shift.h"
#include "lemmas/power.h"
#include "lemmas/quantise.h"
#include "lemmas/value.h"
#include "lemmas/window.h"

/* The magnitude of a key if it is finite, and 0 otherwise. */
/*@ requires k: IsKey(k);
    terminates \true; exits \false; assigns \nothing;
    ensures finite: Finite(k) ==> \result == Magnitude(k);
    ensures other: !Finite(k) ==> \result == 0;
    ensures range: 0 <= \result < SPECIAL; */
KERNEL key finite_magnitude(key k)
{
  key r = k < 0 ? -1 - k : k;
  return r < SPECIAL ? r : 0;
}

KERNEL int32_t row_scale(const key *restrict keys, int32_t least)
{
  key top = 0;
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant range: 0 <= top < SPECIAL;
      loop invariant top: \forall integer j; 0 <= j < l && Finite(keys[j]) ==> Magnitude(keys[j]) <= top;
      loop invariant attained: top == 0 || \exists integer j; 0 <= j < l && Finite(keys[j]) && Magnitude(keys[j]) == top;
      loop assigns l, top;
      loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) {
    key r = finite_magnitude(keys[l]);
    top = r > top ? r : top;
  }
  key shift = top < FRACTION ? 0 : top / FRACTION - 1;
  return shift > least ? (int32_t)shift : least;
}

/* floor(x / 2^c) */
#if FORMAT == 64
typedef uint64_t grain_count;

/*@ requires x: x < 2*FRACTION*GRAIN;
    requires c: 0 <= c <= SCALE_MAX + DROP;
    terminates \true; exits \false; assigns \nothing;
    ensures floor: IsFloor(\result,x,c); */
KERNEL grain_count shift_grains(grain_count x, int32_t c)
{
  int32_t d = c < 63 ? c : 63;
  grain_count t = shift_right(x, d);
  //@ ghost lemma_cut_floor(x, d, c, t);
  return t;
}
#else
typedef uint32_t grain_count;

/*@ requires x: x < 2*FRACTION*GRAIN;
    requires c: 0 <= c <= SCALE_MAX + DROP;
    terminates \true; exits \false; assigns \nothing;
    ensures floor: IsFloor(\result,x,c); */
KERNEL grain_count shift_grains(grain_count x, int32_t c)
{
  int32_t d = c < 31 ? c : 31;
  grain_count t = shift_right_32(x, d);
  //@ ghost lemma_floor_31(x, c, d, t);
  return t;
}
#endif

/* The floor of the magnitude r in units of 2^(scale + DROP). */
/*@ requires r: 0 <= r < SPECIAL;
    requires scale: Shift(r) <= scale <= SCALE_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result < QUANTUM_MAX;
    ensures low: Up(\result,scale+DROP) <= GRAIN*Value(r);
    ensures high: GRAIN*Value(r) < Up(\result+1,scale+DROP); */
KERNEL int32_t quantum_magnitude(key r, int32_t scale)
{
  key shift = r < FRACTION ? 0 : r / FRACTION - 1;
  int32_t c = scale - (int32_t)shift + DROP;
  grain_count m = (grain_count)(r - shift * FRACTION), t = shift_grains(m * GRAIN, c);
  //@ ghost lemma_quantum(m, (int)shift, c, t);
  return (int32_t)t;
}

/*@ requires k: IsKey(k);
    requires scale: 0 <= scale <= SCALE_MAX;
    requires fits: Finite(k) ==> Shift(Magnitude(k)) <= scale;
    terminates \true; exits \false; assigns \nothing;
    ensures range: -QUANTUM_MAX <= \result < QUANTUM_MAX;
    ensures near: Finite(k) ==> IsQuantum(\result,k,scale); */
KERNEL int32_t quantum(key k, int32_t scale)
{
  key r = finite_magnitude(k);
  int32_t t = quantum_magnitude(r, scale);
  //@ ghost lemma_up_neg(scale + DROP);
  //@ ghost lemma_value_mono(0, r);
  //@ assert low: Up(-(t+1),scale+DROP) == -Up(t+1,scale+DROP);
  //@ assert high: Up(-t,scale+DROP) == -Up(t,scale+DROP);
  /* -0, the key -1, is 0 */
  return k < -1 ? -1 - t : t;
}

KERNEL void quantise(const key *restrict keys, int32_t scale, int16_t *restrict q)
{
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant range: \forall integer j; 0 <= j < l ==> -QUANTUM_MAX <= HALF*q[j] < QUANTUM_MAX && 0 <= q[BLOCK+j] < HALF;
      loop invariant near: \forall integer j; 0 <= j < l && Finite(keys[j]) ==> IsQuantum(Quantum(q,j),keys[j],scale);
      loop invariant same: \forall integer j; 0 <= j < BLOCK ==> keys[j] == \at(keys[j],Pre);
      loop assigns l, q[0 .. 2*BLOCK-1];
      loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) {
    int32_t z = quantum(keys[l], scale);
    uint32_t t = (uint32_t)(z + QUANTUM_MAX);
    int16_t high = (int16_t)((int32_t)(t / HALF) - QUANTUM_MAX / HALF), low = (int16_t)(t % HALF);
    //@ assert halves: HALF*high + low == z && -QUANTUM_MAX <= HALF*high < QUANTUM_MAX && 0 <= low < HALF;
    q[l] = high;
    q[BLOCK + l] = low;
    //@ assert stored: Quantum(q,l) == z;
    //@ assert others: \forall integer j; 0 <= j < l ==> Quantum(q,j) == \at(Quantum(q,j),LoopCurrent);
    //@ assert keys: \forall integer j; 0 <= j < BLOCK ==> keys[j] == \at(keys[j],Pre);
    //@ assert near: Finite(keys[l]) ==> IsQuantum(Quantum(q,l),keys[l],scale);
  }
}
