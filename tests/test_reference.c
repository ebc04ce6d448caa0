/* Unit tests of the reference: RN in two independent ways, the order, and each rule on columns worked out by hand.
 *
 * RN by MPFR (a division and mpfr_subnormalize) and RN by its definition (bisection over magnitudes with integers) share only the
 * formula of a word's value. Sums are random, and built around midpoints, where every mistake of a rounding shows. */
#include "generate.h"
#include "reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const reference_format formats[] = {REFERENCE_BINARY32, REFERENCE_BINARY64};

static uint64_t sign_of(reference_format format) {
  return format == REFERENCE_BINARY32 ? UINT64_C(0x80000000) : UINT64_C(0x8000000000000000);
}

static uint64_t infinity_of(reference_format format) {
  return format == REFERENCE_BINARY32 ? UINT64_C(0x7f800000) : UINT64_C(0x7ff0000000000000);
}

static uint64_t one_of(reference_format format) {
  return format == REFERENCE_BINARY32 ? UINT64_C(0x3f800000) : UINT64_C(0x3ff0000000000000);
}

/* A finite magnitude: any, subnormal, a power of two or beside one, or among the largest. */
static uint64_t some_magnitude(reference_format format, generate_random *random) {
  const unsigned F = format == REFERENCE_BINARY32 ? 23 : 52;
  const uint64_t infinity = infinity_of(format);
  switch (generate_below(random, 5)) {
  case 0: return generate_below(random, (uint64_t)1 << F);
  case 1: return generate_below(random, infinity >> F) << F;
  case 2: return (1 + generate_below(random, (infinity >> F) - 1)) << F | generate_below(random, 3);
  case 3: return infinity - 1 - generate_below(random, 3);
  default: return generate_below(random, infinity);
  }
}

/* Both ways of RN, and the shipped combination of them, agree on +-sum / k. */
static void check_both_ways(reference_context *context, mpz_ptr sum, unsigned long k) {
  for (int sign = 0; sign < 2; sign++) {
    const uint64_t by_mpfr = reference_rn_by_mpfr(context, sum, k);
    assert_int_equal(by_mpfr, reference_rn_by_definition(context, sum, k));
    assert_int_equal(by_mpfr, reference_rn(context, sum, k));
    mpz_neg(sum, sum);
  }
}

static void rn_of_random_sums(void **state) {
  (void)state;
  for (size_t which = 0; which < 2; which++) {
    reference_context *context = reference_new(formats[which]);
    generate_random random = {which};
    mpz_t sum, value;
    mpz_inits(sum, value, (mpz_ptr)NULL);
    for (int i = 0; i < 3000; i++) {
      const unsigned long k = 1 + (unsigned long)generate_below(&random, generate_below(&random, 2) ? 16 : 1u << 24);
      const int terms = 1 + (int)generate_below(&random, k < 4 ? k : 4);
      mpz_set_ui(sum, 0);
      for (int t = 0; t < terms; t++) {
        reference_value(context, some_magnitude(formats[which], &random), value);
        if (generate_below(&random, 2)) mpz_neg(value, value);
        mpz_add(sum, sum, value);
      }
      check_both_ways(context, sum, k);
    }
    mpz_clears(sum, value, (mpz_ptr)NULL);
    reference_free(context);
  }
}

/* k times a midpoint, divided by 2 (the sum where k makes it an integer), and the two sums beside it. */
static void rn_around_midpoints(void **state) {
  (void)state;
  for (size_t which = 0; which < 2; which++) {
    reference_context *context = reference_new(formats[which]);
    generate_random random = {which + 2};
    mpz_t sum, value;
    mpz_inits(sum, value, (mpz_ptr)NULL);
    for (int i = 0; i < 3000; i++) {
      uint64_t magnitude = some_magnitude(formats[which], &random);
      if (magnitude + 1 >= infinity_of(formats[which])) magnitude--;
      const unsigned long k = 1 + (unsigned long)generate_below(&random, generate_below(&random, 2) ? 16 : 1u << 24);
      reference_value(context, magnitude, sum);
      reference_value(context, magnitude + 1, value);
      mpz_add(sum, sum, value);
      mpz_mul_ui(sum, sum, k);
      mpz_fdiv_q_ui(sum, sum, 2);
      const int exact_midpoint = k % 2 == 0 || (magnitude >> (formats[which] == REFERENCE_BINARY32 ? 23 : 52)) >= 2;
      for (int beside = -1; beside <= 1; beside++) {
        mpz_set_si(value, beside);
        mpz_add(value, value, sum);
        check_both_ways(context, value, k);
      }
      if (exact_midpoint) { /* the neighbours, and the even one of them between */
        const uint64_t even = magnitude + magnitude % 2;
        assert_int_equal(reference_rn(context, sum, k), even);
        mpz_add_ui(value, sum, 1);
        assert_int_equal(reference_rn(context, value, k), magnitude + 1);
        mpz_sub_ui(value, sum, 1);
        assert_int_equal(reference_rn(context, value, k), magnitude);
      }
    }
    mpz_clears(sum, value, (mpz_ptr)NULL);
    reference_free(context);
  }
}

