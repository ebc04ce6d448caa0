/* The mean of some rows of a tile: see mix.h. */
#include "rules/mix.h"
#include "exact/cancel.h"
#include "rules/kept_lane.h"
#include "lemmas/shared.h"

/*@ requires from: \valid_read(from + (0 .. LANES-1));
    requires to: \valid(to + (0 .. LANES-1));
    requires apart: \separated(from + (0 .. LANES-1), to + (0 .. LANES-1));
    terminates \true; exits \false; assigns to[0 .. LANES-1];
    ensures keys: \forall integer l; 0 <= l < LANES ==> to[l] == (kept != 0 ? \old(from[l]) : 0); */
KERNEL void copy_or_clear(const key *restrict from, int kept, key *restrict to)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant from: \forall integer j; 0 <= j < LANES ==> from[j] == \at(from[j],Pre);
      loop invariant keys: \forall integer j; 0 <= j < l ==> to[j] == (kept != 0 ? \at(from[j],Pre) : 0);
      loop assigns l, to[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) to[l] = kept ? from[l] : 0;
}

/* The rows kept, and zero for the others. */
/*@ requires rows: Rows(t,0,n);
    requires kept: \valid_read(kept + (0 .. n-1));
    requires some: \valid(some + (0 .. n-1));
    requires apart: \separated(some + (0 .. n-1), t + (0 .. n-1), kept + (0 .. n-1));
    terminates \true; exits \false; assigns (&some[0][0])[0 .. n*LANES-1];
    ensures rows: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> some[i][l] == \old(kept[i] != 0 ? t[i][l] : 0);
    ensures sum: \forall integer l; 0 <= l < LANES ==> Sum(some,0,n,l) == \old(KeptSum(t,kept,n,l)); */
KERNEL void clear_others(const row *t, const unsigned char *kept, int n, row *restrict some)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant same: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == \at(t[j][l],Pre);
      loop invariant rows: \forall integer j, l; 0 <= j < i && 0 <= l < LANES ==> some[j][l] == (kept[j] != 0 ? t[j][l] : 0);
      loop assigns i, (&some[0][0])[0 .. n*LANES-1];
      loop variant n - i; */
  for (int i = 0; i < n; i++) copy_or_clear(t[i], kept[i], some[i]);
  /*@ ghost
      int i = 0;
      /@ loop invariant i: 0 <= i <= n;
         loop invariant sum: \forall integer l; 0 <= l < LANES ==> Sum(some,0,i,l) == KeptSum{Pre}(t,kept,i,l);
         loop assigns i;
         loop variant n - i; @/
      for (; i < n; i++) {
        /@ assert zero: Val(0) == 0; @/
        /@ assert value: \forall integer l; 0 <= l < LANES ==> Val(some[i][l])
             == (\at(kept[\at(i,Here)],Pre) != 0 ? Val(\at(t[\at(i,Here)][l],Pre)) : 0); @/
        /@ assert some: \forall integer l; 0 <= l < LANES ==> Sum(some,0,i+1,l) == Sum(some,0,i,l) + Val(some[i][l]); @/
        /@ assert kept: \forall integer l; 0 <= l < LANES ==> KeptSum{Pre}(t,kept,i+1,l) == KeptSum{Pre}(t,kept,i,l)
             + (\at(kept[\at(i,Here)],Pre) != 0 ? Val(\at(t[\at(i,Here)][l],Pre)) : 0); @/
      }
  */
}

