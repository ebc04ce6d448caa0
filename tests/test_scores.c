/* The rules that score otherwise in certigar.h: brsgd and zeno as a program meets them. Their values are tested by crosscheck; here they are small enough
 * to be seen at a glance, or too wide for crosscheck. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gmp.h>

#include "certigar.h"

enum { CANARY = 0xa5 };

static void assert_says(const certigar_message *message, const char *text) {
  if (!strstr(message->text, text)) fail_msg("\"%s\" does not say \"%s\"", message->text, text);
}

static void assert_bound(const certigar_bound *bound, int64_t value) {
  assert_false(bound->infinite);
  assert_int_equal(bound->negative, value < 0);
  if (value == 0) {
    assert_int_equal(bound->significand, 0);
    return;
  }
  assert_true(-63 <= bound->exponent && bound->exponent <= 0);
  assert_int_equal(bound->significand >> -bound->exponent << -bound->exponent, bound->significand);
  assert_int_equal(bound->significand >> -bound->exponent, value < 0 ? -value : value);
}

static void assert_score(const certigar_certificate *certificate, size_t row, int64_t value) {
  assert_bound(&certificate->scores[row].lower, value);
  assert_bound(&certificate->scores[row].upper, value);
}

static void assert_infinite(const certigar_certificate *certificate, size_t row, int negative) {
  const certigar_bound *bounds[2] = {&certificate->scores[row].lower, &certificate->scores[row].upper};
  for (int b = 0; b < 2; b++) {
    assert_true(bounds[b]->infinite);
    assert_int_equal(bounds[b]->negative, negative);
  }
}

/* A word of binary64 as a double: NaN and infinities too, whatever the compiler was told of them. */
static double number(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static const uint64_t nan_bits = UINT64_C(0x7ff8000000000000), infinity_bits = UINT64_C(0x7ff0000000000000), sign_bit = UINT64_C(1) << 63;

static certigar_matrix matrix_of(const double *rows, size_t n, size_t d) {
  return (certigar_matrix){.data = rows, .n = n, .d = d, .row_stride = (ptrdiff_t)(d * sizeof *rows), .column_stride = sizeof *rows};
}

static certigar_plan *plan_of(certigar_rule rule, size_t n, certigar_options *options) {
  certigar_plan *plan;
  certigar_message message;
  if (certigar_plan_new(&plan, rule, CERTIGAR_FLOAT64, n, options, &message) != CERTIGAR_OK) fail_msg("%s", message.text);
  certigar_options_free(options);
  return plan;
}

/* ---- brsgd ---- */

static certigar_options *brsgd_options(const char *beta, const char *threshold) {
  certigar_options *options = certigar_options_new();
  assert_non_null(options);
  assert_true(certigar_options_set_beta(options, beta));
  assert_true(certigar_options_set_threshold(options, threshold));
  return options;
}

/* Columns 0 0 0 4 (mean 1, one up: the others get marks), 0 0 2 2 (mean 1, two up: they do), 1 1 1 1 (all up). */
static const double small[4][3] = {{0, 0, 1}, {0, 0, 1}, {0, 2, 1}, {4, 2, 1}};

static void marks_and_distances(void **state) {
  (void)state;
  double out[3];
  certigar_certificate certificate;
  const certigar_matrix matrix = matrix_of(&small[0][0], 4, 3);
  certigar_plan *plan = plan_of(CERTIGAR_BRSGD, 4, brsgd_options("1/4", "inf")); /* medians 0, 1, 1; distances 1, 1, 1, 5 */
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_OK);
  assert_int_equal(certificate.score_count, 4);
  assert_score(&certificate, 0, 2);
  assert_score(&certificate, 1, 2);
  assert_score(&certificate, 2, 3);
  assert_score(&certificate, 3, 2);
  assert_int_equal(certificate.selected_count, 1);
  assert_int_equal(certificate.selected[0], 2);
  assert_int_equal(certificate.ties, 0);
  assert_true(certificate.margin.significand == UINT64_C(0xaaaaaaaaaaaaaaaa) && certificate.margin.exponent == -65); /* 1/3 */
  assert_true(out[0] == 0 && out[1] == 2 && out[2] == 1);
  certigar_plan_free(plan);

  plan = plan_of(CERTIGAR_BRSGD, 4, brsgd_options("0.25000000000000000000000000000001", "1/2")); /* two rows, of distance 1 = 2T */
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_OK);
  assert_int_equal(certificate.selected_count, 2);
  assert_int_equal(certificate.selected[0], 0);
  assert_int_equal(certificate.selected[1], 2);
  assert_int_equal(certificate.ties, 1);
  assert_true(certificate.margin.significand == 0 && !certificate.margin.infinite);
  certigar_plan_free(plan);
}