static void rn_of_a_value_is_that_value(void **state) {
  (void)state;
  for (size_t which = 0; which < 2; which++) {
    reference_context *context = reference_new(formats[which]);
    generate_random random = {which + 4};
    mpz_t sum;
    mpz_init(sum);
    for (int i = 0; i < 3000; i++) {
      const uint64_t sign = generate_below(&random, 2) ? sign_of(formats[which]) : 0;
      const uint64_t magnitude = some_magnitude(formats[which], &random);
      const unsigned long k = 1 + (unsigned long)generate_below(&random, 1u << 24);
      reference_value(context, sign | magnitude, sum);
      mpz_mul_ui(sum, sum, k);
      assert_int_equal(reference_rn(context, sum, k), magnitude == 0 ? 0 : sign | magnitude);
    }
    mpz_clear(sum);
    reference_free(context);
  }
}

static void values_of_words(void **state) {
  (void)state;
  for (size_t which = 0; which < 2; which++) {
    const unsigned F = which == 0 ? 23 : 52;
    const unsigned long one_exponent = which == 0 ? 149 : 1074;
    reference_context *context = reference_new(formats[which]);
    mpz_t value, expected;
    mpz_inits(value, expected, (mpz_ptr)NULL);
    reference_value(context, 1, value);
    assert_int_equal(mpz_cmp_ui(value, 1), 0);
    reference_value(context, sign_of(formats[which]), value);
    assert_int_equal(mpz_sgn(value), 0);
    reference_value(context, (uint64_t)1 << F, value); /* the least normal number */
    mpz_ui_pow_ui(expected, 2, F);
    assert_int_equal(mpz_cmp(value, expected), 0);
    reference_value(context, sign_of(formats[which]) | one_of(formats[which]), value);
    mpz_ui_pow_ui(expected, 2, one_exponent);
    mpz_neg(expected, expected);
    assert_int_equal(mpz_cmp(value, expected), 0);
    mpz_clears(value, expected, (mpz_ptr)NULL);
    reference_free(context);
  }
}

static void the_order(void **state) {
  (void)state;
  for (size_t which = 0; which < 2; which++) {
    reference_context *context = reference_new(formats[which]);
    const uint64_t sign = sign_of(formats[which]), infinity = infinity_of(formats[which]), one = one_of(formats[which]);
    const uint64_t ascending[] = {sign | infinity, sign | (infinity - 1), sign | (one + 1), sign | one, sign | 1, sign,
                                  0,               1,                     one,              infinity - 1, infinity, infinity + 1};
    const size_t count = sizeof ascending / sizeof ascending[0];
    for (size_t i = 0; i < count; i++)
      for (size_t j = 0; j < count; j++) {
        const int order = reference_order(context, ascending[i], ascending[j]);
        assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
      }
    assert_int_equal(reference_order(context, infinity + 1, sign | (infinity + 77)), 0); /* all NaN are equal */
    reference_free(context);
  }
}

static void rules_by_hand(void **state) {
  (void)state;
  reference_context *context = reference_new(REFERENCE_BINARY32);
  enum { ONE = 0x3f800000, TWO = 0x40000000, THREE = 0x40400000, FIVE = 0x40a00000 };
  const uint64_t minus_zero = 0x80000000, nan = 0x7fc00000, infinity = 0x7f800000;
  const uint64_t column[] = {THREE, ONE, FIVE, TWO};
  int tie;
  assert_int_equal(reference_average(context, column, 4), 0x40300000);                              /* 11 / 4 */
  assert_int_equal(reference_average(context, &minus_zero, 1), 0);                                  /* an exact zero is +0 */
  assert_int_equal(reference_median(context, REFERENCE_MIDPOINT, column, 4), 0x40200000);           /* 5 / 2 */
  assert_int_equal(reference_median(context, REFERENCE_LOWER, column, 4), TWO);
  assert_int_equal(reference_median(context, REFERENCE_UPPER, column, 4), THREE);
  assert_int_equal(reference_median(context, REFERENCE_MIDPOINT, &minus_zero, 1), minus_zero);      /* selected bits are kept */
  assert_int_equal(reference_trimmed_mean(context, column, 4, 1), 0x40200000);
  assert_int_equal(reference_meamed(context, column, 4, 1, &tie), TWO);                             /* 1, 2, 3 around 5 / 2 */
  assert_int_equal(tie, 0);
  const uint64_t tied[] = {THREE, ONE, TWO};
  assert_int_equal(reference_meamed(context, tied, 3, 1, &tie), 0x3fc00000);                        /* 1 and 2: the smaller of 1, 3 */
  assert_int_equal(tie, 1);
  const uint64_t poisoned[] = {ONE, infinity, 0xffc12345, TWO, THREE};
  assert_int_equal(reference_average(context, poisoned, 5), nan);
  assert_int_equal(reference_median(context, REFERENCE_MIDPOINT, poisoned, 5), THREE);
  assert_int_equal(reference_trimmed_mean(context, poisoned, 5, 1), infinity);
  assert_int_equal(reference_trimmed_mean(context, poisoned, 5, 2), THREE);
  assert_int_equal(reference_meamed(context, poisoned, 5, 1, &tie), nan);                           /* too few finite values */
  assert_int_equal(reference_meamed(context, poisoned, 5, 2, &tie), TWO);
  reference_free(context);
}

