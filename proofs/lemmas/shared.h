/* Lemma functions about sums of terms of one window, to which terms are added and from which they are taken away. */
#ifndef LEMMAS_SHARED_H
#define LEMMAS_SHARED_H

#include "exact/shared.h"

/*@ // what a term more or less does to the sum of n terms of a lane
  @ predicate TermAdds(integer e, integer c, integer n) =
  @   \forall integer V, S, W, T; LaneSum(V,S,e,c,n) && LaneSum(W,T,e,c,1) ==> LaneSum(V+W,S+T,e,c,n+1);
  @ predicate TermDrops(integer e, integer c, integer n) =
  @   \forall integer V, S, W, T; LaneSum(V,S,e,c,n) && LaneSum(W,T,e,c,1) ==> LaneSum(V-W,S-T,e,c,n+1);
  @*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     requires n: 0 <= n;
     terminates \true; exits \false; assigns \nothing;
     ensures adds: TermAdds(e,c,n);
     ensures drops: TermDrops(e,c,n); @/
  void lemma_lane_terms(int e, int c, int n);
*/

/* A term stays what it is when the cut of its lane is greater. */
/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures stays: \forall integer V, S, c, d; c <= d && LaneSum(V,S,e,c,1) ==> LaneSum(V,S,e,d,1); @/
  void lemma_lane_stays(int e);
*/

/* The sum of the kept rows is bounded by the greatest value. */
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures count: 0 <= KeptCount(kept,n) <= n;
     ensures bound: \forall integer l; KeptFinite(t,kept,n,l) ==> Abs(KeptSum(t,kept,n,l)) <= KeptCount(kept,n)*Value(SPECIAL-1); @/
  void lemma_kept_bound(const row *t, const unsigned char *kept, int n);
*/

#endif
