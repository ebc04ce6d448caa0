/* The mean of some rows of a tile, per lane: spec/rules.md, section 1, Mean. */
#ifndef SPEC_MEAN_H
#define SPEC_MEAN_H

#include "acsl/number.h"

/*@ logic integer Sum{L}(row *t, integer lo, integer hi, integer l) =           // exact, in units of the smallest subnormal
  @   hi <= lo ? 0 : Sum(t,lo,hi-1,l) + Val(t[hi-1][l]);
  @
  @ predicate AllFinite{L}(row *t, integer lo, integer hi, integer l) = \forall integer i; lo <= i < hi ==> Finite(t[i][l]);
  @ predicate HasNaN{L}(row *t, integer lo, integer hi, integer l) = \exists integer i; lo <= i < hi && t[i][l] == QUIET_NAN;
  @ predicate HasPlus{L}(row *t, integer lo, integer hi, integer l) = \exists integer i; lo <= i < hi && t[i][l] == SPECIAL;
  @ predicate HasMinus{L}(row *t, integer lo, integer hi, integer l) = \exists integer i; lo <= i < hi && t[i][l] == -1-SPECIAL;
  @
  @ // the key z is Mean of the rows lo .. hi-1, with the divisor k
  @ predicate IsMean{L}(integer z, row *t, integer lo, integer hi, integer l, integer k) =
  @      (AllFinite(t,lo,hi,l) ==> IsQuotient(z,Sum(t,lo,hi,l),k))
  @   && (HasNaN(t,lo,hi,l) || (HasPlus(t,lo,hi,l) && HasMinus(t,lo,hi,l)) ==> z == QUIET_NAN)
  @   && (!HasNaN(t,lo,hi,l) && HasPlus(t,lo,hi,l) && !HasMinus(t,lo,hi,l) ==> z == SPECIAL)
  @   && (!HasNaN(t,lo,hi,l) && HasMinus(t,lo,hi,l) && !HasPlus(t,lo,hi,l) ==> z == -1-SPECIAL);
  @
  @ predicate Keys{L}(row *t, integer n) = \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> IsKey(t[i][l]);
  @
  @ predicate Rows{L}(row *t, integer lo, integer hi) =                        // readable rows of keys
  @   0 <= lo < hi <= ROWS_MAX && \valid_read(t + (lo .. hi-1))
  @   && \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> IsKey(t[i][l]);
  @*/

#endif
