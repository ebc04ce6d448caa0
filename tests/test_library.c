/* certigar.h as a program meets it: what is refused and in which words, what a plan keeps and forgets, and layouts of the input.
 *
 * The values of the rules are tested elsewhere; here they are small enough to be seen at a glance.
 */
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "certigar.h"

enum { CANARY = 0xa5 };

/* NaN as bits, so that -ffast-math does not lose it. */
static float nan_of(uint32_t bits)
{
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static uint32_t bits_of(float value)
{
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/* ---- refused parameters ---- */

typedef struct refusal {
  const char *what; /* the parameter, what it was, and its range: all must stand in the message */
  const char *got, *range;
  certigar_rule rule;
  certigar_dtype dtype;
  size_t n, f, threads;
  int median, level;
  size_t m, pivot;
  int variant;
} refusal;

static const refusal refusals[] = {
    {"rule", "99", "no rule", (certigar_rule)99, CERTIGAR_FLOAT32, 3, 0, 1, 0, 0, 0, 0, 0},
    {"rule", "-1", "no rule", (certigar_rule)-1, CERTIGAR_FLOAT32, 3, 0, 1, 0, 0, 0, 0, 0},
    {"average: dtype", "2", "float32 or float64", CERTIGAR_AVERAGE, (certigar_dtype)2, 3, 0, 1, 0, 0, 0, 0, 0},
    {"median: n", "0", "1 to 16777216", CERTIGAR_MEDIAN, CERTIGAR_FLOAT64, 0, 0, 1, 0, 0, 0, 0, 0},
    {"median: n", "16777217", "1 to 16777216", CERTIGAR_MEDIAN, CERTIGAR_FLOAT64, 16777217, 0, 1, 0, 0, 0, 0, 0},
    {"average: f", "f = 1 with n = 2", "n > 2f is needed: f must be 0 to 0", CERTIGAR_AVERAGE, CERTIGAR_FLOAT32, 2, 1, 1, 0, 0, 0, 0, 0},
    {"trimmed-mean: f", "f = 3 with n = 6", "n > 2f is needed: f must be 0 to 2", CERTIGAR_TRIMMED_MEAN, CERTIGAR_FLOAT32, 6, 3, 1, 0, 0, 0, 0, 0},
    {"meamed: f", "with n = 7", "f must be 0 to 3", CERTIGAR_MEAMED, CERTIGAR_FLOAT64, 7, SIZE_MAX, 1, 0, 0, 0, 0, 0},
    {"meamed: f", "with n = 7", "f must be 0 to 3", CERTIGAR_MEAMED, CERTIGAR_FLOAT64, 7, SIZE_MAX / 2 + 1, 1, 0, 0, 0, 0, 0},
    {"median: median kind", "3", "midpoint, lower or upper", CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 4, 1, 1, 3, 0, 0, 0, 0},
    {"threads", "0", "1 to 1024", CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 4, 1, 0, 0, 0, 0, 0, 0},
    {"threads", "1025", "1 to 1024", CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 4, 1, 1025, 0, 0, 0, 0, 0},
    {"level", "4", "best, baseline, x86-64-v3 or x86-64-v4", CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 4, 1, 1, 0, 4, 0, 0, 0},
    {"level", "-1", "best, baseline, x86-64-v3 or x86-64-v4", CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 4, 1, 1, 0, -1, 0, 0, 0},
    {"krum: n", "n = 1 ", "n >= 2f+3 is needed: at least 3", CERTIGAR_KRUM, CERTIGAR_FLOAT32, 1, 0, 1, 0, 0, 0, 0, 0},
    {"krum: n", "n = 2 ", "n >= 2f+3 is needed: at least 3", CERTIGAR_KRUM, CERTIGAR_FLOAT32, 2, 0, 1, 0, 0, 0, 0, 0},
    {"krum: f", "f = 1 with n = 4", "n >= 2f+3 is needed: f must be 0 to 0", CERTIGAR_KRUM, CERTIGAR_FLOAT32, 4, 1, 1, 0, 0, 0, 0, 0},
    {"krum: f", "f = 3 with n = 8", "f must be 0 to 2", CERTIGAR_KRUM, CERTIGAR_FLOAT64, 8, 3, 1, 0, 0, 0, 0, 0},
    {"multi-krum: f", "with n = 5", "f must be 0 to 1", CERTIGAR_MULTI_KRUM, CERTIGAR_FLOAT32, 5, SIZE_MAX, 1, 0, 0, 1, 0, 0},
    {"multi-krum: f", "with n = 5", "f must be 0 to 1", CERTIGAR_MULTI_KRUM, CERTIGAR_FLOAT32, 5, SIZE_MAX / 2, 1, 0, 0, 1, 0, 0},
    {"multi-krum: m", "m = 4 with n = 6 rows and f = 1", "1 to n-f-2 = 3", CERTIGAR_MULTI_KRUM, CERTIGAR_FLOAT32, 6, 1, 1, 0, 0, 4, 0, 0},
    {"multi-krum: m", "m = 2 with n = 3 rows and f = 0", "1 to n-f-2 = 1", CERTIGAR_MULTI_KRUM, CERTIGAR_FLOAT64, 3, 0, 1, 0, 0, 2, 0, 0},
    {"multi-krum: m", "with n = 6", "1 to n-f-2 = 4", CERTIGAR_MULTI_KRUM, CERTIGAR_FLOAT32, 6, 0, 1, 0, 0, SIZE_MAX, 0, 0},
    {"bulyan: n", "n = 2 ", "n >= 4f+3 is needed: at least 3", CERTIGAR_BULYAN, CERTIGAR_FLOAT32, 2, 0, 1, 0, 0, 0, 0, 0},
    {"bulyan: f", "f = 2 with n = 10", "n >= 4f+3 is needed: f must be 0 to 1", CERTIGAR_BULYAN, CERTIGAR_FLOAT32, 10, 2, 1, 0, 0, 0, 0, 0},
    {"multi-bulyan: f", "with n = 7", "f must be 0 to 1", CERTIGAR_MULTI_BULYAN, CERTIGAR_FLOAT64, 7, SIZE_MAX / 4 + 1, 1, 0, 0, 0, 0, 0},
    {"multi-bulyan: variant", "2", "one-pass or iterated", CERTIGAR_MULTI_BULYAN, CERTIGAR_FLOAT32, 7, 1, 1, 0, 0, 0, 0, 2},
    {"mda: f", "f = 1 with n = 2", "n > 2f is needed: f must be 0 to 0", CERTIGAR_MDA, CERTIGAR_FLOAT32, 2, 1, 1, 0, 0, 0, 0, 0},
    {"cge: f", "f = 4 with n = 8", "f must be 0 to 3", CERTIGAR_CGE, CERTIGAR_FLOAT64, 8, 4, 1, 0, 0, 0, 0, 0},
    {"monna: f", "f = 3 with n = 5", "f must be 0 to 2", CERTIGAR_MONNA, CERTIGAR_FLOAT32, 5, 3, 1, 0, 0, 0, 0, 0},
    {"monna: pivot", "pivot = 5 with n = 5", "0 to 4", CERTIGAR_MONNA, CERTIGAR_FLOAT32, 5, 1, 1, 0, 0, 0, 5, 0},
    {"monna: pivot", "with n = 5", "0 to 4", CERTIGAR_MONNA, CERTIGAR_FLOAT64, 5, 0, 1, 0, 0, 0, SIZE_MAX, 0},
    {"threads", "0", "1 to 1024", CERTIGAR_KRUM, CERTIGAR_FLOAT32, 4, 0, 0, 0, 0, 0, 0, 0},
};

static certigar_options *options_of(size_t f, size_t threads)
{
  certigar_options *options = certigar_options_new();
  assert_non_null(options);
  certigar_options_set_f(options, f);
  certigar_options_set_threads(options, threads);
  return options;
}

static void assert_says(const certigar_message *message, const char *text)
{
  assert_non_null(memchr(message->text, 0, sizeof message->text));
  if (!strstr(message->text, text)) fail_msg("\"%s\" does not say \"%s\"", message->text, text);
}

static void assert_untouched(const void *memory, size_t size)
{
  for (size_t i = 0; i < size; i++) assert_int_equal(((const unsigned char *)memory)[i], CANARY);
}

static void bad_parameters_are_refused(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
    const refusal *r = &refusals[i];
    certigar_options *options = options_of(r->f, r->threads);
    certigar_options_set_m(options, r->m);
    certigar_options_set_pivot(options, r->pivot);
    certigar_options_set_variant(options, (certigar_variant)r->variant);
    certigar_options_set_median(options, (certigar_median_kind)r->median);
    certigar_options_set_level(options, (certigar_level)r->level);
    certigar_plan *plan = (certigar_plan *)&plan;
    certigar_message message;
    memset(&message, CANARY, sizeof message);
    assert_int_equal(certigar_plan_new(&plan, r->rule, r->dtype, r->n, options, &message), CERTIGAR_BAD_PARAMETER);
    assert_null(plan);
    assert_says(&message, r->what);
    assert_says(&message, r->got);
    assert_says(&message, r->range);

    plan = (certigar_plan *)&plan;
    assert_int_equal(certigar_plan_new(&plan, r->rule, r->dtype, r->n, options, NULL), CERTIGAR_BAD_PARAMETER);
    assert_null(plan);

    if (r->dtype == CERTIGAR_FLOAT32) { /* the one-call function refuses in the same words, and writes nothing */
      const float rows[8] = {0};
      float output[4];
      certigar_message again;
      memset(output, CANARY, sizeof output);
      assert_int_equal(certigar_aggregate_f32(r->rule, rows, r->n, 1, options, output, &again), CERTIGAR_BAD_PARAMETER);
      assert_string_equal(again.text, message.text);
      assert_untouched(output, sizeof output);
    }
    certigar_options_free(options);
  }
}

static void greatest_parameters_are_accepted(void **state)
{
  (void)state;
  certigar_plan *plan;
  certigar_message message = {"x"};
  certigar_options *options = options_of(2, 1024);
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_MEAMED, CERTIGAR_FLOAT64, 5, options, &message), CERTIGAR_OK);
  assert_string_equal(message.text, "");
  certigar_plan_free(plan);
  certigar_options_free(options);
  for (size_t m = 0; m <= 2; m++) { /* n = 2f+3: m is 1 or 2 at most, n-f-2 */
    options = options_of(1, 1);
    certigar_options_set_m(options, m);
    assert_int_equal(certigar_plan_new(&plan, CERTIGAR_MULTI_KRUM, CERTIGAR_FLOAT32, 5, options, &message), CERTIGAR_OK);
    certigar_plan_free(plan);
    certigar_options_free(options);
  }
}

