/* Sorting every lane of a tile: a comparator network over rows, and a check.
 *
 * A comparator puts the lesser of two rows first, lane by lane: one vector minimum and maximum, no branch. Whatever comparators
 * are applied, each lane keeps its multiset; so the network (Batcher's merge exchange: Knuth, The Art of Computer Programming,
 * vol. 3, 5.2.2, Algorithm M) is only a guess of an order that a pass over the rows then checks. Were it wrong, the insertion
 * sort would follow. The proof is of this, for every n, and needs nothing of Batcher's theorem.
 */
#include "order/sort.h"
#include "lemmas/order.h"

/*@ requires a: \valid(a + (0 .. LANES-1)) && \valid(b + (0 .. LANES-1));
    requires apart: \separated(a + (0 .. LANES-1), b + (0 .. LANES-1));
    terminates \true; exits \false; assigns a[0 .. LANES-1], b[0 .. LANES-1];
    ensures lesser: \forall integer l; 0 <= l < LANES ==> a[l] == \min(\old(a[l]),\old(b[l]));
    ensures greater: \forall integer l; 0 <= l < LANES ==> b[l] == \max(\old(a[l]),\old(b[l])); */
KERNEL void compare_exchange(key *restrict a, key *restrict b)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant lesser: \forall integer k; 0 <= k < l ==> a[k] == \min(\at(a[k],Pre),\at(b[k],Pre));
      loop invariant greater: \forall integer k; 0 <= k < l ==> b[k] == \max(\at(a[k],Pre),\at(b[k],Pre));
      loop invariant rest: \forall integer k; l <= k < LANES ==> a[k] == \at(a[k],Pre) && b[k] == \at(b[k],Pre);
      loop assigns l, a[0 .. LANES-1], b[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key x = a[l], y = b[l];
    a[l] = x < y ? x : y;
    b[l] = x < y ? y : x;
  }
}

/* rows i and j of n: the counts of the whole tile stay */
/*@ requires n: 0 <= i < j < n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1));
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1];
    ensures lesser: \forall integer l; 0 <= l < LANES ==> t[i][l] == \min(\old(t[i][l]),\old(t[j][l]));
    ensures greater: \forall integer l; 0 <= l < LANES ==> t[j][l] == \max(\old(t[i][l]),\old(t[j][l]));
    ensures rest: \forall integer k, l; 0 <= k < n && k != i && k != j && 0 <= l < LANES ==> t[k][l] == \old(t[k][l]);
    ensures counts: SameCounts{Pre,Post}(t,n);
    ensures keys: Keys{Pre}(t,n) ==> Keys(t,n); */
KERNEL void exchange_rows(row *t, int i, int j) /*@ ghost (int n) */
{
  compare_exchange(t[i], t[j]);
  /*@ assert pair: \forall integer l, v; 0 <= l < LANES ==>
        (t[i][l] <= v ? 1 : 0) + (t[j][l] <= v ? 1 : 0) == (\at(t[i][l],Pre) <= v ? 1 : 0) + (\at(t[j][l],Pre) <= v ? 1 : 0); */
  /*@ ghost
      int k = 0;
      /@ loop invariant k: 0 <= k <= n;
         loop invariant counts: \forall integer l, v; 0 <= l < LANES ==>
              Count(t,k,l,v) - (i < k && t[i][l] <= v ? 1 : 0) - (j < k && t[j][l] <= v ? 1 : 0)
           == Count{Pre}(t,k,l,v) - (i < k && \at(t[i][l],Pre) <= v ? 1 : 0) - (j < k && \at(t[j][l],Pre) <= v ? 1 : 0);
         loop assigns k; loop variant n - k; @/
      for (; k < n; k++) {
        /@ assert here: \forall integer l, v; 0 <= l < LANES ==> Count(t,k+1,l,v) == Count(t,k,l,v) + (t[k][l] <= v ? 1 : 0); @/
        /@ assert pre: \forall integer l, v; 0 <= l < LANES ==>
             Count{Pre}(t,k+1,l,v) == Count{Pre}(t,k,l,v) + (\at(t[\at(k,Here)][l],Pre) <= v ? 1 : 0); @/
      }
  */
}

