/* smea: of the m finite rows, f' = max(0, f - (n-m)), all sets of k = m-f' rows; the one whose covariance has the least greatest
 * eigenvalue, the first of equal ones; its mean.
 *
 * The covariance of a set has the non-zero eigenvalues of the matrix <e_i, e_j> / k^3 with the integers e_i = k x_i - sum of x; the
 * common factor is left out. Two of them that agree in half of their bits are taken for equal. */
#include "real.h"
#include "select.h"
#include "subset.h"

#include <stdlib.h>

static void greatest_eigenvalue(reference_context *context, size_t d, const void *rows, const size_t *set, size_t k, mpfr_t *matrix,
                                mpfr_t *vector, mpfr_ptr eigenvalue) {
  mpz_t *e = reference_allocate(k * d, sizeof *e);
  for (size_t c = 0; c < d; c++) {
    mpz_set_ui(context->sum, 0);
    for (size_t i = 0; i < k; i++) {
      mpz_init(e[i * d + c]);
      reference_value(context, reference_load(context, rows, set[i] * d + c), e[i * d + c]);
      mpz_add(context->sum, context->sum, e[i * d + c]);
    }
    for (size_t i = 0; i < k; i++) {
      mpz_mul_ui(e[i * d + c], e[i * d + c], k);
      mpz_sub(e[i * d + c], e[i * d + c], context->sum);
    }
  }
  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; j < k; j++) {
      mpz_set_ui(context->sum, 0);
      for (size_t c = 0; c < d; c++) mpz_addmul(context->sum, e[i * d + c], e[j * d + c]);
      mpfr_set_z(matrix[i * k + j], context->sum, MPFR_RNDN);
    }
  for (size_t i = 0; i < k * d; i++) mpz_clear(e[i]);
  free(e);
  reference_greatest_eigenpair(matrix, k, eigenvalue, vector);
}

void reference_smea(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report) {
  if (n <= 2 * f) reference_fail("smea: n > 2f is needed");
  reference_begin(report, n);
  const mpfr_prec_t bits = reference_wide_bits(context);
  size_t *list = reference_allocate(n, sizeof *list), m = 0;
  for (size_t i = 0; i < n; i++)
    if (reference_row_is_finite(context, d, rows, i)) list[m++] = i;
  const size_t still_byzantine = f > n - m ? f - (n - m) : 0, k = m - still_byzantine;
  size_t *subset = reference_allocate(n, sizeof *subset), *set = reference_allocate(n, sizeof *set);
  size_t *best = reference_allocate(n, sizeof *best);
  mpfr_t *matrix = reference_reals_new(k * k, bits), *vector = reference_reals_new(k, bits), *numbers = reference_reals_new(3, bits);
  mpfr_ptr least = numbers[0], eigenvalue = numbers[1], limit = numbers[2];
  mpfr_set_inf(least, 1);
  reference_first_subset(k, subset);
  int more = m > 0;
  while (more) {
    for (size_t i = 0; i < k; i++) set[i] = list[subset[i]];
    greatest_eigenvalue(context, d, rows, set, k, matrix, vector, eigenvalue);
    mpfr_div_2ui(limit, least, (unsigned long)bits / 2, MPFR_RNDN);
    mpfr_sub(limit, least, limit, MPFR_RNDN);
    if (mpfr_inf_p(least) || mpfr_less_p(eigenvalue, limit)) {
      mpfr_set(least, eigenvalue, MPFR_RNDN);
      for (size_t i = 0; i < k; i++) best[i] = set[i];
    }
    more = reference_next_subset(m, k, subset);
  }
  report->no_value = m == 0;
  if (m > 0) {
    reference_selected(report, best, k);
    reference_mean_of(context, d, rows, best, k, out);
  }
  reference_end(context, n, f, d, rows, out, report);
  reference_reals_free(numbers, 3);
  reference_reals_free(vector, k);
  reference_reals_free(matrix, k * k);
  free(best);
  free(set);
  free(subset);
  free(list);
}
