/* The average: the mean of all rows. It resists nothing (Blanchard et al. 2017, Lemma 1) and is the point of reference.
 *
 * mean_rows speaks of the memory after it has written out. What it says holds of the memory before, as no row changed: a ghost loop
 * carries the sums over.
 */
#include "rules/rules.h"
#include "exact/mean.h"
#include "lemmas/order.h"

KERNEL int mean_of_rows(const row *t, int n, int k, key *out)
{
  int exact = mean_rows(t, 0, n, k, out);
  /*@ ghost
      int i = 0;
      /@ loop invariant i: 0 <= i <= n;
         loop invariant sum: \forall integer l; 0 <= l < LANES ==> Sum(t,0,i,l) == Sum{Pre}(t,0,i,l);
         loop assigns i; loop variant n - i; @/
      for (; i < n; i++) {
        /@ assert same: \forall integer l; 0 <= l < LANES ==> t[i][l] == \at(t[\at(i,Here)][l],Pre); @/
        /@ assert here: \forall integer l; 0 <= l < LANES ==> Sum(t,0,i+1,l) == Sum(t,0,i,l) + Val(t[i][l]); @/
        /@ assert pre: \forall integer l; 0 <= l < LANES ==> Sum{Pre}(t,0,i+1,l) == Sum{Pre}(t,0,i,l) + Val(t[i][l]); @/
      }
  */
  /*@ assert rows: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == \at(t[j][l],Pre); */
  /*@ assert finite: \forall integer l; 0 <= l < LANES ==> (AllFinite(t,0,n,l) <==> AllFinite{Pre}(t,0,n,l)); */
  /*@ assert nan: \forall integer l; 0 <= l < LANES ==> (HasNaN(t,0,n,l) <==> HasNaN{Pre}(t,0,n,l)); */
  /*@ assert plus: \forall integer l; 0 <= l < LANES ==> (HasPlus(t,0,n,l) <==> HasPlus{Pre}(t,0,n,l)); */
  /*@ assert minus: \forall integer l; 0 <= l < LANES ==> (HasMinus(t,0,n,l) <==> HasMinus{Pre}(t,0,n,l)); */
  return exact;
}

KERNEL int average(const row *t, int n, key *out)
{
  /*@ ghost lemma_sum_bound(t, 0, n); */
  return mean_of_rows(t, n, n, out);
}
