/* The distances of a tile's row to the medians: see brsgd_distance.h. */
#include "rules/brsgd_distance.h"
#include "exact/shift.h"

/* Adds |2 x - lo - hi|. */
KERNEL void add_distance(int64_t *a, key x, key lo, key hi) /*@ ghost (int c) */
{
  if (x <= lo) {
    wide_add(a, lo) /*@ ghost (c) */;
    wide_add(a, hi) /*@ ghost (c + 1) */;
    wide_subtract(a, x) /*@ ghost (c + 2) */;
    wide_subtract(a, x) /*@ ghost (c + 3) */;
  } else {
    wide_add(a, x) /*@ ghost (c) */;
    wide_add(a, x) /*@ ghost (c + 1) */;
    wide_subtract(a, lo) /*@ ghost (c + 2) */;
    wide_subtract(a, hi) /*@ ghost (c + 3) */;
  }
}

KERNEL void add_distances(int64_t *a, const key *x, const key *lo, const key *hi) /*@ ghost (int c) */
{
  for (int l = 0; l < LANES; l++) add_distance(a, x[l], lo[l], hi[l]) /*@ ghost (c + 4 * l) */;
}

/* The greatest magnitude of three rows of a tile. */
KERNEL key greatest_magnitude(const key *restrict x, const key *restrict lo, const key *restrict hi)
{
  key top = 0;
  for (int l = 0; l < LANES; l++) {
    key a = x[l] < 0 ? -1 - x[l] : x[l], b = lo[l] < 0 ? -1 - lo[l] : lo[l], c = hi[l] < 0 ? -1 - hi[l] : hi[l];
    b = b > c ? b : c;
    a = a > b ? a : b;
    top = a > top ? a : top;
  }
  return top;
}

/* Whether cutting to the exponent E may change a number. */
KERNEL int64_t may_change(key k, int32_t E)
{
  key r = k < 0 ? -1 - k : k;
  key e = r < FRACTION ? 0 : r / FRACTION - 1;
  return E - (int32_t)e > COMPARE_BITS && r != 0 ? 1 : 0;
}

/* Adds m 2^s: no limb grows by more than 2^33. */
KERNEL void add_shifted(int64_t *a, uint64_t m, int s)
{
  int i = s / 32, r = s % 32;
  uint64_t low = shift_left(m % 4294967296U, r), high = shift_left(m / 4294967296U, r);
  a[i] += (int64_t)(low % 4294967296U);
  a[i + 1] += (int64_t)(low / 4294967296U + high % 4294967296U);
  a[i + 2] += (int64_t)(high / 4294967296U);
}

KERNEL void add_near_distances(int64_t *sum, int64_t *slack, const key *x, const key *lo, const key *hi)
{
  key top = greatest_magnitude(x, lo, hi);
  int32_t E = top < FRACTION ? 0 : (int32_t)(top / FRACTION - 1);
  uint64_t total = 0;
  int64_t lost = 0;
  for (int l = 0; l < LANES; l++) {
    int64_t d = 2 * cut_number(x[l], E) - cut_number(lo[l], E) - cut_number(hi[l], E);
    uint64_t distance = (uint64_t)(d < 0 ? -d : d);
    total += distance / 256;
    lost |= may_change(x[l], E) | may_change(lo[l], E) | may_change(hi[l], E) | (int64_t)(distance % 256);
  }
  add_shifted(sum, total, E);
  if (lost != 0) add_shifted(slack, LANES, E);
}
