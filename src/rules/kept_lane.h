/* The mean of the rows kept in one lane, by itself: what the window that the means share left open (exact/shared.h).
 *
 * Every value is taken in two parts (exact/parts.h). Mostly the sum of the upper parts is in the middle of two magnitudes, and the sum of the lower
 * parts says on which side the exact sum lies; where it does not, the wide accumulator decides.
 */
#ifndef CERTIGAR_KEPT_LANE_H
#define CERTIGAR_KEPT_LANE_H

#include "acsl/kept.h"
#include "exact/parts.h"

/* RN of the sum of the k rows kept by k. Sets *exact to 1 if the wide accumulator was needed, else to 0. */
/*@ requires rows: Rows(t,0,n) && 0 <= l < LANES && n <= WINDOW_ROWS;
    requires kept: \valid_read(kept + (0 .. n-1)) && 1 <= KeptCount(kept,n) && k == KeptCount(kept,n);
    requires finite: \forall integer i; 0 <= i < n ==> Finite(t[i][l]);
    requires parts: \valid_read(upper + (0 .. n-1)) && \valid_read(lower + (0 .. n-1));
    requires place: 0 <= exponent <= SHIFT_MAX && 0 <= place <= SHIFT_MAX;
    requires in_parts: \forall integer i; 0 <= i < n ==> HasParts(Val(t[i][l]),upper[i][l],exponent,lower[i][l],place);
    requires exact: \valid(exact) && \separated(exact,t + (0 .. n-1)) && \separated(exact,kept + (0 .. n-1));
    terminates \true; exits \false; assigns *exact;
    ensures quotient: IsQuotient(\result,\old(KeptSum(t,kept,n,l)),k);
    ensures count: 0 <= *exact <= 1; */
KERNEL key mean_of_lane(const row *t, const unsigned char *kept, int n, int k, int l, int32_t exponent, const term_row *upper, const term_row *lower,
                        int *exact) /*@ ghost (int32_t place) */;

#endif
