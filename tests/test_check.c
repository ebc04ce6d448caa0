/* certigar_check.h as a program meets it: candidates built for each verdict, for every rule and both formats, and inputs on which sums overflow,
 * cancel or are not finite. Verdicts on many small matrices are compared with fractions by tests/test_check.py.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "certigar_check.h"

enum { N = 11, F = 2, D = 5, RULES = CERTIGAR_SMEA + 1, MAX = 4096 };

static const certigar_dtype dtypes[] = {CERTIGAR_FLOAT32, CERTIGAR_FLOAT64};

/* ---- values of either format, as words ---- */

static size_t size_of(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

static void put(certigar_dtype dtype, void *values, size_t i, uint64_t word) {
  const uint32_t narrow = (uint32_t)word;
  if (dtype == CERTIGAR_FLOAT32) memcpy((unsigned char *)values + 4 * i, &narrow, 4);
  else memcpy((unsigned char *)values + 8 * i, &word, 8);
}

static uint64_t get(certigar_dtype dtype, const void *values, size_t i) {
  uint32_t narrow;
  uint64_t word;
  memcpy(&word, (const unsigned char *)values + (dtype == CERTIGAR_FLOAT32 ? 0 : 8 * i), dtype == CERTIGAR_FLOAT32 ? 4 : 8);
  if (dtype == CERTIGAR_FLOAT64) return word;
  memcpy(&narrow, (const unsigned char *)values + 4 * i, 4);
  return narrow;
}

/* The word of an integer, or of a half or quarter: exact in both formats. */
static uint64_t word_of(certigar_dtype dtype, double value) {
  const float single = (float)value;
  uint32_t narrow;
  uint64_t word;
  memcpy(&narrow, &single, sizeof narrow);
  memcpy(&word, &value, sizeof word);
  return dtype == CERTIGAR_FLOAT32 ? narrow : word;
}

static uint64_t infinity(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? 0x7f800000 : 0x7ff0000000000000;
}

static uint64_t sign(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? 0x80000000 : 0x8000000000000000;
}

static void fill(certigar_dtype dtype, void *values, const double *from, size_t count) {
  for (size_t i = 0; i < count; i++) put(dtype, values, i, word_of(dtype, from[i]));
}

/* ---- judging ---- */

typedef struct job {
  certigar_dtype dtype;
  certigar_rule rule;
  size_t n, d;
  certigar_options *options;
  uint64_t rows[MAX], candidate[MAX]; /* room for words of either format */
  certigar_plan *plan;
  certigar_matrix matrix;
  certigar_finding finding;
  certigar_message message;
} job;

static const double scores[N] = {5, 1, 9, 2, 8, 7, 3, 6, 4, 2, 5};

static job *start(certigar_dtype dtype, certigar_rule rule, size_t n, size_t d, size_t f) {
  job *j = calloc(1, sizeof *j);
  assert_non_null(j);
  assert_true(n * d <= MAX);
  j->dtype = dtype;
  j->rule = rule;
  j->n = n;
  j->d = d;
  j->options = certigar_options_new();
  assert_non_null(j->options);
  certigar_options_set_f(j->options, f);
  if (rule == CERTIGAR_ZENO) certigar_options_set_scores(j->options, scores);
  const ptrdiff_t size = (ptrdiff_t)size_of(dtype);
  j->matrix = (certigar_matrix){.data = j->rows, .n = n, .d = d, .row_stride = (ptrdiff_t)d * size, .column_stride = size};
  return j;
}

static void end(job *j) {
  certigar_plan_free(j->plan);
  certigar_options_free(j->options);
  free(j);
}

static void plan(job *j) {
  if (j->plan) return;
  if (certigar_plan_new(&j->plan, j->rule, j->dtype, j->n, j->options, &j->message) != CERTIGAR_OK) fail_msg("%s", j->message.text);
}

/* The candidate becomes the rule's output. */
static void own(job *j) {
  plan(j);
  const certigar_status status = certigar_plan_run(j->plan, &j->matrix, j->candidate, NULL, &j->message);
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) fail_msg("%s: %s", certigar_rule_name(j->rule), j->message.text);
}

static void judge(job *j) {
  plan(j);
  const certigar_status status = certigar_check_run(j->plan, &j->matrix, j->candidate, &j->finding, &j->message);
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) fail_msg("%s: %s", certigar_rule_name(j->rule), j->message.text);
  assert_non_null(memchr(j->finding.reason, 0, sizeof j->finding.reason));
  assert_true(j->finding.reason[0] != 0);
  size_t counted = 0;
  for (size_t k = 0; k < 66; k++) counted += j->finding.ulps_count[k];
  assert_int_equal(counted, j->d);
}