/* The mean of the rows kept, by itself. */
/*@ requires rows: Rows(t,0,n);
    requires kept: \valid_read(kept + (0 .. n-1)) && 1 <= KeptCount(kept,n) && k == KeptCount(kept,n);
    requires out: \valid(some + (0 .. n-1)) && \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), some + (0 .. n-1), t + (0 .. n-1), kept + (0 .. n-1));
    terminates \true; exits \false; assigns out[0 .. LANES-1], (&some[0][0])[0 .. n*LANES-1];
    ensures mean: \forall integer l; 0 <= l < LANES ==> IsKeptMean{Pre}(out[l],t,kept,n,l);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int mean_alone(const row *t, const unsigned char *kept, int n, int k, row *restrict some, key *restrict out)
{
  //@ ghost lemma_kept_bound(t, kept, n);
  //@ assert bound: \forall integer l; KeptFinite{Pre}(t,kept,n,l) ==> Abs(KeptSum{Pre}(t,kept,n,l)) <= k*Value(SPECIAL-1);
  clear_others(t, kept, n, some);
  //@ assert sum: \forall integer l; 0 <= l < LANES ==> Sum(some,0,n,l) == KeptSum{Pre}(t,kept,n,l);
  //@ assert copied: \forall integer i, l; 0 <= i < n && 0 <= l < LANES && \at(kept[i],Pre) != 0 ==> \at(t[i][l],Pre) == some[i][l];
  //@ assert cleared: \forall integer i, l; 0 <= i < n && 0 <= l < LANES && \at(kept[i],Pre) == 0 ==> some[i][l] == 0;
  //@ assert finite_kept: \forall integer l; 0 <= l < LANES && AllFinite(some,0,n,l) ==> KeptFinite{Pre}(t,kept,n,l);
  //@ assert finite_all: \forall integer l; 0 <= l < LANES && KeptFinite{Pre}(t,kept,n,l) ==> AllFinite(some,0,n,l);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant bounded: \forall integer j; 0 <= j < l && AllFinite(some,0,n,j) ==> Abs(Sum(some,0,n,j)) <= k*Value(SPECIAL-1);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) {
        /@ assert finite_lane: AllFinite(some,0,n,l) ==> KeptFinite{Pre}(t,kept,n,l); @/
        /@ assert bound_lane: KeptFinite{Pre}(t,kept,n,l) ==> Abs(KeptSum{Pre}(t,kept,n,l)) <= k*Value(SPECIAL-1); @/
        /@ assert sum_lane: Sum(some,0,n,l) == KeptSum{Pre}(t,kept,n,l); @/
        /@ assert bounded_lane: AllFinite(some,0,n,l) ==> Abs(Sum(some,0,n,l)) <= k*Value(SPECIAL-1); @/
      }
  */
  //@ assert bounded: \forall integer l; 0 <= l < LANES && AllFinite(some,0,n,l) ==> Abs(Sum(some,0,n,l)) <= k*Value(SPECIAL-1);
  //@ assert nan: \forall integer l; 0 <= l < LANES ==> (HasNaN(some,0,n,l) <==> KeptHas{Pre}(t,kept,n,l,QUIET_NAN));
  //@ assert plus: \forall integer l; 0 <= l < LANES ==> (HasPlus(some,0,n,l) <==> KeptHas{Pre}(t,kept,n,l,SPECIAL));
  //@ assert minus: \forall integer l; 0 <= l < LANES ==> (HasMinus(some,0,n,l) <==> KeptHas{Pre}(t,kept,n,l,-1-SPECIAL));
  return mean_of_rows(some, n, k, out);
}

/*@ requires top: \valid_read(top + (0 .. LANES-1));
    terminates \true; exits \false; assigns \nothing;
    ensures finite: \result != 0 ==> \forall integer l; 0 <= l < LANES ==> top[l] < SPECIAL; */
KERNEL int all_finite(const key *top)
{
  int32_t special = 0;
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant finite: special == 0 ==> \forall integer k; 0 <= k < l ==> top[k] < SPECIAL;
      loop assigns l, special;
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) special = top[l] >= SPECIAL ? 1 : special;
  return special == 0;
}