/* No row is near enough; no row is finite; and then the plan serves again. */
static void no_value(void **state) {
  (void)state;
  double rows[3][3] = {{0, 5, 100}, {5, 100, 0}, {100, 0, 5}}, out[3]; /* all at the distance 100 from 5, 5, 5 */
  unsigned char untouched[sizeof out];
  certigar_certificate certificate;
  certigar_message message;
  certigar_plan *plan = plan_of(CERTIGAR_BRSGD, 3, brsgd_options("1/2", "49.999"));
  memset(untouched, CANARY, sizeof untouched);
  memset(out, CANARY, sizeof out);
  const certigar_matrix matrix = matrix_of(&rows[0][0], 3, 3);
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, &message), CERTIGAR_NO_VALUE);
  assert_says(&message, "no row is selected");
  assert_int_equal(certificate.selected_count, 0);
  assert_memory_equal(out, untouched, sizeof out);
  for (int i = 0; i < 3; i++) rows[i][i % 2] = number(i == 1 ? nan_bits : infinity_bits);
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, &message), CERTIGAR_NO_VALUE);
  assert_says(&message, "no row is finite");
  assert_memory_equal(out, untouched, sizeof out);
  for (size_t i = 0; i < 3; i++) assert_infinite(&certificate, i, 1);
  assert_int_equal(certificate.nonfinite_row_count, 3);
  for (int i = 0; i < 3; i++) rows[i][0] = rows[i][1] = rows[i][2] = 7;
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, &message), CERTIGAR_OK);
  assert_true(out[0] == 7 && out[1] == 7 && out[2] == 7);
  certigar_plan_free(plan);
}

/* So many columns that the sums' carries have to be taken on the way: 2^-60, 1 and 3 in all of them. */
enum { WIDE = 8388608 + 4096 + 5 };

static void wide_rows(void *context, size_t row, size_t first, size_t count, void *values) {
  static const double column[3] = {0x1p-60, 1, 3};
  double *to = values;
  (void)context;
  (void)first;
  for (size_t c = 0; c < count; c++) to[c] = column[row];
}

static void distances_of_wide_rows(void **state) {
  (void)state;
  const certigar_matrix matrix = {.n = 3, .d = WIDE, .read = wide_rows};
  double *out = malloc(WIDE * sizeof *out);
  assert_non_null(out);
  for (int less = 0; less < 2; less++) {
    char threshold[64];
    certigar_certificate certificate;
    mpz_t distance; /* of row 0: WIDE (1 - 2^-60), in units of 2^-61 and halved */
    mpz_init_set_ui(distance, 1);
    mpz_mul_2exp(distance, distance, 60);
    mpz_sub_ui(distance, distance, 1);
    mpz_mul_ui(distance, distance, WIDE);
    mpz_sub_ui(distance, distance, (unsigned long)less);
    gmp_snprintf(threshold, sizeof threshold, "0x%Zxp-61", distance);
    mpz_clear(distance);
    certigar_options *options = brsgd_options("1/2", threshold);
    certigar_options_set_threads(options, 1 + (size_t)less);
    certigar_plan *plan = plan_of(CERTIGAR_BRSGD, 3, options);
    assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_OK);
    assert_score(&certificate, 0, WIDE);
    assert_score(&certificate, 1, WIDE);
    assert_score(&certificate, 2, 0);
    assert_int_equal(certificate.exact_distances, 1);
    assert_int_equal(certificate.selected_count, less ? 1 : 2);
    assert_int_equal(certificate.selected[0], less);
    certigar_plan_free(plan);
  }
  free(out);
}

/* ---- zeno ---- */

typedef struct calls {
  const double *losses; /* at the model, then of the rows */
  size_t count, rows[8];
} calls;

static double told(void *context, size_t row) {
  calls *c = context;
  if (c->count < 8) c->rows[c->count] = row;
  c->count++;
  return c->losses[row == SIZE_MAX ? 0 : row + 1];
}

static certigar_options *zeno_options(size_t b, const char *rho, certigar_loss loss, void *context) {
  certigar_options *options = certigar_options_new();
  assert_non_null(options);
  certigar_options_set_f(options, b);
  assert_true(certigar_options_set_loss(options, rho, loss, context));
  return options;
}

