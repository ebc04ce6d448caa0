/* A weighted sum: see weighted.h. */
#include "exact/weighted.h"
#include "exact/round.h"
#include "exact/shift.h"
#include "exact/wide.h"
#if FORMAT == 32
#include "exact/window_sums.h"
#endif

/* The leading bits of a weight: v 2^exponent, v in digits of 2^32, the highest first. */
typedef struct leading {
  uint32_t v[3];
  int32_t exponent;
  int any; /* the weight is not 0 */
} leading;

KERNEL leading leading_bits(const uint32_t *weight, int digits)
{
  leading w = {{0, 0, 0}, 0, 0};
  int j = digits - 1, z = 0;
  while (j >= 0 && weight[j] == 0) j--;
  if (j < 0) return w;
  while (shift_left(weight[j], z) < 2147483648U) z++;
  for (int p = 0; p < WEIGHT_BITS / 32; p++) {
    uint64_t high = j >= p ? weight[j - p] : 0, low = j > p ? weight[j - p - 1] : 0;
    w.v[p] = (uint32_t)shift_right(shift_left(high, 32) + low, 32 - z);
  }
  w.exponent = 32 * (j - digits + 1) + 32 - WEIGHT_BITS - z;
  w.any = 1;
  return w;
}

/* Significand and Shift of a finite key. */
KERNEL uint64_t weighted_significand(key k, int32_t *shift)
{
  word r = (word)(k < 0 ? -1 - k : k);
  word s = r < FRACTION ? 0 : r / FRACTION - 1;
  *shift = (int32_t)s;
  return (uint64_t)(r - s * FRACTION);
}

KERNEL void raise_places(const key *restrict x, int32_t exponent, int32_t *restrict place, key *restrict any)
{
  for (int l = 0; l < LANES; l++) {
    key r = x[l] < 0 ? -1 - x[l] : x[l], shift = r < FRACTION ? 0 : r / FRACTION - 1;
    int32_t here = (int32_t)shift + exponent;
    any[l] |= r;
    place[l] = here > place[l] ? here : place[l];
  }
}

/* The place of the window of each lane, E; any[l]: a row with a weight is not 0 there. Returns how many rows have a weight. */
KERNEL int weighted_places(const row *t, int n, const uint32_t *weights, int digits, int32_t *restrict place, key *restrict any)
{
  int count = 0;
  for (int l = 0; l < LANES; l++) {
    place[l] = -2147483647;
    any[l] = 0;
  }
  for (int i = 0; i < n; i++) {
    leading w = leading_bits(weights + (int64_t)i * digits, digits);
    if (!w.any) continue;
    count++;
    raise_places(t[i], w.exponent, place, any);
  }
  return count;
}

/* Adds the terms of a row, cut; s is how far they lie below the window's place, and room. */
#if FORMAT == 64
/* Significands and Shifts of a row: m = high 2^32 + low. */
KERNEL void halve_row(const key *restrict x, uint32_t *restrict high, uint32_t *restrict low, int32_t *restrict shift)
{
  for (int l = 0; l < LANES; l++) {
    uint64_t m = weighted_significand(x[l], &shift[l]);
    high[l] = (uint32_t)(m / 4294967296U);
    low[l] = (uint32_t)(m % 4294967296U);
  }
}

KERNEL void add_terms(const key *restrict x, const leading *w, const int32_t *restrict place, int32_t room, int64_t *restrict high,
                      int64_t *restrict low)
{
  uint32_t a[LANES], b[LANES], v2 = w->v[0], v1 = w->v[1], v0 = w->v[2];
  int32_t shift[LANES], depth_of_zero = room - w->exponent;
  halve_row(x, a, b, shift);
  for (int l = 0; l < LANES; l++) {
    int32_t d = place[l] + depth_of_zero - shift[l], s = d < 95 ? d : 95;
    uint64_t top = (uint64_t)b[l] * v2, second = (uint64_t)b[l] * v1, third = (uint64_t)a[l] * v0;
    uint64_t middle = top % 4294967296U + (uint64_t)a[l] * v1 + second / 4294967296U + third / 4294967296U;
    uint64_t h = (uint64_t)a[l] * v2 + top / 4294967296U + middle / 4294967296U, rest = middle % 4294967296U;
    int32_t left = s < 32 ? 32 - s : 0, right = s < 32 ? 0 : s - 32, down = s < 63 ? s : 63;
    int64_t rest_cut = (int64_t)((shift_right(shift_left(h, left), right) | shift_right(rest, down)) % 4294967296U);
    int64_t cut = (int64_t)shift_right(h, down), sign = x[l] < 0 ? -1 : 0;
    high[l] += (cut ^ sign) - sign;
    low[l] += (rest_cut ^ sign) - sign;
  }
}
#else
KERNEL void add_terms(const key *restrict x, const leading *w, const int32_t *restrict place, int32_t room, int64_t *restrict high,
                      int64_t *restrict low)
{
  uint32_t m[LANES], v1 = w->v[0], v0 = w->v[1];
  int32_t down[LANES], depth_of_zero = room - w->exponent;
  (void)low;
  for (int l = 0; l < LANES; l++) {
    int32_t r = x[l] < 0 ? -1 - x[l] : x[l], shift = r < FRACTION ? 0 : r / FRACTION - 1, d = place[l] + depth_of_zero - shift;
    m[l] = (uint32_t)(r - shift * FRACTION);
    down[l] = d < 63 ? d : 63;
  }
  for (int l = 0; l < LANES; l++) {
    uint64_t second = (uint64_t)m[l] * v0;
    int64_t cut = (int64_t)shift_right((uint64_t)m[l] * v1 + second / 4294967296U, down[l]), sign = x[l] < 0 ? -1 : 0;
    high[l] += (cut ^ sign) - sign;
  }
}
#endif