static void bad_matrices_are_refused(void **state)
{
  (void)state;
  const float rows[6] = {1, 2, 3, 4, 5, 6};
  float output[4];
  certigar_plan *plan;
  certigar_message message;
  memset(output, CANARY, sizeof output);
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 3, NULL, NULL), CERTIGAR_OK);

  certigar_matrix matrix = {.data = rows, .n = 2, .d = 2, .row_stride = 8, .column_stride = 4};
  assert_int_equal(certigar_plan_run(plan, &matrix, output, NULL, &message), CERTIGAR_BAD_PARAMETER);
  assert_says(&message, "n = 2");
  assert_says(&message, "made for 3");
  assert_int_equal(certigar_plan_run(plan, &matrix, output, NULL, NULL), CERTIGAR_BAD_PARAMETER);

  const size_t widths[] = {0, SIZE_MAX, SIZE_MAX / 4 + 1};
  for (size_t i = 0; i < 3; i++) {
    certigar_certificate certificate;
    char got[64], range[64];
    snprintf(got, sizeof got, "d = %zu coordinates", widths[i]);
    snprintf(range, sizeof range, "must be 1 to %zu", SIZE_MAX / 4);
    memset(&certificate, CANARY, sizeof certificate);
    matrix.n = 3;
    matrix.d = widths[i];
    assert_int_equal(certigar_plan_run(plan, &matrix, output, &certificate, &message), CERTIGAR_BAD_PARAMETER);
    assert_says(&message, got);
    assert_says(&message, range);
    assert_untouched(&certificate, sizeof certificate);
  }
  assert_untouched(output, sizeof output);

  matrix.d = 2; /* the plan still serves */
  assert_int_equal(certigar_plan_run(plan, &matrix, output, NULL, &message), CERTIGAR_OK);
  assert_string_equal(message.text, "");
  assert_true(output[0] == 3 && output[1] == 4);
  assert_untouched(output + 2, 2 * sizeof *output);
  certigar_plan_free(plan);
}

/* ---- no memory ---- */

static void no_memory_is_said(void **state)
{
  (void)state;
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
  skip(); /* the sanitizers end the program instead */
#else
  struct rlimit before, tight;
  certigar_plan *plan = (certigar_plan *)&plan;
  certigar_message message;
  certigar_options *options = options_of(0, 1024);
  assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
  tight = before;
  tight.rlim_cur = (rlim_t)1 << 30;
  if (setrlimit(RLIMIT_AS, &tight) != 0) skip();
  const certigar_status status = certigar_plan_new(&plan, CERTIGAR_MEDIAN, CERTIGAR_FLOAT64, 16777216, options, &message);
  const float row[1] = {1};
  float output = 7;
  const certigar_status one_call = certigar_aggregate_f32(CERTIGAR_MEDIAN, row, 16777216, 1, options, &output, NULL);
  assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
  assert_int_equal(status, CERTIGAR_NO_MEMORY);
  assert_null(plan);
  assert_says(&message, "n = 16777216 rows and 1024 threads");
  assert_int_equal(one_call, CERTIGAR_NO_MEMORY);
  assert_true(output == 7);
  certigar_options_free(options);
#endif
}

