#include "order/sort.h"

KERNEL void compare_exchange(key *restrict a, key *restrict b)
{
  for (int l = 0; l < LANES; l++) {
    key x = a[l], y = b[l];
    a[l] = x < y ? x : y;
    b[l] = x < y ? y : x;
  }
}

/* Batcher's merge exchange (Knuth, The Art of Computer Programming, vol. 3, 5.2.2, Algorithm M) */
KERNEL void merge_exchange(row *t, int n)
{
  int half = 1;
  while (half < n - half) half *= 2;
  for (int p = half; p > 0; p /= 2) {
    int q = half, r = 0, d = p;
    for (;;) {
      for (int i = 0; i < n - d; i++)
        if (i / p % 2 == r) compare_exchange(t[i], t[i + d]);
      if (q == p) break;
      d = q - p;
      q /= 2;
      r = 1;
    }
  }
}

KERNEL int sorted_tile(const row *t, int n)
{
  key bad[LANES];
  for (int l = 0; l < LANES; l++) bad[l] = 0;
  for (int i = 1; i < n; i++)
    for (int l = 0; l < LANES; l++) bad[l] = t[i - 1][l] > t[i][l] ? 1 : bad[l];
  int any = 0;
  for (int l = 0; l < LANES; l++) any = bad[l] != 0 ? 1 : any;
  return !any;
}

KERNEL void insertion_sort(row *t, int n)
{
  for (int i = 1; i < n; i++)
    for (int j = i; j > 0; j--) compare_exchange(t[j - 1], t[j]);
}

KERNEL void sort_tile(row *t, int n)
{
  merge_exchange(t, n);
  if (!sorted_tile(t, n)) insertion_sort(t, n);
}
