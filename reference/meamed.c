/* meamed: RN of the mean of the n-f finite values closest to the exact median M, of equally close ones the smaller first. The NaN if
 * the median is not finite or there are fewer finite values. reference_around is the same for any number of values kept.
 *
 * 2M = x_((n-1) div 2) + x_(n div 2) is an integer of units, and so is 2 |x - M| = |2x - 2M|: distances are compared as these.
 * A tie: a value kept and a finite value left out are numerically different and equally close to M.
 */
#include "context.h"

#include <stdlib.h>

static int closer_then_smaller(const void *left, const void *right) {
  const reference_item *a = left, *b = right;
  const int compared = mpz_cmp(a->distance, b->distance);
  return compared != 0 ? compared : mpz_cmp(a->value, b->value);
}

static int same(const reference_item *a, const reference_item *b) {
  return mpz_cmp(a->distance, b->distance) == 0 && mpz_cmp(a->value, b->value) == 0;
}

/* items are sorted: those left out are no closer than the last one kept, so only its distance can be on both sides. Duplicates stand
 * together and need one look. */
static int is_tie(const reference_item *items, size_t kept, size_t finite) {
  const reference_item *last = &items[kept - 1];
  for (size_t i = 0; i < kept; i++) {
    if (mpz_cmp(items[i].distance, last->distance) != 0 || (i > 0 && same(&items[i], &items[i - 1]))) continue;
    for (size_t j = kept; j < finite; j++)
      if (mpz_cmp(items[j].distance, items[i].distance) == 0 && mpz_cmp(items[j].value, items[i].value) != 0) return 1;
  }
  return 0;
}

uint64_t reference_around(reference_context *context, const uint64_t *column, size_t n, size_t kept, int *tie) {
  if (kept < 1 || kept > n) reference_fail("the values closest to a median: 1 to n of them can be kept");
  *tie = 0;
  uint64_t *sorted = reference_sorted(context, n);
  reference_sort(context, column, n, sorted);
  const uint64_t lower = sorted[(n - 1) / 2], upper = sorted[n / 2];
  if (!reference_is_finite(context, lower) || !reference_is_finite(context, upper)) return reference_nan(context);

  reference_item *items = reference_items(context, n);
  size_t finite = 0;
  for (size_t i = 0; i < n; i++) {
    if (!reference_is_finite(context, column[i])) continue;
    reference_value(context, column[i], items[finite].value);
    finite++;
  }
  if (finite < kept) return reference_nan(context);

  reference_value(context, lower, context->sum);
  reference_value(context, upper, context->value);
  mpz_add(context->sum, context->sum, context->value); /* 2M */
  for (size_t i = 0; i < finite; i++) {
    mpz_mul_ui(items[i].distance, items[i].value, 2);
    mpz_sub(items[i].distance, items[i].distance, context->sum);
    mpz_abs(items[i].distance, items[i].distance);
  }
  qsort(items, finite, sizeof *items, closer_then_smaller);
  *tie = is_tie(items, kept, finite);

  mpz_set_ui(context->sum, 0);
  for (size_t i = 0; i < kept; i++) mpz_add(context->sum, context->sum, items[i].value);
  return reference_rn(context, context->sum, kept);
}

uint64_t reference_meamed(reference_context *context, const uint64_t *column, size_t n, size_t f, int *tie) {
  if (n <= 2 * f) reference_fail("meamed: n > 2f is needed");
  return reference_around(context, column, n, n - f, tie);
}
