/* The pre-aggregations clip and arc against their definition (spec/rules.md, section 8) and against the reference, through certigar.h.
 *
 * How rows come out is seen in two ways. A row of its own: three copies of it with krum, which copies its winner bit for bit. Rows of one
 * matrix: every order statistic of their columns, which is the lower median once rows of NaN and of -infinity are added; these are left as they are.
 */
#include <inttypes.h>
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
#include "selection.h"

#include <gmp.h>

enum { COLUMNS = 150, ROWS = 13 };

typedef union words {
  uint32_t narrow[ROWS * COLUMNS];
  uint64_t wide[ROWS * COLUMNS];
} words;

static size_t coordinates, near; /* judged; of these with a root that is as near to a midpoint as 2^-40, or on it */

static uint64_t get(certigar_dtype dtype, const void *rows, size_t at) {
  return dtype == CERTIGAR_FLOAT32 ? ((const uint32_t *)rows)[at] : ((const uint64_t *)rows)[at];
}

static void put(certigar_dtype dtype, void *rows, size_t at, uint64_t word) {
  if (dtype == CERTIGAR_FLOAT32) {
    ((uint32_t *)rows)[at] = (uint32_t)word;
  } else {
    ((uint64_t *)rows)[at] = word;
  }
}

static uint64_t sign_of(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? UINT64_C(1) << 31 : UINT64_C(1) << 63;
}

static uint64_t infinity_of(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? 0x7f800000 : UINT64_C(0x7ff0000000000000);
}

static long unit_of(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? -149 : -1074;
}

/* ---- the library ---- */

/* A pre-aggregation, clip if tau is given and else arc, then the rule. */
static void run(certigar_rule rule, certigar_dtype dtype, size_t n, size_t f, size_t d, const void *rows, const char *tau, size_t threads,
                void *out) {
  certigar_options *options = certigar_options_new();
  certigar_message message;
  certigar_options_set_f(options, f);
  certigar_options_set_threads(options, threads);
  certigar_options_set_median(options, CERTIGAR_LOWER);
  assert_true(tau ? certigar_options_add_clip(options, tau) : certigar_options_add_arc(options));
  const certigar_status status = dtype == CERTIGAR_FLOAT32 ? certigar_aggregate_f32(rule, rows, n, d, options, out, &message)
                                                           : certigar_aggregate_f64(rule, rows, n, d, options, out, &message);
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) fail_msg("%s", message.text);
  certigar_options_free(options);
}

/* The row as clip leaves it. */
static void clip_row(certigar_dtype dtype, size_t d, const void *row, const char *tau, void *out) {
  static words copies;
  const size_t size = d * (dtype == CERTIGAR_FLOAT32 ? 4 : 8);
  for (size_t i = 0; i < 3; i++) memcpy((unsigned char *)&copies + i * size, row, size);
  run(CERTIGAR_KRUM, dtype, 3, 0, d, &copies, tau, 1, out);
}

/* ---- the definition ---- */

/* Whether the magnitude r is RN of the square root of P/Q, and not above that of x. */
static int is_root(reference_context *context, uint64_t r, uint64_t x, const mpz_t p, const mpz_t q) {
  mpz_t low, high, four;
  mpz_inits(low, high, four, (mpz_ptr)NULL);
  mpz_mul_2exp(four, p, 2);
  reference_value(context, r, high);
  if (r > 0) reference_value(context, r - 1, low);
  mpz_add(low, low, high);
  mpz_mul(low, low, low);
  mpz_mul(low, low, q);
  const int below = r > 0 ? mpz_cmp(low, four) : -1;
  reference_value(context, r + 1, low);
  mpz_add(high, high, low);
  mpz_mul(high, high, high);
  mpz_mul(high, high, q);
  const int above = mpz_cmp(four, high);
  mpz_sub(high, high, four);
  if (mpz_sgn(p) > 0 && (mpz_sgn(high) == 0 || mpz_sizeinbase(high, 2) + 40 < mpz_sizeinbase(four, 2))) near++;
  mpz_clears(low, high, four, (mpz_ptr)NULL);
  return r <= x && (below < 0 || (below == 0 && r % 2 == 0)) && (above < 0 || (above == 0 && r % 2 == 0));
}

