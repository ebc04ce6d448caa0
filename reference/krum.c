/* krum: score_i is the sum of the n-f-2 least D_ij, j != i; the row with the least score, bit for bit, of equal ones the first. */
#include "select.h"

#include <stdlib.h>
#include <string.h>

void reference_krum(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report) {
  if (n < 2 * f + 3) reference_fail("krum: n >= 2f+3 is needed");
  reference_begin(report, n);
  size_t *ranked = reference_all_rows(n);
  reference_extended *distances = reference_distances(context, n, d, rows), *scores = reference_extended_new(n);
  for (size_t i = 0; i < n; i++) {
    reference_score(distances, n, i, ranked, n, n - f - 2, &scores[i]);
    reference_set_score(report, i, &scores[i]);
  }
  reference_rank(REFERENCE_LEAST, scores, ranked, n);
  report->selection_ties = (size_t)reference_selection_tie(scores, ranked, n, 1, report);
  reference_selected(report, ranked, 1);
  const size_t row_size = d * reference_word_size(context);
  memcpy(out, (const unsigned char *)rows + ranked[0] * row_size, row_size);
  reference_end(context, n, f, d, rows, out, report);
  reference_extended_free(scores, n);
  reference_extended_free(distances, n * n);
  free(ranked);
}
