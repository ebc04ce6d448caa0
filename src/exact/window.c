#include "exact/window.h"

KERNEL void largest_magnitudes(const row *t, int lo, int hi, key *restrict top)
{
  for (int l = 0; l < LANES; l++) top[l] = 0;
  for (int i = lo; i < hi; i++)
    for (int l = 0; l < LANES; l++) {
      key r = t[i][l] < 0 ? -1 - t[i][l] : t[i][l];
      top[l] = r > top[l] ? r : top[l];
    }
}
