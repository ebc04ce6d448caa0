/* Choices among candidates: see candidates.h. */
#include "rules/candidates.h"
#include "lemmas/krum.h"

/*@ predicate OtherThanBoth{A,B}(uint32_t *a, uint32_t *c) =
  @   \forall uint32_t *b; \separated(b + (0 .. NATURAL_DIGITS-1),a + (0 .. NATURAL_DIGITS-1)) &&
  @     \separated(b + (0 .. NATURAL_DIGITS-1),c + (0 .. NATURAL_DIGITS-1)) ==> Num{B}(b) == Num{A}(b);
  @ predicate OtherNaturals{A,B}(uint32_t *a, uint32_t *c) =
  @   \forall uint32_t *b; \separated(b + (0 .. NATURAL_DIGITS-1),a + (0 .. NATURAL_DIGITS-1)) &&
  @     \separated(b + (0 .. NATURAL_DIGITS-1),c + (0 .. NATURAL_DIGITS-1)) && IsNatural{A}(b) ==> IsNatural{B}(b);
  @ predicate OtherThanRows{A,B}(natural_row *a, natural_row *c, integer n) =
  @   \forall uint32_t *b; \separated(b + (0 .. NATURAL_DIGITS-1),a + (0 .. n-1)) && \separated(b + (0 .. NATURAL_DIGITS-1),c + (0 .. n-1)) ==>
  @     Num{B}(b) == Num{A}(b);
  @*/

/* The bounds of one distance. */
/*@ requires rows: i < TableRows && j < TableRows;
    requires lower: \valid(lower + (0 .. NATURAL_DIGITS-1));
    requires upper: \valid(upper + (0 .. NATURAL_DIGITS-1));
    requires apart: \separated(lower + (0 .. NATURAL_DIGITS-1),upper + (0 .. NATURAL_DIGITS-1));
    terminates \true; exits \false; assigns lower[0 .. NATURAL_DIGITS-1], upper[0 .. NATURAL_DIGITS-1];
    ensures bounds: Num(lower) <= TableDistance(i,j) <= Num(upper);
    ensures natural: IsNatural(lower) && IsNatural(upper);
    ensures others: OtherThanBoth{Pre,Post}(lower,upper);
    ensures naturals: OtherNaturals{Pre,Post}(lower,upper); */
KERNEL void read_distance(const certigar_distances *distances, size_t i, size_t j, uint32_t *lower, uint32_t *upper)
{
  certigar_distances_bounds(distances, i, j, lower, upper);
  /*@ ghost
    int n = 0;
    /@ loop invariant n: 0 <= n <= NATURAL_DIGITS;
       loop invariant others: \forall uint32_t *b; \separated(b + (0 .. NATURAL_DIGITS-1),lower + (0 .. NATURAL_DIGITS-1)) &&
         \separated(b + (0 .. NATURAL_DIGITS-1),upper + (0 .. NATURAL_DIGITS-1)) ==> Low(b,n) == \at(Low(b,\at(n,Here)),Pre);
       loop assigns n; loop variant NATURAL_DIGITS - n; @/
    for (; n < NATURAL_DIGITS; n++) {
      /@ assert here: \forall uint32_t *b; Low(b,n+1) == Low(b,n) + Up(b[n],32*n); @/
      /@ assert pre: \let q = n; \forall uint32_t *b; \at(Low(b,q+1) == Low(b,q) + Up(b[q],32*q),Pre); @/
    }
    /@ assert end: n == NATURAL_DIGITS; @/
  */
}

/* The bounds of the candidates' distances from row j. */
/*@ requires n: 0 <= n <= ROWS_MAX && j < TableRows;
    requires valid: \valid_read(candidates + (0 .. n-1));
    requires bounds: \valid(lower + (0 .. n-1)) && \valid(upper + (0 .. n-1));
    requires apart: \separated(lower + (0 .. n-1),upper + (0 .. n-1));
    requires candidates: Candidates(candidates,n);
    terminates \true; exits \false; assigns (&lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&upper[0][0])[0 .. n*NATURAL_DIGITS-1];
    ensures bounds: \forall integer a; 0 <= a < n ==> Entry(lower,a) <= TableDistance(candidates[a],j) <= Entry(upper,a);
    ensures natural: \forall integer a; 0 <= a < n ==> IsNatural(&lower[a][0]) && IsNatural(&upper[a][0]);
    ensures others: OtherThanRows{Pre,Post}(lower,upper,n); */
