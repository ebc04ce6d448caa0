/* Exact squared distances: see planes.h. */
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

KERNEL void planes_of(const key *keys, plane_row *out)
{
  uint64_t m[LANES];
  int32_t s[LANES], negative[LANES];
  int32_t lowest = SHIFT_MAX, highest = 0, any = 0;
  for (int l = 0; l < LANES; l++) {
    key r = keys[l] < 0 ? -1 - keys[l] : keys[l];
    key shift = r < FRACTION ? 0 : r / FRACTION - 1;
    m[l] = (uint64_t)(r - shift * FRACTION) * GRAIN;
    s[l] = (int32_t)shift;
    negative[l] = keys[l] < 0 ? 1 : 0;
    lowest = r != 0 && s[l] < lowest ? s[l] : lowest;
    highest = s[l] > highest ? s[l] : highest;
    any = r != 0 ? 1 : any;
  }
  out->first = any ? lowest / PLANE_BITS : 0;
  out->end = any ? (highest + SIGNIFICAND_BITS + (GRAIN == 4 ? 2 : 0) + PLANE_BITS - 1) / PLANE_BITS : 0;
  for (int p = out->end - 1; p >= out->first; p--) take_plane(m, s, negative, p, out->plane[p]);
}

KERNEL int64_t plane_product(const int32_t *restrict x, const int32_t *restrict y)
{
  int64_t sum = 0;
  for (int l = 0; l < LANES; l++) sum += (int64_t)x[l] * y[l];
  return sum;
}

KERNEL int64_t plane_square(const int32_t *restrict x)
{
  int64_t sum = 0;
  for (int l = 0; l < LANES; l++) sum += (int64_t)x[l] * x[l];
  return sum;
}

/* to = x - y, in plane p; a plane that a row does not have is 0. */
KERNEL void plane_difference(const plane_row *x, const plane_row *y, int p, int32_t *restrict to)
{
  int in_x = x->first <= p && p < x->end, in_y = y->first <= p && p < y->end;
  if (in_x && in_y)
    for (int l = 0; l < LANES; l++) to[l] = x->plane[p][l] - y->plane[p][l];
  else if (in_x)
    for (int l = 0; l < LANES; l++) to[l] = x->plane[p][l];
  else if (in_y)
    for (int l = 0; l < LANES; l++) to[l] = -y->plane[p][l];
  else
    for (int l = 0; l < LANES; l++) to[l] = 0;
}

KERNEL void square_add(int64_t *sum, const plane_row *x, const plane_row *y, plane_row *space)
{
  space->first = x->first < y->first ? x->first : y->first;
  space->end = x->end > y->end ? x->end : y->end;
  if (x->first == x->end) space->first = y->first;
  if (y->first == y->end) space->first = x->first;
  for (int p = space->first; p < space->end; p++) plane_difference(x, y, p, space->plane[p]);
  for (int p = space->first; p < space->end; p++) {
    sum[2 * p] += plane_square(space->plane[p]);
    for (int r = p + 1; r < space->end; r++) sum[p + r] += 2 * plane_product(space->plane[p], space->plane[r]);
  }
}

#define CARRY_BIAS 0x4000000000000000   /* a multiple of 2^22 that makes every limb positive */

KERNEL void square_carry(int64_t *sum)
{
  int64_t carry = 0;
  for (int i = 0; i < SQUARE_LIMBS - 1; i++) {
    uint64_t u = (uint64_t)(sum[i] + carry) + CARRY_BIAS;
    sum[i] = (int64_t)(u % PLANE);
    carry = (int64_t)(u / PLANE) - CARRY_BIAS / PLANE;
  }
  sum[SQUARE_LIMBS - 1] += carry;
}

KERNEL void square_total(const int64_t *sum, uint32_t *out)
{
  for (int i = 0; i < SQUARE_LIMBS; i++) natural_add_up(out, (uint64_t)sum[i], PLANE_BITS * i);
}