/* ---- one call ---- */

static void one_call(void **state)
{
  (void)state;
  const float narrow[] = {1, -0.0F, 4, 0, 9, -0.0F};
  const double wide[] = {1, 1e300, 4, -1e300, 10, 5};
  float f32[2];
  double f64[2];
  certigar_message message = {"x"};
  certigar_options *options = options_of(1, 1);
  assert_int_equal(certigar_aggregate_f32(CERTIGAR_MEDIAN, narrow, 3, 2, NULL, f32, NULL), CERTIGAR_OK);
  assert_true(f32[0] == 4);
  assert_int_equal(bits_of(f32[1]), 0x80000000); /* a value selected by its rank keeps its bits */
  assert_int_equal(certigar_aggregate_f64(CERTIGAR_AVERAGE, wide, 3, 2, NULL, f64, &message), CERTIGAR_OK);
  assert_true(f64[0] == 5 && f64[1] == 5.0 / 3);
  assert_string_equal(message.text, "");
  assert_int_equal(certigar_aggregate_f64(CERTIGAR_TRIMMED_MEAN, wide, 3, 2, options, f64, NULL), CERTIGAR_OK);
  assert_true(f64[0] == 4 && f64[1] == 5);
  assert_int_equal(certigar_aggregate_f64(CERTIGAR_MEAMED, wide, 3, 2, options, f64, NULL), CERTIGAR_OK);
  assert_true(f64[0] == 2.5); /* 4 and 1 */
  certigar_options_free(options);
}

static void kinds_of_median(void **state)
{
  (void)state;
  const float rows[] = {4, 1, 3, 2};
  const float expected[] = {2.5F, 2, 3};
  for (int kind = CERTIGAR_MIDPOINT; kind <= CERTIGAR_UPPER; kind++) {
    float output;
    certigar_options *options = options_of(1, 1);
    certigar_options_set_median(options, (certigar_median_kind)kind);
    assert_int_equal(certigar_aggregate_f32(CERTIGAR_MEDIAN, rows, 4, 1, options, &output, NULL), CERTIGAR_OK);
    assert_true(output == expected[kind]);
    certigar_options_free(options);
  }
}

/* ---- what is not finite ---- */

static void not_finite_is_said_and_done(void **state)
{
  (void)state;
  const float nan = nan_of(0xff800001), infinity = nan_of(0x7f800000); /* signalling, negative */
  const float rows[] = {1, 2, nan, infinity, 5, 6, 7, 8, 9, 10};      /* 5 rows of 2: one is not finite */
  float output[2];
  certigar_message message;
  certigar_options *options = options_of(1, 1);
  assert_int_equal(certigar_aggregate_f32(CERTIGAR_MEDIAN, rows, 5, 2, options, output, &message), CERTIGAR_OK);
  assert_string_equal(message.text, "");
  assert_true(output[0] == 7 && output[1] == 8);

  assert_int_equal(certigar_aggregate_f32(CERTIGAR_MEDIAN, rows, 5, 2, NULL, output, &message), CERTIGAR_NOT_FINITE);
  assert_says(&message, "1 rows are not finite, more than f = 0");
  assert_true(output[0] == 7 && output[1] == 8);

  assert_int_equal(certigar_aggregate_f32(CERTIGAR_AVERAGE, rows, 5, 2, options, output, &message), CERTIGAR_NOT_FINITE);
  assert_says(&message, "2 coordinates of the output are not finite");
  assert_int_equal(bits_of(output[0]), 0x7fc00000); /* one NaN for all */
  assert_int_equal(bits_of(output[1]), 0x7f800000);
  certigar_options_free(options);
}

static void certificate_of_a_run(void **state)
{
  (void)state;
  /* MeaMed keeps four of five. Columns: 0 and 4 tie; one NaN, the others are kept; two NaN, too many; 1 and 5 tie */
  float rows[5][4] = {{0, 1, 1, 1}, {1, 2, 2, 2}, {2, 3, 3, 3}, {3, 4, 4, 4}, {4, 5, 5, 5}};
  rows[1][1] = nan_of(0x7f800001);
  rows[3][2] = nan_of(0xff800000);
  rows[4][2] = nan_of(0x7f800000);
  float output[4];
  certigar_certificate certificate;
  certigar_plan *plan;
  certigar_options *options = options_of(1, 1);
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_MEAMED, CERTIGAR_FLOAT32, 5, options, NULL), CERTIGAR_OK);
  certigar_options_free(options); /* the plan has its own */
  const certigar_matrix matrix = {.data = rows, .n = 5, .d = 4, .row_stride = sizeof rows[0], .column_stride = sizeof rows[0][0]};
  assert_int_equal(certigar_plan_run(plan, &matrix, output, &certificate, NULL), CERTIGAR_NOT_FINITE);
  assert_int_equal(certificate.nonfinite_row_count, 3);
  assert_int_equal(certificate.nonfinite_rows[0], 1);
  assert_int_equal(certificate.nonfinite_rows[1], 3);
  assert_int_equal(certificate.nonfinite_rows[2], 4);
  assert_int_equal(certificate.nonfinite_outputs, 1);
  assert_int_equal(certificate.ties, 2);
  assert_true(certificate.exact_evaluations <= 4);
  assert_true(output[0] == 1.5F && output[1] == 3.25F && output[3] == 2.5F);
  assert_int_equal(bits_of(output[2]), 0x7fc00000);
  certigar_plan_free(plan);
}

/* 2^600 - 2^600 + a term far below: no window decides that sum. 1 + 2 + 3 needs nothing else. */
static void exact_evaluations_are_counted(void **state)
{
  (void)state;
  const double rows[3][3] = {{0x1p600, 1, 0x1p-600}, {-0x1p600, 2, 0x1p500}, {0x3p-1074, 3, -0x1p500}};
  double output[3];
  certigar_certificate certificate;
  certigar_plan *plan;
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_AVERAGE, CERTIGAR_FLOAT64, 3, NULL, NULL), CERTIGAR_OK);
  const certigar_matrix matrix = {.data = rows, .n = 3, .d = 3, .row_stride = sizeof rows[0], .column_stride = sizeof rows[0][0]};
  assert_int_equal(certigar_plan_run(plan, &matrix, output, &certificate, NULL), CERTIGAR_OK);
  assert_int_equal(certificate.exact_evaluations, 2);
  assert_true(output[0] == 0x1p-1074 && output[1] == 2 && output[2] == 0x1p-600 / 3);
  certigar_plan_free(plan);
}

