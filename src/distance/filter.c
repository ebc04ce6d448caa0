/* Intervals of squared distances: see filter.h. */
#include "distance/filter.h"
#include "exact/shift.h"
#include "lemmas/facts.h"
#include "lemmas/filter.h"
#include "lemmas/power.h"

/* floor(q / 2^s) */
/*@ requires s: 0 <= s <= SCALE_MAX;
    requires q: -QUANTUM_MAX <= q < QUANTUM_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures floor: \result == Floor(q,s);
    ensures small: -QUANTUM_MAX <= \result < QUANTUM_MAX; */
KERNEL int32_t floor_shift(int32_t q, int32_t s)
{
  int32_t c = s < 31 ? s : 31;
  uint32_t t = shift_right_32((uint32_t)(q < 0 ? -1 - q : q), c);
  //@ ghost lemma_floor_shift(q, s, c, t);
  return q < 0 ? -1 - (int32_t)t : (int32_t)t;
}

/*@ requires d: -2*QUANTUM_MAX < d < 2*QUANTUM_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures square: \result == Sq(d);
    ensures small: 0 <= \result <= SQUARE_MAX; */
KERNEL int64_t square_of(int32_t d)
{
  return (int64_t)d * d;
}

/* Coordinates of which the sums of products of halves stay in 32 bits: PART (HALF - 1)^2 < 2^31. */
enum { PART = 128 };

/* The part of a block that begins at c: (HALF h + w)^2 = HALF^2 h^2 + 2 HALF h w + w^2. */
/*@ requires rows: \valid_read(p + (0 .. 2*BLOCK-1)) && \valid_read(q + (0 .. 2*BLOCK-1));
    requires range: QuantumRange(p) && QuantumRange(q);
    requires c: 0 <= c <= BLOCK - PART;
    terminates \true; exits \false; assigns \nothing;
    ensures square: BlockSquare(p,q,0,c) + \result == BlockSquare(p,q,0,c+PART);
    ensures small: 0 <= \result <= PART*SQUARE_MAX; */
KERNEL int64_t part_square(const int16_t *restrict p, const int16_t *restrict q, int c)
{
  int32_t high = 0, mixed = 0, low = 0;
  /*@ loop invariant l: c <= l <= c + PART;
      loop invariant high: 0 <= high <= (l-c)*HALF_SQUARE_MAX;
      loop invariant mixed: -(l-c)*HALF_SQUARE_MAX <= mixed <= (l-c)*HALF_SQUARE_MAX;
      loop invariant low: 0 <= low <= (l-c)*HALF_SQUARE_MAX;
      loop invariant sum: BlockSquare(p,q,0,c) + OfHalves(high,mixed,low) == BlockSquare(p,q,0,l);
      loop invariant small: 0 <= OfHalves(high,mixed,low) <= (l-c)*SQUARE_MAX;
      loop assigns l, high, mixed, low;
      loop variant c + PART - l; */
  for (int l = c; l < c + PART; l++) {
    int16_t h = (int16_t)(p[l] - q[l]), w = (int16_t)(p[BLOCK + l] - q[BLOCK + l]);
    //@ assert h: h == p[l] - q[l] && -HALF < h < HALF;
    //@ assert w: w == p[BLOCK+l] - q[BLOCK+l] && -HALF < w < HALF;
    //@ ghost lemma_quantum_halves(h, w);
    //@ assert lane: Quantum(p,l) - Floor(Quantum(q,l),0) == HALF*h + w;
    high += h * h;
    mixed += h * w;
    low += w * w;
  }
  return (int64_t)high * (HALF * HALF) + (int64_t)mixed * (2 * HALF) + low;
}

/*@ requires rows: \valid_read(p + (0 .. 2*BLOCK-1)) && \valid_read(q + (0 .. 2*BLOCK-1));
    requires range: QuantumRange(p) && QuantumRange(q);
    terminates \true; exits \false; assigns \nothing;
    ensures square: \result == BlockSquare(p,q,0,BLOCK);
    ensures small: 0 <= \result < BLOCK_SQUARE_MAX; */
