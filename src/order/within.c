/* Sets of rows of small diameter: see within.h. */
#include "order/within.h"
#include "lemmas/rows.h"

/*@ predicate Forbidden{L}(int64_t *rank, unsigned char *linked, integer n, integer t) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n ==> Link(linked,n,i,j) == (t < Distance(rank,n,i,j) ? 1 : 0);
  @*/

/* The pairs that are farther apart than t. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    terminates \true; exits \false; assigns linked[0 .. n*n-1];
    ensures forbidden: Forbidden(rank,linked,n,t); */
static void forbid_beyond(const int64_t *rank, int n, int64_t t, unsigned char *linked)
{
  //@ ghost lemma_rows(n, n);
  int64_t size = (int64_t)n * n;
  //@ assert size: size == n*n;
  /*@ loop invariant k: 0 <= k <= size;
      loop invariant flags: \forall integer q; 0 <= q < k ==> linked[q] == (t < rank[q] ? 1 : 0);
      loop assigns k, linked[0 .. n*n-1]; loop variant size - k; */
  for (int64_t k = 0; k < size; k++) linked[k] = t < rank[k];
  //@ assert place: \forall integer i, j; 0 <= i < n && 0 <= j < n ==> 0 <= i*n+j < n*n;
}

int certigar_set_within(const int64_t *rank, int n, int budget, int64_t t, unsigned char *linked, int32_t *mark, uint32_t *degree)
{
  forbid_beyond(rank, n, t, linked);
  //@ assert graph: IsGraph(linked,n);
  //@ assert covers: \forall row_set s; Within(rank,mark,n,s,t) ==> Covers(linked,mark,n,s);
  return certigar_find_cover(linked, n, budget, mark, degree);
}

/* All rows are left but row i; all, if i is n. */
/*@ requires n: 0 <= i <= n && 1 <= n <= COVER_ROWS_MAX;
    requires mark: \valid(mark + (0 .. n-1));
    terminates \true; exits \false; assigns mark[0 .. n-1];
    ensures marks: \forall integer j; 0 <= j < n ==> mark[j] == (i == j ? 1 : 0);
    ensures gone: Gone(mark,n) == (i < n ? 1 : 0);
    ensures members: \forall row_set s; Members(mark,s,n) == LeftOut(s,n) - (i < n && In(s,i) != 0 ? 1 : 0); */
static void mark_only(int32_t *mark, int n, int i)
{
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant marks: \forall integer q; 0 <= q < j ==> mark[q] == (i == q ? 1 : 0);
      loop assigns j, mark[0 .. n-1]; loop variant n - j; */
  for (int j = 0; j < n; j++) mark[j] = i == j;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant gone: Gone(mark,k) == (i < k ? 1 : 0);
       loop invariant members: \forall row_set s; Members(mark,s,k) == LeftOut(s,k) - (i < k && In(s,i) != 0 ? 1 : 0);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert gone: Gone(mark,k+1) == Gone(mark,k) + (mark[k] != 0 ? 1 : 0); @/
      /@ assert members: \forall row_set s; Members(mark,s,k+1) == Members(mark,s,k) + (mark[k] == 0 && In(s,k) != 0 ? 1 : 0); @/
      /@ assert left: \forall row_set s; LeftOut(s,k+1) == LeftOut(s,k) + (In(s,k) != 0 ? 1 : 0); @/
    }
    /@ assert end: k == n; @/
  */
}

int certigar_any_within(const int64_t *rank, int n, int f, int64_t t, unsigned char *linked, int32_t *mark, uint32_t *degree)
{
  mark_only(mark, n, n);
  //@ assert within: \forall row_set s; SetWithin(rank,n,s,t) ==> Within(rank,mark,n,s,t);
  return certigar_set_within(rank, n, f, t, linked, mark, degree);
}

int certigar_other_within(const int64_t *rank, int n, int f, int64_t t, const unsigned char *selected, unsigned char *linked, int32_t *mark,
                          uint32_t *degree)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant least: \forall row_set s, integer j; LeftOut(s,n) <= f && 0 <= j < i && selected[j] != 0 && In(s,j) != 0 ==>
        !SetWithin(rank,n,s,t);
      loop assigns i, linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    if (selected[i] == 0) continue;
    mark_only(mark, n, i);
    //@ assert within: \forall row_set s; SetWithin(rank,n,s,t) ==> Within(rank,mark,n,s,t);
    if (certigar_set_within(rank, n, f - 1, t, linked, mark, degree)) return 1;
  }
  return 0;
}