/* f rows that cancel hide the others below their own windows: these get a window of their own, and no lane takes the wide accumulator. Pairs of rows
 * and their opposites, 2^70 apart. Whole tiles: of a few lanes the wide accumulator is sooner done. */
static void rows_that_cancel_cost_no_wide_accumulator(void **state)
{
  (void)state;
  enum { N = 9, D = 128 };
  static double rows[N][D];
  double output[D];
  for (size_t c = 0; c < D; c++) {
    for (size_t i = 0; i < N - 4; i++) rows[i][c] = (double)(i * i + 3 * c) + 0.25;
    rows[N - 4][c] = 0x1.123456789p140 * (double)(c + 1);
    rows[N - 3][c] = 0x1.abcdefp70 / (double)(c + 3);
    rows[N - 2][c] = -rows[N - 3][c];
    rows[N - 1][c] = -rows[N - 4][c];
  }
  certigar_certificate certificate;
  certigar_plan *plan;
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_AVERAGE, CERTIGAR_FLOAT64, N, NULL, NULL), CERTIGAR_OK);
  const certigar_matrix matrix = {.data = rows, .n = N, .d = D, .row_stride = sizeof rows[0], .column_stride = sizeof rows[0][0]};
  assert_int_equal(certigar_plan_run(plan, &matrix, output, &certificate, NULL), CERTIGAR_OK);
  for (size_t c = 0; c < D; c++) assert_true(output[c] == (30 + 5 * (3 * (double)c + 0.25)) / N);
  assert_int_equal(certificate.exact_evaluations, 0);
  certigar_plan_free(plan);
}

/* ---- plans ---- */

static void a_plan_serves_again(void **state)
{
  (void)state;
  float bad[3][70], good[3][1], output[71];
  certigar_certificate certificate;
  certigar_plan *plan;
  for (int i = 0; i < 3; i++) {
    for (int c = 0; c < 70; c++) bad[i][c] = nan_of(0x7fc00000);
    good[i][0] = (float)i;
  }
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 3, NULL, NULL), CERTIGAR_OK);
  const certigar_matrix first = {.data = bad, .n = 3, .d = 70, .row_stride = sizeof bad[0], .column_stride = 4};
  const certigar_matrix second = {.data = good, .n = 3, .d = 1, .row_stride = 4, .column_stride = 4};
  for (int round = 0; round < 3; round++) {
    memset(output, CANARY, sizeof output);
    assert_int_equal(certigar_plan_run(plan, &first, output, &certificate, NULL), CERTIGAR_NOT_FINITE);
    assert_int_equal(certificate.nonfinite_outputs, 70);
    assert_int_equal(certificate.nonfinite_row_count, 3);
    assert_untouched(output + 70, sizeof output[70]);

    memset(output, CANARY, sizeof output);
    certigar_message message;
    assert_int_equal(certigar_plan_run(plan, &second, output, &certificate, &message), CERTIGAR_OK);
    assert_string_equal(message.text, "");
    assert_true(output[0] == 1);
    assert_int_equal(certificate.nonfinite_outputs, 0);
    assert_int_equal(certificate.nonfinite_row_count, 0);
    assert_untouched(output + 1, 70 * sizeof *output);
  }
  certigar_plan_free(plan);
  certigar_plan_free(NULL);
  certigar_options_free(NULL);
}

/* d values are written, whatever d is beside the tile and the chunk; and the same ones with any number of threads. */
static void any_width_and_number_of_threads(void **state)
{
  (void)state;
  const size_t widths[] = {1, 2, 63, 64, 65, 127, 128, 129, 4095, 4096, 4097, 8192, 12289}, threads[] = {1, 2, 3, 7};
  for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
    const size_t d = widths[w];
    double *rows = malloc(3 * d * sizeof *rows), *output = malloc((d + 1) * sizeof *output);
    assert_true(rows && output);
    for (size_t c = 0; c < d; c++) {
      rows[c] = (double)c;
      rows[d + c] = -(double)c;
      rows[2 * d + c] = 3 * (double)c;
    }
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
      certigar_options *options = options_of(0, threads[t]);
      memset(output, CANARY, (d + 1) * sizeof *output);
      assert_int_equal(certigar_aggregate_f64(CERTIGAR_AVERAGE, rows, 3, d, options, output, NULL), CERTIGAR_OK);
      for (size_t c = 0; c < d; c++) assert_true(output[c] == (double)c);
      assert_untouched(output + d, sizeof *output);
      certigar_options_free(options);
    }
    free(rows);
    free(output);
  }
}

/* ---- progress ---- */

enum { WIDE = 50000 };

typedef struct listener {
  pthread_t thread;
  size_t total, calls, last, stop_at; /* stop_at: at the first call with so many done, or more */
  int wrong;
} listener;

static int listen(void *context, size_t done, size_t total)
{
  listener *l = context;
  l->wrong |= total != l->total || done > total || (l->calls > 0 && done <= l->last) || !pthread_equal(pthread_self(), l->thread);
  l->calls++;
  l->last = done;
  return done >= l->stop_at ? 1 : 0;
}

static void progress_is_told_and_stops(void **state)
{
  (void)state;
  float *rows = calloc(3 * WIDE, sizeof *rows), *output = malloc(WIDE * sizeof *output);
  assert_true(rows && output);
  for (size_t threads = 1; threads <= 3; threads++) {
    const size_t stops[] = {SIZE_MAX, WIDE, 1, WIDE / 2};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
      listener l = {.thread = pthread_self(), .total = WIDE, .stop_at = stops[i]};
      certigar_options *options = options_of(1, threads);
      certigar_plan *plan;
      certigar_message message;
      certigar_options_set_progress(options, listen, &l);
      assert_int_equal(certigar_plan_new(&plan, CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 3, options, NULL), CERTIGAR_OK);
      certigar_options_free(options);
      const certigar_matrix matrix = {.data = rows, .n = 3, .d = WIDE, .row_stride = 4 * WIDE, .column_stride = 4};
      certigar_status status = certigar_plan_run(plan, &matrix, output, NULL, &message);
      assert_false(l.wrong);
      if (threads == 1) assert_true(l.calls > 1 || stops[i] == 1); /* with several, the others may do all the work */
      if (stops[i] >= WIDE) { /* never, or when all is done: nothing was left to stop */
        assert_int_equal(status, CERTIGAR_OK);
        if (threads == 1) assert_int_equal(l.last, WIDE);
      } else if (threads == 1) {
        assert_int_equal(status, CERTIGAR_STOPPED);
        assert_says(&message, "stopped after");
        assert_says(&message, "of 50000 coordinates");
        assert_int_equal(l.calls, stops[i] == 1 ? 1 : l.calls);
      } else {
        assert_true(status == CERTIGAR_STOPPED || status == CERTIGAR_OK);
      }
      l = (listener){.thread = pthread_self(), .total = WIDE, .stop_at = SIZE_MAX}; /* a plan that was stopped serves again */
      assert_int_equal(certigar_plan_run(plan, &matrix, output, NULL, NULL), CERTIGAR_OK);
      certigar_plan_free(plan);
    }
  }
  free(rows);
  free(output);
}

