/* Exact inner products: see planes.h. */
#include "distance/planes.h"
#include "exact/shift.h"

enum { PLANE = 4194304 };   /* 2^22 */

/* The digits of weight 2^(22 p) of the magnitudes left m 2^s, which lose them. */
KERNEL void take_plane(uint64_t *restrict m, const int32_t *restrict s, const int32_t *restrict negative, int p, int32_t *restrict plane)
{
  for (int l = 0; l < LANES; l++) {
    int32_t t = PLANE_BITS * p - s[l];
    int32_t down = t < 0 ? 0 : t < 63 ? t : 63, up = t < 0 ? (t > -PLANE_BITS ? -t : 0) : 0;
    uint64_t digit = shift_right(m[l], down);
    m[l] -= shift_left(digit, down);
    int32_t x = (int32_t)shift_left(digit, up);
    plane[l] = negative[l] != 0 ? -x : x;
  }
}

/* Significands in grains, shifts and signs of a row. */
KERNEL void split_row(const key *restrict keys, uint64_t *restrict m, int32_t *restrict s, int32_t *restrict negative)
{
  for (int l = 0; l < LANES; l++) {
    key r = keys[l] < 0 ? -1 - keys[l] : keys[l];
    key shift = r < FRACTION ? 0 : r / FRACTION - 1;
    m[l] = (uint64_t)(r - shift * FRACTION) * GRAIN;
    s[l] = (int32_t)shift;
    negative[l] = keys[l] < 0 ? 1 : 0;
  }
}

/* The least shift of a value that is not 0, SHIFT_MAX + 1 if there is none; and the greatest shift. */
KERNEL int32_t least_shift(const uint64_t *restrict m, const int32_t *restrict s)
{
  int32_t least = SHIFT_MAX + 1;
  for (int l = 0; l < LANES; l++) {
    int32_t shift = m[l] == 0 ? SHIFT_MAX + 1 : s[l];
    least = shift < least ? shift : least;
  }
  return least;
}

KERNEL int32_t greatest_shift(const int32_t *s)
{
  int32_t greatest = 0;
  for (int l = 0; l < LANES; l++) greatest = s[l] > greatest ? s[l] : greatest;
  return greatest;
}

KERNEL void planes_of(const key *keys, plane_row *out)
{
  uint64_t m[LANES];
  int32_t s[LANES], negative[LANES];
  split_row(keys, m, s, negative);
  int32_t least = least_shift(m, s), greatest = greatest_shift(s);
  out->first = least / PLANE_BITS;
  out->end = least > SHIFT_MAX ? out->first : (greatest + GRAIN_BITS - 1) / PLANE_BITS + 1;
  for (int p = out->end - 1; p >= out->first; p--) take_plane(m, s, negative, p, out->plane[p]);
}

KERNEL int64_t plane_product(const int32_t *restrict x, const int32_t *restrict y)
{
  int64_t sum = 0;
  for (int l = 0; l < LANES; l++) sum += (int64_t)x[l] * y[l];
  return sum;
}

KERNEL void product_add(int64_t *sum, const plane_row *x, const plane_row *y)
{
  for (int p = x->first; p < x->end; p++)
    for (int r = y->first; r < y->end; r++) sum[p + r] += plane_product(x->plane[p], y->plane[r]);
}

#define CARRY_BIAS 0x4000000000000000   /* a multiple of 2^22 that makes every limb positive */

KERNEL void product_carry(int64_t *sum)
{
  int64_t carry = 0;
  for (int i = 0; i < PRODUCT_LIMBS - 1; i++) {
    uint64_t u = (uint64_t)(sum[i] + carry) + CARRY_BIAS;
    sum[i] = (int64_t)(u % PLANE);
    carry = (int64_t)(u / PLANE) - CARRY_BIAS / PLANE;
  }
  sum[PRODUCT_LIMBS - 1] += carry;
}

KERNEL void distance_total(const int64_t *xx, const int64_t *yy, const int64_t *xy, uint32_t *out)
{
  int64_t sum[PRODUCT_LIMBS];
  for (int i = 0; i < PRODUCT_LIMBS; i++) sum[i] = xx[i] + yy[i] - 2 * xy[i];
  product_carry(sum);
  for (int i = 0; i < PRODUCT_LIMBS; i++) natural_add_up(out, (uint64_t)sum[i], PLANE_BITS * i);
}