KERNEL int64_t block_square_same(const int16_t *restrict p, const int16_t *restrict q)
{
  int64_t sum = 0;
  /*@ loop invariant c: 0 <= c <= BLOCK && c % PART == 0;
      loop invariant sum: sum == BlockSquare(p,q,0,c);
      loop invariant small: 0 <= sum <= c*SQUARE_MAX;
      loop assigns c, sum;
      loop variant BLOCK - c; */
  for (int c = 0; c < BLOCK; c += PART) sum += part_square(p, q, c);
  return sum;
}

/* The integer of lane l. */
/*@ requires rows: \valid_read(q + (0 .. 2*BLOCK-1));
    requires range: QuantumRange(q);
    requires l: 0 <= l < BLOCK;
    terminates \true; exits \false; assigns \nothing;
    ensures quantum: \result == Quantum(q,l);
    ensures range: -QUANTUM_MAX <= \result < QUANTUM_MAX; */
KERNEL int32_t quantum_of(const int16_t *q, int l)
{
  return HALF * q[l] + q[BLOCK + l];
}

/*@ requires rows: \valid_read(p + (0 .. 2*BLOCK-1)) && \valid_read(q + (0 .. 2*BLOCK-1));
    requires range: QuantumRange(p) && QuantumRange(q);
    requires shift: 0 <= shift <= SCALE_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures square: \result == BlockSquare(p,q,shift,BLOCK);
    ensures small: 0 <= \result < BLOCK_SQUARE_MAX; */
KERNEL int64_t block_square_shifted(const int16_t *restrict p, const int16_t *restrict q, int32_t shift)
{
  int64_t sum = 0;
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant sum: sum == BlockSquare(p,q,shift,l);
      loop invariant small: 0 <= sum <= l*SQUARE_MAX;
      loop assigns l, sum;
      loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) sum += square_of(quantum_of(p, l) - floor_shift(quantum_of(q, l), shift));
  return sum;
}

KERNEL uint64_t block_square(const int16_t *restrict p, const int16_t *restrict q, int32_t shift)
{
  return (uint64_t)(shift == 0 ? block_square_same(p, q) : block_square_shifted(p, q, shift));
}

/* Both sums in units 2^s times greater: rounded down, and what that and the shift may lose added to the error. */
/*@ requires sum: \valid(sum) && 0 <= sum->exponent <= EXPONENT_MAX;
    requires s: 1 <= s <= EXPONENT_MAX;
    terminates \true; exits \false; assigns sum->square, sum->error, sum->exponent;
    ensures exponent: sum->exponent == \min(EXPONENT_MAX,\old(sum->exponent) + s);
    ensures half: 2*sum->square <= \old(sum->square) && 2*(sum->error - 2) <= \old(sum->error);
    ensures quarter: 2 <= s ==> 4*sum->square <= \old(sum->square) && 4*(sum->error - 2) <= \old(sum->error);
    ensures sum: \forall integer S; PairEncloses{Pre}(sum,S) ==> PairEncloses{Post}(sum,S); */
KERNEL void pair_coarsen(certigar_pair_sum *sum, int32_t s)
{
  int32_t c = s < 63 ? s : 63, to = sum->exponent + s < EXPONENT_MAX ? sum->exponent + s : EXPONENT_MAX;
  uint64_t square = shift_right(sum->square, c), error = shift_right(sum->error, c);
  //@ ghost lemma_pair_shift(sum->square, sum->error, s, c, square, error);
  //@ ghost lemma_pair_coarser(sum->exponent, s, to);
  //@ assert sum: \forall integer S; PairEncloses(sum,S) ==> Encloses(square,error+2,to,S);
  sum->square = square;
  sum->error = error + 2;
  sum->exponent = to;
  //@ assert stored: sum->square == square && sum->error == error + 2 && sum->exponent == to;
}

