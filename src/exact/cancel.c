/* Lanes in which the greatest values cancel: see cancel.h. */
#include "exact/cancel.h"
#include "lemmas/between.h"

enum { LEVELS = 3, MANY_LANES = 8 }; /* fewer are sooner done in the wide accumulator */

KERNEL int count_open(const int32_t *open)
{
  int count = 0;
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant count: 0 <= count <= l;
      loop assigns l, count;
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) count += open[l] != 0 ? 1 : 0;
  return count;
}

/* Magnitudes below the floor are cut by a window for top. That it is this very one is not proved, and nothing but speed depends on it. */
/*@ requires top: \valid_read(top + (0 .. LANES-1)) && \valid(floor + (0 .. LANES-1));
    requires apart: \separated(top + (0 .. LANES-1), floor + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= top[l] <= QUIET_NAN;
    terminates \true; exits \false; assigns floor[0 .. LANES-1];
    ensures below: \forall integer l; 0 <= l < LANES ==> floor[l] <= top[l]; */
KERNEL void window_floor(const key *restrict top, key *restrict floor)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant below: \forall integer j; 0 <= j < l ==> floor[j] <= top[j];
      loop assigns l, floor[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) floor[l] = (top[l] / FRACTION - WINDOW) * FRACTION;
}

/* The greatest magnitude of those below the floor, so far. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1)) && \valid_read(floor + (0 .. LANES-1)) && \valid_read(top + (0 .. LANES-1));
    requires below: \valid(below + (0 .. LANES-1));
    requires apart: \separated(below + (0 .. LANES-1), floor + (0 .. LANES-1), keys + (0 .. LANES-1), top + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires floor: \forall integer l; 0 <= l < LANES ==> floor[l] <= top[l];
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= below[l] <= top[l];
    terminates \true; exits \false; assigns below[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= below[l] <= top[l]; */
KERNEL void raise_below(const key *restrict keys, const key *restrict floor, key *restrict below) /*@ ghost (const key *top) */
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant same: \forall integer j; 0 <= j < LANES ==>
        keys[j] == \at(keys[j],Pre) && floor[j] == \at(floor[j],Pre) && top[j] == \at(top[j],Pre);
      loop invariant range: \forall integer j; 0 <= j < LANES ==> 0 <= below[j] <= top[j];
      loop assigns l, below[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key r = keys[l] < 0 ? -1 - keys[l] : keys[l];
    key low = r < floor[l] ? r : 0;
    below[l] = low > below[l] ? low : below[l];
  }
}

/* The greatest magnitude that a window for top cuts. That it is this one is not proved either. */
/*@ requires rows: Rows(t,lo,hi);
    requires top: \valid_read(top + (0 .. LANES-1)) && \valid(below + (0 .. LANES-1));
    requires apart: \separated(top + (0 .. LANES-1), below + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==> \separated(&t[i][0 .. LANES-1], top + (0 .. LANES-1), below + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= top[l] <= QUIET_NAN;
    terminates \true; exits \false; assigns below[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= below[l] <= top[l]; */
KERNEL void largest_below(const row *t, int lo, int hi, const key *restrict top, key *restrict below)
{
  key floor[LANES];
  window_floor(top, floor);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant range: \forall integer j; 0 <= j < l ==> below[j] == 0;
      loop assigns l, below[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) below[l] = 0;
  /*@ loop invariant i: lo <= i <= hi;
      loop invariant range: \forall integer l; 0 <= l < LANES ==> 0 <= below[l] <= top[l];
      loop invariant floor: \forall integer l; 0 <= l < LANES ==> floor[l] <= top[l];
      loop assigns i, below[0 .. LANES-1];
      loop variant hi - i; */
  for (int i = lo; i < hi; i++) raise_below(t[i], floor, below) /*@ ghost (top) */;
}

/* Leaves out what a window for to holds whole where that adds up to 0: lanes of which it does get a lower bound to, and if they are open their mean,
   unless the next window leaves them open too. Returns 0 if there is no such lane. */
