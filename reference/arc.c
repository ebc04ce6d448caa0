/* arc: clip with t^2 the (k+1)-th greatest N, k = floor(2f(n-f) / n); nothing changes if that is infinite. */
#include "select.h"

#include <stdlib.h>
#include <string.h>

void reference_arc(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out) {
  if (n <= 2 * f) reference_fail("arc: n > 2f is needed");
  size_t *ranked = reference_all_rows(n);
  reference_extended *norms = reference_norms(context, n, d, rows);
  reference_rank(REFERENCE_GREATEST, norms, ranked, n);
  const reference_extended *threshold = &norms[ranked[2 * f * (n - f) / n]];
  if (threshold->infinite != 0) {
    memcpy(out, rows, n * d * reference_word_size(context));
  } else {
    reference_clip_to(context, n, threshold->value, d, rows, out);
  }
  reference_extended_free(norms, n);
  free(ranked);
}
