/* The least of some natural numbers: see least.h. */
#include "order/least.h"
#include "lemmas/least.h"
#include "lemmas/natural.h"

/* Whether number i stands before number j. */
/*@ requires i: \valid_read(numbers + i);
    requires j: \valid_read(numbers + j);
    terminates \true; exits \false; assigns \nothing;
    ensures before: \result != 0 <==> Before(numbers,i,j); */
KERNEL int stands_before(const natural_row *numbers, int i, int j)
{
  int c = natural_compare(numbers[i], numbers[j]);
  return c < 0 || (c == 0 && i < j);
}

/* Two indices change places. */
/*@ requires n: 0 <= j < i < n <= ROWS_MAX;
    requires order: \valid(order + (0 .. n-1));
    terminates \true; exits \false; assigns order[i], order[j];
    ensures i: order[i] == \old(order[j]);
    ensures j: order[j] == \old(order[i]);
    ensures same: SameIndices{Pre,Post}(numbers,order,n); */
KERNEL void swap_indices(int *order, int i, int j) /*@ ghost (const natural_row *numbers, int n) */
{
  int moved = order[j];
  order[j] = order[i];
  order[i] = moved;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant occurrences: \forall integer x;
            Occurrences(order,k,x) - (i < k && order[i] == x ? 1 : 0) - (j < k && order[j] == x ? 1 : 0)
         == \at(Occurrences(order,\at(k,Here),x),Pre) - (i < k && order[j] == x ? 1 : 0) - (j < k && order[i] == x ? 1 : 0);
       loop invariant below: \forall integer v;
            OrderBelow(numbers,order,k,v)
            - (i < k ? \min(Entry(numbers,order[i]) - v,0) : 0) - (j < k ? \min(Entry(numbers,order[j]) - v,0) : 0)
         == \at(OrderBelow(numbers,order,\at(k,Here),v),Pre)
            - (i < k ? \min(Entry(numbers,order[j]) - v,0) : 0) - (j < k ? \min(Entry(numbers,order[i]) - v,0) : 0);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: \forall integer x; Occurrences(order,k+1,x) == Occurrences(order,k,x) + (order[k] == x ? 1 : 0); @/
      /@ assert pre: \let q = k; \forall integer x;
           \at(Occurrences(order,q+1,x) == Occurrences(order,q,x) + (order[q] == x ? 1 : 0),Pre); @/
      /@ assert here1: \forall integer v;
           OrderBelow(numbers,order,k+1,v) == OrderBelow(numbers,order,k,v) + \min(Entry(numbers,order[k]) - v,0); @/
      /@ assert pre1: \let q = k; \forall integer v;
           \at(OrderBelow(numbers,order,q+1,v) == OrderBelow(numbers,order,q,v) + \min(Entry(numbers,order[q]) - v,0),Pre); @/
    }
    /@ assert end: k == n; @/
  */
}

/* order[i] sinks to its place among those before it, in steps of gap. */
/*@ requires n: 1 <= gap <= i < n <= rows <= ROWS_MAX;
    requires numbers: \valid_read(numbers + (0 .. rows-1));
    requires order: \valid(order + (0 .. n-1));
    requires indices: Indices(order,n,rows);
    requires distinct: Distinct(order,n);
    terminates \true; exits \false; assigns order[0 .. n-1];
    ensures ascending: gap == 1 && Ascending{Pre}(numbers,order,i) ==> Ascending(numbers,order,i+1);
    ensures same: SameIndices{Pre,Post}(numbers,order,n);
    ensures indices: Indices(order,n,rows);
    ensures distinct: Distinct(order,n); */
