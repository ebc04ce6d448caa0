/* nnm: row i becomes the mean of itself and of the n-f-1 other rows of least D_ij. */
#include "select.h"

#include <stdlib.h>

size_t reference_nnm(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out) {
  if (n <= 2 * f) reference_fail("nnm: n > 2f is needed");
  const size_t row_size = d * reference_word_size(context);
  reference_extended *distances = reference_distances(context, n, d, rows);
  size_t ties = 0;
  for (size_t i = 0; i < n; i++) {
    int tie;
    size_t *nearest = reference_nearest(distances, n, i, n - f, &tie, NULL);
    reference_mean_of(context, d, rows, nearest, n - f, (unsigned char *)out + i * row_size);
    if (tie) ties++;
    free(nearest);
  }
  reference_extended_free(distances, n * n);
  return ties;
}