static void assert_verdict(job *j, certigar_verdict verdict) {
  judge(j);
  if (j->finding.verdict != verdict)
    fail_msg("%s, %s: %s, expected %s: %s", certigar_rule_name(j->rule), j->dtype == CERTIGAR_FLOAT32 ? "float32" : "float64",
             certigar_verdict_name(j->finding.verdict), certigar_verdict_name(verdict), j->finding.reason);
}

static void assert_selected(const job *j, const size_t *rows, size_t count) {
  assert_true(j->finding.selection_known);
  assert_int_equal(j->finding.selected_count, count);
  for (size_t i = 0; i < count; i++) assert_int_equal(j->finding.selected[i], rows[i]);
}

/* Rows of multiples of 2^-16 from 1 to 2, and F of them far away. */
static void fill_noise(job *j) {
  uint64_t state = 7;
  for (size_t i = 0; i < j->n * j->d; i++) {
    state = state * 6364136223846793005 + 1442695040888963407;
    const double noise = (double)(state >> 48) / 65536.0;
    put(j->dtype, j->rows, i, word_of(j->dtype, i / j->d < F ? 40.0 + 20.0 * noise : 1.0 + noise));
  }
}

/* Noise, and what the rule makes of it. */
static job *start_right(certigar_dtype dtype, certigar_rule rule) {
  job *j = start(dtype, rule, N, D, F);
  fill_noise(j);
  own(j);
  return j;
}

/* ---- every rule ---- */

static void the_own_output_is_exact(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (int rule = 0; rule < RULES; rule++) {
      job *j = start_right(dtypes[t], (certigar_rule)rule);
      assert_verdict(j, CERTIGAR_VERDICT_EXACT);
      assert_int_equal(j->finding.different, 0);
      assert_int_equal(j->finding.worst_count, 0);
      assert_int_equal(j->finding.selected_count, j->finding.expected.selected_count);
      assert_int_equal(j->finding.ulps_count[0], D);
      end(j);
    }
}

static void an_ulp_is_rounding_unless_the_output_is_a_value_of_the_input(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (int rule = 0; rule < RULES; rule++) {
      job *j = start_right(dtypes[t], (certigar_rule)rule);
      put(j->dtype, j->candidate, 3, get(j->dtype, j->candidate, 3) + 1);
      const int chosen = rule == CERTIGAR_KRUM || rule == CERTIGAR_MEDIAN || rule == CERTIGAR_MULTI_BULYAN; /* this keeps n-4f-2 = 1 value */
      assert_verdict(j, chosen ? CERTIGAR_VERDICT_WRONG : CERTIGAR_VERDICT_ROUNDING);
      assert_int_equal(j->finding.different, 1);
      assert_int_equal(j->finding.outside, chosen);
      assert_int_equal(j->finding.ulps_count[1], 1);
      assert_int_equal(j->finding.worst_count, 1);
      assert_int_equal(j->finding.worst[0].coordinate, 3);
      assert_int_equal(j->finding.worst[0].ulps, 1);
      assert_true(j->finding.worst[0].error.significand > 0);
      end(j);
    }
}

static void a_value_that_is_not_finite_is_a_breach(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (int rule = 0; rule < RULES; rule++)
      for (int nan = 0; nan < 2; nan++) {
        job *j = start_right(dtypes[t], (certigar_rule)rule);
        put(j->dtype, j->candidate, 4, infinity(j->dtype) + (uint64_t)nan);
        assert_verdict(j, CERTIGAR_VERDICT_BREACH);
        assert_int_equal(j->finding.ulps_count[65], 1);
        assert_true(j->finding.worst[0].error.infinite);
        assert_true(j->finding.worst[0].ulps == UINT64_MAX);
        end(j);
      }
}

static void far_away_is_a_breach_or_wrong(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (int rule = 0; rule < RULES; rule++) {
      job *j = start_right(dtypes[t], (certigar_rule)rule);
      for (size_t c = 0; c < D; c++) put(j->dtype, j->candidate, c, word_of(j->dtype, -1024));
      judge(j);
      assert_true(j->finding.verdict == CERTIGAR_VERDICT_BREACH || j->finding.verdict == CERTIGAR_VERDICT_WRONG);
      if (rule <= CERTIGAR_MEAMED || rule == CERTIGAR_BULYAN || rule == CERTIGAR_MULTI_BULYAN)
        assert_int_equal(j->finding.verdict, CERTIGAR_VERDICT_BREACH);
      assert_int_equal(j->finding.different, D);
      end(j);
    }
}