KERNEL void sink(const natural_row *numbers, int *order, int i, int gap) /*@ ghost (int n, int rows) */
{
  int j = i;
  /*@ loop invariant j: 0 <= j <= i;
      loop invariant others: gap == 1 && Ascending{Pre}(numbers,order,i) ==>
        \forall integer a, b; 0 <= a < b <= i && a != j && b != j ==> Before(numbers,order[a],order[b]);
      loop invariant above: gap == 1 && Ascending{Pre}(numbers,order,i) ==>
        \forall integer b; j < b <= i ==> Before(numbers,order[j],order[b]);
      loop invariant same: SameIndices{Pre,Here}(numbers,order,n);
      loop invariant indices: Indices(order,n,rows);
      loop invariant distinct: Distinct(order,n);
      loop assigns j, order[0 .. n-1]; loop variant j; */
  for (; j >= gap && stands_before(numbers, order[j], order[j - gap]); j -= gap)
    swap_indices(order, j, j - gap) /*@ ghost (numbers, n) */;
  //@ assert differ: j >= gap ==> order[j-gap] != order[j];
  //@ assert stays: j >= gap ==> Before(numbers,order[j-gap],order[j]);
  //@ assert near: gap == 1 && 1 <= j ==> Before(numbers,order[j-1],order[j]);
  /*@ assert chain: gap == 1 && Ascending{Pre}(numbers,order,i) ==>
        \forall integer a; 0 <= a < j-1 ==> Before(numbers,order[a],order[j-1]); */
  /*@ assert below: gap == 1 && Ascending{Pre}(numbers,order,i) ==>
        \forall integer a; 0 <= a < j ==> Before(numbers,order[a],order[j]); */
}

/* Shell's sort: steps 3 h + 1 (Knuth, vol. 3, 5.2.1), the last of them 1, which alone sorts. */
KERNEL void sort_indices(const natural_row *numbers, int *order, int n) /*@ ghost (int rows) */
{
  int gap = 1;
  /*@ loop invariant gap: 1 <= gap <= ROWS_MAX;
      loop assigns gap; loop variant n - gap; */
  while (gap < n / 3) gap = 3 * gap + 1;
  /*@ loop invariant gap: 0 <= gap <= ROWS_MAX;
      loop invariant same: SameIndices{Pre,Here}(numbers,order,n);
      loop invariant indices: Indices(order,n,rows);
      loop invariant distinct: Distinct(order,n);
      loop assigns gap, order[0 .. n-1]; loop variant gap; */
  for (; gap > 1; gap /= 3) {
    /*@ loop invariant i: gap <= i && (i <= n || i == gap);
        loop invariant same: SameIndices{Pre,Here}(numbers,order,n);
        loop invariant indices: Indices(order,n,rows);
        loop invariant distinct: Distinct(order,n);
        loop assigns i, order[0 .. n-1]; loop variant n - i; */
    for (int i = gap; i < n; i++) sink(numbers, order, i, gap) /*@ ghost (n, rows) */;
  }
  /*@ loop invariant i: 1 <= i && (i <= n || i == 1);
      loop invariant ascending: Ascending(numbers,order,i <= n ? i : n);
      loop invariant same: SameIndices{Pre,Here}(numbers,order,n);
      loop invariant indices: Indices(order,n,rows);
      loop invariant distinct: Distinct(order,n);
      loop assigns i, order[0 .. n-1]; loop variant n - i; */
  for (int i = 1; i < n; i++) sink(numbers, order, i, 1) /*@ ghost (n, rows) */;
}

/* All indices but self. */
/*@ requires n: 0 <= self < n <= ROWS_MAX;
    requires order: \valid(order + (0 .. n-1));
    terminates \true; exits \false; assigns order[0 .. n-1];
    ensures others: \forall integer a; 0 <= a < n-1 ==> order[a] == (a < self ? a : a+1); */
KERNEL void other_indices(int *order, int n, int self)
{
  /*@ loop invariant j: 0 <= j <= n-1;
      loop invariant others: \forall integer a; 0 <= a < j ==> order[a] == (a < self ? a : a+1);
      loop assigns j, order[0 .. n-1]; loop variant n - j; */
  for (int j = 0; j < n - 1; j++) order[j] = j < self ? j : j + 1;
}

/* sum = that of the numbers that order[0 .. k-1] names. */
/*@ requires n: 0 <= k <= n <= ROWS_MAX;
    requires numbers: \valid_read(numbers + (0 .. n-1));
    requires natural: \forall integer j; 0 <= j < n ==> IsNatural(&numbers[j][0]);
    requires order: \valid_read(order + (0 .. k-1));
    requires indices: Indices(order,k,n);
    requires sum: \valid(sum + (0 .. NATURAL_DIGITS-1));
    requires apart: \separated(sum + (0 .. NATURAL_DIGITS-1),numbers + (0 .. n-1));
    terminates \true; exits \false; assigns sum[0 .. NATURAL_DIGITS-1];
    ensures sum: Num(sum) == Capped(OrderSum(numbers,order,k));
    ensures others: OtherNumbers{Pre,Post}(sum);
    ensures same: OrderSum(numbers,order,k) == \old(OrderSum(numbers,order,k));
    ensures natural: IsNatural(sum); */
