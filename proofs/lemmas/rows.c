/* Proofs of rows.h, by induction over the rows. */
#include "lemmas/rows.h"

/*@ ghost
  void lemma_rows(int i, int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= i;
       loop invariant end: 0 <= k*n <= COVER_ROWS_MAX*n && k*n <= COVER_ROWS_MAX*k;
       loop invariant place: \forall integer a; 0 <= a < k ==> 0 <= a*n <= k*n - n;
       loop assigns k; loop variant i - k; @/
    for (; k < i; k++) {
      /@ assert next: (k+1)*n == k*n + n; @/
    }
    /@ assert all: k == i && k*n == i*n; @/
  }
*/

/*@ ghost
  void lemma_row_before(int a, int i, int n)
  {
    lemma_rows(i, n);
    /@ assert before: 0 <= a*n <= i*n - n; @/
  }
*/

/*@ ghost
  void lemma_members(const int32_t *mark, int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant left: \forall row_set s; (\forall integer j; 0 <= j < n && mark[j] != 0 ==> In(s,j) != 0) ==>
         LeftOut(s,k) == Gone(mark,k) + Members(mark,s,k);
       loop invariant members: \forall row_set s; 0 <= Members(mark,s,k);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert gone: Gone(mark,k+1) == Gone(mark,k) + (mark[k] != 0 ? 1 : 0); @/
      /@ assert members: \forall row_set s; Members(mark,s,k+1) == Members(mark,s,k) + (mark[k] == 0 && In(s,k) != 0 ? 1 : 0); @/
      /@ assert left: \forall row_set s; LeftOut(s,k+1) == LeftOut(s,k) + (In(s,k) != 0 ? 1 : 0); @/
    }
    /@ assert end: k == n; @/
  }
*/

/*@ ghost
  void lemma_gone_less(const int32_t *a, const int32_t *b, int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant gone: Gone(a,k) <= Gone(b,k);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert a: Gone(a,k+1) == Gone(a,k) + (a[k] != 0 ? 1 : 0); @/
      /@ assert b: Gone(b,k+1) == Gone(b,k) + (b[k] != 0 ? 1 : 0); @/
    }
    /@ assert end: k == n; @/
  }
*/

/*@ ghost
  void lemma_gone_or_selected(const unsigned char *selected, const int32_t *out, int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant count: (\forall integer j; 0 <= j < n ==> (out[j] != 0 <==> selected[j] == 0)) ==> RowCount(selected,k) == k - Gone(out,k);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert selected: RowCount(selected,k+1) == RowCount(selected,k) + (selected[k] != 0 ? 1 : 0); @/
      /@ assert out: Gone(out,k+1) == Gone(out,k) + (out[k] != 0 ? 1 : 0); @/
    }
    /@ assert end: k == n; @/
  }
*/

/*@ ghost
  void lemma_one_more(const unsigned char *selected, int m, int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant range: 0 <= RowCount(selected,k) <= k && (m <= k ==> RowCount(selected,k) <= m);
       loop invariant same: \forall row_set s; SameRows(selected,s,m) && k <= m ==> LeftOut(s,k) == k - RowCount(selected,k);
       loop invariant rest: \forall row_set s; SameRows(selected,s,m) ==> LeftOut(s,k) <= k - RowCount(selected,k);
       loop invariant more: \forall row_set s, integer q; m <= q < k && SameRows(selected,s,m) && In(s,q) == 0 ==>
         LeftOut(s,k) < k - RowCount(selected,k);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert selected: RowCount(selected,k+1) == RowCount(selected,k) + (selected[k] != 0 ? 1 : 0); @/
      /@ assert left: \forall row_set s; LeftOut(s,k+1) == LeftOut(s,k) + (In(s,k) != 0 ? 1 : 0); @/
      /@ assert here: \forall row_set s; SameRows(selected,s,m) && k < m ==> (selected[k] != 0 <==> In(s,k) == 0); @/
    }
    /@ assert end: k == n; @/
  }
*/
