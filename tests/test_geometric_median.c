/* geometric-median against the reference, which knows the minimum to 300 bits: on matrices that attackers send the certified gap is no less than the
 * true one, and no more than the tolerance and the rounding of the output can make it. And what can be seen without a reference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "certigar_check.h"
#include "contexts.h"
#include "generate.h"
#include "judge_median.h"
#include "plan.h"
#include "real/geometric_median.h"
#include "slow.h"

enum { ROWS_MAX = 12, COLUMNS_MAX = 8, WORDS_MAX = ROWS_MAX * COLUMNS_MAX, CANARY = 0xa5, PART = SLOW ? 8 : 1 };

typedef struct matrix {
  certigar_dtype dtype;
  size_t n, d;
  unsigned char rows[8 * WORDS_MAX];
} matrix;

typedef struct result {
  certigar_status status;
  certigar_certificate certificate;
  unsigned char output[8 * COLUMNS_MAX];
} result;

static mpq_t tolerances[2];

static int set_up(void **state)
{
  contexts_open(state);
  mpq_inits(tolerances[0], tolerances[1], (mpq_ptr)NULL);
  mpq_set_ui(tolerances[CERTIGAR_FLOAT32], 1, 100000);
  mpq_set_ui(tolerances[CERTIGAR_FLOAT64], 1, 1000000000);
  return 0;
}

static int tear_down(void **state)
{
  contexts_close(state);
  mpq_clears(tolerances[0], tolerances[1], (mpq_ptr)NULL);
  return 0;
}

static size_t word_size(const matrix *a)
{
  return a->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

static certigar_matrix input_of(const matrix *a)
{
  const ptrdiff_t size = (ptrdiff_t)word_size(a);
  return (certigar_matrix){.data = a->rows, .n = a->n, .d = a->d, .row_stride = (ptrdiff_t)a->d * size, .column_stride = size};
}

static certigar_plan *plan_of(const matrix *a, size_t threads, certigar_level level, const char *tolerance)
{
  certigar_plan *plan = NULL;
  certigar_options *options = certigar_options_new();
  certigar_options_set_f(options, (a->n - 1) / 2);
  certigar_options_set_threads(options, threads);
  certigar_options_set_level(options, level);
  if (tolerance) assert_int_equal(certigar_options_set_tolerance(options, tolerance), 1);
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_GEOMETRIC_MEDIAN, a->dtype, a->n, options, NULL), CERTIGAR_OK);
  certigar_options_free(options);
  return plan;
}

static result run_with(const matrix *a, size_t threads, certigar_level level, const char *tolerance)
{
  result got;
  memset(&got, CANARY, sizeof got);
  certigar_plan *plan = plan_of(a, threads, level, tolerance);
  const certigar_matrix input = input_of(a);
  got.status = certigar_plan_run(plan, &input, got.output, &got.certificate, NULL);
  got.certificate.selected = got.certificate.nonfinite_rows = NULL; /* they end with the plan */
  certigar_plan_free(plan);
  return got;
}

static result run(const matrix *a)
{
  return run_with(a, 1, CERTIGAR_LEVEL_BEST, NULL);
}

/* ---- against the reference ---- */

/* Returns how many iterations there were. */
static size_t check(const char *name, uint64_t seed, const matrix *a)
{
  const result got = run(a);
  const median_case one = {a->dtype, a->n, a->d, a->rows, tolerances[a->dtype]};
  median_truth truth;
  median_truth_init(&truth, contexts[a->dtype], &one);
  const char *wrong = NULL;
  if (truth.m == 0) {
    if (got.status != CERTIGAR_NO_VALUE) wrong = "there is a value";
  } else if (got.status != CERTIGAR_OK && got.status != CERTIGAR_NOT_FINITE) {
    wrong = "there is no value";
  } else {
    wrong = judge_median(contexts[a->dtype], &one, &truth, got.output, &got.certificate);
    if (got.certificate.selected_count != truth.m) wrong = "the rows that are selected are not the finite ones";
  }
  if (wrong) {
    fprintf(stderr, "FAILED %s, seed %llu, dtype %d, n = %zu, d = %zu: %s\n", name, (unsigned long long)seed, (int)a->dtype, a->n, a->d, wrong);
    fail();
  }
  median_truth_clear(&truth);
  return truth.m == 0 ? 0 : got.certificate.iterations;
}

