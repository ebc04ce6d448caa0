/* The windows of a sorted tile: where, in each lane, the q finite values closest to the median stand.
 *
 * They are q ranks from the first finite rank s on with x_(s) + x_(s+q) >= 2M, or from the last that leaves q finite ranks
 * (proofs/lemmas/meamed.h).
 */
#ifndef CERTIGAR_MEAMED_WINDOW_H
#define CERTIGAR_MEAMED_WINDOW_H

#include "lemmas/meamed.h"

/*@ // Balanced, TiedEnds and NoWindow of proofs/lemmas/meamed.h, said of the rows of a sorted tile
  @ logic integer MiddleSum{L}(row *t, integer n, integer l) = Val(t[(n-1)/2][l]) + Val(t[n/2][l]);
  @
  @ predicate FiniteMiddle{L}(row *t, integer n, integer l) = Finite(t[(n-1)/2][l]) && Finite(t[n/2][l]);
  @
  @ predicate BalancedRows{L}(row *t, integer n, integer l, integer s, integer q) =
  @      0 <= s <= n-q && Finite(t[s][l]) && Finite(t[s+q-1][l]) && FiniteMiddle(t,n,l)
  @   && (s+q < n && Finite(t[s+q][l]) ==> MiddleSum(t,n,l) <= Val(t[s][l]) + Val(t[s+q][l]))
  @   && (0 < s && Finite(t[s-1][l]) ==> Val(t[s-1][l]) + Val(t[s-1+q][l]) < MiddleSum(t,n,l));
  @
  @ predicate TiedRows{L}(row *t, integer n, integer l, integer s, integer q) =
  @      s+q < n && Finite(t[s+q][l]) && Val(t[s][l]) + Val(t[s+q][l]) == MiddleSum(t,n,l)
  @   && Val(t[s][l]) != Val(t[s+q][l]);
  @
  @ predicate FiniteEnds{L}(row *t, integer l, integer j, integer q) = Finite(t[j][l]) && Finite(t[j+q-1][l]);
  @ predicate NoWindowRows{L}(row *t, integer n, integer l, integer q) =
  @   FiniteMiddle(t,n,l) ==> \forall integer j; 0 <= j <= n-q ==> !FiniteEnds(t,l,j,q);
  @*/

/* Of each lane, twice the window's start, plus 1 if the first value beyond it ties with its first; -1 if there is none. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX;
    requires t: \valid_read(t + (0 .. n-1)) && \valid(window + (0 .. LANES-1));
    requires apart: \separated(window + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires sorted: Sorted(t,n);
    terminates \true; exits \false; assigns window[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> -1 <= window[l] <= 2*(n-q)+1;
    ensures none: \forall integer l; 0 <= l < LANES && window[l] == -1 ==> NoWindowRows{Pre}(t,n,l,q);
    ensures some: \forall integer l; 0 <= l < LANES && 0 <= window[l] ==> BalancedRows{Pre}(t,n,l,window[l]/2,q);
    ensures tied: \forall integer l; 0 <= l < LANES && 0 <= window[l] ==>
      (window[l] % 2 == 1 <==> TiedRows{Pre}(t,n,l,window[l]/2,q)); */
KERNEL void find_windows(const row *t, int n, int q, int *window);

#endif
