/* Values in two parts: see parts.h. */
#include "exact/parts.h"
#include "exact/shift.h"
#include "lemmas/parts.h"
#include "lemmas/window.h"

/*@ // a value that the window cuts off reaches no further than the place
  @ predicate Placed(integer k, integer exponent, integer place) = WINDOW < CutBits(k,exponent) ==> Shift(Magnitude(k)) <= place;
  @*/

/* The parts of m 2^shift, d bits below the exponent. */
/*@ requires m: m < 2*FRACTION;
    requires d: 0 <= shift && 0 <= d && shift + d <= SHIFT_MAX;
    requires place: 0 <= place <= SHIFT_MAX && (WINDOW < d ==> shift <= place);
    requires lower: \valid(lower);
    terminates \true; exits \false; assigns *lower;
    ensures parts: HasParts(Up(m,shift),\result,shift+d,*lower,place); */
KERNEL int64_t magnitude_in_parts(uint64_t m, int32_t d, int32_t shift, int32_t place, int64_t *lower)
{
  uint64_t x = m * WINDOW_UNIT;
  int32_t c = d < 63 ? d : 63;
  uint64_t units = shift_right(x, c);
  uint64_t rest = x - shift_left(units, c);
  int32_t below = place < shift ? 0 : place - shift;
  int32_t b = below < 63 ? below : 63;
  uint64_t term = shift_right(rest, b);
  //@ ghost lemma_two_parts(m, d, c, units, rest, below, b, term, shift, place);
  *lower = (int64_t)term;
  return (int64_t)units;
}

/*@ requires key: Finite(k);
    requires exponent: Shift(Magnitude(k)) <= exponent <= SHIFT_MAX;
    requires place: 0 <= place <= SHIFT_MAX && Placed(k,exponent,place);
    requires lower: \valid(lower);
    terminates \true; exits \false; assigns *lower;
    ensures parts: HasParts(Val(k),\result,exponent,*lower,place); */
KERNEL int64_t in_parts(key k, int32_t exponent, int32_t place, int64_t *lower)
{
  key r = k < 0 ? -1 - k : k;
  key shift = r < FRACTION ? 0 : r / FRACTION - 1;
  int64_t rest;
  //@ assert value: Value(r) == Up(Significand(r),shift);
  int64_t units = magnitude_in_parts((uint64_t)(r - shift * FRACTION), exponent - shift, shift, place, &rest);
  //@ ghost lemma_parts_of_key(k, units, exponent, rest, place);
  *lower = k < 0 ? -rest : rest;
  return k < 0 ? -units : units;
}

/* The greatest magnitude that the window of a lane cuts off. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1)) && \valid_read(exponent + (0 .. LANES-1)) && \valid(most + (0 .. LANES-1));
    requires apart: \separated(most + (0 .. LANES-1), keys + (0 .. LANES-1), exponent + (0 .. LANES-1));
    requires finite: \forall integer l; 0 <= l < LANES ==> Finite(keys[l]) && 0 <= exponent[l] <= SHIFT_MAX;
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= most[l] < SPECIAL;
    terminates \true; exits \false; assigns most[0 .. LANES-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= most[l] < SPECIAL;
    ensures most: \forall integer l; 0 <= l < LANES ==> \old(most[l]) <= most[l]
      && (WINDOW < CutBits(keys[l],exponent[l]) ==> Magnitude(keys[l]) <= most[l]); */
KERNEL void raise_cut_off(const key *restrict keys, const int32_t *restrict exponent, key *restrict most)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant same: \forall integer j; 0 <= j < LANES ==> keys[j] == \at(keys[j],Pre) && exponent[j] == \at(exponent[j],Pre);
      loop invariant range: \forall integer j; 0 <= j < LANES ==> 0 <= most[j] < SPECIAL;
      loop invariant done: \forall integer j; 0 <= j < l ==> \at(most[j],Pre) <= most[j]
        && (WINDOW < CutBits(keys[j],exponent[j]) ==> Magnitude(keys[j]) <= most[j]);
      loop invariant rest: \forall integer j; l <= j < LANES ==> most[j] == \at(most[j],Pre);
      loop assigns l, most[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key r = keys[l] < 0 ? -1 - keys[l] : keys[l];
    key cut = r < (exponent[l] - WINDOW + 1) * FRACTION ? r : 0;
    //@ assert cut: WINDOW < CutBits(keys[l],exponent[l]) ==> r == cut;
    most[l] = cut > most[l] ? cut : most[l];
  }
}

/*@ predicate RowPlaced{L}(key *keys, int32_t *exponent, int32_t *place) =
  @   \forall integer l; 0 <= l < LANES ==> Placed(keys[l],exponent[l],place[l]);
  @*/