/* Rows that are not finite, as many as f or more: a candidate that is the rule's output is exact, whatever that is. */
static void rows_that_are_not_finite(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (int rule = 0; rule < RULES; rule++)
      for (size_t bad = 1; bad <= F + 1; bad++) {
        job *j = start(dtypes[t], (certigar_rule)rule, N, D, F);
        fill_noise(j);
        for (size_t i = 0; i < bad; i++) put(j->dtype, j->rows, (N - 1 - i) * D + i, infinity(j->dtype) + (i & 1));
        own(j);
        assert_verdict(j, CERTIGAR_VERDICT_EXACT);
        assert_int_equal(j->finding.expected.nonfinite_row_count, bad);
        put(j->dtype, j->candidate, 4, infinity(j->dtype) + 1);
        judge(j);
        const int guarded = bad <= F && rule != CERTIGAR_AVERAGE;
        assert_int_equal(j->finding.verdict == CERTIGAR_VERDICT_BREACH, guarded);
        end(j);
      }
}

/* ---- ties ---- */

/* Five rows in a line: every rule here has two or three right answers. */
static void another_choice_of_a_tie(void **state) {
  static const double line[] = {0, 1, 2, 3, 4};
  static const struct {
    certigar_rule rule;
    double value;
    size_t m, selected[4], count;
    certigar_verdict verdict;
  } cases[] = {
      {CERTIGAR_KRUM, 1, 0, {1}, 1, CERTIGAR_VERDICT_EXACT},
      {CERTIGAR_KRUM, 2, 0, {2}, 1, CERTIGAR_VERDICT_TIE},
      {CERTIGAR_KRUM, 3, 0, {3}, 1, CERTIGAR_VERDICT_TIE},
      {CERTIGAR_KRUM, 0, 0, {0}, 1, CERTIGAR_VERDICT_WRONG},
      {CERTIGAR_MULTI_KRUM, 1.5, 2, {1, 2}, 2, CERTIGAR_VERDICT_EXACT},
      {CERTIGAR_MULTI_KRUM, 2.5, 2, {2, 3}, 2, CERTIGAR_VERDICT_TIE},
      {CERTIGAR_MULTI_KRUM, 2, 2, {1, 3}, 2, CERTIGAR_VERDICT_TIE},
      {CERTIGAR_MULTI_KRUM, 3.5, 2, {3, 4}, 2, CERTIGAR_VERDICT_WRONG},
      {CERTIGAR_MDA, 1.5, 0, {0, 1, 2, 3}, 4, CERTIGAR_VERDICT_EXACT},
      {CERTIGAR_MDA, 2.5, 0, {1, 2, 3, 4}, 4, CERTIGAR_VERDICT_TIE},
  };
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
      job *j = start(dtypes[t], cases[i].rule, 5, 1, 1);
      certigar_options_set_m(j->options, cases[i].m);
      fill(j->dtype, j->rows, line, 5);
      fill(j->dtype, j->candidate, &cases[i].value, 1);
      judge(j);
      if (cases[i].verdict == CERTIGAR_VERDICT_WRONG) {
        assert_true(j->finding.verdict == CERTIGAR_VERDICT_WRONG || j->finding.verdict == CERTIGAR_VERDICT_BREACH);
      } else {
        assert_verdict(j, cases[i].verdict);
      }
      assert_selected(j, cases[i].selected, cases[i].count);
      if (cases[i].verdict == CERTIGAR_VERDICT_TIE) assert_true(j->finding.admissible >= 2 && j->finding.admissible <= j->finding.admissible_cap);
      end(j);
    }
}

/* An ULP beside another choice: rounding, from that choice. */
static void rounding_from_another_choice(void **state) {
  static const double line[] = {0, 1, 2, 3, 4}, mean = 2.5;
  (void)state;
  for (size_t t = 0; t < 2; t++) {
    job *j = start(dtypes[t], CERTIGAR_MULTI_KRUM, 5, 1, 1);
    certigar_options_set_m(j->options, 2);
    fill(j->dtype, j->rows, line, 5);
    put(j->dtype, j->candidate, 0, word_of(j->dtype, mean) + 1);
    assert_verdict(j, CERTIGAR_VERDICT_ROUNDING);
    assert_selected(j, (const size_t[]){2, 3}, 2);
    end(j);
  }
}

