/* Values in two parts: whole units of a window, and what the window cuts off, in units of a lower window.
 *
 * The upper part is less than a unit off. The sum of the lower parts says on which side of the sum of the upper parts the exact sum lies, which is
 * all that a sum in the middle of two magnitudes leaves open (exact/nearest.h).
 */
#ifndef CERTIGAR_PARTS_H
#define CERTIGAR_PARTS_H

#include "exact/shared.h"

/*@ // V is S units of the window at the exponent, and T units of the lower one, give or take t of these
  @ predicate InParts(integer V, integer S, integer exponent, integer T, integer place, integer t) =
  @   Within(WINDOW_UNIT*V - Up(S,exponent),T,place + WINDOW,t);
  @ // a value in parts: the upper one less than a unit off, the lower one at most a unit of its own
  @ predicate HasParts(integer V, integer S, integer exponent, integer T, integer place) =
  @   InParts(V,S,exponent,T,place,1) && Within(V,S,exponent,1) && -TERM_MAX <= S <= TERM_MAX && -TERM_MAX <= T <= TERM_MAX;
  @ predicate RowsInParts{L1,L2}(row *t, integer n, int32_t *exponent, int32_t *place, term_row *upper, term_row *lower) =
  @   \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==>
  @     HasParts(Val(\at(t[i][l],L1)),\at(upper[i][l],L2),\at(exponent[l],L2),\at(lower[i][l],L2),\at(place[l],L2));
  @ predicate FiniteBelow{L}(row *t, integer n, int32_t *exponent) =
  @   \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Finite(t[i][l]) && Shift(Magnitude(t[i][l])) <= exponent[l];
  @ predicate Places{L}(int32_t *place) = \forall integer l; 0 <= l < LANES ==> 0 <= place[l] <= SHIFT_MAX;
  @*/

/* The parts of all rows, and where the lower window of each lane lies. */
/*@ requires rows: Rows(t,0,n);
    requires window: \valid_read(exponent + (0 .. LANES-1)) && Places(exponent);
    requires finite: FiniteBelow(t,n,exponent);
    requires parts: \valid(place + (0 .. LANES-1)) && \valid(upper + (0 .. n-1)) && \valid(lower + (0 .. n-1));
    requires apart: \separated(place + (0 .. LANES-1), upper + (0 .. n-1), lower + (0 .. n-1), exponent + (0 .. LANES-1), t + (0 .. n-1));
    terminates \true; exits \false;
    assigns place[0 .. LANES-1], (&upper[0][0])[0 .. n*LANES-1], (&lower[0][0])[0 .. n*LANES-1];
    ensures places: Places(place);
    ensures parts: RowsInParts{Pre,Post}(t,n,exponent,place,upper,lower); */
KERNEL void rows_in_parts(const row *t, int n, const int32_t *restrict exponent, int32_t *restrict place, term_row *restrict upper,
                          term_row *restrict lower);

#endif
