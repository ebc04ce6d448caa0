/* Which rows come first: see places.h. */
#include "order/places.h"

/* Every row at its own place. */
/*@ requires n: 0 <= n <= PLACES_ROWS_MAX;
    requires order: \valid(order + (0 .. n-1));
    requires place: \valid(place + (0 .. n-1));
    requires apart: \separated(order + (0 .. n-1),place + (0 .. n-1));
    terminates \true; exits \false; assigns order[0 .. n-1], place[0 .. n-1];
    ensures inverse: Inverse(order,place,n); */
static void start_places(int *order, int *place, int n)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant order: \forall integer a; 0 <= a < i ==> order[a] == a && place[a] == a;
      loop assigns i, order[0 .. n-1], place[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    order[i] = i;
    place[i] = i;
  }
}

/* Whether row i stands before row j. */
/*@ requires i: \valid_read(rank + i);
    requires j: \valid_read(rank + j);
    terminates \true; exits \false; assigns \nothing;
    ensures before: \result != 0 <==> Precedes(rank,i,j); */
static int precedes(const int64_t *rank, int i, int j)
{
  return rank[i] < rank[j] || (rank[i] == rank[j] && i < j);
}

/* The rows at places i and j change places. */
/*@ requires n: 0 <= j < i < n <= PLACES_ROWS_MAX;
    requires order: \valid(order + (0 .. n-1));
    requires place: \valid(place + (0 .. n-1));
    requires apart: \separated(order + (0 .. n-1),place + (0 .. n-1));
    requires inverse: Inverse(order,place,n);
    terminates \true; exits \false; assigns order[i], order[j], place[0 .. n-1];
    ensures i: order[i] == \old(order[j]);
    ensures j: order[j] == \old(order[i]);
    ensures inverse: Inverse(order,place,n); */
static void swap_places(int *order, int *place, int i, int j) /*@ ghost (int n) */
{
  int up = order[i], down = order[j];
  order[i] = down;
  order[j] = up;
  place[down] = i;
  place[up] = j;
}

/* The row at place i sinks to its place among those before it, in steps of gap. */
/*@ requires n: 1 <= gap <= i < n <= PLACES_ROWS_MAX;
    requires rank: \valid_read(rank + (0 .. n-1));
    requires order: \valid(order + (0 .. n-1));
    requires place: \valid(place + (0 .. n-1));
    requires apart: \separated(order + (0 .. n-1),place + (0 .. n-1));
    requires inverse: Inverse(order,place,n);
    terminates \true; exits \false; assigns order[0 .. n-1], place[0 .. n-1];
    ensures ascending: gap == 1 && InOrder{Pre}(rank,order,i) ==> InOrder(rank,order,i+1);
    ensures inverse: Inverse(order,place,n); */
static void sink_row(const int64_t *rank, int *order, int *place, int i, int gap) /*@ ghost (int n) */
{
  int j = i;
  /*@ loop invariant j: 0 <= j <= i;
      loop invariant others: gap == 1 && InOrder{Pre}(rank,order,i) ==>
        \forall integer a, b; 0 <= a < b <= i && a != j && b != j ==> Precedes(rank,order[a],order[b]);
      loop invariant above: gap == 1 && InOrder{Pre}(rank,order,i) ==> \forall integer b; j < b <= i ==> Precedes(rank,order[j],order[b]);
      loop invariant inverse: Inverse(order,place,n);
      loop assigns j, order[0 .. n-1], place[0 .. n-1]; loop variant j; */
  for (; j >= gap && precedes(rank, order[j], order[j - gap]); j -= gap) {
    //@ assert before: Precedes(rank,order[j],order[j-gap]);
    swap_places(order, place, j, j - gap) /*@ ghost (n) */;
    //@ assert same: \forall integer a; 0 <= a <= i && a != j && a != j - gap ==> order[a] == \at(order[\at(a,Here)],LoopCurrent);
  }
  //@ assert differ: j >= gap ==> order[j-gap] != order[j];
  //@ assert near: gap == 1 && 1 <= j ==> Precedes(rank,order[j-1],order[j]);
  /*@ assert chain: gap == 1 && InOrder{Pre}(rank,order,i) ==>
        \forall integer a; 0 <= a < j-1 ==> Precedes(rank,order[a],order[j-1]); */
  /*@ assert below: gap == 1 && InOrder{Pre}(rank,order,i) ==>
        \forall integer a; 0 <= a < j ==> Precedes(rank,order[a],order[j]); */
}

