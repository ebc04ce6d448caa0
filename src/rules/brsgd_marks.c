/* The marks of a tile: see brsgd_marks.h. */
#include "rules/brsgd_marks.h"
#include "exact/compare.h"
#include "lemmas/marks.h"
#include "lemmas/order.h"
#include "rules/rules.h"

/* The bar of a lane: z is the rounded mean, +0 for -0, and count how many values equal it. */
/*@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
    requires t: \valid_read(t + (0 .. n-1));
    requires finite: FiniteTile(t,n);
    requires z: Finite(z) && z != -1;
    requires parts: \forall integer x; Finite(x) ==> Parts(z,Sum(t,0,n,l),n,x);
    requires count: count == Equals(t,n,l,z);
    terminates \true; exits \false; assigns \nothing;
    ensures range: -SPECIAL <= \result <= SPECIAL;
    ensures bar: \forall integer i; 0 <= i < n ==> (\result <= t[i][l] <==> UpFlag(t,n,i,l) == 1); */
KERNEL key bar_of_lane(const row *t, int n, int l, key z, key count)
{
  //@ ghost lemma_equals(t, n, l, z);
  int sign = 0 < count && count < n ? compare_multiple(z, t, 0, n, l) : 0;
  //@ assert sign: 0 < count ==> (sign < 0 <==> n*Val(z) < Sum(t,0,n,l));
  key bar = sign < 0 ? z + 1 : z == 0 ? -1 : z;
  /*@ ghost
      int i = 0;
      /@ loop invariant i: 0 <= i <= n;
         loop invariant bar: \forall integer j; 0 <= j < i ==> (bar <= t[j][l] <==> UpFlag(t,n,j,l) == 1);
         loop assigns i; loop variant n - i; @/
      for (; i < n; i++) {
        /@ assert same: SameFlag(t[i][l],z) == 1 ==> 0 < count; @/
        lemma_bar(z, t[i][l], bar, sign, n);
        /@ assert parts: Parts(z,Sum(t,0,n,l),n,t[i][l]); @/
        /@ assert up: bar <= t[i][l] <==> UpFlag(t,n,i,l) == 1; @/
      }
  */
  return bar;
}

/* Counts the values of a row that are the number z, which is not -0. */
/*@ requires x: \valid_read(x + (0 .. LANES-1)) && \valid_read(z + (0 .. LANES-1)) && \valid(count + (0 .. LANES-1));
    requires apart: \separated(count + (0 .. LANES-1), x + (0 .. LANES-1)) && \separated(count + (0 .. LANES-1), z + (0 .. LANES-1));
    requires room: \forall integer l; 0 <= l < LANES ==> 0 <= count[l] < ROWS_MAX;
    terminates \true; exits \false; assigns count[0 .. LANES-1];
    ensures count: \forall integer l; 0 <= l < LANES ==> count[l] == \old(count[l]) + SameFlag(x[l],z[l]); */
KERNEL void count_equal(const key *restrict x, const key *restrict z, key *restrict count)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant count: \forall integer k; 0 <= k < l ==> count[k] == \at(count[k],Pre) + SameFlag(x[k],z[k]);
      loop invariant rest: \forall integer k; l <= k < LANES ==> count[k] == \at(count[k],Pre);
      loop assigns l, count[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key k = x[l] == -1 ? 0 : x[l];
    //@ assert flag: SameFlag(x[l],z[l]) == (k == z[l] ? 1 : 0);
    count[l] = k == z[l] ? count[l] + 1 : count[l];
  }
}

/* Counts the values of a row that are up. */
/*@ requires x: \valid_read(x + (0 .. LANES-1)) && \valid_read(bar + (0 .. LANES-1)) && \valid(count + (0 .. LANES-1));
    requires apart: \separated(count + (0 .. LANES-1), x + (0 .. LANES-1)) && \separated(count + (0 .. LANES-1), bar + (0 .. LANES-1));
    requires room: \forall integer l; 0 <= l < LANES ==> 0 <= count[l] < ROWS_MAX;
    terminates \true; exits \false; assigns count[0 .. LANES-1];
    ensures count: \forall integer l; 0 <= l < LANES ==> count[l] == \old(count[l]) + (bar[l] <= x[l] ? 1 : 0); */
