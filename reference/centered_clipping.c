/* centered-clipping: L times, v becomes v + (1/m) sum of a_i (x_i - v) over the m finite rows, a_i = min(1, tau / norm(x_i - v)).
 *
 * In units, with enough bits for the squares of all values of the format. */
#include "real.h"
#include "select.h"

#include <stdlib.h>

/* v -> v + (1/m) sum a_i (x_i - v). x: m x d. */
static void step(const mpfr_t *x, size_t m, size_t d, mpfr_srcptr tau, mpfr_t *v) {
  const mpfr_prec_t bits = mpfr_get_prec(tau);
  mpfr_t *difference = reference_reals_new(d, bits), *sum = reference_reals_new(d, bits), *norm = reference_reals_new(1, bits);
  for (size_t i = 0; i < m; i++) {
    for (size_t c = 0; c < d; c++) mpfr_sub(difference[c], x[i * d + c], v[c], MPFR_RNDN);
    reference_norm(norm[0], difference, d);
    const int clipped = mpfr_greater_p(norm[0], tau);
    if (clipped) mpfr_div(norm[0], tau, norm[0], MPFR_RNDN);
    for (size_t c = 0; c < d; c++) {
      if (clipped) mpfr_mul(difference[c], difference[c], norm[0], MPFR_RNDN);
      mpfr_add(sum[c], sum[c], difference[c], MPFR_RNDN);
    }
  }
  for (size_t c = 0; c < d; c++) {
    mpfr_div_ui(sum[c], sum[c], m, MPFR_RNDN);
    mpfr_add(v[c], v[c], sum[c], MPFR_RNDN);
  }
  reference_reals_free(norm, 1);
  reference_reals_free(sum, d);
  reference_reals_free(difference, d);
}

size_t reference_centered_clipping(reference_context *context, size_t n, mpq_srcptr tau, size_t iterations, const void *centre, size_t d,
                                   const void *rows, mpfr_t *v) {
  if (mpq_sgn(tau) <= 0) reference_fail("centered-clipping: tau > 0 is needed");
  if (iterations < 1) reference_fail("centered-clipping: an iteration is needed");
  if (centre != NULL && !reference_row_is_finite(context, d, centre, 0)) reference_fail("centered-clipping: a finite centre is needed");
  const mpfr_prec_t bits = reference_wide_bits(context);
  mpfr_t *x = reference_reals_new(n * d, bits), *now = reference_reals_new(d, bits), *limit = reference_reals_new(1, bits);
  size_t m = 0;
  for (size_t i = 0; i < n; i++)
    if (reference_row_is_finite(context, d, rows, i)) reference_row_of_reals(context, d, rows, i, &x[m++ * d]);
  if (centre != NULL) reference_row_of_reals(context, d, centre, 0, now);
  mpfr_set_q(limit[0], tau, MPFR_RNDN);
  mpfr_mul_2ui(limit[0], limit[0], reference_unit_exponent(context), MPFR_RNDN);
  if (m > 0) {
    for (size_t t = 0; t < iterations; t++) step(x, m, d, limit[0], now);
    for (size_t c = 0; c < d; c++) mpfr_set(v[c], now[c], MPFR_RNDN);
  }
  reference_reals_free(limit, 1);
  reference_reals_free(now, d);
  reference_reals_free(x, n * d);
  return m;
}