static void counts_of_a_matrix(void **state) {
  (void)state;
  reference_context *context = reference_new(REFERENCE_BINARY32);
  const uint32_t one = 0x3f800000, two = 0x40000000, three = 0x40400000, infinity = 0x7f800000, nan = 0xffc00001;
  const uint32_t rows[] = {one, nan, one, three, three, two, two, infinity, three}; /* 3 rows of 3 */
  uint32_t out[3];
  unsigned char nonfinite[3];
  reference_report report;
  reference_aggregate(context, REFERENCE_MEAMED, REFERENCE_MIDPOINT, 3, 1, 3, rows, out, nonfinite, &report);
  const uint32_t expected[] = {0x3fc00000, 0x7fc00000, 0x3fc00000};
  assert_memory_equal(out, expected, sizeof out);
  assert_int_equal(report.nonfinite_rows, 2);
  assert_int_equal(nonfinite[0], 1);
  assert_int_equal(nonfinite[1], 0);
  assert_int_equal(nonfinite[2], 1);
  assert_int_equal(report.nonfinite_outputs, 1);
  assert_int_equal(report.ties, 2);
  assert_int_equal(report.not_finite, 1);
  reference_free(context);
}

/* The generators make what their names promise: the midpoints are midpoints, the ties are ties, and nothing is written out of place. */
static void generators_reach_their_targets(void **state) {
  (void)state;
  enum { N = 7, F = 2, D = 400 };
  static uint64_t rows[N * D + 1];
  reference_context *context = reference_new(REFERENCE_BINARY64);
  for (size_t g = 0; g < generator_count; g++) {
    rows[N * D] = UINT64_C(0x123456789abcdef);
    generate(&generators[g], 1, GENERATE_BINARY64, N, F, D, rows);
    assert_int_equal(rows[N * D], UINT64_C(0x123456789abcdef));
  }

  uint64_t column[N];
  mpz_t sum, value, neighbours;
  mpz_inits(sum, value, neighbours, (mpz_ptr)NULL);
  size_t midpoints = 0, ties = 0;
  generate(generator_from_name("midpoints"), 1, GENERATE_BINARY64, N, F, D, rows);
  for (size_t c = 0; c < D; c++) {
    uint64_t sorted[N];
    for (size_t i = 0; i < N; i++) column[i] = rows[i * D + c];
    reference_sort(context, column, N, sorted);
    const uint64_t mean = reference_mean(context, &sorted[F], N - 2 * F) & ~sign_of(REFERENCE_BINARY64);
    if (!reference_is_finite(context, mean) || mean == 0) continue;
    mpz_set_ui(sum, 0);
    for (size_t i = F; i < N - F; i++) {
      reference_value(context, sorted[i], value);
      mpz_add(sum, sum, value);
    }
    mpz_abs(sum, sum);
    mpz_mul_ui(sum, sum, 2);
    for (uint64_t lower = mean - 1; lower <= mean; lower++) {
      reference_value(context, lower, neighbours);
      reference_value(context, lower + 1, value);
      mpz_add(neighbours, neighbours, value);
      mpz_mul_ui(neighbours, neighbours, N - 2 * F);
      if (mpz_cmp(neighbours, sum) == 0) midpoints++;
    }
  }
  mpz_clears(sum, value, neighbours, (mpz_ptr)NULL);
  assert_true(midpoints > D / 4);

  generate(generator_from_name("symmetric"), 1, GENERATE_BINARY64, N, F, D, rows);
  for (size_t c = 0; c < D; c++) {
    int tie;
    for (size_t i = 0; i < N; i++) column[i] = rows[i * D + c];
    (void)reference_meamed(context, column, N, F, &tie);
    ties += (size_t)tie;
  }
  assert_true(ties > D / 4);
  reference_free(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_of_words),     cmocka_unit_test(the_order),
      cmocka_unit_test(rn_of_random_sums),   cmocka_unit_test(rn_around_midpoints),
      cmocka_unit_test(rn_of_a_value_is_that_value), cmocka_unit_test(rules_by_hand),
      cmocka_unit_test(counts_of_a_matrix),  cmocka_unit_test(generators_reach_their_targets),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
