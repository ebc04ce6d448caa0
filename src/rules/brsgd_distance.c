/* The distances of a tile's row to the medians: see brsgd_distance.h. */
#include "rules/brsgd_distance.h"
#include "lemmas/near.h"
#include "lemmas/value.h"

/* Adds |2 x - lo - hi|. */
/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires finite: Finite(x) && Finite(lo) && Finite(hi);
    requires middle: lo <= hi && (x <= lo || hi <= x);
    requires c: 0 <= c <= 0x2000000 - 4;
    requires bounded: Bounded(a,c);
    terminates \true; exits \false; assigns a[0 .. LIMBS-1];
    ensures sum: Limbs(a,0) == \old(Limbs(a,0)) + MiddleDistance(x,lo,hi);
    ensures bounded: Bounded(a,c+4); */
KERNEL void add_distance(int64_t *a, key x, key lo, key hi) /*@ ghost (int c) */
{
  //@ ghost lemma_val_mono(lo, hi);
  //@ ghost lemma_val_mono(x, lo);
  //@ ghost lemma_val_mono(hi, x);
  if (x <= lo) {
    wide_add(a, lo) /*@ ghost (c) */;
    wide_add(a, hi) /*@ ghost (c + 1) */;
    wide_subtract(a, x) /*@ ghost (c + 2) */;
    wide_subtract(a, x) /*@ ghost (c + 3) */;
  } else {
    wide_add(a, x) /*@ ghost (c) */;
    wide_add(a, x) /*@ ghost (c + 1) */;
    wide_subtract(a, lo) /*@ ghost (c + 2) */;
    wide_subtract(a, hi) /*@ ghost (c + 3) */;
  }
}

KERNEL void add_distances(int64_t *a, const key *x, const key *lo, const key *hi) /*@ ghost (int c) */
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant sum: Limbs(a,0) == \at(Limbs(a,0),Pre) + Distances{Pre}(x,lo,hi,l);
      loop invariant bounded: Bounded(a,c+4*l);
      loop assigns l, a[0 .. LIMBS-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    //@ assert same: \let q = l; x[l] == \at(x[q],Pre) && lo[l] == \at(lo[q],Pre) && hi[l] == \at(hi[q],Pre);
    //@ assert next: Distances{Pre}(x,lo,hi,l+1) == Distances{Pre}(x,lo,hi,l) + MiddleDistance(x[l],lo[l],hi[l]);
    add_distance(a, x[l], lo[l], hi[l]) /*@ ghost (c + 4 * l) */;
  }
}

/* The greatest magnitude of three rows of a tile. */
/*@ requires x: \valid_read(x + (0 .. LANES-1)) && \valid_read(lo + (0 .. LANES-1)) && \valid_read(hi + (0 .. LANES-1));
    requires finite: \forall integer l; 0 <= l < LANES ==> Finite(x[l]) && Finite(lo[l]) && Finite(hi[l]);
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result < SPECIAL;
    ensures top: \forall integer l; 0 <= l < LANES ==> Magnitude(x[l]) <= \result && Magnitude(lo[l]) <= \result && Magnitude(hi[l]) <= \result; */
KERNEL key greatest_magnitude(const key *restrict x, const key *restrict lo, const key *restrict hi)
{
  key top = 0;
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant range: 0 <= top < SPECIAL;
      loop invariant top: \forall integer k; 0 <= k < l ==> Magnitude(x[k]) <= top && Magnitude(lo[k]) <= top && Magnitude(hi[k]) <= top;
      loop assigns l, top; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key a = x[l] < 0 ? -1 - x[l] : x[l], b = lo[l] < 0 ? -1 - lo[l] : lo[l], c = hi[l] < 0 ? -1 - hi[l] : hi[l];
    b = b > c ? b : c;
    a = a > b ? a : b;
    top = a > top ? a : top;
  }
  return top;
}

/* Whether cutting to the exponent E may change a number. */
/*@ requires k: Finite(k);
    requires E: Shift(Magnitude(k)) <= E <= SHIFT_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures flag: \result == 0 || \result == 1;
    ensures whole: \result == 0 ==> Whole(k,E); */
KERNEL uint64_t may_change(key k, int32_t E)
{
  key r = k < 0 ? -1 - k : k;
  key e = r < FRACTION ? 0 : r / FRACTION - 1;
  return E - (int32_t)e > COMPARE_BITS && r != 0 ? 1 : 0;
}

/* |2 x - lo - hi| of the numbers cut to the exponent E. */
/*@ requires finite: Finite(x) && Finite(lo) && Finite(hi);
    requires E: Shift(Magnitude(x)) <= E <= SHIFT_MAX && Shift(Magnitude(lo)) <= E && Shift(Magnitude(hi)) <= E;
    terminates \true; exits \false; assigns \nothing;
    ensures range: \result < 0x8000000000000000;
    ensures around: Around(\result/DISTANCE_UNIT,1,E,MiddleDistance(x,lo,hi));
    ensures exact: Whole(x,E) && Whole(lo,E) && Whole(hi,E) && \result % DISTANCE_UNIT == 0
      ==> Precisely(\result/DISTANCE_UNIT,E,MiddleDistance(x,lo,hi)); */
