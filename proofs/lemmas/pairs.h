/* Lemma functions about the pairs of rows: how many there are, and where each stands. */
#ifndef LEMMAS_PAIRS_H
#define LEMMAS_PAIRS_H

#include "acsl/diameter.h"

/*@ ghost
  /@ requires n: 0 <= n <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures range: 0 <= Pairs(n) <= COVER_ROWS_MAX*n;
     ensures upto: \forall integer a; 0 <= a <= n ==> 0 <= Pairs(a) <= Pairs(n);
     ensures place: \forall integer a, b; 0 <= a < n && 0 <= b < n && a != b ==> 0 <= PairOf(a,b) < Pairs(n); @/
  void lemma_pairs(int n);
*/

// a set that has all selected rows, and one more, leaves out fewer
/*@ ghost
  /@ requires n: 0 <= n <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures more: \forall row_set s, integer q; 0 <= q < n && selected[q] == 0 && In(s,q) == 0 &&
       (\forall integer j; 0 <= j < n && selected[j] != 0 ==> In(s,j) == 0) ==> LeftOut(s,n) < n - RowCount(selected,n); @/
  void lemma_superset(const unsigned char *selected, int n);
*/

#endif
