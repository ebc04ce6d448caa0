#include "naive.h"
#include "attacks.h"

#include <string.h>

void naive_mean(const float *rows, size_t n, size_t d, int backwards, float *out)
{
  memset(out, 0, d * sizeof *out);
  for (size_t step = 0; step < n; step++) {
    const float *row = rows + (backwards ? n - 1 - step : step) * d;
    for (size_t c = 0; c < d; c++) out[c] += row[c];
  }
  for (size_t c = 0; c < d; c++) out[c] /= (float)n;
}

/* Insertion sort. Every comparison with a NaN is false, so that a NaN stays where it is and stops what should pass it. */
static void sort(float *values, size_t n)
{
  for (size_t i = 1; i < n; i++)
    for (size_t j = i; j > 0 && values[j] < values[j - 1]; j--) {
      const float greater = values[j - 1];
      values[j - 1] = values[j];
      values[j] = greater;
    }
}

void naive_median(const float *rows, size_t n, size_t d, int backwards, float *out)
{
  float column[ROWS_MAX];
  if (n > ROWS_MAX) n = ROWS_MAX;
  for (size_t c = 0; c < d; c++) {
    for (size_t i = 0; i < n; i++) column[i] = rows[(backwards ? n - 1 - i : i) * d + c];
    sort(column, n);
    out[c] = n % 2 ? column[n / 2] : (column[n / 2 - 1] + column[n / 2]) / 2;
  }
}