/* out is row scaled to the norm t, t^2 = squared in squared units, or the row. */
static void judge_row(certigar_dtype dtype, size_t d, const void *row, const mpq_t squared, const void *out) {
  reference_context *context = contexts[dtype];
  const uint64_t sign = sign_of(dtype);
  int kept = 0;
  mpz_t norm, p, q, value;
  mpz_inits(norm, p, q, value, (mpz_ptr)NULL);
  for (size_t c = 0; c < d; c++) {
    const uint64_t word = get(dtype, row, c);
    if (!reference_is_finite(context, word)) kept = 1;
    if (kept) break;
    reference_value(context, word, value);
    mpz_addmul(norm, value, value);
  }
  kept |= mpq_cmp_z(squared, norm) >= 0;
  mpz_mul(q, norm, mpq_denref(squared));
  for (size_t c = 0; c < d; c++) {
    const uint64_t x = get(dtype, row, c), y = get(dtype, out, c);
    if (!kept) {
      reference_value(context, x, p);
      mpz_mul(p, p, p);
      mpz_mul(p, p, mpq_numref(squared));
    }
    const int right = kept ? x == y : mpz_sgn(p) == 0 ? y == 0 : y / sign == x / sign && is_root(context, y % sign, x % sign, p, q);
    if (!right) fail_msg("column %zu of %zu: %" PRIx64 " becomes %" PRIx64 "%s", c, d, x, y, kept ? ", but is not clipped" : "");
    coordinates++;
  }
  mpz_clears(norm, p, q, value, (mpz_ptr)NULL);
}

/* ---- radii ---- */

typedef struct radius {
  char text[64];
  mpq_t squared; /* t^2, in squared units */
} radius;

/* significand 2^exponent / divisor, in units */
static void set_radius(radius *tau, certigar_dtype dtype, uint64_t significand, long exponent, unsigned divisor) {
  const long all = exponent + unit_of(dtype);
  mpz_t integer;
  mpz_init(integer);
  mpz_import(integer, 1, -1, sizeof significand, 0, 0, &significand);
  mpq_set_z(tau->squared, integer);
  if (divisor == 1) {
    snprintf(tau->text, sizeof tau->text, "0x%" PRIx64 "p%ld", significand, all);
  } else { /* the exponent must be that of the unit or more, and the number short */
    mpz_mul_2exp(integer, integer, (mp_bitcnt_t)all);
    gmp_snprintf(tau->text, sizeof tau->text, "%Zd/%u", integer, divisor);
    mpz_set_ui(mpq_denref(tau->squared), divisor);
    mpq_canonicalize(tau->squared);
  }
  mpq_mul(tau->squared, tau->squared, tau->squared);
  if (exponent >= 0) {
    mpq_mul_2exp(tau->squared, tau->squared, 2 * (mp_bitcnt_t)exponent);
  } else {
    mpq_div_2exp(tau->squared, tau->squared, 2 * (mp_bitcnt_t)-exponent);
  }
  mpz_clear(integer);
}

/* The magnitude of a word as significand 2^exponent units. */
static uint64_t split(certigar_dtype dtype, uint64_t word, long *exponent) {
  const unsigned bits = dtype == CERTIGAR_FLOAT32 ? 23 : 52;
  const uint64_t magnitude = word % sign_of(dtype), hidden = UINT64_C(1) << bits;
  *exponent = magnitude < hidden ? 0 : (long)(magnitude / hidden) - 1;
  return magnitude - (uint64_t)*exponent * hidden;
}

