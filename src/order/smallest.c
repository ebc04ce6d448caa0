/* The first set of rows of least diameter: see smallest.h. */
#include "order/smallest.h"
#include "lemmas/pairs.h"
#include "lemmas/rows.h"

/*@ predicate Filled{L}(int64_t *rank, int64_t *classes, integer n, integer i) =
  @   \forall integer a, b; 0 <= a < i && 0 <= b < n ==> Distance(rank,n,a,b) == (a == b ? 0 : classes[PairOf(a,b)]);
  @*/

/* Row i of the matrix: a row of the triangle, then one of its columns. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX;
    requires read: \valid_read(classes + (0 .. Pairs(n)-1));
    requires row: \valid(row + (0 .. n-1));
    requires apart: \separated(classes + (0 .. Pairs(n)-1),row + (0 .. n-1));
    requires first: first == Pairs(i);
    terminates \true; exits \false; assigns row[0 .. n-1];
    ensures row: \forall integer j; 0 <= j < n ==> row[j] == (i == j ? 0 : classes[PairOf(i,j)]); */
static void fill_row(const int64_t *classes, int64_t first, int n, int i, int64_t *row)
{
  int64_t p = first;
  //@ ghost lemma_pairs(n);
  /*@ loop invariant j: 0 <= j <= i;
      loop invariant row: \forall integer q; 0 <= q < j ==> row[q] == classes[PairOf(i,q)];
      loop assigns j, row[0 .. n-1]; loop variant i - j; */
  for (int j = 0; j < i; j++) row[j] = classes[first + j];
  row[i] = 0;
  //@ assert next: Pairs(i+1) == Pairs(i) + i;
  p += i;
  /*@ loop invariant j: i+1 <= j <= n;
      loop invariant p: p == Pairs(j) && 0 <= p <= Pairs(n);
      loop invariant row: \forall integer q; 0 <= q < j ==> row[q] == (i == q ? 0 : classes[PairOf(i,q)]);
      loop assigns j, p, row[0 .. n-1]; loop variant n - j; */
  for (int j = i + 1; j < n; j++) {
    //@ assert next1: Pairs(j+1) == Pairs(j) + j;
    //@ assert within: 0 <= p + i < Pairs(n);
    //@ assert place: PairOf(i,j) == p + i;
    row[j] = classes[p + i];
    p += j;
  }
}

/* Row i of the matrix, after those before it. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX;
    requires read: \valid_read(classes + (0 .. Pairs(n)-1));
    requires rank: \valid(rank + (0 .. n*n-1));
    requires apart: \separated(classes + (0 .. Pairs(n)-1),rank + (0 .. n*n-1));
    requires row: 0 <= i*n && i*n + n <= n*n && n*n <= COVER_ROWS_MAX*n;
    requires first: first == Pairs(i);
    requires filled: Filled(rank,classes,n,i);
    terminates \true; exits \false; assigns rank[0 .. n*n-1];
    ensures filled: Filled(rank,classes,n,i+1); */
static void fill_next_row(const int64_t *classes, int64_t first, int n, int i, int64_t *rank)
{
  fill_row(classes, first, n, i, rank + (int64_t)i * n);
  //@ ghost lemma_pairs(n);
  /*@ ghost
    int a = 0;
    /@ loop invariant a: 0 <= a <= i;
       loop invariant filled: Filled(rank,classes,n,a);
       loop assigns a; loop variant i - a; @/
    for (; a < i; a++) {
      lemma_row_before(a, i, n);
      /@ assert same: \let q = a; \forall integer b; 0 <= b < n ==> Distance(rank,n,q,b) == Distance{Pre}(rank,n,q,b); @/
      /@ assert class: \let q = a; \forall integer b; 0 <= b < n && b != q ==> 0 <= PairOf(q,b) < Pairs(n) &&
           classes[PairOf(q,b)] == \at(classes[PairOf(q,b)],Pre); @/
    }
    /@ assert end: a == i; @/
  */
  //@ assert this: \forall integer b; 0 <= b < n ==> Distance(rank,n,i,b) == (i == b ? 0 : classes[PairOf(i,b)]);
}

/*@ requires n: 1 <= n <= COVER_ROWS_MAX;
    requires read: \valid_read(classes + (0 .. Pairs(n)-1));
    requires rank: \valid(rank + (0 .. n*n-1));
    requires apart: \separated(classes + (0 .. Pairs(n)-1),rank + (0 .. n*n-1));
    terminates \true; exits \false; assigns rank[0 .. n*n-1];
    ensures filled: Filled(rank,classes,n,n); */
static void fill_matrix(const int64_t *classes, int n, int64_t *rank)
{
  int64_t first = 0;
  //@ ghost lemma_pairs(n);
  //@ ghost lemma_rows(n, n);
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant first: first == Pairs(i);
      loop invariant filled: Filled(rank,classes,n,i);
      loop assigns i, first, rank[0 .. n*n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    //@ ghost lemma_row_before(i, n, n);
    fill_next_row(classes, first, n, i, rank);
    //@ assert next: Pairs(i+1) == Pairs(i) + i;
    first += i;
  }
}

