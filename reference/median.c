/* median: with x_(0) <= ... <= x_(n-1), n odd: x_((n-1)/2); n even: the mean of x_(n/2-1) and x_(n/2), or the lower, or the upper of
 * them. A value selected by its rank keeps its bits, but a NaN is always the one NaN. */
#include "context.h"

uint64_t reference_median(reference_context *context, reference_median_kind kind, const uint64_t *column, size_t n) {
  if (n == 0) reference_fail("the median of no values");
  uint64_t *sorted = reference_sorted(context, n);
  reference_sort(context, column, n, sorted);
  uint64_t selected;
  if (n % 2 == 1) {
    selected = sorted[(n - 1) / 2];
  } else if (kind == REFERENCE_LOWER) {
    selected = sorted[n / 2 - 1];
  } else if (kind == REFERENCE_UPPER) {
    selected = sorted[n / 2];
  } else {
    return reference_mean(context, &sorted[n / 2 - 1], 2);
  }
  return reference_is_nan(context, selected) ? reference_nan(context) : selected;
}
