/* Judgement of rules over the real numbers: see judge_reals.h. Everything is compared in units, exactly or with the bits of the reference. */
#include "judge_reals.h"

#include "real.h"
#include "select.h"

#include <stdlib.h>
#include <string.h>

void real_case_set(const real_case *one, certigar_options *options) {
  certigar_options_set_f(options, one->f);
  if (one->tau && !certigar_options_set_tau(options, one->tau)) reference_fail("tau is no number");
  if (one->iterations > 0) certigar_options_set_iterations(options, one->iterations);
  certigar_options_set_centre(options, one->centre);
}

/* ---- columns ---- */

static size_t finite_rows(reference_context *context, const real_case *one, size_t *list) {
  size_t m = 0;
  for (size_t i = 0; i < one->n; i++)
    if (reference_row_is_finite(context, one->d, one->rows, i)) list[m++] = i;
  return m;
}

static uint64_t magnitude_of(const reference_context *context, uint64_t word) {
  return word & (((uint64_t)1 << (context->fraction_bits + context->exponent_bits)) - 1);
}

/* The values of the column that the output lies between, and the ULP of the greatest magnitude. */
static void column_range(reference_context *context, const real_case *one, const size_t *list, size_t m, size_t c, mpz_t least, mpz_t greatest,
                         mpz_t ulp) {
  uint64_t magnitude = 0;
  for (size_t k = 0; k < m + (one->rule == CERTIGAR_CENTERED_CLIPPING); k++) {
    uint64_t word = 0;
    if (k < m) word = reference_load(context, one->rows, list[k] * one->d + c);
    if (k == m && one->centre) word = reference_load(context, one->centre, c);
    reference_value(context, word, context->value);
    if (k == 0 || mpz_cmp(context->value, least) < 0) mpz_set(least, context->value);
    if (k == 0 || mpz_cmp(context->value, greatest) > 0) mpz_set(greatest, context->value);
    if (magnitude_of(context, word) > magnitude) magnitude = magnitude_of(context, word);
  }
  const uint64_t exponent = magnitude >> context->fraction_bits;
  mpz_set_ui(ulp, 0);
  mpz_setbit(ulp, exponent > 0 ? exponent - 1 : 0);
}

/* wanted: NULL if only the range is looked at. */
static const char *judge_column(reference_context *context, const real_case *one, const size_t *list, size_t m, size_t c, const void *out,
                                mpfr_srcptr wanted) {
  mpz_t least, greatest, ulp;
  mpfr_t difference;
  const uint64_t word = reference_load(context, out, c);
  const char *wrong = NULL;
  if (!reference_is_finite(context, word)) return "an output of finite rows is not finite";
  mpz_inits(least, greatest, ulp, (mpz_ptr)NULL);
  column_range(context, one, list, m, c, least, greatest, ulp);
  reference_value(context, word, context->value);
  if (mpz_cmp(context->value, least) < 0 || mpz_cmp(context->value, greatest) > 0) wrong = "an output is out of the range of its column";
  if (wanted) {
    mpfr_init2(difference, mpfr_get_prec(wanted) + 64);
    mpfr_sub_z(difference, wanted, context->value, MPFR_RNDN);
    mpfr_abs(difference, difference, MPFR_RNDN);
    if (mpfr_cmp_z(difference, ulp) > 0) wrong = "an output is off by more than one ULP of the greatest magnitude";
    mpfr_clear(difference);
  }
  mpz_clears(least, greatest, ulp, (mpz_ptr)NULL);
  return wrong;
}

static const char *judge_output(reference_context *context, const real_case *one, const size_t *list, size_t m, const void *out,
                                const mpfr_t *wanted) {
  const char *wrong = NULL;
  for (size_t c = 0; c < one->d && !wrong; c++) wrong = judge_column(context, one, list, m, c, out, wanted ? wanted[c] : NULL);
  return wrong;
}

/* ---- caf: does the result depend on the order of the rows? Then it depends on the eigenvector. ---- */

/* Row i of the result is row (i + turn) mod n, or of the reverse order. */
static void reorder(const real_case *one, size_t size, size_t turn, int reverse, unsigned char *to) {
  for (size_t i = 0; i < one->n; i++) {
    const size_t from = (reverse ? one->n - 1 - i : i) + turn;
    memcpy(to + i * one->d * size, (const unsigned char *)one->rows + from % one->n * one->d * size, one->d * size);
  }
}