KERNEL void read_distances(const certigar_distances *distances, const size_t *candidates, int n, size_t j, natural_row *lower,
                           natural_row *upper)
{
  int a = 0;
  /*@ loop invariant a: 0 <= a <= n;
      loop invariant bounds: \forall integer b; 0 <= b < a ==> Entry(lower,b) <= TableDistance(candidates[b],j) <= Entry(upper,b);
      loop invariant natural: \forall integer b; 0 <= b < a ==> IsNatural(&lower[b][0]) && IsNatural(&upper[b][0]);
      loop invariant others: OtherThanRows{Pre,Here}(lower,upper,n);
      loop assigns a, (&lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&upper[0][0])[0 .. n*NATURAL_DIGITS-1]; loop variant n - a; */
  for (; a < n; a++) {
    //@ ghost Start: ;
    read_distance(distances, candidates[a], j, lower[a], upper[a]);
    /*@ assert kept: \forall integer b; 0 <= b < a ==>
          Entry(lower,b) == \at(Entry(lower,b),Start) && Entry(upper,b) == \at(Entry(upper,b),Start); */
  }
  //@ assert end: a == n;
}

/* The bounds of Krum's score of candidate c, from those of its distances. */
/*@ requires n: 0 <= c < n <= ROWS_MAX && 0 <= k < n;
    requires valid: \valid_read(candidates + (0 .. n-1));
    requires rows: \valid_read(row_lower + (0 .. n-1)) && \valid_read(row_upper + (0 .. n-1));
    requires order: \valid(order + (0 .. n-1));
    requires bounds: \valid(lower + (0 .. NATURAL_DIGITS-1)) && \valid(upper + (0 .. NATURAL_DIGITS-1));
    requires apart: \separated(lower + (0 .. NATURAL_DIGITS-1),upper + (0 .. NATURAL_DIGITS-1));
    requires apart1: \separated(lower + (0 .. NATURAL_DIGITS-1),row_lower + (0 .. n-1));
    requires apart2: \separated(lower + (0 .. NATURAL_DIGITS-1),row_upper + (0 .. n-1));
    requires apart3: \separated(upper + (0 .. NATURAL_DIGITS-1),row_upper + (0 .. n-1));
    requires distances: \forall integer a; 0 <= a < n ==> Entry(row_lower,a) <= TableDistance(candidates[a],candidates[c]) <= Entry(row_upper,a);
    requires natural: \forall integer a; 0 <= a < n ==> IsNatural(&row_lower[a][0]) && IsNatural(&row_upper[a][0]);
    terminates \true; exits \false; assigns order[0 .. n-1], lower[0 .. NATURAL_DIGITS-1], upper[0 .. NATURAL_DIGITS-1];
    ensures score: \forall integer S; IsKrumScore(S,candidates,n,c,k) ==> Num(lower) <= Capped(S) <= Num(upper);
    ensures others: OtherThanBoth{Pre,Post}(lower,upper); */
KERNEL void bound_score(const natural_row *row_lower, const natural_row *row_upper, int n, int c, int k, int *order, uint32_t *lower,
                        uint32_t *upper) /*@ ghost (const size_t *candidates) */
{
  //@ ghost theorem_krum_score_above(row_lower, candidates, n, c, k);
  least_sum(row_lower, n, c, k, order, lower);
  //@ assert lower: \forall integer S; IsKrumScore(S,candidates,n,c,k) ==> Num(lower) <= Capped(S);
  //@ assert digits: \forall integer a, i; 0 <= a < n && 0 <= i < NATURAL_DIGITS ==> row_upper[a][i] == \at(row_upper[a][i],Pre);
  /*@ assert tops: \forall integer a; 0 <= a < n ==> row_upper[a][NATURAL_DIGITS-1] == 0 ||
        (row_upper[a][NATURAL_DIGITS-1] == 1 && \forall integer i; 0 <= i < NATURAL_DIGITS-1 ==> row_upper[a][i] == 0); */
  //@ assert naturals: \forall integer a; 0 <= a < n ==> IsNatural(&row_upper[a][0]);
  //@ assert rows: \forall integer a; 0 <= a < n ==> Entry(row_upper,a) == \at(Entry(row_upper,a),Pre);
  //@ ghost theorem_krum_score_below(row_upper, candidates, n, c, k);
  least_sum(row_upper, n, c, k, order, upper);
  //@ assert upper: \forall integer S; IsKrumScore(S,candidates,n,c,k) ==> Capped(S) <= Num(upper);
}

