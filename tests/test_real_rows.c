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
#include "contexts.h"
#include "generate.h"
#include "judge_reals.h"
#include "slow.h"

enum { CANARY = 0xa5, ROWS_MAX = 10, COLUMNS_MAX = 6, PART = SLOW ? 6 : 1 }; /* PART: one in so many of the drawn cases */

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

/* Memory for the output, and some that must stay as it is; to be freed. */
enum { BEYOND = 16 };

static unsigned char *output_of(const real_case *one) {
  unsigned char *out = malloc(one->d * size_of(one->dtype) + BEYOND);
  assert_non_null(out);
  memset(out, CANARY, one->d * size_of(one->dtype) + BEYOND);
  return out;
}

static void check_written(const real_case *one, certigar_status status, const unsigned char *out) {
  const size_t written = status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE ? one->d * size_of(one->dtype) : 0;
  for (size_t i = written; i < one->d * size_of(one->dtype) + BEYOND; i++)
    if (out[i] != CANARY) show(one, "more than the output was written");
}

static void check_again(const real_case *one, const unsigned char *out, certigar_status status, size_t threads, certigar_level level) {
  const certigar_matrix matrix = matrix_of(one);
  unsigned char *again = output_of(one);
  if (certigar_level_name(level) == NULL) level = CERTIGAR_LEVEL_BASELINE;
  certigar_plan *plan = plan_of(one, threads, level);
  if (certigar_plan_run(plan, &matrix, again, NULL, NULL) != status) show(one, "other threads or another level give another status");
  if (memcmp(out, again, one->d * size_of(one->dtype)) != 0) show(one, "other threads or another level give other bits");
  certigar_plan_free(plan);
  free(again);
}

