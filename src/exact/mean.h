/* The correctly rounded mean of rows of a tile, per lane: spec/rules.md, section 1, Mean.
 *
 * Windows decide nearly every lane (cancel.h); a lane that they leave open takes the wide accumulator, which decides all.
 */
#ifndef CERTIGAR_MEAN_H
#define CERTIGAR_MEAN_H

#include "acsl/mean.h"

/* out[l] = Mean of t[lo .. hi-1][l] with the divisor k; k may be less than the number of rows when the others are zero.
 * Returns how many lanes with a finite value other than 0 took the wide accumulator; that count is not proved.
 */
/*@ requires rows: 0 <= lo < hi <= ROWS_MAX && 1 <= k <= hi - lo;
    requires t: \valid_read(t + (lo .. hi-1));
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \forall integer i; lo <= i < hi ==> \separated(out + (0 .. LANES-1), &t[i][0 .. LANES-1]);
    requires keys: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> IsKey(t[i][l]);
    requires bound: \forall integer l; 0 <= l < LANES && AllFinite(t,lo,hi,l) ==> Abs(Sum(t,lo,hi,l)) <= k*Value(SPECIAL-1);
    terminates \true; exits \false; assigns out[0 .. LANES-1];
    ensures mean: \forall integer l; 0 <= l < LANES ==> IsMean(out[l],t,lo,hi,l,k);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int mean_rows(const row *t, int lo, int hi, int k, key *out);

#endif