/*@ requires rows: Rows(t,lo,hi) && hi - lo <= WINDOW_ROWS && 1 <= k <= hi - lo;
    requires lanes: \valid(to + (0 .. LANES-1)) && \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(to + (0 .. LANES-1), out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==>
      \separated(&t[i][0 .. LANES-1], to + (0 .. LANES-1), out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= to[l] <= QUIET_NAN;
    terminates \true; exits \false; assigns to[0 .. LANES-1], out[0 .. LANES-1], open[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= to[l] <= QUIET_NAN;
    ensures sum: \forall integer l; 0 <= l < LANES ==> SumBetween{Old}(t,lo,hi,l,-1,to[l]) == \old(SumBetween(t,lo,hi,l,-1,to[l]));
    ensures quotient: \forall integer l; 0 <= l < LANES && open[l] == 0 && \old(open[l]) != 0 ==>
      IsQuotient(out[l],\old(SumBetween(t,lo,hi,l,-1,to[l])),k);
    ensures same: \forall integer l; 0 <= l < LANES && \old(open[l]) == 0 ==> open[l] == 0 && out[l] == \old(out[l]); */
KERNEL int cancel_top(const row *t, int lo, int hi, int k, key *restrict to, key *restrict out, int32_t *restrict open)
{
  key none[LANES], below[LANES], rest[LANES];
  int32_t cancels[LANES], rest_open[LANES];
  //@ ghost lemma_sum_between(t, lo, hi);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant none: \forall integer j; 0 <= j < l ==> none[j] == -1;
      loop assigns l, none[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) none[l] = -1;
  largest_below(t, lo, hi, to, below);
  /*@ ghost
      int i = lo;
      /@ loop invariant i: lo <= i <= hi;
         loop invariant same: \forall integer l, a, b; 0 <= l < LANES ==> SumBetween(t,lo,i,l,a,b) == SumBetween{Pre}(t,lo,i,l,a,b);
         loop assigns i;
         loop variant hi - i; @/
      for (; i < hi; i++) {
        /@ assert here: \forall integer l, a, b; 0 <= l < LANES ==>
             SumBetween(t,lo,i+1,l,a,b) == SumBetween(t,lo,i,l,a,b) + Between(t[i][l],a,b); @/
        /@ assert pre: \let q = i; \forall integer l, a, b; 0 <= l < LANES ==>
             \at(SumBetween(t,lo,q+1,l,a,b) == SumBetween(t,lo,q,l,a,b) + Between(t[q][l],a,b),Pre); @/
        /@ assert row: \let q = i; \forall integer l; 0 <= l < LANES ==> t[q][l] == \at(t[q][l],Pre); @/
      }
      /@ assert i_end: i == hi; @/
  */
  window_cancels(t, lo, hi, below, to, cancels);
  if (count_open(cancels) == 0) return 0;
  //@ assert zero: \forall integer l; 0 <= l < LANES && cancels[l] != 0 ==> SumBetween{Pre}(t,lo,hi,l,below[l],to[l]) == 0;
  /*@ ghost
      int h = lo;
      /@ loop invariant h: lo <= h <= hi;
         loop invariant same: \forall integer l, a, b; 0 <= l < LANES ==> SumBetween(t,lo,h,l,a,b) == SumBetween{Pre}(t,lo,h,l,a,b);
         loop assigns h;
         loop variant hi - h; @/
      for (; h < hi; h++) {
        /@ assert here: \forall integer l, a, b; 0 <= l < LANES ==>
             SumBetween(t,lo,h+1,l,a,b) == SumBetween(t,lo,h,l,a,b) + Between(t[h][l],a,b); @/
        /@ assert pre: \let q = h; \forall integer l, a, b; 0 <= l < LANES ==>
             \at(SumBetween(t,lo,q+1,l,a,b) == SumBetween(t,lo,q,l,a,b) + Between(t[q][l],a,b),Pre); @/
        /@ assert row: \let q = h; \forall integer l; 0 <= l < LANES ==> t[q][l] == \at(t[q][l],Pre); @/
      }
      /@ assert h_end: h == hi; @/
  */
  window_means_between(t, lo, hi, k, none, below, rest, rest_open);
  //@ assert rest: \forall integer l; 0 <= l < LANES && rest_open[l] == 0 ==> IsQuotient(rest[l],SumBetween{Pre}(t,lo,hi,l,-1,below[l]),k);
  /*@ assert less: \forall integer l; 0 <= l < LANES && cancels[l] != 0 ==>
        SumBetween{Pre}(t,lo,hi,l,-1,below[l]) == SumBetween{Pre}(t,lo,hi,l,-1,to[l]); */
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant range: \forall integer j; 0 <= j < l ==> 0 <= to[j] <= QUIET_NAN;
      loop invariant sum: \forall integer j; 0 <= j < l ==> SumBetween{Pre}(t,lo,hi,j,-1,to[j]) == SumBetween{Pre}(t,lo,hi,j,-1,\at(to[j],Pre));
      loop invariant quotient: \forall integer j; 0 <= j < l && open[j] == 0 && \at(open[j],Pre) != 0 ==>
        IsQuotient(out[j],SumBetween{Pre}(t,lo,hi,j,-1,\at(to[j],Pre)),k);
      loop invariant same: \forall integer j; 0 <= j < l && \at(open[j],Pre) == 0 ==> open[j] == 0 && out[j] == \at(out[j],Pre);
      loop invariant later: \forall integer j; l <= j < LANES ==>
        to[j] == \at(to[j],Pre) && open[j] == \at(open[j],Pre) && out[j] == \at(out[j],Pre);
      loop assigns l, to[0 .. LANES-1], out[0 .. LANES-1], open[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int better = cancels[l] != 0 && open[l] != 0 ? 1 : 0;
    out[l] = better ? rest[l] : out[l];
    open[l] = better ? rest_open[l] : open[l];
    to[l] = cancels[l] != 0 ? below[l] : to[l];
    //@ assert closed: \at(open[\at(l,Here)],Pre) == 0 ==> better == 0 && open[l] == 0 && out[l] == \at(out[\at(l,Here)],Pre);
    /*@ assert before: \forall integer j; 0 <= j < l ==> to[j] == \at(to[j],LoopCurrent) && open[j] == \at(open[j],LoopCurrent)
          && out[j] == \at(out[j],LoopCurrent); */
  }
  return 1;
}

