/* brsgd: the non-finite rows are dropped, m are left. In each column, with S its sum, the rows with m X >= S are up; if they are at least
 * half, they get a mark, else the others do. C1: the rows whose L1 distance to the coordinate-wise exact median is at most 2T. C2: the
 * ceil(beta m) rows with most marks, of equal ones the first. The mean of the rows in both.
 *
 * Twice the median is an integer of units, so the sum of |2X - 2M| is compared with 4T. */
#include "select.h"

#include <stdlib.h>

static int compare_z(const void *left, const void *right) {
  return mpz_cmp(*(const mpz_t *)left, *(const mpz_t *)right);
}

/* Adds to each row's marks and to its doubled distance what column c contributes. */
static void judge_column(reference_context *context, size_t d, const void *rows, const size_t *list, size_t m, size_t c,
                         unsigned long *marks, mpz_t *doubled_distances) {
  mpz_t *values = reference_allocate(m, sizeof *values), *sorted = reference_allocate(m, sizeof *sorted), sum;
  mpz_init(sum);
  for (size_t k = 0; k < m; k++) {
    mpz_inits(values[k], sorted[k], (mpz_ptr)NULL);
    reference_value(context, reference_load(context, rows, list[k] * d + c), values[k]);
    mpz_set(sorted[k], values[k]);
    mpz_add(sum, sum, values[k]);
  }
  unsigned char *up = reference_allocate(m, sizeof *up);
  size_t up_count = 0;
  for (size_t k = 0; k < m; k++) {
    mpz_mul_ui(context->value, values[k], m);
    up[k] = mpz_cmp(context->value, sum) >= 0;
    up_count += up[k];
  }
  for (size_t k = 0; k < m; k++)
    if (up[k] == (2 * up_count >= m)) marks[k]++;

  qsort(sorted, m, sizeof *sorted, compare_z);
  mpz_add(context->middle, sorted[(m - 1) / 2], sorted[m / 2]); /* 2M */
  for (size_t k = 0; k < m; k++) {
    mpz_mul_ui(context->value, values[k], 2);
    mpz_sub(context->value, context->value, context->middle);
    mpz_abs(context->value, context->value);
    mpz_add(doubled_distances[k], doubled_distances[k], context->value);
  }
  for (size_t k = 0; k < m; k++) mpz_clears(values[k], sorted[k], (mpz_ptr)NULL);
  mpz_clear(sum);
  free(up);
  free(sorted);
  free(values);
}

/* ceil(beta m) */
static size_t share(mpq_srcptr beta, size_t m) {
  mpz_t product;
  mpz_init(product);
  mpz_mul_ui(product, mpq_numref(beta), m);
  mpz_cdiv_q(product, product, mpq_denref(beta));
  const size_t result = mpz_get_ui(product);
  mpz_clear(product);
  return result;
}

/* sum of |X - M| <= 2T, T in units; no threshold is no limit. */
static int is_near(mpz_srcptr doubled_distance, mpq_srcptr threshold) {
  if (threshold == NULL) return 1;
  mpq_t distance, limit;
  mpq_inits(distance, limit, (mpq_ptr)NULL);
  mpq_set_z(distance, doubled_distance);
  mpq_mul_2exp(limit, threshold, 2);
  const int near = mpq_cmp(distance, limit) <= 0;
  mpq_clears(distance, limit, (mpq_ptr)NULL);
  return near;
}

void reference_brsgd(reference_context *context, size_t n, size_t f, mpq_srcptr beta, mpq_srcptr threshold, size_t d, const void *rows,
                     void *out, reference_selection *report) {
  if (n <= 2 * f) reference_fail("brsgd: n > 2f is needed");
  if (mpq_sgn(beta) <= 0 || mpq_cmp_ui(beta, 1, 2) > 0) reference_fail("brsgd: 0 < beta <= 1/2 is needed");
  if (threshold != NULL && mpq_sgn(threshold) <= 0) reference_fail("brsgd: T > 0 is needed");
  reference_begin(report, n);
  size_t *list = reference_allocate(n, sizeof *list), m = 0;
  for (size_t i = 0; i < n; i++)
    if (reference_row_is_finite(context, d, rows, i)) list[m++] = i;

  unsigned long *marks = reference_allocate(n, sizeof *marks);
  mpz_t *doubled_distances = reference_allocate(n, sizeof *doubled_distances);
  for (size_t i = 0; i < n; i++) mpz_init(doubled_distances[i]);
  for (size_t c = 0; m > 0 && c < d; c++) judge_column(context, d, rows, list, m, c, marks, doubled_distances);

  reference_extended *scores = reference_extended_new(n);
  mpq_t threshold_in_units;
  mpq_init(threshold_in_units);
  if (threshold != NULL) mpq_mul_2exp(threshold_in_units, threshold, reference_unit_exponent(context));
  unsigned char *near = reference_allocate(n, sizeof *near);
  for (size_t k = 0; k < m; k++) {
    near[list[k]] = (unsigned char)is_near(doubled_distances[k], threshold != NULL ? threshold_in_units : NULL);
    mpq_set_ui(scores[list[k]].value, marks[k], 1);
    reference_set_score(report, list[k], &scores[list[k]]);
  }

  size_t *selected = reference_allocate(n, sizeof *selected), count = 0;
  if (m > 0) {
    const size_t kept = share(beta, m);
    reference_rank(REFERENCE_GREATEST, scores, list, m);
    report->selection_ties = (size_t)reference_selection_tie(scores, list, m, kept, report);
    for (size_t k = 0; k < kept; k++)
      if (near[list[k]]) selected[count++] = list[k];
  }
  reference_selected(report, selected, count);
  report->no_value = count == 0;
  if (count > 0) reference_mean_of(context, d, rows, selected, count, out);
  reference_end(context, n, f, d, rows, out, report);

  for (size_t i = 0; i < n; i++) mpz_clear(doubled_distances[i]);
  mpq_clear(threshold_in_units);
  reference_extended_free(scores, n);
  free(selected);
  free(near);
  free(doubled_distances);
  free(marks);
  free(list);
}