/* Shell's sort, as in order/least.c: steps 3 h + 1, the last of them 1, which alone sorts. */
/*@ requires n: 1 <= n <= PLACES_ROWS_MAX;
    requires rank: \valid_read(rank + (0 .. n-1));
    requires order: \valid(order + (0 .. n-1));
    requires place: \valid(place + (0 .. n-1));
    requires apart: \separated(order + (0 .. n-1),place + (0 .. n-1));
    requires inverse: Inverse(order,place,n);
    terminates \true; exits \false; assigns order[0 .. n-1], place[0 .. n-1];
    ensures ascending: InOrder(rank,order,n);
    ensures inverse: Inverse(order,place,n); */
static void sort_places(const int64_t *rank, int *order, int *place, int n)
{
  int gap = 1;
  /*@ loop invariant gap: 1 <= gap <= PLACES_ROWS_MAX;
      loop assigns gap; loop variant n - gap; */
  while (gap < n / 3) gap = 3 * gap + 1;
  /*@ loop invariant gap: 0 <= gap <= PLACES_ROWS_MAX;
      loop invariant inverse: Inverse(order,place,n);
      loop assigns gap, order[0 .. n-1], place[0 .. n-1]; loop variant gap; */
  for (; gap > 1; gap /= 3) {
    /*@ loop invariant i: gap <= i && (i <= n || i == gap);
        loop invariant inverse: Inverse(order,place,n);
        loop assigns i, order[0 .. n-1], place[0 .. n-1]; loop variant n - i; */
    for (int i = gap; i < n; i++) sink_row(rank, order, place, i, gap) /*@ ghost (n) */;
  }
  /*@ loop invariant i: 1 <= i <= n;
      loop invariant ascending: InOrder(rank,order,i);
      loop invariant inverse: Inverse(order,place,n);
      loop assigns i, order[0 .. n-1], place[0 .. n-1]; loop variant n - i; */
  for (int i = 1; i < n; i++) sink_row(rank, order, place, i, 1) /*@ ghost (n) */;
}

/* One more flag is set. */
/*@ requires n: 0 <= i < n <= PLACES_ROWS_MAX;
    requires selected: \valid(selected + (0 .. n-1));
    requires not: selected[i] == 0;
    terminates \true; exits \false; assigns selected[i];
    ensures set: selected[i] == 1;
    ensures count: Picked(selected,n) == \old(Picked(selected,n)) + 1; */
static void pick_row(unsigned char *selected, int i) /*@ ghost (int n) */
{
  selected[i] = 1;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant count: Picked(selected,k) == \at(Picked(selected,\at(k,Here)),Pre) + (i < k ? 1 : 0);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: Picked(selected,k+1) == Picked(selected,k) + (selected[k] != 0 ? 1 : 0); @/
      /@ assert pre: \let q = k; \at(Picked(selected,q+1) == Picked(selected,q) + (selected[q] != 0 ? 1 : 0),Pre); @/
    }
  */
}

/* No flag is set. */
/*@ requires n: 0 <= n <= PLACES_ROWS_MAX;
    requires selected: \valid(selected + (0 .. n-1));
    terminates \true; exits \false; assigns selected[0 .. n-1];
    ensures none: \forall integer j; 0 <= j < n ==> selected[j] == 0;
    ensures count: Picked(selected,n) == 0; */
static void pick_none(unsigned char *selected, int n)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant none: \forall integer j; 0 <= j < i ==> selected[j] == 0;
      loop assigns i, selected[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) selected[i] = 0;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant count: Picked(selected,k) == 0;
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: Picked(selected,k+1) == Picked(selected,k) + (selected[k] != 0 ? 1 : 0); @/
    }
    /@ assert end: k == n; @/
  */
}

/* selected[i] becomes 1 for the rows at the first m places, 0 for the others. */
/*@ requires n: 0 <= m <= n <= PLACES_ROWS_MAX;
    requires order: \valid_read(order + (0 .. n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires inverse: Inverse(order,place,n);
    terminates \true; exits \false; assigns selected[0 .. n-1];
    ensures first: \forall integer i; 0 <= i < n ==> selected[i] == (place[i] < m ? 1 : 0);
    ensures count: Picked(selected,n) == m; */
static void pick_first(const int *order, unsigned char *selected, int m, int n) /*@ ghost (const int *place) */
{
  pick_none(selected, n);
  /*@ loop invariant a: 0 <= a <= m;
      loop invariant first: \forall integer i; 0 <= i < n ==> selected[i] == (place[i] < a ? 1 : 0);
      loop invariant count: Picked(selected,n) == a;
      loop assigns a, selected[0 .. n-1]; loop variant m - a; */
  for (int a = 0; a < m; a++) {
    //@ assert new: place[order[a]] == a;
    pick_row(selected, order[a]) /*@ ghost (n) */;
    //@ assert place: \forall integer i; 0 <= i < n && place[i] == a ==> i == order[a];
  }
}

