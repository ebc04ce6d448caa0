/* Lemma functions about products cut to their leading bits, and their rounding (exact/scaled.h). */
#ifndef LEMMAS_SCALED_H
#define LEMMAS_SCALED_H

#include "exact/scaled.h"
#include "exact/shift.h"

/*@ // what lies on FACTOR_HEAD bits less: A against c
  @ predicate HeadCompared(integer A, integer g, integer rest, integer c) =
  @   ProductHead(A,g,rest) ==> (A < Up(c,FACTOR_HEAD) <==> g < c) && (A == Up(c,FACTOR_HEAD) <==> g == c && rest == 0);
  @ // x units of 2^e, times 2^D, are x 2^s of the bits of g
  @ predicate Placed(integer x, integer e, integer s, integer E, integer D) = Up(Up(x,e),D) == Up(Up(Up(x,s),FACTOR_HEAD),E);
  @ // 2 A 2^E against M 2^D where M is 2 c of the bits of g
  @ predicate MiddleCompared(integer A, integer g, integer rest, integer M, integer c, integer E, integer D) =
  @   ProductHead(A,g,rest) && Up(M,D) == Up(Up(2*c,FACTOR_HEAD),E) ==>
  @     (Up(2*A,E) < Up(M,D) <==> g < c) && (Up(2*A,E) == Up(M,D) <==> g == c && rest == 0);
  @*/

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures compared: \forall integer A, c; HeadCompared(A,g,rest,c); @/
  void lemma_product_head(uint64_t g, uint64_t rest);
*/

/*@ ghost
  /@ requires place: 0 <= e <= 4096 && 0 <= s <= 8192 && 0 <= E <= 8192 && 0 <= D <= 8192 && e + D == E + FACTOR_HEAD + s;
     terminates \true; exits \false; assigns \nothing;
     ensures placed: \forall integer x; Placed(x,e,s,E,D); @/
  void lemma_placed(int e, int s, int E, int D);
*/

/*@ ghost
  /@ requires place: 0 <= E <= 8192 && 0 <= D <= 8192;
     terminates \true; exits \false; assigns \nothing;
     ensures compared: \forall integer A, M, c; MiddleCompared(A,g,rest,M,c,E,D); @/
  void lemma_middle(uint64_t g, uint64_t rest, int E, int D);
*/

/* The bits that are cut away, as a product: HEAD_UNIT is 2^FACTOR_HEAD. */
#if FORMAT == 64
#define HEAD_UNIT 5070602400912917605986812821504
enum { FACTOR_HIGH = 33554432 };   /* 2 FRACTION / FACTOR_RADIX */
#else
#define HEAD_UNIT 268435456
#endif

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures unit: \forall integer x; Up(x,FACTOR_HEAD) == HEAD_UNIT*x; @/
  void lemma_head_unit(void);
*/

#if FORMAT == 64
/*@ ghost
  /@ requires m: m < 2*FRACTION && low < FACTOR_RADIX && high < FACTOR_HIGH;
     terminates \true; exits \false; assigns \nothing;
     ensures unit: \forall integer x; Up(x,FACTOR_HEAD) == HEAD_UNIT*x;
     ensures most: \forall integer x; AtMost(m,2*FRACTION-1,x);
     ensures least: FRACTION <= m ==> \forall integer x; AtMost(FRACTION,m,x);
     ensures low: \forall integer x; AtMost(low,FACTOR_RADIX-1,x);
     ensures high: \forall integer x; AtMost(high,FACTOR_HIGH-1,x); @/
  void lemma_factor_bounds(uint64_t m, uint64_t low, uint64_t high);
*/

/*@ ghost
  /@ requires m: m == low + 268435456*high;
     terminates \true; exits \false; assigns \nothing;
     ensures product: m*limb == low*limb + 268435456*(high*limb); @/
  void lemma_limb_product(uint64_t m, uint64_t low, uint64_t high, uint32_t limb);
*/
#else
/*@ ghost
  /@ requires m: m < 2*FRACTION;
     terminates \true; exits \false; assigns \nothing;
     ensures unit: \forall integer x; Up(x,FACTOR_HEAD) == HEAD_UNIT*x;
     ensures most: \forall integer x; AtMost(m,2*FRACTION-1,x);
     ensures least: FRACTION <= m ==> \forall integer x; AtMost(FRACTION,m,x); @/
  void lemma_factor_bounds(uint64_t m);
*/
#endif

/*@ ghost
  /@ requires D: 0 <= D <= 8192;
     terminates \true; exits \false; assigns \nothing;
     ensures zero: \forall integer F; ScaledRounded(0,0*F,0,D); @/
  void lemma_zero_scaled(int D);
*/

