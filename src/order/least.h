/* The least of some natural numbers: which they are, and their sum.
 *
 * Equal numbers stand in the order of their indices, so every choice has one answer.
 */
#ifndef CERTIGAR_LEAST_H
#define CERTIGAR_LEAST_H

#include "acsl/least.h"

/*@ predicate Indices{L}(int *order, integer n, integer rows) = \forall integer a; 0 <= a < n ==> 0 <= order[a] < rows;
  @ predicate Distinct{L}(int *order, integer n) = \forall integer a, b; 0 <= a < b < n ==> order[a] != order[b];
  @ predicate Ascending{L}(natural_row *numbers, int *order, integer n) =
  @   \forall integer a, b; 0 <= a < b < n ==> Before(numbers,order[a],order[b]);
  @ predicate NotAmong{L}(int *order, integer k, integer j) = \forall integer a; 0 <= a < k ==> order[a] != j;
  @
  @ // what bounds and groups say for sure: number i stands before number j
  @ predicate SurelyBefore{L}(natural_row *lower, natural_row *upper, int *group, integer i, integer j) =
  @   Entry(upper,i) < Entry(lower,j) || (i < j && (Entry(upper,i) == Entry(lower,j) || group[i] == group[j]));
  @
  @ // of the numbers that order[0 .. n-1] names
  @ logic integer OrderSum{L}(natural_row *numbers, int *order, integer n) =
  @   n <= 0 ? 0 : OrderSum(numbers,order,n-1) + Entry(numbers,order[n-1]);
  @ logic integer OrderBelow{L}(natural_row *numbers, int *order, integer n, integer v) =
  @   n <= 0 ? 0 : OrderBelow(numbers,order,n-1,v) + \min(Entry(numbers,order[n-1]) - v,0);
  @ logic integer Occurrences{L}(int *order, integer n, integer x) =
  @   n <= 0 ? 0 : Occurrences(order,n-1,x) + (order[n-1] == x ? 1 : 0);
  @
  @ // at A and at B order[0 .. n-1] holds the same indices, in whatever order
  @ predicate SameIndices{A,B}(natural_row *numbers, int *order, integer n) =
  @      (\forall integer x; Occurrences{B}(order,n,x) == Occurrences{A}(order,n,x))
  @   && (\forall integer v; OrderBelow{B}(numbers,order,n,v) == OrderBelow{A}(numbers,order,n,v));
  @*/

/* order[0 .. n-1], some distinct indices, in ascending order of the numbers, equal ones by index. */
/*@ requires n: 0 <= n <= rows <= ROWS_MAX;
    requires numbers: \valid_read(numbers + (0 .. rows-1));
    requires order: \valid(order + (0 .. n-1));
    requires indices: Indices(order,n,rows);
    requires distinct: Distinct(order,n);
    terminates \true; exits \false; assigns order[0 .. n-1];
    ensures ascending: Ascending(numbers,order,n);
    ensures same: SameIndices{Pre,Post}(numbers,order,n);
    ensures indices: Indices(order,n,rows);
    ensures distinct: Distinct(order,n); */
KERNEL void sort_indices(const natural_row *numbers, int *order, int n) /*@ ghost (int rows) */;

/* sum = that of the k least of the numbers 0 .. n-1, number self left out; order, of n, is scratch and ends with them in front. */
/*@ requires n: 0 <= self < n <= ROWS_MAX && 0 <= k < n;
    requires numbers: \valid_read(numbers + (0 .. n-1));
    requires natural: \forall integer j; 0 <= j < n ==> IsNatural(&numbers[j][0]);
    requires order: \valid(order + (0 .. n-1));
    requires sum: \valid(sum + (0 .. NATURAL_DIGITS-1));
    requires apart: \separated(sum + (0 .. NATURAL_DIGITS-1),numbers + (0 .. n-1));
    terminates \true; exits \false; assigns order[0 .. n-1], sum[0 .. NATURAL_DIGITS-1];
    ensures least: IsLeastSum{Pre}(OrderSum(numbers,order,k),numbers,n,self,k);
    ensures sum: Num(sum) == Capped(OrderSum(numbers,order,k));
    ensures natural: IsNatural(sum);
    ensures others: OtherNumbers{Pre,Post}(sum);
    ensures indices: \forall integer a; 0 <= a < k ==> 0 <= order[a] < n && order[a] != self;
    ensures distinct: Distinct(order,k);
    ensures nearest: \forall integer a, j; 0 <= a < k && 0 <= j < n && j != self && NotAmong(order,k,j)
      ==> Before{Pre}(numbers,order[a],j); */
KERNEL void least_sum(const natural_row *numbers, int n, int self, int k, int *order, uint32_t *sum);

/* Which m of n numbers, known to lie between lower and upper, are the least; rows of the same group are known to be equal. No more is asked of
 * the bounds: who knows numbers that lie between them has the least ones chosen, as those that Actual stands for are.
 * selected[i] becomes 1 or 0. Returns 1 if the bounds decide; else 0, and open[i] becomes 1 where the number must be known better:
 * of at least one of those it is not known, so that knowing them all better must come to an end. */
/*@ requires n: 0 <= m <= n <= ROWS_MAX;
    requires lower: \valid_read(lower + (0 .. n-1));
    requires upper: \valid_read(upper + (0 .. n-1));
    requires group: \valid_read(group + (0 .. n-1));
    requires order: \valid(order + (0 .. n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires open: \valid(open + (0 .. n-1));
    requires apart: \separated(selected + (0 .. n-1),open + (0 .. n-1)) && \separated(order + (0 .. n-1),group + (0 .. n-1));
    terminates \true; exits \false; assigns order[0 .. n-1], selected[0 .. n-1], open[0 .. n-1];
    ensures flags: \forall integer i; 0 <= i < n ==> (selected[i] == 0 || selected[i] == 1) && (open[i] == 0 || open[i] == 1);
    ensures count: Chosen(selected,n) == m;
    ensures decided: \result == 0 || \result == 1;
    ensures sure: \result == 1 ==>
      \forall integer i, j; 0 <= i < n && 0 <= j < n && selected[i] == 1 && selected[j] == 0 ==> SurelyBefore(lower,upper,group,i,j);
    ensures least: \result == 1 && Bracketed(lower,upper,n) && Grouped(group,n) ==>
      \forall integer i, j; 0 <= i < n && 0 <= j < n && selected[i] == 1 && selected[j] == 0 ==> ActuallyBefore(i,j);
    ensures closed: \result == 1 ==> \forall integer i; 0 <= i < n ==> open[i] == 0;
    ensures open: \result == 0 ==> \exists integer i; 0 <= i < n && open[i] == 1 && Entry(lower,i) < Entry(upper,i); */
KERNEL int choose_least(const natural_row *lower, const natural_row *upper, const int *group, int n, int m, int *order, unsigned char *selected,
                        unsigned char *open);

#endif
