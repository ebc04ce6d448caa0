/* monna: the mean of the pivot p and of the n-f-1 other rows of least D_pi. */
#include "select.h"

#include <stdlib.h>

size_t *reference_nearest(const reference_extended *distances, size_t n, size_t pivot, size_t k, int *tie, reference_selection *report) {
  size_t *list = reference_all_rows(n), count = n;
  reference_remove(list, &count, pivot);
  *tie = 0;
  if (k > 1) {
    reference_rank(REFERENCE_LEAST, &distances[pivot * n], list, count);
    *tie = reference_selection_tie(&distances[pivot * n], list, count, k - 1, report);
  }
  for (size_t i = count; i > 0; i--) list[i] = list[i - 1];
  list[0] = pivot;
  return list;
}

void reference_monna(reference_context *context, size_t n, size_t f, size_t pivot, size_t d, const void *rows, void *out,
                     reference_selection *report) {
  if (n <= 2 * f) reference_fail("monna: n > 2f is needed");
  if (pivot >= n) reference_fail("monna: 0 <= pivot < n is needed");
  reference_begin(report, n);
  reference_extended *distances = reference_distances(context, n, d, rows);
  for (size_t i = 0; i < n; i++) reference_set_score(report, i, &distances[pivot * n + i]);
  int tie;
  size_t *nearest = reference_nearest(distances, n, pivot, n - f, &tie, report);
  report->selection_ties = (size_t)tie;
  reference_selected(report, nearest, n - f);
  reference_mean_of(context, d, rows, nearest, n - f, out);
  reference_end(context, n, f, d, rows, out, report);
  reference_extended_free(distances, n * n);
  free(nearest);
}
