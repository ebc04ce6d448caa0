/* Lemma functions about rows: where those of a matrix begin, and how many a set leaves out. */
#ifndef LEMMAS_ROWS_H
#define LEMMAS_ROWS_H

#include "order/first.h"

// where the first i rows of a matrix begin: each ends before row i
/*@ ghost
  /@ requires n: 0 <= i <= n <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures size: 0 <= i*n <= COVER_ROWS_MAX*n;
     ensures place: \forall integer a; 0 <= a < i ==> 0 <= a*n <= i*n - n; @/
  void lemma_rows(int i, int n);
*/

/*@ ghost
  /@ requires n: 0 <= a < i <= n <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures before: 0 <= a*n && a*n + n <= i*n; @/
  void lemma_row_before(int a, int i, int n);
*/

// what a set leaves out are the rows that are gone, if it leaves these out, and its members among the others
/*@ ghost
  /@ requires n: 0 <= n <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures left: \forall row_set s; (\forall integer j; 0 <= j < n && mark[j] != 0 ==> In(s,j) != 0) ==>
       LeftOut(s,n) == Gone(mark,n) + Members(mark,s,n);
     ensures members: \forall row_set s; 0 <= Members(mark,s,n); @/
  void lemma_members(const int32_t *mark, int n);
*/

// fewer rows are gone if each that is, is so in the other marks too
/*@ ghost
  /@ requires n: 0 <= n <= COVER_ROWS_MAX;
     requires fewer: \forall integer j; 0 <= j < n && a[j] != 0 ==> b[j] != 0;
     terminates \true; exits \false; assigns \nothing;
     ensures gone: Gone(a,n) <= Gone(b,n); @/
  void lemma_gone_less(const int32_t *a, const int32_t *b, int n);
*/

// if every row is either gone or selected
/*@ ghost
  /@ requires n: 0 <= n <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures count: (\forall integer j; 0 <= j < n ==> (out[j] != 0 <==> selected[j] == 0)) ==> RowCount(selected,n) == n - Gone(out,n); @/
  void lemma_gone_or_selected(const unsigned char *selected, const int32_t *out, int n);
*/

// if all selected rows are below row m, a set that has them and a row from there on leaves out fewer than the others
/*@ ghost
  /@ requires n: 0 <= m <= n <= COVER_ROWS_MAX;
     requires decided: \forall integer j; m <= j < n ==> selected[j] == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures more: \forall row_set s, integer q; m <= q < n && SameRows(selected,s,m) && In(s,q) == 0 ==>
       LeftOut(s,n) < n - RowCount(selected,n);
     ensures range: 0 <= RowCount(selected,n) <= m; @/
  void lemma_one_more(const unsigned char *selected, int m, int n);
*/

#endif
