/* Lemma functions about sums of terms of one window: terms are added to them and taken away. */
#ifndef LEMMAS_SHARED_H
#define LEMMAS_SHARED_H

#include "exact/shared.h"

/*@ // what a term more or less does to the sum of n terms of a lane, and that terms stay what they are when the lane's cut grows
  @ predicate TermAdds(integer e, integer c, integer n) =
  @   \forall integer V, S, W, T; LaneSum(V,S,e,c,n) && LaneSum(W,T,e,c,1) ==> LaneSum(V+W,S+T,e,c,n+1);
  @ predicate TermDrops(integer e, integer c, integer n) =
  @   \forall integer V, S, W, T; LaneSum(V,S,e,c,n) && LaneSum(W,T,e,c,1) ==> LaneSum(V-W,S-T,e,c,n+1);
  @ predicate TermStays(integer e, integer c, integer d) = \forall integer V, S, n; 0 <= n && LaneSum(V,S,e,c,n) ==> LaneSum(V,S,e,d,n);
  @*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     requires n: 0 <= n;
     terminates \true; exits \false; assigns \nothing;
     ensures adds: TermAdds(e,c,n);
     ensures drops: TermDrops(e,c,n); @/
  void lemma_lane_terms(int e, int c, int n);
*/

/*@ ghost
  /@ requires e: 0 <= e <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures stays: \forall integer c, d; c <= d ==> TermStays(e,c,d); @/
  void lemma_lane_stays(int e);
*/

#endif