/* The word of an integer times 2^exponent units; the integer has no more bits than a significand. */
static uint64_t word_of(certigar_dtype dtype, int64_t integer, long exponent) {
  const uint64_t hidden = UINT64_C(1) << (dtype == CERTIGAR_FLOAT32 ? 23 : 52), sign = integer < 0 ? sign_of(dtype) : 0;
  uint64_t m = (uint64_t)(integer < 0 ? -integer : integer);
  while (m > 0 && m < hidden && exponent > 0) {
    m *= 2;
    exponent--;
  }
  return sign | (m < hidden ? m : m + (uint64_t)exponent * hidden);
}

/* ---- rows of their own ---- */

/* A radius about as large as the row is: parts of its greatest coordinate, or others. */
static void random_radius(radius *tau, generate_random *random, certigar_dtype dtype, size_t d, const void *row) {
  uint64_t greatest = 1;
  long exponent;
  for (size_t c = 0; c < d; c++) {
    const uint64_t magnitude = get(dtype, row, c) % sign_of(dtype);
    if (magnitude < infinity_of(dtype) && magnitude > greatest) greatest = magnitude;
  }
  uint64_t significand = split(dtype, greatest, &exponent);
  static const uint64_t times[] = {1, 1, 3, 5, 7, 9, 255};
  significand *= times[generate_below(random, 7)];
  if (generate_below(random, 4) == 0) significand += generate_below(random, 3) - 1;
  if (generate_below(random, 8) == 0) exponent -= (long)generate_below(random, 80);
  if (generate_below(random, 64) == 0) exponent = (long)generate_below(random, 8000) - 4000;
  set_radius(tau, dtype, significand + (significand == 0), exponent - (long)generate_below(random, 6) + 2, 1);
}

static void rows_of_all_generators(void **state) {
  (void)state;
  static words row, out;
  radius tau;
  mpq_init(tau.squared);
  generate_random random = {7};
  for (size_t g = 0; g < generator_count + row_generator_count; g++)
    for (size_t round = 0; round < 24; round++) {
      const generator *from = g < generator_count ? &generators[g] : &row_generators[g - generator_count];
      const certigar_dtype dtype = round % 2 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32;
      const size_t d = round % 3 == 0 ? 1 + generate_below(&random, 4) : 1 + generate_below(&random, COLUMNS);
      generate(from, 1000 * g + round, dtype == CERTIGAR_FLOAT32 ? GENERATE_BINARY32 : GENERATE_BINARY64, 1, 0, d, &row);
      for (size_t again = 0; again < 3; again++) {
        random_radius(&tau, &random, dtype, d, &row);
        clip_row(dtype, d, &row, tau.text, &out);
        judge_row(dtype, d, &row, tau.squared, &out);
      }
    }
  mpq_clear(tau.squared);
}

/* Rows of 4^k coordinates of one size, whose norm is 2^k of it: t = norm p/q exactly, then a little more and less. With a small coordinate
 * more in the row the factor is so near to a fraction that no fixed number of its bits tells. */
static void factors_that_are_fractions(void **state) {
  (void)state;
  static words row, out;
  static const struct { uint64_t p; unsigned q; int exponent; } factors[] = {{1, 1, -1}, {3, 1, -2}, {1, 1, 0}, {5, 1, -3}, {7, 1, -3}, {1, 3, 0},
                                                                                  {5, 7, 0},  {2, 3, 0},  {1, 1, -9}, {255, 1, -8}, {3, 1, -30}};
  radius tau;
  mpq_init(tau.squared);
  generate_random random = {8};
  const size_t near_before = near;
  for (size_t round = 0; round < 3000; round++) {
    const certigar_dtype dtype = round % 2 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32;
    const size_t which = generate_below(&random, sizeof factors / sizeof factors[0]), k = generate_below(&random, 4), d = (size_t)1 << (2 * k);
    const int whole = factors[which].q > 1; /* the radius is written in decimals then: small integers */
    const unsigned bits = whole ? 20 : dtype == CERTIGAR_FLOAT32 ? 24 : 53;
    const uint64_t size = 1 + generate_next(&random) % ((UINT64_C(1) << (1 + generate_below(&random, bits))) - 1);
    const long exponent = whole ? -unit_of(dtype) : generate_below(&random, 3) ? (long)generate_below(&random, 200) : 0;
    for (size_t c = 0; c < d; c++) put(dtype, &row, c, word_of(dtype, generate_below(&random, 2) ? (int64_t)size : -(int64_t)size, exponent));
    const uint64_t norm = size << k, times = norm * factors[which].p;
    if (norm >> 53 || times / factors[which].p != norm) continue;
    const uint64_t kind = generate_below(&random, 4);
    const size_t more = kind == 1 && exponent > 0;
    if (more) put(dtype, &row, d, generate_below(&random, 2) ? 1 : word_of(dtype, 1, exponent / 2)); /* N one unit, or some more, above */
    if (kind == 2 && times > 1 && !whole) { /* t a little less or more */
      set_radius(&tau, dtype, times * 1024 + (generate_below(&random, 2) ? 1 : UINT64_MAX), exponent + factors[which].exponent - 10, 1);
      if (times >> 53) continue;
    } else {
      set_radius(&tau, dtype, times, exponent + factors[which].exponent, factors[which].q);
    }
    clip_row(dtype, d + more, &row, tau.text, &out);
    judge_row(dtype, d + more, &row, tau.squared, &out);
  }
  assert_true(near > near_before + 1000);
  mpq_clear(tau.squared);
}

