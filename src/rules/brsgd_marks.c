/* The marks of a tile: see brsgd_marks.h. */
#include "rules/brsgd_marks.h"
#include "exact/compare.h"
#include "rules/rules.h"

/* Where a value equals the number z, which is not -0, equal[l] becomes 1. */
KERNEL void note_equal(const key *restrict x, const key *restrict z, key *restrict equal)
{
  for (int l = 0; l < LANES; l++) equal[l] = (x[l] == -1 ? 0 : x[l]) == z[l] ? 1 : equal[l];
}

/* The least key that is up, given the rounded mean z and, if a value equals it, the sign of n z - S. */
KERNEL key bar_of(key z, int sign)
{
  return sign < 0 ? z + 1 : z == 0 ? -1 : z;
}

KERNEL void find_bars(const row *t, int n, key *bar)
{
  key equal[LANES];
  average(t, n, bar);
  for (int l = 0; l < LANES; l++) {
    bar[l] = bar[l] == -1 ? 0 : bar[l];
    equal[l] = 0;
  }
  for (int i = 0; i < n; i++) note_equal(t[i], bar, equal);
  for (int l = 0; l < LANES; l++) bar[l] = bar_of(bar[l], equal[l] != 0 ? compare_multiple(bar[l], t, 0, n, l) : 0);
}

/* Counts the values of a row that are up. */
KERNEL void count_up(const key *restrict x, const key *restrict bar, key *restrict up)
{
  for (int l = 0; l < LANES; l++) up[l] = x[l] >= bar[l] ? up[l] + 1 : up[l];
}

KERNEL int count_marks(const key *restrict x, const key *restrict bar, const key *restrict side, int lanes)
{
  int count = 0;
  for (int l = 0; l < lanes; l++) count += (x[l] >= bar[l] ? 1 : 0) == side[l] ? 1 : 0;
  return count;
}

KERNEL void add_marks(const row *t, int n, int lanes, uint64_t *marks)
{
  key bar[LANES], side[LANES];
  find_bars(t, n, bar);
  for (int l = 0; l < LANES; l++) side[l] = 0;
  for (int i = 0; i < n; i++) count_up(t[i], bar, side);
  for (int l = 0; l < LANES; l++) side[l] = 2 * side[l] >= n ? 1 : 0;
  for (int i = 0; i < n; i++) marks[i] += (uint64_t)count_marks(t[i], bar, side, lanes);
}
