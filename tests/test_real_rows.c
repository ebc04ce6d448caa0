/* centered-clipping, caf and smea: against the reference on matrices made to break them, with the error that the specification allows; the same
 * bits with other threads, levels, and scales; what is refused, and what has no value.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "certigar.h"
#include "generate.h"
#include "judge_reals.h"

enum { CANARY = 0xa5, ROWS_MAX = 10, COLUMNS_MAX = 6 };

static reference_context *contexts[2];

static int set_up(void **state) {
  (void)state;
  contexts[0] = reference_new(REFERENCE_BINARY32);
  contexts[1] = reference_new(REFERENCE_BINARY64);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  reference_free(contexts[0]);
  reference_free(contexts[1]);
  return 0;
}

static size_t size_of(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

static certigar_plan *plan_of(const real_case *one, size_t threads, certigar_level level) {
  certigar_plan *plan;
  certigar_message message;
  certigar_options *options = certigar_options_new();
  assert_non_null(options);
  real_case_set(one, options);
  certigar_options_set_threads(options, threads);
  certigar_options_set_level(options, level);
  if (certigar_plan_new(&plan, one->rule, one->dtype, one->n, options, &message) != CERTIGAR_OK) fail_msg("no plan: %s", message.text);
  certigar_options_free(options);
  return plan;
}

static certigar_matrix matrix_of(const real_case *one) {
  const ptrdiff_t size = (ptrdiff_t)size_of(one->dtype);
  return (certigar_matrix){.data = one->rows, .n = one->n, .d = one->d, .row_stride = (ptrdiff_t)one->d * size, .column_stride = size};
}

static _Noreturn void show(const real_case *one, const char *wrong) {
  const size_t size = size_of(one->dtype);
  for (size_t i = 0; i < one->n + (one->centre != NULL); i++) {
    const unsigned char *row = i < one->n ? (const unsigned char *)one->rows + i * one->d * size : one->centre;
    fprintf(stderr, "  %s %zu:", i < one->n ? "row" : "centre", i);
    for (size_t c = 0; c < one->d; c++) {
      uint64_t word = 0;
      memcpy(&word, row + c * size, size);
      fprintf(stderr, " %0*llx", (int)(2 * size), (unsigned long long)word);
    }
    fprintf(stderr, "\n");
  }
  fail_msg("%s: %s; n = %zu, f = %zu, d = %zu, tau %s, iterations %zu", certigar_rule_name(one->rule), wrong, one->n, one->f, one->d,
           one->tau ? one->tau : "-", one->iterations);
  abort();
}

/* Aggregates, judges, and does it again otherwise. Returns whether the output was compared with the reference's. */
static int check(const real_case *one) {
  unsigned char out[COLUMNS_MAX * 8], again[COLUMNS_MAX * 8];
  certigar_certificate certificate;
  const certigar_matrix matrix = matrix_of(one);
  int open;
  memset(out, CANARY, sizeof out);
  certigar_plan *plan = plan_of(one, 1, CERTIGAR_LEVEL_BEST);
  const certigar_status status = certigar_plan_run(plan, &matrix, out, &certificate, NULL);
  const char *wrong = judge_reals(contexts[one->dtype], one, status, out, &certificate, &open);
  if (wrong) show(one, wrong);
  const size_t written = status == CERTIGAR_NO_VALUE ? 0 : one->d * size_of(one->dtype);
  for (size_t i = written; i < sizeof out; i++)
    if (out[i] != CANARY) show(one, "more than the output was written");
  certigar_plan_free(plan);

  memset(again, CANARY, sizeof again);
  plan = plan_of(one, 3, CERTIGAR_LEVEL_BASELINE);
  if (certigar_plan_run(plan, &matrix, again, NULL, NULL) != status) show(one, "other threads and another level give another status");
  if (memcmp(out, again, sizeof out) != 0) show(one, "other threads and another level give other bits");
  certigar_plan_free(plan);
  return !open;
}

/* ---- adversarial matrices ---- */

static const generator *any_generator(generate_random *random) {
  const size_t which = (size_t)generate_below(random, 3 * row_generator_count + generator_count);
  return which < 3 * row_generator_count ? &row_generators[which / 3] : &generators[which - 3 * row_generator_count];
}

