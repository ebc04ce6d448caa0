/* The coordinate-wise trimmed mean (Yin et al. 2018, Definition 2): the mean of x_(f), ..., x_(n-f-1).
 *
 * Whatever f rows hold, the ranks kept lie between the least and the greatest value of the others: proofs/lemmas/containment.h.
 */
#include "rules/rules.h"
#include "exact/mean.h"
#include "lemmas/order.h"
#include "order/sort.h"

KERNEL int mean_of_ranks(row *t, int n, int lo, int hi, key *out)
{
  sort_tile(t, n);
  /*@ ghost lemma_sum_bound(t, lo, hi - lo); */
  int exact = mean_rows(t, lo, hi, hi - lo, out);
  /*@ assert ranks: \forall integer j, l; lo <= j < hi && 0 <= l < LANES ==> t[j][l] == Rank{Pre}(t,n,l,j); */
  /*@ ghost
      int i = lo;
      /@ loop invariant i: lo <= i <= hi;
         loop invariant sum: \forall integer l; 0 <= l < LANES ==> Sum(t,lo,i,l) == RankSum{Pre}(t,n,l,lo,i);
         loop assigns i; loop variant hi - i; @/
      for (; i < hi; i++) {
        /@ assert rows: \forall integer l; 0 <= l < LANES ==> Sum(t,lo,i+1,l) == Sum(t,lo,i,l) + Val(t[i][l]); @/
        /@ assert ranks: \forall integer l; 0 <= l < LANES ==>
             RankSum{Pre}(t,n,l,lo,i+1) == RankSum{Pre}(t,n,l,lo,i) + Val(t[i][l]); @/
      }
  */
  /*@ assert finite: \forall integer l; 0 <= l < LANES ==> (AllFinite(t,lo,hi,l) <==> RanksFinite{Pre}(t,n,l,lo,hi)); */
  /*@ assert nan: \forall integer l; 0 <= l < LANES ==> (HasNaN(t,lo,hi,l) <==> RanksHave{Pre}(t,n,l,lo,hi,QUIET_NAN)); */
  /*@ assert plus: \forall integer l; 0 <= l < LANES ==> (HasPlus(t,lo,hi,l) <==> RanksHave{Pre}(t,n,l,lo,hi,SPECIAL)); */
  /*@ assert minus: \forall integer l; 0 <= l < LANES ==> (HasMinus(t,lo,hi,l) <==> RanksHave{Pre}(t,n,l,lo,hi,-1-SPECIAL)); */
  return exact;
}

KERNEL int trimmed_mean(row *t, int n, int f, key *out)
{
  return mean_of_ranks(t, n, f, n - f, out);
}
