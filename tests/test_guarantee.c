/* The guarantees of rules over distances, against all sets of n-f finite rows in 4000 bits, small integers so that both sides are often equal; and
 * what can be said of many rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "check/guarantee.h"
#include "check/roots.h"
#include "generate.h"
#include "reference.h"
#include "slow.h"

#include <mpfr.h>

enum { ROWS_MAX = 8, COLUMNS_MAX = 3, BITS = 4000, EQUAL_BITS = 2500, PART = SLOW ? 8 : 1 };

static const certigar_rule rules[] = {CERTIGAR_KRUM, CERTIGAR_MULTI_KRUM, CERTIGAR_MDA,  CERTIGAR_GEOMETRIC_MEDIAN,
                                      CERTIGAR_CGE,  CERTIGAR_MONNA,      CERTIGAR_CENTERED_CLIPPING};
enum { RULES = sizeof rules / sizeof *rules };

static size_t least_rows(certigar_rule rule) {
  return rule == CERTIGAR_KRUM || rule == CERTIGAR_MULTI_KRUM ? 3 : 1;
}

static void put(certigar_dtype dtype, void *values, size_t index, double value) {
  if (dtype == CERTIGAR_FLOAT32) {
    ((float *)values)[index] = (float)value;
  } else {
    ((double *)values)[index] = value;
  }
}

static double get(certigar_dtype dtype, const void *values, size_t index) {
  return dtype == CERTIGAR_FLOAT32 ? (double)((const float *)values)[index] : ((const double *)values)[index];
}

typedef struct situation {
  certigar_rule rule;
  certigar_dtype dtype;
  size_t n, f, d, pivot, iterations;
  double rows[ROWS_MAX][COLUMNS_MAX], candidate[COLUMNS_MAX], centre[COLUMNS_MAX];
  int has_centre;
} situation;

static mpfr_t left, right, term, sum;

/* Adds (x - y)^2, or sets to 0 and adds it. */
static void add_square(mpfr_t to, double x, double y) {
  mpfr_set_d(term, x, MPFR_RNDN);
  mpfr_sub_d(term, term, y, MPFR_RNDN);
  mpfr_sqr(term, term, MPFR_RNDN);
  mpfr_add(to, to, term, MPFR_RNDN);
}

static void distance(mpfr_t to, const double *x, const double *y, size_t d) {
  mpfr_set_zero(to, 1);
  for (size_t c = 0; c < d; c++) add_square(to, x[c], y[c]);
  mpfr_sqrt(to, to, MPFR_RNDN);
}

static void ratio_root(mpfr_t to, size_t p, size_t q) {
  mpfr_set_ui(to, p, MPFR_RNDN);
  mpfr_div_ui(to, to, q, MPFR_RNDN);
  mpfr_sqrt(to, to, MPFR_RNDN);
}

/* The norm of the half ULPs, added to right. */
static void add_half_ulps(const situation *s) {
  mpfr_set_zero(sum, 1);
  for (size_t c = 0; c < s->d; c++) {
    int exponent = 0;
    const double y = s->candidate[c];
    double magnitude = y < 0 ? -y : y;
    const int least = s->dtype == CERTIGAR_FLOAT32 ? -149 : -1074, digits = s->dtype == CERTIGAR_FLOAT32 ? 24 : 53;
    if (magnitude > 0) {
      mpfr_set_d(term, magnitude, MPFR_RNDN);
      exponent = (int)mpfr_get_exp(term) - digits;
    }
    if (magnitude == 0 || exponent < least) exponent = least;
    mpfr_set_ui_2exp(term, 1, 2 * (exponent - 1), MPFR_RNDN);
    mpfr_add(sum, sum, term, MPFR_RNDN);
  }
  mpfr_sqrt(sum, sum, MPFR_RNDN);
  mpfr_add(right, right, sum, MPFR_RNDN);
}

static int has(unsigned set, size_t i) {
  return set >> i & 1;
}

static int row_is_finite(const situation *s, size_t i) {
  for (size_t c = 0; c < s->d; c++)
    if (!(s->rows[i][c] - s->rows[i][c] == 0)) return 0;
  return 1;
}

