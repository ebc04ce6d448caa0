/* Mean around the median (Xie et al. 2018, Definition 3): the mean of the n-f finite values closest to the median.
 *
 * In a sorted lane the values kept are a window of q = n-f ranks. It starts at the least finite rank s with x_s + x_(s+q) >= a + b, where a and b are
 * the middle values, a + b = 2M; or as late as the finite ranks allow (proofs/lemmas/meamed.h). The rows outside the windows become +0, so
 * that one mean with the divisor q serves all lanes.
 */
#include "exact/compare.h"
#include "lemmas/meamed.h"
#include "lemmas/order.h"
#include "order/sort.h"
#include "rules/rules.h"

/*@ // Balanced, TiedEnds and NoWindow of proofs/lemmas/meamed.h, said of the rows of a sorted tile
  @ logic integer MiddleSum{L}(row *t, integer n, integer l) = Val(t[(n-1)/2][l]) + Val(t[n/2][l]);
  @
  @ predicate BalancedRows{L}(row *t, integer n, integer l, integer s, integer q) =
  @      0 <= s <= n-q && Finite(t[s][l]) && Finite(t[s+q-1][l])
  @   && (s+q < n && Finite(t[s+q][l]) ==> MiddleSum(t,n,l) <= Val(t[s][l]) + Val(t[s+q][l]))
  @   && (0 < s && Finite(t[s-1][l]) ==> Val(t[s-1][l]) + Val(t[s-1+q][l]) < MiddleSum(t,n,l));
  @
  @ predicate TiedRows{L}(row *t, integer n, integer l, integer s, integer q) =
  @      s+q < n && Finite(t[s+q][l]) && Val(t[s][l]) + Val(t[s+q][l]) == MiddleSum(t,n,l)
  @   && Val(t[s][l]) != Val(t[s+q][l]);
  @
  @ predicate NoWindowRows{L}(row *t, integer n, integer l, integer q) =
  @   \forall integer j; 0 <= j <= n-q ==> !(Finite(t[j][l]) && Finite(t[j+q-1][l]));
  @
  @ // what becomes of the key k of row i when the window starts at s
  @ logic integer Masked(integer k, integer i, integer s, integer q) = s < 0 ? QUIET_NAN : s <= i && i < s+q ? k : 0;
  @*/

/*@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
    requires t: \valid_read(t + (0 .. n-1));
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= n;
    ensures below: \forall integer j; 0 <= j < \result ==> t[j][l] < -SPECIAL;
    ensures first: \result < n ==> -SPECIAL <= t[\result][l]; */
KERNEL int first_finite(const row *t, int n, int l)
{
  int i = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant below: \forall integer j; 0 <= j < i ==> t[j][l] < -SPECIAL;
      loop assigns i; loop variant n - i; */
  while (i < n && t[i][l] < -SPECIAL) i++;
  return i;
}

/*@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
    requires t: \valid_read(t + (0 .. n-1));
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= n;
    ensures above: \forall integer j; \result <= j < n ==> SPECIAL <= t[j][l];
    ensures last: 0 < \result ==> t[\result-1][l] < SPECIAL; */
KERNEL int end_of_finite(const row *t, int n, int l)
{
  int i = n;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant above: \forall integer j; i <= j < n ==> SPECIAL <= t[j][l];
      loop assigns i; loop variant i; */
  while (i > 0 && t[i - 1][l] >= SPECIAL) i--;
  return i;
}

/* Where the window of a lane starts; -1 if there is none. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX && n < 2*q && 0 <= l < LANES;
    requires t: \valid_read(t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires sorted: Sorted(t,n);
    terminates \true; exits \false; assigns \nothing;
    ensures range: -1 <= \result <= n-q;
    ensures none: \result == -1 ==> NoWindowRows(t,n,l,q);
    ensures some: \result != -1 ==> BalancedRows(t,n,l,\result,q); */
KERNEL int window_start(const row *t, int n, int q, int l)
{
  int first = first_finite(t, n, l), end = end_of_finite(t, n, l);
  if (end - first < q) return -1;
  /*@ assert base: -SPECIAL <= t[first][l]; */
  /*@ assert low: \forall integer j; first <= j < n ==> -SPECIAL <= t[j][l]; */
  /*@ assert high: \forall integer j; 0 <= j < end ==> t[j][l] < SPECIAL; */
  int lower = (n - 1) / 2, upper = n / 2, s = first;
  /*@ assert middle: first <= lower < end && first <= upper < end; */
  key a = t[lower][l], b = t[upper][l];
  /*@ loop invariant s: first <= s <= end - q;
      loop invariant less: first < s ==> Val(t[s-1][l]) + Val(t[s-1+q][l]) < MiddleSum(t,n,l);
      loop assigns s; loop variant n - s; */
  while (s + q < end && compare_sums(t[s][l], t[s + q][l], a, b) < 0) s++;
  return s;
}

