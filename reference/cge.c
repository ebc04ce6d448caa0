/* cge: the mean of the n-f rows of least norm; N_i is the exact squared norm, +infinity if the row is not finite. */
#include "select.h"

#include <stdlib.h>

void reference_cge(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report) {
  if (n <= 2 * f) reference_fail("cge: n > 2f is needed");
  reference_begin(report, n);
  size_t *ranked = reference_all_rows(n);
  reference_extended *norms = reference_norms(context, n, d, rows);
  for (size_t i = 0; i < n; i++) reference_set_score(report, i, &norms[i]);
  reference_rank(REFERENCE_LEAST, norms, ranked, n);
  report->selection_ties = (size_t)reference_selection_tie(norms, ranked, n, n - f, report);
  reference_selected(report, ranked, n - f);
  reference_mean_of(context, d, rows, report->rows, n - f, out);
  reference_end(context, n, f, d, rows, out, report);
  reference_extended_free(norms, n);
  free(ranked);
}
