/* Lemma functions about the filter of squared distances: rounding down, sums, coarser units, the interval at the end, and one block. */
#ifndef LEMMAS_FILTER_H
#define LEMMAS_FILTER_H

#include "distance/filter.h"
#include "exact/shift.h"

/*@ // A and E become B and F in units 2^s times greater
  @ predicate PairCoarser(integer A, integer E, integer s, integer B, integer F) = Up(B-1,s) <= A <= Up(B+1,s) && E <= Up(F-1,s);
  @ predicate NearRow{L}(int16_t *p, key *x, integer scale) = \forall integer l; 0 <= l < BLOCK ==> NearKey(Quantum(p,l),x[l],scale);
  @*/

/*@ // the square of a sum of halves, from the sums of its products
  @ logic integer OfHalves(integer high, integer mixed, integer low) = 16777216*high + 8192*mixed + low;
  @*/

enum { HALF_SQUARE_MAX = 16769025 }; /* (HALF - 1)^2 */

/*@ ghost
  /@ requires h: -HALF < h < HALF;
     requires w: -HALF < w < HALF;
     terminates \true; exits \false; assigns \nothing;
     ensures high: 0 <= h*h <= HALF_SQUARE_MAX;
     ensures mixed: -HALF_SQUARE_MAX <= h*w <= HALF_SQUARE_MAX;
     ensures low: 0 <= w*w <= HALF_SQUARE_MAX;
     ensures square: OfHalves(h*h,h*w,w*w) == Sq(HALF*h + w);
     ensures small: 0 <= Sq(HALF*h + w) <= SQUARE_MAX; @/
  void lemma_quantum_halves(int h, int w);
*/

/* Floor is what its name says, and nothing else is. */
/*@ ghost
  /@ requires s: 0 <= s <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures floor: \forall integer x; Up(Floor(x,s),s) <= x < Up(Floor(x,s)+1,s);
     ensures unique: \forall integer x, z; Up(z,s) <= x < Up(z+1,s) ==> z == Floor(x,s); @/
  void lemma_floor(int s);
*/

/* t is the floor of the magnitude of q, by the shift c that C allows. */
/*@ ghost
  /@ requires s: 0 <= s <= 65536 && c == (s < 31 ? s : 31);
     requires t: t <= 0x7fffffff;
     requires shifted: IsFloor(t,q < 0 ? -1-q : q,c);
     terminates \true; exits \false; assigns \nothing;
     ensures plus: 0 <= q ==> t == Floor(q,s);
     ensures minus: q < 0 ==> -1-t == Floor(q,s); @/
  void lemma_floor_shift(int32_t q, int s, int c, uint64_t t);
*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer A, E, B, F, S, T; Encloses(A,E,e,S) && Encloses(B,F,e,T) ==> Encloses(A+B,E+F,e,S+T);
     ensures zero: Up(0,e) == 0 && Encloses(0,0,e,0); @/
  void lemma_pair_sum(int e);
*/

/*@ ghost
  /@ requires e: 0 <= e <= EXPONENT_MAX && 0 <= s <= EXPONENT_MAX && to == (e + s < EXPONENT_MAX ? e + s : EXPONENT_MAX);
     terminates \true; exits \false; assigns \nothing;
     ensures coarser: \forall integer A, E, B, F, S; PairCoarser(A,E,s,B,F) && Encloses(A,E,e,S) ==> Encloses(B,F,to,S); @/
  void lemma_pair_coarser(int e, int s, int to);
*/

/* The shift c is the one that C allows. */
/*@ ghost
  /@ requires s: 1 <= s <= EXPONENT_MAX && c == (s < 63 ? s : 63);
     requires shifted: IsFloor(square,a,c) && IsFloor(error,b,c);
     terminates \true; exits \false; assigns \nothing;
     ensures coarser: PairCoarser(a,b,s,square,error+2);
     ensures half: 2*square <= a && 2*error <= b;
     ensures quarter: 2 <= s ==> 4*square <= a && 4*error <= b; @/
  void lemma_pair_shift(uint64_t a, uint64_t b, int s, int c, uint64_t square, uint64_t error);
*/

/*@ ghost
  /@ requires e: 0 <= e < EXPONENT_MAX;
     requires c: Weight(c);
     requires x: x == 0 || c*x <= (c-1)*(square - c*error);
     terminates \true; exits \false; assigns \nothing;
     ensures lower: \forall integer S; 0 <= S && Encloses(square,error,e,S) ==> Up(x,e) <= S; @/
  void lemma_pair_lower(uint64_t square, uint64_t error, int e, int64_t c, uint64_t x);
*/

/*@ ghost
  /@ requires e: 0 <= e < EXPONENT_MAX;
     requires c: Weight(c);
     requires x: (c+1)*(square + c*error) <= c*x;
     terminates \true; exits \false; assigns \nothing;
     ensures upper: \forall integer S; Encloses(square,error,e,S) ==> S <= Up(x,e); @/
  void lemma_pair_upper(uint64_t square, uint64_t error, int e, int64_t c, uint64_t x);
*/

/* What the filter rests on: two blocks near their quanta are as far apart as their quanta say. */
/*@ ghost
  /@ requires rows: \valid_read(p + (0 .. 2*BLOCK-1)) && \valid_read(q + (0 .. 2*BLOCK-1));
     requires keys: \valid_read(x + (0 .. BLOCK-1)) && \valid_read(y + (0 .. BLOCK-1));
     requires scales: 0 <= scale_q <= scale_p <= SCALE_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures encloses: NearRow(p,x,scale_p) && NearRow(q,y,scale_q) ==>
       Encloses(BlockSquare(p,q,scale_p-scale_q,BLOCK),BLOCK,2*(scale_p+DROP),BlockDistance(x,y,BLOCK)); @/
  void lemma_block(const int16_t *p, const int16_t *q, const key *x, const key *y, int scale_p, int scale_q);
*/

#endif
