/* The first set of rows of small diameter: see first.h.
 *
 * Besides the rows selected so far, two things are kept: which rows are out, because they are farther than t from a selected one or because no set
 * holds them and the selected ones; and a set that holds the selected rows and no row that is out, as long as any exists. Of a row of that set
 * nothing has to be searched for.
 */
#include "order/first.h"
#include "lemmas/rows.h"

/*@ // rows 0 .. i-1 are decided; of the others, those are out that a selected row does not allow
  @ predicate Decided{L}(unsigned char *selected, int32_t *out, integer n, integer i) =
  @      (\forall integer j; 0 <= j < n ==> 0 <= selected[j] <= 1 && 0 <= out[j] <= 1)
  @   && (\forall integer j; 0 <= j < i ==> (out[j] != 0 <==> selected[j] == 0))
  @   && (\forall integer j; i <= j < n ==> selected[j] == 0);
  @ predicate RestNear{L}(int64_t *rank, unsigned char *selected, int32_t *out, integer n, integer t) =
  @   \forall integer p, j; 0 <= p < n && 0 <= j < n && selected[p] != 0 && out[j] == 0 ==> Distance(rank,n,p,j) <= t;
  @ predicate OutFar{L}(int64_t *rank, unsigned char *selected, int32_t *out, integer n, integer t, integer i) =
  @   \forall integer j; i <= j < n && out[j] != 0 ==> \exists integer p; 0 <= p < i && selected[p] != 0 && t < Distance(rank,n,p,j);
  @
  @ // the rows of mark 0 in known are such a set
  @ predicate IsKnown{L}(int64_t *rank, unsigned char *selected, int32_t *out, int32_t *known, integer n, integer f, integer t) =
  @      AllWithin(rank,known,n,t) && Gone(known,n) <= f
  @   && (\forall integer j; 0 <= j < n && out[j] != 0 ==> known[j] != 0)
  @   && (\forall integer j; 0 <= j < n && selected[j] != 0 ==> known[j] == 0);
  @
  @ // as far as row i no set is before the selected rows
  @ predicate FirstSoFar{L}(int64_t *rank, unsigned char *selected, integer n, integer f, integer t, integer i) =
  @   \forall row_set s; LeftOut(s,n) == f && SetWithin(rank,n,s,t) ==> NotAfter(selected,s,i);
  @*/

/* Rows that are farther than t from row i go. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires out: \valid(out + (0 .. n-1));
    terminates \true; exits \false; assigns out[0 .. n-1];
    ensures out: \forall integer j; 0 <= j < n ==> out[j] == (\old(out[j]) != 0 || t < Distance(rank,n,i,j) ? 1 : 0); */
static void leave_out_beyond(const int64_t *rank, int n, int i, int64_t t, int32_t *out)
{
  //@ ghost lemma_rows(n, n);
  //@ assert row: 0 <= i*n <= n*n - n <= COVER_ROWS_MAX*n;
  const int64_t *row = rank + (int64_t)i * n;
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant out: \forall integer q; 0 <= q < j ==> out[q] == (\at(out[q],Pre) != 0 || t < Distance(rank,n,i,q) ? 1 : 0);
      loop invariant kept: \forall integer q; j <= q < n ==> out[q] == \at(out[q],Pre);
      loop assigns j, out[0 .. n-1]; loop variant n - j; */
  for (int j = 0; j < n; j++) {
    //@ assert here: row[j] == Distance(rank,n,i,j);
    out[j] = out[j] != 0 || t < row[j];
  }
}

/*@ requires n: 0 <= n <= COVER_ROWS_MAX;
    requires mark: \valid_read(mark + (0 .. n-1));
    terminates \true; exits \false; assigns \nothing;
    ensures count: \result == Gone(mark,n);
    ensures range: 0 <= \result <= n; */
static int count_gone(const int32_t *mark, int n)
{
  int count = 0;
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant count: count == Gone(mark,j) && 0 <= count <= j;
      loop assigns j, count; loop variant n - j; */
  for (int j = 0; j < n; j++) {
    //@ assert next: Gone(mark,j+1) == Gone(mark,j) + (mark[j] != 0 ? 1 : 0);
    count += mark[j] != 0;
  }
  return count;
}

/*@ requires n: 0 <= n <= COVER_ROWS_MAX;
    requires out: \valid_read(out + (0 .. n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires apart: \separated(mark + (0 .. n-1),out + (0 .. n-1));
    terminates \true; exits \false; assigns mark[0 .. n-1];
    ensures copy: \forall integer j; 0 <= j < n ==> mark[j] == out[j]; */
