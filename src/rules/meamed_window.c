/* The windows of a sorted tile: see meamed_window.h.
 *
 * The sums x_(s) + x_(s+q) increase with s. All lanes are searched at once, s by s, on numbers cut to the unit of the lane's greatest: where
 * a difference of less than four units, or a value that is not finite, leaves a lane open, it is searched alone, by bisection, exactly; but for
 * lanes in which the values at both ends are the median, as they are where many rows agree (gradients of units that took no part).
 */
#include "rules/meamed_window.h"
#include "exact/choice.h"
#include "exact/compare.h"
#include "lemmas/compare.h"
#include "lemmas/order.h"

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

/* Whether two finite keys, x <= y, are equal as numbers: the same key, or -0 and +0. */
/*@ requires k: Finite(x) && Finite(y) && x <= y;
    terminates \true; exits \false; assigns \nothing;
    ensures same: \result != 0 <==> Val(x) == Val(y); */
KERNEL int same_number(key x, key y)
{
  //@ ghost lemma_val_order();
  return x == y || (x == -1 && y == 0);
}

/* The sign of x_s + x_(s+q) - 2M. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= l < LANES && 0 <= s && s+q < n;
    requires t: \valid_read(t + (0 .. n-1));
    requires finite: Finite(t[s][l]) && Finite(t[s+q][l]) && FiniteMiddle(t,n,l);
    terminates \true; exits \false; assigns \nothing;
    ensures negative: \result < 0 <==> Val(t[s][l]) + Val(t[s+q][l]) < MiddleSum(t,n,l);
    ensures positive: \result > 0 <==> Val(t[s][l]) + Val(t[s+q][l]) > MiddleSum(t,n,l); */
KERNEL int balance(const row *t, int n, int q, int l, int s)
{
  return compare_sums(t[s][l], t[s + q][l], t[(n - 1) / 2][l], t[n / 2][l]);
}

/* The window of a lane, by bisection: twice its start, plus 1 if the first value beyond it ties with its first; -1 if there is none. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= l < LANES;
    requires t: \valid_read(t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires sorted: Sorted(t,n);
    terminates \true; exits \false; assigns \nothing;
    ensures range: -1 <= \result <= 2*(n-q)+1;
    ensures none: \result == -1 ==> NoWindowRows(t,n,l,q);
    ensures some: \result != -1 ==> BalancedRows(t,n,l,\result/2,q);
    ensures tied: \result != -1 ==> (\result % 2 == 1 <==> TiedRows(t,n,l,\result/2,q)); */
KERNEL int window_of(const row *t, int n, int q, int l)
{
  int first = first_finite(t, n, l), end = end_of_finite(t, n, l), lower = (n - 1) / 2, upper = n / 2;
  if (end - first < q || lower < first || upper >= end) return -1;
  /*@ assert base: -SPECIAL <= t[first][l]; */
  /*@ assert low: \forall integer j; first <= j < n ==> -SPECIAL <= t[j][l]; */
  /*@ assert high: \forall integer j; 0 <= j < end ==> t[j][l] < SPECIAL; */
  /*@ assert middle: FiniteMiddle(t,n,l); */
  int s = first, last = end - q, sign = 1;
  /*@ loop invariant s: first <= s <= last <= end - q;
      loop invariant below: first < s ==> Val(t[s-1][l]) + Val(t[s-1+q][l]) < MiddleSum(t,n,l);
      loop invariant above: last < end - q ==> MiddleSum(t,n,l) <= Val(t[last][l]) + Val(t[last+q][l]);
      loop invariant sign: sign == 0 <==> last < end - q && Val(t[last][l]) + Val(t[last+q][l]) == MiddleSum(t,n,l);
      loop assigns s, last, sign; loop variant last - s; */
  while (s < last) {
    int middle = s + (last - s) / 2;
    int c = balance(t, n, q, l, middle);
    if (c < 0) {
      s = middle + 1;
    } else {
      last = middle;
      sign = c;
    }
  }
  /*@ assert end: s == last; */
  /*@ assert balanced: BalancedRows(t,n,l,s,q); */
  //@ ghost if (sign == 0) lemma_sorted(t, n, l, s, s + q);
  int tied = sign == 0 && !same_number(t[s][l], t[s + q][l]);
  /*@ assert tied: tied == 1 <==> TiedRows(t,n,l,s,q); */
  return 2 * s + tied;
}

