#include "rules/rules.h"
#include "exact/mean.h"
#include "order/sort.h"
KERNEL int trimmed_mean(row *t, int n, int f, key *out)
{
  sort_tile(t, n);
  return mean_rows(t, f, n - f, n - 2 * f, out);
}
