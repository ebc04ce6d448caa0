/* Sets of rows of small diameter: see within.h. */
#include "order/within.h"

/*@ predicate Forbidden{L}(int64_t *rank, unsigned char *linked, integer n, integer t) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n ==> Link(linked,n,i,j) == (t < Distance(rank,n,i,j) ? 1 : 0);
  @*/

// where row i begins, and that rows do not overlap
/*@ ghost
  /@ requires n: 1 <= n <= COVER_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures size: 0 <= n*n <= COVER_ROWS_MAX*n;
     ensures place: \forall integer i; 0 <= i < n ==> 0 <= i*n <= n*n - n; @/
  void lemma_rows(int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant end: 0 <= i*n <= COVER_ROWS_MAX*n;
       loop invariant place: \forall integer a; 0 <= a < i ==> 0 <= a*n <= i*n - n;
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert next: (i+1)*n == i*n + n; @/
    }
    /@ assert all: i == n && i*n == n*n; @/
  }
*/

/* The pairs that are farther apart than t. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    terminates \true; exits \false; assigns linked[0 .. n*n-1];
    ensures forbidden: Forbidden(rank,linked,n,t); */
static void forbid_beyond(const int64_t *rank, int n, int64_t t, unsigned char *linked)
{
  //@ ghost lemma_rows(n);
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
