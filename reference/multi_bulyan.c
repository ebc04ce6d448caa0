/* multi-bulyan, theta = n-2f-2.
 *
 * one-pass: MeanAround(the theta rows of multi-krum, theta-2f).
 * iterated: theta rounds on the r rows remaining with r-f-2 neighbours; the mean of the r-f-2 best, rounded, is the round's row, and the
 * best is removed. The output is MeanAround(the rounds' rows, theta-2f). Selected is what entered a mean. */
#include "select.h"

#include <stdlib.h>

static void one_pass(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report) {
  const size_t theta = n - 2 * f - 2;
  reference_multi_krum(context, n, f, theta, d, rows, out, report);
  report->nonfinite_rows = report->nonfinite_outputs = 0; /* they are counted again, of this output */
  report->column_ties = reference_mean_around(context, d, rows, report->rows, theta, theta - 2 * f, out);
  reference_end(context, n, f, d, rows, out, report);
}

static void iterated(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report) {
  reference_begin(report, n);
  const size_t theta = n - 2 * f - 2, row_size = d * reference_word_size(context);
  size_t *remaining = reference_all_rows(n), *entered = reference_allocate(n, sizeof *entered), r = n;
  unsigned char *used = reference_allocate(n, sizeof *used), *made = reference_allocate(theta, row_size);
  reference_extended *distances = reference_distances(context, n, d, rows), *scores = reference_extended_new(n);
  for (size_t round = 0; round < theta; round++) {
    const size_t best = r - f - 2;
    for (size_t k = 0; k < r; k++) {
      const size_t i = remaining[k];
      reference_score(distances, n, i, remaining, r, best, &scores[i]);
      reference_set_score(report, i, &scores[i]);
    }
    reference_rank(REFERENCE_LEAST, scores, remaining, r);
    const int tie_of_best = reference_selection_tie(scores, remaining, r, best, report);
    const int tie_of_winner = reference_selection_tie(scores, remaining, r, 1, report);
    report->selection_ties += tie_of_best || tie_of_winner;
    reference_mean_of(context, d, rows, remaining, best, made + round * row_size);
    for (size_t k = 0; k < best; k++) used[remaining[k]] = 1;
    reference_remove(remaining, &r, 0);
  }
  size_t count = 0;
  for (size_t i = 0; i < n; i++)
    if (used[i]) entered[count++] = i;
  reference_selected(report, entered, count);
  size_t *all_made = reference_all_rows(theta);
  report->column_ties = reference_mean_around(context, d, made, all_made, theta, theta - 2 * f, out);
  reference_end(context, n, f, d, rows, out, report);
  reference_extended_free(scores, n);
  reference_extended_free(distances, n * n);
  free(all_made);
  free(made);
  free(used);
  free(entered);
  free(remaining);
}

void reference_multi_bulyan(reference_context *context, reference_bulyan_variant variant, size_t n, size_t f, size_t d, const void *rows,
                            void *out, reference_selection *report) {
  if (n < 4 * f + 3) reference_fail("multi-bulyan: n >= 4f+3 is needed");
  if (variant == REFERENCE_ONE_PASS) {
    one_pass(context, n, f, d, rows, out, report);
  } else {
    iterated(context, n, f, d, rows, out, report);
  }
}
