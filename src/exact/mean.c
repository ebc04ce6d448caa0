/* The correctly rounded mean of rows of a tile: see mean.h. */
#include "exact/mean.h"
#include "exact/cancel.h"
#include "exact/wide.h"
#include "lemmas/power.h"
#include "lemmas/value.h"

/* The mean of finite values, in the wide accumulator. */
/*@ requires rows: Rows(t,lo,hi) && 0 <= l < LANES && 1 <= k <= hi - lo;
    requires finite: AllFinite(t,lo,hi,l);
    requires bound: Abs(Sum(t,lo,hi,l)) <= k*Value(SPECIAL-1);
    terminates \true; exits \false; assigns \nothing;
    ensures quotient: IsQuotient(\result,\old(Sum(t,lo,hi,l)),k); */
KERNEL key mean_wide(const row *t, int lo, int hi, int k, int l)
{
  int64_t a[LIMBS];
  int i = lo;
  wide_clear(a);
  /*@ loop invariant i: lo <= i <= hi;
      loop invariant sum: Limbs(&a[0],0) == Sum{Pre}(t,lo,i,l);
      loop invariant bounded: Bounded(&a[0],i-lo);
      loop assigns i, a[0 .. LIMBS-1];
      loop variant hi - i; */
  for (; i < hi; i++) wide_add(a, t[i][l]) /*@ ghost (i - lo) */;
  //@ assert end: i == hi;
  //@ ghost lemma_value(SPECIAL - 1);
  //@ ghost lemma_more(k, ROWS_MAX);
  //@ assert room: AtMost(k,ROWS_MAX,Value(SPECIAL-1));
  int sign = wide_absolute(a) /*@ ghost (hi - lo) */;
  key r = wide_quotient(a, k);
  key z = sign < 0 ? -1 - r : r;
  //@ assert quotient: IsQuotient(z,Sum{Pre}(t,lo,hi,l),k);
  return z;
}

/* The mean of values that are not all finite. */
/*@ requires rows: Rows(t,lo,hi) && 0 <= l < LANES;
    requires special: !AllFinite(t,lo,hi,l);
    terminates \true; exits \false; assigns \nothing;
    ensures mean: \forall integer k; IsMean(\result,t,lo,hi,l,k);
    ensures key: IsKey(\result); */
KERNEL key mean_special(const row *t, int lo, int hi, int l)
{
  int minus = 0, plus = 0, nan = 0;
  /*@ loop invariant i: lo <= i <= hi;
      loop invariant minus: minus != 0 <==> HasMinus(t,lo,i,l);
      loop invariant plus: plus != 0 <==> HasPlus(t,lo,i,l);
      loop invariant nan: nan != 0 <==> HasNaN(t,lo,i,l);
      loop invariant finite: AllFinite(t,lo,i,l) || HasMinus(t,lo,i,l) || HasPlus(t,lo,i,l) || HasNaN(t,lo,i,l);
      loop assigns i, minus, plus, nan;
      loop variant hi - i; */
  for (int i = lo; i < hi; i++) {
    key z = t[i][l];
    minus = z < -SPECIAL ? 1 : minus;
    plus = z == SPECIAL ? 1 : plus;
    nan = z > SPECIAL ? 1 : nan;
  }
  return nan || (minus && plus) ? QUIET_NAN : minus ? -1 - SPECIAL : SPECIAL;
}


/* One lane: what the window left open, or what is not finite. exact tells whether the wide accumulator was needed. */
/*@ requires rows: Rows(t,lo,hi) && 0 <= l < LANES && 1 <= k <= hi - lo;
    requires bound: AllFinite(t,lo,hi,l) ==> Abs(Sum(t,lo,hi,l)) <= k*Value(SPECIAL-1);
    requires largest: \forall integer i; lo <= i < hi ==> Magnitude(t[i][l]) <= top;
    requires attained: top == 0 || \exists integer i; lo <= i < hi && Magnitude(t[i][l]) == top;
    requires window: open == 0 ==> IsQuotient(z,Sum(t,lo,hi,l),k);
    terminates \true; exits \false; assigns \nothing;
    ensures mean: IsMean(\result,t,lo,hi,l,k);
    ensures key: IsKey(\result); */
KERNEL key mean_lane(const row *t, int lo, int hi, int k, int l, key top, int open, key z)
{
  //@ assert finite: top < SPECIAL ==> AllFinite(t,lo,hi,l);
  //@ assert special: SPECIAL <= top ==> !AllFinite(t,lo,hi,l);
  return top >= SPECIAL ? mean_special(t, lo, hi, l) : open ? mean_wide(t, lo, hi, k, l) : z;
}