static void rows_of_the_generators(void **state)
{
  (void)state;
  size_t iterations = 0;
  for (size_t g = 0; g < row_generator_count; g++)
    for (uint64_t seed = 0; seed < 64 / PART; seed++) {
      const size_t n = 1 + (size_t)(7 * seed / 2 + g) % ROWS_MAX, d = 1 + (size_t)(seed / 2 + g) % COLUMNS_MAX;
      matrix a = {.dtype = (certigar_dtype)(seed % 2), .n = n, .d = d};
      generate(&row_generators[g], 131 * seed + g, (generate_format)a.dtype, a.n, (a.n - 1) / 2, a.d, a.rows);
      iterations += check(row_generators[g].name, seed, &a);
    }
  assert_true(iterations > 0);
}

/* ---- matrices made for this rule ---- */

/* value 2^shift as a word; the nearest finite ones above and below the range. */
static void put(matrix *a, size_t row, size_t c, int64_t value, int shift)
{
  const int fraction = a->dtype == CERTIGAR_FLOAT32 ? 23 : 52, bias = a->dtype == CERTIGAR_FLOAT32 ? 127 : 1023;
  uint64_t m = value < 0 ? (uint64_t)-value : (uint64_t)value, word = 0;
  if (m > 0) {
    while (m >> fraction > 1) {
      m >>= 1;
      shift++;
    }
    while (m >> fraction == 0) {
      m <<= 1;
      shift--;
    }
    int64_t field = shift + fraction + bias;
    if (field > 2 * bias) field = 2 * bias;
    for (; field < 1; field++) m >>= 1;
    word = (uint64_t)(field - (m >> fraction == 0)) << fraction | (m & ((UINT64_C(1) << fraction) - 1));
  }
  if (value < 0) word |= a->dtype == CERTIGAR_FLOAT32 ? UINT64_C(1) << 31 : UINT64_C(1) << 63;
  const uint32_t narrow = (uint32_t)word;
  const size_t at = (row * a->d + c) * word_size(a);
  if (a->dtype == CERTIGAR_FLOAT32) {
    memcpy(a->rows + at, &narrow, sizeof narrow);
  } else {
    memcpy(a->rows + at, &word, sizeof word);
  }
}

static int64_t draw(generate_random *random)
{
  return (int64_t)generate_below(random, 2000001) - 1000000;
}

/* A direction for all rows, and each row off it by 2^-depth of it. */
static void nearly_collinear(matrix *a, generate_random *random)
{
  const int depth = (int)generate_below(random, a->dtype == CERTIGAR_FLOAT32 ? 20 : 50);
  for (size_t i = 0; i < a->n; i++) {
    const int64_t part = (int64_t)generate_below(random, 100) - 50;
    for (size_t c = 0; c < a->d; c++) put(a, i, c, part * (int64_t)(c + 1) * ((int64_t)1 << depth) + (depth > 0 ? draw(random) % 8 : 0), -depth);
  }
}

/* Rows of any scales at once. */
static void scales(matrix *a, generate_random *random)
{
  const int reach = a->dtype == CERTIGAR_FLOAT32 ? 140 : 1060;
  for (size_t i = 0; i < a->n; i++) {
    const int shift = (int)generate_below(random, (uint64_t)(2 * reach)) - reach;
    for (size_t c = 0; c < a->d; c++) put(a, i, c, draw(random), shift - 20);
  }
}

/* A heap of nearly half of the rows in a tiny ball, the others at about distance 1: whether it holds the median hangs on the others' directions. */
static void heap(matrix *a, generate_random *random)
{
  const int tiny = a->dtype == CERTIGAR_FLOAT32 ? -60 : -400;
  for (size_t i = 0; i < a->n; i++)
    for (size_t c = 0; c < a->d; c++) put(a, i, c, draw(random) + (c == 0 && 2 * i >= a->n ? 1000000 : 0), 2 * i < a->n - 1 ? tiny : -20);
}

