/* The report of a rule, and the two ways to make a row of several: MeanOf and MeanAround (spec/rules.md, sections 3 and 5). */
#include "select.h"

#include <stdlib.h>

reference_selection *reference_selection_new(size_t n) {
  reference_selection *report = reference_allocate(1, sizeof *report);
  report->n = n;
  report->rows = reference_allocate(n, sizeof *report->rows);
  report->has_score = reference_allocate(n, sizeof *report->has_score);
  report->scores = reference_extended_new(n);
  mpq_init(report->margin.value);
  return report;
}

void reference_selection_free(reference_selection *report) {
  if (report == NULL) return;
  reference_extended_free(report->scores, report->n);
  mpq_clear(report->margin.value);
  free(report->has_score);
  free(report->rows);
  free(report);
}

void reference_begin(reference_selection *report, size_t n) {
  if (report->n < n) reference_fail("the report has no room for so many rows");
  for (size_t i = 0; i < report->n; i++) report->has_score[i] = 0;
  report->count = report->selection_ties = report->column_ties = report->nonfinite_rows = report->nonfinite_outputs = 0;
  report->not_finite = report->no_value = 0;
  reference_extended_set_infinite(&report->margin, 1);
}

void reference_selected(reference_selection *report, const size_t *candidates, size_t count) {
  report->count = 0;
  for (size_t row = 0; row < report->n; row++)
    for (size_t k = 0; k < count; k++)
      if (candidates[k] == row) report->rows[report->count++] = row;
  if (report->count != count) reference_fail("a row was selected twice");
}

void reference_set_score(reference_selection *report, size_t row, const reference_extended *score) {
  report->has_score[row] = 1;
  reference_extended_set(&report->scores[row], score);
}

void reference_end(reference_context *context, size_t n, size_t f, size_t d, const void *rows, const void *out,
                   reference_selection *report) {
  for (size_t i = 0; i < n; i++)
    if (!reference_row_is_finite(context, d, rows, i)) report->nonfinite_rows++;
  if (!report->no_value)
    for (size_t c = 0; c < d; c++)
      if (!reference_is_finite(context, reference_load(context, out, c))) report->nonfinite_outputs++;
  report->not_finite = report->nonfinite_outputs > 0 || report->nonfinite_rows > f;
}

/* The words of column c in the listed rows. */
static void column_of(const reference_context *context, size_t d, const void *rows, const size_t *list, size_t count, size_t c,
                      uint64_t *column) {
  for (size_t k = 0; k < count; k++) column[k] = reference_load(context, rows, list[k] * d + c);
}

void reference_mean_of(reference_context *context, size_t d, const void *rows, const size_t *list, size_t count, void *out) {
  uint64_t *column = reference_allocate(count, sizeof *column);
  for (size_t c = 0; c < d; c++) {
    column_of(context, d, rows, list, count, c, column);
    reference_store(context, out, c, reference_mean(context, column, count));
  }
  free(column);
}

size_t reference_mean_around(reference_context *context, size_t d, const void *rows, const size_t *list, size_t count, size_t kept,
                             void *out) {
  uint64_t *column = reference_allocate(count, sizeof *column);
  size_t ties = 0;
  for (size_t c = 0; c < d; c++) {
    int tie;
    column_of(context, d, rows, list, count, c, column);
    reference_store(context, out, c, reference_around(context, column, count, kept, &tie));
    if (tie) ties++;
  }
  free(column);
  return ties;
}
