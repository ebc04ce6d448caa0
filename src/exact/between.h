/* Sums and means of those values of a tile whose magnitude lies between two bounds: what the rest of a lane adds up to once its greatest values cancel. */
#ifndef CERTIGAR_BETWEEN_H
#define CERTIGAR_BETWEEN_H

#include "exact/window.h"

/*@ // the values of a lane of which the magnitude is above one bound and at most another, in units of the smallest subnormal
  @ logic integer Between(integer k, integer above, integer to) = above < Magnitude(k) <= to ? Val(k) : 0;
  @ logic integer SumBetween{L}(row *t, integer lo, integer hi, integer l, integer above, integer to) =
  @   hi <= lo ? 0 : SumBetween(t,lo,hi-1,l,above,to) + Between(t[hi-1][l],above,to);
  @*/

/* These values of a row, and 0 for the others. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires bounds: \valid_read(above + (0 .. LANES-1)) && \valid_read(to + (0 .. LANES-1));
    requires kept: \valid(kept + (0 .. LANES-1));
    requires apart: \separated(kept + (0 .. LANES-1), keys + (0 .. LANES-1), above + (0 .. LANES-1), to + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= to[l] <= QUIET_NAN;
    terminates \true; exits \false; assigns kept[0 .. LANES-1];
    ensures value: \forall integer l; 0 <= l < LANES ==> Val(kept[l]) == \old(Between(keys[l],above[l],to[l]));
    ensures key: \forall integer l; 0 <= l < LANES ==> IsKey(kept[l]);
    ensures magnitude: \forall integer l; 0 <= l < LANES ==> Magnitude(kept[l]) <= \old(to[l]); */
KERNEL void keep_between(const key *restrict keys, const key *restrict above, const key *restrict to, key *restrict kept);

/* Lanes in which a window of the same place shows that these values add up to 0: where cancels[l] is not 0 they do. */
/*@ requires rows: Rows(t,lo,hi) && hi - lo <= WINDOW_ROWS;
    requires bounds: \valid_read(above + (0 .. LANES-1)) && \valid_read(to + (0 .. LANES-1));
    requires cancels: \valid(cancels + (0 .. LANES-1));
    requires apart: \separated(above + (0 .. LANES-1), to + (0 .. LANES-1), cancels + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==>
      \separated(&t[i][0 .. LANES-1], above + (0 .. LANES-1), to + (0 .. LANES-1), cancels + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= to[l] <= QUIET_NAN;
    terminates \true; exits \false; assigns cancels[0 .. LANES-1];
    ensures zero: \forall integer l; 0 <= l < LANES && cancels[l] != 0 ==> \old(SumBetween(t,lo,hi,l,above[l],to[l])) == 0; */
KERNEL void window_cancels(const row *t, int lo, int hi, const key *restrict above, const key *restrict to, int32_t *restrict cancels);

/* The means of these values that the window decides, its place the one of the greatest magnitude that they may have: where open[l] comes back 0, out[l]
   is RN(sum / k). */
/*@ requires rows: Rows(t,lo,hi) && hi - lo <= WINDOW_ROWS && 1 <= k <= hi - lo;
    requires bounds: \valid_read(above + (0 .. LANES-1)) && \valid_read(to + (0 .. LANES-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(above + (0 .. LANES-1), to + (0 .. LANES-1), out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==>
      \separated(&t[i][0 .. LANES-1], above + (0 .. LANES-1), to + (0 .. LANES-1), out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= to[l] <= QUIET_NAN;
    terminates \true; exits \false; assigns out[0 .. LANES-1], open[0 .. LANES-1];
    ensures quotient: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> IsQuotient(out[l],\old(SumBetween(t,lo,hi,l,above[l],to[l])),k); */
KERNEL void window_means_between(const row *t, int lo, int hi, int k, const key *restrict above, const key *restrict to, key *restrict out,
                                 int32_t *restrict open);

#endif
