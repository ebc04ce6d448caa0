/* zeno: score_i = l - l_i - rho norm(u_i)^2 as an exact number; -infinity if the row is not finite or l - l_i is a NaN. The mean of the
 * n-b rows of greatest score.
 * zeno++: u is accepted if u and g are finite and gamma <g, u> - rho norm(u)^2 >= -gamma epsilon. */
#include "select.h"

#include <stdlib.h>

/* l - l_i, or -infinity for a NaN. Losses are binary64 words. */
static void decrease(reference_context *binary64, uint64_t loss, uint64_t loss_after, reference_extended *result) {
  const int finite = reference_is_finite(binary64, loss), finite_after = reference_is_finite(binary64, loss_after);
  const int negative = reference_is_negative(binary64, loss), negative_after = reference_is_negative(binary64, loss_after);
  if (reference_is_nan(binary64, loss) || reference_is_nan(binary64, loss_after)) {
    reference_extended_set_infinite(result, -1);
  } else if (!finite && !finite_after) {
    reference_extended_set_infinite(result, negative == negative_after || negative ? -1 : 1);
  } else if (!finite) {
    reference_extended_set_infinite(result, negative ? -1 : 1);
  } else if (!finite_after) {
    reference_extended_set_infinite(result, negative_after ? 1 : -1);
  } else {
    reference_value(binary64, loss, binary64->left);
    reference_value(binary64, loss_after, binary64->right);
    mpz_sub(binary64->value, binary64->left, binary64->right);
    reference_extended_set_z(result, binary64->value);
    mpq_div_2exp(result->value, result->value, reference_unit_exponent(binary64));
  }
}

void reference_zeno(reference_context *context, size_t n, size_t b, mpq_srcptr rho, const uint64_t *losses, size_t d, const void *rows,
                    void *out, reference_selection *report) {
  if (b >= n) reference_fail("zeno: b < n is needed");
  if (mpq_sgn(rho) < 0) reference_fail("zeno: rho >= 0 is needed");
  reference_begin(report, n);
  reference_context *binary64 = reference_new(REFERENCE_BINARY64);
  reference_extended *norms = reference_norms(context, n, d, rows), *scores = reference_extended_new(n);
  for (size_t i = 0; i < n; i++) {
    decrease(binary64, losses[0], losses[1 + i], &scores[i]);
    if (norms[i].infinite != 0) {
      reference_extended_set_infinite(&scores[i], -1);
    } else if (scores[i].infinite == 0) {
      mpq_mul(norms[i].value, norms[i].value, rho);
      mpq_div_2exp(norms[i].value, norms[i].value, 2 * reference_unit_exponent(context));
      mpq_sub(scores[i].value, scores[i].value, norms[i].value);
    }
    reference_set_score(report, i, &scores[i]);
  }
  size_t *ranked = reference_all_rows(n);
  reference_rank(REFERENCE_GREATEST, scores, ranked, n);
  report->selection_ties = (size_t)reference_selection_tie(scores, ranked, n, n - b, report);
  reference_selected(report, ranked, n - b);
  reference_mean_of(context, d, rows, report->rows, n - b, out);
  reference_end(context, n, b, d, rows, out, report);
  reference_extended_free(scores, n);
  reference_extended_free(norms, n);
  reference_free(binary64);
  free(ranked);
}

int reference_zeno_accepts(reference_context *context, mpq_srcptr gamma, mpq_srcptr rho, mpq_srcptr epsilon, size_t d, const void *gradient,
                           const void *row) {
  if (mpq_sgn(gamma) <= 0) reference_fail("zeno++: gamma > 0 is needed");
  if (mpq_sgn(rho) < 0 || mpq_sgn(epsilon) < 0) reference_fail("zeno++: rho >= 0 and epsilon >= 0 are needed");
  if (!reference_row_is_finite(context, d, gradient, 0) || !reference_row_is_finite(context, d, row, 0)) return 0;
  mpz_set_ui(context->sum, 0);    /* <g, u> */
  mpz_set_ui(context->middle, 0); /* norm(u)^2 */
  for (size_t c = 0; c < d; c++) {
    reference_value(context, reference_load(context, gradient, c), context->left);
    reference_value(context, reference_load(context, row, c), context->right);
    mpz_addmul(context->sum, context->left, context->right);
    mpz_addmul(context->middle, context->right, context->right);
  }
  mpq_t score, term;
  mpq_inits(score, term, (mpq_ptr)NULL);
  mpq_set_z(score, context->sum);
  mpq_mul(score, score, gamma);
  mpq_set_z(term, context->middle);
  mpq_mul(term, term, rho);
  mpq_sub(score, score, term);
  mpq_div_2exp(score, score, 2 * reference_unit_exponent(context));
  mpq_mul(term, gamma, epsilon);
  mpq_add(score, score, term);
  const int accepted = mpq_sgn(score) >= 0;
  mpq_clears(score, term, (mpq_ptr)NULL);
  return accepted;
}
