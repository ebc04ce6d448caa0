/* Exact squared distances in several passes: an exact pass holds 64 MB of rows and 64 MB of products, of binary64 341 rows and 42799 pairs in one
 * thread. More rows and pairs than that, each distance against GMP; whatever was not asked for is not touched. And in no more passes than that:
 * choices that do not wait for one another share one. */
#include <gmp.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "generate.h"
#include "kernels.h"
#include "plan.h"
#include "select/distances.h"
#include "select/selection.h"

enum { SEED = 20261122, N = 700, FEW = 300, STEP = 53, FEW_STEP = 13, THREADS_MANY = 16, D = 2, FRACTION = 52 };

static double rows[N * D];

/* Of values in [1, 2): few planes, and every pair has a distance of its own, but for chance. */
static void fill_rows(void) {
  generate_random random = {SEED};
  for (size_t k = 0; k < N * D; k++) {
    const uint64_t word = (UINT64_C(1023) << FRACTION) + generate_below(&random, UINT64_C(1) << FRACTION);
    memcpy(&rows[k], &word, sizeof word);
  }
}

/* The value in units of 2^-52. */
static void whole(size_t i, size_t c, mpz_t value) {
  uint64_t word;
  memcpy(&word, &rows[i * D + c], sizeof word);
  const uint64_t digits = (UINT64_C(1) << FRACTION) + word % (UINT64_C(1) << FRACTION);
  mpz_import(value, 1, 1, sizeof digits, 0, 0, &digits);
}

/* Of rows i and j, or of row i and zero (j = N), in squared units of the format. */
static void true_distance(size_t i, size_t j, mpz_t distance) {
  mpz_t x, y;
  mpz_inits(x, y, NULL);
  mpz_set_ui(distance, 0);
  for (size_t c = 0; c < D; c++) {
    whole(i, c, x);
    if (j < N) whole(j, c, y);
    mpz_sub(x, x, y);
    mpz_addmul(distance, x, x);
  }
  mpz_mul_2exp(distance, distance, 2 * (1074 - FRACTION));
  mpz_clears(x, y, NULL);
}

static certigar_matrix matrix_of(size_t n) {
  return (certigar_matrix){.data = rows, .n = n, .d = D, .row_stride = D * sizeof *rows, .column_stride = sizeof *rows};
}

static certigar_plan *plan_of(const certigar_matrix *matrix, size_t threads, double *output) {
  certigar_plan *plan;
  certigar_options *options = certigar_options_new();
  assert_non_null(options);
  certigar_options_set_threads(options, threads);
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_KRUM, CERTIGAR_FLOAT64, matrix->n, options, NULL), CERTIGAR_OK);
  certigar_options_free(options);
  certigar_plan_prepare(plan, matrix, output);
  return plan;
}

/* lower <= the distance <= upper, and a point exactly if it was asked for. */
static void check_distance(const certigar_plan *plan, const certigar_distances *distances, size_t i, size_t j, size_t other, int wanted) {
  uint32_t lower[256], upper[256];
  mpz_t distance, low, high;
  mpz_inits(distance, low, high, NULL);
  assert_true(plan->kernels->natural_digits <= sizeof lower / sizeof *lower);
  certigar_distances_bounds(distances, i, j, lower, upper);
  certigar_natural_get(plan->kernels, lower, low);
  certigar_natural_get(plan->kernels, upper, high);
  true_distance(i, other, distance);
  if (mpz_cmp(low, distance) > 0 || mpz_cmp(distance, high) > 0)
    fail_msg("rows %zu and %zu: the distance lies outside its bounds, seed %d", i, j, SEED);
  if ((mpz_cmp(low, high) == 0) != wanted) fail_msg("rows %zu and %zu: the distance is %sexact", i, j, wanted ? "not " : "");
  mpz_clears(distance, low, high, NULL);
}