static void columns_with_ties(void **state) {
  static const double rows[] = {1, 0, 2, 2, 3, 4}, values[] = {2.5, 3};
  (void)state;
  for (size_t t = 0; t < 2; t++) {
    job *j = start(dtypes[t], CERTIGAR_MEAMED, 3, 2, 1);
    fill(j->dtype, j->rows, rows, 6);
    fill(j->dtype, j->candidate, values, 2);
    assert_verdict(j, CERTIGAR_VERDICT_TIE);
    assert_int_equal(j->finding.different, 2);
    put(j->dtype, j->candidate, 1, word_of(j->dtype, 1));
    assert_verdict(j, CERTIGAR_VERDICT_TIE);
    assert_int_equal(j->finding.different, 1);
    end(j);
  }
}

/* Bulyan's last rounds have one neighbour, and so always a tie: seven rows far from each other, and two that are as near to each other as can be. */
static void bulyan_with_ties(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (int iterated = 0; iterated < 2; iterated++) {
      job *j = start(dtypes[t], iterated ? CERTIGAR_MULTI_BULYAN : CERTIGAR_BULYAN, 7, 1, iterated ? 0 : 1);
      if (iterated) certigar_options_set_variant(j->options, CERTIGAR_ITERATED);
      fill(j->dtype, j->rows, (const double[]){0, 1, 3, 4, 8, 9, 27}, 7);
      own(j);
      assert_verdict(j, CERTIGAR_VERDICT_EXACT);
      put(j->dtype, j->candidate, 0, get(j->dtype, j->candidate, 0) + 1);
      assert_verdict(j, CERTIGAR_VERDICT_ROUNDING);
      end(j);
    }
}

/* ---- too close to tell ---- */

static void scores_too_close_to_tell(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++) {
    job *j = start(dtypes[t], CERTIGAR_KRUM, 7, 1, 1);
    fill(j->dtype, j->rows, (const double[]){0, 2, 4, 6, 8, 10, 12}, 7);
    own(j);
    const uint64_t winner = get(j->dtype, j->candidate, 0);
    /* the rows in the middle tie; one of them a little off is no tie, but nearly one */
    put(j->dtype, j->rows, 4, word_of(j->dtype, 8) + 1);
    own(j);
    put(j->dtype, j->candidate, 0, get(j->dtype, j->candidate, 0) == winner ? word_of(j->dtype, 6) : winner);
    judge(j);
    assert_true(j->finding.verdict == CERTIGAR_VERDICT_AMBIGUOUS || j->finding.verdict == CERTIGAR_VERDICT_TIE);
    if (j->finding.verdict == CERTIGAR_VERDICT_AMBIGUOUS) {
      assert_true(j->finding.gap.significand > 0 && !j->finding.gap.infinite);
      assert_true(j->finding.resolution.significand > 0);
    }
    end(j);
  }
}

static void values_too_close_to_tell(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++) {
    job *j = start(dtypes[t], CERTIGAR_MEAMED, 3, 1, 1);
    fill(j->dtype, j->rows, (const double[]){1, 2, 3}, 3);
    put(j->dtype, j->rows, 2, word_of(j->dtype, 3) + 1);
    put(j->dtype, j->candidate, 0, word_of(j->dtype, 2.5));
    assert_verdict(j, CERTIGAR_VERDICT_AMBIGUOUS);
    assert_true(j->finding.gap.significand > 0);
    put(j->dtype, j->rows, 2, word_of(j->dtype, 3) + 16);
    put(j->dtype, j->candidate, 0, word_of(j->dtype, 2.5) + 8);
    assert_verdict(j, CERTIGAR_VERDICT_WRONG);
    end(j);
  }
}

/* ---- hard numbers ---- */

static void zeros_of_both_signs(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++) {
    job *j = start(dtypes[t], CERTIGAR_MEDIAN, 3, 2, 1);
    fill(j->dtype, j->rows, (const double[]){-1, 0, 0, 0, 1, 0}, 6);
    own(j);
    put(j->dtype, j->candidate, 0, sign(j->dtype));
    assert_verdict(j, CERTIGAR_VERDICT_ROUNDING);
    assert_int_equal(j->finding.different, 1);
    assert_int_equal(j->finding.outside, 0);
    assert_int_equal(j->finding.ulps_count[0], 2);
    assert_int_equal(j->finding.worst[0].error.significand, 0);
    end(j);
  }
}