/* left <= right, where a difference of 2^-EQUAL_BITS is none. */
static int holds_for(const situation *s, unsigned set) {
  static const double zero[COLUMNS_MAX] = {0};
  const size_t n = s->n, f = s->f, h = n - f;
  mpfr_set_zero(right, 1);
  switch (s->rule) {
    case CERTIGAR_CGE:
    case CERTIGAR_MONNA: {
      const double *from = s->rule == CERTIGAR_CGE ? zero : s->rows[s->pivot];
      for (size_t i = 0; i < n; i++) {
        if (!has(set, i)) continue;
        distance(left, s->rows[i], from, s->d);
        if (mpfr_greater_p(left, right)) mpfr_set(right, left, MPFR_RNDN);
      }
      distance(left, s->candidate, from, s->d);
      break;
    }
    case CERTIGAR_CENTERED_CLIPPING:
      distance(left, s->candidate, s->has_centre ? s->centre : zero, s->d);
      mpfr_set_ui(right, 2 * s->iterations, MPFR_RNDN);
      break;
    default:
      for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
          if (!has(set, i) || !has(set, j)) continue;
          distance(left, s->rows[i], s->rows[j], s->d);
          if (mpfr_greater_p(left, right)) mpfr_set(right, left, MPFR_RNDN);
        }
      if (s->rule == CERTIGAR_MDA) {
        mpfr_mul_ui(right, right, 2 * f, MPFR_RNDN);
        mpfr_div_ui(right, right, h, MPFR_RNDN);
      } else if (s->rule == CERTIGAR_GEOMETRIC_MEDIAN) {
        ratio_root(sum, (h - 1) * (h - 1), n * (n - 2 * f));
        mpfr_mul(right, right, sum, MPFR_RNDN);
      } else {
        mpfr_set_zero(sum, 1);
        if (f > 0) ratio_root(sum, h - 2, n - 2 * f - 1);
        mpfr_set_ui(left, h - 1, MPFR_RNDN);
        mpfr_div_ui(left, left, h, MPFR_RNDN);
        mpfr_add(sum, sum, left, MPFR_RNDN);
        mpfr_mul(right, right, sum, MPFR_RNDN);
      }
      mpfr_set_zero(left, 1);
      for (size_t c = 0; c < s->d; c++) {
        mpfr_set_zero(sum, 1);
        for (size_t i = 0; i < n; i++)
          if (has(set, i)) mpfr_add_d(sum, sum, s->rows[i][c], MPFR_RNDN);
        mpfr_div_ui(sum, sum, h, MPFR_RNDN);
        mpfr_sub_d(sum, sum, s->candidate[c], MPFR_RNDN);
        mpfr_sqr(sum, sum, MPFR_RNDN);
        mpfr_add(left, left, sum, MPFR_RNDN);
      }
      mpfr_sqrt(left, left, MPFR_RNDN);
  }
  add_half_ulps(s);
  mpfr_sub(left, left, right, MPFR_RNDN);
  mpfr_set_ui_2exp(right, 1, -EQUAL_BITS, MPFR_RNDN);
  return mpfr_lessequal_p(left, right);
}

static size_t size_of(unsigned set) {
  size_t count = 0;
  for (; set; set &= set - 1) count++;
  return count;
}

/* Over all sets of n-f finite rows. */
static int holds_for_all(const situation *s) {
  for (unsigned set = 0; set < 1u << s->n; set++) {
    int right_set = size_of(set) == s->n - s->f && (s->rule != CERTIGAR_MONNA || has(set, s->pivot));
    for (size_t i = 0; i < s->n; i++) right_set = right_set && (!has(set, i) || row_is_finite(s, i));
    if (right_set && !holds_for(s, set)) return 0;
  }
  return 1;
}