static void losses_are_asked_for_in_order(void **state) {
  (void)state;
  const double rows[3][2] = {{1, 1}, {2, 0}, {0, 3}}, losses[4] = {10, 4, 8, 1};
  double out[2];
  calls c = {losses, 0, {0}};
  certigar_certificate certificate;
  certigar_plan *plan = plan_of(CERTIGAR_ZENO, 3, zeno_options(1, "1", told, &c));
  const certigar_matrix matrix = matrix_of(&rows[0][0], 3, 2);
  for (int run = 1; run <= 2; run++) {
    c.count = 0;
    assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_OK);
    assert_int_equal(c.count, 4);
    assert_true(c.rows[0] == SIZE_MAX);
    for (size_t i = 0; i < 3; i++) assert_int_equal(c.rows[i + 1], i);
    assert_int_equal(certificate.selected_count, 2); /* 6 - 2, 2 - 4, 9 - 9 */
    assert_int_equal(certificate.selected[0], 0);
    assert_int_equal(certificate.selected[1], 2);
    assert_true(out[0] == 0.5 && out[1] == 2);
    assert_true(certificate.margin.infinite || certificate.margin.significand > 0);
    for (size_t i = 0; i < 3; i++) { /* intervals, as far as needed */
      static const int64_t scores[3] = {4, -2, 0};
      certigar_bound lower = certificate.scores[i].lower, upper = certificate.scores[i].upper;
      if (lower.significand == upper.significand && lower.exponent == upper.exponent) assert_bound(&lower, scores[i]);
    }
  }
  certigar_plan_free(plan);
}

/* Losses that are not finite: l - l_i is -infinity, +infinity, or NaN and ranks as -infinity. */
static void losses_that_are_not_finite(void **state) {
  (void)state;
  const double rows[5][1] = {{1}, {2}, {3}, {4}, {number(nan_bits)}};
  double losses[6] = {1, number(nan_bits), number(infinity_bits), number(infinity_bits | sign_bit), 0, 0}, out[1];
  calls c = {losses, 0, {0}};
  certigar_certificate certificate;
  certigar_plan *plan = plan_of(CERTIGAR_ZENO, 5, zeno_options(3, "0", told, &c));
  const certigar_matrix matrix = matrix_of(&rows[0][0], 5, 1);
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_OK);
  assert_infinite(&certificate, 0, 1);
  assert_infinite(&certificate, 1, 1);
  assert_infinite(&certificate, 2, 0);
  assert_score(&certificate, 3, 1);
  assert_infinite(&certificate, 4, 1);
  assert_int_equal(certificate.selected[0], 2);
  assert_int_equal(certificate.selected[1], 3);
  assert_true(out[0] == 3.5);
  losses[0] = number(infinity_bits); /* inf - inf is a NaN */
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_OK);
  assert_infinite(&certificate, 1, 1);
  assert_infinite(&certificate, 3, 0);
  losses[0] = number(nan_bits | 1); /* all are -infinity: the first rows */
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_OK);
  for (size_t i = 0; i < 5; i++) assert_infinite(&certificate, i, 1);
  assert_int_equal(certificate.selected[0], 0);
  assert_int_equal(certificate.selected[1], 1);
  assert_int_equal(certificate.ties, 1);
  assert_true(out[0] == 1.5);
  certigar_plan_free(plan);
}

static void complete_scores(void **state) {
  (void)state;
  const double rows[4][1] = {{1}, {2}, {3}, {4}}, scores[4] = {-5, number(nan_bits), 3, -5};
  double out[1];
  certigar_certificate certificate;
  certigar_options *options = certigar_options_new();
  assert_non_null(options);
  certigar_options_set_f(options, 2);
  certigar_options_set_scores(options, scores);
  certigar_plan *plan = plan_of(CERTIGAR_ZENO, 4, options);
  const certigar_matrix matrix = matrix_of(&rows[0][0], 4, 1);
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_OK);
  assert_score(&certificate, 0, -5);
  assert_infinite(&certificate, 1, 1);
  assert_score(&certificate, 2, 3);
  assert_score(&certificate, 3, -5);
  assert_int_equal(certificate.selected_count, 2);
  assert_int_equal(certificate.selected[0], 0);
  assert_int_equal(certificate.selected[1], 2);
  assert_int_equal(certificate.ties, 1);
  assert_int_equal(certificate.exact_distances, 0);
  assert_true(out[0] == 2);
  certigar_plan_free(plan);
}

static int stop_at_once(void *context, size_t done, size_t total) {
  (void)context;
  (void)done;
  (void)total;
  return 1;
}