/* Whether the first value of the window and the one beyond it are different and equally close to the median. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX && n < 2*q && 0 <= l < LANES;
    requires t: \valid_read(t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires sorted: Sorted(t,n);
    requires s: BalancedRows(t,n,l,s,q);
    terminates \true; exits \false; assigns \nothing;
    ensures tied: \result != 0 <==> TiedRows(t,n,l,s,q); */
KERNEL int window_tied(const row *t, int n, int q, int l, int s)
{
  if (s + q >= n || t[s + q][l] >= SPECIAL) return 0;
  key x = t[s][l], y = t[s + q][l];
  //@ ghost lemma_val_order();
  int lower = (n - 1) / 2, upper = n / 2;
  /*@ assert middle: s <= lower <= s+q && s <= upper <= s+q; */
  /*@ assert a: x <= t[lower][l] <= y; */
  /*@ assert b: x <= t[upper][l] <= y; */
  int same = x == y || (x == -1 && y == 0);      /* equal as numbers: the same key, or -0 and +0 */
  /*@ assert same: same != 0 <==> Val(x) == Val(y); */
  return !same && compare_sums(x, y, t[lower][l], t[upper][l]) == 0;
}

/*@ requires keys: \valid(keys + (0 .. LANES-1)) && \valid_read(start + (0 .. LANES-1));
    requires apart: \separated(keys + (0 .. LANES-1), start + (0 .. LANES-1));
    requires i: 0 <= i < ROWS_MAX && 1 <= q <= ROWS_MAX;
    requires start: \forall integer l; 0 <= l < LANES ==> -1 <= start[l] <= ROWS_MAX;
    terminates \true; exits \false; assigns keys[0 .. LANES-1];
    ensures masked: \forall integer l; 0 <= l < LANES ==> keys[l] == Masked(\old(keys[l]),i,start[l],q); */
KERNEL void mask_row(key *restrict keys, int i, int q, const int *restrict start)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant masked: \forall integer k; 0 <= k < l ==> keys[k] == Masked(\at(keys[k],Pre),i,start[k],q);
      loop invariant rest: \forall integer k; l <= k < LANES ==> keys[k] == \at(keys[k],Pre);
      loop assigns l, keys[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) keys[l] = start[l] < 0 ? QUIET_NAN : start[l] <= i && i < start[l] + q ? keys[l] : 0;
}

/*@ requires n: 1 <= q <= n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1)) && \valid_read(start + (0 .. LANES-1));
    requires apart: \separated(start + (0 .. LANES-1), t + (0 .. n-1));
    requires start: \forall integer l; 0 <= l < LANES ==> -1 <= start[l] <= n-q;
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1];
    ensures masked: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> t[i][l] == Masked(\old(t[i][l]),i,\old(start[l]),q);
    ensures start: \forall integer l; 0 <= l < LANES ==> start[l] == \old(start[l]); */
KERNEL void mask_rows(row *t, int n, int q, const int *start)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant masked: \forall integer k, l; 0 <= k < i && 0 <= l < LANES ==> t[k][l] == Masked(\at(t[k][l],Pre),k,\at(start[l],Pre),q);
      loop invariant rest: \forall integer k, l; i <= k < n && 0 <= l < LANES ==> t[k][l] == \at(t[k][l],Pre);
      loop invariant start: \forall integer l; 0 <= l < LANES ==> start[l] == \at(start[l],Pre);
      loop assigns i, (&t[0][0])[0 .. n*LANES-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) mask_row(t[i], i, q, start);
}

/* The same, and what the lanes hold then: rows that sum to what their windows do. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1)) && \valid_read(start + (0 .. LANES-1));
    requires apart: \separated(start + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires start: \forall integer l; 0 <= l < LANES ==>
      start[l] == -1 || (0 <= start[l] <= n-q && AllFinite(t,start[l],start[l]+q,l));
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1];
    ensures keys: Keys(t,n);
    ensures start: \forall integer l; 0 <= l < LANES ==> start[l] == \old(start[l]);
    ensures nan: \forall integer l; 0 <= l < LANES && \old(start[l]) == -1 ==> HasNaN(t,0,n,l);
    ensures finite: \forall integer l; 0 <= l < LANES && 0 <= \old(start[l]) ==> AllFinite(t,0,n,l);
    ensures sum: \forall integer l; 0 <= l < LANES && 0 <= \old(start[l]) ==>
      Sum(t,0,n,l) == Sum{Pre}(t,\old(start[l]),\old(start[l])+q,l); */