static certigar_plan *plan_of(certigar_rule rule, certigar_dtype dtype, size_t n, size_t f, size_t pivot, size_t iterations, const char *tau,
                              const void *centre) {
  certigar_options *options = certigar_options_new();
  certigar_plan *plan;
  certigar_options_set_f(options, f);
  certigar_options_set_pivot(options, pivot);
  certigar_options_set_iterations(options, iterations);
  certigar_options_set_tau(options, tau);
  certigar_options_set_centre(options, centre);
  assert_int_equal(certigar_plan_new(&plan, rule, dtype, n, options, NULL), CERTIGAR_OK);
  certigar_options_free(options);
  return plan;
}

/* Returns what was found. */
static int one_situation(situation *s, uint64_t seed) {
  double rows[ROWS_MAX * COLUMNS_MAX], candidate[COLUMNS_MAX], centre[COLUMNS_MAX];
  size_t honest[ROWS_MAX], count;
  const ptrdiff_t size = s->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  for (size_t c = 0; c < s->d; c++) {
    for (size_t i = 0; i < s->n; i++) {
      put(s->dtype, rows, i * s->d + c, s->rows[i][c]);
      s->rows[i][c] = get(s->dtype, rows, i * s->d + c);
    }
    put(s->dtype, candidate, c, s->candidate[c]);
    s->candidate[c] = get(s->dtype, candidate, c);
    put(s->dtype, centre, c, s->centre[c]);
  }
  const certigar_matrix input = {.data = rows, .n = s->n, .d = s->d, .row_stride = (ptrdiff_t)s->d * size, .column_stride = size};
  certigar_plan *plan = plan_of(s->rule, s->dtype, s->n, s->f, s->pivot, s->iterations, "2", s->has_centre ? centre : NULL);
  const int got = certigar_distance_guarantee(plan, &input, candidate, honest, &count), wanted = holds_for_all(s);
  if (got != wanted)
    fail_msg("%s, n = %zu, f = %zu, d = %zu, seed %llu: %d, but %d", certigar_rule_name(s->rule), s->n, s->f, s->d, (unsigned long long)seed, got,
             wanted);
  assert_int_equal(count, got ? 0 : s->n - s->f);
  if (!got) {
    unsigned set = 0;
    for (size_t k = 0; k < count; k++) {
      assert_true(k == 0 || honest[k] > honest[k - 1]);
      set |= 1u << honest[k];
    }
    assert_false(holds_for(s, set));
    if (s->rule == CERTIGAR_MONNA) assert_true(has(set, s->pivot));
  }
  certigar_plan_free(plan);
  return got;
}

static void against_all_sets(void **state) {
  (void)state;
  mpfr_inits2(BITS, left, right, term, sum, (mpfr_ptr)NULL);
  for (size_t r = 0; r < RULES; r++) {
    size_t good = 0, bad = 0;
    for (uint64_t seed = 0; seed < 300 / PART; seed++) {
      generate_random random = {seed * 31 + r};
      situation s = {.rule = rules[r], .dtype = (certigar_dtype)(seed % 2), .d = 1 + (size_t)generate_below(&random, COLUMNS_MAX)};
      s.n = least_rows(s.rule) + (size_t)generate_below(&random, ROWS_MAX + 1 - least_rows(s.rule));
      s.f = (size_t)generate_below(&random, (s.n - least_rows(s.rule)) / 2 + 1);
      s.pivot = (size_t)generate_below(&random, s.n);
      s.iterations = 1 + (size_t)generate_below(&random, 2);
      s.has_centre = generate_below(&random, 2) == 0;
      for (size_t c = 0; c < s.d; c++) {
        for (size_t i = 0; i < s.n; i++) s.rows[i][c] = (double)generate_below(&random, 4);
        s.centre[c] = (double)generate_below(&random, 3);
        s.candidate[c] = (double)generate_below(&random, 9) - 2;
      }
      if (seed % 3 == 0) memcpy(s.candidate, s.rows[generate_below(&random, s.n)], sizeof s.candidate);
      if (seed % 7 == 0) s.rows[generate_below(&random, s.n)][0] = generate_below(&random, 2) ? 1.0 / 0.0 : 0.0 / 0.0;
      if (seed % 3 == 0 && !(s.candidate[0] - s.candidate[0] == 0)) s.candidate[0] = 1;
      if (seed % 5 == 0) s.candidate[0] += s.dtype == CERTIGAR_FLOAT32 ? 0x1p-22 : 0x1p-51;
      if (one_situation(&s, seed)) {
        good++;
      } else {
        bad++;
      }
    }
    if (good < 20 / PART || bad < 20 / PART) fail_msg("%s: %zu hold, %zu fail", certigar_rule_name(rules[r]), good, bad);
  }
  mpfr_clears(left, right, term, sum, (mpfr_ptr)NULL);
}