/* Whether a and b differ by more than 2^-20 ULP in a column. */
static int differ(reference_context *context, const real_case *one, const size_t *list, size_t m, const mpfr_t *a, const mpfr_t *b) {
  mpz_t least, greatest, ulp;
  mpfr_t difference;
  int found = 0;
  mpz_inits(least, greatest, ulp, (mpz_ptr)NULL);
  mpfr_init2(difference, mpfr_get_prec(a[0]));
  for (size_t c = 0; c < one->d; c++) {
    column_range(context, one, list, m, c, least, greatest, ulp);
    mpfr_sub(difference, a[c], b[c], MPFR_RNDN);
    mpfr_mul_2ui(difference, difference, 20, MPFR_RNDN);
    mpfr_abs(difference, difference, MPFR_RNDN);
    if (mpfr_cmp_z(difference, ulp) > 0) found = 1;
  }
  mpfr_clear(difference);
  mpz_clears(least, greatest, ulp, (mpz_ptr)NULL);
  return found;
}

static int depends_on_order(reference_context *context, const real_case *one, const size_t *list, size_t m, const mpfr_t *wanted) {
  const size_t size = reference_word_size(context);
  unsigned char *moved = reference_allocate(one->n * one->d, size);
  mpfr_t *other = reference_reals_new(one->d, mpfr_get_prec(wanted[0]));
  int depends = 0;
  for (size_t turn = 0; turn < 3 && !depends; turn++) {
    reorder(one, size, turn, turn % 2 == 0, moved);
    reference_caf(context, one->n, one->f, one->d, moved, other);
    depends = differ(context, one, list, m, wanted, other);
  }
  reference_reals_free(other, one->d);
  free(moved);
  return depends;
}

/* ---- smea ---- */

/* The greatest eigenvalue of the scatter of some rows, times their number squared. */
static void greatest_eigenvalue(reference_context *context, const real_case *one, const size_t *set, size_t k, mpfr_ptr value) {
  const mpfr_prec_t bits = reference_wide_bits(context);
  mpfr_t *x = reference_reals_new(k * one->d, bits), *matrix = reference_reals_new(k * k, bits), *vector = reference_reals_new(k, bits);
  mpfr_t *sum = reference_reals_new(1, bits);
  for (size_t i = 0; i < k; i++) reference_row_of_reals(context, one->d, one->rows, set[i], &x[i * one->d]);
  for (size_t c = 0; c < one->d; c++) {
    mpfr_set_zero(sum[0], 1);
    for (size_t i = 0; i < k; i++) mpfr_add(sum[0], sum[0], x[i * one->d + c], MPFR_RNDN);
    for (size_t i = 0; i < k; i++) {
      mpfr_mul_ui(x[i * one->d + c], x[i * one->d + c], k, MPFR_RNDN);
      mpfr_sub(x[i * one->d + c], x[i * one->d + c], sum[0], MPFR_RNDN);
    }
  }
  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; j < k; j++) reference_dot(matrix[i * k + j], &x[i * one->d], &x[j * one->d], one->d);
  reference_greatest_eigenpair(matrix, k, value, vector);
  reference_reals_free(sum, 1);
  reference_reals_free(vector, k);
  reference_reals_free(matrix, k * k);
  reference_reals_free(x, k * one->d);
}

/* Another set than the reference's: right if its eigenvalue is at most 1 + 2^-30 times as great, and not exactly as great. */
static const char *judge_other_set(reference_context *context, const real_case *one, const size_t *set, size_t k, const size_t *wanted) {
  mpfr_t *values = reference_reals_new(3, reference_wide_bits(context));
  greatest_eigenvalue(context, one, set, k, values[0]);
  greatest_eigenvalue(context, one, wanted, k, values[1]);
  mpfr_sub(values[2], values[0], values[1], MPFR_RNDN);
  mpfr_mul_2ui(values[2], values[2], 30, MPFR_RNDN);
  const int right = mpfr_lessequal_p(values[2], values[1]);
  mpfr_abs(values[2], values[2], MPFR_RNDN);
  mpfr_mul_2ui(values[2], values[2], (unsigned long)reference_wide_bits(context) / 2 - 30, MPFR_RNDN);
  const int equal = mpfr_lessequal_p(values[2], values[1]);
  reference_reals_free(values, 3);
  if (!right) return "the greatest eigenvalue of the set selected is not the least";
  return equal ? "of equal sets the lexicographically smallest was not selected" : NULL;
}