/* n_max: as far as the reference goes in a moment. The rows are to be freed. */
static real_case any_case(generate_random *random, certigar_rule rule, certigar_dtype dtype, size_t n_max) {
  real_case one = {.rule = rule, .dtype = dtype};
  one.n = 1 + (size_t)generate_below(random, n_max);
  one.f = (size_t)generate_below(random, (one.n - 1) / 2 + 1);
  one.d = 1 + (size_t)generate_below(random, COLUMNS_MAX);
  void *rows = malloc(one.n * one.d * size_of(dtype));
  assert_non_null(rows);
  generate(any_generator(random), generate_next(random), (generate_format)dtype, one.n, one.f, one.d, rows);
  one.rows = rows;
  return one;
}

static void caf_is_what_the_reference_says(void **state) {
  (void)state;
  generate_random random = {11};
  size_t compared[2] = {0, 0}, tried[2] = {260, 90};
  for (int dtype = 0; dtype < 2; dtype++)
    for (size_t k = 0; k < tried[dtype]; k++) {
      const real_case one = any_case(&random, CERTIGAR_CAF, (certigar_dtype)dtype, dtype == 0 ? ROWS_MAX : 7);
      compared[dtype] += (size_t)check(&one);
      free((void *)one.rows);
    }
  assert_true(compared[0] > tried[0] * 2 / 3);
  assert_true(compared[1] > tried[1] * 2 / 3);
}

static void smea_is_what_the_reference_says(void **state) {
  (void)state;
  generate_random random = {12};
  for (int dtype = 0; dtype < 2; dtype++)
    for (size_t k = 0; k < (dtype == 0 ? 250u : 80u); k++) {
      const real_case one = any_case(&random, CERTIGAR_SMEA, (certigar_dtype)dtype, dtype == 0 ? 8 : 6);
      check(&one);
      free((void *)one.rows);
    }
}

/* A tau: a fraction, a decimal, a power of two anywhere, or far outside the format. */
static void any_tau(generate_random *random, certigar_dtype dtype, char *text, mpq_t value) {
  static const char *const exact[] = {"1/3", "100", "7/1000000", "1", "123456789/1000", "1/1000000000000000000000000000000"};
  const int range = dtype == CERTIGAR_FLOAT32 ? 150 : 1080;
  const uint64_t kind = generate_below(random, 4);
  if (kind == 0) {
    strcpy(text, exact[generate_below(random, sizeof exact / sizeof *exact)]);
    mpq_set_str(value, text, 10);
  } else {
    const unsigned digits = 1 + (unsigned)generate_below(random, 255);
    int exponent = (int)generate_below(random, (uint64_t)(2 * range)) - range;
    if (kind == 1) exponent *= 3;
    snprintf(text, CERTIGAR_NUMBER_MAX, "0x%xp%d", digits, exponent);
    mpq_set_ui(value, digits, 1);
    if (exponent >= 0) mpq_mul_2exp(value, value, (mp_bitcnt_t)exponent);
    if (exponent < 0) mpq_div_2exp(value, value, (mp_bitcnt_t)-exponent);
  }
  mpq_canonicalize(value);
}

/* A centre, finite; made of the row of another matrix. */
static void *any_centre(generate_random *random, certigar_dtype dtype, size_t d) {
  void *centre = malloc(d * size_of(dtype));
  assert_non_null(centre);
  generate(generator_from_name(generate_below(random, 2) ? "exponents" : "row-gaussians"), generate_next(random), (generate_format)dtype, 1, 0, d,
           centre);
  return centre;
}

static void centered_clipping_is_what_the_reference_says(void **state) {
  (void)state;
  generate_random random = {13};
  char tau[CERTIGAR_NUMBER_MAX + 1];
  mpq_t value;
  mpq_init(value);
  for (int dtype = 0; dtype < 2; dtype++)
    for (size_t k = 0; k < (dtype == 0 ? 600u : 300u); k++) {
      real_case one = any_case(&random, CERTIGAR_CENTERED_CLIPPING, (certigar_dtype)dtype, ROWS_MAX);
      any_tau(&random, one.dtype, tau, value);
      void *centre = generate_below(&random, 2) ? any_centre(&random, one.dtype, one.d) : NULL;
      one.tau = tau;
      one.tau_value = value;
      one.iterations = 1 + (size_t)generate_below(&random, 4);
      one.centre = centre;
      check(&one);
      free((void *)one.rows);
      free(centre);
    }
  mpq_clear(value);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(caf_is_what_the_reference_says),
      cmocka_unit_test(smea_is_what_the_reference_says),
      cmocka_unit_test(centered_clipping_is_what_the_reference_says),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