/* Whether a row at place m or after it begins at A or before. */
/*@ requires n: 0 <= m <= n <= PLACES_ROWS_MAX;
    requires lower: \valid_read(lower + (0 .. n-1));
    requires order: \valid_read(order + (0 .. n-1));
    requires rows: \forall integer a; 0 <= a < n ==> 0 <= order[a] < n;
    terminates \true; exits \false; assigns \nothing;
    ensures flag: \result == 0 || \result == 1;
    ensures after: \result == 0 ==> \forall integer b; m <= b < n ==> A < lower[order[b]]; */
static int one_begins_before(const int64_t *lower, const int *order, int m, int n, int64_t A)
{
  int before = 0;
  /*@ loop invariant b: m <= b <= n;
      loop invariant flag: before == 0 || before == 1;
      loop invariant after: before == 0 ==> \forall integer c; m <= c < b ==> A < lower[order[c]];
      loop assigns b, before; loop variant n - b; */
  for (int b = m; b < n; b++)
    if (lower[order[b]] <= A) before = 1;
  return before;
}

/* Opens the rows that meet [B, A] and are not known exactly; returns whether there are any. */
/*@ requires n: 0 <= n <= PLACES_ROWS_MAX;
    requires lower: \valid_read(lower + (0 .. n-1));
    requires upper: \valid_read(upper + (0 .. n-1));
    requires open: \valid(open + (0 .. n-1));
    terminates \true; exits \false; assigns open[0 .. n-1];
    ensures flags: \forall integer i; 0 <= i < n ==> open[i] == 0 || open[i] == 1;
    ensures some: \result != 0 ==> \exists integer i; 0 <= i < n && open[i] == 1 && lower[i] < upper[i];
    ensures none: \result == 0 ==> \forall integer i; 0 <= i < n ==> open[i] == 0 && (upper[i] <= lower[i] || A < lower[i] || upper[i] < B); */
static int open_rows(const int64_t *lower, const int64_t *upper, int n, int64_t A, int64_t B, unsigned char *open)
{
  int any = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant flags: \forall integer j; 0 <= j < i ==> open[j] == 0 || open[j] == 1;
      loop invariant some: any != 0 ==> \exists integer j; 0 <= j < i && open[j] == 1 && lower[j] < upper[j];
      loop invariant none: any == 0 ==> \forall integer j; 0 <= j < i ==>
        open[j] == 0 && (upper[j] <= lower[j] || A < lower[j] || upper[j] < B);
      loop assigns i, any, open[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    int meets = lower[i] < upper[i] && lower[i] <= A && B <= upper[i];
    open[i] = meets ? 1 : 0;
    any = meets ? 1 : any;
  }
  return any;
}

/* Whether the bounds decide that the first m places are what they are; if not, opens rows. B <= A unless nothing is open. */
/*@ requires n: 1 <= m < n <= PLACES_ROWS_MAX;
    requires lower: \valid_read(lower + (0 .. n-1));
    requires upper: \valid_read(upper + (0 .. n-1));
    requires order: \valid_read(order + (0 .. n-1));
    requires open: \valid(open + (0 .. n-1));
    requires bounds: \forall integer i; 0 <= i < n ==> lower[i] <= upper[i];
    requires rows: \forall integer a; 0 <= a < n ==> 0 <= order[a] < n;
    requires ascending: InOrder(upper,order,n);
    requires closed: \forall integer i; 0 <= i < n ==> open[i] == 0;
    terminates \true; exits \false; assigns open[0 .. n-1];
    ensures flags: \forall integer i; 0 <= i < n ==> open[i] == 0 || open[i] == 1;
    ensures decided: \result == 0 || \result == 1;
    ensures closed: \result == 1 ==> \forall integer i; 0 <= i < n ==> open[i] == 0;
    ensures open: \result == 0 ==> \exists integer i; 0 <= i < n && open[i] == 1 && lower[i] < upper[i];
    ensures beyond: \result == 1 ==> \forall integer b; m <= b < n ==>
      upper[order[m-1]] < lower[order[b]] || upper[order[b]] <= lower[order[b]];
    ensures tie: \result == 1 && upper[order[m-1]] == upper[order[m]] ==> upper[order[m-1]] <= lower[order[m-1]]; */
static int settle(const int64_t *lower, const int64_t *upper, const int *order, int m, int n, int64_t B, unsigned char *open)
{
  int64_t A = upper[order[m - 1]];
  //@ assert after: \forall integer b; m <= b < n ==> Precedes(upper,order[m-1],order[b]);
  if (!one_begins_before(lower, order, m, n, A)) return 1;
  return !open_rows(lower, upper, n, A, A < B ? A : B, open);
}

