/* Sums in a window of exponents, and their correctly rounded quotients.
 *
 * Per lane, every term is cut to a multiple of the unit 2^(exponent - WINDOW), where exponent is the greatest Shift among the terms: WINDOW
 * bits below the last place of the greatest term. Cutting loses less than one unit per term, so the exact sum lies within t units of the sum of
 * the cut terms, t the number of terms; and t = 0 when no term reached below the window. The quotient is accepted when every
 * sum in that interval has the same one; only then. A row of tiny values therefore does not send a lane to the wide accumulator.
 */
#ifndef CERTIGAR_WINDOW_H
#define CERTIGAR_WINDOW_H

#include "acsl/mean.h"

/* WINDOW_UNIT is 2^WINDOW. TERM_MAX bounds a cut term, in units (FORMAT 64: its high word); sums of WINDOW_ROWS terms stay below 2^60 (2^62). */
#if FORMAT == 32
enum { WINDOW = 26, WINDOW_ROWS = 1024 };
#define WINDOW_UNIT 0x4000000
#define TERM_MAX 0x4000000000000
#elif FORMAT == 64
enum { WINDOW = 32, WINDOW_ROWS = 512 };
#define WINDOW_UNIT 0x100000000
#define TERM_MAX 0x20000000000000
#else
enum { WINDOW = 3, WINDOW_ROWS = 1024 };    /* narrow, so that the toy reaches every path */
#define WINDOW_UNIT 0x8
#define TERM_MAX 0x40
#endif

/*@ // the value V lies within t units of S units
  @ predicate Within(integer V, integer S, integer exponent, integer t) =
  @   WINDOW_UNIT*V <= Up(S+t,exponent) && Up(S-t,exponent) <= WINDOW_UNIT*V;
  @ // by how many bits a term is cut, and whether so far that it may lose something
  @ logic integer CutBits(integer k, integer exponent) =
  @   Significand(Magnitude(k)) == 0 ? 0 : exponent - Shift(Magnitude(k));
  @ logic integer Loss(integer cut, integer terms) = cut > WINDOW ? terms : 0;
  @ // the sum of some terms lies within the window's loss of S units; the furthest cut was c bits
  @ predicate LaneSum(integer V, integer S, integer exponent, integer c, integer terms) = Within(V,S,exponent,Loss(c,terms));
  @ // a sum went from S to T by adding the key k
  @ predicate Added(integer k, integer exponent, integer S, integer T) =
  @   Within(Val(k), T - S, exponent, Loss(CutBits(k,exponent),1));
  @ // so did the sum of a lane, whatever it is the sum of
  @ predicate Stepped(integer k, integer exponent, integer S, integer cut, integer T, integer most) =
  @   \forall integer V, terms; 0 <= terms && LaneSum(V,S,exponent,cut,terms) ==> LaneSum(V + Val(k),T,exponent,most,terms+1);
  @*/

/* The greatest magnitude of rows lo .. hi-1, per lane. */
/*@ requires rows: 0 <= lo < hi <= ROWS_MAX;
    requires t: \valid_read(t + (lo .. hi-1));
    requires top: \valid(top + (0 .. LANES-1));
    requires apart: \forall integer i; lo <= i < hi ==> \separated(top + (0 .. LANES-1), &t[i][0 .. LANES-1]);
    requires keys: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> IsKey(t[i][l]);
    terminates \true; exits \false; assigns top[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= top[l] <= QUIET_NAN;
    ensures top: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> Magnitude(t[i][l]) <= top[l];
    ensures attained: \forall integer l; 0 <= l < LANES ==> top[l] == 0 || \exists integer i; lo <= i < hi && Magnitude(t[i][l]) == top[l]; */
KERNEL void largest_magnitudes(const row *t, int lo, int hi, key *restrict top);

/* The means that the window decides: where open[l] comes back 0, out[l] is RN(sum / k). */
/*@ requires rows: Rows(t,lo,hi) && hi - lo <= WINDOW_ROWS && 1 <= k <= hi - lo;
    requires top: \valid_read(top + (0 .. LANES-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(top + (0 .. LANES-1), out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==> \separated(&t[i][0 .. LANES-1], out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= top[l] <= QUIET_NAN;
    requires largest: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> Magnitude(t[i][l]) <= top[l];
    terminates \true; exits \false; assigns out[0 .. LANES-1], open[0 .. LANES-1];
    ensures quotient: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> IsQuotient(out[l],\old(Sum(t,lo,hi,l)),k); */
KERNEL void window_means(const row *t, int lo, int hi, int k, const key *restrict top, key *restrict out, int32_t *restrict open);

/* exponent[l] = Shift(top[l]), the window's place. */
/*@ requires top: \valid_read(top + (0 .. LANES-1));
    requires exponent: \valid(exponent + (0 .. LANES-1));
    requires apart: \separated(top + (0 .. LANES-1), exponent + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= top[l] <= QUIET_NAN;
    terminates \true; exits \false; assigns exponent[0 .. LANES-1];
    ensures exponent: \forall integer l; 0 <= l < LANES ==> exponent[l] == Shift(top[l]);
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX + 1; */
KERNEL void window_exponents(const key *restrict top, int32_t *restrict exponent);

#endif
