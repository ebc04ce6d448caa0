/* Lemma functions about sums of terms of one window: see shared.h. */
#include "lemmas/shared.h"
#include "lemmas/window.h"

/*@ ghost
  void lemma_lane_terms(int e, int c, int n)
  {
    lemma_within_add(e);
    lemma_within_negate(e);
    /@ assert loss: Loss(c,n) + Loss(c,1) == Loss(c,n+1); @/
    /@ assert add: \forall integer V, S, W, T; LaneSum(V,S,e,c,n) && LaneSum(W,T,e,c,1) ==> Within(V+W,S+T,e,Loss(c,n)+Loss(c,1)); @/
    /@ assert negated: \forall integer W, T; LaneSum(W,T,e,c,1) ==> Within(-W,-T,e,Loss(c,1)); @/
    /@ assert drop: \forall integer V, S, W, T; LaneSum(V,S,e,c,n) && LaneSum(W,T,e,c,1) ==> Within(V+(-W),S+(-T),e,Loss(c,n)+Loss(c,1)); @/
  }
*/

/*@ ghost
  void lemma_lane_stays(int e)
  {
    lemma_within_add(e);
    /@ assert less: \forall integer c, d, n; 0 <= n && c <= d ==> Loss(c,n) <= Loss(d,n); @/
  }
*/