static const char *judge_smea(reference_context *context, const real_case *one, const void *out, const certigar_certificate *certificate) {
  reference_selection *report = reference_selection_new(one->n);
  const size_t row_size = one->d * reference_word_size(context);
  void *wanted = reference_allocate(row_size, 1);
  const char *wrong = NULL;
  reference_smea(context, one->n, one->f, one->d, one->rows, wanted, report);
  if (certificate->selected_count != report->count) {
    wrong = "the number of rows selected is wrong";
  } else if (memcmp(certificate->selected, report->rows, report->count * sizeof *report->rows) != 0) {
    wrong = judge_other_set(context, one, certificate->selected, report->count, report->rows);
    reference_mean_of(context, one->d, one->rows, certificate->selected, report->count, wanted);
  }
  if (!wrong && memcmp(out, wanted, row_size) != 0) wrong = "the output is not the mean of the rows selected";
  free(wanted);
  reference_selection_free(report);
  return wrong;
}

/* ---- all ---- */

static const char *judge_certificate_of(const real_case *one, const size_t *list, size_t m, certigar_status status,
                                        const certigar_certificate *certificate) {
  const certigar_status wanted = m == 0 ? CERTIGAR_NO_VALUE : one->n - m > one->f ? CERTIGAR_NOT_FINITE : CERTIGAR_OK;
  if (status != wanted) return "the status is wrong";
  if (certificate->nonfinite_row_count != one->n - m) return "the number of rows that are not finite is wrong";
  if (m > 0 && certificate->nonfinite_outputs > 0) return "outputs are said not to be finite";
  if (certificate->ties > 0 || certificate->score_count > 0 || !certificate->margin.infinite) return "there are ties, scores or a margin";
  size_t k = 0;
  for (size_t i = 0; i < certificate->selected_count; i++) {
    while (k < m && list[k] < certificate->selected[i]) k++;
    if (k == m || list[k] != certificate->selected[i]) return "a row selected is not finite, or they do not ascend";
    k++;
  }
  const int all = one->rule == CERTIGAR_CENTERED_CLIPPING || (one->rule == CERTIGAR_CAF && one->f <= one->n - m);
  if (m > 0 && certificate->selected_count == 0) return "no row is selected";
  return all && certificate->selected_count != m ? "not all finite rows are selected" : NULL;
}

static const char *judge_values(reference_context *context, const real_case *one, const size_t *list, size_t m, const void *out, int *open) {
  mpfr_t *wanted = reference_reals_new(one->d, reference_wide_bits(context));
  if (one->rule == CERTIGAR_CENTERED_CLIPPING) {
    reference_centered_clipping(context, one->n, one->tau_value, one->iterations, one->centre, one->d, one->rows, wanted);
  } else {
    reference_caf(context, one->n, one->f, one->d, one->rows, wanted);
    *open = depends_on_order(context, one, list, m, wanted);
  }
  const char *wrong = judge_output(context, one, list, m, out, *open ? NULL : wanted);
  reference_reals_free(wanted, one->d);
  return wrong;
}

const char *judge_reals(reference_context *context, const real_case *one, certigar_status status, const void *out,
                        const certigar_certificate *certificate, int *open) {
  size_t *list = reference_allocate(one->n, sizeof *list);
  const size_t m = finite_rows(context, one, list);
  *open = 0;
  const char *wrong = judge_certificate_of(one, list, m, status, certificate);
  if (!wrong && m > 0 && one->rule == CERTIGAR_SMEA) wrong = judge_smea(context, one, out, certificate);
  if (!wrong && m > 0 && one->rule != CERTIGAR_SMEA) wrong = judge_values(context, one, list, m, out, open);
  free(list);
  return wrong;
}