static void sums_that_overflow(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++) {
    job *j = start(dtypes[t], CERTIGAR_AVERAGE, 3, 1, 0);
    const uint64_t largest = infinity(j->dtype) - 1;
    for (size_t i = 0; i < 3; i++) put(j->dtype, j->rows, i, largest);
    put(j->dtype, j->candidate, 0, largest);
    assert_verdict(j, CERTIGAR_VERDICT_EXACT);
    put(j->dtype, j->candidate, 0, largest - 4);
    assert_verdict(j, CERTIGAR_VERDICT_ROUNDING); /* 4 u, of which an ULP is one here */
    put(j->dtype, j->candidate, 0, largest - 5);
    assert_verdict(j, CERTIGAR_VERDICT_BREACH); /* below the least value */
    put(j->dtype, j->candidate, 0, infinity(j->dtype));
    assert_verdict(j, CERTIGAR_VERDICT_BREACH);
    /* cancellation: the error may be as great as the terms allow */
    put(j->dtype, j->rows, 1, largest | sign(j->dtype));
    put(j->dtype, j->rows, 2, word_of(j->dtype, 1));
    put(j->dtype, j->candidate, 0, 0);
    assert_verdict(j, CERTIGAR_VERDICT_ROUNDING);
    put(j->dtype, j->candidate, 0, largest);
    assert_verdict(j, CERTIGAR_VERDICT_WRONG);
    end(j);
  }
}

/* Three subnormal values: the bound is little more than 3 units. */
static void subnormal_numbers(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++) {
    job *j = start(dtypes[t], CERTIGAR_AVERAGE, 3, 1, 1);
    for (size_t i = 0; i < 3; i++) put(j->dtype, j->rows, i, 30 + 30 * i);
    for (uint64_t word = 50; word <= 70; word++) {
      const uint64_t error = word > 60 ? word - 60 : 60 - word;
      put(j->dtype, j->candidate, 0, word);
      assert_verdict(j, error == 0 ? CERTIGAR_VERDICT_EXACT : error <= 3 ? CERTIGAR_VERDICT_ROUNDING : CERTIGAR_VERDICT_WRONG);
    }
    end(j);
  }
}

static void one_row_and_one_column(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (int rule = 0; rule < RULES; rule++) {
      if (rule >= CERTIGAR_KRUM && rule <= CERTIGAR_MULTI_BULYAN) continue; /* these need more rows */
      job *j = start(dtypes[t], (certigar_rule)rule, 1, 1, 0);
      put(j->dtype, j->rows, 0, word_of(j->dtype, 1.25));
      own(j);
      assert_verdict(j, CERTIGAR_VERDICT_EXACT);
      put(j->dtype, j->candidate, 0, word_of(j->dtype, 40));
      judge(j);
      assert_true(j->finding.verdict == CERTIGAR_VERDICT_BREACH || j->finding.verdict == CERTIGAR_VERDICT_WRONG);
      end(j);
    }
}

/* ---- what belongs to whom ---- */

static void pre_aggregations(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (int rule = 0; rule < RULES; rule++) {
      if (rule == CERTIGAR_ZENO) continue; /* its scores are of N rows */
      job *j = start(dtypes[t], (certigar_rule)rule, N, D, 0);
      assert_true(certigar_options_add_nnm(j->options) && certigar_options_add_bucketing(j->options, 2, NULL));
      fill_noise(j);
      own(j);
      assert_verdict(j, CERTIGAR_VERDICT_EXACT);
      put(j->dtype, j->candidate, 0, infinity(j->dtype));
      assert_verdict(j, CERTIGAR_VERDICT_BREACH);
      end(j);
    }
}

static void layouts_change_nothing(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++)
    for (int rule = 0; rule < RULES; rule++) {
      static unsigned char other[8 * N * D];
      job *j = start(dtypes[t], (certigar_rule)rule, N, D, F);
      certigar_finding first;
      const size_t size = size_of(j->dtype);
      fill_noise(j);
      own(j);
      for (size_t c = 0; c < D; c++) put(j->dtype, j->candidate, c, get(j->dtype, j->candidate, c) + 3 * c);
      judge(j);
      first = j->finding;
      for (size_t i = 0; i < N; i++)
        for (size_t c = 0; c < D; c++)
          for (size_t b = 0; b < size; b++) other[(c * N + i) * size + b] = ((unsigned char *)j->rows)[(i * D + c) * size + size - 1 - b];
      j->matrix = (certigar_matrix){
          .data = other, .n = N, .d = D, .row_stride = (ptrdiff_t)size, .column_stride = (ptrdiff_t)(N * size), .byte_swapped = 1};
      judge(j);
      assert_int_equal(j->finding.verdict, first.verdict);
      assert_string_equal(j->finding.reason, first.reason);
      assert_memory_equal(j->finding.ulps_count, first.ulps_count, sizeof first.ulps_count);
      assert_int_equal(j->finding.worst_count, first.worst_count);
      for (size_t k = 0; k < first.worst_count; k++) assert_int_equal(j->finding.worst[k].coordinate, first.worst[k].coordinate);
      end(j);
    }
}

