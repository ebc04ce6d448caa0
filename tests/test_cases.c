/* The named generators (src/cases): what their comments promise, in every shape, and the same words whenever they are asked. */
#include "cases/generators.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { N_MAX = 23, D_MAX = 4, WORDS = N_MAX * D_MAX };

typedef struct shape {
  certigar_dtype dtype;
  size_t n, f, d;
  uint64_t seed;
} shape;

static int make(const case_generator *g, shape s, uint64_t *rows) {
  return g->make(s.dtype, s.n, s.f, s.d, s.seed, rows);
}

static int make_named(const char *name, shape s, uint64_t *rows) {
  const case_generator *g = case_generator_from_name(name);
  assert_non_null(g);
  return make(g, s, rows);
}

static uint64_t word(shape s, const uint64_t *rows, size_t i, size_t c) {
  if (s.dtype == CERTIGAR_FLOAT64) return rows[i * s.d + c];
  uint32_t half;
  memcpy(&half, (const unsigned char *)rows + 4 * (i * s.d + c), 4);
  return half;
}

static int is_finite(shape s, const uint64_t *rows, size_t i) {
  const uint64_t special = s.dtype == CERTIGAR_FLOAT32 ? 0x7f800000 : 0x7ff0000000000000;
  for (size_t c = 0; c < s.d; c++)
    if ((word(s, rows, i, c) & special) == special) return 0;
  return 1;
}

static size_t nonfinite_rows(shape s, const uint64_t *rows) {
  size_t count = 0;
  for (size_t i = 0; i < s.n; i++) count += !is_finite(s, rows, i);
  return count;
}

static size_t item(shape s) {
  return s.dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

/* All small shapes, and few of the larger ones: a search for a decision takes long where there is none. */
static int is_tried(shape s) {
  return s.n <= 7 || (s.n % 4 == 3 && s.f % 5 == 0 && s.seed == s.d % 2);
}

/* Every word is written and none beside them, and twice the same. */
static void fills_the_matrix(void **state) {
  (void)state;
  size_t made = 0;
  for (size_t g = 0; g < case_generator_count; g++) {
    size_t shapes = 0;
    for (shape s = {.n = 1}; s.n <= N_MAX; s.n++)
      for (s.f = 0; 2 * s.f < s.n; s.f++)
        for (s.d = 1; s.d <= D_MAX; s.d++)
          for (s.seed = 0; s.seed < 2; s.seed++)
            for (s.dtype = CERTIGAR_FLOAT32; s.dtype <= CERTIGAR_FLOAT64; s.dtype++) {
              uint64_t first[WORDS + 1], second[WORDS + 1];
              if (!is_tried(s)) continue;
              memset(first, 0x55, sizeof first);
              memset(second, 0xaa, sizeof second);
              const int good = make(&case_generators[g], s, first);
              assert_int_equal(good, make(&case_generators[g], s, second));
              if (!good) continue;
              const size_t size = s.n * s.d * item(s);
              assert_memory_equal(first, second, size);
              assert_int_equal(((unsigned char *)first)[size], 0x55);
              shapes++;
            }
    if (shapes == 0) print_error("%s has no shape\n", case_generators[g].name);
    assert_true(shapes > 0);
    made += shapes;
  }
  assert_true(made > 10000);
}

static void names_are_different(void **state) {
  (void)state;
  for (size_t g = 0; g < case_generator_count; g++) assert_ptr_equal(case_generator_from_name(case_generators[g].name), &case_generators[g]);
  assert_null(case_generator_from_name("gradient"));
}

/* How many rows are not finite, where the name says it. */
static void nonfinite_rows_are_as_many_as_said(void **state) {
  (void)state;
  static const char *const one[] = {"nan-row", "nan-coordinate", "inf-coordinate"};
  static const char *const f_rows[] = {"nan-rows", "nan-payloads", "inf-rows", "minus-inf-rows", "both-infs"};
  uint64_t rows[WORDS];
  for (shape s = {.n = 7, .f = 3, .d = 2}; s.dtype <= CERTIGAR_FLOAT64; s.dtype++) {
    for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
      assert_true(make_named(one[i], s, rows));
      assert_int_equal(nonfinite_rows(s, rows), 1);
    }
    for (size_t i = 0; i < sizeof f_rows / sizeof *f_rows; i++) {
      assert_true(make_named(f_rows[i], s, rows));
      assert_int_equal(nonfinite_rows(s, rows), s.f);
    }
    assert_true(make_named("beyond-f", s, rows));
    assert_int_equal(nonfinite_rows(s, rows), s.f + 1);
    assert_true(make_named("all-nan", s, rows));
    assert_int_equal(nonfinite_rows(s, rows), s.n);
  }
}

/* The decimals are those that the compiler reads. */
static void tenths_are_rounded_to_nearest(void **state) {
  (void)state;
  const double doubles[] = {1, 1.1, 0.9, 1, 1e9};
  const float floats[] = {1, 1.1f, 0.9f, 1, 1e9f};
  uint64_t rows[WORDS];
  shape s = {CERTIGAR_FLOAT64, 5, 1, 1, 0};
  assert_true(make_named("subtraction", s, rows));
  assert_memory_equal(rows, doubles, sizeof doubles);
  s.dtype = CERTIGAR_FLOAT32;
  assert_true(make_named("subtraction", s, rows));
  assert_memory_equal(rows, floats, sizeof floats);
}

/* Another seed is another matrix, or another order of its rows; seed 0 leaves the attackers last. */
static void seeds_and_orders(void **state) {
  (void)state;
  uint64_t first[WORDS], second[WORDS];
  shape s = {CERTIGAR_FLOAT64, 5, 1, 1, 0};
  assert_true(make_named("counting", s, first));
  s.seed = 3;
  assert_true(make_named("counting", s, second));
  assert_memory_not_equal(first, second, 5 * sizeof *first);
  s = (shape){CERTIGAR_FLOAT64, 9, 4, 1, 0};
  assert_true(make_named("inf-rows", s, first));
  for (size_t i = 0; i < s.n; i++) assert_int_equal(is_finite(s, first, i), i < 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fills_the_matrix),
      cmocka_unit_test(names_are_different),
      cmocka_unit_test(nonfinite_rows_are_as_many_as_said),
      cmocka_unit_test(tenths_are_rounded_to_nearest),
      cmocka_unit_test(seeds_and_orders),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
