/* A number times a factor, correctly rounded: see scaled.h. */
#include "exact/scaled.h"
#include "exact/shift.h"

#if FORMAT == 64
#define HEAD_LONG 0x2000000000000000 /* FRACTION 2^FACTOR_TAIL */
#elif FORMAT == 32
#define HEAD_LONG 0x1000000000000
#else
#define HEAD_LONG 0x8000000
#endif

/* The leading bits of m F: the product is (g + x) 2^(FACTOR_BITS - FACTOR_TAIL), 0 <= x < 1, and x > 0 if *rest > 0. */
#if FORMAT == 64
KERNEL uint64_t product_head(uint64_t m, const uint32_t *factor, uint64_t *rest)
{
  uint64_t low = m % FACTOR_RADIX, high = m / FACTOR_RADIX;
  uint64_t a = low * factor[0];
  uint64_t b = low * factor[1] + high * factor[0] + a / FACTOR_RADIX;
  uint64_t c = low * factor[2] + high * factor[1] + b / FACTOR_RADIX;
  uint64_t d = low * factor[3] + high * factor[2] + c / FACTOR_RADIX;
  uint64_t e = high * factor[3] + d / FACTOR_RADIX;
  *rest = a % FACTOR_RADIX + b % FACTOR_RADIX + c % FACTOR_RADIX + d % 262144;
  return e * 1024 + d % FACTOR_RADIX / 262144;
}
#else
KERNEL uint64_t product_head(uint64_t m, const uint32_t *factor, uint64_t *rest)
{
  uint64_t a = m * factor[0];
  *rest = a % FACTOR_RADIX;
  return m * factor[1] + a / FACTOR_RADIX;
}
#endif

/* RN((g + x) 2^shift) as a magnitude: of g, no more than 2 FRACTION 2^FACTOR_TAIL, so many bits go that a significand is left, or more if the unit of
 * the format is greater. */
KERNEL key round_head(uint64_t g, uint64_t rest, int32_t shift)
{
  int32_t cut = (int64_t)g >= HEAD_LONG ? FACTOR_TAIL : FACTOR_TAIL - 1;
  int32_t e = shift + cut;
  int32_t unit = e > 0 ? e : 0, drop = unit - shift;
  drop = drop < 63 ? drop : 63;
  uint64_t twice = shift_right(g, drop - 1), tail = g - shift_left(twice, drop - 1);
  int64_t m = (int64_t)(twice / 2), beyond = (int64_t)(tail + rest) > 0 ? 1 : m % 2;
  key r = (key)m + (key)unit * FRACTION;
  return twice % 2 == 0 || beyond == 0 ? r : r + 1;
}

/* The magnitude of RN(x s), for x of magnitude r. */
KERNEL key scale_magnitude(key r, const uint32_t *factor, int32_t exponent)
{
  key shift = r < FRACTION ? 0 : r / FRACTION - 1;
  uint64_t rest, g = product_head((uint64_t)(r - shift * FRACTION), factor, &rest);
  return round_head(g, rest, (int32_t)shift - exponent - FACTOR_TAIL);
}

KERNEL void scale_keys(const key *restrict keys, const uint32_t *factor, int32_t exponent, key *restrict out)
{
  for (int l = 0; l < LANES; l++) {
    key k = keys[l], r = scale_magnitude(k < 0 ? -1 - k : k, factor, exponent);
    out[l] = k == -1 ? 0 : k < 0 ? -1 - r : r;
  }
}

KERNEL void scale_keys_between(const key *restrict keys, const uint32_t *lower, const uint32_t *upper, int32_t exponent, key *restrict out)
{
  for (int l = 0; l < LANES; l++) {
    key k = keys[l], r = k < 0 ? -1 - k : k;
    key below = scale_magnitude(r, lower, exponent), above = scale_magnitude(r, upper, exponent);
    r = below % 2 == 0 ? below : above;
    out[l] = k == -1 ? 0 : k < 0 ? -1 - r : r;
  }
}