KERNEL void keep_windows(row *t, int n, int q, const int *start)
{
  mask_rows(t, n, q, start);
  /*@ ghost
      int j = n;
      /@ loop invariant j: 0 <= j <= n;                                           // n - j rows are summed
         loop invariant before: \forall integer l; 0 <= l < LANES && n-j <= \at(start[l],Pre) ==> Sum(t,0,n-j,l) == 0;
         loop invariant within: \forall integer l; 0 <= l < LANES && 0 <= \at(start[l],Pre) <= n-j && n-j <= \at(start[l],Pre)+q ==>
           Sum(t,0,n-j,l) == Sum{Pre}(t,\at(start[l],Pre),n-j,l);
         loop invariant after: \forall integer l; 0 <= l < LANES && 0 <= \at(start[l],Pre) && \at(start[l],Pre)+q <= n-j ==>
           Sum(t,0,n-j,l) == Sum{Pre}(t,\at(start[l],Pre),\at(start[l],Pre)+q,l);
         loop assigns j; loop variant j; @/
      for (; j > 0; j--) {
        /@ assert row: \forall integer l; 0 <= l < LANES ==> t[n-j][l] == Masked(\at(t[\at(n-j,Here)][l],Pre),n-j,\at(start[l],Pre),q); @/
        /@ assert zero: Val(0) == 0; @/
        /@ assert here: \forall integer l; 0 <= l < LANES ==> Sum(t,0,n-j+1,l) == Sum(t,0,n-j,l) + Val(t[n-j][l]); @/
        /@ assert pre: \forall integer l; 0 <= l < LANES && 0 <= \at(start[l],Pre) <= n-j ==>
             Sum{Pre}(t,\at(start[l],Pre),n-j+1,l) == Sum{Pre}(t,\at(start[l],Pre),n-j,l) + Val(\at(t[\at(n-j,Here)][l],Pre)); @/
      }
  */
  /*@ assert nan: \forall integer l; 0 <= l < LANES && \at(start[l],Pre) == -1 ==> t[0][l] == QUIET_NAN; */
}

/* The mean of the q rows from start[l] on, per lane; NaN where start[l] is -1. Destroys t. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1)) && \valid_read(start + (0 .. LANES-1));
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(start + (0 .. LANES-1), t + (0 .. n-1));
    requires alone: \separated(out + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires start: \forall integer l; 0 <= l < LANES ==>
      start[l] == -1 || (0 <= start[l] <= n-q && AllFinite(t,start[l],start[l]+q,l));
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], out[0 .. LANES-1];
    ensures none: \forall integer l; 0 <= l < LANES && \old(start[l]) == -1 ==> out[l] == QUIET_NAN;
    ensures mean: \forall integer l; 0 <= l < LANES && 0 <= \old(start[l]) ==>
      IsQuotient(out[l],Sum{Pre}(t,\old(start[l]),\old(start[l])+q,l),q);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int mean_of_windows(row *t, int n, int q, const int *start, key *out)
{
  /*@ ghost lemma_sum_bounds(t, n, q); */
  keep_windows(t, n, q, start);
  /*@ assert bound: \forall integer l; 0 <= l < LANES && 0 <= \at(start[l],Pre) ==> SumBounded{Pre}(t,\at(start[l],Pre),q,l); */
  /*@ assert small: \forall integer l; 0 <= l < LANES && 0 <= \at(start[l],Pre) ==> Abs(Sum(t,0,n,l)) <= q*Value(SPECIAL-1); */
  return mean_of_rows(t, n, q, out);
}

/* The windows of a sorted tile. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX && n < 2*q;
    requires t: \valid_read(t + (0 .. n-1)) && \valid(start + (0 .. LANES-1));
    requires apart: \separated(start + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires sorted: Sorted(t,n);
    terminates \true; exits \false; assigns start[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> -1 <= start[l] <= n-q;
    ensures none: \forall integer l; 0 <= l < LANES && start[l] == -1 ==> NoWindowRows{Pre}(t,n,l,q);
    ensures some: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==> BalancedRows{Pre}(t,n,l,start[l],q); */
