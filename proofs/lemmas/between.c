/* Lemma functions about sums of the values between two bounds: see between.h. */
#include "lemmas/between.h"

/*@ ghost
  void lemma_sum_between(const row *t, int lo, int hi)
  {
    int i = lo;
    /@ loop invariant i: lo <= i <= hi;
       loop invariant split: \forall integer l, a, b, c; a <= b <= c ==>
         SumBetween(t,lo,i,l,a,c) == SumBetween(t,lo,i,l,a,b) + SumBetween(t,lo,i,l,b,c);
       loop invariant all: \forall integer l, top; (\forall integer j; lo <= j < i ==> Magnitude(t[j][l]) <= top) ==>
         SumBetween(t,lo,i,l,-1,top) == Sum(t,lo,i,l);
       loop assigns i; loop variant hi - i; @/
    for (; i < hi; i++) {
      /@ assert between: \forall integer l, a, b; SumBetween(t,lo,i+1,l,a,b) == SumBetween(t,lo,i,l,a,b) + Between(t[i][l],a,b); @/
      /@ assert sum: \forall integer l; Sum(t,lo,i+1,l) == Sum(t,lo,i,l) + Val(t[i][l]); @/
    }
    /@ assert end: i == hi; @/
  }
*/
