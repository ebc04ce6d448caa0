/* Lanes in which the greatest values cancel: their sum is what the others add up to, which a window at the place of those decides.
 *
 * f rows that send a vector and its opposite, or the largest finite number with every sign, would otherwise send half of the lanes or all of
 * them to the wide accumulator. Where the values that a window holds whole add up to 0, exactly, they are left out, and the rest gets a window of
 * its own; so again, a few times.
 */
#ifndef CERTIGAR_CANCEL_H
#define CERTIGAR_CANCEL_H

#include "exact/between.h"

/* How many lanes are open. */
/*@ requires open: \valid_read(open + (0 .. LANES-1));
    terminates \true; exits \false; assigns \nothing;
    ensures count: 0 <= \result <= LANES; */
KERNEL int count_open(const int32_t *open);

/* The means that windows decide: where open[l] comes back 0, out[l] is RN(sum / k). */
/*@ requires rows: Rows(t,lo,hi) && hi - lo <= WINDOW_ROWS && 1 <= k <= hi - lo;
    requires top: \valid_read(top + (0 .. LANES-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(top + (0 .. LANES-1), out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==> \separated(&t[i][0 .. LANES-1], out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= top[l] <= QUIET_NAN;
    requires largest: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> Magnitude(t[i][l]) <= top[l];
    terminates \true; exits \false; assigns out[0 .. LANES-1], open[0 .. LANES-1];
    ensures quotient: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> IsQuotient(out[l],\old(Sum(t,lo,hi,l)),k); */
KERNEL void means_by_windows(const row *t, int lo, int hi, int k, const key *restrict top, key *restrict out, int32_t *restrict open);

#endif
