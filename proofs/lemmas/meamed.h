/* Lemma functions about meamed: a window of ranks that is balanced about twice the median holds the values closest to the median.
 *
 * Of the q values x_(s), ..., x_(s+q-1) the ends decide: x_(s-1) is not closer than x_(s-1+q) when x_(s-1) + x_(s-1+q) < 2M, and x_(s+q) is not
 * closer than x_(s) when x_(s) + x_(s+q) >= 2M. These sums increase with s, so one pass finds the window; ties go to the smaller value.
 */
#ifndef LEMMAS_MEAMED_H
#define LEMMAS_MEAMED_H

#include "acsl/rules.h"

/*@ predicate FiniteMedian{L}(row *t, integer n, integer l) = Finite(Rank(t,n,l,(n-1)/2)) && Finite(Rank(t,n,l,n/2));
  @
  @ predicate Balanced{L}(row *t, integer n, integer l, integer s, integer q) =
  @      0 <= s <= n-q && Finite(Rank(t,n,l,s)) && Finite(Rank(t,n,l,s+q-1)) && FiniteMedian(t,n,l)
  @   && (s+q < n && Finite(Rank(t,n,l,s+q)) ==> TwiceMedian(t,n,l) <= Val(Rank(t,n,l,s)) + Val(Rank(t,n,l,s+q)))
  @   && (0 < s && Finite(Rank(t,n,l,s-1)) ==> Val(Rank(t,n,l,s-1)) + Val(Rank(t,n,l,s-1+q)) < TwiceMedian(t,n,l));
  @
  @ // the tie of a balanced window: its first value, and the first beyond it
  @ predicate TiedEnds{L}(row *t, integer n, integer l, integer s, integer q) =
  @      s+q < n && Finite(Rank(t,n,l,s+q)) && Val(Rank(t,n,l,s)) + Val(Rank(t,n,l,s+q)) == TwiceMedian(t,n,l)
  @   && Val(Rank(t,n,l,s)) != Val(Rank(t,n,l,s+q));
  @
  @ // no median, or no q ranks in a row that are finite
  @ predicate NoWindow{L}(row *t, integer n, integer l, integer q) = FiniteMedian(t,n,l) ==>
  @   \forall integer j; 0 <= j <= n-q ==> !(Finite(Rank(t,n,l,j)) && Finite(Rank(t,n,l,j+q-1)));
  @*/

/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures none: \forall integer l; 0 <= l < LANES && NoWindow(t,n,l,q) ==> !HasMeamed(t,n,n-q,l);
     ensures some: \forall integer l, s; 0 <= l < LANES && Balanced(t,n,l,s,q) ==> HasMeamed(t,n,n-q,l);
     ensures closest: \forall integer l, s; 0 <= l < LANES && Balanced(t,n,l,s,q) ==> Closest(t,n,l,s,q);
     ensures tie: \forall integer l, s; 0 <= l < LANES && Balanced(t,n,l,s,q) ==> (HasTie(t,n,n-q,l) <==> TiedEnds(t,n,l,s,q)); @/
  void lemma_meamed(const row *t, int n, int q);
*/

#endif