KERNEL int mean_rows(const row *t, int lo, int hi, int k, key *out)
{
  key top[LANES];
  int32_t open[LANES];
  int exact = 0;
  largest_magnitudes(t, lo, hi, top);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant open: \forall integer j; 0 <= j < l ==> open[j] == 1;
      loop assigns l, open[0 .. LANES-1], out[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    open[l] = 1;
    out[l] = 0;
  }
  //@ assert rows: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> t[i][l] == \at(t[i][l],Pre);
  /*@ ghost
      int i = lo;
      /@ loop invariant i: lo <= i <= hi;
         loop invariant same: \forall integer l; 0 <= l < LANES ==> Sum(t,lo,i,l) == Sum{Pre}(t,lo,i,l);
         loop assigns i;
         loop variant hi - i; @/
      for (; i < hi; i++) {
        /@ assert here: \forall integer l; 0 <= l < LANES ==> Sum(t,lo,i+1,l) == Sum(t,lo,i,l) + Val(t[i][l]); @/
        /@ assert pre: \forall integer l; 0 <= l < LANES ==> Sum{Pre}(t,lo,i+1,l) == Sum{Pre}(t,lo,i,l) + Val(t[i][l]); @/
      }
      /@ assert end: i == hi; @/
  */
  if (hi - lo <= WINDOW_ROWS) means_by_windows(t, lo, hi, k, top, out, open);
  //@ assert window: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> IsQuotient(out[l],Sum{Pre}(t,lo,hi,l),k);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant mean: \forall integer j; 0 <= j < l ==> IsMean{Pre}(out[j],t,lo,hi,j,k);
      loop invariant keys: \forall integer j; 0 <= j < l ==> IsKey(out[j]);
      loop invariant rest: \forall integer j; l <= j < LANES && open[j] == 0 ==> IsQuotient(out[j],Sum{Pre}(t,lo,hi,j),k);
      loop invariant count: 0 <= exact <= l;
      loop assigns l, exact, out[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    //@ assert same: \forall integer i, j; lo <= i < hi && 0 <= j < LANES ==> t[i][j] == \at(t[i][j],Pre);
    //@ assert rows: Rows(t,lo,hi);
    /*@ ghost
        int i = lo;
        /@ loop invariant i: lo <= i <= hi;
           loop invariant same: Sum(t,lo,i,l) == Sum{Pre}(t,lo,i,\at(l,Here));
           loop assigns i;
           loop variant hi - i; @/
        for (; i < hi; i++) {
          /@ assert here: Sum(t,lo,i+1,l) == Sum(t,lo,i,l) + Val(t[i][l]); @/
          /@ assert pre: Sum{Pre}(t,lo,i+1,\at(l,Here)) == Sum{Pre}(t,lo,i,\at(l,Here)) + Val(t[i][l]); @/
        }
        /@ assert end: i == hi; @/
    */
    //@ assert finite: AllFinite(t,lo,hi,l) <==> AllFinite{Pre}(t,lo,hi,\at(l,Here));
    //@ assert nan: HasNaN(t,lo,hi,l) <==> HasNaN{Pre}(t,lo,hi,\at(l,Here));
    //@ assert plus: HasPlus(t,lo,hi,l) <==> HasPlus{Pre}(t,lo,hi,\at(l,Here));
    //@ assert minus: HasMinus(t,lo,hi,l) <==> HasMinus{Pre}(t,lo,hi,\at(l,Here));
    exact += open[l] != 0 && 0 < top[l] && top[l] < SPECIAL;
    key z = mean_lane(t, lo, hi, k, l, top[l], open[l], out[l]);
    //@ assert mean: IsMean{Pre}(z,t,lo,hi,\at(l,Here),k);
    out[l] = z;
  }
  //@ assert same: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> t[i][l] == \at(t[i][l],Pre);
  /*@ ghost
      int j = lo;
      /@ loop invariant i: lo <= j <= hi;
         loop invariant same: \forall integer l; 0 <= l < LANES ==> Sum(t,lo,j,l) == Sum{Pre}(t,lo,j,l);
         loop assigns j;
         loop variant hi - j; @/
      for (; j < hi; j++) {
        /@ assert here: \forall integer l; 0 <= l < LANES ==> Sum(t,lo,j+1,l) == Sum(t,lo,j,l) + Val(t[j][l]); @/
        /@ assert pre: \forall integer l; 0 <= l < LANES ==> Sum{Pre}(t,lo,j+1,l) == Sum{Pre}(t,lo,j,l) + Val(t[j][l]); @/
      }
      /@ assert end: j == hi; @/
  */
  //@ assert finite: \forall integer l; 0 <= l < LANES ==> (AllFinite(t,lo,hi,l) <==> AllFinite{Pre}(t,lo,hi,l));
  //@ assert nan: \forall integer l; 0 <= l < LANES ==> (HasNaN(t,lo,hi,l) <==> HasNaN{Pre}(t,lo,hi,l));
  //@ assert plus: \forall integer l; 0 <= l < LANES ==> (HasPlus(t,lo,hi,l) <==> HasPlus{Pre}(t,lo,hi,l));
  //@ assert minus: \forall integer l; 0 <= l < LANES ==> (HasMinus(t,lo,hi,l) <==> HasMinus{Pre}(t,lo,hi,l));
  return exact;
}