static void by_hand(void **state) {
  (void)state;
  const float three_four[] = {3, -4, 0, -0.0f}, half[] = {1.5f, -2, 0, 0};
  const double big[] = {0x1.fffffffffffffp1023, -0x1.fffffffffffffp1023, 0x1p-1074, -0x1p-1074};
  float out[4];
  double wide[4];
  uint32_t bits[4];
  clip_row(CERTIGAR_FLOAT32, 4, three_four, "5", out); /* N = t^2: -0 stays */
  assert_memory_equal(out, three_four, sizeof out);
  clip_row(CERTIGAR_FLOAT32, 4, three_four, "1e9999", out);
  assert_memory_equal(out, three_four, sizeof out);
  clip_row(CERTIGAR_FLOAT32, 4, three_four, "5/2", out); /* -0 becomes +0 */
  assert_memory_equal(out, half, sizeof out);
  clip_row(CERTIGAR_FLOAT32, 4, three_four, "1e-9999", bits); /* signs stay where the value was not 0 */
  assert_memory_equal(bits, ((const uint32_t[]){0, 0x80000000, 0, 0}), sizeof bits);
  clip_row(CERTIGAR_FLOAT32, 4, three_four, "0x1p-149", bits); /* 3/5 and 4/5 of the unit: the unit */
  assert_memory_equal(bits, ((const uint32_t[]){1, 0x80000001, 0, 0}), sizeof bits);
  clip_row(CERTIGAR_FLOAT32, 4, three_four, "0x5p-150", bits); /* 3/2 and 2 units: a tie, to 2 */
  assert_memory_equal(bits, ((const uint32_t[]){2, 0x80000002, 0, 0}), sizeof bits);
  clip_row(CERTIGAR_FLOAT64, 4, big, "1", wide);
  assert_true(wide[0] == 0x1.6a09e667f3bcdp-1 && wide[1] == -0x1.6a09e667f3bcdp-1);
  assert_memory_equal(&wide[2], ((const uint64_t[]){0, UINT64_C(1) << 63}), 16);
  const uint32_t nan_row[] = {0xff812345, 0x80000000, 0x7f800000, 0x7f7fffff};
  clip_row(CERTIGAR_FLOAT32, 4, nan_row, "1e-30", bits);
  assert_memory_equal(bits, nan_row, sizeof bits);
}

