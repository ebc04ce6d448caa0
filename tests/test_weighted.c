/* Weighted sums (src/exact/weighted.h) against GMP, by the definition of RN alone: columns and weights at random and made to break the window of
 * bits that nearly always decides, in both formats, at every level. tests/test_toy.c does the same for the format of 6 bits. */
#include <gmp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "generate.h"
#include "kernels.h"
#include "levels.h"
#include "reference.h"
#include "slow.h"

enum { ROWS_MAX = 300, DIGITS_MAX = 256, COLUMNS = 64, CASES = 400, PART = SLOW ? 8 : 1 };

typedef struct weighted_case {
  certigar_dtype dtype;
  size_t n, digits;
  unsigned char rows[ROWS_MAX * COLUMNS * 8];
  uint32_t weights[ROWS_MAX * DIGITS_MAX];
  generate_random random;
} weighted_case;

static size_t word_size(const weighted_case *one)
{
  return one->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

static uint64_t below(weighted_case *one, uint64_t bound)
{
  return generate_below(&one->random, bound);
}

static uint64_t get(const weighted_case *one, const unsigned char *words, size_t index)
{
  uint64_t wide;
  uint32_t narrow;
  if (one->dtype == CERTIGAR_FLOAT32) {
    memcpy(&narrow, words + 4 * index, 4);
    return narrow;
  }
  memcpy(&wide, words + 8 * index, 8);
  return wide;
}

static void put(weighted_case *one, size_t row, size_t c, uint64_t word)
{
  const uint32_t narrow = (uint32_t)word;
  if (one->dtype == CERTIGAR_FLOAT32) {
    memcpy(one->rows + 4 * (row * COLUMNS + c), &narrow, 4);
  } else {
    memcpy(one->rows + 8 * (row * COLUMNS + c), &word, 8);
  }
}

/* ---- weights and columns ---- */

/* Parts of what is left of 1: of similar size, of wildly different ones, halves, or nothing; the last row has the rest, or nobody. */
static void draw_weights(weighted_case *one)
{
  const uint64_t kind = below(one, 6);
  mpz_t rest, part;
  mpz_inits(rest, part, (mpz_ptr)NULL);
  mpz_setbit(rest, 32 * (one->digits - 1));
  memset(one->weights, 0, sizeof one->weights);
  for (size_t i = 0; i < one->n; i++) {
    mpz_set(part, rest);
    if (i + 1 < one->n || kind == 5) {
      mpz_set_ui(part, generate_next(&one->random) >> 1);
      mpz_mul(part, part, rest);
      mpz_fdiv_q_2exp(part, part, kind == 0 ? 67 : kind == 1 ? 63 + below(one, 32 * one->digits) : kind == 2 ? 64 + below(one, 8) : 63);
    }
    if (kind == 3) mpz_fdiv_q_2exp(part, rest, i + 1 < one->n ? 1 : 0);
    if (kind == 4 && i + 1 < one->n && below(one, 2)) mpz_set_ui(part, 0);
    mpz_sub(rest, rest, part);
    mpz_export(one->weights + i * one->digits, NULL, -1, sizeof(uint32_t), 0, 0, part);
  }
  mpz_clears(rest, part, (mpz_ptr)NULL);
}

/* Rows out of the generators of columns, nothing but finite words. */
static void draw_rows(weighted_case *one)
{
  const generator *from = &generators[below(one, generator_count)];
  const uint64_t infinity = one->dtype == CERTIGAR_FLOAT32 ? UINT64_C(0x7f800000) : UINT64_C(0x7ff0000000000000);
  generate(from, generate_next(&one->random), (generate_format)one->dtype, one->n, (one->n - 1) / 2, COLUMNS, one->rows);
  for (size_t i = 0; i < one->n; i++)
    for (size_t c = 0; c < COLUMNS; c++) {
      const uint64_t word = get(one, one->rows, i * COLUMNS + c);
      if ((word & infinity) == infinity) put(one, i, c, word & ~(infinity / 2 + 1));
    }
}

/* ---- the definition ---- */

static void weigh(reference_context *context, const weighted_case *one, size_t c, mpz_t sum)
{
  mpz_t value, weight;
  mpz_inits(value, weight, (mpz_ptr)NULL);
  mpz_set_ui(sum, 0);
  for (size_t i = 0; i < one->n; i++) {
    reference_value(context, get(one, one->rows, i * COLUMNS + c), value);
    mpz_import(weight, one->digits, -1, sizeof(uint32_t), 0, 0, one->weights + i * one->digits);
    mpz_addmul(sum, value, weight);
  }
  mpz_clears(value, weight, (mpz_ptr)NULL);
}

/* Whether 2 |sum| lies between the neighbours' midpoints, or on one if the magnitude is even: times 2^(32 (digits-1)). */
static void assert_rounded(reference_context *context, const weighted_case *one, mpz_t sum, uint64_t word)
{
  const uint64_t sign = one->dtype == CERTIGAR_FLOAT32 ? UINT64_C(1) << 31 : UINT64_C(1) << 63, magnitude = word & (sign - 1);
  mpz_t value, other, twice;
  mpz_inits(value, other, twice, (mpz_ptr)NULL);
  assert_int_equal((word & sign) != 0, mpz_sgn(sum) < 0);
  assert_true(reference_is_finite(context, word));
  mpz_abs(twice, sum);
  mpz_mul_2exp(twice, twice, 1);
  reference_value(context, magnitude, value);
  reference_value(context, magnitude + 1, other);
  mpz_add(other, other, value);
  mpz_mul_2exp(other, other, 32 * (one->digits - 1));
  int order = mpz_cmp(twice, other);
  assert_true(order < 0 || (order == 0 && magnitude % 2 == 0));
  if (magnitude > 0) {
    reference_value(context, magnitude - 1, other);
    mpz_add(other, other, value);
    mpz_mul_2exp(other, other, 32 * (one->digits - 1));
    order = mpz_cmp(twice, other);
    assert_true(order > 0 || (order == 0 && magnitude % 2 == 0));
  }
  mpz_clears(value, other, twice, (mpz_ptr)NULL);
}

/* ---- the kernels ---- */

static void run_level(const weighted_case *one, certigar_level level, unsigned char *out)
{
  const certigar_kernels *kernels = certigar_kernels_of(one->dtype, level);
  const ptrdiff_t size = (ptrdiff_t)word_size(one);
  const certigar_matrix matrix = {.data = one->rows, .n = one->n, .d = COLUMNS, .row_stride = COLUMNS * size, .column_stride = size};
  size_t rows[ROWS_MAX];
  for (size_t i = 0; i < one->n; i++) rows[i] = i;
  certigar_tile_request request = {.input = &matrix, .work = aligned_alloc(64, (kernels->work_bytes(one->n) + 63) / 64 * 64)};
  assert_non_null(request.work);
  assert_int_equal(kernels->lanes, COLUMNS);
  kernels->weighted_tile(&request, rows, one->n, one->weights, one->digits, 0, COLUMNS, out);
  assert_int_equal(request.nonfinite_outputs, 0);
  free(request.work);
}

static void check_case(reference_context *context, const weighted_case *one)
{
  unsigned char out[COLUMNS * 8], other[COLUMNS * 8];
  mpz_t sum;
  mpz_init(sum);
  run_level(one, CERTIGAR_LEVEL_BEST, out);
  for (size_t c = 0; c < COLUMNS; c++) {
    weigh(context, one, c, sum);
    assert_rounded(context, one, sum, get(one, out, c));
  }
  for (int level = CERTIGAR_LEVEL_BASELINE; level <= CERTIGAR_LEVEL_X86_64_V4; level++) {
    if (!certigar_level_name((certigar_level)level)) continue;
    run_level(one, (certigar_level)level, other);
    assert_memory_equal(out, other, COLUMNS * word_size(one));
  }
  mpz_clear(sum);
}

static void columns_of(certigar_dtype dtype)
{
  static weighted_case one;
  reference_context *context = reference_new((reference_format)dtype);
  one.dtype = dtype;
  for (uint64_t seed = 0; seed < CASES / PART; seed++) {
    one.random.state = seed;
    one.n = 1 + below(&one, below(&one, 20) == 0 ? ROWS_MAX : 24);
    one.digits = 2 + below(&one, below(&one, 10) == 0 ? DIGITS_MAX - 1 : 8);
    draw_rows(&one);
    draw_weights(&one);
    check_case(context, &one);
  }
  reference_free(context);
}

static void columns_of_binary32(void **state)
{
  (void)state;
  columns_of(CERTIGAR_FLOAT32);
}

static void columns_of_binary64(void **state)
{
  (void)state;
  columns_of(CERTIGAR_FLOAT64);
}

/* Sums exactly between two neighbours, and off by the least bit of a weight of many digits: a window cannot tell. */
static void midpoints(void **state)
{
  (void)state;
  static weighted_case one;
  reference_context *context = reference_new(REFERENCE_BINARY64);
  for (int which = 0; which < 3; which++) {
    one = (weighted_case){.dtype = CERTIGAR_FLOAT64, .n = 3, .digits = 20};
    for (size_t c = 0; c < COLUMNS; c++) {
      put(&one, 0, c, (UINT64_C(0x3ff) << 52) + c);
      put(&one, 1, c, (UINT64_C(0x3ff) << 52) + c + 1);
      put(&one, 2, c, UINT64_C(1) << 62 | (c % 2) << 63);
    }
    one.weights[18] = one.weights[20 + 18] = 0x80000000;
    for (size_t j = 0; which > 0 && j < 18; j++) one.weights[(which == 2 ? 20 : 0) + j] = UINT32_MAX; /* 2^-608 less */
    if (which > 0) one.weights[(which == 2 ? 20 : 0) + 18]--;
    if (which > 0) one.weights[40] = 1;
    check_case(context, &one);
  }
  reference_free(context);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(columns_of_binary32), cmocka_unit_test(columns_of_binary64), cmocka_unit_test(midpoints)};
  return cmocka_run_group_tests_name("weighted sums", tests, NULL, NULL);
}