/* ---- rules that select rows ---- */

static certigar_plan *selecting_plan(certigar_rule rule, certigar_dtype dtype, size_t n, size_t f, size_t m, size_t threads)
{
  certigar_plan *plan;
  certigar_options *options = options_of(f, threads);
  certigar_options_set_m(options, m);
  assert_int_equal(certigar_plan_new(&plan, rule, dtype, n, options, NULL), CERTIGAR_OK);
  certigar_options_free(options);
  return plan;
}

static void assert_value(certigar_bound bound, double value)
{
  assert_false(bound.infinite);
  assert_true(ldexp((double)bound.significand, bound.exponent) == value); /* small integers: exact */
}

/* Scores that are small integers are exact in any certificate. */
static void assert_score(const certigar_certificate *certificate, size_t row, double value)
{
  assert_value(certificate->scores[row].lower, value);
  assert_value(certificate->scores[row].upper, value);
}

static void certificate_of_a_selection(void **state)
{
  (void)state;
  /* differences 1, 2, 4, 92: the scores of two neighbours each are 1+9, 1+4, 4+9, 16+36, 92^2+96^2 */
  const float rows[5] = {1, 2, 4, 8, 100};
  const double expected[5] = {10, 5, 13, 52, 17680};
  const certigar_matrix matrix = {.data = rows, .n = 5, .d = 1, .row_stride = 4, .column_stride = 4};
  float output;
  certigar_certificate certificate;
  certigar_plan *plan = selecting_plan(CERTIGAR_KRUM, CERTIGAR_FLOAT32, 5, 1, 0, 1);
  assert_int_equal(certigar_plan_run(plan, &matrix, &output, &certificate, NULL), CERTIGAR_OK);
  assert_true(output == 2);
  assert_int_equal(certificate.selected_count, 1);
  assert_int_equal(certificate.selected[0], 1);
  assert_int_equal(certificate.ties, 0);
  assert_int_equal(certificate.nonfinite_row_count, 0);
  assert_true(certificate.exact_distances <= 10);
  for (size_t i = 0; i < 5; i++) { /* the intervals hold the scores; they are points where distances were exact */
    const certigar_interval *score = &certificate.scores[i];
    assert_true(ldexp((double)score->lower.significand, score->lower.exponent) <= expected[i]);
    assert_true(ldexp((double)score->upper.significand, score->upper.exponent) >= expected[i]);
  }
  assert_true(ldexp((double)certificate.margin.significand, certificate.margin.exponent) <= 1); /* (10 - 5) / 5 */
  assert_true(ldexp((double)certificate.margin.significand, certificate.margin.exponent) > 0.999);
  certigar_plan_free(plan);

  plan = selecting_plan(CERTIGAR_MULTI_KRUM, CERTIGAR_FLOAT32, 5, 1, 0, 1); /* m is 2 */
  assert_int_equal(certigar_plan_run(plan, &matrix, &output, &certificate, NULL), CERTIGAR_OK);
  assert_true(output == 1.5F);
  assert_int_equal(certificate.selected_count, 2);
  assert_int_equal(certificate.selected[0], 0);
  assert_int_equal(certificate.selected[1], 1);
  assert_true(ldexp((double)certificate.margin.significand, certificate.margin.exponent) <= 0.3); /* (13 - 10) / 10 */
  certigar_plan_free(plan);

  plan = selecting_plan(CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 5, 1, 0, 1); /* the others select nothing */
  memset(&certificate, CANARY, sizeof certificate);
  assert_int_equal(certigar_plan_run(plan, &matrix, &output, &certificate, NULL), CERTIGAR_OK);
  assert_null(certificate.selected);
  assert_null(certificate.scores);
  assert_int_equal(certificate.selected_count, 0);
  assert_int_equal(certificate.exact_distances, 0);
  assert_int_equal(certificate.margin.significand, 0);
  certigar_plan_free(plan);
}

/* A tie takes exact distances, and a plan forgets them: the runs between give what a new plan gives. */
static void ties_of_rows(void **state)
{
  (void)state;
  const double tied[5] = {0, 1, 2, 3, 4}, apart[5] = {1, 2, 4, 8, 100}, equal[1] = {7}, infinite = ldexp(1, 1024);
  const double wild[5] = {infinite, 3, infinite, -infinite, 5};
  double output;
  certigar_certificate certificate;
  certigar_plan *plan = selecting_plan(CERTIGAR_KRUM, CERTIGAR_FLOAT64, 5, 1, 0, 1);
  certigar_matrix matrix = {.n = 5, .d = 1, .row_stride = 8, .column_stride = 8};
  for (int round = 0; round < 3; round++) {
    matrix.data = tied; /* scores 5, 2, 2, 2, 5: the first of the three */
    assert_int_equal(certigar_plan_run(plan, &matrix, &output, &certificate, NULL), CERTIGAR_OK);
    assert_true(output == 1);
    assert_int_equal(certificate.ties, 1);
    assert_int_equal(certificate.selected[0], 1);
    assert_value(certificate.margin, 0);
    for (size_t i = 1; i <= 3; i++) assert_score(&certificate, i, 2);
    assert_in_range(certificate.exact_distances, 1, 10);

    matrix.data = apart;
    assert_int_equal(certigar_plan_run(plan, &matrix, &output, &certificate, NULL), CERTIGAR_OK);
    assert_true(output == 2);
    assert_int_equal(certificate.ties, 0);
    assert_true(certificate.margin.significand > 0);

    matrix.data = equal;
    matrix.row_stride = 0;
    assert_int_equal(certigar_plan_run(plan, &matrix, &output, &certificate, NULL), CERTIGAR_OK);
    assert_true(output == 7);
    assert_int_equal(certificate.ties, 1);
    assert_int_equal(certificate.selected[0], 0);
    assert_int_equal(certificate.exact_distances, 0);
    assert_value(certificate.margin, 0);
    for (size_t i = 0; i < 5; i++) assert_score(&certificate, i, 0);
    matrix.row_stride = 8;

    matrix.data = wild; /* more rows than f: all scores are infinite, and the first row is as good as any */
    assert_int_equal(certigar_plan_run(plan, &matrix, &output, &certificate, NULL), CERTIGAR_NOT_FINITE);
    assert_int_equal(certificate.ties, 1);
    assert_int_equal(certificate.selected[0], 0);
    assert_int_equal(certificate.nonfinite_row_count, 3);
    assert_int_equal(certificate.nonfinite_outputs, 1);
    for (size_t i = 0; i < 5; i++) assert_true(certificate.scores[i].lower.infinite && certificate.scores[i].upper.infinite);
    assert_value(certificate.margin, 0);
  }
  certigar_plan_free(plan);
}

