/* Real arithmetic, and Jacobi's method: rotations that make one pair of off-diagonal elements zero after the other, until all of them
 * are negligible beside the diagonal at the precision of the matrix. */
#include "real.h"
#include "context.h"

#include <stdlib.h>

mpfr_t *reference_reals_new(size_t count, mpfr_prec_t bits) {
  mpfr_t *reals = reference_allocate(count, sizeof *reals);
  for (size_t i = 0; i < count; i++) {
    mpfr_init2(reals[i], bits);
    mpfr_set_zero(reals[i], 1);
  }
  return reals;
}

void reference_reals_free(mpfr_t *reals, size_t count) {
  for (size_t i = 0; i < count; i++) mpfr_clear(reals[i]);
  free(reals);
}

void reference_dot(mpfr_ptr result, const mpfr_t *a, const mpfr_t *b, size_t count) {
  mpfr_t product;
  mpfr_init2(product, mpfr_get_prec(result));
  mpfr_set_zero(result, 1);
  for (size_t i = 0; i < count; i++) {
    mpfr_mul(product, a[i], b[i], MPFR_RNDN);
    mpfr_add(result, result, product, MPFR_RNDN);
  }
  mpfr_clear(product);
}

void reference_norm(mpfr_ptr result, const mpfr_t *a, size_t count) {
  reference_dot(result, a, a, count);
  mpfr_sqrt(result, result, MPFR_RNDN);
}

mpfr_prec_t reference_wide_bits(const reference_context *context) {
  return (mpfr_prec_t)(2 * ((1u << context->exponent_bits) + context->fraction_bits) + 300);
}

void reference_row_of_reals(reference_context *context, size_t d, const void *rows, size_t row, mpfr_t *reals) {
  for (size_t c = 0; c < d; c++) {
    reference_value(context, reference_load(context, rows, row * d + c), context->value);
    mpfr_set_z(reals[c], context->value, MPFR_RNDN);
  }
}

/* x := c x - s y and y := s x + c y. */
static void rotate(mpfr_ptr x, mpfr_ptr y, mpfr_srcptr c, mpfr_srcptr s, mpfr_t *scratch) {
  mpfr_mul(scratch[0], c, x, MPFR_RNDN);
  mpfr_mul(scratch[1], s, y, MPFR_RNDN);
  mpfr_sub(scratch[0], scratch[0], scratch[1], MPFR_RNDN);
  mpfr_mul(scratch[1], s, x, MPFR_RNDN);
  mpfr_mul(scratch[2], c, y, MPFR_RNDN);
  mpfr_add(y, scratch[1], scratch[2], MPFR_RNDN);
  mpfr_set(x, scratch[0], MPFR_RNDN);
}

/* c and s of the rotation that makes the element (p, q) zero: t = tan of the angle is the smaller root of t^2 + 2 theta t - 1 = 0,
 * theta = (a_qq - a_pp) / 2 a_pq. */
static void angle(mpfr_srcptr a_pp, mpfr_srcptr a_pq, mpfr_srcptr a_qq, mpfr_ptr c, mpfr_ptr s, mpfr_t *scratch) {
  mpfr_ptr theta = scratch[0], t = scratch[1];
  mpfr_sub(theta, a_qq, a_pp, MPFR_RNDN);
  mpfr_div(theta, theta, a_pq, MPFR_RNDN);
  mpfr_div_2ui(theta, theta, 1, MPFR_RNDN);
  mpfr_sqr(t, theta, MPFR_RNDN);
  mpfr_add_ui(t, t, 1, MPFR_RNDN);
  mpfr_sqrt(t, t, MPFR_RNDN);
  if (mpfr_sgn(theta) < 0) mpfr_neg(t, t, MPFR_RNDN);
  mpfr_add(t, t, theta, MPFR_RNDN);
  mpfr_ui_div(t, 1, t, MPFR_RNDN);
  mpfr_sqr(c, t, MPFR_RNDN);
  mpfr_add_ui(c, c, 1, MPFR_RNDN);
  mpfr_rec_sqrt(c, c, MPFR_RNDN);
  mpfr_mul(s, t, c, MPFR_RNDN);
}

/* Whether the element (p, q) is below the precision beside the greatest diagonal element. */
static int negligible(const mpfr_t *matrix, size_t k, size_t p, size_t q) {
  if (mpfr_zero_p(matrix[p * k + q])) return 1;
  mpfr_exp_t greatest = mpfr_get_emin();
  for (size_t i = 0; i < k; i++)
    if (!mpfr_zero_p(matrix[i * k + i]) && mpfr_get_exp(matrix[i * k + i]) > greatest) greatest = mpfr_get_exp(matrix[i * k + i]);
  return mpfr_get_exp(matrix[p * k + q]) < greatest - mpfr_get_prec(matrix[0]);
}

void reference_greatest_eigenpair(mpfr_t *matrix, size_t k, mpfr_ptr eigenvalue, mpfr_t *eigenvector) {
  const mpfr_prec_t bits = mpfr_get_prec(matrix[0]);
  mpfr_t *vectors = reference_reals_new(k * k, bits), *scratch = reference_reals_new(5, bits);
  mpfr_ptr c = scratch[3], s = scratch[4];
  for (size_t i = 0; i < k; i++) mpfr_set_ui(vectors[i * k + i], 1, MPFR_RNDN);
  int rotated = 1;
  for (int sweep = 0; rotated; sweep++) {
    if (sweep == 100) reference_fail("Jacobi's method does not converge");
    rotated = 0;
    for (size_t p = 0; p < k; p++)
      for (size_t q = p + 1; q < k; q++) {
        if (negligible(matrix, k, p, q)) continue;
        rotated = 1;
        angle(matrix[p * k + p], matrix[p * k + q], matrix[q * k + q], c, s, scratch);
        for (size_t i = 0; i < k; i++) rotate(matrix[i * k + p], matrix[i * k + q], c, s, scratch);
        for (size_t i = 0; i < k; i++) rotate(matrix[p * k + i], matrix[q * k + i], c, s, scratch);
        for (size_t i = 0; i < k; i++) rotate(vectors[i * k + p], vectors[i * k + q], c, s, scratch);
        mpfr_set_zero(matrix[p * k + q], 1);
        mpfr_set_zero(matrix[q * k + p], 1);
      }
  }
  size_t greatest = 0;
  for (size_t i = 1; i < k; i++)
    if (mpfr_cmp(matrix[i * k + i], matrix[greatest * k + greatest]) > 0) greatest = i;
  mpfr_set(eigenvalue, matrix[greatest * k + greatest], MPFR_RNDN);
  for (size_t i = 0; i < k; i++) mpfr_set(eigenvector[i], vectors[i * k + greatest], MPFR_RNDN);
  reference_reals_free(scratch, 5);
  reference_reals_free(vectors, k * k);
}