/*@ // x_(j) + x_(j+q) against 2M, in a lane of finite numbers
  @ predicate BelowMiddle{L}(row *t, integer n, integer l, integer q, integer j) = Val(t[j][l]) + Val(t[j+q][l]) < MiddleSum(t,n,l);
  @ predicate AboveMiddle{L}(row *t, integer n, integer l, integer q, integer j) = MiddleSum(t,n,l) < Val(t[j][l]) + Val(t[j+q][l])
  @   || (MiddleSum(t,n,l) == Val(t[j][l]) + Val(t[j+q][l]) && Val(t[j][l]) == Val(t[j+q][l]));     // no tie: both are M
  @
  @ // what the sums before s say of a lane: the window starts at c, if that is less than s, and not before c; or the lane is open
  @ predicate Searched{L}(row *t, integer n, integer l, integer q, integer s, integer c, integer open) =
  @      0 <= c <= s && 0 <= open <= 1
  @   && (open == 0 ==> (0 < c ==> BelowMiddle(t,n,l,q,c-1)) && (c < s ==> AboveMiddle(t,n,l,q,c)));
  @
  @ predicate FiniteLane{L}(row *t, integer n, integer l) = \forall integer j; 0 <= j < n ==> Finite(t[j][l]);
  @ predicate Covered{L}(row *t, integer n, integer l, integer E) = \forall integer j; 0 <= j < n ==> Shift(Magnitude(t[j][l])) <= E;
  @*/

/* The exponent of the greatest value of each lane, which is at one of its ends; a lane that is not finite is open. */
/*@ requires n: 1 <= n <= ROWS_MAX;
    requires t: \valid_read(t + (0 .. n-1)) && \valid(exponent + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(exponent + (0 .. LANES-1), open + (0 .. LANES-1));
    requires apart_rows: \separated(exponent + (0 .. LANES-1), t + (0 .. n-1)) && \separated(open + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires sorted: Sorted(t,n);
    terminates \true; exits \false; assigns exponent[0 .. LANES-1], open[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX + 1 && 0 <= open[l] <= 1;
    ensures covered: \forall integer l; 0 <= l < LANES ==> Covered{Pre}(t,n,l,exponent[l]);
    ensures finite: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> FiniteLane{Pre}(t,n,l); */
KERNEL void lane_exponents(const row *t, int n, int32_t *restrict exponent, int64_t *restrict open)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant same: \forall integer j, k; 0 <= j < n && 0 <= k < LANES ==> t[j][k] == \at(t[j][k],Pre);
      loop invariant range: \forall integer k; 0 <= k < l ==> 0 <= exponent[k] <= SHIFT_MAX + 1 && 0 <= open[k] <= 1;
      loop invariant covered: \forall integer k; 0 <= k < l ==> Covered{Pre}(t,n,k,exponent[k]);
      loop invariant finite: \forall integer k; 0 <= k < l && open[k] == 0 ==> FiniteLane{Pre}(t,n,k);
      loop assigns l, exponent[0 .. LANES-1], open[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key a = t[0][l] < 0 ? -1 - t[0][l] : t[0][l], b = t[n - 1][l] < 0 ? -1 - t[n - 1][l] : t[n - 1][l], top = a > b ? a : b;
    key e = top < FRACTION ? 0 : top / FRACTION - 1;
    /*@ assert ends: \forall integer j; 0 <= j < n ==> Magnitude(t[j][l]) <= top; */
    /*@ assert shift: e == Shift(top); */
    /*@ assert covered: Covered{Pre}(t,n,l,e); */
    /*@ assert finite: top < SPECIAL ==> FiniteLane{Pre}(t,n,l); */
    exponent[l] = (int32_t)e;
    open[l] = top < SPECIAL ? 0 : 1;
  }
}

