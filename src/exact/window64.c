/* The window in two machine words, for binary64: see window.h. */
#include "exact/window.h"
#include "exact/round.h"

KERNEL void window_add(const key *restrict keys, const int32_t *restrict exponent, int64_t *restrict sum, int64_t *restrict low, int32_t *restrict cut)
{
  for (int l = 0; l < LANES; l++) {
    key k = keys[l];
    key r = k < 0 ? -1 - k : k;
    int64_t e = r < FRACTION ? 0 : r / FRACTION - 1;
    uint64_t m = (uint64_t)(r - e * FRACTION);
    int64_t d = exponent[l] - e;
    cut[l] = m != 0 && d > cut[l] ? (int32_t)d : cut[l];
    int64_t c = d < 63 ? d : 63;
    uint64_t h = m >> c, rest = m - (h << c);
    int64_t c32 = d - 32 < 63 ? d - 32 : 63;
    uint64_t q = d <= 32 ? rest << (32 - c) : rest >> c32;
    sum[l] += k < 0 ? -(int64_t)h : (int64_t)h;
    low[l] += k < 0 ? -(int64_t)q : (int64_t)q;
  }
}

KERNEL int64_t floor_word(int64_t x)
{
  return x >= 0 ? x / 4294967296 : -1 - (-1 - x) / 4294967296;
}

/* high * 2^32 + low >= 0, low < 2^32 */
KERNEL key pair_quotient(uint64_t high, uint64_t low, int exponent, int k, int *good)
{
  uint64_t hq = high / (uint64_t)k, rest = high % (uint64_t)k * 4294967296U + low;
  uint64_t lq = rest / (uint64_t)k;
  int sticky = rest % (uint64_t)k != 0;
  int shift = exponent - WINDOW;
  uint64_t g;
  if (hq < 4294967296U) {
    g = hq * 4294967296U + lq;
  } else {
    g = hq * 1024U + lq / 4194304U;
    sticky = sticky || lq % 4194304U != 0;
    shift += 22;
  }
  if (g < 2 * (uint64_t)FRACTION) { *good = 0; return 0; }
  return round_sticky(g, shift, sticky, good) /*@ ghost (k) */;
}

KERNEL int window_quotient(int64_t sum, int64_t low, int exponent, int32_t cut, int terms, int k, key *out)
{
  int64_t t = cut > WINDOW ? terms : 0;
  int64_t high = sum + floor_word(low);
  int64_t l = low - floor_word(low) * 4294967296;
  int negative = high < 0;
  if (negative) {
    high = -high - (l != 0);
    l = l != 0 ? 4294967296 - l : 0;
  }
  if (high == 0 && l <= t) {
    *out = 0;
    return l == 0 && t == 0;
  }
  int good = 1;
  key r = 0, s = 0;
  int64_t l0 = l - t, h0 = high + floor_word(l0), l1 = l + t, h1 = high + floor_word(l1);
  r = pair_quotient((uint64_t)h0, (uint64_t)(l0 - floor_word(l0) * 4294967296), exponent, k, &good);
  s = t == 0 ? r : pair_quotient((uint64_t)h1, (uint64_t)(l1 - floor_word(l1) * 4294967296), exponent, k, &good);
  *out = negative ? -1 - r : r;
  return good && r == s && r < SPECIAL;
}

KERNEL void window_means(const row *t, int lo, int hi, int k, const key *restrict top, key *restrict out, int32_t *restrict open)
{
  int32_t exponent[LANES], cut[LANES];
  int64_t sum[LANES], low[LANES];
  window_exponents(top, exponent);
  for (int l = 0; l < LANES; l++) {
    sum[l] = low[l] = 0;
    cut[l] = 0;
  }
  for (int i = lo; i < hi; i++) window_add(t[i], exponent, sum, low, cut);
  for (int l = 0; l < LANES; l++)
    open[l] = !window_quotient(sum[l], low[l], exponent[l], cut[l], hi - lo, k, &out[l]);
}
