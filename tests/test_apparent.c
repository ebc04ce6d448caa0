/* What a candidate is made of: planted means, summed in the format in some order, of rows with common offsets, equal rows, rows that are means of
 * others, and rows that are not finite; and against every set of rows where they are few. What is found is judged here by the bound of
 * spec/verdicts.md in exact numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "check/apparent.h"
#include "contexts.h"
#include "generate.h"
#include "slow.h"

enum { PART = SLOW ? 4 : 1 };

typedef struct matrix {
  certigar_dtype dtype;
  size_t n, d;
  void *rows, *candidate;
} matrix;

/* ---- matrices ---- */

static matrix matrix_new(certigar_dtype dtype, size_t n, size_t d) {
  return (matrix){.dtype = dtype, .n = n, .d = d, .rows = calloc(n * d, 8), .candidate = calloc(d, 8)};
}

static void matrix_free(matrix *a) {
  free(a->rows);
  free(a->candidate);
}

static void put(const matrix *a, void *values, size_t index, double value) {
  if (a->dtype == CERTIGAR_FLOAT32) {
    ((float *)values)[index] = (float)value;
  } else {
    ((double *)values)[index] = value;
  }
}

static double get(const matrix *a, const void *values, size_t index) {
  return a->dtype == CERTIGAR_FLOAT32 ? (double)((const float *)values)[index] : ((const double *)values)[index];
}

static certigar_matrix input_of(const matrix *a) {
  const ptrdiff_t size = a->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  return (certigar_matrix){.data = a->rows, .n = a->n, .d = a->d, .row_stride = (ptrdiff_t)a->d * size, .column_stride = size};
}

static double bell(generate_random *random) {
  double sum = -2;
  for (int i = 0; i < 4; i++) sum += (double)(generate_next(random) >> 11) * 0x1p-53;
  return sum;
}

static void fill(const matrix *a, generate_random *random, double offset) {
  for (size_t c = 0; c < a->d; c++) {
    const double shift = offset * (1 + bell(random));
    for (size_t i = 0; i < a->n; i++) put(a, a->rows, i * a->d + c, shift + bell(random));
  }
}

static void copy_row(const matrix *a, size_t to, size_t from) {
  for (size_t c = 0; c < a->d; c++) put(a, a->rows, to * a->d + c, get(a, a->rows, from * a->d + c));
}

static void draw_set(generate_random *random, size_t n, size_t k, size_t *set) {
  for (size_t i = 0; i < n; i++) set[i] = i;
  for (size_t i = 0; i < k; i++) {
    const size_t j = i + (size_t)generate_below(random, n - i), row = set[i];
    set[i] = set[j];
    set[j] = row;
  }
}

/* The candidate becomes the mean as the format has it, rows added in the order of the set, then divided or multiplied by 1/k. */
static void plant(const matrix *a, const size_t *set, size_t k, int multiply) {
  for (size_t c = 0; c < a->d; c++) {
    if (a->dtype == CERTIGAR_FLOAT32) {
      volatile float sum = 0;
      for (size_t i = 0; i < k; i++) sum += ((const float *)a->rows)[set[i] * a->d + c];
      ((float *)a->candidate)[c] = multiply ? sum * (1.0f / (float)k) : sum / (float)k;
    } else {
      volatile double sum = 0;
      for (size_t i = 0; i < k; i++) sum += ((const double *)a->rows)[set[i] * a->d + c];
      ((double *)a->candidate)[c] = multiply ? sum * (1.0 / (double)k) : sum / (double)k;
    }
  }
}