KERNEL void sum_numbers(const natural_row *numbers, const int *order, int k, uint32_t *sum) /*@ ghost (int n) */
{
  natural_clear(sum);
  //@ ghost lemma_natural(sum);
  //@ assert none: \at(OrderSum(numbers,order,0),Pre) == 0;
  /*@ loop invariant j: 0 <= j <= k;
      loop invariant sum: Num(sum) == Capped(\at(OrderSum(numbers,order,\at(j,Here)),Pre));
      loop invariant same: \forall integer i; 0 <= i < n ==> Entry(numbers,i) == \at(Entry(numbers,i),Pre);
      loop invariant naturals: \forall integer i; 0 <= i < n ==> IsNatural(&numbers[i][0]);
      loop invariant others: OtherNumbers{Pre,Here}(sum);
      loop invariant natural: IsNatural(sum);
      loop assigns j, sum[0 .. NATURAL_DIGITS-1]; loop variant k - j; */
  for (int j = 0; j < k; j++) {
    //@ ghost lemma_natural(numbers[order[j]]);
    //@ assert next: \let q = j; \at(OrderSum(numbers,order,q+1) == OrderSum(numbers,order,q) + Entry(numbers,order[q]),Pre);
    natural_add(sum, numbers[order[j]]);
  }
  /*@ ghost
    int i = 0;
    /@ loop invariant i: 0 <= i <= k;
       loop invariant same: OrderSum(numbers,order,i) == \at(OrderSum(numbers,order,\at(i,Here)),Pre);
       loop assigns i; loop variant k - i; @/
    for (; i < k; i++) {
      /@ assert here: OrderSum(numbers,order,i+1) == OrderSum(numbers,order,i) + Entry(numbers,order[i]); @/
      /@ assert pre: \let q = i; \at(OrderSum(numbers,order,q+1) == OrderSum(numbers,order,q) + Entry(numbers,order[q]),Pre); @/
    }
  */
}

KERNEL void least_sum(const natural_row *numbers, int n, int self, int k, int *order, uint32_t *sum)
{
  other_indices(order, n, self);
  //@ ghost lemma_other_indices(numbers, order, n, self);
  sort_indices(numbers, order, n - 1) /*@ ghost (n) */;
  //@ ghost lemma_first_least(numbers, order, n - 1, k);
  //@ assert least: IsLeastSum(OrderSum(numbers,order,k),numbers,n,self,k);
  //@ ghost lemma_least_nearest(numbers, order, n, self, k);
  sum_numbers(numbers, order, k, sum) /*@ ghost (n) */;
}

/* One more flag is set. */
/*@ requires n: 0 <= i < n <= ROWS_MAX;
    requires in: \valid(in + (0 .. n-1));
    requires not: in[i] == 0;
    terminates \true; exits \false; assigns in[i];
    ensures set: in[i] == 1;
    ensures count: Chosen(in,n) == \old(Chosen(in,n)) + 1; */
KERNEL void select_index(unsigned char *in, int i) /*@ ghost (int n) */
{
  in[i] = 1;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant count: Chosen(in,k) == \at(Chosen(in,\at(k,Here)),Pre) + (i < k ? 1 : 0);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: Chosen(in,k+1) == Chosen(in,k) + (in[k] != 0 ? 1 : 0); @/
      /@ assert pre: \let q = k; \at(Chosen(in,q+1) == Chosen(in,q) + (in[q] != 0 ? 1 : 0),Pre); @/
    }
  */
}

/* Whether the bounds put number i before number j, i < j or not. */
/*@ requires n: 0 <= i < n <= ROWS_MAX && 0 <= j < n;
    requires lower: \valid_read(lower + (0 .. n-1));
    requires upper: \valid_read(upper + (0 .. n-1));
    requires group: \valid_read(group + (0 .. n-1));
    terminates \true; exits \false; assigns \nothing;
    ensures before: \result != 0 <==> SurelyBefore(lower,upper,group,i,j);
    ensures open: \result == 0 ==> Entry(lower,j) < Entry(upper,i) || (Entry(lower,j) == Entry(upper,i) && j <= i); */