static void copy_marks(const int32_t *out, int n, int32_t *mark)
{
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant copy: \forall integer q; 0 <= q < j ==> mark[q] == out[q];
      loop assigns j, mark[0 .. n-1]; loop variant n - j; */
  for (int j = 0; j < n; j++) mark[j] = out[j];
}

/* Whether there is a set that holds row i and no row that is out: then the rows of mark 0 are one, to which row i may be added. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX && 0 <= f <= n && 0 <= t;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires out: \valid_read(out + (0 .. n-1));
    requires apart: \separated(mark + (0 .. n-1),out + (0 .. n-1),known + (0 .. n-1)) && \separated(linked + (0 .. n*n-1),selected + (0 .. n-1));
    requires distances: Distances(rank,n);
    terminates \true; exits \false; assigns linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \result == 0 ==> \forall row_set s; LeftOut(s,n) <= f && In(s,i) == 0 &&
      (\forall integer j; 0 <= j < n && out[j] != 0 ==> In(s,j) != 0) ==> !SetWithin(rank,n,s,t);
    ensures within: \result == 1 ==> AllWithin(rank,mark,n,t);
    ensures size: \result == 1 ==> Gone(mark,n) <= f;
    ensures near: \result == 1 ==>
      \forall integer j; 0 <= j < n && mark[j] == 0 ==> out[j] == 0 && Distance(rank,n,i,j) <= t;
    ensures known: Gone(known,n) == \old(Gone(known,n));
    ensures selected: RowCount(selected,n) == \old(RowCount(selected,n)); */
static int find_with_row(const int64_t *rank, int n, int f, int i, int64_t t, const int32_t *out, unsigned char *linked, int32_t *mark,
                         uint32_t *degree) /*@ ghost (const int32_t *known, const unsigned char *selected) */
{
  copy_marks(out, n, mark);
  leave_out_beyond(rank, n, i, t, mark);
  //@ ghost lemma_members(mark, n);
  /*@ assert marks: \forall integer j; 0 <= j < n && mark[j] != 0 ==> out[j] != 0 || t < Distance(rank,n,i,j); */
  /*@ assert left: \forall row_set s; In(s,i) == 0 && SetWithin(rank,n,s,t) && (\forall integer j; 0 <= j < n && out[j] != 0 ==> In(s,j) != 0)
        ==> Within(rank,mark,n,s,t) && (\forall integer j; 0 <= j < n && mark[j] != 0 ==> In(s,j) != 0); */
  int gone = count_gone(mark, n);
  /*@ assert members: \forall row_set s; In(s,i) == 0 && SetWithin(rank,n,s,t) && (\forall integer j; 0 <= j < n && out[j] != 0 ==> In(s,j) != 0)
        ==> LeftOut(s,n) == gone + Members(mark,s,n) && 0 <= Members(mark,s,n); */
  int found = gone <= f && certigar_set_within(rank, n, f - gone, t, linked, mark, degree);
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant known: Gone(known,k) == \at(Gone(known,\at(k,Here)),Pre);
       loop invariant selected: RowCount(selected,k) == \at(RowCount(selected,\at(k,Here)),Pre);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert known: Gone(known,k+1) == Gone(known,k) + (known[k] != 0 ? 1 : 0); @/
      /@ assert known_pre: \let q = k; \at(Gone(known,q+1) == Gone(known,q) + (known[q] != 0 ? 1 : 0),Pre); @/
      /@ assert selected: RowCount(selected,k+1) == RowCount(selected,k) + (selected[k] != 0 ? 1 : 0); @/
      /@ assert selected_pre: \let q = k; \at(RowCount(selected,q+1) == RowCount(selected,q) + (selected[q] != 0 ? 1 : 0),Pre); @/
    }
    /@ assert end: k == n; @/
  */
  return found;
}

/* The rows of mark 0, the selected ones and row i become the known set. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX && 0 <= f <= n && 0 <= t;
    requires selected: \valid_read(selected + (0 .. n-1));
    requires mark: \valid_read(mark + (0 .. n-1));
    requires out: \valid_read(out + (0 .. n-1));
    requires known: \valid(known + (0 .. n-1));
    requires apart: \separated(mark + (0 .. n-1),out + (0 .. n-1),known + (0 .. n-1));
    requires distances: Distances(rank,n);
    requires decided: Decided(selected,out,n,i);
    requires rest: RestNear(rank,selected,out,n,t);
    requires possible: out[i] == 0;
    requires within: AllWithin(rank,mark,n,t);
    requires size: Gone(mark,n) <= f;
    requires near: \forall integer j; 0 <= j < n && mark[j] == 0 ==> out[j] == 0 && Distance(rank,n,i,j) <= t;
    terminates \true; exits \false; assigns known[0 .. n-1];
    ensures known: IsKnown(rank,selected,out,known,n,f,t);
    ensures held: known[i] == 0; */
