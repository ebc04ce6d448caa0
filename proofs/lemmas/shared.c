/* Lemma functions about sums of terms of one window: see shared.h. */
#include "lemmas/shared.h"
#include "lemmas/order.h"
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
    /@ assert less: \forall integer c, d; c <= d ==> Loss(c,1) <= Loss(d,1); @/
  }
*/

/*@ ghost
  void lemma_kept_bound(const row *t, const unsigned char *kept, int n)
  {
    int i = 0;
    lemma_val_order();
    /@ loop invariant i: 0 <= i <= n;
       loop invariant count: 0 <= KeptCount(kept,i) <= i;
       loop invariant bound: \forall integer l; KeptFinite(t,kept,i,l) ==> Abs(KeptSum(t,kept,i,l)) <= KeptCount(kept,i)*Value(SPECIAL-1);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: \forall integer l; KeptSum(t,kept,i+1,l) == KeptSum(t,kept,i,l) + (kept[i] != 0 ? Val(t[i][l]) : 0); @/
      /@ assert count: KeptCount(kept,i+1) == KeptCount(kept,i) + (kept[i] != 0 ? 1 : 0); @/
      /@ assert before: \forall integer l; KeptFinite(t,kept,i+1,l) ==> KeptFinite(t,kept,i,l); @/
      /@ assert finite: \forall integer l; KeptFinite(t,kept,i+1,l) && kept[i] != 0 ==> Finite(t[i][l]); @/
      /@ assert product: (KeptCount(kept,i)+1)*Value(SPECIAL-1) == KeptCount(kept,i)*Value(SPECIAL-1) + Value(SPECIAL-1); @/
    }
    /@ assert end: i == n; @/
  }
*/