/* RN of high 2^32 + low units 2^exponent (low is 0 but for FORMAT 64), or good = 0 if these are too few bits. */
KERNEL key round_cut(uint64_t high, uint64_t low, int32_t exponent, int *good)
{
#if FORMAT == 64
  int c = high < 0x100000000U ? 32 : high < 0x80000000000U ? 21 : high < 0x20000000000000U ? 11 : 2;
  uint64_t rest = shift_right(low, 32 - c);
  return round_sticky(shift_left(high, c) + rest, exponent + 32 - c, low != shift_left(rest, 32 - c), good) /*@ ghost (1) */;
#else
  (void)low;
  return round_sticky(high, exponent, 0, good) /*@ ghost (1) */;
#endif
}

/* The result of a lane from the sum of its cut terms, which is off by less than error units 2^exponent; or good = 0. */
KERNEL key decide_lane(int64_t high, int64_t low, int64_t error, int32_t exponent, int *good)
{
#if FORMAT == 64
  int64_t digit = low % 4294967296;
  if (digit < 0) digit += 4294967296;
  high += (low - digit) / 4294967296;
  low = digit;
  int negative = high < 0;
  if (negative) {
    high = -high - (low != 0);
    low = low != 0 ? 4294967296 - low : 0;
  }
  int64_t below = low - error, above = low + error;
  int64_t low_high = high - (below < 0), high_high = high + above / 4294967296;
  below += below < 0 ? 4294967296 : 0;
  above %= 4294967296;
#else
  int negative = high < 0;
  if (negative) high = -high;
  int64_t low_high = high - error, high_high = high + error, below = 0, above = 0;
  (void)low;
#endif
  *good = low_high > 0 && exponent >= -CUT_MAX;
  if (!*good) return 0;
  key a = round_cut((uint64_t)low_high, (uint64_t)below, exponent, good), b = round_cut((uint64_t)high_high, (uint64_t)above, exponent, good);
  *good = *good && a == b;
  return negative ? -1 - a : a;
}

/* ---- exactly ---- */

enum { WEIGHTED_LIMBS = LIMBS + WEIGHT_DIGITS_MAX + 2 };

/* Adds weight m 2^s, or subtracts it: products of digits, to signed limbs of 2^32 as in wide.c. A limb changes by less than 6 2^32, and there are at
 * most 2^24 rows. */
KERNEL void weighted_add(int64_t *a, key k, const uint32_t *weight, int digits)
{
  int32_t s;
  uint64_t m = weighted_significand(k, &s);
  int i = s / 32;
  uint64_t low = shift_left(m % 4294967296U, s % 32), high = shift_left(m / 4294967296U, s % 32), middle = low / 4294967296U + high;
  const uint64_t parts[3] = {low % 4294967296U, middle % 4294967296U, middle / 4294967296U};
  int64_t sign = k >= 0 ? 1 : -1;
  for (int p = 0; p < 3; p++) {
    if (parts[p] == 0) continue;
    for (int j = 0; j < digits; j++) {
      uint64_t product = parts[p] * weight[j];
      a[i + p + j] += sign * (int64_t)(product % 4294967296U);
      a[i + p + j + 1] += sign * (int64_t)(product / 4294967296U);
    }
  }
}

/* The limbs become digits of the absolute value; returns the sign, 1 for 0. */
KERNEL int weighted_absolute(int64_t *a, int limbs)
{
  int64_t carry = 0;
  for (int i = 0; i < limbs; i++) {
    int64_t v = a[i] + carry, digit = v % 4294967296;
    if (digit < 0) digit += 4294967296;
    carry = (v - digit) / 4294967296;
    a[i] = digit;
  }
  if (carry == 0) return 1;
  int64_t borrow = 0;
  for (int i = 0; i < limbs; i++) {
    int64_t v = -a[i] - borrow;
    borrow = v < 0;
    a[i] = v + borrow * 4294967296;
  }
  return -1;
}