/* The lanes that are open yet; returns how many of them took the wide accumulator. */
/*@ requires rows: Rows(t,0,n) && n <= WINDOW_ROWS;
    requires kept: \valid_read(kept + (0 .. n-1)) && 1 <= KeptCount(kept,n) && k == KeptCount(kept,n);
    requires lanes: \valid_read(open + (0 .. LANES-1)) && \valid(out + (0 .. LANES-1));
    requires finite: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Finite(t[i][l]);
    requires parts: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(place + (0 .. LANES-1)) && \valid_read(upper + (0 .. n-1))
      && \valid_read(lower + (0 .. n-1));
    requires apart: \separated(out + (0 .. LANES-1), open + (0 .. LANES-1), exponent + (0 .. LANES-1), place + (0 .. LANES-1), upper + (0 .. n-1),
      lower + (0 .. n-1), t + (0 .. n-1), kept + (0 .. n-1));
    requires places: Places(exponent) && Places(place);
    requires in_parts: RowsInParts{Pre,Pre}(t,n,exponent,place,upper,lower);
    requires decided: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> IsQuotient(out[l],KeptSum(t,kept,n,l),k);
    terminates \true; exits \false; assigns out[0 .. LANES-1];
    ensures mean: \forall integer l; 0 <= l < LANES ==> IsKeptMean{Pre}(out[l],t,kept,n,l);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int close_lanes(const row *t, const unsigned char *kept, int n, int k, const int32_t *restrict open, const int32_t *restrict exponent,
                       const term_row *restrict upper, const term_row *restrict lower, key *restrict out) /*@ ghost (const int32_t *place) */
{
  int exact = 0;
  //@ assert no_nan: \forall integer l; 0 <= l < LANES ==> !KeptHas{Pre}(t,kept,n,l,QUIET_NAN);
  //@ assert no_plus: \forall integer l; 0 <= l < LANES ==> !KeptHas{Pre}(t,kept,n,l,SPECIAL);
  //@ assert no_minus: \forall integer l; 0 <= l < LANES ==> !KeptHas{Pre}(t,kept,n,l,-1-SPECIAL);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant same: \forall integer j; 0 <= j < LANES ==>
        open[j] == \at(open[j],Pre) && exponent[j] == \at(exponent[j],Pre) && place[j] == \at(place[j],Pre);
      loop invariant rows: \forall integer i, j; 0 <= i < n && 0 <= j < LANES ==> t[i][j] == \at(t[i][j],Pre);
      loop invariant parts: RowsInParts{Here,Here}(t,n,exponent,place,upper,lower);
      loop invariant kept: \forall integer i; 0 <= i < n ==> kept[i] == \at(kept[i],Pre);
      loop invariant done: \forall integer j; 0 <= j < l ==> IsQuotient(out[j],KeptSum{Pre}(t,kept,n,j),k);
      loop invariant rest: \forall integer j; l <= j < LANES && open[j] == 0 ==> IsQuotient(out[j],KeptSum{Pre}(t,kept,n,j),k);
      loop invariant count: 0 <= exact <= l;
      loop assigns l, exact, out[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++)
    if (open[l]) {
      int wide;
      /*@ ghost
          int i = 0;
          /@ loop invariant i: 0 <= i <= n;
             loop invariant sum: KeptSum(t,kept,i,l) == KeptSum{Pre}(t,kept,i,\at(l,Here)) && KeptCount(kept,i) == KeptCount{Pre}(kept,i);
             loop assigns i; loop variant n - i; @/
          for (; i < n; i++) {
            /@ assert here: KeptSum(t,kept,i+1,l) == KeptSum(t,kept,i,l) + (kept[i] != 0 ? Val(t[i][l]) : 0); @/
            /@ assert pre: \let j = l; \let q = i; \at(KeptSum(t,kept,q+1,j) == KeptSum(t,kept,q,j) + (kept[q] != 0 ? Val(t[q][j]) : 0),Pre); @/
          }
          /@ assert end: i == n; @/
      */
      key z = mean_of_lane(t, kept, n, k, l, exponent[l], upper, lower, &wide) /*@ ghost (place[l]) */;
      //@ assert quotient: IsQuotient(z,KeptSum{Pre}(t,kept,n,\at(l,Here)),k);
      out[l] = z;
      exact += wide;
    }
  //@ assert finite: \forall integer l; 0 <= l < LANES ==> Finite(out[l]);
  return exact;
}

enum { FEW_LANES = 12 }; /* more are sooner done all at once */

/* The mean where a lane is open, or a value of the tile is not finite; divided tells whether the lanes that are not open have it already, and all
   values are in parts if they are finite. */
/*@ requires rows: Rows(t,0,n) && n <= WINDOW_ROWS;
    requires kept: \valid_read(kept + (0 .. n-1)) && 1 <= KeptCount(kept,n) && k == KeptCount(kept,n);
    requires lanes: \valid_read(top + (0 .. LANES-1)) && \valid_read(open + (0 .. LANES-1)) && \valid(out + (0 .. LANES-1)) && \valid(some + (0 .. n-1));
    requires parts: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(place + (0 .. LANES-1)) && \valid_read(upper + (0 .. n-1))
      && \valid_read(lower + (0 .. n-1));
    requires apart: \separated(out + (0 .. LANES-1), some + (0 .. n-1), open + (0 .. LANES-1), top + (0 .. LANES-1), exponent + (0 .. LANES-1),
      place + (0 .. LANES-1), upper + (0 .. n-1), lower + (0 .. n-1), t + (0 .. n-1), kept + (0 .. n-1));
    requires largest: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Magnitude(t[i][l]) <= top[l];
    requires in_parts: divided != 0 && (\forall integer l; 0 <= l < LANES ==> top[l] < SPECIAL) ==>
      Places(exponent) && Places(place) && RowsInParts{Pre,Pre}(t,n,exponent,place,upper,lower);
    requires decided: divided != 0 ==> \forall integer l; 0 <= l < LANES && open[l] == 0 ==> IsQuotient(out[l],KeptSum(t,kept,n,l),k);
    terminates \true; exits \false; assigns out[0 .. LANES-1], (&some[0][0])[0 .. n*LANES-1];
    ensures mean: \forall integer l; 0 <= l < LANES ==> IsKeptMean{Pre}(out[l],t,kept,n,l);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int mean_undecided(const row *t, const unsigned char *kept, int n, int k, int divided, const key *restrict top, const int32_t *restrict open,
                          const int32_t *restrict exponent, const term_row *restrict upper, const term_row *restrict lower, row *restrict some,
                          key *restrict out) /*@ ghost (const int32_t *place) */
{
  if (divided && count_open(open) <= FEW_LANES && all_finite(top))
    return close_lanes(t, kept, n, k, open, exponent, upper, lower, out) /*@ ghost (place) */;
  return mean_alone(t, kept, n, k, some, out);
}

