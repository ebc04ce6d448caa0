/* Choices of rows: see choose_rows.h. */
#include "rules/choose_rows.h"

enum { UNKNOWN = -1 };

/* Whether two candidates have the same number, c one that is chosen and e one that is left out: 1, 0, or UNKNOWN. */
/*@ requires c: 0 <= c < n && 0 <= e < n;
    requires bounds: \valid_read(lower + (0 .. n-1)) && \valid_read(upper + (0 .. n-1)) && \valid_read(group + (0 .. n-1));
    requires numbers: KnownNumbers(lower,upper,candidates,n,k,pivot);
    requires groups: KnownGroups(group,candidates,n,k,pivot);
    terminates \true; exits \false; assigns \nothing;
    ensures range: -1 <= \result <= 1;
    ensures same: \result == 1 ==> SameNumber(candidates,n,k,pivot,c,e);
    ensures other: \result == 0 ==> OtherNumber(candidates,n,k,pivot,c,e); */
KERNEL int same_score(const natural_row *lower, const natural_row *upper, const int *group, int c, int e)
  /*@ ghost (const size_t *candidates, int n, int k, int pivot) */
{
  if (group[c] == group[e]) return 1;
  int order = natural_compare(upper[c], lower[e]);
  if (order < 0) return 0;
  int exact = order == 0 && natural_compare(lower[c], upper[c]) == 0 && natural_compare(lower[e], upper[e]) == 0 ? 1 : 0;
  return exact ? 1 : UNKNOWN;
}

/* Whether candidate c, which is chosen, has the number of one left out; if that is not known, open has those that must be known better. */
/*@ requires n: 0 <= c < n <= ROWS_MAX;
    requires bounds: \valid_read(lower + (0 .. n-1)) && \valid_read(upper + (0 .. n-1)) && \valid_read(group + (0 .. n-1));
    requires flags: \valid_read(chosen + (0 .. n-1)) && \valid(open + (0 .. n-1)) && \separated(chosen + (0 .. n-1),open + (0 .. n-1));
    requires numbers: KnownNumbers(lower,upper,candidates,n,k,pivot);
    requires groups: KnownGroups(group,candidates,n,k,pivot);
    terminates \true; exits \false; assigns open[0 .. n-1];
    ensures range: -1 <= \result <= 1;
    ensures tie: \result == 1 ==> \exists integer e; 0 <= e < n && chosen[e] == 0 && SameNumber(candidates,n,k,pivot,c,e);
    ensures none: \result == 0 ==> \forall integer e; 0 <= e < n && chosen[e] == 0 ==> OtherNumber(candidates,n,k,pivot,c,e);
    ensures chosen: \forall integer e; 0 <= e < n ==> chosen[e] == \old(chosen[e]); */
KERNEL int find_same(const natural_row *lower, const natural_row *upper, const int *group, int n, int c, const unsigned char *chosen,
                     unsigned char *open) /*@ ghost (const size_t *candidates, int k, int pivot) */
{
  int found = 0, unknown = 0;
  /*@ loop invariant e: 0 <= e <= n;
      loop invariant flags: 0 <= found <= 1 && 0 <= unknown <= 1;
      loop invariant chosen: \forall integer a; 0 <= a < n ==> chosen[a] == \at(chosen[a],Pre);
      loop invariant tie: found == 1 ==> \exists integer a; 0 <= a < e && chosen[a] == 0 && SameNumber(candidates,n,k,pivot,c,a);
      loop invariant none: found == 0 && unknown == 0 ==>
        \forall integer a; 0 <= a < e && chosen[a] == 0 ==> OtherNumber(candidates,n,k,pivot,c,a);
      loop assigns e, found, unknown, open[0 .. n-1]; loop variant n - e; */
  for (int e = 0; e < n; e++) {
    if (chosen[e]) continue;
    int same = same_score(lower, upper, group, c, e) /*@ ghost (candidates, n, k, pivot) */;
    if (same == 1) found = 1;
    if (same == UNKNOWN) open[c] = open[e] = (unsigned char)(unknown = 1);
  }
  return unknown ? UNKNOWN : found;
}

/* Whether a candidate that is chosen has the number of one left out. */
/*@ requires n: 0 <= n <= ROWS_MAX;
    requires bounds: \valid_read(lower + (0 .. n-1)) && \valid_read(upper + (0 .. n-1)) && \valid_read(group + (0 .. n-1));
    requires flags: \valid_read(chosen + (0 .. n-1)) && \valid(open + (0 .. n-1)) && \separated(chosen + (0 .. n-1),open + (0 .. n-1));
    requires numbers: KnownNumbers(lower,upper,candidates,n,k,pivot);
    requires groups: KnownGroups(group,candidates,n,k,pivot);
    terminates \true; exits \false; assigns open[0 .. n-1];
    ensures range: -1 <= \result <= 1;
    ensures tie: \result == 1 ==> IsTie(chosen,candidates,n,k,pivot);
    ensures none: \result == 0 ==> IsNoTie(chosen,candidates,n,k,pivot);
    ensures chosen: \forall integer e; 0 <= e < n ==> chosen[e] == \old(chosen[e]);
    ensures count: Chosen(chosen,n) == \old(Chosen(chosen,n)); */
