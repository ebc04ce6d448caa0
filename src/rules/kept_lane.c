/* The mean of the rows kept in one lane: see kept_lane.h. */
#include "rules/kept_lane.h"
#include "exact/nearest.h"
#include "exact/parts.h"
#include "exact/wide.h"
#include "lemmas/parts.h"
#include "lemmas/power.h"
#include "lemmas/shared.h"
#include "lemmas/value.h"
#include "lemmas/window.h"

/*@ predicate FiniteLane{L}(row *t, integer n, integer l) = \forall integer i; 0 <= i < n ==> Finite(t[i][l]);
  @*/

/* In the wide accumulator. */
/*@ requires rows: Rows(t,0,n) && 0 <= l < LANES;
    requires kept: \valid_read(kept + (0 .. n-1)) && 1 <= KeptCount(kept,n) && k == KeptCount(kept,n);
    requires finite: FiniteLane(t,n,l);
    terminates \true; exits \false; assigns \nothing;
    ensures quotient: IsQuotient(\result,\old(KeptSum(t,kept,n,l)),k); */
KERNEL key kept_wide(const row *t, const unsigned char *kept, int n, int k, int l)
{
  int64_t a[LIMBS];
  int i = 0;
  //@ ghost lemma_kept_bound(t, kept, n);
  //@ assert finite: KeptFinite{Pre}(t,kept,n,l);
  //@ assert bound: Abs(KeptSum{Pre}(t,kept,n,l)) <= k*Value(SPECIAL-1);
  wide_clear(a);
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant sum: Limbs(&a[0],0) == KeptSum{Pre}(t,kept,i,l);
      loop invariant bounded: Bounded(&a[0],i);
      loop assigns i, a[0 .. LIMBS-1];
      loop variant n - i; */
  for (; i < n; i++) {
    //@ assert next: KeptSum{Pre}(t,kept,i+1,l) == KeptSum{Pre}(t,kept,i,l) + (kept[i] != 0 ? Val(t[i][l]) : 0);
    wide_add(a, kept[i] ? t[i][l] : 0) /*@ ghost (i) */;
  }
  //@ assert end: i == n;
  int sign = wide_absolute(a) /*@ ghost (n) */;
  key r = wide_quotient(a, k);
  key z = sign < 0 ? -1 - r : r;
  //@ assert quotient: IsQuotient(z,KeptSum{Pre}(t,kept,n,l),k);
  return z;
}

/* The sums of the parts of the rows kept. */
/*@ requires rows: 1 <= n <= WINDOW_ROWS && 0 <= l < LANES;
    requires kept: \valid_read(kept + (0 .. n-1));
    requires parts: \valid_read(upper + (0 .. n-1)) && \valid_read(lower + (0 .. n-1));
    requires apart: \valid(units) && \valid(rest) && \separated(units,rest);
    requires place: 0 <= exponent <= SHIFT_MAX && 0 <= place <= SHIFT_MAX;
    requires in_parts: \forall integer i; 0 <= i < n ==> HasParts(Val(t[i][l]),upper[i][l],exponent,lower[i][l],place);
    terminates \true; exits \false; assigns *units, *rest;
    ensures parts: InParts(\old(KeptSum(t,kept,n,l)),*units,exponent,*rest,place,n);
    ensures near: Within(\old(KeptSum(t,kept,n,l)),*units,exponent,n);
    ensures small: -n*TERM_MAX <= *units <= n*TERM_MAX && -n*TERM_MAX <= *rest <= n*TERM_MAX; */
KERNEL void sums_of_parts(const unsigned char *kept, int n, int l, const term_row *upper, const term_row *lower, int64_t *units, int64_t *rest)
  /*@ ghost (const row *t, int32_t exponent, int32_t place) */
{
  int64_t high = 0, low = 0;
  //@ ghost lemma_parts_of_zero(exponent, place);
  //@ ghost lemma_within_zero(exponent);
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant parts: InParts(KeptSum{Pre}(t,kept,i,l),high,exponent,low,place,i);
      loop invariant near: Within(KeptSum{Pre}(t,kept,i,l),high,exponent,i);
      loop invariant small: -i*TERM_MAX <= high <= i*TERM_MAX && -i*TERM_MAX <= low <= i*TERM_MAX;
      loop assigns i, high, low;
      loop variant n - i; */
  for (int i = 0; i < n; i++) {
    int64_t whole = kept[i] ? upper[i][l] : 0, below = kept[i] ? lower[i][l] : 0;
    //@ assert next: KeptSum{Pre}(t,kept,i+1,l) == KeptSum{Pre}(t,kept,i,l) + (kept[i] != 0 ? Val(t[i][l]) : 0);
    //@ assert part: HasParts(kept[i] != 0 ? Val(t[i][l]) : 0,whole,exponent,below,place);
    //@ ghost lemma_parts_join(high, low, i, whole, below, exponent, place);
    high += whole;
    low += below;
    //@ assert joined: InParts(KeptSum{Pre}(t,kept,i+1,l),high,exponent,low,place,i+1);
    //@ assert joined_near: Within(KeptSum{Pre}(t,kept,i+1,l),high,exponent,i+1);
  }
  *units = high;
  *rest = low;
}

KERNEL key mean_of_lane(const row *t, const unsigned char *kept, int n, int k, int l, int32_t exponent, const term_row *upper, const term_row *lower,
                        int *exact) /*@ ghost (int32_t place) */
{
  int64_t units, rest;
  key z;
  sums_of_parts(kept, n, l, upper, lower, &units, &rest) /*@ ghost (t, exponent, place) */;
  int32_t side = rest > n ? 1 : rest < -n ? -1 : 0;
  //@ ghost lemma_parts_side(exponent, place, n, n);
  //@ assert beside: side != 0 ==> Beside(KeptSum{Pre}(t,kept,n,l),units,exponent,side,n);
  int64_t near = side != 0 && k <= NEAR_ROWS ? near_quotient(units, exponent, side, n, k, &z) : 0;
  //@ assert near: near != 0 ==> IsQuotient(z,KeptSum{Pre}(t,kept,n,l),k);
  *exact = near == 0 ? 1 : 0;
  /*@ ghost
      int i = 0;
      /@ loop invariant i: 0 <= i <= n;
         loop invariant same: KeptSum(t,kept,i,l) == KeptSum{Pre}(t,kept,i,l) && KeptCount(kept,i) == KeptCount{Pre}(kept,i);
         loop assigns i;
         loop variant n - i; @/
      for (; i < n; i++) {
        /@ assert here: KeptSum(t,kept,i+1,l) == KeptSum(t,kept,i,l) + (kept[i] != 0 ? Val(t[i][l]) : 0); @/
        /@ assert pre: KeptSum{Pre}(t,kept,i+1,l) == KeptSum{Pre}(t,kept,i,l) + (kept[i] != 0 ? Val(t[i][l]) : 0); @/
      }
      /@ assert end: i == n; @/
  */
  //@ assert same: KeptSum(t,kept,n,l) == KeptSum{Pre}(t,kept,n,l) && KeptCount(kept,n) == k;
  return near ? z : kept_wide(t, kept, n, k, l);
}