/* Step M3 of Algorithm M: rows i and i+d, for the i in every other block of p rows, the first of them at row first. */
/*@ requires n: 1 <= n <= ROWS_MAX;
    requires p: 1 <= d <= ROWS_MAX && 1 <= p <= ROWS_MAX && 0 <= first <= p;
    requires t: \valid(t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1];
    ensures counts: SameCounts{Pre,Post}(t,n);
    ensures keys: Keys(t,n); */
KERNEL void exchange_blocks(row *t, int n, int p, int first, int d)
{
  /*@ loop invariant b: 0 <= b;
      loop invariant counts: SameCounts{Pre,Here}(t,n);
      loop invariant keys: Keys(t,n);
      loop assigns b, (&t[0][0])[0 .. n*LANES-1]; loop variant n - b; */
  for (int b = first; b < n - d; b += 2 * p) {
    int end = b + p < n - d ? b + p : n - d;
    /*@ loop invariant i: b <= i <= end;
        loop invariant counts: SameCounts{Pre,Here}(t,n);
        loop invariant keys: Keys(t,n);
        loop assigns i, (&t[0][0])[0 .. n*LANES-1]; loop variant end - i; */
    for (int i = b; i < end; i++) exchange_rows(t, i, i + d) /*@ ghost (n) */;
  }
}

/* Algorithm M for one p: the distance p, then q - p for q = half, half/2, ..., 2p. */
/*@ requires n: 1 <= n <= ROWS_MAX && 1 <= p <= half <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1];
    ensures counts: SameCounts{Pre,Post}(t,n);
    ensures keys: Keys(t,n); */
KERNEL void merge_pass(row *t, int n, int p, int half)
{
  exchange_blocks(t, n, p, 0, p);
  /*@ loop invariant q: 0 <= q <= half;
      loop invariant counts: SameCounts{Pre,Here}(t,n);
      loop invariant keys: Keys(t,n);
      loop assigns q, (&t[0][0])[0 .. n*LANES-1]; loop variant q; */
  for (int q = half; q > p; q /= 2) exchange_blocks(t, n, p, p, q - p);
}

/*@ requires n: 1 <= n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1];
    ensures counts: SameCounts{Pre,Post}(t,n);
    ensures keys: Keys(t,n); */
KERNEL void merge_exchange(row *t, int n)
{
  int half = 1;
  /*@ loop invariant half: 1 <= half <= n;
      loop assigns half; loop variant n - half; */
  while (half < n - half) half *= 2;
  /*@ loop invariant p: 0 <= p <= half;
      loop invariant counts: SameCounts{Pre,Here}(t,n);
      loop invariant keys: Keys(t,n);
      loop assigns p, (&t[0][0])[0 .. n*LANES-1]; loop variant p; */
  for (int p = half; p > 0; p /= 2) merge_pass(t, n, p, half);
}

/* bad[l] becomes 1 where row i of lane l is below row i-1. */
/*@ requires n: 1 <= i <= ROWS_MAX;
    requires t: \valid_read(t + (i-1 .. i));
    requires bad: \valid(bad + (0 .. LANES-1));
    requires apart: \separated(bad + (0 .. LANES-1), &t[i-1][0 .. LANES-1]) && \separated(bad + (0 .. LANES-1), &t[i][0 .. LANES-1]);
    terminates \true; exits \false; assigns bad[0 .. LANES-1];
    ensures bad: \forall integer l; 0 <= l < LANES ==> bad[l] == (t[i-1][l] > t[i][l] ? 1 : \old(bad[l])); */
KERNEL void note_descents(const row *t, int i, key *bad)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant bad: \forall integer k; 0 <= k < l ==> bad[k] == (t[i-1][k] > t[i][k] ? 1 : \at(bad[k],Pre));
      loop invariant rest: \forall integer k; l <= k < LANES ==> bad[k] == \at(bad[k],Pre);
      loop assigns l, bad[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) bad[l] = t[i - 1][l] > t[i][l] ? 1 : bad[l];
}

/*@ requires n: 1 <= n <= ROWS_MAX;
    requires t: \valid_read(t + (0 .. n-1));
    terminates \true; exits \false; assigns \nothing;
    ensures sorted: \result != 0 <==> Sorted(t,n); */