/*@ // Krum's scores of the candidates 0 .. e-1 of n lie between their bounds
  @ predicate KnownScores{L}(natural_row *lower, natural_row *upper, size_t *candidates, integer n, integer k, integer e) =
  @   \forall integer c, S; 0 <= c < e && IsKrumScore(S,candidates,n,c,k) ==> Entry(lower,c) <= Capped(S) <= Entry(upper,c);
  @*/

/* The next candidate's. */
/*@ requires n: 0 <= c < n <= ROWS_MAX && 0 <= k < n;
    requires valid: \valid_read(candidates + (0 .. n-1));
    requires rows: \valid(row_lower + (0 .. n-1)) && \valid(row_upper + (0 .. n-1)) && \valid(order + (0 .. n-1));
    requires bounds: \valid(lower + (0 .. n-1)) && \valid(upper + (0 .. n-1));
    requires apart: \separated(row_lower + (0 .. n-1),row_upper + (0 .. n-1),lower + (0 .. n-1),upper + (0 .. n-1));
    requires candidates: Candidates(candidates,n);
    requires known: KnownScores(lower,upper,candidates,n,k,c);
    terminates \true; exits \false;
    assigns (&row_lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&row_upper[0][0])[0 .. n*NATURAL_DIGITS-1], lower[c][0 .. NATURAL_DIGITS-1],
      upper[c][0 .. NATURAL_DIGITS-1], order[0 .. n-1];
    ensures known: KnownScores(lower,upper,candidates,n,k,c+1); */
KERNEL void bound_next(const certigar_distances *distances, const size_t *candidates, int n, int c, int k, natural_row *row_lower,
                       natural_row *row_upper, int *order, natural_row *lower, natural_row *upper)
{
  read_distances(distances, candidates, n, candidates[c], row_lower, row_upper);
  //@ assert read: \forall integer e; 0 <= e < c ==> Entry(lower,e) == \at(Entry(lower,e),Pre) && Entry(upper,e) == \at(Entry(upper,e),Pre);
  //@ assert known: KnownScores(lower,upper,candidates,n,k,c);
  //@ ghost Read: ;
  bound_score(row_lower, row_upper, n, c, k, order, lower[c], upper[c]) /*@ ghost (candidates) */;
  //@ assert kept: \forall integer e; 0 <= e < c ==> Entry(lower,e) == \at(Entry(lower,e),Read) && Entry(upper,e) == \at(Entry(upper,e),Read);
}

/* All candidates'. */
/*@ requires n: 1 <= n <= ROWS_MAX && 0 <= k < n;
    requires valid: \valid_read(candidates + (0 .. n-1));
    requires rows: \valid(row_lower + (0 .. n-1)) && \valid(row_upper + (0 .. n-1)) && \valid(order + (0 .. n-1));
    requires bounds: \valid(lower + (0 .. n-1)) && \valid(upper + (0 .. n-1));
    requires apart: \separated(row_lower + (0 .. n-1),row_upper + (0 .. n-1),lower + (0 .. n-1),upper + (0 .. n-1));
    requires candidates: Candidates(candidates,n);
    terminates \true; exits \false;
    assigns (&row_lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&row_upper[0][0])[0 .. n*NATURAL_DIGITS-1], (&lower[0][0])[0 .. n*NATURAL_DIGITS-1],
      (&upper[0][0])[0 .. n*NATURAL_DIGITS-1], order[0 .. n-1];
    ensures known: KnownScores(lower,upper,candidates,n,k,n); */