KERNEL int surely_before(const natural_row *lower, const natural_row *upper, const int *group, int i, int j) /*@ ghost (int n) */
{
  int c = natural_compare(upper[i], lower[j]);
  return c < 0 || (i < j && (c == 0 || group[i] == group[j]));
}

/* No row is open, and the order is that of the indices. */
/*@ requires n: 0 <= n <= ROWS_MAX;
    requires order: \valid(order + (0 .. n-1));
    requires open: \valid(open + (0 .. n-1));
    terminates \true; exits \false; assigns order[0 .. n-1], open[0 .. n-1];
    ensures order: \forall integer a; 0 <= a < n ==> order[a] == a;
    ensures open: \forall integer i; 0 <= i < n ==> open[i] == 0; */
KERNEL void start_choice(int *order, unsigned char *open, int n)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant order: \forall integer a; 0 <= a < i ==> order[a] == a;
      loop invariant open: \forall integer a; 0 <= a < i ==> open[a] == 0;
      loop assigns i, order[0 .. n-1], open[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    order[i] = i;
    open[i] = 0;
  }
}

/* Whether number order[a] surely stands before all of order[m .. n-1]; those of which that is not sure become open. */
/*@ requires n: 0 <= a < m <= n <= ROWS_MAX;
    requires lower: \valid_read(lower + (0 .. n-1));
    requires upper: \valid_read(upper + (0 .. n-1));
    requires group: \valid_read(group + (0 .. n-1));
    requires order: \valid_read(order + (0 .. n-1));
    requires open: \valid(open + (0 .. n-1));
    requires indices: Indices(order,n,n);
    requires ascending: Ascending(upper,order,n);
    requires flags: \forall integer i; 0 <= i < n ==> open[i] == 0 || open[i] == 1;
    terminates \true; exits \false; assigns open[0 .. n-1];
    ensures flags: \forall integer i; 0 <= i < n ==> open[i] == 0 || open[i] == 1;
    ensures kept: \forall integer i; 0 <= i < n && \old(open[i]) == 1 ==> open[i] == 1;
    ensures decided: \result == 0 || \result == 1;
    ensures before: \result == 1 ==> \forall integer b; m <= b < n ==> SurelyBefore(lower,upper,group,order[a],order[b]);
    ensures closed: \result == 1 ==> \forall integer i; 0 <= i < n ==> open[i] == \old(open[i]);
    ensures open: \result == 0 ==> \exists integer i; 0 <= i < n && open[i] == 1 && Entry(lower,i) < Entry(upper,i); */
KERNEL int compare_with_rest(const natural_row *lower, const natural_row *upper, const int *group, const int *order, int a, int m, int n,
                             unsigned char *open)
{
  int decided = 1;
  /*@ loop invariant b: m <= b <= n;
      loop invariant flags: \forall integer i; 0 <= i < n ==> open[i] == 0 || open[i] == 1;
      loop invariant kept: \forall integer i; 0 <= i < n && \at(open[i],Pre) == 1 ==> open[i] == 1;
      loop invariant decided: decided == 0 || decided == 1;
      loop invariant before: decided == 1 ==> \forall integer c; m <= c < b ==> SurelyBefore(lower,upper,group,order[a],order[c]);
      loop invariant closed: decided == 1 ==> \forall integer i; 0 <= i < n ==> open[i] == \at(open[i],Pre);
      loop invariant open: decided == 0 ==> \exists integer i; 0 <= i < n && open[i] == 1 && Entry(lower,i) < Entry(upper,i);
      loop assigns b, decided, open[0 .. n-1]; loop variant n - b; */
  for (int b = m; b < n; b++) {
    //@ assert upper: Before(upper,order[a],order[b]);
    if (!surely_before(lower, upper, group, order[a], order[b]) /*@ ghost (n) */) {
      open[order[a]] = 1;
      open[order[b]] = 1;
      decided = 0;
    }
  }
  return decided;
}