/* No exponent below this one. */
/*@ requires sum: \valid(sum) && 0 <= sum->exponent <= EXPONENT_MAX;
    requires small: sum->square < BLOCK_SQUARE_MAX && sum->error < SUM_MAX;
    requires exponent: 0 <= exponent <= EXPONENT_MAX;
    terminates \true; exits \false; assigns sum->square, sum->error, sum->exponent;
    ensures exponent: sum->exponent == \max(\old(sum->exponent),exponent);
    ensures small: sum->square <= \old(sum->square) && sum->error < SUM_MAX;
    ensures sum: \forall integer S; PairEncloses{Pre}(sum,S) ==> PairEncloses{Post}(sum,S); */
KERNEL void pair_raise(certigar_pair_sum *sum, int32_t exponent)
{
  if (exponent > sum->exponent) pair_coarsen(sum, exponent - sum->exponent);
}

/* Room for the next block. */
/*@ requires sum: \valid(sum) && 0 <= sum->exponent <= EXPONENT_MAX;
    requires small: sum->square < BLOCK_SQUARE_MAX + SUM_MAX && sum->error < BLOCK_SQUARE_MAX;
    terminates \true; exits \false; assigns sum->square, sum->error, sum->exponent;
    ensures pair: IsPair(sum);
    ensures sum: \forall integer S; PairEncloses{Pre}(sum,S) ==> PairEncloses{Post}(sum,S); */
KERNEL void pair_settle(certigar_pair_sum *sum)
{
  if (sum->square >= SUM_MAX || sum->error >= SUM_MAX) pair_coarsen(sum, 2);
}

/*@ requires sum: \valid(sum) && \valid_read(other) && \separated(sum,other);
    requires exponent: 0 <= sum->exponent <= EXPONENT_MAX && other->exponent == sum->exponent;
    requires small: sum->square < SUM_MAX && sum->error < SUM_MAX;
    requires other_small: other->square < BLOCK_SQUARE_MAX && other->error < SUM_MAX;
    terminates \true; exits \false; assigns sum->square, sum->error, sum->exponent;
    ensures pair: IsPair(sum);
    ensures sum: \forall integer S, T; PairEncloses{Pre}(sum,S) && PairEncloses{Pre}(other,T) ==> PairEncloses{Post}(sum,S+T); */
KERNEL void pair_add_level(certigar_pair_sum *sum, const certigar_pair_sum *other)
{
  uint64_t square = sum->square + other->square, error = sum->error + other->error;
  //@ ghost lemma_pair_sum(sum->exponent);
  //@ assert whole: square == sum->square + other->square && error == sum->error + other->error;
  //@ assert sum: \forall integer S, T; PairEncloses(sum,S) && PairEncloses(other,T) ==> Encloses(square,error,sum->exponent,S+T);
  sum->square = square;
  sum->error = error;
  //@ assert stored: sum->square == square && sum->error == error && sum->exponent == \at(sum->exponent,Pre);
  //@ assert now: \forall integer S, T; PairEncloses{Pre}(sum,S) && PairEncloses{Pre}(other,T) ==> PairEncloses(sum,S+T);
  pair_settle(sum);
}

KERNEL void pair_add(certigar_pair_sum *sum, uint64_t square, uint64_t error, int32_t exponent)
{
  certigar_pair_sum other = {square, error, exponent, 1};
  //@ assert other: \forall integer T; Encloses(square,error,exponent,T) ==> PairEncloses(&other,T);
  pair_raise(&other, sum->exponent);
  //@ assert raised: \forall integer T; Encloses(square,error,exponent,T) ==> PairEncloses(&other,T);
  //@ assert before: \forall integer S; PairEncloses{Pre}(sum,S) ==> PairEncloses(sum,S);
  pair_raise(sum, other.exponent);
  //@ assert kept: \forall integer T; Encloses(square,error,exponent,T) ==> PairEncloses(&other,T);
  //@ assert after: \forall integer S; PairEncloses{Pre}(sum,S) ==> PairEncloses(sum,S);
  pair_add_level(sum, &other);
}