/* g without its s-1 low bits, tail. */
/*@ ghost
  /@ requires s: 1 <= s <= 63;
     requires unit: 0 <= unit <= SHIFT_MAX;
     requires shifted: IsFloor(twice,g,s-1);
     requires tail: g == Up(twice,s-1) + tail;
     requires high: g < Up(2*FRACTION,s) && g < 0x4000000000000000;
     requires low: unit > 0 ==> Up(FRACTION,s) <= g;
     terminates \true; exits \false; assigns \nothing;
     ensures tail: tail < Up(1,s-1) && tail <= g;
     ensures high: twice/2 < 2*FRACTION;
     ensures low: unit > 0 ==> FRACTION <= twice/2;
     ensures zero: s == 63 ==> twice == 0; @/
  void lemma_twice(uint64_t g, uint64_t twice, uint64_t tail, int s, int unit);
*/

/* The magnitude r with the significand m and the unit 2^e, its midpoint and the next one, in halves of bits of g. */
/*@ ghost
  /@ requires e: 0 <= e <= SHIFT_MAX;
     requires m: 0 <= m < 2*FRACTION && (e > 0 ==> FRACTION <= m);
     requires r: r == m + e*FRACTION;
     requires s: 1 <= s <= 63;
     requires place: 0 <= E <= 8192 && 0 <= D <= 8192 && e + D == E + FACTOR_HEAD + s;
     terminates \true; exits \false; assigns \nothing;
     ensures range: 0 <= r < SPECIAL && r % 2 == m % 2;
     ensures this: Up(2*Value(r),D) == Up(Up(2*Up(m,s),FACTOR_HEAD),E);
     ensures middle: Up(Value(r)+Value(r+1),D) == Up(Up(2*(Up(m,s)+Up(1,s-1)),FACTOR_HEAD),E);
     ensures next: Up(2*Value(r+1),D) == Up(Up(2*Up(m+1,s),FACTOR_HEAD),E); @/
  void lemma_scaled_cell(key r, uint64_t m, int e, int s, int E, int D);
*/

/* Between its neighbours a number rounds by the midpoint. */
/*@ ghost
  /@ requires r: 0 <= r < SPECIAL;
     requires D: 0 <= D <= 8192;
     terminates \true; exits \false; assigns \nothing;
     ensures below: r > 0 ==> Up(Value(r-1)+Value(r),D) < Up(2*Value(r),D);
     ensures middle: Up(2*Value(r),D) < Up(Value(r)+Value(r+1),D) < Up(2*Value(r+1),D);
     ensures above: Up(2*Value(r+1),D) < Up(Value(r+1)+Value(r+2),D); @/
  void lemma_scaled_neighbours(key r, int D);
*/

/*@ ghost
  /@ requires e: 0 <= e <= SHIFT_MAX;
     requires m: 0 <= m < 2*FRACTION && (e > 0 ==> FRACTION <= m);
     requires r: r == m + e*FRACTION;
     requires s: 1 <= s <= 63;
     requires odd: 0 <= odd <= 1;
     requires tail: tail < Up(1,s-1);
     requires g: g == Up(2*m+odd,s-1) + tail;
     requires place: 0 <= E <= 8192 && 0 <= D <= 8192 && e + D == E + FACTOR_HEAD + s;
     terminates \true; exits \false; assigns \nothing;
     ensures down: odd == 0 || (tail == 0 && rest == 0 && m % 2 == 0)
       ==> \forall integer A; ProductHead(A,g,rest) ==> ScaledRounded(r,A,E,D);
     ensures up: odd == 1 && (tail > 0 || rest > 0 || m % 2 == 1)
       ==> \forall integer A; ProductHead(A,g,rest) ==> ScaledRounded(r+1,A,E,D); @/
  void lemma_scaled_rounded(uint64_t g, uint64_t rest, uint64_t m, int odd, uint64_t tail, int s, int e, int E, int D, key r);
*/

/* The bits of a product's head: cut of them, or more, are below a significand. */
/*@ ghost
  /@ requires g: g < 2*HEAD_LONG;
     requires cut: cut == (g >= HEAD_LONG ? FACTOR_TAIL : FACTOR_TAIL - 1);
     requires most: cut <= most <= 63;
     terminates \true; exits \false; assigns \nothing;
     ensures high: g < Up(2*FRACTION,most) && g < 0x4000000000000000;
     ensures low: HEAD_LONG <= 2*g ==> Up(FRACTION,cut) <= g; @/
  void lemma_head_bits(uint64_t g, int cut, int most);
*/

/* What is less than half of the least unit rounds to 0. */
/*@ ghost
  /@ requires g: g < 0x4000000000000000;
     requires s: 0 <= s <= 8192;
     requires place: 0 <= E <= 8192 && 0 <= D <= 8192;
     terminates \true; exits \false; assigns \nothing;
     ensures zero: 63 <= s && D == E + FACTOR_HEAD + s ==> \forall integer A; ProductHead(A,g,rest) ==> ScaledRounded(0,A,E,D); @/
  void lemma_scaled_far(uint64_t g, uint64_t rest, int s, int E, int D);
*/

#endif