static void adopt_known(const unsigned char *selected, const int32_t *mark, int n, int i, int32_t *known)
    /*@ ghost (const int64_t *rank, const int32_t *out, int f, int64_t t) */
{
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant known: \forall integer q; 0 <= q < j ==> known[q] == (mark[q] != 0 && selected[q] == 0 && q != i ? 1 : 0);
      loop assigns j, known[0 .. n-1]; loop variant n - j; */
  for (int j = 0; j < n; j++) known[j] = mark[j] != 0 && selected[j] == 0 && j != i;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant less: Gone(known,k) <= \at(Gone(mark,\at(k,Here)),Pre);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: Gone(known,k+1) == Gone(known,k) + (known[k] != 0 ? 1 : 0); @/
      /@ assert pre: \let q = k; \at(Gone(mark,q+1) == Gone(mark,q) + (mark[q] != 0 ? 1 : 0),Pre); @/
    }
    /@ assert end: k == n; @/
  */
  //@ assert out: \forall integer j; 0 <= j < n && selected[j] != 0 ==> out[j] == 0;
  //@ assert known: \forall integer j; 0 <= j < n && known[j] == 0 ==> mark[j] == 0 || selected[j] != 0 || j == i;
  //@ assert allowed: \forall integer j; 0 <= j < n && known[j] == 0 ==> out[j] == 0;
  //@ assert selected: \forall integer p, j; 0 <= p < n && 0 <= j < n && selected[p] != 0 && known[j] == 0 ==> Distance(rank,n,p,j) <= t;
  //@ assert both: \forall integer p, j; 0 <= p < n && 0 <= j < n && selected[p] != 0 && known[j] == 0 ==> Distance(rank,n,j,p) <= t;
  //@ assert row: \forall integer j; 0 <= j < n && known[j] == 0 ==> Distance(rank,n,i,j) <= t && Distance(rank,n,j,i) <= t;
  //@ assert within: AllWithin(rank,known,n,t);
  //@ assert held: \forall integer j; 0 <= j < n && selected[j] != 0 ==> known[j] == 0;
  //@ assert gone: Gone(known,n) <= f;
}

/* Row i is in the set. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX && 0 <= f <= n && 0 <= t;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires out: \valid(out + (0 .. n-1));
    requires apart: \separated(out + (0 .. n-1),known + (0 .. n-1));
    requires distances: Distances(rank,n);
    requires decided: Decided(selected,out,n,i);
    requires rest: RestNear(rank,selected,out,n,t);
    requires far: OutFar(rank,selected,out,n,t,i);
    requires known: IsKnown(rank,selected,out,known,n,f,t);
    requires held: known[i] == 0;
    requires first: FirstSoFar(rank,selected,n,f,t,i);
    terminates \true; exits \false; assigns selected[i], out[0 .. n-1];
    ensures decided: Decided(selected,out,n,i+1);
    ensures rest: RestNear(rank,selected,out,n,t);
    ensures far: OutFar(rank,selected,out,n,t,i+1);
    ensures known: IsKnown(rank,selected,out,known,n,f,t);
    ensures first: FirstSoFar(rank,selected,n,f,t,i+1);
    ensures count: RowCount(selected,n) == \old(RowCount(selected,n)) + 1; */