/* Every step-th pair: of every row some. */
static void check_pairs(size_t n, size_t step, size_t threads) {
  double output[D];
  const certigar_matrix matrix = matrix_of(n);
  certigar_plan *plan = plan_of(&matrix, threads, output);
  certigar_distances *distances = certigar_distances_new(plan, CERTIGAR_ALL_PAIRS, 0);
  size_t count = 0, wanted = 0;
  assert_non_null(distances);
  certigar_distances_run(distances, plan);
  for (size_t i = 1; i < n; i++)
    for (size_t j = 0; j < i; j++, count++)
      if (count % step == 0) {
        certigar_distances_want(distances, i, j);
        wanted++;
      }
  assert_int_equal(certigar_distances_refine(distances, plan), 1);
  assert_int_equal(certigar_distances_evaluated(distances), wanted);
  count = 0;
  for (size_t i = 1; i < n; i++)
    for (size_t j = 0; j < i; j++, count++) check_distance(plan, distances, i, j, j, count % step == 0);
  certigar_distances_free(distances);
  certigar_plan_free(plan);
}

static void more_rows_than_a_pass_holds(void **state) {
  (void)state;
  check_pairs(N, STEP, 1);
}

static void more_pairs_than_a_pass_holds(void **state) {
  (void)state;
  check_pairs(FEW, FEW_STEP, THREADS_MANY); /* of the 64 MB each thread has its part */
}

/* From the zero row, and from a row that every pass needs. */
static void more_rows_from_a_centre(void **state) {
  (void)state;
  double output[D];
  const certigar_matrix matrix = matrix_of(N);
  const int centres[] = {CERTIGAR_FROM_ZERO, 0, N / 2, N - 1};
  for (size_t k = 0; k < sizeof centres / sizeof *centres; k++) {
    const size_t centre = centres[k] == CERTIGAR_FROM_ZERO ? N : (size_t)centres[k];
    certigar_plan *plan = plan_of(&matrix, 1, output);
    certigar_distances *distances = certigar_distances_new(plan, centres[k], 0);
    assert_non_null(distances);
    certigar_distances_run(distances, plan);
    for (size_t i = 0; i < N; i++) certigar_distances_want(distances, i, centre);
    assert_int_equal(certigar_distances_refine(distances, plan), 1);
    assert_int_equal(certigar_distances_evaluated(distances), centre < N ? N - 1 : N);
    for (size_t i = 0; i < N; i++) check_distance(plan, distances, i, centre, centre, 1);
    certigar_distances_free(distances);
    certigar_plan_free(plan);
  }
}

/* What the tests above rest on: if a pass held all of it, they would show nothing. And a thread's memory is held to what is promised. */
static void a_pass_holds_less(void **state) {
  (void)state;
  enum { PASS_BYTES = 1 << 26 };
  double output[D];
  const certigar_matrix matrix = matrix_of(N);
  certigar_plan *plan = plan_of(&matrix, 1, output);
  assert_true(plan->kernels->exact_bytes(N) > 2 * (size_t)PASS_BYTES);
  assert_true(plan->kernels->exact_bytes(FEW) < PASS_BYTES);
  assert_true((size_t)FEW * (FEW - 1) / 2 / FEW_STEP * plan->kernels->product_limbs * sizeof(int64_t) * THREADS_MANY > PASS_BYTES);
  assert_true(certigar_distances_work_bytes(plan, CERTIGAR_ALL_PAIRS) <= PASS_BYTES);
  certigar_plan_free(plan);
}

enum { MIXED = 20, COLLUDING = 4, COLUMNS = 1024 };

static float mixed[MIXED * COLUMNS];
static size_t coordinates_read;

static void read_mixed(void *context, size_t row, size_t first, size_t count, void *values) {
  (void)context;
  memcpy(values, &mixed[row * COLUMNS + first], count * sizeof *mixed);
  coordinates_read += count;
}

static void fill_mixed(float larger) {
  generate_random random = {SEED};
  for (size_t k = 0; k < MIXED * COLUMNS; k++) {
    mixed[k] = (float)(int64_t)(generate_below(&random, UINT64_C(1) << 25)) - (float)(1 << 24);
    if (k / COLUMNS >= MIXED - COLLUDING) mixed[k] *= larger;
  }
}

/* A run of the rule on these rows, nnm before it or not, with a progress function or NULL. */
static certigar_status run_mixed(certigar_rule rule, int nnm, certigar_progress progress, size_t *exact) {
  float output[COLUMNS];
  certigar_plan *plan;
  certigar_certificate certificate;
  certigar_options *options = certigar_options_new();
  const certigar_matrix matrix = {.n = MIXED, .d = COLUMNS, .read = read_mixed};
  assert_non_null(options);
  certigar_options_set_f(options, COLLUDING);
  certigar_options_set_progress(options, progress, NULL);
  if (nnm) assert_int_equal(certigar_options_add_nnm(options), 1);
  assert_int_equal(certigar_plan_new(&plan, rule, CERTIGAR_FLOAT32, MIXED, options, NULL), CERTIGAR_OK);
  certigar_options_free(options);
  coordinates_read = 0;
  const certigar_status status = certigar_plan_run(plan, &matrix, output, &certificate, NULL);
  if (status == CERTIGAR_OK) *exact = certificate.exact_distances;
  certigar_plan_free(plan);
  return status;
}