/* The sums of two rows, cut to the unit of each lane. */
/*@ requires rows: \valid_read(x + (0 .. LANES-1)) && \valid_read(y + (0 .. LANES-1));
    requires sums: \valid_read(exponent + (0 .. LANES-1)) && \valid(sum + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. LANES-1), x + (0 .. LANES-1)) && \separated(sum + (0 .. LANES-1), y + (0 .. LANES-1));
    requires apart_exponent: \separated(sum + (0 .. LANES-1), exponent + (0 .. LANES-1));
    requires keys: \forall integer l; 0 <= l < LANES ==> IsKey(x[l]) && IsKey(y[l]);
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX + 1;
    requires covered: \forall integer l; 0 <= l < LANES ==> Shift(Magnitude(x[l])) <= exponent[l] && Shift(Magnitude(y[l])) <= exponent[l];
    terminates \true; exits \false; assigns sum[0 .. LANES-1];
    ensures near: \forall integer l; 0 <= l < LANES ==> NearSum(sum[l],exponent[l],Val(x[l]) + Val(y[l]));
    ensures range: \forall integer l; 0 <= l < LANES ==> -0x4000000000000000 < sum[l] < 0x4000000000000000; */
KERNEL void cut_sums(const key *restrict x, const key *restrict y, const int32_t *restrict exponent, int64_t *restrict sum)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant same: \forall integer k; 0 <= k < LANES ==>
        x[k] == \at(x[k],Pre) && y[k] == \at(y[k],Pre) && exponent[k] == \at(exponent[k],Pre);
      loop invariant near: \forall integer k; 0 <= k < l ==> NearSum(sum[k],\at(exponent[k],Pre),Val(\at(x[k],Pre)) + Val(\at(y[k],Pre)));
      loop invariant range: \forall integer k; 0 <= k < l ==> -0x4000000000000000 < sum[k] < 0x4000000000000000;
      loop assigns l, sum[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int64_t a = cut_number(x[l], exponent[l]), b = cut_number(y[l], exponent[l]);
    //@ ghost lemma_near_sum(x[l], y[l], a, b, exponent[l]);
    //@ assert near: NearSum(a+b,\at(exponent[\at(l,Here)],Pre),Val(\at(x[\at(l,Here)],Pre)) + Val(\at(y[\at(l,Here)],Pre)));
    sum[l] = a + b;
  }
}

/* Whether two values of each lane and the two in its middle are one key. */
/*@ requires rows: \valid_read(x + (0 .. LANES-1)) && \valid_read(y + (0 .. LANES-1));
    requires middle: \valid_read(lower + (0 .. LANES-1)) && \valid_read(upper + (0 .. LANES-1));
    requires flat: \valid(flat + (0 .. LANES-1));
    requires apart: \separated(flat + (0 .. LANES-1), x + (0 .. LANES-1)) && \separated(flat + (0 .. LANES-1), y + (0 .. LANES-1))
      && \separated(flat + (0 .. LANES-1), lower + (0 .. LANES-1)) && \separated(flat + (0 .. LANES-1), upper + (0 .. LANES-1));
    terminates \true; exits \false; assigns flat[0 .. LANES-1];
    ensures flag: \forall integer l; 0 <= l < LANES ==> 0 <= flat[l] <= 1;
    ensures flat: \forall integer l; 0 <= l < LANES && flat[l] == 1 ==> x[l] == y[l] && x[l] == lower[l] && x[l] == upper[l]; */
KERNEL void flat_lanes(const key *restrict x, const key *restrict y, const key *restrict lower, const key *restrict upper, int64_t *restrict flat)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant flag: \forall integer k; 0 <= k < l ==> 0 <= flat[k] <= 1;
      loop invariant flat: \forall integer k; 0 <= k < l && flat[k] == 1 ==> x[k] == y[k] && x[k] == lower[k] && x[k] == upper[k];
      loop assigns l, flat[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) flat[l] = both(x[l] == y[l] ? 1 : 0, both(x[l] == lower[l] ? 1 : 0, x[l] == upper[l] ? 1 : 0));
}