KERNEL void find_windows(const row *t, int n, int q, int *start)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant same: \forall integer j, k; 0 <= j < n && 0 <= k < LANES ==> t[j][k] == \at(t[j][k],Pre);
      loop invariant range: \forall integer k; 0 <= k < l ==> -1 <= start[k] <= n-q;
      loop invariant none: \forall integer k; 0 <= k < l && start[k] == -1 ==> NoWindowRows{Pre}(t,n,k,q);
      loop invariant some: \forall integer k; 0 <= k < l && 0 <= start[k] ==> BalancedRows{Pre}(t,n,k,start[k],q);
      loop assigns l, start[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int s = window_start(t, n, q, l);
    /*@ assert none: s == -1 ==> NoWindowRows{Pre}(t,n,l,q); */
    /*@ assert some: s != -1 ==> BalancedRows{Pre}(t,n,l,s,q); */
    start[l] = s;
  }
}

/* Sorts t and finds every lane's window; returns the number of ties. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX && n < 2*q;
    requires t: \valid(t + (0 .. n-1)) && \valid(start + (0 .. LANES-1));
    requires apart: \separated(start + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], start[0 .. LANES-1];
    ensures keys: Keys(t,n);
    ensures range: \forall integer l; 0 <= l < LANES ==> -1 <= start[l] <= n-q;
    ensures none: \forall integer l; 0 <= l < LANES && start[l] == -1 ==> !HasMeamed{Pre}(t,n,n-q,l);
    ensures some: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==> HasMeamed{Pre}(t,n,n-q,l) && Closest{Pre}(t,n,l,start[l],q);
    ensures finite: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==> AllFinite(t,start[l],start[l]+q,l);
    ensures sum: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==>
      Sum(t,start[l],start[l]+q,l) == RankSum{Pre}(t,n,l,start[l],start[l]+q);
    ensures ties: Ties{Pre}(t,n,n-q,LANES,\result); */
KERNEL int select_windows(row *t, int n, int q, int *start)
{
  int ties = 0;
  /*@ ghost lemma_meamed(t, n, q); */
  sort_tile(t, n);
  find_windows(t, n, q, start);
  /*@ assert ranks: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == Rank{Pre}(t,n,l,j); */
  /*@ assert none: \forall integer l; 0 <= l < LANES && start[l] == -1 ==> NoWindow{Pre}(t,n,l,q); */
  /*@ assert some: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==> Balanced{Pre}(t,n,l,start[l],q); */
  /*@ assert balanced: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==> BalancedRows(t,n,l,start[l],q); */
  /*@ assert sorted: Sorted(t,n) && Keys(t,n); */
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant ties: 0 <= ties <= l && Ties{Pre}(t,n,n-q,l,ties);
      loop assigns l, ties; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int tie = start[l] >= 0 && window_tied(t, n, q, l, start[l]);
    /*@ assert tie: tie != 0 <==> HasTie{Pre}(t,n,n-q,l); */
    if (tie) ties++;
    /*@ assert counted: Ties{Pre}(t,n,n-q,l+1,ties); */
  }
  /*@ ghost
      int j = q;
      /@ loop invariant j: 0 <= j <= q;                                           // q - j ranks are summed
         loop invariant sum: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==>
           Sum(t,start[l],start[l]+q-j,l) == RankSum{Pre}(t,n,l,start[l],start[l]+q-j);
         loop assigns j; loop variant j; @/
      for (; j > 0; j--) {
        /@ assert rows: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==>
             Sum(t,start[l],start[l]+q-j+1,l) == Sum(t,start[l],start[l]+q-j,l) + Val(t[start[l]+q-j][l]); @/
        /@ assert ranks: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==>
             RankSum{Pre}(t,n,l,start[l],start[l]+q-j+1) == RankSum{Pre}(t,n,l,start[l],start[l]+q-j) + Val(t[start[l]+q-j][l]); @/
      }
  */
  return ties;
}

KERNEL int meamed(row *t, int n, int f, key *out, int *ties)
{
  int start[LANES], q = n - f;
  int tied = select_windows(t, n, q, start);
  int exact = mean_of_windows(t, n, q, start, out);
  /*@ assert mean: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==>
        IsQuotient(out[l],RankSum{Pre}(t,n,l,start[l],start[l]+n-f),n-f); */
  /*@ assert none: \forall integer l; 0 <= l < LANES && start[l] == -1 ==> !HasMeamed{Pre}(t,n,f,l); */
  /*@ assert some: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==>
        HasMeamed{Pre}(t,n,f,l) && Closest{Pre}(t,n,l,start[l],n-f); */
  /*@ assert meamed: \forall integer l; 0 <= l < LANES ==> IsMeamed{Pre}(out[l],t,n,f,l); */
  *ties = tied;
  return exact;
}