KERNEL int sorted_tile(const row *t, int n)
{
  key bad[LANES];
  int any = 0;
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer k; 0 <= k < l ==> bad[k] == 0;
      loop assigns l, bad[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) bad[l] = 0;
  /*@ loop invariant i: 1 <= i <= n;
      loop invariant good: \forall integer a, b, k; 0 <= a <= b < i && 0 <= k < LANES && bad[k] == 0 ==> t[a][k] <= t[b][k];
      loop invariant bad: \forall integer k; 0 <= k < LANES && bad[k] != 0 ==> \exists integer a; 0 < a < i && t[a-1][k] > t[a][k];
      loop assigns i, bad[0 .. LANES-1]; loop variant n - i; */
  for (int i = 1; i < n; i++) note_descents(t, i, bad);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant any: any != 0 <==> \exists integer k; 0 <= k < l && bad[k] != 0;
      loop assigns l, any; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) any = bad[l] != 0 ? 1 : any;
  return !any;
}

/* Row i sinks to its place among the sorted rows before it. */
/*@ requires n: 1 <= i < n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires sorted: Sorted(t,i);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1];
    ensures sorted: Sorted(t,i+1);
    ensures counts: SameCounts{Pre,Post}(t,n);
    ensures keys: Keys(t,n); */
KERNEL void insert_row(row *t, int i) /*@ ghost (int n) */
{
  /*@ loop invariant j: 0 <= j <= i;
      loop invariant others: \forall integer a, b, l; 0 <= a <= b <= i && a != j && b != j && 0 <= l < LANES ==> t[a][l] <= t[b][l];
      loop invariant above: \forall integer b, l; j <= b <= i && 0 <= l < LANES ==> t[j][l] <= t[b][l];
      loop invariant counts: SameCounts{Pre,Here}(t,n);
      loop invariant keys: Keys(t,n);
      loop assigns j, (&t[0][0])[0 .. n*LANES-1]; loop variant j; */
  for (int j = i; j > 0; j--) {
    exchange_rows(t, j - 1, j) /*@ ghost (n) */;
    /*@ assert before: \forall integer a, l; 0 <= a < j-1 && 0 <= l < LANES ==> t[a][l] <= t[j][l]; */
    /*@ assert behind: \forall integer b, l; j <= b <= i && 0 <= l < LANES ==> t[j][l] <= t[b][l]; */
  }
}

/*@ requires n: 1 <= n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1];
    ensures sorted: Sorted(t,n);
    ensures counts: SameCounts{Pre,Post}(t,n);
    ensures keys: Keys(t,n); */
KERNEL void insertion_sort(row *t, int n)
{
  /*@ loop invariant i: 1 <= i <= n;
      loop invariant sorted: Sorted(t,i);
      loop invariant counts: SameCounts{Pre,Here}(t,n);
      loop invariant keys: Keys(t,n);
      loop assigns i, (&t[0][0])[0 .. n*LANES-1]; loop variant n - i; */
  for (int i = 1; i < n; i++) insert_row(t, i) /*@ ghost (n) */;
}

KERNEL void sort_tile(row *t, int n)
{
  merge_exchange(t, n);
  if (!sorted_tile(t, n)) insertion_sort(t, n);
  /*@ ghost
      key v = QUIET_NAN;
      lemma_sorted_rank(t, n);
      /@ loop invariant v: -1-SPECIAL <= v <= QUIET_NAN;                        // the same counts: the same ranks
         loop invariant ranks: \forall integer j, l; 0 <= l < LANES ==> Least(t,n,l,j,v) == Least{Pre}(t,n,l,j,v);
         loop assigns v; loop variant v + SPECIAL + 1; @/
      for (; v > -1-SPECIAL; v--) {
        /@ assert here: \forall integer j, l; 0 <= l < LANES ==>
             Least(t,n,l,j,v-1) == (Count(t,n,l,v-1) > j ? v-1 : Least(t,n,l,j,v)); @/
        /@ assert pre: \forall integer j, l; 0 <= l < LANES ==>
             Least{Pre}(t,n,l,j,v-1) == (Count{Pre}(t,n,l,v-1) > j ? v-1 : Least{Pre}(t,n,l,j,v)); @/
      }
      /@ assert end: v == -1-SPECIAL; @/
  */
}