/*@ // how the sum at s, D units above 2M, moves the search of a lane, which is flat there or not
  @ predicate Moved(integer s, integer D, integer flat, integer c, integer open, integer c2, integer open2) =
  @      0 <= open2 <= 1 && c <= c2 <= c+1 && (c < s ==> c2 == c)
  @   && (open2 == 0 ==> open == 0 && (c == s ==> (D <= -4 && c2 == s+1) || ((4 <= D || flat == 1) && c2 == s)));
  @*/

/* One step of the search, in all lanes. */
/*@ requires sums: \valid_read(sum + (0 .. LANES-1)) && \valid_read(middle + (0 .. LANES-1)) && \valid_read(flat + (0 .. LANES-1));
    requires state: \valid(start + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. LANES-1), middle + (0 .. LANES-1), flat + (0 .. LANES-1), start + (0 .. LANES-1), open + (0 .. LANES-1));
    requires flag: \forall integer l; 0 <= l < LANES ==> 0 <= flat[l] <= 1;
    requires range: \forall integer l; 0 <= l < LANES ==>
      -0x4000000000000000 < sum[l] < 0x4000000000000000 && -0x4000000000000000 < middle[l] < 0x4000000000000000;
    requires start: 0 <= s < ROWS_MAX && \forall integer l; 0 <= l < LANES ==> 0 <= start[l] <= s && 0 <= open[l] <= 1;
    terminates \true; exits \false; assigns start[0 .. LANES-1], open[0 .. LANES-1];
    ensures moved: \forall integer l; 0 <= l < LANES ==> Moved(s,sum[l]-middle[l],flat[l],\old(start[l]),\old(open[l]),start[l],open[l]); */
KERNEL void step_windows(const int64_t *restrict sum, const int64_t *restrict middle, const int64_t *restrict flat, int s, int64_t *restrict start,
                         int64_t *restrict open)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant moved: \forall integer k; 0 <= k < l ==> Moved(s,sum[k]-middle[k],flat[k],\at(start[k],Pre),\at(open[k],Pre),start[k],open[k]);
      loop invariant rest: \forall integer k; l <= k < LANES ==> start[k] == \at(start[k],Pre) && open[k] == \at(open[k],Pre);
      loop assigns l, start[0 .. LANES-1], open[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int64_t difference = sum[l] - middle[l], here = start[l] == s ? 1 : 0;
    int64_t below = difference <= -4 ? 1 : 0, near = both(difference > -4 ? 1 : 0, difference < 4 ? 1 : 0);
    int64_t c = start[l] + both(here, below), o = either(open[l], both(here, both(near, 1 - flat[l])));
    /*@ assert moved: Moved(s,sum[l]-middle[l],flat[l],start[l],open[l],c,o); */
    start[l] = c;
    open[l] = o;
  }
}

/* The search goes on by one sum. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= s < n-q;
    requires t: \valid_read(t + (0 .. n-1));
    requires unit: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(middle + (0 .. LANES-1));
    requires state: \valid(start + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(middle + (0 .. LANES-1), exponent + (0 .. LANES-1), start + (0 .. LANES-1), open + (0 .. LANES-1));
    requires apart_rows: \separated(start + (0 .. LANES-1), t + (0 .. n-1)) && \separated(open + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires range: \forall integer l; 0 <= l < LANES ==>
      0 <= exponent[l] <= SHIFT_MAX + 1 && -0x4000000000000000 < middle[l] < 0x4000000000000000;
    requires covered: \forall integer l; 0 <= l < LANES ==> Covered(t,n,l,exponent[l]);
    requires middle: \forall integer l; 0 <= l < LANES ==> NearSum(middle[l],exponent[l],MiddleSum(t,n,l));
    requires searched: \forall integer l; 0 <= l < LANES ==> Searched(t,n,l,q,s,start[l],open[l]);
    terminates \true; exits \false; assigns start[0 .. LANES-1], open[0 .. LANES-1];
    ensures searched: \forall integer l; 0 <= l < LANES ==> Searched{Pre}(t,n,l,q,s+1,start[l],open[l]);
    ensures open: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> \old(open[l]) == 0; */