/* Of many rows with an attacker's, the rule's own output is never a breach (geometric-median's is within its tolerance); a far one is. */
static void many_rows(void **state) {
  (void)state;
  enum { N = 31, F = 9, D = 20 };
  double rows[N * D], output[D];
  size_t honest[N], count;
  for (uint64_t seed = 0; seed < 42 / PART; seed++) {
    generate_random random = {seed};
    const certigar_dtype dtype = (certigar_dtype)(seed % 2);
    const certigar_rule rule = rules[seed / 2 % RULES];
    const ptrdiff_t size = dtype == CERTIGAR_FLOAT32 ? 4 : 8;
    const certigar_matrix input = {.data = rows, .n = N, .d = D, .row_stride = D * size, .column_stride = size};
    const double scale = seed % 3 == 0 ? 1e-30 : 1;
    for (size_t i = 0; i < N; i++)
      for (size_t c = 0; c < D; c++) {
        const double value = (double)generate_below(&random, 1000) * 0.001 + (i < F ? 3 : 0);
        put(dtype, rows, i * D + c, i < 2 && seed % 4 == 0 ? 1.0 / 0.0 : scale * value);
      }
    certigar_plan *plan = plan_of(rule, dtype, N, F, N - 1, 2, "1.5", NULL);
    assert_int_equal(certigar_plan_run(plan, &input, output, NULL, NULL), CERTIGAR_OK);
    assert_int_equal(certigar_distance_guarantee(plan, &input, output, honest, &count), 1);
    put(dtype, output, 0, 1e4);
    assert_int_equal(certigar_distance_guarantee(plan, &input, output, honest, &count), 0);
    assert_int_equal(count, N - F);
    put(dtype, output, 0, 0.0 / 0.0);
    assert_int_equal(certigar_distance_guarantee(plan, &input, output, honest, &count), 0);
    certigar_plan_free(plan);
  }
}

/* Roots that are equal, and nearly so: sqrt(2) + sqrt(8) = sqrt(18). */
static void equal_roots(void **state) {
  (void)state;
  mpq_t a, b[3];
  mpq_inits(a, b[0], b[1], b[2], (mpq_ptr)NULL);
  mpq_set_ui(a, 18, 49);
  mpq_set_ui(b[0], 2, 49);
  mpq_set_ui(b[1], 8, 49);
  assert_int_equal(certigar_root_at_most(a, b, 3), 1);
  mpq_set_ui(b[2], 1, 1);
  mpq_div_2exp(b[2], b[2], 3000);
  mpq_add(a, a, b[2]); /* the root of b[2] is more than what the root of a grew by */
  assert_int_equal(certigar_root_at_most(a, b, 3), 1);
  assert_int_equal(certigar_root_at_most(a, b, 2), 0);
  mpq_sub(b[0], b[0], b[2]);
  assert_int_equal(certigar_root_at_most(a, b, 2), 0);
  mpq_set_ui(a, 0, 1);
  assert_int_equal(certigar_root_at_most(a, b, 0), 1);
  mpq_set_ui(a, 1, 3);
  assert_int_equal(certigar_root_at_most(a, b, 0), 0);
  mpq_clears(a, b[0], b[1], b[2], (mpq_ptr)NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(equal_roots),
    cmocka_unit_test(against_all_sets),
    cmocka_unit_test(many_rows),
  };
  return cmocka_run_group_tests_name("guarantee", tests, NULL, NULL);
}