/* Two heaps, as many rows in one as in the other. */
static void dumbbell(matrix *a, generate_random *random)
{
  const int fine = (int)generate_below(random, a->dtype == CERTIGAR_FLOAT32 ? 20 : 45);
  for (size_t i = 0; i < a->n; i++)
    for (size_t c = 0; c < a->d; c++) put(a, i, c, (i % 2 ? 1 : -1) * ((int64_t)c + 1) * ((int64_t)1 << fine) + draw(random) % 4, -fine);
}

/* Attackers at 1e30 or the greatest numbers, in one direction or in several, among rows of a few units or of ordinary size. */
static void far_rows(matrix *a, generate_random *random)
{
  const int many = (int)generate_below(random, 2), units = generate_below(random, 3) == 0, greatest = generate_below(random, 2) == 0;
  const int least = a->dtype == CERTIGAR_FLOAT32 ? -149 : -1074, most = a->dtype == CERTIGAR_FLOAT32 ? 107 : 1003;
  for (size_t i = 0; i < a->n; i++)
    for (size_t c = 0; c < a->d; c++) {
      const int far = i < (a->n - 1) / 2;
      const int shift = far ? (greatest ? most : 80) : units ? least : -20;
      put(a, i, c, far ? (many ? draw(random) : 1000000) : units ? draw(random) % 4 : draw(random), shift);
    }
}

/* Rows on a line at whole numbers: any point between the middle ones is right. */
static void line(matrix *a, generate_random *random)
{
  for (size_t i = 0; i < a->n; i++) {
    const int64_t place = (int64_t)generate_below(random, 9) - 4;
    for (size_t c = 0; c < a->d; c++) put(a, i, c, place * (int64_t)(c + 1), 0);
  }
}

/* Finite words of any bits. */
static void any_words(matrix *a, generate_random *random)
{
  for (size_t i = 0; i < a->n; i++)
    for (size_t c = 0; c < a->d; c++) put(a, i, c, draw(random), (int)generate_below(random, 2200) - 1100);
}

static void rows_made_for_it(void **state)
{
  (void)state;
  static const struct {
    const char *name;
    void (*fill)(matrix *a, generate_random *random);
  } makers[] = {{"nearly collinear", nearly_collinear}, {"scales", scales}, {"heap", heap}, {"dumbbell", dumbbell}, {"far rows", far_rows},
                {"line", line}, {"any words", any_words}};
  for (size_t k = 0; k < sizeof makers / sizeof *makers; k++)
    for (uint64_t seed = 0; seed < 80 / PART; seed++) {
      generate_random random = {seed * 17 + k};
      const size_t n = 1 + (size_t)generate_below(&random, ROWS_MAX), d = 1 + (size_t)generate_below(&random, 4);
      matrix a = {.dtype = (certigar_dtype)(seed % 2), .n = n, .d = d};
      makers[k].fill(&a, &random);
      (void)check(makers[k].name, seed, &a);
    }
}

static double value_of(const certigar_bound *bound)
{
  double value = (double)bound->significand;
  for (int e = bound->exponent; e > 0; e--) value *= 2;
  for (int e = bound->exponent; e < 0; e++) value /= 2;
  return value;
}

/* Ordinary rows of float32 with many columns need no exact distance; for a candidate at the edge of the tolerance they are made exact, which gives it
 * its due. */
