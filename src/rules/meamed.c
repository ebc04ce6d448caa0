#include "rules/rules.h"
#include "exact/mean.h"
#include "exact/compare.h"
#include "order/sort.h"

KERNEL int meamed(row *t, int n, int f, key *out, int *ties)
{
  int kept = n - f, tied = 0;
  int start[LANES], nan[LANES];
  sort_tile(t, n);
  for (int l = 0; l < LANES; l++) {
    key a = t[(n - 1) / 2][l], b = t[n / 2][l];
    int s = 0, last = n;
    while (s < n && t[s][l] < -SPECIAL) s++;
    while (last > s && t[last - 1][l] >= SPECIAL) last--;
    nan[l] = a < -SPECIAL || b >= SPECIAL || last - s < kept;
    start[l] = 0;
    if (!nan[l]) {
      while (s + kept < last && compare_sums(t[s][l], t[s + kept][l], a, b) < 0) s++;
      if (s + kept < last && compare_sums(t[s][l], t[s + kept][l], a, b) == 0 && compare_sums(t[s][l], t[s][l], t[s + kept][l], t[s + kept][l]) != 0) tied++;
      start[l] = s;
    }
  }
  for (int i = 0; i < n; i++)
    for (int l = 0; l < LANES; l++) t[i][l] = nan[l] ? QUIET_NAN : i >= start[l] && i - start[l] < kept ? t[i][l] : 0;
  *ties = tied;
  return mean_rows(t, 0, n, kept, out);
}