KERNEL uint64_t cut_distance(key x, key lo, key hi, int32_t E)
{
  int64_t qx = cut_number(x, E), ql = cut_number(lo, E), qh = cut_number(hi, E), d = 2 * qx - ql - qh;
  //@ ghost lemma_near_distance(x, lo, hi, qx, ql, qh, E);
  uint64_t distance = (uint64_t)(d < 0 ? -d : d);
  //@ ghost lemma_drop(distance, E);
  return distance;
}

/* Adds m 2^E to a; another accumulator, b, stays as it is. */
/*@ requires a: \valid(a + (0 .. LIMBS-1)) && \valid_read(b + (0 .. LIMBS-1));
    requires apart: \separated(a + (0 .. LIMBS-1), b + (0 .. LIMBS-1));
    requires m: m < 0x2000000000000000;
    requires E: 0 <= E <= SHIFT_MAX;
    requires c: 0 <= c < 0x2000000;
    requires bounded: Bounded(a,c);
    terminates \true; exits \false; assigns a[0 .. LIMBS-1];
    ensures sum: Limbs(a,0) == \old(Limbs(a,0)) + Up(m,E);
    ensures other: Limbs(b,0) == \old(Limbs(b,0));
    ensures bounded: Bounded(a,c+1); */
KERNEL void add_beside(int64_t *a, uint64_t m, int32_t E) /*@ ghost (const int64_t *b, int c) */
{
  wide_add_scaled(a, 0, m, E) /*@ ghost (c) */;
  /*@ ghost
    int i = LIMBS;
    /@ loop invariant i: 0 <= i <= LIMBS;
       loop invariant same: Limbs(b,i) == \at(Limbs(b,\at(i,Here)),Pre);
       loop assigns i; loop variant i; @/
    for (; i > 0; i--) {
      /@ assert here: Limbs(b,i-1) == b[i-1] + 4294967296*Limbs(b,i); @/
      /@ assert pre: \let q = i; \at(Limbs(b,q-1) == b[q-1] + 4294967296*Limbs(b,q),Pre); @/
    }
  */
}

/* Adds LANES distances to the interval, of which total is known; lost is 0 if it is their sum. */
/*@ requires sums: \valid(sum + (0 .. LIMBS-1)) && \valid(slack + (0 .. LIMBS-1));
    requires alone: \separated(sum + (0 .. LIMBS-1), slack + (0 .. LIMBS-1));
    requires total: total < 0x2000000000000000;
    requires E: 0 <= E <= SHIFT_MAX;
    requires c: 0 <= c < 0x2000000;
    requires bounded: Bounded(sum,c) && Bounded(slack,c);
    terminates \true; exits \false; assigns sum[0 .. LIMBS-1], slack[0 .. LIMBS-1];
    ensures interval: \forall integer D, F; Interval{Pre}(sum,slack,D) && Around(total,LANES,E,F) && (lost == 0 ==> Precisely(total,E,F))
      ==> Interval(sum,slack,D+F);
    ensures bounded: Bounded(sum,c+1) && Bounded(slack,c+1); */
KERNEL void add_to_interval(int64_t *sum, int64_t *slack, uint64_t total, uint64_t lost, int32_t E) /*@ ghost (int c) */
{
  //@ ghost lemma_around(total, E);
  add_beside(sum, total, E) /*@ ghost (slack, c) */;
  if (lost != 0) add_beside(slack, LANES, E) /*@ ghost (sum, c) */;
}

KERNEL void add_near_distances(int64_t *sum, int64_t *slack, const key *x, const key *lo, const key *hi) /*@ ghost (int c) */
{
  key top = greatest_magnitude(x, lo, hi);
  int32_t E = top < FRACTION ? 0 : (int32_t)(top / FRACTION - 1);
  uint64_t total = 0, lost = 0;
  //@ assert E: E == Shift(top) && 0 <= E <= SHIFT_MAX;
  //@ assert order: \forall integer r; 0 <= r <= top ==> Shift(r) <= E;
  //@ ghost lemma_around_none(E);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant total: total <= l*0x7fffffffffffff;
      loop invariant lost: lost <= 258*l;
      loop invariant around: Around(total,l,E,Distances(x,lo,hi,l));
      loop invariant exact: lost == 0 ==> Precisely(total,E,Distances(x,lo,hi,l));
      loop assigns l, total, lost; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    uint64_t distance = cut_distance(x[l], lo[l], hi[l], E), e = distance / DISTANCE_UNIT;
    //@ ghost lemma_around_next(total, e, l, E);
    //@ assert next: Distances(x,lo,hi,l+1) == Distances(x,lo,hi,l) + MiddleDistance(x[l],lo[l],hi[l]);
    //@ assert around: AroundNext(total,e,l,E,Distances(x,lo,hi,l),MiddleDistance(x[l],lo[l],hi[l]));
    //@ assert exact: PreciselyNext(total,e,E,Distances(x,lo,hi,l),MiddleDistance(x[l],lo[l],hi[l]));
    total += e;
    //@ assert total: total == \at(total,LoopCurrent) + e;
    lost += may_change(x[l], E) + may_change(lo[l], E) + may_change(hi[l], E) + distance % DISTANCE_UNIT;
    //@ assert lost: lost == 0 ==> \at(lost,LoopCurrent) == 0 && distance % DISTANCE_UNIT == 0 && Whole(x[l],E) && Whole(lo[l],E) && Whole(hi[l],E);
  }
  add_to_interval(sum, slack, total, lost, E) /*@ ghost (c) */;
}