/* Aggregates, judges, and does it again otherwise. Returns whether the output was compared with the reference's. */
static int check(const real_case *one) {
  unsigned char *out = output_of(one);
  certigar_certificate certificate;
  const certigar_matrix matrix = matrix_of(one);
  int open;
  certigar_plan *plan = plan_of(one, 1, CERTIGAR_LEVEL_BEST);
  const certigar_status status = certigar_plan_run(plan, &matrix, out, &certificate, NULL);
  const char *wrong = judge_reals(contexts[one->dtype], one, status, out, &certificate, &open);
  if (wrong) show(one, wrong);
  check_written(one, status, out);
  certigar_plan_free(plan);
  check_again(one, out, status, 3, CERTIGAR_LEVEL_BASELINE);
  check_again(one, out, status, 2, CERTIGAR_LEVEL_X86_64_V3);
  free(out);
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
  size_t compared[2] = {0, 0}, tried[2] = {260 / PART, 90 / PART};
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
    for (size_t k = 0; k < (dtype == 0 ? 250u : 80u) / PART; k++) {
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
    for (size_t k = 0; k < (dtype == 0 ? 600u : 300u) / PART; k++) {
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

/* Rows of several chunks of tiles and segments of distances, with a tail. */
static void wide_rows_are_what_the_reference_says(void **state) {
  (void)state;
  generate_random random = {14};
  enum { N = 5, D = 5003 };
  static double rows[N * D], centre[D];
  mpq_t tau;
  mpq_init(tau);
  mpq_set_ui(tau, 1, 3);
  for (int dtype = 0; dtype < 2; dtype++) {
    generate(generator_from_name("row-gaussians"), 3 + (uint64_t)dtype, (generate_format)dtype, N, 2, D, rows);
    generate(generator_from_name("row-gaussians"), 9, (generate_format)dtype, 1, 0, D, centre);
    real_case one = {.dtype = (certigar_dtype)dtype, .n = N, .f = 2, .d = D, .rows = rows};
    for (one.rule = CERTIGAR_CENTERED_CLIPPING; one.rule <= CERTIGAR_SMEA; one.rule++) {
      one.tau = one.rule == CERTIGAR_CENTERED_CLIPPING ? "1/3" : NULL;
      one.tau_value = tau;
      one.iterations = one.tau ? 2 : 0;
      one.centre = one.tau && generate_below(&random, 2) ? centre : NULL;
      assert_true(check(&one));
    }
  }
  mpq_clear(tau);
}

/* ---- at a glance ---- */

static void assert_floats(const real_case *one, const float *wanted) {
  float out[COLUMNS_MAX];
  certigar_plan *plan = plan_of(one, 1, CERTIGAR_LEVEL_BEST);
  const certigar_matrix matrix = matrix_of(one);
  assert_int_equal(certigar_plan_run(plan, &matrix, out, NULL, NULL), CERTIGAR_OK);
  assert_memory_equal(out, wanted, one->d * sizeof *out);
  certigar_plan_free(plan);
}

static void small_cases_come_out_as_by_hand(void **state) {
  (void)state;
  const float line[] = {0, 3, 10}, plane[] = {3, 4, -6, -8}, one_value[] = {1}, negative_zeros[] = {-0.0f, -0.0f, -0.0f};
  real_case one = {.rule = CERTIGAR_CENTERED_CLIPPING, .n = 3, .d = 1, .rows = line, .tau = "3", .iterations = 1};
  assert_floats(&one, (float[]){2}); /* (0 + 3 + 3) / 3 */
  one.tau = "1";
  one.iterations = 2;
  assert_floats(&one, (float[]){(float)(10.0 / 9)}); /* 2/3, and 2/3 + (-2/3 + 1 + 1) / 3 */
  one.tau = "1e9999";
  one.centre = one_value;
  assert_floats(&one, (float[]){(float)(13.0 / 3)}); /* the mean */
  one.tau = "1e-9999";
  assert_floats(&one, (float[]){1}); /* the centre */
  one.centre = NULL;
  one.rows = negative_zeros;
  assert_floats(&one, (float[]){0}); /* +0 */
  one = (real_case){.rule = CERTIGAR_CENTERED_CLIPPING, .n = 2, .d = 2, .rows = plane, .tau = "5", .iterations = 1};
  assert_floats(&one, (float[]){0, 0}); /* (3, 4) and -(3, 4) */

  one = (real_case){.rule = CERTIGAR_CAF, .n = 3, .d = 1, .rows = line};
  assert_floats(&one, (float[]){(float)(13.0 / 3)});
  const float outlier[] = {7, 7, 100}, three[] = {0, 1, 100};
  one.f = 1;
  one.rows = outlier;
  assert_floats(&one, (float[]){7});
  one.rows = negative_zeros;
  assert_floats(&one, (float[]){0});

  one = (real_case){.rule = CERTIGAR_SMEA, .n = 3, .f = 1, .d = 1, .rows = three};
  assert_floats(&one, (float[]){0.5f});
  one.rows = negative_zeros; /* of equal sets rows 0 and 1 */
  assert_floats(&one, (float[]){0});
}

static void assert_selects(size_t n, size_t f, size_t d, const float *rows, const size_t *wanted) {
  const real_case one = {.rule = CERTIGAR_SMEA, .n = n, .f = f, .d = d, .rows = rows};
  const certigar_matrix matrix = matrix_of(&one);
  certigar_certificate certificate;
  float out[12];
  certigar_plan *plan = plan_of(&one, 1, CERTIGAR_LEVEL_BEST);
  assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_OK);
  assert_int_equal(certificate.selected_count, n - f);
  assert_memory_equal(certificate.selected, wanted, (n - f) * sizeof *wanted);
  certigar_plan_free(plan);
}

/* The first of equal sets, of rows all as far from each other, of more equal rows than are selected, and of two heaps of ten. */
static void smea_takes_the_first_of_equal_sets(void **state) {
  (void)state;
  static float corners[12 * 12];
  for (size_t i = 0; i < 12; i++) corners[13 * i] = 1;
  assert_selects(12, 5, 12, corners, (size_t[]){0, 1, 2, 3, 4, 5, 6});
  const float heap[20] = {1, 2, 2, 1, 1, 2, 1, 2, 2, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  assert_selects(20, 9, 1, heap, (size_t[]){0, 3, 4, 6, 9, 11, 12, 13, 14, 15, 16});
  const float heaps[20] = {1, 2, 2, 1, 1, 2, 1, 2, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1}; /* ten of one and one of the other */
  assert_selects(20, 9, 1, heaps, (size_t[]){0, 1, 2, 5, 7, 8, 10, 12, 14, 16, 18});
}

/* ---- what has no value, and what is refused ---- */

static const certigar_rule rules[] = {CERTIGAR_CENTERED_CLIPPING, CERTIGAR_CAF, CERTIGAR_SMEA};
enum { RULES = sizeof rules / sizeof *rules };

static float nan_value(void) {
  const uint32_t bits = 0x7fc00001;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static void without_finite_rows_there_is_no_value(void **state) {
  (void)state;
  const float rows[] = {nan_value(), 1, 2, nan_value(), nan_value(), nan_value()};
  for (size_t r = 0; r < RULES; r++) {
    const real_case one = {.rule = rules[r], .n = 3, .f = 1, .d = 2, .rows = rows};
    const certigar_matrix matrix = matrix_of(&one);
    certigar_certificate certificate;
    certigar_message message;
    unsigned char *out = output_of(&one);
    certigar_plan *plan = plan_of(&one, 1, CERTIGAR_LEVEL_BEST);
    assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, &message), CERTIGAR_NO_VALUE);
    assert_non_null(strstr(message.text, "no row is finite"));
    assert_int_equal(certificate.nonfinite_row_count, 3);
    assert_int_equal(certificate.selected_count, 0);
    check_written(&one, CERTIGAR_NO_VALUE, out);
    certigar_plan_free(plan);
    free(out);
  }
}

static void a_centre_must_be_finite(void **state) {
  (void)state;
  const float rows[] = {1, 2, 3, 4, nan_value(), 6};
  float centre[] = {0, nan_value()};
  const real_case one = {.rule = CERTIGAR_CENTERED_CLIPPING, .n = 3, .f = 1, .d = 2, .rows = rows, .centre = centre};
  for (int stage = 0; stage < 2; stage++) {
    certigar_options *options = certigar_options_new();
    certigar_certificate certificate, untouched;
    certigar_message message;
    certigar_plan *plan;
    assert_non_null(options);
    real_case_set(&one, options);
    if (stage) assert_true(certigar_options_add_bucketing(options, 1, NULL));
    assert_int_equal(certigar_plan_new(&plan, one.rule, one.dtype, one.n, options, NULL), CERTIGAR_OK);
    const certigar_matrix matrix = matrix_of(&one);
    unsigned char *out = output_of(&one);
    memset(&certificate, CANARY, sizeof certificate);
    untouched = certificate;
    centre[1] = nan_value();
    assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, &message), CERTIGAR_BAD_PARAMETER);
    assert_non_null(strstr(message.text, "centered-clipping: centre"));
    assert_memory_equal(&certificate, &untouched, sizeof certificate);
    check_written(&one, CERTIGAR_BAD_PARAMETER, out);
    centre[1] = 1; /* the plan still serves, and the centre is no row */
    assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, &message), CERTIGAR_OK);
    assert_int_equal(certificate.nonfinite_row_count, 1);
    assert_int_equal(certificate.nonfinite_rows[0], 2);
    assert_int_equal(certificate.selected_count, 2);
    assert_memory_equal(out, ((float[]){2, 3}), 2 * sizeof(float));
    certigar_plan_free(plan);
    certigar_options_free(options);
    free(out);
  }
}

