#include "inputs.h"

#include "splitmix.h"

#include <math.h>
#include <stdint.h>

const char *const case_names[CASES] = {"ordinary", "tiny row", "near ties"};

static double uniform(uint64_t *r)
{
  return (double)(splitmix_next(r) >> 11) * 0x1p-53;
}

/* Mean 0, variance 1: the sum of four uniform values, near enough to a Gaussian one. */
static double gaussian(uint64_t *r)
{
  return (uniform(r) + uniform(r) + uniform(r) + uniform(r) - 2) * sqrt(3);
}

static void store(certigar_dtype dtype, void *rows, size_t index, double value)
{
  if (dtype == CERTIGAR_FLOAT32)
    ((float *)rows)[index] = (float)value;
  else
    ((double *)rows)[index] = value;
}

/* Far below what a window of the largest value of a column holds, and not zero. */
static double tiny(uint64_t *r, certigar_dtype dtype)
{
  const int exponent = dtype == CERTIGAR_FLOAT32 ? -100 - (int)(splitmix_next(r) % 20) : -300 - (int)(splitmix_next(r) % 600);
  return ldexp(splitmix_next(r) % 2 ? 1 + uniform(r) : -1 - uniform(r), exponent);
}

static void fill_gaussian(uint64_t *r, certigar_dtype dtype, size_t first, size_t count, void *rows)
{
  for (size_t k = 0; k < count; k++) store(dtype, rows, first + k, gaussian(r));
}

/* Of how many values the rule takes the mean. */
static size_t kept(certigar_rule rule, size_t n, size_t f)
{
  return rule == CERTIGAR_TRIMMED_MEAN ? n - 2 * f : rule == CERTIGAR_MEAMED ? n - f : n;
}

int case_exists(bench_case kind, certigar_rule rule, size_t n)
{
  return kind != NEAR_TIES || rule != CERTIGAR_MEDIAN || n % 2 == 0;
}

/* k - 1 integers with the sum k (2v + 1), 2^fraction_bits <= v: the midpoint of the neighbours 2v and 2v + 2, times k. Each is a value of
 * the format, which the even ones below 4 * 2^fraction_bits and the odd ones below 2 * 2^fraction_bits are. */
static void midpoint_values(uint64_t *r, unsigned fraction_bits, size_t k, uint64_t *x)
{
  const uint64_t one = UINT64_C(1) << fraction_bits, v = one + splitmix_next(r) % (one / 10);
  const size_t m = k - 2;
  x[m] = (one + splitmix_next(r) % one) / 2 * 2 + k % 2;
  const uint64_t rest = k * (2 * v + 1) - x[m], share = rest / m / 2 * 2;
  for (size_t i = 0; i < m; i++) x[i] = share;
  x[m - 1] += rest - m * share;
  for (size_t i = 0; i + 1 < m; i += 2) {
    const uint64_t shift = splitmix_next(r) % (one / 8) * 2;
    x[i] += shift;
    x[i + 1] -= shift;
  }
}

/* One column: the values of midpoint_values, a tiny one beside them that decides, and far ones that the rule drops. */
static void fill_near_tie(uint64_t *r, certigar_rule rule, certigar_dtype dtype, size_t n, size_t f, size_t d, size_t c, void *rows)
{
  const unsigned fraction_bits = dtype == CERTIGAR_FLOAT32 ? 23 : 52;
  const size_t k = kept(rule, n, f);
  const double scale = ldexp(splitmix_next(r) % 2 ? 1 : -1, (int)(splitmix_next(r) % 8) - (int)fraction_bits - 1);
  uint64_t x[64];
  midpoint_values(r, fraction_bits, k, x);
  for (size_t i = 0; i < n; i++) {
    const size_t row = (i + c) % n; /* so that the values are not in the same order in every column */
    double value;
    if (i < k - 1)
      value = (double)x[i] * scale;
    else if (i == k - 1)
      value = tiny(r, dtype);
    else
      value = (8 + 8 * uniform(r)) * (rule == CERTIGAR_TRIMMED_MEAN && i % 2 ? -0x1p10 : 0x1p10);
    store(dtype, rows, row * d + c, value);
  }
}

/* One column for the median of an even number of values: a tiny one and one near 1 are the middle two. */
static void fill_uneven_middle(uint64_t *r, certigar_dtype dtype, size_t n, size_t d, size_t c, void *rows)
{
  const double sign = splitmix_next(r) % 2 ? 1 : -1;
  for (size_t i = 0; i < n; i++) {
    const size_t row = (i + c) % n;
    const double value = i == 0 ? 1 + uniform(r) : i % 2 ? 2 + 8 * uniform(r) : -2 - 8 * uniform(r);
    store(dtype, rows, row * d + c, i == n - 1 ? tiny(r, dtype) : sign * value);
  }
}

void fill_input(bench_case kind, certigar_rule rule, certigar_dtype dtype, size_t n, size_t f, size_t d, void *rows)
{
  uint64_t r = n;
  if (kind == NEAR_TIES) {
    for (size_t c = 0; c < d; c++)
      if (rule == CERTIGAR_MEDIAN)
        fill_uneven_middle(&r, dtype, n, d, c, rows);
      else
        fill_near_tie(&r, rule, dtype, n, f, d, c, rows);
    return;
  }
  fill_gaussian(&r, dtype, 0, n * d, rows);
  if (kind == TINY_ROW)
    for (size_t c = 0; c < d; c++) store(dtype, rows, (n - 1) * d + c, tiny(&r, dtype));
}