static void close_bounds_are_enough(void **state)
{
  (void)state;
  enum { N = 11, D = 1000, CANDIDATES = 100 };
  static float rows[N][D], candidate[CANDIDATES][D];
  float output[D];
  double gap[2][CANDIDATES], share[2][CANDIDATES];
  generate_random random = {5};
  for (size_t i = 0; i < N; i++)
    for (size_t c = 0; c < D; c++) rows[i][c] = (float)draw(&random) / 1048576;
  const certigar_matrix input = {.data = rows, .n = N, .d = D, .row_stride = sizeof rows[0], .column_stride = sizeof rows[0][0]};
  certigar_certificate certificate;
  certigar_plan *plan = NULL;
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_GEOMETRIC_MEDIAN, CERTIGAR_FLOAT32, N, NULL, NULL), CERTIGAR_OK);
  assert_int_equal(certigar_plan_run(plan, &input, output, &certificate, NULL), CERTIGAR_OK);
  assert_int_equal(certificate.exact_distances, 0);
  assert_true(certificate.iterations > 0 && !certificate.gap.infinite);
  for (int k = 0; k < CANDIDATES; k++) {
    memcpy(candidate[k], output, sizeof output);
    candidate[k][0] += 0.03F + 0.0005F * (float)k;
  }
  for (int sharp = 0; sharp < 2; sharp++) {
    if (sharp) assert_int_equal(certigar_geometric_median_sharpen(plan->selection, plan), 1);
    for (int k = 0; k < CANDIDATES; k++) {
      certigar_interval objective;
      certigar_bound excess, part;
      certigar_geometric_median_judge(plan->selection, plan, candidate[k], &objective, &excess);
      assert_int_equal(certigar_geometric_median_share(plan->selection, plan, &part), 1);
      gap[sharp][k] = value_of(&excess);
      share[sharp][k] = value_of(&part);
    }
  }
  int due = 0;
  for (int k = 0; k < CANDIDATES; k++) {
    assert_true(gap[1][k] < gap[0][k]);
    if (!(gap[0][k] > share[0][k] && gap[1][k] < share[1][k])) continue;
    certigar_finding finding;
    due++;
    assert_int_equal(certigar_check_run(plan, &input, candidate[k], &finding, NULL), CERTIGAR_OK);
    assert_int_equal(finding.verdict, CERTIGAR_VERDICT_ROUNDING);
  }
  assert_true(due > 0 && gap[1][CANDIDATES - 1] > share[1][CANDIDATES - 1]);
  certigar_plan_free(plan);
}

/* Any row may be judged, not only an output; one that is not finite is infinitely bad. */
static void any_row_is_judged(void **state)
{
  (void)state;
  for (uint64_t seed = 0; seed < 60 / PART; seed++) {
    generate_random random = {seed};
    matrix a = {.dtype = (certigar_dtype)(seed % 2), .n = 1 + (size_t)generate_below(&random, ROWS_MAX), .d = 1 + (size_t)generate_below(&random, 5)};
    generate(&row_generators[seed % row_generator_count], seed, (generate_format)a.dtype, a.n, (a.n - 1) / 2, a.d, a.rows);
    const median_case one = {a.dtype, a.n, a.d, a.rows, tolerances[a.dtype]};
    median_truth truth;
    median_truth_init(&truth, contexts[a.dtype], &one);
    certigar_plan *plan = plan_of(&a, 2, CERTIGAR_LEVEL_BEST, NULL);
    const certigar_matrix input = input_of(&a);
    unsigned char output[8 * COLUMNS_MAX];
    certigar_plan_run(plan, &input, output, NULL, NULL);
    matrix row = {.dtype = a.dtype, .n = 1, .d = a.d};
    for (int candidate = 0; candidate < 4 && truth.m > 0; candidate++) {
      certigar_interval objective;
      certigar_bound gap;
      for (size_t c = 0; c < a.d; c++) put(&row, 0, c, candidate == 3 ? 0 : draw(&random), (int)generate_below(&random, 60) - 30);
      certigar_geometric_median_judge(plan->selection, plan, row.rows, &objective, &gap);
      assert_null(judge_median_bounds(contexts[a.dtype], &one, &truth, row.rows, &objective, &gap));
      assert_false(gap.infinite);
      memset(row.rows + (a.d - 1) * word_size(&a), 0xff, word_size(&a));
      certigar_geometric_median_judge(plan->selection, plan, row.rows, &objective, &gap);
      assert_true(gap.infinite && objective.lower.infinite && objective.upper.infinite);
    }
    certigar_plan_free(plan);
    median_truth_clear(&truth);
  }
}

/* ---- by hand ---- */

static certigar_status median_of(const double *rows, size_t n, size_t d, double *output, certigar_certificate *certificate)
{
  certigar_plan *plan = NULL;
  const certigar_matrix input = {.data = rows, .n = n, .d = d, .row_stride = (ptrdiff_t)(d * sizeof *rows), .column_stride = sizeof *rows};
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_GEOMETRIC_MEDIAN, CERTIGAR_FLOAT64, n, NULL, NULL), CERTIGAR_OK);
  const certigar_status status = certigar_plan_run(plan, &input, output, certificate, NULL);
  certigar_plan_free(plan);
  return status;
}

