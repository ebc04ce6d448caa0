/* D_ij = sum over c of (X_ic - X_jc)^2 in squared units, +infinity if i or j is not finite, D_ii = 0 for every i.
 * N_i = sum over c of X_ic^2, +infinity if i is not finite. Krum's score: a sum of the least D_ij. */
#include "select.h"

#include <stdlib.h>

static void squared_distance(reference_context *context, size_t d, const void *rows, size_t i, size_t j, reference_extended *result) {
  if (i == j) {
    mpz_set_ui(context->sum, 0);
    reference_extended_set_z(result, context->sum);
    return;
  }
  if (!reference_row_is_finite(context, d, rows, i) || !reference_row_is_finite(context, d, rows, j)) {
    reference_extended_set_infinite(result, 1);
    return;
  }
  mpz_set_ui(context->sum, 0);
  for (size_t c = 0; c < d; c++) {
    reference_value(context, reference_load(context, rows, i * d + c), context->left);
    reference_value(context, reference_load(context, rows, j * d + c), context->right);
    mpz_sub(context->value, context->left, context->right);
    mpz_addmul(context->sum, context->value, context->value);
  }
  reference_extended_set_z(result, context->sum);
}

reference_extended *reference_distances(reference_context *context, size_t n, size_t d, const void *rows) {
  reference_extended *distances = reference_extended_new(n * n);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) squared_distance(context, d, rows, i, j, &distances[i * n + j]);
  return distances;
}

reference_extended *reference_norms(reference_context *context, size_t n, size_t d, const void *rows) {
  reference_extended *norms = reference_extended_new(n);
  for (size_t i = 0; i < n; i++) {
    if (!reference_row_is_finite(context, d, rows, i)) {
      reference_extended_set_infinite(&norms[i], 1);
      continue;
    }
    mpz_set_ui(context->sum, 0);
    for (size_t c = 0; c < d; c++) {
      reference_value(context, reference_load(context, rows, i * d + c), context->value);
      mpz_addmul(context->sum, context->value, context->value);
    }
    reference_extended_set_z(&norms[i], context->sum);
  }
  return norms;
}

void reference_score(const reference_extended *distances, size_t n, size_t i, const size_t *remaining, size_t count, size_t neighbours,
                     reference_extended *score) {
  size_t *others = reference_allocate(count, sizeof *others), other_count = 0;
  for (size_t k = 0; k < count; k++)
    if (remaining[k] != i) others[other_count++] = remaining[k];
  if (neighbours > other_count) reference_fail("a score with more neighbours than rows");
  reference_rank(REFERENCE_LEAST, &distances[i * n], others, other_count);
  score->infinite = 0;
  mpq_set_ui(score->value, 0, 1);
  for (size_t k = 0; k < neighbours; k++) reference_extended_add(score, &distances[i * n + others[k]]);
  free(others);
}