KERNEL void count_up(const key *restrict x, const key *restrict bar, key *restrict count)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant count: \forall integer k; 0 <= k < l ==> count[k] == \at(count[k],Pre) + (bar[k] <= x[k] ? 1 : 0);
      loop invariant rest: \forall integer k; l <= k < LANES ==> count[k] == \at(count[k],Pre);
      loop assigns l, count[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) count[l] = x[l] >= bar[l] ? count[l] + 1 : count[l];
}

/*@ logic integer MarksBy{L}(key *x, key *bar, key *side, integer lanes) =
  @   lanes <= 0 ? 0 : MarksBy(x,bar,side,lanes-1) + ((bar[lanes-1] <= x[lanes-1] ? 1 : 0) == side[lanes-1] ? 1 : 0);
  @*/

/* The marks of a row: side[l] is 1 where those that are up get them, else 0. */
/*@ requires lanes: 0 <= lanes <= LANES;
    requires x: \valid_read(x + (0 .. LANES-1)) && \valid_read(bar + (0 .. LANES-1)) && \valid_read(side + (0 .. LANES-1));
    requires side: \forall integer l; 0 <= l < LANES ==> 0 <= side[l] <= 1;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= lanes;
    ensures marks: \result == MarksBy(x,bar,side,lanes); */
KERNEL int count_marks(const key *restrict x, const key *restrict bar, const key *restrict side, int lanes)
{
  int count = 0;
  /*@ loop invariant l: 0 <= l <= lanes;
      loop invariant range: 0 <= count <= l;
      loop invariant marks: count == MarksBy(x,bar,side,l);
      loop assigns l, count; loop variant lanes - l; */
  for (int l = 0; l < lanes; l++) count += (x[l] >= bar[l] ? 1 : 0) == side[l] ? 1 : 0;
  return count;
}

/* The rounded means, +0 for -0, and how many values equal each. */
/*@ requires n: 1 <= n <= ROWS_MAX;
    requires t: \valid_read(t + (0 .. n-1));
    requires out: \valid(mean + (0 .. LANES-1)) && \valid(count + (0 .. LANES-1));
    requires apart: \separated(mean + (0 .. LANES-1), t + (0 .. n-1)) && \separated(count + (0 .. LANES-1), t + (0 .. n-1));
    requires alone: \separated(mean + (0 .. LANES-1), count + (0 .. LANES-1));
    requires finite: FiniteTile(t,n);
    terminates \true; exits \false; assigns mean[0 .. LANES-1], count[0 .. LANES-1];
    ensures finite: \forall integer l; 0 <= l < LANES ==> Finite(mean[l]) && mean[l] != -1;
    ensures parts: \forall integer l, x; 0 <= l < LANES && Finite(x) ==> Parts(mean[l],Sum{Pre}(t,0,n,l),n,x);
    ensures count: \forall integer l; 0 <= l < LANES ==> count[l] == Equals{Pre}(t,n,l,mean[l]); */