static void medians_by_hand(void **state)
{
  (void)state;
  certigar_certificate certificate;
  double out[2];

  const double one[] = {-0.0, 5e-324}; /* a single row, its zero +0 */
  assert_int_equal(median_of(one, 1, 2, out, &certificate), CERTIGAR_OK);
  assert_memory_equal(out, ((const double[]){0.0, 5e-324}), sizeof out);
  assert_true(certificate.gap.significand == 0 && certificate.objective.upper.significand == 0 && certificate.iterations == 0);
  assert_int_equal(certificate.selected_count, 1);
  assert_true(certificate.margin.infinite);

  const double same[] = {0.1, -3e200, 0.1, -3e200, 0.1, -3e200};
  assert_int_equal(median_of(same, 3, 2, out, &certificate), CERTIGAR_OK);
  assert_memory_equal(out, same, sizeof out);
  assert_true(certificate.gap.significand == 0 && certificate.objective.upper.significand == 0);

  const double heavy[] = {1, 1, 1e300, -1e300, 1, 1, 7, 0.1}; /* half of the rows are equal: no others can move it */
  assert_int_equal(median_of(heavy, 4, 2, out, &certificate), CERTIGAR_OK);
  assert_memory_equal(out, heavy, sizeof out);
  assert_int_equal(certificate.gap.significand, 0);

  const double obtuse[] = {0, 0, 1, 0.5, -1, 0.5}; /* an angle of more than 120 degrees: its corner */
  assert_int_equal(median_of(obtuse, 3, 2, out, &certificate), CERTIGAR_OK);
  assert_memory_equal(out, obtuse, sizeof out);
  assert_int_equal(certificate.gap.significand, 0);
  assert_true(value_of(&certificate.objective.lower) <= 2.2360679774997897 && value_of(&certificate.objective.upper) >= 2.2360679774997896);

  const double square[] = {1, 0, 0, 1, -1, 0, 0, -1}; /* the crossing of the diagonals; F = 4 */
  assert_int_equal(median_of(square, 4, 2, out, &certificate), CERTIGAR_OK);
  assert_true(out[0] > -1e-8 && out[0] < 1e-8 && out[1] > -1e-8 && out[1] < 1e-8);
  assert_true(value_of(&certificate.gap) <= 3e-9 && value_of(&certificate.objective.upper) >= 4 && value_of(&certificate.objective.lower) < 4 + 3e-9);

  const double line_of_five[] = {5, 1, 1e308, 3, -1e308}; /* on a line: the middle row */
  assert_int_equal(median_of(line_of_five, 5, 1, out, &certificate), CERTIGAR_OK);
  assert_true(out[0] == 3);
}

static void rows_that_are_not_finite(void **state)
{
  (void)state;
  certigar_certificate certificate;
  const double nan = 0.0 / 0.0, rows[] = {nan, 0, 1, 2, 1, 2, 1.0 / 0.0, 0, 9, 9};
  double out[2];
  assert_int_equal(median_of(rows, 5, 2, out, &certificate), CERTIGAR_NOT_FINITE); /* two rows, and f = 0 */
  assert_true(out[0] == 1 && out[1] == 2);
  assert_int_equal(certificate.nonfinite_row_count, 2);
  assert_int_equal(certificate.selected_count, 3);

  const double none[] = {nan, 1.0 / 0.0, -1.0 / 0.0};
  memset(out, CANARY, sizeof out);
  double before[2];
  memcpy(before, out, sizeof out);
  assert_int_equal(median_of(none, 3, 1, out, &certificate), CERTIGAR_NO_VALUE);
  assert_memory_equal(out, before, sizeof out);
  assert_int_equal(certificate.selected_count, 0);
  assert_int_equal(certificate.nonfinite_row_count, 3);
}

/* ---- what may not matter ---- */