static void rules_without_a_value(void **state) {
  (void)state;
  job *j = start(CERTIGAR_FLOAT32, CERTIGAR_GEOMETRIC_MEDIAN, 3, 1, 1);
  for (size_t i = 0; i < 3; i++) put(j->dtype, j->rows, i, infinity(j->dtype));
  plan(j);
  assert_int_equal(certigar_check_run(j->plan, &j->matrix, j->candidate, &j->finding, &j->message), CERTIGAR_NO_VALUE);
  assert_true(j->message.text[0] != 0);
  j->matrix.n = 4;
  assert_int_equal(certigar_check_run(j->plan, &j->matrix, j->candidate, &j->finding, &j->message), CERTIGAR_BAD_PARAMETER);
  end(j);
}

static void only_the_papers_definition_judges(void **state) {
  (void)state;
  job *j = start(CERTIGAR_FLOAT64, CERTIGAR_MEDIAN, 4, 1, 1);
  certigar_options_set_profile(j->options, CERTIGAR_LPD_PY);
  fill(j->dtype, j->rows, (const double[]){1, 2, 3, 4}, 4);
  plan(j);
  assert_int_equal(certigar_check_run(j->plan, &j->matrix, j->candidate, &j->finding, &j->message), CERTIGAR_BAD_PARAMETER);
  assert_non_null(strstr(j->message.text, "lpd-py"));
  end(j);
}

/* A lower median, where the paper's is the mean of the two in the middle. */
static void another_definition(void **state) {
  (void)state;
  for (size_t t = 0; t < 2; t++) {
    job *j = start(dtypes[t], CERTIGAR_MEDIAN, 4, 1, 1);
    fill(j->dtype, j->rows, (const double[]){1, 2, 3, 4}, 4);
    fill(j->dtype, j->candidate, (const double[]){2}, 1);
    assert_verdict(j, CERTIGAR_VERDICT_PROFILE);
    assert_int_equal(j->finding.profile, CERTIGAR_LPD_PY);
    assert_true(j->finding.has_profile && j->finding.profile_exact);
    assert_true(j->finding.profiles >> CERTIGAR_LPD_PY & 1);
    assert_true(!(j->finding.profiles & 1));
    fill(j->dtype, j->candidate, (const double[]){2.5}, 1);
    assert_verdict(j, CERTIGAR_VERDICT_EXACT);
    assert_true(!(j->finding.profiles >> CERTIGAR_LPD_PY & 1));
    assert_true(j->finding.profiles >> CERTIGAR_BYZFL & 1);
    end(j);
  }
}

static void one_call(void **state) {
  static const float rows[] = {1, 2, 4, 8, 3, 5}, good[] = {3, 5}, bad[] = {3, 9};
  static const double wide[] = {1, 2, 4, 8, 3, 5}, wide_good[] = {3, 5};
  certigar_finding finding;
  certigar_message message;
  (void)state;
  assert_int_equal(certigar_check_f32(CERTIGAR_MEDIAN, rows, 3, 2, NULL, good, &finding, &message), CERTIGAR_OK);
  assert_int_equal(finding.verdict, CERTIGAR_VERDICT_EXACT);
  assert_int_equal(certigar_check_f32(CERTIGAR_MEDIAN, rows, 3, 2, NULL, bad, &finding, NULL), CERTIGAR_OK);
  assert_int_equal(finding.verdict, CERTIGAR_VERDICT_BREACH);
  assert_int_equal(certigar_check_f64(CERTIGAR_MEDIAN, wide, 3, 2, NULL, wide_good, &finding, &message), CERTIGAR_OK);
  assert_int_equal(finding.verdict, CERTIGAR_VERDICT_EXACT);
  assert_int_equal(certigar_check_f64(CERTIGAR_KRUM, wide, 3, 2, NULL, wide_good, &finding, &message), CERTIGAR_OK);
  assert_null(finding.selected);
  assert_null(finding.expected.selected);
  assert_int_equal(certigar_check_f32(CERTIGAR_KRUM, rows, 2, 2, NULL, good, &finding, &message), CERTIGAR_BAD_PARAMETER);
  assert_true(message.text[0] != 0);
}

/* What a caller sees of progress, and when it stops. */
typedef struct stopwatch {
  size_t calls, stop_at, done, total; /* stop_at: 0 for never */
} stopwatch;