KERNEL void mean_and_equals(const row *t, int n, key *mean, key *count)
{
  average(t, n, mean);
  //@ ghost lemma_val_order();
  //@ assert quotient: \forall integer l; 0 <= l < LANES ==> AllFinite{Pre}(t,0,n,l);
  /*@ ghost
      int k = 0;
      /@ loop invariant k: 0 <= k <= LANES;
         loop invariant parts: \forall integer l, x; 0 <= l < k && Finite(x) ==> Parts(mean[l],Sum{Pre}(t,0,n,l),n,x);
         loop assigns k; loop variant LANES - k; @/
      for (; k < LANES; k++) {
        key x = -SPECIAL;
        /@ loop invariant x: -SPECIAL <= x <= SPECIAL;
           loop invariant parts: \forall integer y; -SPECIAL <= y < x ==> Parts(mean[k],Sum{Pre}(t,0,n,\at(k,Here)),n,y);
           loop assigns x; loop variant SPECIAL - x; @/
        for (; x < SPECIAL; x++) {
          lemma_mark_parts(mean[k], x, n);
          /@ assert parts: Parts(mean[k],Sum{Pre}(t,0,n,\at(k,Here)),n,x); @/
        }
        /@ assert end: x == SPECIAL; @/
        /@ assert all: \forall integer y; Finite(y) ==> Parts(mean[k],Sum{Pre}(t,0,n,\at(k,Here)),n,y); @/
      }
  */
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant finite: \forall integer k; 0 <= k < LANES ==> Finite(mean[k]) && (k < l ==> mean[k] != -1);
      loop invariant parts: \forall integer k, x; 0 <= k < LANES && Finite(x) ==> Parts(mean[k],Sum{Pre}(t,0,n,k),n,x);
      loop invariant zero: \forall integer k; 0 <= k < l ==> count[k] == 0;
      loop assigns l, mean[0 .. LANES-1], count[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key z = mean[l] == -1 ? 0 : mean[l];
    //@ assert same: Val(z) == Val(mean[l]);
    //@ assert parts: \forall integer x; Finite(x) ==> Parts(z,Sum{Pre}(t,0,n,\at(l,Here)),n,x);
    mean[l] = z;
    count[l] = 0;
  }
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant count: \forall integer l; 0 <= l < LANES ==> count[l] == Equals{Pre}(t,i,l,mean[l]) && 0 <= count[l] <= i;
      loop assigns i, count[0 .. LANES-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    //@ assert next: \forall integer l, z; 0 <= l < LANES ==> Equals{Pre}(t,i+1,l,z) == Equals{Pre}(t,i,l,z) + SameFlag(t[i][l],z);
    count_equal(t[i], mean, count);
  }
}

/* The bars: the least keys that are up. */
/*@ requires n: 1 <= n <= ROWS_MAX;
    requires t: \valid_read(t + (0 .. n-1));
    requires out: \valid(bar + (0 .. LANES-1));
    requires apart: \separated(bar + (0 .. LANES-1), t + (0 .. n-1));
    requires finite: FiniteTile(t,n);
    terminates \true; exits \false; assigns bar[0 .. LANES-1];
    ensures bar: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> (bar[l] <= t[i][l] <==> UpFlag{Pre}(t,n,i,l) == 1); */
KERNEL void find_bars(const row *t, int n, key *bar)
{
  key count[LANES];
  mean_and_equals(t, n, bar, count);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant bar: \forall integer i, k; 0 <= i < n && 0 <= k < l ==> (bar[k] <= t[i][k] <==> UpFlag{Pre}(t,n,i,k) == 1);
      loop invariant rest: \forall integer k; l <= k < LANES ==> Finite(bar[k]) && bar[k] != -1;
      loop invariant parts: \forall integer k, x; l <= k < LANES && Finite(x) ==> Parts(bar[k],Sum{Pre}(t,0,n,k),n,x);
      loop invariant count: \forall integer k; l <= k < LANES ==> count[k] == Equals{Pre}(t,n,k,bar[k]);
      loop assigns l, bar[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    //@ assert same: \forall integer i, k; 0 <= i < n && 0 <= k < LANES ==> t[i][k] == \at(t[i][k],Pre);
    /*@ ghost
        int i = 0;
        /@ loop invariant i: 0 <= i <= n;
           loop invariant sum: Sum(t,0,i,l) == Sum{Pre}(t,0,i,\at(l,Here));
           loop invariant equals: Equals(t,i,l,bar[l]) == Equals{Pre}(t,i,\at(l,Here),\at(bar[l],Here));
           loop assigns i; loop variant n - i; @/
        for (; i < n; i++) {
          /@ assert here: Sum(t,0,i+1,l) == Sum(t,0,i,l) + Val(t[i][l]); @/
          /@ assert pre: Sum{Pre}(t,0,i+1,\at(l,Here)) == Sum{Pre}(t,0,i,\at(l,Here)) + Val(t[i][l]); @/
          /@ assert equal: Equals(t,i+1,l,bar[l]) == Equals(t,i,l,bar[l]) + SameFlag(t[i][l],bar[l]); @/
          /@ assert equal_pre: \let z = bar[l]; Equals{Pre}(t,i+1,\at(l,Here),z) == Equals{Pre}(t,i,\at(l,Here),z) + SameFlag(t[i][l],z); @/
        }
        /@ assert end: i == n; @/
    */
    //@ assert sum: Sum(t,0,n,l) == Sum{Pre}(t,0,n,\at(l,Here));
    key b = bar_of_lane(t, n, l, bar[l], count[l]);
    //@ assert up: \forall integer j; 0 <= j < n ==> (b <= t[j][l] <==> AtLeast(n,Val(t[j][l]),Sum(t,0,n,l)) == 1);
    //@ assert value: \forall integer j; 0 <= j < n ==> Val(t[j][l]) == Val(\at(t[j][\at(l,Here)],Pre));
    //@ assert flag: \forall integer j; 0 <= j < n ==> UpFlag{Pre}(t,n,j,\at(l,Here)) == AtLeast(n,Val(t[j][l]),Sum(t,0,n,l));
    //@ assert bar: \forall integer j; 0 <= j < n ==> (b <= t[j][l] <==> UpFlag{Pre}(t,n,j,\at(l,Here)) == 1);
    bar[l] = b;
    //@ assert rows: \forall integer j, k; 0 <= j < n && 0 <= k < LANES ==> t[j][k] == \at(t[j][k],Pre);
    //@ assert stored: \forall integer j; 0 <= j < n ==> (bar[l] <= t[j][l] <==> UpFlag{Pre}(t,n,j,\at(l,Here)) == 1);
  }
}