KERNEL void pair_join(certigar_pair_sum *sum, const certigar_pair_sum *other)
{
  sum->same = sum->same && other->same;
  pair_add(sum, other->square, other->error, other->exponent);
}

/* The least power of two, at most 2^28, of which the square is no less than square / error / 4. */
/*@ requires square: square < SUM_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures weight: Weight(\result);
    ensures balanced: \result == 1 || \result*(\result*error) <= square; */
KERNEL uint64_t pair_balance(uint64_t square, uint64_t error)
{
  uint64_t ratio = square / (error > 0 ? error : 1), c = 1;
  /*@ loop invariant weight: Weight(c);
      loop invariant balanced: c == 1 || c*c <= ratio;
      loop assigns c;
      loop variant WEIGHT_MAX - c; */
  while (c < WEIGHT_MAX / 2 && 4 * c * c <= ratio) c *= 2;
  return c;
}

/* x / c, rounded up. */
/*@ requires c: Weight(c);
    requires x: x < BLOCK_SQUARE_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures up: x <= c*\result < x + c; */
KERNEL uint64_t divide_up(uint64_t x, uint64_t c)
{
  return (x + c - 1) / c;
}

/* The floor of x (c - 1) / c. */
/*@ requires c: Weight(c);
    requires x: x < BLOCK_SQUARE_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures less: \result <= x && c*\result <= (c-1)*x; */
KERNEL uint64_t take_part(uint64_t x, uint64_t c)
{
  uint64_t part = divide_up(x, c);
  //@ assert product: 0 < x ==> 0 <= (c-1)*(x-1);
  //@ assert most: c*part <= c*x;
  return x - part;
}

/* The ceiling of x (c + 1) / c. */
/*@ requires c: Weight(c);
    requires x: c == 1 && x < BLOCK_SQUARE_MAX || 2*x <= 3*SUM_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures more: (c+1)*x <= c*\result; */
KERNEL uint64_t add_part(uint64_t x, uint64_t c)
{
  uint64_t part = divide_up(x, c);
  //@ assert half: c == 1 || 2*part <= c*part;
  return x + part;
}

/* In units of 2^exponent, what is no more than the sum of squares. */
/*@ requires sum: \valid_read(sum) && IsPair(sum) && sum->exponent < EXPONENT_MAX;
    requires c: Weight(c);
    requires balanced: c == 1 || c*(c*sum->error) <= sum->square;
    terminates \true; exits \false; assigns \nothing;
    ensures lower: \forall integer S; 0 <= S && PairEncloses(sum,S) ==> Up(\result,sum->exponent) <= S; */
KERNEL uint64_t known_low(const certigar_pair_sum *sum, uint64_t c)
{
  //@ assert cut: c == 1 || 2*(c*sum->error) <= c*(c*sum->error);
  uint64_t cut = c * sum->error;
  uint64_t low = take_part(sum->square > cut ? sum->square - cut : 0, c);
  //@ ghost lemma_pair_lower(sum->square, sum->error, sum->exponent, (int64_t)c, low);
  return low;
}

/* In units of 2^exponent, what is no less than the sum of squares. */
/*@ requires sum: \valid_read(sum) && IsPair(sum) && sum->exponent < EXPONENT_MAX;
    requires c: Weight(c);
    requires balanced: c == 1 || c*(c*sum->error) <= sum->square;
    terminates \true; exits \false; assigns \nothing;
    ensures upper: \forall integer S; PairEncloses(sum,S) ==> S <= Up(\result,sum->exponent); */