/* What the bounds decide: of the upper ends in order, those at place m or after it exact or beyond the one before. */
/*@ ghost
  /@ requires n: 1 <= m < n <= PLACES_ROWS_MAX;
     requires lower: \valid_read(lower + (0 .. n-1));
     requires upper: \valid_read(upper + (0 .. n-1));
     requires inverse: Inverse(order,place,n);
     requires ascending: InOrder(upper,order,n);
     requires beyond: decided == 1 ==> \forall integer b; m <= b < n ==>
       upper[order[m-1]] < lower[order[b]] || upper[order[b]] <= lower[order[b]];
     requires tie: decided == 1 && upper[order[m-1]] == upper[order[m]] ==> upper[order[m-1]] <= lower[order[m-1]];
     terminates \true; exits \false; assigns \nothing;
     ensures first: decided == 1 ==> \forall score_list s, integer i, j; ScoresWithin(s,lower,upper,n) && 0 <= i < n && 0 <= j < n
       && place[i] < m <= place[j] ==> ScoreBefore(s,i,j);
     ensures tie: decided == 1 && upper[order[m-1]] == upper[order[m]] ==> \forall score_list s; ScoresWithin(s,lower,upper,n)
       ==> Score(s,order[m-1]) == Score(s,order[m]);
     ensures no_tie: decided == 1 && upper[order[m-1]] != upper[order[m]] ==> \forall score_list s, integer i, j;
       ScoresWithin(s,lower,upper,n) && 0 <= i < n && 0 <= j < n && place[i] < m <= place[j] ==> ScoreLess(s,i,j); @/
  void lemma_places(const int64_t *lower, const int64_t *upper, const int *order, const int *place, int m, int n, int decided)
  {
    /@ assert named: \forall integer i; 0 <= i < n ==> order[place[i]] == i && 0 <= place[i] < n; @/
    /@ assert ends: \forall integer a; 0 <= a < m-1 ==> Precedes(upper,order[a],order[m-1]); @/
    /@ assert rest: \forall integer b; m < b < n ==> Precedes(upper,order[m],order[b]); @/
    /@ assert middle: Precedes(upper,order[m-1],order[m]); @/
    /@ assert both: \forall integer a, b; 0 <= a < m <= b < n ==> Precedes(upper,order[a],order[b]); @/
    /@ assert last: \forall integer i; 0 <= i < n && place[i] < m ==> upper[i] <= upper[order[m-1]]; @/
    /@ assert next: \forall integer j; 0 <= j < n && m <= place[j] ==> upper[order[m]] <= upper[j]; @/
    /@ assert upper: \forall integer i, j; 0 <= i < n && 0 <= j < n && place[i] < m <= place[j] ==> Precedes(upper,i,j); @/
    /@ assert beyond: decided == 1 ==> \forall integer j; 0 <= j < n && m <= place[j] ==>
         upper[order[m-1]] < lower[j] || upper[j] <= lower[j]; @/
  }
*/

int certigar_choose_places(const int64_t *lower, const int64_t *upper, int n, int m, int *order, int *place, unsigned char *selected,
                           unsigned char *open)
{
  int decided = 1;
  start_places(order, place, n);
  sort_places(lower, order, place, n);
  int64_t B = lower[order[m < n ? m : 0]];
  sort_places(upper, order, place, n);
  pick_none(open, n);
  if (m < n) {
    decided = settle(lower, upper, order, m, n, B, open);
    //@ ghost lemma_places(lower, upper, order, place, m, n, decided);
  }
  pick_first(order, selected, m, n) /*@ ghost (place) */;
  /*@ assert first: decided == 1 ==> \forall score_list s, integer i, j; ScoresWithin(s,lower,upper,n) && 0 <= i < n && 0 <= j < n
        && place[i] < m <= place[j] ==> ScoreBefore(s,i,j); */
  /*@ assert no_tie: decided == 1 && m < n && upper[order[m-1]] != upper[order[m]] ==> \forall score_list s, integer i, j;
        ScoresWithin(s,lower,upper,n) && 0 <= i < n && 0 <= j < n && place[i] < m <= place[j] ==> ScoreLess(s,i,j); */
  //@ assert named: \forall integer a; 0 <= a < n ==> 0 <= order[a] < n && place[order[a]] == a;
  //@ assert kept: \forall integer i; 0 <= i < n && selected[i] == 1 ==> place[i] < m;
  //@ assert left: \forall integer i; 0 <= i < n && selected[i] == 0 ==> m <= place[i];
  //@ assert placed: \forall integer a; 0 <= a < n ==> selected[order[a]] == (a < m ? 1 : 0);
  return decided;
}