/* Times a power of two, with tau times the same: the same bits but for the exponent, as long as nothing is subnormal. */
static void powers_of_two_scale(void **state) {
  (void)state;
  static words row, out, moved, again;
  generate_random random = {9};
  for (size_t round = 0; round < 200; round++) {
    const certigar_dtype dtype = round % 2 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32;
    const uint64_t hidden = UINT64_C(1) << (dtype == CERTIGAR_FLOAT32 ? 23 : 52), shift = generate_below(&random, 20);
    char tau[64];
    for (size_t c = 0; c < COLUMNS; c++) {
      const uint64_t word = (generate_next(&random) % (hidden * 20) + hidden * 110) | (generate_below(&random, 2) ? sign_of(dtype) : 0);
      put(dtype, &row, c, word);
      put(dtype, &moved, c, word + hidden * shift);
    }
    const long exponent = unit_of(dtype) + (long)generate_below(&random, 30) + 110;
    const uint64_t significand = 1 + generate_below(&random, 1000000);
    snprintf(tau, sizeof tau, "0x%" PRIx64 "p%ld", significand, exponent);
    clip_row(dtype, COLUMNS, &row, tau, &out);
    snprintf(tau, sizeof tau, "0x%" PRIx64 "p%ld", significand, exponent + (long)shift);
    clip_row(dtype, COLUMNS, &moved, tau, &again);
    for (size_t c = 0; c < COLUMNS; c++) assert_int_equal(get(dtype, &again, c), get(dtype, &out, c) + hidden * shift);
  }
}

/* ---- matrices ---- */

static int before(reference_context *context, uint64_t a, uint64_t b) {
  return reference_order(context, a, b) < 0;
}

/* The k-th least of a column, a NaN as it goes out. */
static uint64_t order_statistic(certigar_dtype dtype, size_t n, size_t d, const void *rows, size_t c, size_t k) {
  uint64_t column[ROWS];
  for (size_t i = 0; i < n; i++) {
    const uint64_t word = get(dtype, rows, i * d + c);
    size_t at = i;
    for (; at > 0 && before(contexts[dtype], word, column[at - 1]); at--) column[at] = column[at - 1];
    column[at] = word;
  }
  return reference_is_nan(contexts[dtype], column[k]) ? reference_nan(contexts[dtype]) : column[k];
}

/* Every order statistic of every column: k-th of n is the lower median of n + (n-1) rows, of which n-1-k are -infinity and k are NaN. */
static void whole_matrices(void **state) {
  (void)state;
  static words rows, made, out;
  radius tau;
  mpq_t unscaled;
  mpq_init(tau.squared);
  mpq_init(unscaled);
  generate_random random = {10};
  for (size_t g = 0; g < row_generator_count; g++)
    for (size_t round = 0; round < 12; round++) {
      const certigar_dtype dtype = round % 2 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32;
      const size_t n = 1 + generate_below(&random, 7), d = 1 + generate_below(&random, 20), all = 2 * n - 1;
      generate(&row_generators[g], round, dtype == CERTIGAR_FLOAT32 ? GENERATE_BINARY32 : GENERATE_BINARY64, n, (n - 1) / 2, d, &rows);
      random_radius(&tau, &random, dtype, d, (unsigned char *)&rows + generate_below(&random, n) * d * (dtype == CERTIGAR_FLOAT32 ? 4 : 8));
      mpq_div_2exp(unscaled, tau.squared, 2 * (mp_bitcnt_t)-unit_of(dtype)); /* the root of that is tau */
      mpz_sqrt(mpq_numref(unscaled), mpq_numref(unscaled));
      mpz_sqrt(mpq_denref(unscaled), mpq_denref(unscaled));
      reference_clip(contexts[dtype], n, unscaled, d, &rows, &made);
      for (size_t k = 0; k < n; k++) {
        for (size_t i = n; i < all; i++)
          for (size_t c = 0; c < d; c++) put(dtype, &rows, i * d + c, infinity_of(dtype) | (i < n + k ? 1 : sign_of(dtype)));
        run(CERTIGAR_MEDIAN, dtype, all, 0, d, &rows, tau.text, 1 + round % 3, &out);
        for (size_t c = 0; c < d; c++) assert_int_equal(get(dtype, &out, c), order_statistic(dtype, n, d, &made, c, k));
        coordinates += d;
      }
    }
  mpq_clear(unscaled);
  mpq_clear(tau.squared);
}