KERNEL void bound_scores(const certigar_distances *distances, const size_t *candidates, int n, int k, natural_row *row_lower,
                         natural_row *row_upper, int *order, natural_row *lower, natural_row *upper)
{
  int c = 0;
  /*@ loop invariant c: 0 <= c <= n;
      loop invariant known: KnownScores(lower,upper,candidates,n,k,c);
      loop assigns c, (&row_lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&row_upper[0][0])[0 .. n*NATURAL_DIGITS-1],
        (&lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&upper[0][0])[0 .. n*NATURAL_DIGITS-1], order[0 .. n-1];
      loop variant n - c; */
  for (; c < n; c++) bound_next(distances, candidates, n, c, k, row_lower, row_upper, order, lower, upper);
  //@ assert end: c == n;
}

/* The groups of the candidates. */
/*@ requires n: 0 <= n <= ROWS_MAX;
    requires valid: \valid_read(candidates + (0 .. n-1)) && \valid_read(row_group + (0 .. TableRows-1)) && \valid(group + (0 .. n-1));
    requires apart: \separated(group + (0 .. n-1),row_group + (0 .. TableRows-1));
    requires candidates: Candidates(candidates,n);
    requires pivot: pivot < TableRows;
    requires equal: EqualRows(row_group);
    requires zero: pivot < 0 ==> \forall integer i; 0 <= i < TableRows ==> TableDistance(i,i) == 0;
    terminates \true; exits \false; assigns group[0 .. n-1];
    ensures groups: KnownGroups(group,candidates,n,k,pivot); */
KERNEL void group_candidates(const int *row_group, const size_t *candidates, int n, int *group) /*@ ghost (int k, int pivot) */
{
  int c = 0;
  //@ ghost theorem_numbers_equal(candidates, n, row_group, k, pivot);
  /*@ loop invariant c: 0 <= c <= n;
      loop invariant groups: \forall integer a; 0 <= a < c ==> group[a] == \at(row_group[\at(candidates[a],Here)],Pre);
      loop assigns c, group[0 .. n-1]; loop variant n - c; */
  for (; c < n; c++) group[c] = row_group[candidates[c]];
  //@ assert end: c == n;
  /*@ assert same: \forall integer a, b; 0 <= a < n && 0 <= b < n && group[a] == group[b] ==> SameGroup{Pre}(row_group,candidates,a,b); */
}

KERNEL void bound_candidates(const certigar_distances *distances, const int *row_group, const size_t *candidates, int n, int k, int pivot,
                             natural_row *row_lower, natural_row *row_upper, int *order, natural_row *lower, natural_row *upper, int *group)
{
  if (pivot < 0)
    bound_scores(distances, candidates, n, k, row_lower, row_upper, order, lower, upper);
  else
    read_distances(distances, candidates, n, (size_t)pivot, lower, upper);
  //@ assert numbers: KnownNumbers(lower,upper,candidates,n,k,pivot);
  group_candidates(row_group, candidates, n, group) /*@ ghost (k, pivot) */;
}

KERNEL int choose_candidates(const natural_row *lower, const natural_row *upper, const int *group, int n, int m, int *order,
                             unsigned char *chosen, unsigned char *open) /*@ ghost (const size_t *candidates, int k, int pivot) */
{
  int decided = choose_least(lower, upper, group, n, m, order, chosen, open);
  //@ assert same: \forall integer c; 0 <= c < n ==> group[c] == \at(group[c],Pre);
  //@ assert groups: KnownGroups(group,candidates,n,k,pivot);
  /*@ assert before: \forall integer c, e; 0 <= c < n && 0 <= e < n && SurelyBefore(lower,upper,group,c,e) ==>
        NumberBefore(candidates,n,k,pivot,c,e); */
  return decided;
}

KERNEL void drop_candidate(size_t *candidates, int n, int c)
{
  int a = c;
  /*@ loop invariant a: c <= a < n;
      loop invariant before: \forall integer b; 0 <= b < c ==> candidates[b] == \at(candidates[b],Pre);
      loop invariant moved: \forall integer b; c <= b < a ==> candidates[b] == \at(candidates[b+1],Pre);
      loop invariant rest: \forall integer b; a <= b < n ==> candidates[b] == \at(candidates[b],Pre);
      loop assigns a, candidates[c .. n-1]; loop variant n - a; */
  for (; a + 1 < n; a++) candidates[a] = candidates[a + 1];
  //@ assert end: a == n-1;
  //@ assert left: \forall integer b; 0 <= b < n-1 ==> candidates[b] == \at(candidates[\at(b < c ? b : b+1,Here)],Pre);
}
