/* The mean of some rows of a tile: see mix.h. */
#include "rules/mix.h"
#include "lemmas/shared.h"

KERNEL void copy_keys(const key *restrict from, key *restrict to)
{
  for (int l = 0; l < LANES; l++) to[l] = from[l];
}

KERNEL int gather_listed(const row *t, const size_t *list, int length, row *some)
{
  for (int j = 0; j < length; j++) copy_keys(t[list[j]], some[j]);
  return length;
}

KERNEL int gather_others(const row *t, int n, const size_t *list, int length, row *some)
{
  int j = 0, c = 0;
  for (int i = 0; i < n; i++) {
    if (j < length && list[j] == (size_t)i) {
      j++;
    } else {
      copy_keys(t[i], some[c]);
      c++;
    }
  }
  return c;
}

KERNEL int gather_rows(const row *t, int n, const size_t *list, int length, int left_out, row *some)
{
  return left_out ? gather_others(t, n, list, length, some) : gather_listed(t, list, length, some);
}

/* Whether all lanes are finite and decided. */
KERNEL int all_decided(const key *restrict top, const int32_t *restrict open)
{
  int32_t undecided = 0;
  for (int l = 0; l < LANES; l++) undecided = open[l] != 0 || top[l] >= SPECIAL ? 1 : undecided;
  return undecided == 0;
}

KERNEL int mean_of_listed(const row *t, int n, const key *top, const int32_t *exponent, const int32_t *cut, const term_row *terms,
                          const int64_t *total, const size_t *list, int length, int left_out, row *some, key *out)
{
  int32_t open[LANES];
  if (n + length <= WINDOW_ROWS) {
    shared_mean(exponent, cut, terms, total, n, list, length, left_out, out, open) /*@ ghost (t) */;
    if (all_decided(top, open)) return 0;
  }
  return average(some, gather_rows(t, n, list, length, left_out, some), out);
}