/* Krum's output is a row, bit for bit; multi-krum's is a mean, even of one row. */
static void bits_of_a_selected_row(void **state)
{
  (void)state;
  const float nan = nan_of(0xff800001);
  const float rows[3][2] = {{nan, -0.0F}, {nan, 1}, {nan, 2}};
  float output[2];
  certigar_message message;
  assert_int_equal(certigar_aggregate_f32(CERTIGAR_KRUM, rows[0], 3, 2, NULL, output, &message), CERTIGAR_NOT_FINITE);
  assert_int_equal(bits_of(output[0]), 0xff800001);
  assert_int_equal(bits_of(output[1]), 0x80000000);
  assert_says(&message, "3 rows are not finite, more than f = 0");
  assert_int_equal(certigar_aggregate_f32(CERTIGAR_MULTI_KRUM, rows[0], 3, 2, NULL, output, NULL), CERTIGAR_NOT_FINITE);
  assert_int_equal(bits_of(output[0]), 0x7fc00000);
  assert_int_equal(bits_of(output[1]), 0);

  const float infinity = nan_of(0x7f800000), one_bad[5][1] = {{infinity}, {3}, {4}, {5}, {9}}; /* as many as f: harmless */
  certigar_options *options = options_of(1, 1);
  assert_int_equal(certigar_aggregate_f32(CERTIGAR_KRUM, one_bad[0], 5, 1, options, output, &message), CERTIGAR_OK);
  assert_true(output[0] == 4);
  assert_string_equal(message.text, "");
  certigar_options_free(options);
}

/* Done counts to twice the coordinates: distances, then the output. Passes over the input for exact distances do not count, but tell. */
static int listen_twice(void *context, size_t done, size_t total)
{
  listener *l = context;
  l->wrong |= total != l->total || done > total || done < l->last || !pthread_equal(pthread_self(), l->thread);
  l->calls++;
  l->last = done;
  return done >= l->stop_at ? 1 : 0;
}

static void progress_of_a_selection(void **state)
{
  (void)state;
  float *rows = calloc(5 * WIDE, sizeof *rows), *output = malloc(WIDE * sizeof *output);
  assert_true(rows && output);
  for (size_t i = 0; i < 5; i++) rows[i * WIDE + 7] = (float)i; /* a tie: all stages are passed */
  const size_t stops[] = {SIZE_MAX, 2 * WIDE, 1, WIDE / 2, WIDE, WIDE + WIDE / 2};
  for (size_t threads = 1; threads <= 3; threads++)
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
      listener l = {.thread = pthread_self(), .total = 2 * WIDE, .stop_at = stops[i]};
      certigar_options *options = options_of(1, threads);
      certigar_plan *plan;
      certigar_message message;
      certigar_certificate certificate;
      certigar_options_set_progress(options, listen_twice, &l);
      assert_int_equal(certigar_plan_new(&plan, CERTIGAR_KRUM, CERTIGAR_FLOAT32, 5, options, NULL), CERTIGAR_OK);
      certigar_options_free(options);
      const certigar_matrix matrix = {.data = rows, .n = 5, .d = WIDE, .row_stride = 4 * WIDE, .column_stride = 4};
      const certigar_status status = certigar_plan_run(plan, &matrix, output, &certificate, &message);
      assert_false(l.wrong);
      if (threads == 1) assert_true(l.calls > 3 || stops[i] == 1);
      if (stops[i] >= 2 * WIDE) {
        assert_int_equal(status, CERTIGAR_OK);
        if (threads == 1) assert_int_equal(l.last, 2 * WIDE);
      } else if (threads == 1) {
        assert_int_equal(status, CERTIGAR_STOPPED);
        assert_says(&message, "stopped after");
        assert_says(&message, "of 100000 coordinates");
        if (stops[i] < WIDE) assert_int_equal(certificate.selected_count, 0); /* nothing was chosen yet */
      } else {
        assert_true(status == CERTIGAR_STOPPED || status == CERTIGAR_OK);
      }
      l = (listener){.thread = pthread_self(), .total = 2 * WIDE, .stop_at = SIZE_MAX}; /* a plan that was stopped serves again */
      assert_int_equal(certigar_plan_run(plan, &matrix, output, &certificate, NULL), CERTIGAR_OK);
      assert_int_equal(certificate.selected[0], 1);
      assert_int_equal(certificate.ties, 1);
      assert_true(output[7] == 1 && output[0] == 0 && output[WIDE - 1] == 0);
      certigar_plan_free(plan);
    }
  free(rows);
  free(output);
}

/* 71 blocks, in each a column that counts: whatever segments they are summed in, and whatever threads do it, none is left out or counted twice. */
static void blocks_of_wide_rows(void **state)
{
  (void)state;
  enum { BLOCK = 512, BLOCKS = 71, D = BLOCK * (BLOCKS - 1) + 1, N = 5 };
  const double neighbours[N] = {1 + 9, 1 + 4, 4 + 9, 16 + 36, 92 * 92 + 96 * 96}, values[N] = {1, 2, 4, 8, 100};
  double *rows = calloc((size_t)N * D, sizeof *rows), *output = malloc(D * sizeof *output);
  assert_true(rows && output);
  for (size_t i = 0; i < N; i++)
    for (size_t b = 0; b < BLOCKS; b++) rows[i * D + b * BLOCK] = values[i];
  for (size_t threads = 1; threads <= 3; threads++) {
    certigar_plan *plan = selecting_plan(CERTIGAR_KRUM, CERTIGAR_FLOAT64, N, 1, 0, threads);
    const certigar_matrix matrix = {.data = rows, .n = N, .d = D, .row_stride = 8 * (ptrdiff_t)D, .column_stride = 8};
    certigar_certificate certificate;
    assert_int_equal(certigar_plan_run(plan, &matrix, output, &certificate, NULL), CERTIGAR_OK);
    assert_int_equal(certificate.selected[0], 1);
    assert_true(output[0] == 2 && output[1] == 0 && output[D - 1] == 2);
    for (size_t i = 0; i < N; i++) {
      const certigar_interval *score = &certificate.scores[i];
      const double low = ldexp((double)score->lower.significand, score->lower.exponent), high = ldexp((double)score->upper.significand, score->upper.exponent);
      assert_true(low <= BLOCKS * neighbours[i] && BLOCKS * neighbours[i] <= high);
      assert_true(high - low < neighbours[i]); /* less than one block's share */
    }
    certigar_plan_free(plan);
  }
  free(rows);
  free(output);
}