KERNEL int find_tie(const natural_row *lower, const natural_row *upper, const int *group, int n, const unsigned char *chosen,
                    unsigned char *open) /*@ ghost (const size_t *candidates, int k, int pivot) */
{
  int found = 0, unknown = 0;
  /*@ loop invariant c: 0 <= c <= n;
      loop invariant flags: 0 <= found <= 1 && 0 <= unknown <= 1;
      loop invariant chosen: \forall integer a; 0 <= a < n ==> chosen[a] == \at(chosen[a],Pre);
      loop invariant tie: found == 1 ==> IsTie(chosen,candidates,n,k,pivot);
      loop invariant none: found == 0 && unknown == 0 ==> \forall integer a, e; 0 <= a < c && 0 <= e < n && chosen[a] != 0 && chosen[e] == 0 ==>
        OtherNumber(candidates,n,k,pivot,a,e);
      loop assigns c, found, unknown, open[0 .. n-1]; loop variant n - c; */
  for (int c = 0; c < n; c++) {
    if (!chosen[c]) continue;
    int same = find_same(lower, upper, group, n, c, chosen, open) /*@ ghost (candidates, k, pivot) */;
    if (same == 1) found = 1;
    if (same == UNKNOWN) unknown = 1;
  }
  /*@ ghost
      int i = 0;
      /@ loop invariant i: 0 <= i <= n;
         loop invariant count: Chosen(chosen,i) == Chosen{Pre}(chosen,i);
         loop assigns i; loop variant n - i; @/
      for (; i < n; i++) {
        /@ assert here: Chosen(chosen,i+1) == Chosen(chosen,i) + (chosen[i] != 0 ? 1 : 0); @/
        /@ assert pre: \let q = i; \at(Chosen(chosen,q+1) == Chosen(chosen,q) + (chosen[q] != 0 ? 1 : 0),Pre); @/
      }
      /@ assert end: i == n; @/
  */
  return unknown ? UNKNOWN : found;
}

/* Asks for the exact distances that candidate c's number is made of. */
/*@ requires n: 0 <= c < n <= ROWS_MAX && pivot < TableRows;
    requires valid: \valid_read(candidates + (0 .. n-1));
    requires candidates: Candidates(candidates,n);
    terminates \true; exits \false; assigns \nothing; */
KERNEL void want_candidate(certigar_distances *distances, const size_t *candidates, int n, int c, int pivot)
{
  if (pivot >= 0) {
    certigar_distances_want(distances, candidates[c], (size_t)pivot);
    return;
  }
  /*@ loop invariant a: 0 <= a <= n;
      loop assigns a; loop variant n - a; */
  for (int a = 0; a < n; a++)
    if (a != c) certigar_distances_want(distances, candidates[c], candidates[a]);
}

/*@ requires n: 0 <= n <= ROWS_MAX && pivot < TableRows;
    requires valid: \valid_read(candidates + (0 .. n-1)) && \valid_read(open + (0 .. n-1));
    requires candidates: Candidates(candidates,n);
    terminates \true; exits \false; assigns \nothing; */
KERNEL void want_open(certigar_distances *distances, const size_t *candidates, int n, int pivot, const unsigned char *open)
{
  /*@ loop invariant c: 0 <= c <= n;
      loop assigns c; loop variant n - c; */
  for (int c = 0; c < n; c++)
    if (open[c]) want_candidate(distances, candidates, n, c, pivot);
}

/*@ requires n: 0 <= n <= ROWS_MAX && \valid(chosen + (0 .. n-1));
    terminates \true; exits \false; assigns chosen[0 .. n-1];
    ensures nothing: \forall integer c; 0 <= c < n ==> chosen[c] == 0; */
KERNEL void choose_nothing(unsigned char *chosen, int n)
{
  /*@ loop invariant c: 0 <= c <= n;
      loop invariant nothing: \forall integer a; 0 <= a < c ==> chosen[a] == 0;
      loop assigns c, chosen[0 .. n-1]; loop variant n - c; */
  for (int c = 0; c < n; c++) chosen[c] = 0;
}

KERNEL int choose_rows(certigar_distances *distances, certigar_plan *plan, const int *row_group, const size_t *candidates, int n, int m, int k,
                       int pivot, natural_row *row_lower, natural_row *row_upper, int *order, natural_row *lower, natural_row *upper, int *group,
                       unsigned char *chosen, unsigned char *open)
{
  int more = 1;
  /*@ loop invariant more: 0 <= more <= 1 && 0 <= certigar_inexact;
      loop invariant equal: EqualRows(row_group);
      loop invariant candidates: Candidates(candidates,n);
      loop assigns more, (&row_lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&row_upper[0][0])[0 .. n*NATURAL_DIGITS-1],
        (&lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&upper[0][0])[0 .. n*NATURAL_DIGITS-1], order[0 .. n-1], group[0 .. n-1], chosen[0 .. n-1],
        open[0 .. n-1], certigar_inexact;
      loop variant certigar_inexact + more; */
  while (more) {
    bound_candidates(distances, row_group, candidates, n, k, pivot, row_lower, row_upper, order, lower, upper, group);
    int decided = choose_candidates(lower, upper, group, n, m, order, chosen, open) /*@ ghost (candidates, k, pivot) */;
    if (decided) {
      int tie = find_tie(lower, upper, group, n, chosen, open) /*@ ghost (candidates, k, pivot) */;
      if (tie != UNKNOWN) return tie;
    }
    want_open(distances, candidates, n, pivot, open);
    more = certigar_distances_refine_some(distances, plan);
  }
  choose_nothing(chosen, n);
  return UNKNOWN;
}