KERNEL void add_marks(const row *t, int n, int lanes, uint64_t *marks)
{
  key bar[LANES], side[LANES];
  find_bars(t, n, bar);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer k; 0 <= k < l ==> side[k] == 0;
      loop assigns l, side[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) side[l] = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant up: \forall integer l; 0 <= l < LANES ==> side[l] == UpRows{Pre}(t,n,i,l) && 0 <= side[l] <= i;
      loop assigns i, side[0 .. LANES-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    //@ assert next: \forall integer l; 0 <= l < LANES ==> UpRows{Pre}(t,n,i+1,l) == UpRows{Pre}(t,n,i,l) + UpFlag{Pre}(t,n,i,l);
    count_up(t[i], bar, side);
  }
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant side: \forall integer k; 0 <= k < l ==> side[k] == (2*UpRows{Pre}(t,n,n,k) >= n ? 1 : 0);
      loop invariant rest: \forall integer k; l <= k < LANES ==> side[k] == UpRows{Pre}(t,n,n,k) && 0 <= side[k] <= n;
      loop assigns l, side[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) side[l] = 2 * side[l] >= n ? 1 : 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant marks: \forall integer j; 0 <= j < i ==> marks[j] == \at(marks[j],Pre) + Marks{Pre}(t,n,j,lanes);
      loop invariant rest: \forall integer j; i <= j < n ==> marks[j] == \at(marks[j],Pre);
      loop assigns i, marks[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    int count = count_marks(t[i], bar, side, lanes);
    /*@ ghost
        int l = 0;
        /@ loop invariant l: 0 <= l <= lanes;
           loop invariant marks: MarksBy(&t[i][0],&bar[0],&side[0],l) == Marks{Pre}(t,n,i,l);
           loop assigns l; loop variant lanes - l; @/
        for (; l < lanes; l++) {
          /@ assert flag: MarkFlag{Pre}(t,n,i,l) == ((bar[l] <= t[i][l] ? 1 : 0) == side[l] ? 1 : 0); @/
          /@ assert here: MarksBy(&t[i][0],&bar[0],&side[0],l+1) == MarksBy(&t[i][0],&bar[0],&side[0],l) + ((bar[l] <= t[i][l] ? 1 : 0) == side[l] ? 1 : 0); @/
          /@ assert pre: Marks{Pre}(t,n,i,l+1) == Marks{Pre}(t,n,i,l) + MarkFlag{Pre}(t,n,i,l); @/
        }
    */
    //@ assert marks: count == Marks{Pre}(t,n,i,lanes);
    marks[i] += (uint64_t)count;
  }
}