static void assert_refused(certigar_rule rule, size_t n, size_t f, const char *tau, size_t iterations, const char *says) {
  certigar_message message;
  certigar_plan *plan;
  certigar_options *options = certigar_options_new();
  assert_non_null(options);
  certigar_options_set_f(options, f);
  assert_true(certigar_options_set_tau(options, tau));
  certigar_options_set_iterations(options, iterations);
  assert_int_equal(certigar_plan_new(&plan, rule, CERTIGAR_FLOAT64, n, options, &message), CERTIGAR_BAD_PARAMETER);
  assert_null(plan);
  if (!strstr(message.text, says)) fail_msg("\"%s\" does not say \"%s\"", message.text, says);
  certigar_options_free(options);
}

static void parameters_out_of_range_are_refused(void **state) {
  (void)state;
  assert_refused(CERTIGAR_CENTERED_CLIPPING, 3, 0, "0", 1, "tau = 0, must be a number > 0");
  assert_refused(CERTIGAR_CENTERED_CLIPPING, 3, 0, "-1/3", 1, "tau = -1/3, must be a number > 0");
  assert_refused(CERTIGAR_CENTERED_CLIPPING, 3, 0, "inf", 1, "tau = inf, must be a number > 0");
  assert_refused(CERTIGAR_CENTERED_CLIPPING, 3, 0, "1", 0, "iterations = 0, must be 1 to 1000000");
  assert_refused(CERTIGAR_CENTERED_CLIPPING, 3, 0, "1", 1000001, "iterations = 1000001, must be 1 to 1000000");
  for (size_t r = 0; r < RULES; r++) assert_refused(rules[r], 6, 3, "1", 1, "f must be 0 to 2");
}

