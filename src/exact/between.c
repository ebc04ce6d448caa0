/* The values of a row between two bounds: see between.h. */
#include "exact/between.h"

KERNEL void keep_between(const key *restrict keys, const key *restrict above, const key *restrict to, key *restrict kept)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant value: \forall integer j; 0 <= j < l ==> Val(kept[j]) == Between(\at(keys[j],Pre),\at(above[j],Pre),\at(to[j],Pre));
      loop invariant key: \forall integer j; 0 <= j < l ==> IsKey(kept[j]);
      loop invariant magnitude: \forall integer j; 0 <= j < l ==> Magnitude(kept[j]) <= \at(to[j],Pre);
      loop invariant same: \forall integer j; 0 <= j < LANES ==>
        keys[j] == \at(keys[j],Pre) && above[j] == \at(above[j],Pre) && to[j] == \at(to[j],Pre);
      loop assigns l, kept[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key r = keys[l] < 0 ? -1 - keys[l] : keys[l];
    key low = above[l], high = to[l];
    //@ assert zero: Val(0) == 0;
    kept[l] = low < r && r <= high ? keys[l] : 0;
  }
}
