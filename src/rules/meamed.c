/* Mean around the median (Xie et al. 2018, Definition 3): the mean of the n-f finite values closest to the median M.
 *
 * In a sorted lane these are a window of q = n-f ranks (meamed_window.h). Rows outside the windows become +0, so that one mean with the
 * divisor q serves all lanes.
 *
 * The functions build on each other, and each says more of the ranks of the tile as it came: from the rows of a sorted tile
 * (find_windows) to its ranks (sort_and_find_windows), to the values closest to M (select_windows), to their sum.
 */
#include "lemmas/meamed.h"
#include "lemmas/order.h"
#include "order/sort.h"
#include "rules/meamed_window.h"
#include "rules/rules.h"

/*@ // what becomes of the key k of row i when the window starts at s
  @ logic integer Masked(integer k, integer i, integer s, integer q) = s < 0 ? QUIET_NAN : s <= i && i < s+q ? k : 0;
  @*/

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

/* Sorts t and finds every lane's window: what it is, said of the ranks. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1)) && \valid(window + (0 .. LANES-1));
    requires apart: \separated(window + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], window[0 .. LANES-1];
    ensures ranks: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == Rank{Pre}(t,n,l,j);
    ensures keys: Keys(t,n);
    ensures range: \forall integer l; 0 <= l < LANES ==> -1 <= window[l] <= 2*(n-q)+1;
    ensures none: \forall integer l; 0 <= l < LANES && window[l] == -1 ==> NoWindow{Pre}(t,n,l,q);
    ensures some: \forall integer l; 0 <= l < LANES && 0 <= window[l] ==> Balanced{Pre}(t,n,l,window[l]/2,q);
    ensures tied: \forall integer l; 0 <= l < LANES && 0 <= window[l] ==>
      (window[l] % 2 == 1 <==> TiedEnds{Pre}(t,n,l,window[l]/2,q)); */
KERNEL void sort_and_find_windows(row *t, int n, int q, int *window)
{
  sort_tile(t, n);
  /*@ assert ends: \forall integer j, l; 0 <= j <= n-q && 0 <= l < LANES &&
        Finite(Rank{Pre}(t,n,l,j)) && Finite(Rank{Pre}(t,n,l,j+q-1)) ==> FiniteEnds(t,l,j,q); */
  find_windows(t, n, q, window);
}

/* From what window_of says to where the windows start. */
/*@ requires w: \valid(window + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> -1 <= window[l];
    terminates \true; exits \false; assigns window[0 .. LANES-1];
    ensures start: \forall integer l; 0 <= l < LANES ==> window[l] == (\old(window[l]) == -1 ? -1 : \old(window[l])/2); */
KERNEL void drop_ties(int *window)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant start: \forall integer k; 0 <= k < l ==> window[k] == (\at(window[k],Pre) == -1 ? -1 : \at(window[k],Pre)/2);
      loop invariant rest: \forall integer k; l <= k < LANES ==> window[k] == \at(window[k],Pre);
      loop assigns l, window[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) window[l] = window[l] < 0 ? -1 : window[l] / 2;
}

/* The same, and the closest values are in the windows; returns the number of ties. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1)) && \valid(start + (0 .. LANES-1));
    requires apart: \separated(start + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], start[0 .. LANES-1];
    ensures ranks: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == Rank{Pre}(t,n,l,j);
    ensures keys: Keys(t,n);
    ensures range: \forall integer l; 0 <= l < LANES ==> -1 <= start[l] <= n-q;
    ensures none: \forall integer l; 0 <= l < LANES && start[l] == -1 ==> !HasMeamed{Pre}(t,n,n-q,l);
    ensures some: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==> HasMeamed{Pre}(t,n,n-q,l) && Closest{Pre}(t,n,l,start[l],q);
    ensures ties: Ties{Pre}(t,n,n-q,LANES,\result); */
KERNEL int select_windows(row *t, int n, int q, int *start)
{
  int ties = 0;
  /*@ ghost lemma_meamed(t, n, q); */
  sort_and_find_windows(t, n, q, start);
  /*@ assert untied: \forall integer l; 0 <= l < LANES && start[l] == -1 ==> !HasTie{Pre}(t,n,n-q,l); */
  /*@ assert tied: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==> (start[l] % 2 == 1 <==> HasTie{Pre}(t,n,n-q,l)); */
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant ties: 0 <= ties <= l && Ties{Pre}(t,n,n-q,l,ties);
      loop assigns l, ties; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int tie = start[l] >= 0 && start[l] % 2 == 1;
    /*@ assert tie: tie != 0 <==> HasTie{Pre}(t,n,n-q,l); */
    if (tie) ties++;
    /*@ assert counted: Ties{Pre}(t,n,n-q,l+1,ties); */
  }
  drop_ties(start);
  return ties;
}

/* The same, and the rows of a window sum to its ranks. */
/*@ requires n: 1 <= q <= n <= ROWS_MAX;
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
KERNEL int sorted_windows(row *t, int n, int q, int *start)
{
  int ties = select_windows(t, n, q, start);
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
  int tied = sorted_windows(t, n, q, start);
  int exact = mean_of_windows(t, n, q, start, out);
  /*@ assert mean: \forall integer l; 0 <= l < LANES && 0 <= start[l] ==> MeanAround{Pre}(out[l],t,n,l,start[l],n-f); */
  /*@ assert none: \forall integer l; 0 <= l < LANES && start[l] == -1 ==> !HasMeamed{Pre}(t,n,f,l); */
  /*@ assert meamed: \forall integer l; 0 <= l < LANES ==> IsMeamed{Pre}(out[l],t,n,f,l); */
  *ties = tied;
  return exact;
}
