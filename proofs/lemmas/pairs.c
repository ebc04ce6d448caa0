/* Proofs of pairs.h, by induction over the rows. */
#include "lemmas/pairs.h"

/*@ ghost
  void lemma_pairs(int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant range: 0 <= Pairs(k) <= COVER_ROWS_MAX*k;
       loop invariant upto: \forall integer a; 0 <= a <= k ==> 0 <= Pairs(a) <= Pairs(k);
       loop invariant place: \forall integer a, b; 0 <= a < k && 0 <= b < k && a != b ==> 0 <= PairOf(a,b) < Pairs(k);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert next: Pairs(k+1) == Pairs(k) + k; @/
      /@ assert row: \forall integer b; 0 <= b < k ==> PairOf(k,b) == Pairs(k) + b && PairOf(b,k) == Pairs(k) + b; @/
    }
    /@ assert end: k == n; @/
  }
*/

/*@ ghost
  void lemma_superset(const unsigned char *selected, int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant rest: \forall row_set s; (\forall integer j; 0 <= j < n && selected[j] != 0 ==> In(s,j) == 0) ==>
         LeftOut(s,k) <= k - RowCount(selected,k);
       loop invariant more: \forall row_set s, integer q; 0 <= q < k && selected[q] == 0 && In(s,q) == 0 &&
         (\forall integer j; 0 <= j < n && selected[j] != 0 ==> In(s,j) == 0) ==> LeftOut(s,k) < k - RowCount(selected,k);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert selected: RowCount(selected,k+1) == RowCount(selected,k) + (selected[k] != 0 ? 1 : 0); @/
      /@ assert left: \forall row_set s; LeftOut(s,k+1) == LeftOut(s,k) + (In(s,k) != 0 ? 1 : 0); @/
    }
    /@ assert end: k == n; @/
  }
*/
