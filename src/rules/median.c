/* The coordinate-wise median (Yin et al. 2018, Definition 1; Xie et al. 2018): the rank in the middle, or for an even n one of the
 * two or the mean of the two.
 */
#include "rules/rules.h"
#include "lemmas/order.h"
#include "order/sort.h"

/* x_(j) as it is: a selected -0 stays -0 */
/*@ requires n: 0 <= j < n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1));
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], out[0 .. LANES-1];
    ensures rank: \forall integer l; 0 <= l < LANES ==> out[l] == Rank{Pre}(t,n,l,j);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]); */
KERNEL void select_rank(row *t, int n, int j, key *out)
{
  sort_tile(t, n);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant out: \forall integer k; 0 <= k < l ==> out[k] == Rank{Pre}(t,n,k,j) && IsKey(out[k]);
      loop invariant row: \forall integer k; 0 <= k < LANES ==> t[j][k] == Rank{Pre}(t,n,k,j) && IsKey(t[j][k]);
      loop assigns l, out[0 .. LANES-1]; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) out[l] = t[j][l];
}

KERNEL int median(row *t, int n, int kind, key *out)
{
  if (n % 2 == 0 && kind == CERTIGAR_MIDPOINT) return mean_of_ranks(t, n, n / 2 - 1, n / 2 + 1, out);
  select_rank(t, n, kind == CERTIGAR_UPPER ? n / 2 : (n - 1) / 2, out);
  return 0;
}