static void same_bits_everywhere(void **state)
{
  (void)state;
  for (uint64_t seed = 0; seed < 28 / PART + 1; seed++) {
    matrix a = {.dtype = (certigar_dtype)(seed % 2), .n = ROWS_MAX, .d = COLUMNS_MAX};
    generate(&row_generators[seed % row_generator_count], seed, (generate_format)a.dtype, a.n, 5, a.d, a.rows);
    const result first = run(&a);
    for (int level = CERTIGAR_LEVEL_BASELINE; level <= CERTIGAR_LEVEL_X86_64_V4; level++)
      for (size_t threads = 1; threads <= 3; threads += 2) {
        if (!certigar_level_name((certigar_level)level)) continue;
        const result other = run_with(&a, threads, (certigar_level)level, NULL);
        assert_int_equal(other.status, first.status);
        assert_memory_equal(other.output, first.output, a.d * word_size(&a));
        assert_memory_equal(&other.certificate, &first.certificate, sizeof other.certificate);
      }
  }
}

/* Times a power of two: the words' exponents and the bounds' move, nothing else. */
static void scaling(void **state)
{
  (void)state;
  for (uint64_t seed = 0; seed < 20; seed++)
    for (int shift = -300; shift <= 300; shift += 150) {
      generate_random random = {seed}, again = {seed};
      matrix a = {.dtype = CERTIGAR_FLOAT64, .n = 2 + seed % 9, .d = 1 + seed % 5}, b = a;
      for (size_t i = 0; i < a.n; i++)
        for (size_t c = 0; c < a.d; c++) {
          put(&a, i, c, draw(&random), 0);
          put(&b, i, c, draw(&again), shift);
        }
      const result first = run(&a), scaled = run(&b);
      for (size_t c = 0; c < a.d; c++) {
        uint64_t word, other;
        memcpy(&word, first.output + 8 * c, 8);
        memcpy(&other, scaled.output + 8 * c, 8);
        if (word << 1 != 0) word += (uint64_t)(int64_t)shift << 52;
        assert_int_equal(other, word);
      }
      certigar_bound gap = first.certificate.gap;
      if (gap.significand) gap.exponent += shift;
      assert_memory_equal(&scaled.certificate.gap, &gap, sizeof gap);
      assert_int_equal(scaled.certificate.iterations, first.certificate.iterations);
    }
}

/* A smaller tolerance gives a smaller gap, as far as the output's rounding lets it; one that no number of bits reaches still ends. */
static void tolerances_are_kept(void **state)
{
  (void)state;
  generate_random random = {11};
  matrix a = {.dtype = CERTIGAR_FLOAT64, .n = 9, .d = 3};
  for (size_t i = 0; i < a.n; i++)
    for (size_t c = 0; c < a.d; c++) put(&a, i, c, draw(&random), -20);
  const result coarse = run_with(&a, 1, CERTIGAR_LEVEL_BEST, "1/10"), usual = run(&a), fine = run_with(&a, 1, CERTIGAR_LEVEL_BEST, "1e-100");
  const result finest = run_with(&a, 1, CERTIGAR_LEVEL_BEST, "1e-9999");
  assert_true(coarse.certificate.iterations < usual.certificate.iterations && usual.certificate.iterations < fine.certificate.iterations);
  assert_true(value_of(&coarse.certificate.gap) < 1);
  assert_true(value_of(&usual.certificate.gap) < 9e-9);
  assert_true(value_of(&fine.certificate.gap) < 1e-14);
  assert_true(value_of(&finest.certificate.gap) < 1e-14);
  assert_true(finest.certificate.iterations < 200);
  assert_memory_equal(fine.output, finest.output, 8 * a.d);
}

typedef struct calls {
  size_t count, stop_at, last_done, last_total;
} calls;

static int count_call(void *context, size_t done, size_t total)
{
  calls *c = context;
  assert_true(done >= c->last_done && done <= total);
  c->last_done = done;
  c->last_total = total;
  return ++c->count == c->stop_at;
}