static int tick(void *context, size_t done, size_t total) {
  stopwatch *w = context;
  assert_true(done >= w->done && done <= total && (w->total == 0 || w->total == total));
  w->done = done;
  w->total = total;
  return ++w->calls == w->stop_at;
}

/* With a tie, other definitions and a clip, so that every step asks; stopped at any of them, there is no finding, and the plan can go on. */
static void progress_and_stops(void **state) {
  enum { ROWS = 9, COLUMNS = 9000 };
  float *rows = malloc(sizeof *rows * ROWS * COLUMNS), *candidate = malloc(sizeof *candidate * COLUMNS);
  certigar_options *options = certigar_options_new();
  stopwatch watch = {.stop_at = 0};
  certigar_plan *plan;
  certigar_finding finding;
  certigar_message message;
  (void)state;
  assert_true(rows && candidate && options);
  for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++) rows[i] = (float)(i * 7919 % 1009) + (float)(i / COLUMNS / 2);
  for (size_t c = 0; c < COLUMNS; c++) candidate[c] = (float)c;
  certigar_options_set_f(options, 2);
  assert_true(certigar_options_add_clip(options, "30000") && certigar_options_add_nnm(options));
  certigar_options_set_progress(options, tick, &watch);
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_MULTI_KRUM, CERTIGAR_FLOAT32, ROWS, options, &message), CERTIGAR_OK);
  const certigar_matrix matrix = {.data = rows, .n = ROWS, .d = COLUMNS, .row_stride = COLUMNS * sizeof *rows, .column_stride = sizeof *rows};
  assert_int_equal(certigar_check_run(plan, &matrix, candidate, &finding, &message), CERTIGAR_OK);
  assert_true(watch.total > 0 && watch.done == watch.total);
  const certigar_verdict verdict = finding.verdict;
  const size_t calls = watch.calls;
  for (size_t stop = 1; stop <= calls; stop++) {
    watch = (stopwatch){.stop_at = stop};
    assert_int_equal(certigar_check_run(plan, &matrix, candidate, &finding, &message), CERTIGAR_STOPPED);
    assert_true(watch.calls == stop && message.text[0] != 0);
  }
  watch = (stopwatch){.stop_at = 0};
  assert_int_equal(certigar_check_run(plan, &matrix, candidate, &finding, &message), CERTIGAR_OK);
  assert_int_equal(finding.verdict, verdict);
  assert_int_equal(watch.calls, calls);
  watch = (stopwatch){.stop_at = 0};
  assert_int_equal(certigar_plan_run(plan, &matrix, candidate, NULL, &message), CERTIGAR_OK);
  const size_t alone = watch.total;
  assert_int_equal(watch.done, alone);
  watch = (stopwatch){.stop_at = 0};
  assert_int_equal(certigar_check_run(plan, &matrix, candidate, &finding, &message), CERTIGAR_OK);
  assert_int_equal(finding.verdict, CERTIGAR_VERDICT_EXACT);
  assert_int_equal(watch.total, alone + COLUMNS);
  certigar_plan_free(plan);
  certigar_options_free(options);
  free(candidate);
  free(rows);
}

/* The same of one definition, whose output the candidate is; a stop once all is done is none. */
static void comparing_stops(void **state) {
  enum { ROWS = 5, COLUMNS = 9000 };
  float *rows = malloc(sizeof *rows * ROWS * COLUMNS), *candidate = malloc(sizeof *candidate * COLUMNS);
  certigar_options *options = certigar_options_new();
  stopwatch watch = {.stop_at = 0};
  certigar_plan *plan;
  certigar_comparison found;
  certigar_message message;
  (void)state;
  assert_true(rows && candidate && options);
  for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++) rows[i] = (float)(i * 7919 % 1009);
  certigar_options_set_f(options, 1);
  certigar_options_set_profile(options, CERTIGAR_BYZFL);
  certigar_options_set_progress(options, tick, &watch);
  assert_int_equal(certigar_plan_new(&plan, CERTIGAR_TRIMMED_MEAN, CERTIGAR_FLOAT32, ROWS, options, &message), CERTIGAR_OK);
  const certigar_matrix matrix = {.data = rows, .n = ROWS, .d = COLUMNS, .row_stride = COLUMNS * sizeof *rows, .column_stride = sizeof *rows};
  assert_int_equal(certigar_plan_run(plan, &matrix, candidate, NULL, &message), CERTIGAR_OK);
  const stopwatch alone = watch;
  watch = (stopwatch){.stop_at = 0};
  assert_int_equal(certigar_compare_run(plan, &matrix, candidate, &found, &message), CERTIGAR_OK);
  assert_int_equal(found.match, CERTIGAR_MATCH_EXACT);
  assert_true(watch.calls >= alone.calls + 3 && watch.total == alone.total + COLUMNS && watch.done == watch.total);
  const size_t calls = watch.calls;
  for (size_t stop = 1; stop <= calls; stop++) {
    watch = (stopwatch){.stop_at = stop};
    assert_int_equal(certigar_compare_run(plan, &matrix, candidate, &found, &message), stop < calls ? CERTIGAR_STOPPED : CERTIGAR_OK);
    assert_int_equal(watch.calls, stop);
  }
  certigar_plan_free(plan);
  certigar_options_free(options);
  free(candidate);
  free(rows);
}

