/* trimmed-mean: the mean of x_(f), ..., x_(n-f-1), the values left when the f lowest and the f highest are dropped. */
#include "context.h"

uint64_t reference_trimmed_mean(reference_context *context, const uint64_t *column, size_t n, size_t f) {
  if (n <= 2 * f) reference_fail("trimmed-mean: n > 2f is needed");
  uint64_t *sorted = reference_sorted(context, n);
  reference_sort(context, column, n, sorted);
  return reference_mean(context, &sorted[f], n - 2 * f);
}