/* ---- plans ---- */

typedef struct patience {
  size_t left;
} patience;

static int stop_when_out(void *context, size_t done, size_t total) {
  patience *p = context;
  (void)done;
  (void)total;
  return p->left-- == 0;
}

/* Stopped at every call of progress, one run after the other; the plan serves again afterwards. */
static void a_run_stops_when_it_is_told_to(void **state) {
  (void)state;
  const float rows[] = {0, 1, 5, 2, 3, 9, -4, 4, 0, 1, 1, 1, 7, 7, 2};
  for (size_t r = 0; r < RULES; r++) {
    const real_case one = {.rule = rules[r], .n = 5, .f = 2, .d = 3, .rows = rows};
    const certigar_matrix matrix = matrix_of(&one);
    certigar_options *options = certigar_options_new();
    certigar_plan *plan;
    patience p = {SIZE_MAX};
    unsigned char *wanted = output_of(&one), *out = output_of(&one);
    assert_non_null(options);
    real_case_set(&one, options);
    certigar_options_set_tau(options, "1");
    certigar_options_set_iterations(options, 5);
    certigar_options_set_progress(options, stop_when_out, &p);
    assert_int_equal(certigar_plan_new(&plan, one.rule, one.dtype, one.n, options, NULL), CERTIGAR_OK);
    assert_int_equal(certigar_plan_run(plan, &matrix, wanted, NULL, NULL), CERTIGAR_OK);
    const size_t calls = SIZE_MAX - p.left;
    assert_true(calls > 2);
    for (size_t k = 0; k + 1 < calls; k++) {
      certigar_certificate certificate;
      p.left = k;
      assert_int_equal(certigar_plan_run(plan, &matrix, out, &certificate, NULL), CERTIGAR_STOPPED);
      assert_int_equal(certificate.selected_count, 0);
      check_written(&one, CERTIGAR_STOPPED, out);
    }
    p.left = SIZE_MAX;
    assert_int_equal(certigar_plan_run(plan, &matrix, out, NULL, NULL), CERTIGAR_OK);
    assert_memory_equal(out, wanted, one.d * sizeof(float));
    certigar_plan_free(plan);
    certigar_options_free(options);
    free(wanted);
    free(out);
  }
}

/* MPFR's range of exponents and flags are the calling thread's: they decide nothing, and stay as they are. */
static void the_range_of_mpfr_is_the_callers(void **state) {
  (void)state;
  const double rows[] = {1e100, 2e100, 9e100, -1e-100, 3e99};
  const certigar_rule all[] = {CERTIGAR_CENTERED_CLIPPING, CERTIGAR_CAF, CERTIGAR_SMEA, CERTIGAR_GEOMETRIC_MEDIAN};
  const mpfr_exp_t least = mpfr_get_emin(), greatest = mpfr_get_emax();
  for (size_t r = 0; r < sizeof all / sizeof *all; r++) {
    double wanted, got;
    certigar_options *options = certigar_options_new();
    assert_non_null(options);
    certigar_options_set_f(options, 1);
    assert_true(certigar_options_set_tau(options, "1e99"));
    assert_int_equal(certigar_aggregate_f64(all[r], rows, 5, 1, options, &wanted, NULL), CERTIGAR_OK);
    mpfr_set_emin(-1073);
    mpfr_set_emax(1024);
    mpfr_clear_flags();
    assert_int_equal(certigar_aggregate_f64(all[r], rows, 5, 1, options, &got, NULL), CERTIGAR_OK);
    assert_true(mpfr_get_emin() == -1073 && mpfr_get_emax() == 1024 && mpfr_flags_save() == 0);
    mpfr_set_emin(least);
    mpfr_set_emax(greatest);
    assert_memory_equal(&got, &wanted, sizeof got);
    certigar_options_free(options);
  }
}

