/* The least of some numbers, and the sum of the k least, without sorting: spec/rules.md, sections 5 and 6.
 *
 * The sum of the k least of some numbers is the least sum of any k of them, a linear programme; its dual is the greatest, over all v, of
 *
 *     k v + the sum over j of min(x_j - v, 0).
 *
 * That defines it here, in two lines and without naming a set. lemmas/least.h proves that no k of the numbers have a lesser sum, and
 * that numbers which are no less do not have a lesser one.
 */
#ifndef SPEC_LEAST_H
#define SPEC_LEAST_H

#include "acsl/actual.h"
#include "exact/natural.h"

/*@ logic integer Entry{L}(natural_row *numbers, integer j) = Num(&numbers[j][0]);                  // x_j
  @
  @ // how far the numbers 0 .. n-1, but for number self, lie below v, as a negative sum
  @ logic integer Below{L}(natural_row *numbers, integer n, integer self, integer v) =
  @   n <= 0 ? 0 : Below(numbers,n-1,self,v) + (n-1 != self ? \min(Entry(numbers,n-1) - v,0) : 0);
  @
  @ // S is the sum of the k least of the numbers 0 .. n-1, number self left out
  @ predicate IsLeastSum{L}(integer S, natural_row *numbers, integer n, integer self, integer k) =
  @      (\forall integer v; k*v + Below(numbers,n,self,v) <= S)
  @   && (\exists integer v; k*v + Below(numbers,n,self,v) == S);
  @
  @ // a set of indices, given by flags: how many it has, and the sum of their numbers
  @ logic integer Chosen{L}(unsigned char *in, integer n) = n <= 0 ? 0 : Chosen(in,n-1) + (in[n-1] != 0 ? 1 : 0);
  @ logic integer ChosenSum{L}(natural_row *numbers, unsigned char *in, integer n) =
  @   n <= 0 ? 0 : ChosenSum(numbers,in,n-1) + (in[n-1] != 0 ? Entry(numbers,n-1) : 0);
  @
  @ // number i stands before number j: it is less, or equal and the first of the two
  @ predicate Before{L}(natural_row *numbers, integer i, integer j) =
  @   Entry(numbers,i) < Entry(numbers,j) || (Entry(numbers,i) == Entry(numbers,j) && i < j);
  @*/

/* Numbers of which bounds are known: Actual, acsl/actual.h. */
/*@ predicate Bracketed{L}(natural_row *lower, natural_row *upper, integer n) =
  @   \forall integer i; 0 <= i < n ==> Entry(lower,i) <= Actual(i) <= Entry(upper,i);
  @ predicate Grouped{L}(int *group, integer n) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n && group[i] == group[j] ==> Actual(i) == Actual(j);
  @ predicate ActuallyBefore(integer i, integer j) = Actual(i) < Actual(j) || (Actual(i) == Actual(j) && i < j);
  @*/

#endif
