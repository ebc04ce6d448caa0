#include "exact/mean.h"
#include "exact/wide.h"
#include "exact/window.h"

KERNEL key mean_wide(const row *t, int lo, int hi, int k, int l)
{
  int64_t a[LIMBS];
  wide_clear(a);
  for (int i = lo; i < hi; i++) wide_add(a, t[i][l]);
  int sign = wide_carry(a);
  if (sign == 0) return 0;
  if (sign < 0) {
    wide_negate(a);
    wide_carry(a);
  }
  key r = wide_quotient(a, k);
  return sign < 0 ? -1 - r : r;
}

/* the mean of a lane with a NaN or infinity */
KERNEL key mean_special(const row *t, int lo, int hi, int l)
{
  int minus = 0, plus = 0, nan = 0;
  for (int i = lo; i < hi; i++) {
    key k = t[i][l];
    minus = k < -SPECIAL ? 1 : minus;
    plus = k == SPECIAL ? 1 : plus;
    nan = k > SPECIAL ? 1 : nan;
  }
  return nan || (minus && plus) ? QUIET_NAN : minus ? -1 - SPECIAL : SPECIAL;
}

KERNEL int mean_rows(const row *t, int lo, int hi, int k, key *out)
{
  key top[LANES];
  int open[LANES];
  largest_magnitudes(t, lo, hi, top);
  if (hi - lo <= WINDOW_ROWS) {
    int64_t sum[LANES];
    int32_t drop[LANES];
    for (int l = 0; l < LANES; l++) sum[l] = 0;
    for (int l = 0; l < LANES; l++) drop[l] = 0;
#if FORMAT == 64
    int64_t low[LANES];
    for (int l = 0; l < LANES; l++) low[l] = 0;
    for (int i = lo; i < hi; i++) window_add(t[i], top, sum, low, drop);
    for (int l = 0; l < LANES; l++) {
      int exponent = (int)(top[l] < FRACTION ? 0 : top[l] / FRACTION - 1);
      open[l] = !window_quotient(sum[l], low[l], exponent, drop[l], hi - lo, k, &out[l]);
    }
#else
    for (int i = lo; i < hi; i++) window_add(t[i], top, sum, drop);
    for (int l = 0; l < LANES; l++) {
      int exponent = top[l] < FRACTION ? 0 : top[l] / FRACTION - 1;
      open[l] = !window_quotient(sum[l], exponent, drop[l], hi - lo, k, &out[l]);
    }
#endif
  } else {
    for (int l = 0; l < LANES; l++) open[l] = 1;
  }
  int exact = 0;
  for (int l = 0; l < LANES; l++) {
    if (top[l] >= SPECIAL)
      out[l] = mean_special(t, lo, hi, l);
    else if (open[l]) {
      out[l] = mean_wide(t, lo, hi, k, l);
      exact++;
    }
  }
  return exact;
}