static int by_index(const void *a, const void *b) {
  const size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

/* ---- the bound ---- */

static uint64_t word_at(const matrix *a, const void *values, size_t index) {
  return a->dtype == CERTIGAR_FLOAT32 ? ((const uint32_t *)values)[index] : ((const uint64_t *)values)[index];
}

/* Whether finite numbers are within ((1 + u)^(k+1) - 1) sum / k + k units of the mean in every column. */
static int is_mean(const matrix *a, const size_t *set, size_t k) {
  reference_context *context = contexts[a->dtype];
  int good = 1;
  mpz_t value, sum, size;
  mpq_t factor, u, error;
  mpz_inits(value, sum, size, (mpz_ptr)NULL);
  mpq_inits(factor, u, error, (mpq_ptr)NULL);
  mpq_set_ui(u, 1, 1);
  mpq_div_2exp(u, u, a->dtype == CERTIGAR_FLOAT32 ? 24 : 53);
  mpq_set_ui(error, 1, 1);
  mpq_add(u, u, error);
  mpq_set(factor, error);
  for (size_t i = 0; i <= k; i++) mpq_mul(factor, factor, u);
  mpq_sub(factor, factor, error);
  if (k == 1) mpq_set_ui(factor, 0, 1); /* a row itself */
  for (size_t c = 0; c < a->d && good; c++) {
    mpz_set_ui(sum, 0);
    mpz_set_ui(size, k == 1 ? 0 : k * k);
    mpq_set_z(u, size);
    mpz_set_ui(size, 0);
    for (size_t i = 0; i < k && good; i++) {
      const uint64_t word = word_at(a, a->rows, set[i] * a->d + c);
      good = reference_is_finite(context, word);
      if (!good) break;
      reference_value(context, word, value);
      mpz_add(sum, sum, value);
      mpz_abs(value, value);
      mpz_add(size, size, value);
    }
    if (!good) break;
    mpq_set_z(error, size);
    mpq_mul(error, error, factor);
    mpq_add(u, u, error);
    reference_value(context, word_at(a, a->candidate, c), value);
    mpz_mul_ui(value, value, k);
    mpz_sub(value, value, sum);
    mpz_abs(value, value);
    mpq_set_z(error, value);
    good = mpq_cmp(error, u) <= 0;
  }
  mpz_clears(value, sum, size, (mpz_ptr)NULL);
  mpq_clears(factor, u, error, (mpq_ptr)NULL);
  return good;
}

static void assert_ascending(const size_t *rows, size_t k, size_t n) {
  for (size_t i = 0; i < k; i++) assert_true(rows[i] < n && (i == 0 || rows[i - 1] < rows[i]));
}

/* Finds the planted set, or another that will do if the rows are not told apart. */
static void find(const matrix *a, size_t *planted, size_t k, int unique) {
  const certigar_matrix input = input_of(a);
  size_t *rows = calloc(a->n, sizeof *rows);
  const int found = certigar_apparent_selection(a->dtype, &input, a->candidate, k, rows);
  if (found != 1) fail_msg("%s, n = %zu, d = %zu, k = %zu: found %d", a->dtype == CERTIGAR_FLOAT32 ? "float32" : "float64", a->n, a->d, k, found);
  assert_ascending(rows, k, a->n);
  qsort(planted, k, sizeof *planted, by_index);
  if (unique) assert_memory_equal(rows, planted, k * sizeof *rows);
  free(rows);
}

/* ---- tests ---- */

static void planted_means(void **state) {
  (void)state;
  static const size_t shapes[][2] = {{5, 3}, {10, 1}, {12, 40}, {20, 60}, {30, 100}, {50, 300}, {90, 400}};
  static const double offsets[] = {0, 1, 1e6};
  size_t set[100];
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
    for (uint64_t seed = 0; seed < 24 / PART; seed++) {
      generate_random random = {seed + 100 * s};
      matrix a = matrix_new((certigar_dtype)(seed % 2), shapes[s][0], shapes[s][1]);
      const size_t k = 1 + (size_t)generate_below(&random, a.n);
      const int drowned = a.dtype == CERTIGAR_FLOAT32 && offsets[seed % 3] == 1e6; /* what a row makes of the sum is less than an ULP of it */
      fill(&a, &random, drowned && a.n > 20 ? 1e3 : offsets[seed % 3]);
      draw_set(&random, a.n, k, set);
      plant(&a, set, k, generate_below(&random, 2) == 0);
      find(&a, set, k, a.d > 10 && !drowned);
      matrix_free(&a);
    }
}

/* More rows than columns; and rows that are exactly the mean of two others. */
static void planted_among_dependent_rows(void **state) {
  (void)state;
  size_t set[60];
  for (uint64_t seed = 0; seed < 24 / PART; seed++) {
    generate_random random = {seed + 41};
    const int few = seed % 2 == 0;
    matrix a = matrix_new((certigar_dtype)(seed / 2 % 2), 40, few ? 32 : 120);
    const size_t k = 12 + (size_t)generate_below(&random, 16);
    for (size_t i = 0; i < a.n * a.d; i++) put(&a, a.rows, i, few ? bell(&random) : 2 * (double)generate_below(&random, 1 << 16) - (1 << 16));
    for (size_t i = 0; i < 5 && !few; i++)
      for (size_t c = 0; c < a.d; c++)
        put(&a, a.rows, (i + 3) * a.d + c, (get(&a, a.rows, (10 + i) * a.d + c) + get(&a, a.rows, (20 + i) * a.d + c)) / 2);
    draw_set(&random, a.n, k, set);
    plant(&a, set, k, 0);
    find(&a, set, k, 1);
    matrix_free(&a);
  }
}

/* A common offset so great that many sets are within the bound: those that are found are nearer to the planted ones than
 * any would be, of which 3 rows in 5 are the same. */
static void planted_and_drowned(void **state) {
  (void)state;
  enum { N = 50, K = 30 };
  size_t set[N], rows[N], both = 0;
  for (uint64_t seed = 0; seed < 8; seed++) {
    generate_random random = {seed + 57};
    matrix a = matrix_new(CERTIGAR_FLOAT32, N, 400);
    const certigar_matrix input = input_of(&a);
    for (size_t i = 0; i < a.n * a.d; i++) put(&a, a.rows, i, 2e6 + bell(&random));
    draw_set(&random, N, K, set);
    plant(&a, set, K, 0);
    assert_int_equal(certigar_apparent_selection(a.dtype, &input, a.candidate, K, rows), 1);
    assert_true(is_mean(&a, rows, K));
    for (size_t i = 0; i < K; i++)
      for (size_t j = 0; j < K; j++) both += set[i] == rows[j];
    matrix_free(&a);
  }
  if (both < 8 * K * 7 / 10) fail_msg("%zu of %d rows", both, 8 * K);
}

/* Rows that are the same but for one coordinate each, of many. */
static void planted_in_few_coordinates(void **state) {
  (void)state;
  size_t set[40];
  for (uint64_t seed = 0; seed < 8; seed++) {
    generate_random random = {seed + 3};
    matrix a = matrix_new((certigar_dtype)(seed % 2), seed < 4 ? 20 : 40, 30000);
    fill(&a, &random, 0);
    for (size_t i = 1; i < a.n; i++) {
      copy_row(&a, i, 0);
      put(&a, a.rows, i * a.d + 701 * i, 2 + bell(&random));
    }
    const size_t k = 6 + (size_t)generate_below(&random, 8);
    draw_set(&random, a.n, k, set);
    plant(&a, set, k, 0);
    find(&a, set, k, 1);
    matrix_free(&a);
  }
}

/* An attacker's rows: the mean of others, copies of one row, minus the mean, enormous ones, NaN. */
static void planted_among_attacks(void **state) {
  (void)state;
  size_t set[64], all[64];
  for (uint64_t seed = 0; seed < 40 / PART; seed++) {
    generate_random random = {seed + 7};
    matrix a = matrix_new((certigar_dtype)(seed % 2), 40, 200);
    const size_t f = 8, honest = a.n - f, k = 5 + (size_t)generate_below(&random, 25), kind = seed / 2 % 5;
    fill(&a, &random, seed % 3 == 0 ? 10 : 0);
    for (size_t i = 0; i < honest; i++) all[i] = i;
    plant(&a, all, honest, 0);
    for (size_t i = honest; i < a.n; i++)
      for (size_t c = 0; c < a.d; c++) {
        const double mean = get(&a, a.candidate, c), first = get(&a, a.rows, c);
        put(&a, a.rows, i * a.d + c, kind == 0 ? mean : kind == 1 ? first : kind == 2 ? -mean : kind == 3 ? 1e30 * bell(&random) : 0.0 / 0.0);
      }
    const size_t of = kind >= 3 ? honest : a.n;
    draw_set(&random, of, k, set);
    plant(&a, set, k, 0);
    if (kind == 0 || kind == 1 || kind == 2) { /* of equal rows the first ones */
      size_t copies = 0;
      for (size_t i = 0; i < k; i++) {
        const int copy = set[i] >= honest || (kind == 1 && set[i] == 0);
        if (copy) set[i] = kind == 1 ? (copies == 0 ? 0 : honest + copies - 1) : honest + copies;
        copies += (size_t)copy;
      }
    }
    find(&a, set, k, 1);
    matrix_free(&a);
  }
}

/* A selected row is not finite: the candidate is not, there. */
static void planted_with_nan(void **state) {
  (void)state;
  size_t set[32];
  for (uint64_t seed = 0; seed < 16 / PART; seed++) {
    generate_random random = {seed + 11};
    matrix a = matrix_new((certigar_dtype)(seed % 2), 24, 80);
    fill(&a, &random, 0);
    put(&a, a.rows, 3 * a.d + 17, 0.0 / 0.0);
    put(&a, a.rows, 5 * a.d + 2, 1.0 / 0.0);
    for (size_t c = 0; c < a.d; c++) put(&a, a.rows, 6 * a.d + c, 0.0 / 0.0);
    draw_set(&random, a.n, 9, set);
    for (size_t i = 0; i < 9; i++)
      if (set[i] == 6 || (i > 0 && set[i] == 3)) set[i] = set[0] == 3 ? 3 : set[i];
    set[0] = 3;
    for (size_t i = 1, next = 7; i < 9; i++) {
      set[i] = i == 1 && seed % 2 ? 5 : next;
      next += 1 + (size_t)generate_below(&random, 2);
    }
    plant(&a, set, 9, 0);
    find(&a, set, 9, 1);
    size_t one[1] = {6};
    plant(&a, one, 1, 0);
    find(&a, one, 1, 1);
    matrix_free(&a);
  }
}

/* Few rows: found exactly if there is a set within the bound, over all sets, whatever the candidate. */
static void against_all_sets(void **state) {
  (void)state;
  size_t found_count = 0, none_count = 0;
  for (uint64_t seed = 0; seed < 600 / PART; seed++) {
    generate_random random = {seed + 23};
    matrix a = matrix_new((certigar_dtype)(seed % 2), 2 + (size_t)generate_below(&random, 6), 1 + (size_t)generate_below(&random, 4));
    const size_t k = 1 + (size_t)generate_below(&random, a.n);
    size_t set[8], rows[8];
    const certigar_matrix input = input_of(&a);
    fill(&a, &random, seed % 3 == 0 ? 1e6 : 0);
    if (seed % 4 == 0) copy_row(&a, 0, a.n - 1);
    if (seed % 5 == 0)
      for (size_t i = 0; i < a.n * a.d; i++) put(&a, a.rows, i, (double)generate_below(&random, 3)); /* many sets alike */
    draw_set(&random, a.n, k, set);
    plant(&a, set, k, 0);
    const double ulp = a.dtype == CERTIGAR_FLOAT32 ? 0x1p-23 : 0x1p-52, factor = 1 + (double)generate_below(&random, 12) * ulp;
    if (seed % 2 == 0) put(&a, a.candidate, 0, get(&a, a.candidate, 0) * factor + (seed % 6 == 0));
    const int found = certigar_apparent_selection(a.dtype, &input, a.candidate, k, rows);
    int exists = 0;
    for (unsigned bits = 0; bits < 1u << a.n && !exists; bits++) {
      size_t count = 0;
      for (size_t i = 0; i < a.n; i++)
        if (bits >> i & 1) set[count++] = i;
      exists = count == k && is_mean(&a, set, k);
    }
    if (found != exists) fail_msg("seed %llu, n = %zu, d = %zu, k = %zu: found %d, but %d", (unsigned long long)seed, a.n, a.d, k, found, exists);
    if (found) assert_true(is_mean(&a, rows, k));
    if (found) assert_ascending(rows, k, a.n);
    found_count += (size_t)found;
    none_count += !found;
    matrix_free(&a);
  }
  assert_true(found_count > 100 / PART && none_count > 50 / PART);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(planted_means),
    cmocka_unit_test(planted_among_dependent_rows),
    cmocka_unit_test(planted_and_drowned),
    cmocka_unit_test(planted_in_few_coordinates),
    cmocka_unit_test(planted_among_attacks),
    cmocka_unit_test(planted_with_nan),
    cmocka_unit_test(against_all_sets),
  };
  return cmocka_run_group_tests_name("apparent", tests, contexts_open, contexts_close);
}