KERNEL void means_by_windows(const row *t, int lo, int hi, int k, const key *restrict top, key *restrict out, int32_t *restrict open)
{
  key to[LANES];
  //@ ghost lemma_sum_between(t, lo, hi);
  window_means(t, lo, hi, k, top, out, open);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant to: \forall integer j; 0 <= j < l ==> to[j] == \at(top[j],Pre);
      loop assigns l, to[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) to[l] = top[l];
  int more = 1;
  /*@ loop invariant level: 0 <= level <= LEVELS;
      loop invariant rows: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> t[i][l] == \at(t[i][l],Pre);
      loop invariant range: \forall integer l; 0 <= l < LANES ==> 0 <= to[l] <= QUIET_NAN;
      loop invariant sum: \forall integer l; 0 <= l < LANES ==> SumBetween{Pre}(t,lo,hi,l,-1,to[l]) == Sum{Pre}(t,lo,hi,l);
      loop invariant decided: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> IsQuotient(out[l],Sum{Pre}(t,lo,hi,l),k);
      loop assigns level, more, to[0 .. LANES-1], out[0 .. LANES-1], open[0 .. LANES-1];
      loop variant LEVELS - level; */
  for (int level = 0; more && level < LEVELS && count_open(open) >= MANY_LANES; level++) {
    //@ ghost L: ;
    /*@ ghost
        int i = lo;
        /@ loop invariant i: lo <= i <= hi;
           loop invariant same: \forall integer l, a, b; 0 <= l < LANES ==> SumBetween(t,lo,i,l,a,b) == SumBetween{Pre}(t,lo,i,l,a,b);
           loop assigns i;
           loop variant hi - i; @/
        for (; i < hi; i++) {
          /@ assert here: \forall integer l, a, b; 0 <= l < LANES ==>
               SumBetween(t,lo,i+1,l,a,b) == SumBetween(t,lo,i,l,a,b) + Between(t[i][l],a,b); @/
          /@ assert pre: \let q = i; \forall integer l, a, b; 0 <= l < LANES ==>
               \at(SumBetween(t,lo,q+1,l,a,b) == SumBetween(t,lo,q,l,a,b) + Between(t[q][l],a,b),Pre); @/
          /@ assert row: \let q = i; \forall integer l; 0 <= l < LANES ==> t[q][l] == \at(t[q][l],Pre); @/
        }
        /@ assert i_end: i == hi; @/
    */
    more = cancel_top(t, lo, hi, k, to, out, open);
    /*@ assert closed: \forall integer l; 0 <= l < LANES && open[l] == 0 && \at(open[l],L) != 0 ==>
          IsQuotient(out[l],SumBetween{Pre}(t,lo,hi,l,-1,\at(to[l],L)),k); */
    /*@ assert less: \forall integer l; 0 <= l < LANES ==>
          SumBetween{Pre}(t,lo,hi,l,-1,to[l]) == SumBetween{Pre}(t,lo,hi,l,-1,\at(to[l],L)); */
  }
}
