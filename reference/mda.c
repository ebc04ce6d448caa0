/* mda: of all sets of n-f rows the one of least diameter, the lexicographically smallest of equal ones; its mean. The diameter is the
 * greatest D_ij of a set, 0 if it has one row. */
#include "select.h"
#include "subset.h"

#include <stdlib.h>

static void diameter_of(const reference_extended *distances, size_t n, const size_t *subset, size_t k, reference_extended *diameter) {
  diameter->infinite = 0;
  mpq_set_ui(diameter->value, 0, 1);
  for (size_t a = 0; a < k; a++)
    for (size_t b = a + 1; b < k; b++) {
      const reference_extended *distance = &distances[subset[a] * n + subset[b]];
      if (reference_extended_compare(distance, diameter) > 0) reference_extended_set(diameter, distance);
    }
}

void reference_mda(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report) {
  if (n <= 2 * f) reference_fail("mda: n > 2f is needed");
  reference_begin(report, n);
  const size_t k = n - f;
  size_t *subset = reference_allocate(k, sizeof *subset), *best = reference_allocate(k, sizeof *best);
  reference_extended *distances = reference_distances(context, n, d, rows), *diameters = reference_extended_new(3);
  reference_extended *least = &diameters[0], *second = &diameters[1], *diameter = &diameters[2];

  reference_first_subset(k, subset);
  reference_first_subset(k, best);
  diameter_of(distances, n, subset, k, least);
  int others = 0; /* whether second is the least diameter of the sets other than best */
  while (reference_next_subset(n, k, subset)) {
    diameter_of(distances, n, subset, k, diameter);
    if (reference_extended_compare(diameter, least) < 0) {
      reference_extended_set(second, least);
      reference_extended_set(least, diameter);
      for (size_t i = 0; i < k; i++) best[i] = subset[i];
    } else if (!others || reference_extended_compare(diameter, second) < 0) {
      reference_extended_set(second, diameter);
    }
    others = 1;
  }
  if (others) {
    report->selection_ties = reference_extended_compare(least, second) == 0;
    reference_note_margin(least, second, report);
  }
  reference_selected(report, best, k);
  reference_mean_of(context, d, rows, best, k, out);
  reference_end(context, n, f, d, rows, out, report);
  reference_extended_free(diameters, 3);
  reference_extended_free(distances, n * n);
  free(best);
  free(subset);
}
