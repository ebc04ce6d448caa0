/* Squared distances of all pairs of rows, as intervals: the filter before the exact decision.
 *
 * With rows in fixed point (quantise.h) a coordinate of the difference is (d + t) T for the integer d = p - q, some |t| <= 1 and T a power of two. So,
 * for every integer c >= 1 (from 2 |d t| <= d^2 / c + c t^2),
 *
 *     (c - 1) (d^2 - c)  <=  c (d + t)^2  <=  (c + 1) (d^2 + c),
 *
 * and this adds up over coordinates and over blocks of different T. A pair therefore needs two sums, square = sum of d^2 T^2 and error = sum of T^2, and
 * one c at the end, best near sqrt(square / error): any c gives a true interval. The kernel is the plain loop over d^2.
 * Both sums are kept as a multiple of 2^exponent; what that cuts off goes into error. The exponent rises when a sum outgrows its word: it stays within
 * some 60 of the greatest of a block, 2 (SCALE_MAX + DROP). Nothing rests on that: at EXPONENT_MAX a pair says nothing any more, and is bounded by
 * 0 and infinity.
 */
#ifndef CERTIGAR_FILTER_H
#define CERTIGAR_FILTER_H

#include "distance/quantise.h"
#include "exact/natural.h"
#include "kernels.h"

#define SUM_MAX 0x4000000000000000          /* 2^62: square and error of a pair stay below */
#define BLOCK_SQUARE_MAX 0x8000000000000000 /* 2^63: so does the square of a block */
enum { EXPONENT_MAX = 8192 };               /* a pair that gets there is known no more */
#define SQUARE_MAX 0xfffffe000001           /* (2^24 - 1)^2: the greatest d^2 */
enum { WEIGHT_MAX = 0x20000000 };           /* 2^29: of what pair_balance finds */

/*@ logic integer Half(integer x) = x < 0 ? -1 - (-1-x)/2 : x/2;                                   // rounded down
  @ logic integer Floor(integer x, integer s) = s <= 0 ? x : Half(Floor(x,s-1));                  // of x / 2^s
  @ logic integer Sq(integer x) = x*x;
  @
  @ // the sum of d^2 over the first n lanes, and the squared distance, in squared grains
  @ logic integer BlockSquare{L}(int16_t *p, int16_t *q, integer shift, integer n) =
  @   n <= 0 ? 0 : BlockSquare(p,q,shift,n-1) + Sq(Quantum(p,n-1) - Floor(Quantum(q,n-1),shift));
  @ logic integer BlockDistance{L}(key *x, key *y, integer n) =
  @   n <= 0 ? 0 : BlockDistance(x,y,n-1) + Sq(GRAIN*Val(x[n-1]) - GRAIN*Val(y[n-1]));
  @
  @ // what square and error, in units of 2^exponent, say of an integer S, for one c and for all
  @ predicate Weight(integer c) = 1 <= c <= WEIGHT_MAX;
  @ predicate Held(integer square, integer error, integer exponent, integer c, integer S) =
  @   Up((c-1)*(square - c*error),exponent) <= c*S <= Up((c+1)*(square + c*error),exponent);
  @ predicate Encloses(integer square, integer error, integer exponent, integer S) =
  @   exponent >= EXPONENT_MAX || \forall integer c; Weight(c) ==> Held(square,error,exponent,c,S);
  @
  @ predicate IsPair{L}(certigar_pair_sum *sum) = sum->square < SUM_MAX && sum->error < SUM_MAX && 0 <= sum->exponent <= EXPONENT_MAX;
  @ predicate PairEncloses{L}(certigar_pair_sum *sum, integer S) = Encloses(sum->square,sum->error,sum->exponent,S);
  @*/

/* The sum of d^2 over a block, when q, the row of lesser scale, is divided by 2^shift. */
/*@ requires rows: \valid_read(p + (0 .. 2*BLOCK-1)) && \valid_read(q + (0 .. 2*BLOCK-1));
    requires range: QuantumRange(p) && QuantumRange(q);
    requires shift: 0 <= shift <= SCALE_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures square: \result == BlockSquare(p,q,shift,BLOCK);
    ensures small: \result < BLOCK_SQUARE_MAX; */
KERNEL uint64_t block_square(const int16_t *restrict p, const int16_t *restrict q, int32_t shift);

/* sum becomes that of the coordinates so far and of others with this square, error and exponent. */
/*@ requires sum: \valid(sum) && IsPair(sum);
    requires small: square < BLOCK_SQUARE_MAX && error < SUM_MAX;
    requires exponent: 0 <= exponent <= EXPONENT_MAX;
    terminates \true; exits \false; assigns *sum;
    ensures pair: IsPair(sum);
    ensures same: sum->same == \old(sum->same);
    ensures sum: \forall integer S, T; PairEncloses{Pre}(sum,S) && Encloses(square,error,exponent,T) ==> PairEncloses{Post}(sum,S+T); */
KERNEL void pair_add(certigar_pair_sum *sum, uint64_t square, uint64_t error, int32_t exponent);

/* sum becomes that of its coordinates and of those of other. */
/*@ requires sum: \valid(sum) && IsPair(sum);
    requires other: \valid_read(other) && IsPair(other);
    requires apart: \separated(sum,other);
    terminates \true; exits \false; assigns *sum;
    ensures pair: IsPair(sum);
    ensures same: sum->same != 0 <==> \old(sum->same) != 0 && other->same != 0;
    ensures sum: \forall integer S, T; PairEncloses{Pre}(sum,S) && PairEncloses{Pre}(other,T) ==> PairEncloses{Post}(sum,S+T); */
KERNEL void pair_join(certigar_pair_sum *sum, const certigar_pair_sum *other);

/* The interval of the squared distance, in squared grains; natural numbers end at Infinity. */
/*@ requires sum: \valid_read(sum) && IsPair(sum);
    requires bounds: \valid(lower + (0 .. NATURAL_DIGITS-1)) && \valid(upper + (0 .. NATURAL_DIGITS-1));
    requires apart: \separated(sum, lower + (0 .. NATURAL_DIGITS-1), upper + (0 .. NATURAL_DIGITS-1));
    terminates \true; exits \false; assigns lower[0 .. NATURAL_DIGITS-1], upper[0 .. NATURAL_DIGITS-1];
    ensures natural: IsNatural(lower) && IsNatural(upper);
    ensures lower: \forall integer S; 0 <= S && PairEncloses(sum,S) ==> Num(lower) <= \min(Infinity,S);
    ensures upper: \forall integer S; 0 <= S && PairEncloses(sum,S) ==> \min(Infinity,S) <= Num(upper); */
KERNEL void pair_bounds(const certigar_pair_sum *sum, uint32_t *lower, uint32_t *upper);

#endif