KERNEL uint64_t known_high(const certigar_pair_sum *sum, uint64_t c)
{
  //@ assert cut: c == 1 || 2*(c*sum->error) <= c*(c*sum->error);
  //@ assert small: c*sum->error < SUM_MAX && (c == 1 || 2*(c*sum->error) < SUM_MAX);
  uint64_t most = sum->square + c * sum->error;
  //@ assert most: most == sum->square + c*sum->error && (c == 1 || 2*most <= 3*SUM_MAX);
  uint64_t high = add_part(most, c);
  //@ ghost lemma_pair_upper(sum->square, sum->error, sum->exponent, (int64_t)c, high);
  return high;
}

/* The same of any pair: one that is known no more is at least 0, and at most infinite. */
/*@ requires sum: \valid_read(sum) && IsPair(sum);
    requires c: Weight(c);
    requires balanced: c == 1 || c*(c*sum->error) <= sum->square;
    terminates \true; exits \false; assigns \nothing;
    ensures lower: \forall integer S; 0 <= S && PairEncloses(sum,S) ==> Up(\result,sum->exponent) <= S; */
KERNEL uint64_t pair_low(const certigar_pair_sum *sum, uint64_t c)
{
  //@ ghost lemma_pair_sum(sum->exponent);
  return sum->exponent < EXPONENT_MAX ? known_low(sum, c) : 0;
}

/*@ requires sum: \valid_read(sum) && IsPair(sum);
    requires c: Weight(c);
    requires balanced: c == 1 || c*(c*sum->error) <= sum->square;
    terminates \true; exits \false; assigns \nothing;
    ensures upper: \forall integer S; PairEncloses(sum,S) ==> \min(Infinity,S) <= Up(\result,sum->exponent); */
KERNEL uint64_t pair_high(const certigar_pair_sum *sum, uint64_t c)
{
  //@ ghost lemma_up_exponent(32 * (NATURAL_DIGITS - 1), EXPONENT_MAX);
  //@ assert infinite: Infinity <= Up(1,EXPONENT_MAX);
  return sum->exponent < EXPONENT_MAX ? known_high(sum, c) : 1;
}

/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    requires s: 0 <= s <= EXPONENT_MAX;
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures natural: IsNatural(a);
    ensures number: Num(a) == \min(Infinity,Up(m,s)); */
KERNEL void put_up(uint32_t *a, uint64_t m, int s)
{
  natural_clear(a);
  natural_add_up(a, m, s);
}

/*@ requires bounds: \valid(lower + (0 .. NATURAL_DIGITS-1)) && \valid(upper + (0 .. NATURAL_DIGITS-1));
    requires apart: \separated(lower + (0 .. NATURAL_DIGITS-1), upper + (0 .. NATURAL_DIGITS-1));
    requires s: 0 <= s <= EXPONENT_MAX;
    terminates \true; exits \false; assigns lower[0 .. NATURAL_DIGITS-1], upper[0 .. NATURAL_DIGITS-1];
    ensures natural: IsNatural(lower) && IsNatural(upper);
    ensures lower: Num(lower) == \min(Infinity,Up(low,s));
    ensures upper: Num(upper) == \min(Infinity,Up(high,s)); */
KERNEL void put_both(uint32_t *lower, uint32_t *upper, uint64_t low, uint64_t high, int s)
{
  put_up(lower, low, s);
  //@ ghost L: ;
  put_up(upper, high, s);
  /*@ ghost
      int i = 0;
      /@ loop invariant i: 0 <= i <= NATURAL_DIGITS;
         loop invariant kept: Low(lower,i) == Low{L}(lower,i);
         loop assigns i;
         loop variant NATURAL_DIGITS - i; @/
      for (; i < NATURAL_DIGITS; i++) {
        /@ assert digit: lower[i] == \let j = i; \at(lower[j],L); @/
      }
  */
  //@ assert kept: Num(lower) == Num{L}(lower);
}

KERNEL void pair_bounds(const certigar_pair_sum *sum, uint32_t *lower, uint32_t *upper)
{
  uint64_t c = pair_balance(sum->square, sum->error), low = pair_low(sum, c), high = pair_high(sum, c);
  put_both(lower, upper, low, high, sum->exponent);
}