static void keep_row(const int64_t *rank, int n, int i, int64_t t, unsigned char *selected, int32_t *out) /*@ ghost (const int32_t *known, int f) */
{
  //@ assert not_yet: selected[i] == 0 && out[i] == 0;
  //@ assert near: \forall integer p; 0 <= p < n && selected[p] != 0 ==> Distance(rank,n,p,i) <= t;
  leave_out_beyond(rank, n, i, t, out);
  selected[i] = 1;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant known: Gone(known,k) == \at(Gone(known,\at(k,Here)),Pre);
       loop invariant count: RowCount(selected,k) == \at(RowCount(selected,\at(k,Here)),Pre) + (i < k ? 1 : 0);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert known: Gone(known,k+1) == Gone(known,k) + (known[k] != 0 ? 1 : 0); @/
      /@ assert known_pre: \let q = k; \at(Gone(known,q+1) == Gone(known,q) + (known[q] != 0 ? 1 : 0),Pre); @/
      /@ assert here: RowCount(selected,k+1) == RowCount(selected,k) + (selected[k] != 0 ? 1 : 0); @/
      /@ assert pre: \let q = k; \at(RowCount(selected,q+1) == RowCount(selected,q) + (selected[q] != 0 ? 1 : 0),Pre); @/
    }
    /@ assert end: k == n; @/
  */
  //@ assert others: \forall integer j; 0 <= j < n && j != i ==> selected[j] == \at(selected[j],Pre);
  //@ assert out: \forall integer j; 0 <= j < n ==> out[j] == (\at(out[j],Pre) != 0 || t < Distance(rank,n,i,j) ? 1 : 0);
  //@ assert row: \forall integer j; 0 <= j < n && out[j] == 0 ==> Distance(rank,n,i,j) <= t;
  //@ assert beyond: \forall integer j; 0 <= j < n && t < Distance(rank,n,i,j) ==> known[j] != 0;
  //@ assert free: \forall integer j; 0 <= j < n && selected[j] != 0 ==> out[j] == 0;
}

/* Row i is not in the set. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX && 0 <= f <= n && 0 <= t;
    requires out: \valid(out + (0 .. n-1));
    requires apart: \separated(out + (0 .. n-1),known + (0 .. n-1));
    requires decided: Decided(selected,out,n,i);
    requires rest: RestNear(rank,selected,out,n,t);
    requires far: OutFar(rank,selected,out,n,t,i);
    requires known: IsKnown(rank,selected,out,known,n,f,t);
    requires held: known[i] != 0;
    terminates \true; exits \false; assigns out[i];
    ensures decided: Decided(selected,out,n,i+1);
    ensures rest: RestNear(rank,selected,out,n,t);
    ensures far: OutFar(rank,selected,out,n,t,i+1);
    ensures known: IsKnown(rank,selected,out,known,n,f,t); */
static void drop_row(int i, int32_t *out)
    /*@ ghost (int n, const int64_t *rank, const unsigned char *selected, const int32_t *known, int f, int64_t t) */
{
  out[i] = 1;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant known: Gone(known,k) == \at(Gone(known,\at(k,Here)),Pre);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert known: Gone(known,k+1) == Gone(known,k) + (known[k] != 0 ? 1 : 0); @/
      /@ assert known_pre: \let q = k; \at(Gone(known,q+1) == Gone(known,q) + (known[q] != 0 ? 1 : 0),Pre); @/
    }
    /@ assert end: k == n; @/
  */
  //@ assert out: \forall integer j; 0 <= j < n && j != i ==> out[j] == \at(out[j],Pre);
}

/* Whether there is a set that holds row i and those selected before it: then it is known. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX && 0 <= f <= n && 0 <= t;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires selected: \valid_read(selected + (0 .. n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires out: \valid_read(out + (0 .. n-1));
    requires known: \valid(known + (0 .. n-1));
    requires apart: \separated(selected + (0 .. n-1),linked + (0 .. n*n-1)) && \separated(mark + (0 .. n-1),out + (0 .. n-1),known + (0 .. n-1));
    requires distances: Distances(rank,n);
    requires decided: Decided(selected,out,n,i);
    requires rest: RestNear(rank,selected,out,n,t);
    requires far: OutFar(rank,selected,out,n,t,i);
    requires known: IsKnown(rank,selected,out,known,n,f,t);
    terminates \true; exits \false; assigns linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1], known[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \result == 0 ==> \forall row_set s; LeftOut(s,n) == f && SetWithin(rank,n,s,t) && SameRows(selected,s,i) ==> In(s,i) != 0;
    ensures known: IsKnown(rank,selected,out,known,n,f,t);
    ensures held: \result == 1 <==> known[i] == 0;
    ensures selected: RowCount(selected,n) == \old(RowCount(selected,n)); */
static int can_hold(const int64_t *rank, int n, int f, int i, int64_t t, const unsigned char *selected, unsigned char *linked, int32_t *mark,
                    uint32_t *degree, const int32_t *out, int32_t *known)
{
  if (known[i] == 0) return 1;
  /*@ assert far: \forall row_set s, integer j; SetWithin(rank,n,s,t) && SameRows(selected,s,i) && i <= j < n && out[j] != 0 && In(s,i) == 0
        ==> In(s,j) != 0; */
  /*@ assert out: \forall row_set s, integer j; SetWithin(rank,n,s,t) && SameRows(selected,s,i) && 0 <= j < n && out[j] != 0 && In(s,i) == 0
        ==> In(s,j) != 0; */
  if (out[i] != 0) return 0;
  int found = find_with_row(rank, n, f, i, t, out, linked, mark, degree) /*@ ghost (known, selected) */;
  /*@ assert same: \forall integer j; 0 <= j < n ==>
        known[j] == \at(known[j],Pre) && out[j] == \at(out[j],Pre) && selected[j] == \at(selected[j],Pre); */
  //@ assert within: AllWithin(rank,known,n,t);
  //@ assert known: IsKnown(rank,selected,out,known,n,f,t);
  if (!found) return 0;
  adopt_known(selected, mark, n, i, known) /*@ ghost (rank, out, f, t) */;
  return 1;
}

