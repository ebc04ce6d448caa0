/* Where the window of a lane lies: see window.h. */
#include "exact/window.h"

/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires top: \valid(top + (0 .. LANES-1));
    requires apart: \separated(keys + (0 .. LANES-1), top + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    terminates \true; exits \false; assigns top[0 .. LANES-1];
    ensures top: \forall integer l; 0 <= l < LANES ==> top[l] == \max(\old(top[l]),Magnitude(keys[l])); */
KERNEL void raise_top(const key *restrict keys, key *restrict top)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant done: \forall integer i; 0 <= i < l ==> top[i] == \max(\at(top[i],Pre),Magnitude(keys[i]));
      loop invariant rest: \forall integer i; l <= i < LANES ==> top[i] == \at(top[i],Pre);
      loop assigns l, top[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key r = keys[l] < 0 ? -1 - keys[l] : keys[l];
    top[l] = r > top[l] ? r : top[l];
  }
}

KERNEL void largest_magnitudes(const row *t, int lo, int hi, key *restrict top)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer i; 0 <= i < l ==> top[i] == 0;
      loop assigns l, top[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) top[l] = 0;
  /*@ loop invariant i: lo <= i <= hi;
      loop invariant range: \forall integer l; 0 <= l < LANES ==> 0 <= top[l] <= QUIET_NAN;
      loop invariant top: \forall integer j, l; lo <= j < i && 0 <= l < LANES ==> Magnitude(t[j][l]) <= top[l];
      loop invariant attained: \forall integer l; 0 <= l < LANES ==> top[l] == 0 || \exists integer j; lo <= j < i && Magnitude(t[j][l]) == top[l];
      loop assigns i, top[0 .. LANES-1];
      loop variant hi - i; */
  for (int i = lo; i < hi; i++) raise_top(t[i], top);
}

KERNEL void window_exponents(const key *restrict top, int32_t *restrict exponent)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant done: \forall integer i; 0 <= i < l ==> exponent[i] == Shift(top[i]) && 0 <= exponent[i] <= SHIFT_MAX + 1;
      loop assigns l, exponent[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) exponent[l] = (int32_t)(top[l] < FRACTION ? 0 : top[l] / FRACTION - 1);
}
