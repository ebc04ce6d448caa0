/* bulyan: theta = n-2f rounds of krum on the r rows remaining, with min(r-1, max(1, r-f-2)) neighbours; the winner of each is chosen and
 * removed. The output is MeanAround(the chosen rows, theta-2f). */
#include "select.h"

#include <stdlib.h>

static size_t neighbours_of(size_t r, size_t f) {
  const size_t wanted = r > f + 2 ? r - f - 2 : 1;
  return wanted < r - 1 ? wanted : r - 1;
}

void reference_bulyan(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report) {
  if (n < 4 * f + 3) reference_fail("bulyan: n >= 4f+3 is needed");
  reference_begin(report, n);
  const size_t theta = n - 2 * f;
  size_t *remaining = reference_all_rows(n), *chosen = reference_allocate(theta, sizeof *chosen), r = n;
  reference_extended *distances = reference_distances(context, n, d, rows), *scores = reference_extended_new(n);
  for (size_t round = 0; round < theta; round++) {
    for (size_t k = 0; k < r; k++) {
      const size_t i = remaining[k];
      reference_score(distances, n, i, remaining, r, neighbours_of(r, f), &scores[i]);
      reference_set_score(report, i, &scores[i]);
    }
    reference_rank(REFERENCE_LEAST, scores, remaining, r);
    report->selection_ties += (size_t)reference_selection_tie(scores, remaining, r, 1, report);
    chosen[round] = remaining[0];
    reference_remove(remaining, &r, 0);
  }
  reference_selected(report, chosen, theta);
  report->column_ties = reference_mean_around(context, d, rows, report->rows, theta, theta - 2 * f, out);
  reference_end(context, n, f, d, rows, out, report);
  reference_extended_free(scores, n);
  reference_extended_free(distances, n * n);
  free(chosen);
  free(remaining);
}