/* Where the lower windows lie. */
/*@ requires rows: Rows(t,0,n);
    requires window: \valid_read(exponent + (0 .. LANES-1)) && Places(exponent);
    requires finite: FiniteBelow(t,n,exponent);
    requires place: \valid(place + (0 .. LANES-1)) && \separated(place + (0 .. LANES-1), exponent + (0 .. LANES-1), t + (0 .. n-1));
    terminates \true; exits \false; assigns place[0 .. LANES-1];
    ensures places: Places(place);
    ensures placed: \forall integer i; 0 <= i < n ==> RowPlaced(&t[i][0],exponent,place); */
KERNEL void lower_places(const row *t, int n, const int32_t *restrict exponent, int32_t *restrict place)
{
  key most[LANES];
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer j; 0 <= j < l ==> most[j] == 0;
      loop assigns l, most[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) most[l] = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant range: \forall integer l; 0 <= l < LANES ==> 0 <= most[l] < SPECIAL;
      loop invariant most: \forall integer j, l; 0 <= j < i && 0 <= l < LANES && WINDOW < CutBits(t[j][l],exponent[l]) ==> Magnitude(t[j][l]) <= most[l];
      loop assigns i, most[0 .. LANES-1];
      loop variant n - i; */
  for (int i = 0; i < n; i++) raise_cut_off(t[i], exponent, most);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant rows: \forall integer i, j; 0 <= i < n && 0 <= j < LANES ==> t[i][j] == \at(t[i][j],Pre);
      loop invariant window: \forall integer j; 0 <= j < LANES ==> exponent[j] == \at(exponent[j],Pre);
      loop invariant places: \forall integer j; 0 <= j < l ==> 0 <= place[j] <= SHIFT_MAX && place[j] == Shift(most[j]);
      loop assigns l, place[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) place[l] = (int32_t)(most[l] < FRACTION ? 0 : most[l] / FRACTION - 1);
}

/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(place + (0 .. LANES-1));
    requires parts: \valid(upper + (0 .. LANES-1)) && \valid(lower + (0 .. LANES-1));
    requires apart: \separated(upper + (0 .. LANES-1), lower + (0 .. LANES-1), keys + (0 .. LANES-1), exponent + (0 .. LANES-1), place + (0 .. LANES-1));
    requires finite: \forall integer l; 0 <= l < LANES ==> Finite(keys[l]) && Shift(Magnitude(keys[l])) <= exponent[l] <= SHIFT_MAX;
    requires places: Places(place) && RowPlaced(keys,exponent,place);
    terminates \true; exits \false; assigns upper[0 .. LANES-1], lower[0 .. LANES-1];
    ensures parts: \forall integer l; 0 <= l < LANES ==>
      HasParts(\old(Val(keys[l])),upper[l],\old(exponent[l]),lower[l],\old(place[l])); */
KERNEL void row_in_parts(const key *restrict keys, const int32_t *restrict exponent, const int32_t *restrict place, int64_t *restrict upper,
                         int64_t *restrict lower)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant same: \forall integer j; 0 <= j < LANES ==>
        keys[j] == \at(keys[j],Pre) && exponent[j] == \at(exponent[j],Pre) && place[j] == \at(place[j],Pre);
      loop invariant parts: \forall integer j; 0 <= j < l ==> HasParts(\at(Val(keys[j]),Pre),upper[j],exponent[j],lower[j],place[j]);
      loop assigns l, upper[0 .. LANES-1], lower[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int64_t rest, units = in_parts(keys[l], exponent[l], place[l], &rest);
    //@ assert parts: HasParts(\at(Val(keys[\at(l,Here)]),Pre),units,exponent[l],rest,place[l]);
    upper[l] = units;
    lower[l] = rest;
  }
}

KERNEL void rows_in_parts(const row *t, int n, const int32_t *restrict exponent, int32_t *restrict place, term_row *restrict upper,
                          term_row *restrict lower)
{
  lower_places(t, n, exponent, place);
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant rows: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == \at(t[j][l],Pre);
      loop invariant window: \forall integer l; 0 <= l < LANES ==> exponent[l] == \at(exponent[l],Pre);
      loop invariant places: Places(place);
      loop invariant placed: \forall integer j; 0 <= j < n ==> RowPlaced(&t[j][0],exponent,place);
      loop invariant parts: RowsInParts{Pre,Here}(t,i,exponent,place,upper,lower);
      loop assigns i, (&upper[0][0])[0 .. n*LANES-1], (&lower[0][0])[0 .. n*LANES-1];
      loop variant n - i; */
  for (int i = 0; i < n; i++) row_in_parts(t[i], exponent, place, upper[i], lower[i]);
}
