/* The least of some natural numbers: see least.h. */
#include "order/least.h"

/* Whether number i stands before number j. */
KERNEL int stands_before(const natural *numbers, int i, int j)
{
  int c = natural_compare(numbers[i], numbers[j]);
  return c < 0 || (c == 0 && i < j);
}

/* order[i] sinks to its place among those before it, in steps of gap. */
KERNEL void sink(const natural *numbers, int *order, int i, int gap)
{
  for (int j = i; j >= gap && stands_before(numbers, order[j], order[j - gap]); j -= gap) {
    int moved = order[j];
    order[j] = order[j - gap];
    order[j - gap] = moved;
  }
}

/* Shell's sort: steps 3 h + 1 (Knuth, vol. 3, 5.2.1), the last of them 1, which alone sorts. */
KERNEL void sort_indices(const natural *numbers, int *order, int n)
{
  int gap = 1;
  while (gap < n / 3) gap = 3 * gap + 1;
  for (; gap > 1; gap /= 3)
    for (int i = gap; i < n; i++) sink(numbers, order, i, gap);
  for (int i = 1; i < n; i++) sink(numbers, order, i, 1);
}

KERNEL void least_sum(const natural *numbers, int n, int self, int k, int *order, uint32_t *sum)
{
  for (int j = 0; j < n - 1; j++) order[j] = j < self ? j : j + 1;
  sort_indices(numbers, order, n - 1);
  natural_clear(sum);
  for (int j = 0; j < k; j++) natural_add(sum, numbers[order[j]]);
}

/* Whether the bounds put number i before number j, i < j or not. */
KERNEL int surely_before(const natural *lower, const natural *upper, const int *group, int i, int j)
{
  int c = natural_compare(upper[i], lower[j]);
  return c < 0 || (i < j && (c == 0 || group[i] == group[j]));
}

KERNEL int choose_least(const natural *lower, const natural *upper, const int *group, int n, int m, int *order, unsigned char *selected,
                        unsigned char *open)
{
  int decided = 1;
  for (int i = 0; i < n; i++) {
    order[i] = i;
    selected[i] = 0;
    open[i] = 0;
  }
  sort_indices(upper, order, n);
  for (int a = 0; a < m; a++) selected[order[a]] = 1;
  for (int a = 0; a < m; a++)
    for (int b = m; b < n; b++)
      if (!surely_before(lower, upper, group, order[a], order[b])) {
        open[order[a]] = 1;
        open[order[b]] = 1;
        decided = 0;
      }
  return decided;
}