KERNEL void advance_windows(const row *t, int n, int q, int s, const int32_t *exponent, const int64_t *middle, int64_t *start, int64_t *open)
{
  int64_t sum[LANES], flat[LANES];
  cut_sums(t[s], t[s + q], exponent, sum);
  flat_lanes(t[s], t[s + q], t[(n - 1) / 2], t[n / 2], flat);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant below: \forall integer k; 0 <= k < l && sum[k] + 4 <= middle[k] ==> BelowMiddle(t,n,k,q,s);
         loop invariant above: \forall integer k; 0 <= k < l && middle[k] + 4 <= sum[k] ==> AboveMiddle(t,n,k,q,s);
         loop assigns l; loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) {
        lemma_sums_apart(exponent[l]);
        /@ assert sum: NearSum(sum[l],exponent[l],Val(t[s][l]) + Val(t[s+q][l])); @/
        /@ assert middle: NearSum(middle[l],exponent[l],MiddleSum(t,n,l)); @/
      }
  */
  /*@ assert below: \forall integer l; 0 <= l < LANES && sum[l] + 4 <= middle[l] ==> BelowMiddle{Pre}(t,n,l,q,s); */
  /*@ assert above: \forall integer l; 0 <= l < LANES && middle[l] + 4 <= sum[l] ==> AboveMiddle{Pre}(t,n,l,q,s); */
  /*@ assert flat: \forall integer l; 0 <= l < LANES && flat[l] == 1 ==> AboveMiddle{Pre}(t,n,l,q,s); */
  step_windows(sum, middle, flat, s, start, open);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant searched: \forall integer k; 0 <= k < l ==> Searched{Pre}(t,n,k,q,s+1,start[k],open[k]);
         loop assigns l; loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) {
        /@ assert before: \let k = l; Searched{Pre}(t,n,k,q,s,\at(start[k],Pre),\at(open[k],Pre)); @/
        /@ assert moved: \let k = l; Moved(s,sum[l]-middle[l],flat[l],\at(start[k],Pre),\at(open[k],Pre),start[l],open[l]); @/
        /@ assert below: sum[l] + 4 <= middle[l] ==> BelowMiddle{Pre}(t,n,l,q,s); @/
        /@ assert above: middle[l] + 4 <= sum[l] || flat[l] == 1 ==> AboveMiddle{Pre}(t,n,l,q,s); @/
        /@ assert searched: Searched{Pre}(t,n,l,q,s+1,start[l],open[l]); @/
      }
  */
}

/* The windows of all lanes: open[l] becomes 0 where start[l] is the window's start, and its end ties with nothing. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX;
    requires t: \valid_read(t + (0 .. n-1)) && \valid(start + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(start + (0 .. LANES-1), open + (0 .. LANES-1));
    requires apart_rows: \separated(start + (0 .. LANES-1), t + (0 .. n-1)) && \separated(open + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires sorted: Sorted(t,n);
    terminates \true; exits \false; assigns start[0 .. LANES-1], open[0 .. LANES-1];
    ensures searched: \forall integer l; 0 <= l < LANES ==> Searched{Pre}(t,n,l,q,n-q,start[l],open[l]);
    ensures finite: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> FiniteLane{Pre}(t,n,l); */