/* Whether a row before row i has rank 1 in row i, and both are selected. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX;
    requires row: \valid_read(row + (0 .. n-1));
    requires selected: \valid_read(selected + (0 .. n-1));
    terminates \true; exits \false; assigns \nothing;
    ensures found: \result == 0 || \result == 1;
    ensures one: \result == 1 ==> selected[i] != 0 && \exists integer j; 0 <= j < i && selected[j] != 0 && row[j] == 1; */
static int row_has_one(const int64_t *row, int i, const unsigned char *selected) /*@ ghost (int n) */
{
  /*@ loop invariant j: 0 <= j <= i;
      loop assigns j; loop variant i - j; */
  for (int j = 0; j < i; j++)
    if (selected[j] != 0 && selected[i] != 0 && row[j] == 1) return 1;
  return 0;
}

/* Whether a pair of selected rows has rank 1. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires selected: \valid_read(selected + (0 .. n-1));
    terminates \true; exits \false; assigns \nothing;
    ensures found: \result == 0 || \result == 1;
    ensures one: \result == 1 ==>
      \exists integer a, b; 0 <= a < b < n && selected[a] != 0 && selected[b] != 0 && Distance(rank,n,b,a) == 1; */
static int has_one(const int64_t *rank, int n, const unsigned char *selected)
{
  //@ ghost lemma_rows(n, n);
  /*@ loop invariant i: 0 <= i <= n;
      loop assigns i; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    //@ assert row: 0 <= i*n && i*n + n <= n*n <= COVER_ROWS_MAX*n;
    if (row_has_one(rank + (int64_t)i * n, i, selected) /*@ ghost (n) */) {
      //@ assert here: \exists integer a; 0 <= a < i && selected[a] != 0 && selected[i] != 0 && Distance(rank,n,i,a) == 1;
      return 1;
    }
  }
  return 0;
}

int certigar_smallest_set(const int64_t *classes, int n, int f, int64_t *rank, unsigned char *selected, unsigned char *linked, int32_t *mark,
                          uint32_t *degree, int32_t *out, int32_t *known) /*@ ghost (int64_t p) */
{
  fill_matrix(classes, n, rank);
  //@ ghost lemma_pairs(n);
  /*@ assert class: \forall integer i, j; 0 <= i < n && 0 <= j < n && i != j ==>
        Distance(rank,n,i,j) == classes[PairOf(i,j)] && 0 <= PairOf(i,j) < Pairs(n); */
  //@ assert distances: Distances(rank,n);
  //@ assert matrix: ClassMatrix(rank,n,p);
  if (certigar_any_within(rank, n, f, 0, linked, mark, degree)) return 0;
  /*@ assert beyond: \forall row_set s; LeftOut(s,n) == f ==>
        \exists integer i, j; 0 <= i < j < n && In(s,i) == 0 && In(s,j) == 0 && 0 < Distance(rank,n,i,j); */
  if (!certigar_first_within(rank, n, f, 1, selected, linked, mark, degree, out, known)) return 0;
  if (!has_one(rank, n, selected)) return 0;
  /*@ assert all: \forall integer a, b; 0 <= a < b < n && selected[a] != 0 && selected[b] != 0 ==> RowDistance(a,b) <= Actual(p); */
  //@ assert diameter: IsDiameter(selected,n,p);
  //@ assert least: \forall row_set s; LeftOut(s,n) == f ==> NotWider(selected,s,n);
  //@ assert within: \forall row_set s; NotNarrower(selected,s,n) ==> SetWithin(rank,n,s,1);
  return 1;
}

int certigar_smallest_tied(const int64_t *rank, int n, int f, const unsigned char *selected, unsigned char *linked, int32_t *mark,
                           uint32_t *degree) /*@ ghost (int64_t p) */
{
  //@ ghost lemma_superset(selected, n);
  //@ assert within: \forall row_set s; NotNarrower{Pre}(selected,s,n) ==> SetWithin(rank,n,s,1);
  /*@ assert subset: \forall row_set s; LeftOut(s,n) == f && (\forall integer j; 0 <= j < n && selected[j] != 0 ==> In(s,j) == 0)
        ==> SameRows{Pre}(selected,s,n); */
  int other = certigar_other_within(rank, n, f, 1, selected, linked, mark, degree);
  //@ assert near: \forall integer i, j; 0 <= i < j < n && Distance(rank,n,i,j) <= 1 ==> RowDistance(i,j) <= Actual(p);
  //@ assert same: \forall integer j; 0 <= j < n ==> selected[j] == \at(selected[j],Pre);
  /*@ assert has: other == 0 ==> \forall row_set s, integer j; LeftOut(s,n) == f && NotNarrower{Pre}(selected,s,n) &&
        0 <= j < n && selected[j] != 0 ==> In(s,j) == 0; */
  //@ assert narrow: \forall row_set s; NotNarrower(selected,s,n) ==> NotNarrower{Pre}(selected,s,n);
  //@ assert only: other == 0 ==> \forall row_set s; LeftOut(s,n) == f && NotNarrower{Pre}(selected,s,n) ==> SameRows{Pre}(selected,s,n);
  return other;
}
