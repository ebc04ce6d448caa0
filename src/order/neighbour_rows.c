/* A row and those nearest to it: see neighbour_rows.h. */
#include "order/neighbour_rows.h"

/* The candidates are all rows but row i. */
/*@ predicate Others{L}(size_t *candidates, integer n, integer i) = \forall integer c; 0 <= c < n-1 ==> candidates[c] == (c < i ? c : c+1);
  @
  @ // row j is one of them, at this place, and chosen
  @ logic integer PlaceOf(integer i, integer j) = j < i ? j : j-1;
  @ predicate IsKept{L}(unsigned char *chosen, integer i, integer j) = j != i && chosen[PlaceOf(i,j)] != 0;
  @*/

/*@ requires n: 1 <= n <= NEIGHBOUR_ROWS_MAX && 0 <= i < n && n == TableRows;
    requires candidates: \valid(candidates + (0 .. n-1));
    terminates \true; exits \false; assigns candidates[0 .. n-1];
    ensures others: Others(candidates,n,i);
    ensures candidates: Candidates(candidates,n-1); */
static void list_others(size_t *candidates, int n, int i)
{
  /*@ loop invariant c: 0 <= c <= n-1;
      loop invariant others: \forall integer a; 0 <= a < c ==> candidates[a] == (a < i ? a : a+1);
      loop assigns c, candidates[0 .. n-1]; loop variant n - c; */
  for (int c = 0; c < n - 1; c++) candidates[c] = (size_t)(c < i ? c : c + 1);
}

/* One more flag is one more of all. */
/*@ ghost
  /@ requires n: 0 <= c < n <= NEIGHBOUR_ROWS_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures next: Flags(flag,c+1) == Flags(flag,c) + (flag[c] != 0 ? 1 : 0);
     ensures most: Flags(flag,c+1) <= Flags(flag,n); @/
  void lemma_flags(const unsigned char *flag, int c, int n)
  {
    int e = c + 1;
    /@ loop invariant e: c+1 <= e <= n;
       loop invariant most: Flags(flag,c+1) <= Flags(flag,e);
       loop assigns e; loop variant n - e; @/
    for (; e < n; e++) {
      /@ assert step: Flags(flag,e+1) == Flags(flag,e) + (flag[e] != 0 ? 1 : 0); @/
    }
  }
*/

/* The rows chosen, ascending. */
/*@ requires n: 1 <= n <= NEIGHBOUR_ROWS_MAX && 0 <= i < n && n == TableRows && 0 <= m < n;
    requires candidates: \valid_read(candidates + (0 .. n-1));
    requires chosen: \valid_read(chosen + (0 .. n-1));
    requires rows: \valid(rows + (0 .. m));
    requires apart: \separated(candidates + (0 .. n-1),rows + (0 .. m));
    requires others: Others(candidates,n,i);
    requires count: Flags(chosen,n-1) == m;
    terminates \true; exits \false; assigns rows[0 .. m];
    ensures kept: \forall integer a; 0 <= a < m ==> rows[a] < n && IsKept(chosen,i,rows[a]);
    ensures ascending: \forall integer a, b; 0 <= a < b < m ==> rows[a] < rows[b];
    ensures all: \forall integer j; 0 <= j < n && IsKept(chosen,i,j) ==> Among(rows,m,j); */
static void list_kept(const size_t *candidates, const unsigned char *chosen, int n, size_t *rows) /*@ ghost (int i, int m) */
{
  int count = 0, c = 0;
  /*@ loop invariant c: 0 <= c <= n-1;
      loop invariant count: 0 <= count <= m && count == Flags(chosen,c);
      loop invariant kept: \forall integer a; 0 <= a < count ==> rows[a] < n && IsKept(chosen,i,rows[a]);
      loop invariant below: \forall integer a; 0 <= a < count ==> rows[a] < (c <= i ? c : c+1);
      loop invariant ascending: \forall integer a, b; 0 <= a < b < count ==> rows[a] < rows[b];
      loop invariant all: \forall integer e; 0 <= e < c && chosen[e] != 0 ==> Among(rows,count,e < i ? e : e+1);
      loop assigns c, count, rows[0 .. m]; loop variant n - c; */
  for (; c < n - 1; c++) {
    //@ ghost lemma_flags(chosen, c, n - 1);
    if (chosen[c]) {
      //@ assert room: count < m;
      rows[count] = candidates[c];
      //@ assert new: Among(rows,count+1,c < i ? c : c+1);
      //@ assert same: \forall integer a; 0 <= a < count ==> rows[a] == \at(rows[\at(a,Here)],LoopCurrent);
      //@ assert before: \forall integer j; \at(Among(rows,count,\at(j,Here)),LoopCurrent) ==> Among(rows,count+1,j);
      count++;
    }
  }
  //@ assert end: count == m;
}

int certigar_neighbour_rows(certigar_selection *selection, certigar_plan *plan, int n, int f, int i, size_t *candidates, unsigned char *chosen,
                            size_t *rows)
{
  int m = n - f - 1;
  list_others(candidates, n, i);
  if (n > 1 && !certigar_choose_nearest(selection, plan, candidates, n - 1, m, (size_t)i, chosen)) return 0;
  //@ assert nearest: AreNearest(chosen,candidates,n-1,m,i);
  //@ assert place: \forall integer j; 0 <= j < n && j != i ==> 0 <= PlaceOf(i,j) < n-1 && candidates[PlaceOf(i,j)] == j;
  /*@ assert kept: \forall integer g, j; 0 <= g < n && 0 <= j < n && j != i && IsKept(chosen,i,g) && !IsKept(chosen,i,j) ==>
        Nearer(candidates[PlaceOf(i,g)],candidates[PlaceOf(i,j)],i); */
  /*@ assert rows: \forall integer g, j; 0 <= g < n && 0 <= j < n && j != i && IsKept(chosen,i,g) && !IsKept(chosen,i,j) ==> Nearer(g,j,i); */
  list_kept(candidates, chosen, n, rows) /*@ ghost (i, m) */;
  //@ assert nearer: \forall integer a, j; 0 <= a < m && 0 <= j < n && j != i && !Among(rows,m,j) ==> Nearer(rows[a],j,i);
  rows[m] = (size_t)i;
  //@ assert last: Among(rows,m+1,i);
  return 1;
}
