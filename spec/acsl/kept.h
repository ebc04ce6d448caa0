/* The mean of those rows of a tile that are kept, per lane: spec/rules.md, section 1, Mean. */
#ifndef SPEC_KEPT_H
#define SPEC_KEPT_H

#include "acsl/mean.h"

/*@ logic integer KeptSum{L}(row *t, unsigned char *kept, integer n, integer l) =
  @   n <= 0 ? 0 : KeptSum(t,kept,n-1,l) + (kept[n-1] != 0 ? Val(t[n-1][l]) : 0);
  @ logic integer KeptCount{L}(unsigned char *kept, integer n) =
  @   n <= 0 ? 0 : KeptCount(kept,n-1) + (kept[n-1] != 0 ? 1 : 0);
  @
  @ predicate KeptFinite{L}(row *t, unsigned char *kept, integer n, integer l) =
  @   \forall integer i; 0 <= i < n && kept[i] != 0 ==> Finite(t[i][l]);
  @ predicate KeptHas{L}(row *t, unsigned char *kept, integer n, integer l, integer k) =
  @   \exists integer i; 0 <= i < n && kept[i] != 0 && t[i][l] == k;
  @
  @ // the key z is Mean of the rows kept
  @ predicate IsKeptMean{L}(integer z, row *t, unsigned char *kept, integer n, integer l) =
  @      (KeptFinite(t,kept,n,l) ==> IsQuotient(z,KeptSum(t,kept,n,l),KeptCount(kept,n)))
  @   && (KeptHas(t,kept,n,l,QUIET_NAN) ==> z == QUIET_NAN)
  @   && (KeptHas(t,kept,n,l,SPECIAL) && KeptHas(t,kept,n,l,-1-SPECIAL) ==> z == QUIET_NAN)
  @   && (!KeptHas(t,kept,n,l,QUIET_NAN) && KeptHas(t,kept,n,l,SPECIAL) && !KeptHas(t,kept,n,l,-1-SPECIAL) ==> z == SPECIAL)
  @   && (!KeptHas(t,kept,n,l,QUIET_NAN) && KeptHas(t,kept,n,l,-1-SPECIAL) && !KeptHas(t,kept,n,l,SPECIAL) ==> z == -1-SPECIAL);
  @*/

#endif