KERNEL void search_windows(const row *t, int n, int q, int64_t *start, int64_t *open)
{
  int32_t exponent[LANES];
  int64_t middle[LANES];
  lane_exponents(t, n, exponent, open);
  cut_sums(t[(n - 1) / 2], t[n / 2], exponent, middle);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer k; 0 <= k < l ==> start[k] == 0;
      loop assigns l, start[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) start[l] = 0;
  /*@ loop invariant s: 0 <= s <= n-q;
      loop invariant same: \forall integer j, k; 0 <= j < n && 0 <= k < LANES ==> t[j][k] == \at(t[j][k],Pre);
      loop invariant searched: \forall integer l; 0 <= l < LANES ==> Searched{Pre}(t,n,l,q,s,start[l],open[l]);
      loop invariant finite: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> FiniteLane{Pre}(t,n,l);
      loop assigns s, start[0 .. LANES-1], open[0 .. LANES-1]; loop variant n - q - s; */
  for (int s = 0; s < n - q; s++) {
    //@ assert middle: \forall integer l; 0 <= l < LANES ==> MiddleSum(t,n,l) == MiddleSum{Pre}(t,n,l);
    //@ assert below: \forall integer j, l; 0 <= j < n-q && 0 <= l < LANES ==> (BelowMiddle(t,n,l,q,j) <==> BelowMiddle{Pre}(t,n,l,q,j));
    //@ assert above: \forall integer j, l; 0 <= j < n-q && 0 <= l < LANES ==> (AboveMiddle(t,n,l,q,j) <==> AboveMiddle{Pre}(t,n,l,q,j));
    //@ assert back: \forall integer l, c, o; 0 <= l < LANES && Searched(t,n,l,q,s+1,c,o) ==> Searched{Pre}(t,n,l,q,s+1,c,o);
    advance_windows(t, n, q, s, exponent, middle, start, open);
  }
}

/* The window of a lane, by what the search of all lanes says of it. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= l < LANES;
    requires t: \valid_read(t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires sorted: Sorted(t,n);
    requires searched: Searched(t,n,l,q,n-q,start,open);
    requires finite: open == 0 ==> FiniteLane(t,n,l);
    terminates \true; exits \false; assigns \nothing;
    ensures range: -1 <= \result <= 2*(n-q)+1;
    ensures none: \result == -1 ==> NoWindowRows(t,n,l,q);
    ensures some: \result != -1 ==> BalancedRows(t,n,l,\result/2,q);
    ensures tied: \result != -1 ==> (\result % 2 == 1 <==> TiedRows(t,n,l,\result/2,q)); */
KERNEL int lane_window(const row *t, int n, int q, int l, int64_t start, int64_t open)
{
  if (open != 0) return window_of(t, n, q, l);
  /*@ assert finite: Finite(t[start][l]) && Finite(t[start+q-1][l]); */
  /*@ assert balanced: BalancedRows(t,n,l,start,q); */
  /*@ assert untied: !TiedRows(t,n,l,start,q); */
  /*@ assert half: 2*start/2 == start && 2*start % 2 == 0; */
  return 2 * (int)start;
}

KERNEL void find_windows(const row *t, int n, int q, int *window)
{
  int64_t start[LANES], open[LANES];
  search_windows(t, n, q, start, open);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant same: \forall integer j, k; 0 <= j < n && 0 <= k < LANES ==> t[j][k] == \at(t[j][k],Pre);
      loop invariant range: \forall integer k; 0 <= k < l ==> -1 <= window[k] <= 2*(n-q)+1;
      loop invariant none: \forall integer k; 0 <= k < l && window[k] == -1 ==> NoWindowRows{Pre}(t,n,k,q);
      loop invariant some: \forall integer k; 0 <= k < l && 0 <= window[k] ==> BalancedRows{Pre}(t,n,k,window[k]/2,q);
      loop invariant tied: \forall integer k; 0 <= k < l && 0 <= window[k] ==>
        (window[k] % 2 == 1 <==> TiedRows{Pre}(t,n,k,window[k]/2,q));
      loop assigns l, window[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int w = lane_window(t, n, q, l, start[l], open[l]);
    /*@ assert ends: \forall integer j; 0 <= j <= n-q && FiniteEnds{Pre}(t,l,j,q) ==> FiniteEnds(t,l,j,q); */
    /*@ assert none: w == -1 ==> NoWindowRows{Pre}(t,n,l,q); */
    /*@ assert some: w != -1 ==> BalancedRows{Pre}(t,n,l,w/2,q); */
    /*@ assert tied: w != -1 ==> (w % 2 == 1 <==> TiedRows{Pre}(t,n,l,w/2,q)); */
    /*@ assert apart: \forall integer j, k; 0 <= j < n && 0 <= k < LANES ==> \separated(window + l, &t[j][k]); */
    window[l] = w;
  }
}