/* How many rows a rule reads, with the distances that it makes exact. */
static size_t rows_read(certigar_rule rule, int nnm, size_t *exact) {
  assert_int_equal(run_mixed(rule, nnm, NULL, exact), CERTIGAR_OK);
  assert_int_equal(coordinates_read % COLUMNS, 0);
  return coordinates_read / COLUMNS;
}

/* The distances of each colluding row from the others differ by less than their bounds: its own n-f nearest want them exact. */
static void neighbours_of_all_rows_in_one_pass(void **state) {
  (void)state;
  size_t exact;
  fill_mixed(1);
  assert_int_equal(rows_read(CERTIGAR_AVERAGE, 1, &exact), 2 * MIXED);
  assert_int_equal(exact, 0);
  fill_mixed(1e20F);
  assert_int_equal(rows_read(CERTIGAR_AVERAGE, 1, &exact), 3 * MIXED);
  assert_int_equal(exact, COLLUDING * (MIXED - COLLUDING));
}

/* That rows are equal is seen by reading them once more, not once more for each pair; and the row that is the result. */
static void equal_rows_twice(void **state) {
  (void)state;
  size_t exact;
  fill_mixed(1);
  for (size_t i = 1; i < MIXED; i++) memcpy(&mixed[i * COLUMNS], mixed, COLUMNS * sizeof *mixed);
  assert_int_equal(rows_read(CERTIGAR_KRUM, 0, &exact), 2 * MIXED + 1);
  assert_int_equal(exact, 0);
}

/* Rows beside honest ones: what the first round of bulyan leaves open, others would again, and with a pass for each it would read 108 rows. */
static void rounds_share_a_pass(void **state) {
  (void)state;
  enum { TAKEN = MIXED - 2 * COLLUDING };
  size_t exact;
  fill_mixed(1);
  assert_int_equal(rows_read(CERTIGAR_BULYAN, 0, &exact), MIXED + TAKEN);
  for (size_t i = MIXED - COLLUDING; i < MIXED; i++) {
    memcpy(&mixed[i * COLUMNS], &mixed[(i - COLLUDING) * COLUMNS], COLUMNS * sizeof *mixed);
    mixed[i * COLUMNS + i] = nextafterf(mixed[i * COLUMNS + i], INFINITY);
  }
  assert_true(rows_read(CERTIGAR_BULYAN, 0, &exact) <= 3 * MIXED);
  assert_true(exact > 0);
}

static size_t calls, stop_at;

static int stop_there(void *context, size_t done, size_t all) {
  (void)context;
  (void)done;
  (void)all;
  return ++calls == stop_at;
}

/* nnm whose choices were put off, and bulyan's rounds: stopped at any call of progress, they say so, and not that there is no memory. */
static void stopped_while_put_off(void **state) {
  (void)state;
  fill_mixed(1e20F);
  for (int nnm = 0; nnm < 2; nnm++) {
    certigar_status status = CERTIGAR_STOPPED;
    size_t exact;
    for (stop_at = 1; status == CERTIGAR_STOPPED; stop_at++) {
      calls = 0;
      status = run_mixed(nnm ? CERTIGAR_MEDIAN : CERTIGAR_BULYAN, nnm, stop_there, &exact);
    }
    assert_int_equal(status, CERTIGAR_OK); /* at the last call, or beyond */
    assert_true(stop_at > calls);
  }
}

int main(void) {
  fill_rows();
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_pass_holds_less), cmocka_unit_test(more_rows_than_a_pass_holds),
                                     cmocka_unit_test(more_pairs_than_a_pass_holds), cmocka_unit_test(more_rows_from_a_centre),
                                     cmocka_unit_test(neighbours_of_all_rows_in_one_pass), cmocka_unit_test(equal_rows_twice),
                                     cmocka_unit_test(rounds_share_a_pass), cmocka_unit_test(stopped_while_put_off)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
