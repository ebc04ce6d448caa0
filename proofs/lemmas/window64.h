/* Lemma functions for the window in two words: how a term is cut to a pair, and which quotient the ends of an interval decide. */
#ifndef LEMMAS_WINDOW64_H
#define LEMMAS_WINDOW64_H

#include "exact/round.h"
#include "lemmas/window.h"

/*@ logic integer Pair(integer high, integer low) = high*WINDOW_UNIT + low;
  @ predicate BelowUp(integer x, integer d) = x < Up(1,d);
  @ // a key is cut to q units
  @ predicate CutTo(integer k, integer exponent, integer q) = Within(Value(Magnitude(k)),q,exponent,Loss(CutBits(k,exponent),1));
  @ // adding the key k took the sum of a lane from (h, l) to (high, low): so moved the ends of the interval of what n terms may be worth
  @ predicate SteppedPair(integer k, integer exponent, integer h, integer l, integer cut, integer high, integer low, integer most, integer n) =
  @      WINDOW_UNIT*Val(k) + Up(Pair(h,l) + Loss(cut,n),exponent) <= Up(Pair(high,low) + Loss(most,n+1),exponent)
  @   && Up(Pair(high,low) - Loss(most,n+1),exponent) <= WINDOW_UNIT*Val(k) + Up(Pair(h,l) - Loss(cut,n),exponent);
  @ // V is worth x units, exactly
  @ predicate Units(integer x, integer exponent, integer V) = WINDOW_UNIT*V == Up(x,exponent);
  @ // a is k g 2^c and some more: less than k 2^c, and 0 when sticky is
  @ predicate Leading(integer a, integer k, integer g, integer c, integer sticky) =
  @      (sticky == 0 ==> a == Up(k*g,c)) && (sticky != 0 ==> Up(k*g,c) < a < Up(k*(g+1),c));
  @ // r is the quotient of x units by k
  @ predicate Nearest(integer r, integer x, integer exponent, integer k) = \forall integer V; Units(x,exponent,V) ==> Rounded(r,V,k);
  @ // r is the quotient of everything within t units of x by k
  @ predicate DecidedPair(integer r, integer x, integer exponent, integer t, integer k) =
  @   \forall integer V; Within(V,x,exponent,t) ==> Rounded(r,V,k);
  @*/

/* The high word of a term, and what it leaves over; c is the shift that C allows. */
/*@ ghost
  /@ requires m: m < TERM_MAX;
     requires c: 0 <= d <= 65536 && c == (d < 63 ? d : 63);
     requires floor: IsFloor(h,m,d);
     terminates \true; exits \false; assigns \nothing;
     ensures high: Up(h,c) == Up(h,d);
     ensures rest: BelowUp(m - Up(h,d),d); @/
  void lemma_high(uint64_t m, int c, int d, uint64_t h);
*/

/* The low word of a term is the floor of what the high word leaves over. */
/*@ ghost
  /@ requires rest: rest < TERM_MAX && BelowUp(rest,d);
     requires b: 0 <= d <= 65536 && b == (d < WINDOW ? d : WINDOW);
     terminates \true; exits \false; assigns \nothing;
     ensures small: Up(rest,WINDOW-b) < TERM_MAX; @/
  void lemma_rest(uint64_t rest, int b, int d);
*/

/*@ ghost
  /@ requires b: 0 <= d <= 65536 && b == (d < WINDOW ? d : WINDOW);
     requires x: x == Up(rest,WINDOW-b);
     requires floor: IsFloor(l,x,d-b);
     terminates \true; exits \false; assigns \nothing;
     ensures floor: IsFloor(l,rest*WINDOW_UNIT,d); @/
  void lemma_low(uint64_t rest, uint64_t x, int b, int d, uint64_t l);
*/

/*@ ghost
  /@ requires k: IsKey(k);
     requires m: m == Significand(Magnitude(k));
     requires d: d == exponent - Shift(Magnitude(k)) && 0 <= d && exponent <= SHIFT_MAX + 1;
     requires rest: rest == m - Up(h,d);
     requires low: IsFloor(l,rest*WINDOW_UNIT,d);
     terminates \true; exits \false; assigns \nothing;
     ensures cut: CutTo(k,exponent,Pair(h,l)); @/
  void lemma_term(key k, int exponent, uint64_t m, int d, uint64_t h, uint64_t rest, uint64_t l);
*/

/* Adding a term to a pair, with the sign of its key. */
/*@ ghost
  /@ requires k: IsKey(k);
     requires exponent: 0 <= exponent <= 65536;
     requires cut: CutTo(k,exponent,Pair(h,l));
     requires sign: dh == (k < 0 ? -h : h) && dl == (k < 0 ? -l : l);
     requires terms: 0 <= n <= ROWS_MAX;
     requires most: most == \max(cut,CutBits(k,exponent));
     terminates \true; exits \false; assigns \nothing;
     ensures step: SteppedPair(k,exponent,S,L,cut,S+dh,L+dl,most,n); @/
  void lemma_added(key k, int exponent, uint64_t h, uint64_t l, int64_t dh, int64_t dl, int64_t S, int64_t L, int cut, int most, int n);
*/

/* The leading bits of a quotient in units are those of the quotient. */
/*@ ghost
  /@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
     requires c: 0 <= c <= WINDOW;
     requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures cut: \forall integer V, a; Units(a,exponent,V) && Leading(a,k,g,c,sticky) ==> Cut(V,k,g,exponent-WINDOW+c,sticky); @/
  void lemma_leading(uint64_t g, int c, int exponent, int sticky, int k);
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires high: high == k*hq + hr && 0 <= hr < k;
     requires low: hr*WINDOW_UNIT + low == k*lq + lr && 0 <= lr < k;
     terminates \true; exits \false; assigns \nothing;
     ensures quotient: Pair(high,low) == k*Pair(hq,lq) + lr; @/
  void lemma_division(int k, uint64_t high, uint64_t low, uint64_t hq, uint64_t hr, uint64_t lq, uint64_t lr);
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires rest: 0 <= rest < k;
     requires sticky: sticky == 0 <==> rest == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures leading: Leading(k*g + rest,k,g,0,sticky); @/
  void lemma_whole_quotient(int k, uint64_t g, int64_t rest, int sticky);
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires rest: 0 <= rest < k;
     requires dropped: 0 <= dropped < 4194304;
     requires sticky: sticky == 0 <==> rest == 0 && dropped == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures leading: Leading(k*(g*4194304 + dropped) + rest,k,g,22,sticky); @/
  void lemma_dropped(int k, uint64_t g, int64_t dropped, int64_t rest, int sticky);
*/

/* When both ends of the interval have the same quotient, so has everything between. */
/*@ ghost
  /@ requires exponent: WINDOW <= exponent <= SHIFT_MAX + 1;
     requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures ends: \forall integer r, a, t; Nearest(r,a-t,exponent,k) && Nearest(r,a+t,exponent,k) ==> DecidedPair(r,a,exponent,t,k); @/
  void lemma_ends(int exponent, int k);
*/

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures exact: \forall integer r, a; Nearest(r,a,exponent,k) ==> DecidedPair(r,a,exponent,0,k); @/
  void lemma_exact(int exponent, int k);
*/

#endif