/* 400 rows, each the one before turned by a column: equal scores that only 80000 exact distances tell. */
static void no_memory_for_exact_distances(void **state)
{
  (void)state;
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
  skip(); /* the sanitizers end the program instead */
#else
  enum { N = 400 };
  struct rlimit before, tight;
  size_t pages = 0;
  certigar_message message;
  certigar_certificate certificate;
  double *rows = malloc(sizeof *rows * N * N), output[N];
  FILE *file = fopen("/proc/self/statm", "r");
  assert_non_null(rows);
  for (size_t i = 0; i < N; i++)
    for (size_t c = 0; c < N; c++) rows[i * N + c] = (double)((c + N - i) % N * 2654435761 % 1000003) / 1024;
  certigar_plan *plan = selecting_plan(CERTIGAR_KRUM, CERTIGAR_FLOAT64, N, 1, 0, 1);
  const certigar_matrix matrix = {.data = rows, .n = N, .d = N, .row_stride = 8 * N, .column_stride = 8};
  if (!file || fscanf(file, "%zu", &pages) != 1) skip();
  fclose(file);
  memset(output, CANARY, sizeof output);
  assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
  tight = before;
  tight.rlim_cur = (rlim_t)pages * 4096 + ((rlim_t)32 << 20);
  if (setrlimit(RLIMIT_AS, &tight) != 0) skip();
  const certigar_status status = certigar_plan_run(plan, &matrix, output, &certificate, &message);
  assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
  assert_int_equal(status, CERTIGAR_NO_MEMORY);
  assert_says(&message, "n = 400 rows");
  assert_untouched(output, sizeof output);
  assert_int_equal(certigar_plan_run(plan, &matrix, output, &certificate, &message), CERTIGAR_OK); /* now there is: the plan still serves */
  assert_string_equal(message.text, "");
  assert_int_equal(certificate.ties, 1);
  assert_int_equal(certificate.selected[0], 0);
  assert_int_equal(certificate.exact_distances, N * (N - 1) / 2);
  assert_memory_equal(output, rows, sizeof output);
  certigar_plan_free(plan);
  free(rows);
#endif
}

/* ---- layouts ---- */

/* Row i, column c holds 10 i + c, wherever it lies: the average of rows 0 to 4 is 20 + c. */
static void check_layout(ptrdiff_t row_stride, ptrdiff_t column_stride, int swapped)
{
  enum { N = 5, D = 67 };
  const ptrdiff_t rows = row_stride * (N - 1), columns = column_stride * (D - 1);
  const ptrdiff_t low = (rows < 0 ? rows : 0) + (columns < 0 ? columns : 0), high = (rows > 0 ? rows : 0) + (columns > 0 ? columns : 0);
  const size_t size = (size_t)(high - low) + sizeof(double);
  unsigned char *memory = malloc(size), *data = memory - low; /* its exact size, so that sanitizers see what lies outside */
  assert_non_null(memory);
  memset(memory, 0xff, size);
  for (int i = 0; i < N; i++)
    for (int c = 0; c < D; c++) {
      const double value = 10 * i + c;
      unsigned char bytes[sizeof value];
      memcpy(bytes, &value, sizeof value);
      for (size_t b = 0; b < sizeof value; b++) data[i * row_stride + c * column_stride + (ptrdiff_t)b] = bytes[swapped ? 7 - b : b];
    }
  const certigar_matrix matrix = {
      .data = data, .n = N, .d = D, .row_stride = row_stride, .column_stride = column_stride, .byte_swapped = swapped};
  double output[D];
  certigar_plan *plan;
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_AVERAGE, CERTIGAR_FLOAT64, N, NULL, NULL), CERTIGAR_OK);
  assert_int_equal(certigar_plan_run(plan, &matrix, output, NULL, NULL), CERTIGAR_OK);
  for (int c = 0; c < D; c++) assert_true(output[c] == 20 + c);
  certigar_plan_free(plan);
  free(memory);
}

static void layouts(void **state)
{
  (void)state;
  const struct {
    ptrdiff_t rows, columns;
  } strides[] = {{67 * 8, 8},  {8, 5 * 8},      {67 * 8 + 3, 8}, {-67 * 8, 8},   {-67 * 8 - 1, 8}, {67 * 8, -8},
                 {-67 * 8, -8}, {-8, 5 * 8},     {9, 5 * 9},      {-8, -5 * 8},   {67 * 17, 17},    {-67 * 17, -17}};
  for (size_t s = 0; s < sizeof strides / sizeof *strides; s++)
    for (int swapped = 0; swapped <= 1; swapped++) check_layout(strides[s].rows, strides[s].columns, swapped);
}

/* Stride 0: one row sent by all workers, one value in all columns. */
static void repeated_rows_and_columns(void **state)
{
  (void)state;
  const float values[] = {3, 5, 7};
  float output[3];
  certigar_plan *plan;
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_AVERAGE, CERTIGAR_FLOAT32, 3, NULL, NULL), CERTIGAR_OK);
  const certigar_matrix rows = {.data = values, .n = 3, .d = 3, .row_stride = 0, .column_stride = 4};
  assert_int_equal(certigar_plan_run(plan, &rows, output, NULL, NULL), CERTIGAR_OK);
  assert_memory_equal(output, values, sizeof values);
  const certigar_matrix columns = {.data = values, .n = 3, .d = 3, .row_stride = 4, .column_stride = 0};
  assert_int_equal(certigar_plan_run(plan, &columns, output, NULL, NULL), CERTIGAR_OK);
  assert_true(output[0] == 5 && output[1] == 5 && output[2] == 5);
  certigar_plan_free(plan);
}

/* A reader in place of memory: any part of a row, from any thread. */
enum { READ_ROWS = 7, READ_COLUMNS = 1500 };

static void read_values(void *context, size_t row, size_t first, size_t count, void *values)
{
  const float *rows = context;
  assert_true(row < READ_ROWS && first + count <= READ_COLUMNS);
  memcpy(values, rows + row * READ_COLUMNS + first, count * sizeof *rows);
}

static void rows_from_a_reader(void **state)
{
  (void)state;
  static float rows[READ_ROWS * READ_COLUMNS], wanted[READ_COLUMNS], got[READ_COLUMNS];
  const certigar_rule rules[] = {CERTIGAR_MEDIAN, CERTIGAR_MEAMED, CERTIGAR_KRUM, CERTIGAR_BULYAN, CERTIGAR_MDA, CERTIGAR_CGE};
  for (size_t k = 0; k < READ_ROWS * READ_COLUMNS; k++) rows[k] = (float)(k * 2654435761U % 1000003) / 1024;
  const certigar_matrix matrix = {.n = READ_ROWS, .d = READ_COLUMNS, .read = read_values, .context = rows};
  for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
    for (size_t threads = 1; threads <= 3; threads += 2) {
      certigar_plan *plan;
      certigar_options *options = certigar_options_new();
      certigar_options_set_f(options, 1);
      certigar_options_set_threads(options, threads);
      certigar_options_add_nnm(options);
      assert_int_equal(certigar_aggregate_f32(rules[r], rows, READ_ROWS, READ_COLUMNS, options, wanted, NULL), CERTIGAR_OK);
      assert_int_equal(certigar_plan_new(&plan, rules[r], CERTIGAR_FLOAT32, READ_ROWS, options, NULL), CERTIGAR_OK);
      memset(got, 0, sizeof got);
      assert_int_equal(certigar_plan_run(plan, &matrix, got, NULL, NULL), CERTIGAR_OK);
      assert_memory_equal(got, wanted, sizeof wanted);
      certigar_plan_free(plan);
      certigar_options_free(options);
    }
}

