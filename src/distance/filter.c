/* Intervals of squared distances: see filter.h. */
#include "distance/filter.h"
#include "exact/shift.h"

/* floor(q / 2^s) */
KERNEL int32_t floor_shift(int32_t q, int32_t s)
{
  int32_t t = (int32_t)shift_right((uint64_t)(q < 0 ? -1 - q : q), s);
  return q < 0 ? -1 - t : t;
}

KERNEL int64_t square_of(int32_t d)
{
  return (int64_t)d * d;
}

KERNEL int64_t block_square_same(const int32_t *restrict p, const int32_t *restrict q)
{
  int64_t sum = 0;
  for (int l = 0; l < BLOCK; l++) sum += square_of(p[l] - q[l]);
  return sum;
}

KERNEL int64_t block_square_shifted(const int32_t *restrict p, const int32_t *restrict q, int32_t shift)
{
  int64_t sum = 0;
  for (int l = 0; l < BLOCK; l++) sum += square_of(p[l] - floor_shift(q[l], shift));
  return sum;
}

KERNEL uint64_t block_square(const int32_t *restrict p, const int32_t *restrict q, int32_t shift)
{
  return (uint64_t)(shift == 0 ? block_square_same(p, q) : block_square_shifted(p, q, shift < 31 ? shift : 31));
}

#define SUM_MAX 0x1000000000000000   /* 2^60: square and error stay below */

/* Both sums in units 2^s times greater: rounded down and up, and the loss of the first added to the second. */
KERNEL void pair_coarsen(certigar_pair_sum *sum, int32_t s)
{
  int32_t c = s < 63 ? s : 63;
  sum->square = shift_right(sum->square, c);
  sum->error = shift_right(sum->error, c) + 2;
  sum->exponent += s;
}

KERNEL void pair_add(certigar_pair_sum *sum, uint64_t square, uint64_t error, int32_t exponent)
{
  certigar_pair_sum other = {square, error, exponent, 1};
  if (exponent > sum->exponent) pair_coarsen(sum, exponent - sum->exponent);
  if (sum->exponent > exponent) pair_coarsen(&other, sum->exponent - exponent);
  sum->square += other.square;
  sum->error += other.error;
  if (sum->square >= SUM_MAX || sum->error >= SUM_MAX) pair_coarsen(sum, 2);
}

/* The least power of two, at most 2^28, of which the square is no less than x / y / 4. */
KERNEL uint64_t pair_balance(uint64_t x, uint64_t y)
{
  uint64_t c = 1;
  x /= y > 0 ? y : 1;
  for (int i = 0; i < 28 && x >= 4; i++) {
    x /= 4;
    c *= 2;
  }
  return c;
}

KERNEL void pair_bounds(const certigar_pair_sum *sum, uint32_t *lower, uint32_t *upper)
{
  uint64_t c = pair_balance(sum->square, sum->error), cut = c * sum->error;
  uint64_t low = sum->square > cut ? sum->square - cut : 0, high = sum->square + cut;
  natural_clear(lower);
  natural_clear(upper);
  natural_add_up(lower, low - (low + c - 1) / c, sum->exponent);
  natural_add_up(upper, high + (high + c - 1) / c, sum->exponent);
}