/* Each rule of columns after arc is the reference's on the reference's matrix. */
static void judge_arc(certigar_dtype dtype, size_t n, size_t f, size_t d, const void *rows, size_t threads) {
  static words made, out, expected;
  const size_t size = d * (dtype == CERTIGAR_FLOAT32 ? 4 : 8);
  reference_arc(contexts[dtype], n, f, d, rows, &made);
  for (int rule = CERTIGAR_AVERAGE; rule <= CERTIGAR_TRIMMED_MEAN; rule++) {
    run((certigar_rule)rule, dtype, n, f, d, rows, NULL, threads, &out);
    reference_aggregate(contexts[dtype], (reference_rule)rule, REFERENCE_LOWER, n, f, d, &made, &expected, NULL, NULL);
    assert_memory_equal(&out, &expected, size);
  }
  coordinates += n * d;
}

static void arc_of_all_generators(void **state) {
  (void)state;
  static words rows;
  generate_random random = {11};
  for (size_t g = 0; g < generator_count + row_generator_count; g++)
    for (size_t round = 0; round < 20; round++) {
      const generator *from = g < generator_count ? &generators[g] : &row_generators[g - generator_count];
      const certigar_dtype dtype = round % 2 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32;
      const size_t n = 1 + generate_below(&random, ROWS), f = generate_below(&random, (n - 1) / 2 + 1), d = 1 + generate_below(&random, 12);
      generate(from, round, dtype == CERTIGAR_FLOAT32 ? GENERATE_BINARY32 : GENERATE_BINARY64, n, f, d, &rows);
      judge_arc(dtype, n, f, d, &rows, 1 + round % 2);
    }
}

/* Two rows x and y, of which y is scaled down to the norm of x, in columns of their own: a quarter of y is the mean of four rows then.
 * y = 2 H z has the norm 4 norm(z) for the 4 x 4 Hadamard matrix H, and x = p z that of p norm(z): the factor is p/4, and 3/4 has ties. */
static void arc_with_fractions(void **state) {
  (void)state;
  static words rows;
  generate_random random = {12};
  const size_t n = 4, half = 16, d = 2 * half;
  for (size_t round = 0; round < 1500; round++) {
    const certigar_dtype dtype = round % 2 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32;
    const int64_t p = 1 + (int64_t)generate_below(&random, 3), size = dtype == CERTIGAR_FLOAT32 ? 1 << 22 : INT64_C(1) << 51;
    const long exponent = 10 + (long)generate_below(&random, 100);
    memset(&rows, 0, sizeof rows);
    for (size_t c = 0; c < half; c += 4) {
      int64_t z[4];
      for (size_t i = 0; i < 4; i++) z[i] = (int64_t)generate_below(&random, 2 * (uint64_t)size - 1) - size + 1;
      const int64_t y[4] = {z[0] + z[1] + z[2] + z[3], z[0] - z[1] + z[2] - z[3], z[0] + z[1] - z[2] - z[3], z[0] - z[1] - z[2] + z[3]};
      for (size_t i = 0; i < 4; i++) {
        put(dtype, &rows, d + c + i, word_of(dtype, p * z[i], exponent));
        put(dtype, &rows, 2 * d + half + c + i, word_of(dtype, y[i], exponent + 1));
      }
    }
    if (round % 3 == 1) put(dtype, &rows, d + d - 1, 1); /* a unit more in one of the two norms */
    if (round % 3 == 2) put(dtype, &rows, 2 * d, word_of(dtype, 1, (long)generate_below(&random, 10)));
    judge_arc(dtype, n, 1, d, &rows, 1);
  }
}