/* selected[i] becomes 1 for the i of order[0 .. m-1], 0 for the others. */
/*@ requires n: 0 <= m <= n <= ROWS_MAX;
    requires order: \valid_read(order + (0 .. n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires indices: Indices(order,n,n);
    requires distinct: Distinct(order,n);
    terminates \true; exits \false; assigns selected[0 .. n-1];
    ensures flags: \forall integer i; 0 <= i < n ==> selected[i] == 0 || selected[i] == 1;
    ensures first: \forall integer a; 0 <= a < m ==> selected[order[a]] == 1;
    ensures some: \forall integer i; 0 <= i < n && selected[i] == 1 ==> \exists integer a; 0 <= a < m && order[a] == i;
    ensures count: Chosen(selected,n) == m; */
KERNEL void select_first(const int *order, unsigned char *selected, int m, int n)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant zero: \forall integer j; 0 <= j < i ==> selected[j] == 0;
      loop assigns i, selected[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) selected[i] = 0;
  //@ ghost lemma_none_chosen(selected, n);
  /*@ loop invariant a: 0 <= a <= m;
      loop invariant flags: \forall integer i; 0 <= i < n ==> selected[i] == 0 || selected[i] == 1;
      loop invariant first: \forall integer c; 0 <= c < a ==> selected[order[c]] == 1;
      loop invariant some: \forall integer i; 0 <= i < n && selected[i] == 1 ==> \exists integer c; 0 <= c < a && order[c] == i;
      loop invariant count: Chosen(selected,n) == a;
      loop assigns a, selected[0 .. n-1]; loop variant m - a; */
  for (int a = 0; a < m; a++) {
    //@ assert new: selected[order[a]] == 0;
    select_index(selected, order[a]) /*@ ghost (n) */;
  }
}

KERNEL int choose_least(const natural_row *lower, const natural_row *upper, const int *group, int n, int m, int *order, unsigned char *selected,
                        unsigned char *open)
{
  int decided = 1;
  start_choice(order, open, n);
  //@ ghost lemma_all_indices(order, n);
  sort_indices(upper, order, n) /*@ ghost (n) */;
  //@ ghost lemma_occurrences(order, n);
  //@ assert once: \forall integer x; Occurrences(order,n,x) == (0 <= x < n ? 1 : 0);
  //@ assert place: \forall integer j; 0 <= j < n ==> 0 < Occurrences(order,n,j) && \exists integer a; 0 <= a < n && order[a] == j;
  /*@ loop invariant a: 0 <= a <= m;
      loop invariant flags: \forall integer i; 0 <= i < n ==> open[i] == 0 || open[i] == 1;
      loop invariant decided: decided == 0 || decided == 1;
      loop invariant before: decided == 1 ==> \forall integer c, b; 0 <= c < a && m <= b < n ==> SurelyBefore(lower,upper,group,order[c],order[b]);
      loop invariant closed: decided == 1 ==> \forall integer i; 0 <= i < n ==> open[i] == 0;
      loop invariant open: decided == 0 ==> \exists integer i; 0 <= i < n && open[i] == 1 && Entry(lower,i) < Entry(upper,i);
      loop assigns a, decided, open[0 .. n-1]; loop variant m - a; */
  for (int a = 0; a < m; a++)
    if (!compare_with_rest(lower, upper, group, order, a, m, n, open)) decided = 0;
  //@ assert before: decided == 1 ==> \forall integer a, b; 0 <= a < m && m <= b < n ==> SurelyBefore(lower,upper,group,order[a],order[b]);
  select_first(order, selected, m, n);
  /*@ assert first: decided == 1 ==> \forall integer i; 0 <= i < n && selected[i] == 1 ==>
        \forall integer b; m <= b < n ==> SurelyBefore(lower,upper,group,i,order[b]); */
  /*@ assert rest: \forall integer j; 0 <= j < n && selected[j] == 0 ==>
        0 < Occurrences(order,n,j) && \exists integer b; m <= b < n && order[b] == j; */
  /*@ assert actually: Bracketed(lower,upper,n) && Grouped(group,n) ==> \forall integer i, j; 0 <= i < n && 0 <= j < n ==>
        SurelyBefore(lower,upper,group,i,j) ==> ActuallyBefore(i,j); */
  /*@ assert sure: decided == 1 ==> \forall integer i, j; 0 <= i < n && 0 <= j < n && selected[i] == 1 && selected[j] == 0 ==>
        SurelyBefore(lower,upper,group,i,j); */
  return decided;
}