/* One plan serves rows of other widths, with and without finite rows, and columns that lie together. */
static void a_plan_serves_again(void **state) {
  (void)state;
  float rows[24], columns[24], wanted[COLUMNS_MAX], out[COLUMNS_MAX];
  generate_random random = {15};
  for (size_t r = 0; r < RULES; r++) {
    const real_case plan_case = {.rule = rules[r], .n = 4, .f = 1, .d = 1, .rows = rows, .tau = "2", .iterations = 2};
    certigar_plan *plan = plan_of(&plan_case, 2, CERTIGAR_LEVEL_BEST);
    for (size_t k = 0; k < 40; k++) {
      real_case one = plan_case;
      one.d = 1 + (size_t)generate_below(&random, COLUMNS_MAX);
      for (size_t i = 0; i < 4 * one.d; i++) rows[i] = k % 5 == 4 ? nan_value() : (float)generate_below(&random, 9);
      for (size_t i = 0; i < 4; i++)
        for (size_t c = 0; c < one.d; c++) columns[c * 4 + i] = rows[i * one.d + c];
      certigar_plan *fresh = plan_of(&one, 1, CERTIGAR_LEVEL_BEST);
      certigar_matrix matrix = matrix_of(&one);
      const certigar_status status = certigar_plan_run(fresh, &matrix, wanted, NULL, NULL);
      assert_int_equal(status, k % 5 == 4 ? CERTIGAR_NO_VALUE : CERTIGAR_OK);
      matrix = (certigar_matrix){.data = columns, .n = 4, .d = one.d, .row_stride = 4, .column_stride = 16};
      assert_int_equal(certigar_plan_run(plan, &matrix, out, NULL, NULL), status);
      if (status == CERTIGAR_OK) assert_memory_equal(out, wanted, one.d * sizeof *out);
      certigar_plan_free(fresh);
    }
    certigar_plan_free(plan);
  }
}

/* Everything times a power of two, and tau too. */
static void scales_do_not_matter(void **state) {
  (void)state;
  generate_random random = {16};
  double rows[ROWS_MAX * COLUMNS_MAX], scaled[ROWS_MAX * COLUMNS_MAX], out[COLUMNS_MAX], other[COLUMNS_MAX];
  for (size_t k = 0; k < 120; k++) {
    real_case one = {.rule = rules[k % RULES], .dtype = CERTIGAR_FLOAT64, .rows = rows, .tau = "0x3p0", .iterations = 3};
    one.n = 1 + (size_t)generate_below(&random, ROWS_MAX);
    one.f = (size_t)generate_below(&random, (one.n - 1) / 2 + 1);
    one.d = 1 + (size_t)generate_below(&random, COLUMNS_MAX);
    for (size_t i = 0; i < one.n * one.d; i++) {
      rows[i] = (double)generate_below(&random, 100) - 50;
      scaled[i] = rows[i] * 0x1p-700;
    }
    for (int turn = 0; turn < 2; turn++) {
      certigar_plan *plan = plan_of(&one, 1, CERTIGAR_LEVEL_BEST);
      const certigar_matrix matrix = matrix_of(&one);
      assert_int_equal(certigar_plan_run(plan, &matrix, turn ? other : out, NULL, NULL), CERTIGAR_OK);
      certigar_plan_free(plan);
      one.rows = scaled;
      one.tau = "0x3p-700";
    }
    for (size_t c = 0; c < one.d; c++) out[c] *= 0x1p-700;
    assert_memory_equal(out, other, one.d * sizeof *out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(small_cases_come_out_as_by_hand),
      cmocka_unit_test(smea_takes_the_first_of_equal_sets),
      cmocka_unit_test(without_finite_rows_there_is_no_value),
      cmocka_unit_test(a_centre_must_be_finite),
      cmocka_unit_test(parameters_out_of_range_are_refused),
      cmocka_unit_test(a_run_stops_when_it_is_told_to),
      cmocka_unit_test(the_range_of_mpfr_is_the_callers),
      cmocka_unit_test(a_plan_serves_again),
      cmocka_unit_test(scales_do_not_matter),
      cmocka_unit_test(wide_rows_are_what_the_reference_says),
      cmocka_unit_test(caf_is_what_the_reference_says),
      cmocka_unit_test(smea_is_what_the_reference_says),
      cmocka_unit_test(centered_clipping_is_what_the_reference_says),
  };
  return cmocka_run_group_tests(tests, contexts_open, contexts_close);
}
