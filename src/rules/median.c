#include "rules/rules.h"
#include "exact/mean.h"
#include "order/sort.h"
KERNEL int median(row *t, int n, int kind, key *out)
{
  sort_tile(t, n);
  if (n % 2 == 0 && kind == 0) return mean_rows(t, n / 2 - 1, n / 2 + 1, 2, out);
  int rank = kind == 2 ? n / 2 : (n - 1) / 2;
  for (int l = 0; l < LANES; l++) out[l] = t[rank][l];
  return 0;
}