/* Row by row from a known set on. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= f <= n && 0 <= t;
    requires rank: \valid_read(rank + (0 .. n*n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires linked: \valid(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires out: \valid(out + (0 .. n-1));
    requires known: \valid(known + (0 .. n-1));
    requires apart: \separated(selected + (0 .. n-1),linked + (0 .. n*n-1)) && \separated(mark + (0 .. n-1),out + (0 .. n-1),known + (0 .. n-1));
    requires distances: Distances(rank,n);
    requires nothing: \forall integer j; 0 <= j < n ==> selected[j] == 0 && out[j] == 0;
    requires known: AllWithin(rank,known,n,t) && Gone(known,n) <= f;
    terminates \true; exits \false;
    assigns selected[0 .. n-1], linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1], out[0 .. n-1], known[0 .. n-1];
    ensures flags: \forall integer i; 0 <= i < n ==> 0 <= selected[i] <= 1;
    ensures count: RowCount(selected,n) == n-f;
    ensures within:
      \forall integer i, j; 0 <= i < n && 0 <= j < n && selected[i] != 0 && selected[j] != 0 ==> Distance(rank,n,i,j) <= t;
    ensures first: \forall row_set s; LeftOut(s,n) == f && SetWithin(rank,n,s,t) ==> NotAfter(selected,s,n); */
static void select_rows(const int64_t *rank, int n, int f, int64_t t, unsigned char *selected, unsigned char *linked, int32_t *mark,
                        uint32_t *degree, int32_t *out, int32_t *known)
{
  int i = 0, kept = 0;
  //@ ghost lemma_one_more(selected, 0, n);
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant kept: 0 <= kept <= n-f && kept == RowCount(selected,n);
      loop invariant decided: Decided(selected,out,n,i);
      loop invariant rest: RestNear(rank,selected,out,n,t);
      loop invariant far: OutFar(rank,selected,out,n,t,i);
      loop invariant known: IsKnown(rank,selected,out,known,n,f,t);
      loop invariant first: FirstSoFar(rank,selected,n,f,t,i);
      loop assigns i, kept, selected[0 .. n-1], linked[0 .. n*n-1], mark[0 .. n-1], degree[0 .. n-1], out[0 .. n-1], known[0 .. n-1];
      loop variant n - i; */
  for (; i < n && kept < n - f; i++) {
    int held = can_hold(rank, n, f, i, t, selected, linked, mark, degree, out, known);
    //@ assert same: \forall integer j; 0 <= j < n ==> selected[j] == \at(selected[j],LoopCurrent) && out[j] == \at(out[j],LoopCurrent);
    //@ assert decided: Decided(selected,out,n,i);
    //@ assert first: FirstSoFar(rank,selected,n,f,t,i);
    if (held) {
      keep_row(rank, n, i, t, selected, out) /*@ ghost (known, f) */;
      kept++;
    } else {
      drop_row(i, out) /*@ ghost (n, rank, selected, known, f, t) */;
    }
  }
  //@ ghost lemma_one_more(selected, i, n);
  //@ ghost lemma_gone_less(out, known, n);
  //@ ghost lemma_gone_or_selected(selected, out, n);
  //@ assert all: i == n ==> RowCount(selected,n) == n - Gone(out,n);
}

int certigar_first_within(const int64_t *rank, int n, int f, int64_t t, unsigned char *selected, unsigned char *linked, int32_t *mark,
                          uint32_t *degree, int32_t *out, int32_t *known)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant nothing: \forall integer j; 0 <= j < i ==> selected[j] == 0 && out[j] == 0;
      loop assigns i, selected[0 .. n-1], out[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    selected[i] = 0;
    out[i] = 0;
  }
  if (!certigar_any_within(rank, n, f, t, linked, known, degree)) return 0;
  select_rows(rank, n, f, t, selected, linked, mark, degree, out, known);
  return 1;
}