/* A run that is stopped before the norms are known asks for no loss. */
static void stops(void **state) {
  (void)state;
  const double rows[3][2] = {{1, 1}, {2, 0}, {0, 3}}, losses[4] = {10, 4, 8, 1};
  double out[2];
  calls c = {losses, 0, {0}};
  certigar_options *options = zeno_options(1, "1", told, &c);
  const certigar_matrix matrix = matrix_of(&rows[0][0], 3, 2);
  certigar_options_set_progress(options, stop_at_once, NULL);
  certigar_plan *plan = plan_of(CERTIGAR_ZENO, 3, options);
  assert_int_equal(certigar_plan_run(plan, &matrix, out, NULL, NULL), CERTIGAR_STOPPED);
  assert_int_equal(c.count, 0);
  certigar_plan_free(plan);
  options = brsgd_options("1/2", "1");
  certigar_options_set_progress(options, stop_at_once, NULL);
  plan = plan_of(CERTIGAR_BRSGD, 3, options);
  assert_int_equal(certigar_plan_run(plan, &matrix, out, NULL, NULL), CERTIGAR_STOPPED);
  certigar_plan_free(plan);
}

/* ---- refusals ---- */

static void assert_refused(certigar_rule rule, size_t n, certigar_options *options, const char *what, const char *range) {
  certigar_plan *plan = (certigar_plan *)&plan;
  certigar_message message;
  assert_int_equal(certigar_plan_new(&plan, rule, CERTIGAR_FLOAT32, n, options, &message), CERTIGAR_BAD_PARAMETER);
  assert_null(plan);
  assert_says(&message, what);
  assert_says(&message, range);
  certigar_options_free(options);
}

static void bad_parameters_are_refused(void **state) {
  (void)state;
  const double scores[3] = {0};
  calls c = {scores, 0, {0}};
  assert_refused(CERTIGAR_BRSGD, 4, brsgd_options("0", "1"), "brsgd: beta = 0", "> 0 and <= 1/2");
  assert_refused(CERTIGAR_BRSGD, 4, brsgd_options("0.50000000000000000000000000000000001", "1"), "brsgd: beta = 0.5", "> 0 and <= 1/2");
  assert_refused(CERTIGAR_BRSGD, 4, brsgd_options("-1/2", "1"), "brsgd: beta = -1/2", "> 0 and <= 1/2");
  assert_refused(CERTIGAR_BRSGD, 4, brsgd_options("inf", "1"), "brsgd: beta = inf", "> 0 and <= 1/2");
  assert_refused(CERTIGAR_BRSGD, 4, brsgd_options("1/2", "0"), "brsgd: threshold = 0", "> 0");
  assert_refused(CERTIGAR_BRSGD, 4, brsgd_options("1/2", "-1e-9999"), "brsgd: threshold = -1e-9999", "> 0");
  certigar_options *options = brsgd_options("1/2", "1");
  certigar_options_set_f(options, 2);
  assert_refused(CERTIGAR_BRSGD, 4, options, "brsgd: f = 2", "0 to 1");
  assert_refused(CERTIGAR_ZENO, 3, certigar_options_new(), "zeno", "neither scores nor a loss");
  assert_refused(CERTIGAR_ZENO, 3, zeno_options(3, "1", told, &c), "zeno: f = 3", "n > f is needed: f must be 0 to 2");
  assert_refused(CERTIGAR_ZENO, 3, zeno_options(0, "-1", told, &c), "zeno: rho = -1", ">= 0");
  assert_refused(CERTIGAR_ZENO, 3, zeno_options(0, "inf", told, &c), "zeno: rho = inf", ">= 0");
  options = zeno_options(0, "1", told, &c);
  certigar_options_set_scores(options, scores);
  assert_refused(CERTIGAR_ZENO, 3, options, "zeno", "both scores and a loss");
  options = certigar_options_new();
  assert_false(certigar_options_set_beta(options, "half"));
  assert_false(certigar_options_set_threshold(options, ""));
  assert_false(certigar_options_set_loss(options, "1/0", told, &c));
  certigar_options_free(options);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(marks_and_distances),
                                     cmocka_unit_test(no_value),
                                     cmocka_unit_test(distances_of_wide_rows),
                                     cmocka_unit_test(losses_are_asked_for_in_order),
                                     cmocka_unit_test(losses_that_are_not_finite),
                                     cmocka_unit_test(complete_scores),
                                     cmocka_unit_test(stops),
                                     cmocka_unit_test(bad_parameters_are_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