static void arc_thresholds(void **state) {
  (void)state;
  static words rows;
  const float two[] = {3, 4, -3, 4, 30, -40}, far[] = {1, 0, 0, 0, 5, -0.0f};
  float out[2];
  judge_arc(CERTIGAR_FLOAT32, 3, 1, 2, two, 1); /* k = 1: t is the second norm, 5 */
  judge_arc(CERTIGAR_FLOAT32, 3, 0, 2, two, 1);
  judge_arc(CERTIGAR_FLOAT32, 1, 0, 2, two, 1);
  run(CERTIGAR_AVERAGE, CERTIGAR_FLOAT32, 3, 1, 2, two, NULL, 1, out);
  assert_true(out[0] == 1 && out[1] == 4 / 3.0f);
  const float zeros[] = {-0.0f, -0.0f, 0, 0, -7, 8}; /* t = 0: row 2 becomes +0, row 0 stays -0 */
  judge_arc(CERTIGAR_FLOAT32, 3, 1, 2, zeros, 1);
  run(CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, 3, 1, 2, zeros, NULL, 1, out);
  assert_memory_equal(out, ((const uint32_t[]){0, 0}), sizeof out);
  judge_arc(CERTIGAR_FLOAT32, 3, 1, 2, far, 2);
  /* infinite norms: two of three, k = 1, nothing changes; one, t is the greatest finite one */
  const uint32_t two_infinite[] = {0x7f800000, 0, 0x41000000, 0x41000000, 0xff800001, 0};
  const uint32_t one[] = {0x40000000, 0x3f800000, 0x41000000, 0x41000000, 0xff800001, 0};
  judge_arc(CERTIGAR_FLOAT32, 3, 1, 2, two_infinite, 1);
  judge_arc(CERTIGAR_FLOAT32, 3, 1, 2, one, 1);
  for (size_t i = 0; i < sizeof rows; i++) ((unsigned char *)&rows)[i] = (unsigned char)(i * 31 % 63 + 10);
  for (size_t n = 1; n <= ROWS; n++)
    for (size_t f = 0; 2 * f < n; f++) {
      judge_arc(CERTIGAR_FLOAT32, n, f, 9, &rows, 1);
      judge_arc(CERTIGAR_FLOAT64, n, f, 9, &rows, 1);
    }
}

/* ---- the library around it ---- */

/* Any threads and level, and layouts, give the same bits; wide enough for several chunks. */
static void threads_levels_and_layouts(void **state) {
  (void)state;
  enum { N = 5, D = 20011 };
  for (int dtype = 0; dtype < 2; dtype++) {
    const size_t size = dtype ? 8 : 4;
    unsigned char *rows = malloc(N * D * size), *columns = malloc(N * D * size), *out = malloc(D * size), *first = malloc(D * size);
    generate(&row_generators[0], 3, (generate_format)dtype, N, 1, D, rows);
    for (size_t i = 0; i < N; i++)
      for (size_t c = 0; c < D; c++)
        for (size_t b = 0; b < size; b++) columns[(c * N + i) * size + b] = rows[(i * D + c) * size + size - 1 - b];
    for (int variant = 0; variant < 16; variant++) {
      const certigar_level level = (certigar_level)(variant / 4);
      if (!certigar_level_name(level)) continue;
      certigar_options *options = certigar_options_new();
      certigar_certificate certificate;
      certigar_plan *plan;
      certigar_options_set_f(options, 1);
      certigar_options_set_level(options, level);
      certigar_options_set_threads(options, variant % 2 ? 3 : 1);
      assert_true(certigar_options_add_arc(options) && certigar_options_add_clip(options, "1/3"));
      assert_int_equal(certigar_plan_new(&plan, CERTIGAR_AVERAGE, (certigar_dtype)dtype, N, options, NULL), CERTIGAR_OK);
      const certigar_matrix straight = {.data = rows, .n = N, .d = D, .row_stride = (ptrdiff_t)(D * size), .column_stride = (ptrdiff_t)size};
      const certigar_matrix turned = {
          .data = columns, .n = N, .d = D, .row_stride = (ptrdiff_t)size, .column_stride = (ptrdiff_t)(N * size), .byte_swapped = 1};
      assert_int_equal(certigar_plan_run(plan, variant % 4 < 2 ? &straight : &turned, variant ? out : first, &certificate, NULL), CERTIGAR_OK);
      assert_true(certificate.exact_distances >= 1 && certificate.ties == 0 && certificate.nonfinite_row_count == 0);
      if (variant > 0) assert_memory_equal(out, first, D * size);
      certigar_plan_free(plan);
      certigar_options_free(options);
    }
    free(rows);
    free(columns);
    free(out);
    free(first);
  }
}