/* ---- names and levels ---- */

static void names(void **state)
{
  (void)state;
  const char *const expected[] = {[CERTIGAR_AVERAGE] = "average", [CERTIGAR_MEDIAN] = "median", [CERTIGAR_TRIMMED_MEAN] = "trimmed-mean",
                                  [CERTIGAR_MEAMED] = "meamed",   [CERTIGAR_KRUM] = "krum",     [CERTIGAR_MULTI_KRUM] = "multi-krum",
                                  [CERTIGAR_BULYAN] = "bulyan",   [CERTIGAR_MULTI_BULYAN] = "multi-bulyan", [CERTIGAR_MDA] = "mda",
                                  [CERTIGAR_CGE] = "cge",         [CERTIGAR_MONNA] = "monna",
                                  [CERTIGAR_GEOMETRIC_MEDIAN] = "geometric-median", [CERTIGAR_BRSGD] = "brsgd", [CERTIGAR_ZENO] = "zeno",
                                  [CERTIGAR_CENTERED_CLIPPING] = "centered-clipping", [CERTIGAR_CAF] = "caf", [CERTIGAR_SMEA] = "smea"};
  const int known = sizeof expected / sizeof *expected;
  int count = 0;
  for (const char *name; (name = certigar_rule_name((certigar_rule)count)) != NULL; count++) {
    certigar_rule rule = (certigar_rule)99;
    if (count < known) assert_string_equal(name, expected[count]);
    assert_int_equal(certigar_rule_from_name(name, &rule), 1);
    assert_int_equal(rule, count);
  }
  assert_true(count >= known);
  assert_null(certigar_rule_name((certigar_rule)(count + 1)));
  assert_null(certigar_rule_name((certigar_rule)-1));
  const char *const unknown[] = {"", "Median", "trimmed_mean", "krumm", "Krum", "multi_krum", "median "};
  for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
    certigar_rule rule = (certigar_rule)99;
    assert_int_equal(certigar_rule_from_name(unknown[i], &rule), 0);
    assert_int_equal(rule, 99);
  }
}

static void levels(void **state)
{
  (void)state;
  const char *const expected[] = {NULL, "baseline", "x86-64-v3", "x86-64-v4"};
  const char *best = "baseline";
  for (int level = CERTIGAR_LEVEL_BASELINE; level <= CERTIGAR_LEVEL_X86_64_V4; level++) {
    const char *name = certigar_level_name((certigar_level)level);
    const float rows[] = {1, 2, 6};
    float output = 0;
    certigar_options *options = options_of(0, 1);
    certigar_options_set_level(options, (certigar_level)level);
    const certigar_status status = certigar_aggregate_f32(CERTIGAR_AVERAGE, rows, 3, 1, options, &output, NULL);
    certigar_options_free(options);
    if (name) { /* what has a name runs, and what has none is refused */
      assert_string_equal(name, expected[level]);
      assert_int_equal(status, CERTIGAR_OK);
      assert_true(output == 3);
      best = name;
    } else {
      assert_int_equal(status, CERTIGAR_BAD_PARAMETER);
    }
  }
  assert_non_null(certigar_level_name(CERTIGAR_LEVEL_BASELINE));
  assert_string_equal(certigar_level_name(CERTIGAR_LEVEL_BEST), best);
  assert_null(certigar_level_name((certigar_level)4));
  assert_null(certigar_level_name((certigar_level)-1));
}

/* ---- plans in several threads ---- */

static void *use_a_plan(void *argument)
{
  const double base = *(const double *)argument;
  double rows[3][100], output[100];
  for (int c = 0; c < 100; c++)
    for (int i = 0; i < 3; i++) rows[i][c] = base + i + c;
  certigar_options *options = certigar_options_new();
  certigar_options_set_threads(options, 2);
  for (int round = 0; round < 50; round++) {
    if (certigar_aggregate_f64(CERTIGAR_MEDIAN, &rows[0][0], 3, 100, options, output, NULL) != CERTIGAR_OK) return argument;
    for (int c = 0; c < 100; c++)
      if (output[c] != base + 1 + c) return argument;
  }
  certigar_options_free(options);
  return NULL;
}

static void plans_of_several_threads_are_apart(void **state)
{
  (void)state;
  pthread_t threads[4];
  double bases[4] = {0, 1000, -5, 1e9};
  for (int t = 0; t < 4; t++) assert_int_equal(pthread_create(&threads[t], NULL, use_a_plan, &bases[t]), 0);
  for (int t = 0; t < 4; t++) {
    void *wrong;
    assert_int_equal(pthread_join(threads[t], &wrong), 0);
    assert_null(wrong);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(bad_parameters_are_refused),
                                     cmocka_unit_test(greatest_parameters_are_accepted),
                                     cmocka_unit_test(bad_matrices_are_refused),
                                     cmocka_unit_test(no_memory_is_said),
                                     cmocka_unit_test(one_call),
                                     cmocka_unit_test(kinds_of_median),
                                     cmocka_unit_test(not_finite_is_said_and_done),
                                     cmocka_unit_test(certificate_of_a_run),
                                     cmocka_unit_test(exact_evaluations_are_counted),
                                     cmocka_unit_test(rows_that_cancel_cost_no_wide_accumulator),
                                     cmocka_unit_test(a_plan_serves_again),
                                     cmocka_unit_test(any_width_and_number_of_threads),
                                     cmocka_unit_test(progress_is_told_and_stops),
                                     cmocka_unit_test(certificate_of_a_selection),
                                     cmocka_unit_test(ties_of_rows),
                                     cmocka_unit_test(bits_of_a_selected_row),
                                     cmocka_unit_test(progress_of_a_selection),
                                     cmocka_unit_test(blocks_of_wide_rows),
                                     cmocka_unit_test(no_memory_for_exact_distances),
                                     cmocka_unit_test(layouts),
                                     cmocka_unit_test(repeated_rows_and_columns),
      cmocka_unit_test(rows_from_a_reader),
                                     cmocka_unit_test(names),
                                     cmocka_unit_test(levels),
                                     cmocka_unit_test(plans_of_several_threads_are_apart)};
  return cmocka_run_group_tests_name("certigar.h", tests, NULL, NULL);
}
