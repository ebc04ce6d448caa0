/* multi-krum: the mean of the m rows of least score, 1 <= m <= n-f-2; score_i is the sum of the n-f-2 least D_ij, j != i. */
#include "select.h"

#include <stdlib.h>

void reference_multi_krum(reference_context *context, size_t n, size_t f, size_t m, size_t d, const void *rows, void *out,
                          reference_selection *report) {
  if (n < 2 * f + 3) reference_fail("multi-krum: n >= 2f+3 is needed");
  if (m < 1 || m > n - f - 2) reference_fail("multi-krum: 1 <= m <= n-f-2 is needed");
  reference_begin(report, n);
  size_t *ranked = reference_all_rows(n);
  reference_extended *distances = reference_distances(context, n, d, rows), *scores = reference_extended_new(n);
  for (size_t i = 0; i < n; i++) {
    reference_score(distances, n, i, ranked, n, n - f - 2, &scores[i]);
    reference_set_score(report, i, &scores[i]);
  }
  reference_rank(REFERENCE_LEAST, scores, ranked, n);
  report->selection_ties = (size_t)reference_selection_tie(scores, ranked, n, m, report);
  reference_selected(report, ranked, m);
  reference_mean_of(context, d, rows, report->rows, m, out);
  reference_end(context, n, f, d, rows, out, report);
  reference_extended_free(scores, n);
  reference_extended_free(distances, n * n);
  free(ranked);
}
