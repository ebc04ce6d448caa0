#include "exact/window.h"
#include "exact/bits.h"

#define WINDOW_UNIT 268435456

KERNEL int64_t align(key k, int exponent, int32_t *drop)
{
  key r = k < 0 ? -1 - k : k;
  key e = r < FRACTION ? 0 : r / FRACTION - 1;
  uint64_t m = (uint64_t)(r - e * FRACTION);
  int32_t d = exponent - e;
  *drop = m != 0 && d > *drop ? d : *drop;
  uint64_t q = (m << WINDOW) >> (d < 63 ? d : 63);
  return k < 0 ? -(int64_t)q : (int64_t)q;
}

KERNEL void window_add(const key *restrict keys, const key *restrict top, int64_t *restrict sum, int32_t *restrict drop)
{
  for (int l = 0; l < LANES; l++) {
    key exponent = top[l] < FRACTION ? 0 : top[l] / FRACTION - 1;
    sum[l] += align(keys[l], exponent, &drop[l]);
  }
}

KERNEL int window_quotient(int64_t sum, int exponent, int32_t drop, int terms, int k, key *out)
{
  int64_t t = drop > WINDOW ? terms : 0;
  int64_t a = sum < 0 ? -sum : sum;
  uint64_t guess = quotient_guess((uint64_t)a, k);
  int64_t x = (int64_t)(guess / 0x10000000000000) - 1023;
  int64_t floor = exponent < WINDOW ? WINDOW - exponent : 0;
  int64_t j0 = x - (SIGNIFICAND_BITS - 1);
  int64_t j = j0 > floor ? j0 : floor;
  int64_t cut = 52 + j - x;
  int64_t m = (int64_t)((guess % 0x10000000000000 + 0x10000000000000) >> (cut < 0 || cut > 63 ? 63 : cut));
  int good = j <= WINDOW && m < 2 * FRACTION && (m >= FRACTION || j + exponent == WINDOW);
  j = j <= WINDOW ? j : WINDOW;
  m = m < 2 * FRACTION ? m : 0;
  int64_t ulp = (int64_t)((uint64_t)k << j);
  int64_t rest = a - (int64_t)((uint64_t)(k * m) << j);
  int64_t r = m + (exponent - WINDOW + j) * FRACTION;
  int tie = t == 0 && 2 * rest == ulp;
  int down = rest >= t && (2 * rest + 2 * t < ulp || (tie && m % 2 == 0));
  int up = rest + t <= ulp && (2 * rest - 2 * t > ulp || (tie && m % 2 == 1));
  int zero = a == 0 && t == 0;
  r = zero ? 0 : up ? r + 1 : r;
  *out = (key)(sum < 0 ? -1 - r : r);
  return zero || (good && (down || up) && (t == 0 || a > t) && r < SPECIAL);
}