/* RN of (g + x) 2^shift, 2^63 <= g, 0 <= x < 1 and x > 0 if sticky: below a unit only a half matters. */
KERNEL key round_leading(uint64_t g, int shift, int sticky)
{
  int good = 1;
  if (shift < -64) return 0;
  if (shift == -64) return g > 0x8000000000000000U || sticky;
  return round_sticky(g, shift, sticky, &good) /*@ ghost (1) */;
}

/* RN of the digits times 2^(-32 point); 0 if they are 0. */
KERNEL key weighted_round(const int64_t *a, int limbs, int point)
{
  int top = limbs - 1, z = 0, sticky = 0;
  while (top > 0 && a[top] == 0) top--;
  uint64_t high = (uint64_t)a[top], low = top > 0 ? (uint64_t)a[top - 1] : 0, lowest = top > 1 ? (uint64_t)a[top - 2] : 0;
  if (high == 0) return 0;
  while (shift_left(high, z) < 2147483648U) z++;
  uint64_t below = shift_right(lowest, 32 - z), g = shift_left(shift_left(high, 32) + low, z) + below;
  sticky = lowest != shift_left(below, 32 - z);
  for (int i = top - 3; i >= 0; i--) sticky |= a[i] != 0;
  return round_leading(g, 32 * (top - 1 - point) - z, sticky);
}

/* Lane l, exactly. */
KERNEL key weighted_exact(const row *t, int n, int l, const uint32_t *weights, int digits)
{
  int64_t a[WEIGHTED_LIMBS];
  int limbs = LIMBS + digits + 1, zero = 1;
  for (int i = 0; i < limbs; i++) a[i] = 0;
  for (int i = 0; i < n; i++) weighted_add(a, t[i][l], weights + (int64_t)i * digits, digits);
  int sign = weighted_absolute(a, limbs);
  for (int i = 0; i < limbs; i++) zero &= a[i] == 0;
  key r = weighted_round(a, limbs, digits - 1);
  return zero ? 0 : sign > 0 ? r : -1 - r;
}

/* The results that window_quotients decides; the others are open. Its candidates are less than 2^50 units: the sums are cut to that, which loses less
 * than one of these units, and so does the error. */
#if FORMAT == 32
enum { COARSE_BITS = 10, COARSE = 1024 }; /* 2^COARSE_BITS */

KERNEL void decide_lanes(const int64_t *restrict high, const int32_t *restrict place, int32_t room, int64_t error, key *restrict out,
                         int32_t *restrict open)
{
  const volatile int one = 1; /* of a divisor that it knows, gcc 12 makes branches, and no vectors */
  int32_t exponent[LANES], apart[LANES];
  int64_t sum[LANES], tail[LANES], most = error / COARSE + 2;
  for (int l = 0; l < LANES; l++) {
    int64_t e = (int64_t)place[l] + DROPPED + room + COARSE_BITS + WINDOW;
    apart[l] = e < 0 || e > SHIFT_MAX + 1 || most > WINDOW_ROWS;
    exponent[l] = apart[l] != 0 ? 0 : (int32_t)e;
    tail[l] = apart[l] != 0 ? 0 : most;
    sum[l] = (int64_t)((uint64_t)(high[l] + 0x4000000000000000) / COARSE) - 0x4000000000000000 / COARSE;
  }
  window_quotients(sum, exponent, tail, one, out, open);
  for (int l = 0; l < LANES; l++) open[l] |= apart[l];
}
#endif

KERNEL void weighted_sum(const row *t, int n, const uint32_t *weights, int digits, key *out)
{
  int32_t place[LANES], open[LANES], room = 0;
  key any[LANES];
  int64_t high[LANES] = {0}, low[LANES] = {0};
  int count = weighted_places(t, n, weights, digits, place, any);
  while (shift_left(WEIGHT_ROWS, room) < (uint64_t)count) room++;
  for (int i = 0; i < n; i++) {
    leading w = leading_bits(weights + (int64_t)i * digits, digits);
    if (w.any) add_terms(t[i], &w, place, room, high, low);
  }
  int64_t error = 4 * (int64_t)count;
  for (int l = 0; l < LANES; l++) open[l] = 1;
#if FORMAT == 32
  decide_lanes(high, place, room, error, out, open);
#endif
  for (int l = 0; l < LANES; l++) {
    int good = open[l] == 0 || any[l] == 0;
    if (any[l] == 0) out[l] = 0;
    if (!good) out[l] = decide_lane(high[l], low[l], error, place[l] + DROPPED + room, &good);
    if (!good) out[l] = weighted_exact(t, n, l, weights, digits);
  }
}
