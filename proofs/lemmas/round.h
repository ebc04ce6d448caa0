/* Lemma functions about numbers cut after some bits (Cut, exact/round.h). */
#ifndef LEMMAS_ROUND_H
#define LEMMAS_ROUND_H

#include "exact/round.h"
#include "exact/shift.h"
#include "lemmas/facts.h"

/*@ predicate HalfProduct(integer k, integer M, integer shift, integer c) = Up(M,-shift) == Up(2*c,shift) ==> Up(k*M,-shift) == 2*(k*Up(c,shift));
  @
  @ // N/k against the half of M, where M is 2c 2^shift
  @ predicate Compared(integer N, integer k, integer M, integer shift, integer c) =
  @   Up(M,-shift) == Up(2*c,shift) ==>
  @      (2*N < k*M <==> Up(N,-shift) < k*Up(c,shift)) && (2*N == k*M <==> Up(N,-shift) == k*Up(c,shift));
  @ predicate Decided(integer N, integer k, integer M, integer shift, integer g, integer sticky, integer c) =
  @   Cut(N,k,g,shift,sticky) && Up(M,-shift) == Up(2*c,shift) ==>
  @      (2*N < k*M <==> g < c) && (2*N == k*M <==> g == c && sticky == 0);
  @
  @ // eight bits d fewer: G for 256 G + d
  @ predicate Coarser(integer N, integer k, integer G, integer d, integer shift, integer sticky) =
  @   0 <= d < 256 && Cut(N,k,256*G+d,shift,sticky) ==> Cut(N,k,G,shift+8, d == 0 ? sticky : 1);
  @ predicate CoarserLow(integer k, integer G, integer d, integer shift) =
  @   (d == 0 ==> k*Up(G,shift+8) == k*Up(256*G+d,shift)) && (0 < d ==> k*Up(G,shift+8) < k*Up(256*G+d,shift));
  @ predicate CoarserHigh(integer k, integer G, integer d, integer shift) = d < 256 ==> k*Up(256*G+d+1,shift) <= k*Up(G+1,shift+8);
  @ predicate CoarserNext(integer k, integer G, integer d, integer shift) = k*Up(256*G+d,shift) < k*Up(256*G+d+1,shift);
  @ predicate Lower(integer G, integer d, integer shift) = 0 <= d ==> Up(G,shift+8) <= Up(256*G+d,shift);
  @ predicate InFormat(integer x, integer n) = FRACTION <= x && Up(x,n) < Value(SPECIAL) ==> n <= SHIFT_MAX;
  @*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires shift: -CUT_MAX <= shift <= CUT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures decided: \forall integer N, M, c; Decided(N,k,M,shift,g,sticky,c); @/
  void lemma_decided(uint64_t g, int shift, int sticky, int k);
*/

/* What dropping c more bits keeps, for a number g of which h is the leading part. */
/*@ ghost
  /@ requires s: 0 <= s <= 63;
     requires c: 0 <= c <= 32;
     requires low: Up(h,s) <= g;
     requires high: g < Up(h+1,s);
     requires shifted: IsFloor(m,h,c);
     terminates \true; exits \false; assigns \nothing;
     ensures low: Up(m,s+c) <= g;
     ensures high: g < Up(m+1,s+c);
     ensures full: m < FRACTION ==> h < Up(FRACTION,c);
     ensures left: h < Up(FRACTION,2*c) ==> m < Up(FRACTION,c); @/
  void lemma_shorten(uint64_t g, uint64_t h, int s, int c, uint64_t m);
*/

/* The s low bits of g, cut away. */
/*@ ghost
  /@ requires s: 1 <= s <= 63;
     requires shifted: IsFloor(m,g,s);
     terminates \true; exits \false; assigns \nothing;
     ensures half: 0 <= Up(1,s-1) <= 0x8000000000000000;
     ensures rest: g < Up(m,s) + 2*Up(1,s-1);
     ensures most: g < Up(2*FRACTION,s) ==> m < 2*FRACTION;
     ensures least: Up(FRACTION,s) <= g ==> FRACTION <= m; @/
  void lemma_cut(uint64_t g, int s, uint64_t m);
*/

/* Eight more bits cut away. */
/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires shift: 0 <= shift <= CUT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures cut: \forall integer N, G, d; Coarser(N,k,G,d,shift,sticky);
     ensures value: \forall integer G, d; Lower(G,d,shift); @/
  void lemma_coarser(int shift, int sticky, int k);
*/

/* A finite number has no greater unit than the format has. */
/*@ ghost
  /@ requires n: n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures finite: \forall integer x; InFormat(x,n); @/
  void lemma_in_format(int n);
*/

/* The magnitude r with the significand m and the unit 2^e, its midpoint and the next magnitude, in bits of g that s of which are below the unit. */
/*@ ghost
  /@ requires e: 0 <= e <= SHIFT_MAX;
     requires m: 0 <= m < 2*FRACTION && (e > 0 ==> FRACTION <= m);
     requires r: r == m + e*FRACTION;
     requires s: 1 <= s <= 63;
     terminates \true; exits \false; assigns \nothing;
     ensures range: 0 <= r < SPECIAL;
     ensures this: Up(2*Value(r),s-e) == Up(2*Up(m,s),e-s);
     ensures middle: Up(Value(r)+Value(r+1),s-e) == Up(2*(Up(m,s)+Up(1,s-1)),e-s);
     ensures next: Up(2*Value(r+1),s-e) == Up(2*Up(m+1,s),e-s); @/
  void lemma_cell(key r, key m, int e, int s);
*/

/* Between its neighbours a number rounds by the midpoint. */
/*@ ghost
  /@ requires r: 0 <= r <= SPECIAL;
     requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures below: r > 0 ==> k*(Value(r-1) + Value(r)) < 2*(k*Value(r));
     ensures above: 2*(k*Value(r)) < k*(Value(r) + Value(r+1)); @/
  void lemma_neighbours(key r, int k);
*/

/*@ ghost
  /@ requires r: 0 <= r < SPECIAL;
     requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures down: \forall integer N; 2*(k*Value(r)) <= 2*N && 2*N <= k*(Value(r)+Value(r+1)) && (2*N == k*(Value(r)+Value(r+1)) ==> r % 2 == 0)
                     ==> Rounded(r,N,k);
     ensures up: \forall integer N; k*(Value(r)+Value(r+1)) <= 2*N && 2*N <= 2*(k*Value(r+1)) && (2*N == k*(Value(r)+Value(r+1)) ==> r % 2 == 1)
                     ==> Rounded(r+1,N,k); @/
  void lemma_between(key r, int k);
*/

/* Which of r and r+1 is nearest, by the rest that is cut. */
/*@ ghost
  /@ requires e: 0 <= e <= SHIFT_MAX;
     requires m: 0 <= m < 2*FRACTION && (e > 0 ==> FRACTION <= m);
     requires r: r == m + e*FRACTION;
     requires s: 1 <= s <= 63;
     requires g: g == Up(m,s) + rest;
     requires rest: 0 <= rest < 2*half;
     requires half: half == Up(1,s-1);
     requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures down: rest < half || (rest == half && sticky == 0 && m % 2 == 0) ==> \forall integer N; Cut(N,k,g,e-s,sticky) ==> Rounded(r,N,k);
     ensures up: rest > half || (rest == half && (sticky != 0 || m % 2 == 1)) ==> \forall integer N; Cut(N,k,g,e-s,sticky) ==> Rounded(r+1,N,k); @/
  void lemma_nearest(key r, uint64_t g, key m, uint64_t rest, uint64_t half, int e, int s, int sticky, int k);
*/

#endif
