/* Quotients of sums of a window that are exact, or known to be a little more or less: the nearest magnitude is guessed, and the guess is taken
 * where the residual is at most half of the gap between magnitudes.
 *
 * Sums that are exact (window.h: no term was cut below the window) need no interval about them. Where terms were cut and the sum is in the middle
 * of two magnitudes, the side on which the exact sum lies decides. What remains open, be it a magnitude that is not normal, or a mean far below the
 * greatest term, is for window_quotients.
 */
#ifndef CERTIGAR_NEAREST_H
#define CERTIGAR_NEAREST_H

#include "exact/window_sums.h"

enum { NEAR_ROWS = 255 }; /* a significand times as many fits in 32 bits */

/*@ // the value V is S units, or beside them, on the side told, by at most t units
  @ predicate Beside(integer V, integer S, integer exponent, integer side, integer t) =
  @   side == 0 ? WINDOW_UNIT*V == Up(S,exponent) :
  @   side > 0 ? Up(S,exponent) < WINDOW_UNIT*V <= Up(S+t,exponent) : Up(S-t,exponent) <= WINDOW_UNIT*V < Up(S,exponent);
  @*/

/* RN(V / k) for every V beside the sum, if the guess is it; returns whether it is. */
/*@ requires terms: 1 <= k <= NEAR_ROWS;
    requires exponent: 0 <= exponent <= SHIFT_MAX;
    requires small: -WINDOW_ROWS*TERM_MAX <= sum <= WINDOW_ROWS*TERM_MAX;
    requires side: -1 <= side <= 1 && 0 <= t <= WINDOW_ROWS;
    requires out: \valid(out);
    terminates \true; exits \false; assigns *out;
    ensures quotient: \result != 0 ==> \forall integer V; Beside(V,sum,exponent,side,t) ==> IsQuotient(*out,V,k); */
KERNEL int64_t near_quotient(int64_t sum, int32_t exponent, int32_t side, int32_t t, int k, key *out);

/* The quotients of exact sums, if the guesses are these in all lanes; returns whether they are. */
/*@ requires terms: 1 <= k <= NEAR_ROWS;
    requires sums: \valid_read(sum + (0 .. LANES-1)) && \valid_read(exponent + (0 .. LANES-1));
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. LANES-1), exponent + (0 .. LANES-1), out + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX;
    requires small: \forall integer l; 0 <= l < LANES ==> -WINDOW_ROWS*TERM_MAX <= sum[l] <= WINDOW_ROWS*TERM_MAX;
    terminates \true; exits \false; assigns out[0 .. LANES-1];
    ensures quotient: \result != 0 ==>
      \forall integer l, V; 0 <= l < LANES && Within(V,sum[l],\old(exponent[l]),0) ==> IsQuotient(out[l],V,k); */
KERNEL int near_quotients(const int64_t *restrict sum, const int32_t *restrict exponent, int k, key *restrict out);

#endif
