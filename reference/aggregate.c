/* A rule on a matrix: every column by itself, then the counts of the certificate (spec/rules.md, section 3). */
#include "context.h"

#include <stdlib.h>

static uint64_t apply(reference_context *context, reference_rule rule, reference_median_kind kind, const uint64_t *column, size_t n,
                      size_t f, int *tie) {
  *tie = 0;
  switch (rule) {
  case REFERENCE_AVERAGE: return reference_average(context, column, n);
  case REFERENCE_MEDIAN: return reference_median(context, kind, column, n);
  case REFERENCE_TRIMMED_MEAN: return reference_trimmed_mean(context, column, n, f);
  case REFERENCE_MEAMED: return reference_meamed(context, column, n, f, tie);
  }
  reference_fail("no such rule");
}

void reference_aggregate(reference_context *context, reference_rule rule, reference_median_kind kind, size_t n, size_t f, size_t d,
                         const void *rows, void *out, unsigned char *row_is_nonfinite, reference_report *report) {
  if (n <= 2 * f) reference_fail("n > 2f is needed");
  uint64_t *column = malloc(n * sizeof *column);
  if (column == NULL) reference_fail("no memory");
  reference_report counts = {0, 0, 0, 0};

  for (size_t c = 0; c < d; c++) {
    for (size_t i = 0; i < n; i++) column[i] = reference_load(context, rows, i * d + c);
    int tie;
    const uint64_t word = apply(context, rule, kind, column, n, f, &tie);
    if (!reference_is_finite(context, word)) counts.nonfinite_outputs++;
    if (tie) counts.ties++;
    reference_store(context, out, c, word);
  }
  for (size_t i = 0; i < n; i++) {
    const int nonfinite = !reference_row_is_finite(context, d, rows, i);
    if (nonfinite) counts.nonfinite_rows++;
    if (row_is_nonfinite != NULL) row_is_nonfinite[i] = (unsigned char)nonfinite;
  }
  counts.not_finite = counts.nonfinite_outputs > 0 || counts.nonfinite_rows > f;
  if (report != NULL) *report = counts;
  free(column);
}