static void names(void **state) {
  (void)state;
  assert_string_equal(certigar_verdict_name(CERTIGAR_VERDICT_EXACT), "EXACT");
  assert_string_equal(certigar_verdict_name(CERTIGAR_VERDICT_AMBIGUOUS), "AMBIGUOUS");
  assert_string_equal(certigar_verdict_name(CERTIGAR_VERDICT_WRONG), "WRONG");
  assert_null(certigar_verdict_name((certigar_verdict)(CERTIGAR_VERDICT_WRONG + 1)));
  assert_null(certigar_verdict_name((certigar_verdict)-1));
}

/* Every coordinate of 10^5 differs: some microseconds each. The limit is for builds with sanitizers. */
static void many_columns(void **state) {
  enum { ROWS = 30, COLUMNS = 100000 };
  static const certigar_rule rules[] = {CERTIGAR_AVERAGE, CERTIGAR_TRIMMED_MEAN, CERTIGAR_MEAMED, CERTIGAR_BULYAN};
  float *rows = malloc(sizeof *rows * ROWS * COLUMNS), *candidate = malloc(sizeof *candidate * COLUMNS);
  certigar_options *options = certigar_options_new();
  (void)state;
  assert_true(rows && candidate && options);
  certigar_options_set_f(options, 5);
  uint32_t random = 1;
  for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++) {
    random = random * 1664525 + 1013904223;
    rows[i] = (float)(random >> 8) / 16777216.0f;
  }
  for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
    certigar_finding finding;
    const clock_t begun = clock();
    assert_true(certigar_aggregate_f32(rules[k], rows, ROWS, COLUMNS, options, candidate, NULL) == CERTIGAR_OK);
    for (size_t c = 0; c < COLUMNS; c++) put(CERTIGAR_FLOAT32, candidate, c, get(CERTIGAR_FLOAT32, candidate, c) + 1);
    assert_int_equal(certigar_check_f32(rules[k], rows, ROWS, COLUMNS, options, candidate, &finding, NULL), CERTIGAR_OK);
    assert_int_equal(finding.verdict, CERTIGAR_VERDICT_ROUNDING);
    assert_int_equal(finding.ulps_count[1], COLUMNS);
    assert_true((double)(clock() - begun) / CLOCKS_PER_SEC < 60);
  }
  certigar_options_free(options);
  free(candidate);
  free(rows);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_own_output_is_exact),
      cmocka_unit_test(an_ulp_is_rounding_unless_the_output_is_a_value_of_the_input),
      cmocka_unit_test(a_value_that_is_not_finite_is_a_breach),
      cmocka_unit_test(far_away_is_a_breach_or_wrong),
      cmocka_unit_test(rows_that_are_not_finite),
      cmocka_unit_test(another_choice_of_a_tie),
      cmocka_unit_test(rounding_from_another_choice),
      cmocka_unit_test(columns_with_ties),
      cmocka_unit_test(bulyan_with_ties),
      cmocka_unit_test(scores_too_close_to_tell),
      cmocka_unit_test(values_too_close_to_tell),
      cmocka_unit_test(zeros_of_both_signs),
      cmocka_unit_test(sums_that_overflow),
      cmocka_unit_test(subnormal_numbers),
      cmocka_unit_test(one_row_and_one_column),
      cmocka_unit_test(pre_aggregations),
      cmocka_unit_test(layouts_change_nothing),
      cmocka_unit_test(rules_without_a_value),
      cmocka_unit_test(only_the_papers_definition_judges),
      cmocka_unit_test(another_definition),
      cmocka_unit_test(one_call),
      cmocka_unit_test(progress_and_stops),
      cmocka_unit_test(comparing_stops),
      cmocka_unit_test(names),
      cmocka_unit_test(many_columns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