KERNEL int mean_of_kept(const row *t, const unsigned char *kept, int n, int sharp, int divided, const key *restrict top,
                        const int32_t *restrict exponent, const int32_t *restrict cut, const term_row *restrict terms,
                        const int64_t *restrict total, const term_row *restrict upper, const term_row *restrict lower, row *restrict some,
                        key *restrict out) /*@ ghost (const int32_t *place) */
{
  int32_t open[LANES];
  int mark = shared_mean(kept, n, sharp, exponent, cut, terms, total, out, open) /*@ ghost (t) */;
  int k = mark < 0 ? -mark : mark;
  //@ assert rows: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> t[i][l] == \at(t[i][l],Pre);
  /*@ ghost
      int i = 0;
      /@ loop invariant i: 0 <= i <= n;
         loop invariant sum: \forall integer l; 0 <= l < LANES ==> KeptSum(t,kept,i,l) == KeptSum{Pre}(t,kept,i,l);
         loop invariant count: KeptCount(kept,i) == KeptCount{Pre}(kept,i);
         loop assigns i; loop variant n - i; @/
      for (; i < n; i++) {
        /@ assert here: \forall integer l; 0 <= l < LANES ==> KeptSum(t,kept,i+1,l) == KeptSum(t,kept,i,l) + (kept[i] != 0 ? Val(t[i][l]) : 0); @/
        /@ assert pre: \forall integer l; 0 <= l < LANES ==>
             KeptSum{Pre}(t,kept,i+1,l) == KeptSum{Pre}(t,kept,i,l) + (kept[i] != 0 ? Val(t[i][l]) : 0); @/
      }
  */
  //@ assert sum: \forall integer l; 0 <= l < LANES ==> KeptSum(t,kept,n,l) == KeptSum{Pre}(t,kept,n,l);
  //@ assert count: KeptCount(kept,n) == KeptCount{Pre}(kept,n) && k == KeptCount(kept,n);
  //@ assert top: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Magnitude(t[i][l]) <= top[l];
  //@ assert finite: \forall integer l; 0 <= l < LANES ==> (KeptFinite(t,kept,n,l) <==> KeptFinite{Pre}(t,kept,n,l));
  //@ assert has: \forall integer l, x; 0 <= l < LANES ==> (KeptHas(t,kept,n,l,x) <==> KeptHas{Pre}(t,kept,n,l,x));
  if (mark > 0 && (sharp || all_finite(top))) {
    //@ assert magnitudes: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Magnitude(t[i][l]) < SPECIAL;
    //@ assert all_finite: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Finite(t[i][l]);
    /*@ assert no_special: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==>
          t[i][l] != QUIET_NAN && t[i][l] != SPECIAL && t[i][l] != -1-SPECIAL; */
    //@ assert no_nan: \forall integer l; 0 <= l < LANES ==> !KeptHas(t,kept,n,l,QUIET_NAN);
    //@ assert no_plus: \forall integer l; 0 <= l < LANES ==> !KeptHas(t,kept,n,l,SPECIAL);
    //@ assert no_minus: \forall integer l; 0 <= l < LANES ==> !KeptHas(t,kept,n,l,-1-SPECIAL);
    //@ assert quotient: \forall integer l; 0 <= l < LANES ==> IsQuotient(out[l],KeptSum(t,kept,n,l),KeptCount(kept,n));
    //@ assert mean: \forall integer l; 0 <= l < LANES ==> IsKeptMean(out[l],t,kept,n,l);
    //@ assert keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    return 0;
  }
  //@ assert rows_now: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> t[i][l] == \at(t[i][l],Pre);
  /*@ assert window: \forall integer l; 0 <= l < LANES ==>
        top[l] == \at(top[l],Pre) && exponent[l] == \at(exponent[l],Pre) && place[l] == \at(place[l],Pre); */
  /*@ assert parts: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==>
        upper[i][l] == \at(upper[i][l],Pre) && lower[i][l] == \at(lower[i][l],Pre); */
  int lanes = divided && mark < 0;
  /*@ assert in_parts: lanes != 0 && (\forall integer l; 0 <= l < LANES ==> top[l] < SPECIAL) ==>
        Places(exponent) && Places(place) && RowsInParts{Here,Here}(t,n,exponent,place,upper,lower); */
  int exact = mean_undecided(t, kept, n, k, lanes, top, open, exponent, upper, lower, some, out) /*@ ghost (place) */;
  //@ assert keys_undecided: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
  //@ assert mean_undecided: \forall integer l; 0 <= l < LANES ==> IsKeptMean{Pre}(out[l],t,kept,n,l);
  return exact;
}