/* It may be stopped wherever progress is told: between iterations, and after the output while that is being judged. */
static void progress_stops_it(void **state)
{
  (void)state;
  generate_random random = {3};
  matrix a = {.dtype = CERTIGAR_FLOAT64, .n = 12, .d = 6};
  for (size_t i = 0; i < a.n; i++)
    for (size_t c = 0; c < a.d; c++) put(&a, i, c, draw(&random), 0);
  const certigar_matrix input = input_of(&a);
  size_t all = 0;
  for (size_t stop_at = 0; stop_at <= all; stop_at++) {
    calls c = {0, stop_at, 0, 0};
    certigar_plan *plan = NULL;
    certigar_options *options = certigar_options_new();
    certigar_certificate certificate;
    unsigned char output[8 * COLUMNS_MAX];
    certigar_options_set_progress(options, count_call, &c);
    assert_int_equal(certigar_plan_new(&plan, CERTIGAR_GEOMETRIC_MEDIAN, a.dtype, a.n, options, NULL), CERTIGAR_OK);
    const certigar_status status = certigar_plan_run(plan, &input, output, &certificate, NULL);
    if (stop_at == 0) {
      all = c.count;
      assert_int_equal(status, CERTIGAR_OK);
      assert_int_equal(c.last_done, 3 * a.d);
      assert_true(all > certificate.iterations && certificate.iterations > 2);
    } else {
      assert_int_equal(status, CERTIGAR_STOPPED);
      assert_int_equal(c.count, stop_at);
      assert_int_equal(certificate.selected_count, 0);
    }
    assert_int_equal(c.last_total, 3 * a.d);
    certigar_plan_free(plan);
    certigar_options_free(options);
  }
}

/* A plan serves again, after a row that was not finite and after no value. */
static void a_plan_serves_again(void **state)
{
  (void)state;
  const double rows[] = {1, 2, 4, 8, 0.0 / 0.0}, none[] = {0.0 / 0.0, 0.0 / 0.0, 0.0 / 0.0, 0.0 / 0.0, 0.0 / 0.0}, other[] = {3, 3, 9, 3, 1};
  const double *const inputs[] = {rows, none, other, rows};
  certigar_plan *plan = NULL;
  double first = 0, output;
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_GEOMETRIC_MEDIAN, CERTIGAR_FLOAT64, 5, NULL, NULL), CERTIGAR_OK);
  for (int k = 0; k < 4; k++) {
    const certigar_matrix input = {.data = inputs[k], .n = 5, .d = 1, .row_stride = 8, .column_stride = 8};
    certigar_certificate certificate;
    const certigar_status status = certigar_plan_run(plan, &input, &output, &certificate, NULL);
    assert_int_equal(status, k == 1 ? CERTIGAR_NO_VALUE : k == 2 ? CERTIGAR_OK : CERTIGAR_NOT_FINITE);
    if (k == 0) first = output;
    if (k == 2) assert_true(output == 3 && certificate.gap.significand == 0);
    if (k == 3) assert_true(output == first && first >= 2 && first <= 4);
  }
  certigar_plan_free(plan);
}

/* After a pre-aggregation the rows are those that it made. */
static void after_a_pre_aggregation(void **state)
{
  (void)state;
  const float rows[] = {1, 3, 5, 7, 100, 102};
  float output = 0;
  certigar_options *options = certigar_options_new();
  assert_true(certigar_options_add_bucketing(options, 2, NULL));
  assert_int_equal(certigar_aggregate_f32(CERTIGAR_GEOMETRIC_MEDIAN, rows, 6, 1, options, &output, NULL), CERTIGAR_OK);
  assert_true(output == 6); /* the middle of 2, 6, 101 */
  certigar_options_free(options);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(medians_by_hand),          cmocka_unit_test(rows_of_the_generators),
                                     cmocka_unit_test(close_bounds_are_enough),
                                     cmocka_unit_test(rows_made_for_it),         cmocka_unit_test(any_row_is_judged),
                                     cmocka_unit_test(rows_that_are_not_finite), cmocka_unit_test(same_bits_everywhere),
                                     cmocka_unit_test(scaling),                  cmocka_unit_test(tolerances_are_kept),
                                     cmocka_unit_test(progress_stops_it),        cmocka_unit_test(a_plan_serves_again),
                                     cmocka_unit_test(after_a_pre_aggregation)};
  return cmocka_run_group_tests_name("geometric-median", tests, set_up, tear_down);
}