static int stop_at_once(void *context, size_t done, size_t total) {
  (void)done;
  (void)total;
  return --*(int *)context <= 0;
}

/* Wherever the run is stopped, it says so. */
static void stopping(void **state) {
  (void)state;
  enum { N = 7, D = 9000 };
  float *rows = malloc(N * D * sizeof *rows), *out = malloc(D * sizeof *out);
  generate(&row_generators[0], 4, GENERATE_BINARY32, N, 2, D, rows);
  int stops = 0;
  for (int calls = 1; calls < 40; calls++) {
    int left = calls;
    certigar_options *options = certigar_options_new();
    certigar_options_set_f(options, 2);
    certigar_options_set_progress(options, stop_at_once, &left);
    assert_true(certigar_options_add_arc(options) && certigar_options_add_clip(options, "1") && certigar_options_add_arc(options));
    const certigar_status status = certigar_aggregate_f32(CERTIGAR_MEDIAN, rows, N, D, options, out, NULL);
    assert_true(status == CERTIGAR_OK || status == CERTIGAR_STOPPED);
    stops += status == CERTIGAR_STOPPED;
    certigar_options_free(options);
  }
  assert_true(stops > 10);
  free(rows);
  free(out);
}

static void refusals(void **state) {
  (void)state;
  static const struct { const char *tau, *says; } bad[] = {{"0", "clip: tau = 0, must be a number > 0"},   {"-1/3", "clip: tau = -1/3, must be"},
                                                          {"inf", "clip: tau = inf, must be a number"}, {"-0x1p-9", "clip: tau = -0x1p-9"},
                                                          {"0/7", "clip: tau = 0/7"}};
  const float rows[] = {1, 2};
  float out[1] = {7};
  certigar_message message;
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    certigar_options *options = certigar_options_new();
    assert_true(certigar_options_add_clip(options, bad[i].tau));
    assert_int_equal(certigar_aggregate_f32(CERTIGAR_AVERAGE, rows, 2, 1, options, out, &message), CERTIGAR_BAD_PARAMETER);
    assert_non_null(strstr(message.text, bad[i].says));
    assert_true(out[0] == 7);
    certigar_options_free(options);
  }
  certigar_options *options = certigar_options_new();
  for (size_t i = 0; i < 4; i++) assert_false(certigar_options_add_clip(options, ((const char *[]){"", "nan", "1/0", "0x"})[i]));
  certigar_options_set_f(options, 1);
  assert_true(certigar_options_add_arc(options));
  assert_int_equal(certigar_aggregate_f32(CERTIGAR_AVERAGE, rows, 2, 1, options, out, &message), CERTIGAR_BAD_PARAMETER);
  assert_non_null(strstr(message.text, "arc: f = 1 with n = 2"));
  certigar_options_free(options);
}

/* The tests above judged as much as they say. */
static void enough_was_judged(void **state) {
  (void)state;
  print_message("%zu coordinates, %zu of them near a midpoint\n", coordinates, near);
  assert_true(coordinates > 200000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(by_hand),
      cmocka_unit_test(rows_of_all_generators),
      cmocka_unit_test(factors_that_are_fractions),
      cmocka_unit_test(powers_of_two_scale),
      cmocka_unit_test(whole_matrices),
      cmocka_unit_test(arc_of_all_generators),
      cmocka_unit_test(arc_with_fractions),
      cmocka_unit_test(arc_thresholds),
      cmocka_unit_test(threads_levels_and_layouts),
      cmocka_unit_test(stopping),
      cmocka_unit_test(refusals),
      cmocka_unit_test(enough_was_judged),
  };
  return cmocka_run_group_tests(tests, contexts_open, contexts_close);
}
