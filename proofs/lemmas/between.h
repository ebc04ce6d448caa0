/* Lemma functions about sums of the values between two bounds. */
#ifndef LEMMAS_BETWEEN_H
#define LEMMAS_BETWEEN_H

#include "exact/between.h"

/* Two ranges that meet add up to the one of both; a range that no value is out of is the whole sum. */
/*@ ghost
  /@ requires lo: 0 <= lo <= hi;
     terminates \true; exits \false; assigns \nothing;
     ensures split: \forall integer l, a, b, c; a <= b <= c ==>
       SumBetween(t,lo,hi,l,a,c) == SumBetween(t,lo,hi,l,a,b) + SumBetween(t,lo,hi,l,b,c);
     ensures all: \forall integer l, top; (\forall integer i; lo <= i < hi ==> Magnitude(t[i][l]) <= top) ==>
       SumBetween(t,lo,hi,l,-1,top) == Sum(t,lo,hi,l); @/
  void lemma_sum_between(const row *t, int lo, int hi);
*/

#endif
