/* Unit tests of the reference of the rules that select: matrices worked out by hand, and what holds between the rules on the matrices of
 * every generator. tests/test_selection.py compares the same code with a second program. */
#include "generate.h"
#include "selection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A whole number or a half, small, as a word of binary32. */
static uint32_t word_of(int halves) {
  const uint32_t sign = halves < 0 ? 0x80000000 : 0;
  uint32_t rest = (uint32_t)(halves < 0 ? -halves : halves), exponent = 126;
  if (rest == 0) return 0;
  while (rest >= 2u << (exponent - 126)) exponent++;
  return sign | exponent << 23 | ((rest << (23 - (exponent - 126))) & 0x7fffff);
}

static void fill(uint32_t *words, const int *values, size_t count) {
  for (size_t i = 0; i < count; i++) words[i] = word_of(2 * values[i]);
}

static void assert_rows(const reference_selection *report, const size_t *rows, size_t count) {
  assert_int_equal(report->count, count);
  for (size_t k = 0; k < count; k++) assert_int_equal(report->rows[k], rows[k]);
}

static void assert_rational(const reference_extended *number, long numerator, unsigned long denominator) {
  assert_int_equal(number->infinite, 0);
  assert_int_equal(mpq_cmp_si(number->value, numerator, denominator), 0);
}

static void krum_and_its_kin_by_hand(void **state) {
  (void)state;
  reference_context *context = reference_new(REFERENCE_BINARY32);
  reference_selection *report = reference_selection_new(7);
  uint32_t rows[7], out[1];

  fill(rows, (const int[]){0, 1, 2, 3, 4}, 5);
  reference_krum(context, 5, 1, 1, rows, out, report); /* scores 5, 2, 2, 2, 5 */
  assert_rows(report, (const size_t[]){1}, 1);
  assert_int_equal(out[0], word_of(2));
  assert_int_equal(report->selection_ties, 1);
  assert_rational(&report->margin, 0, 1);
  reference_multi_krum(context, 5, 1, 2, 1, rows, out, report);
  assert_rows(report, (const size_t[]){1, 2}, 2);
  assert_int_equal(out[0], word_of(3)); /* 3/2 */

  fill(rows, (const int[]){1, 2, 4, 8, 100}, 5);
  reference_krum(context, 5, 1, 1, rows, out, report); /* 10, 5, 13, 52, ...: the margin is 5/5 */
  assert_rows(report, (const size_t[]){1}, 1);
  assert_int_equal(report->selection_ties, 0);
  assert_rational(&report->margin, 1, 1);

  fill(rows, (const int[]){4, 3, 3, -2, -1, 2, 3}, 7);
  reference_multi_bulyan(context, REFERENCE_ITERATED, 7, 1, 1, rows, out, report);
  assert_int_equal(report->rows[0], 0); /* row 0 entered a mean */
  reference_multi_bulyan(context, REFERENCE_ONE_PASS, 7, 1, 1, rows, out, report);
  assert_rows(report, (const size_t[]){1, 2, 6}, 3);
  assert_int_equal(out[0], word_of(6));

  fill(rows, (const int[]){0, 1, 2, 10}, 4);
  reference_mda(context, 4, 1, 1, rows, out, report); /* squared diameters 4, 81, 100, 100 */
  assert_rows(report, (const size_t[]){0, 1, 2}, 3);
  assert_int_equal(out[0], word_of(2));
  assert_rational(&report->margin, 77, 4);
  reference_cge(context, 4, 1, 1, rows, out, report);
  assert_rows(report, (const size_t[]){0, 1, 2}, 3);
  reference_monna(context, 4, 1, 3, 1, rows, out, report);
  assert_rows(report, (const size_t[]){1, 2, 3}, 3);
  reference_selection_free(report);
  reference_free(context);
}

static void rows_that_are_not_finite(void **state) {
  (void)state;
  reference_context *context = reference_new(REFERENCE_BINARY32);
  reference_selection *report = reference_selection_new(5);
  const uint32_t nan = 0xffc12345;
  uint32_t rows[5], out[1];

  for (size_t i = 0; i < 5; i++) rows[i] = nan;
  reference_krum(context, 5, 1, 1, rows, out, report);
  assert_rows(report, (const size_t[]){0}, 1);
  assert_int_equal(out[0], nan); /* krum copies bits */
  assert_int_equal(report->scores[4].infinite, 1);
  assert_rational(&report->margin, 0, 1);
  assert_int_equal(report->not_finite, 1);
  reference_multi_krum(context, 5, 1, 1, 1, rows, out, report);
  assert_int_equal(out[0], 0x7fc00000);
  reference_mda(context, 5, 2, 1, rows, out, report);
  assert_rows(report, (const size_t[]){0, 1, 2}, 3);
  assert_int_equal(report->selection_ties, 1);

  fill(rows, (const int[]){7, 1, 2, 3, 4}, 5);
  rows[0] = nan;
  reference_krum(context, 5, 1, 1, rows, out, report);
  assert_int_equal(report->rows[0], 2);
  assert_int_equal(report->not_finite, 0); /* one row, and f = 1 */
  reference_monna(context, 5, 1, 0, 1, rows, out, report);
  assert_rows(report, (const size_t[]){0, 1, 2, 3}, 4); /* the pivot is nearest to itself */
  assert_rational(&report->scores[0], 0, 1);
  assert_int_equal(report->not_finite, 1);
  reference_selection_free(report);
  reference_free(context);
}

static void other_rules_by_hand(void **state) {
  (void)state;
  reference_context *context = reference_new(REFERENCE_BINARY32);
  reference_selection *report = reference_selection_new(6);
  uint32_t rows[6], out[6];
  mpq_t a, b, c;
  mpq_inits(a, b, c, (mpq_ptr)NULL);

  fill(rows, (const int[]){1, 2, 3, 100}, 4); /* mean 26.5: the three below it are marked; median 2.5 */
  mpq_set_ui(a, 1, 2);
  mpq_set_ui(b, 3, 4);
  reference_brsgd(context, 4, 1, a, b, 1, rows, out, report); /* distances 1.5, 0.5, ...: at most 1.5 */
  assert_rows(report, (const size_t[]){0, 1}, 2);
  assert_int_equal(report->selection_ties, 1);
  assert_int_equal(out[0], word_of(3));
  mpq_set_ui(b, 1, 5);
  reference_brsgd(context, 4, 1, a, b, 1, rows, out, report);
  assert_int_equal(report->no_value, 1);

  const uint64_t losses[] = {UINT64_C(0x4024000000000000), 0, 0, UINT64_C(0x4014000000000000), UINT64_C(0x7ff0000000000000)};
  mpq_set_ui(a, 1, 1);
  reference_zeno(context, 4, 2, a, losses, 1, rows, out, report); /* 10 - 1, 10 - 4, 5 - 9, -inf */
  assert_rows(report, (const size_t[]){0, 1}, 2);
  assert_rational(&report->scores[0], 9, 1);
  assert_rational(&report->scores[2], -4, 1);
  assert_int_equal(report->scores[3].infinite, -1);
  assert_rational(&report->margin, 5, 3); /* (6 + 4) / 6 */

  fill(rows, (const int[]){3, 4, 6, 8}, 4);
  mpq_set_ui(a, 2, 1);
  mpq_set_ui(b, 1, 1);
  mpq_set_ui(c, 0, 1);
  assert_int_equal(reference_zeno_accepts(context, a, b, c, 2, rows, &rows[2]), 1); /* 2 * 50 - 100 = 0 */
  mpq_set_ui(b, 101, 100);
  assert_int_equal(reference_zeno_accepts(context, a, b, c, 2, rows, &rows[2]), 0);
  mpq_set_ui(a, 5, 2);
  reference_clip(context, 2, a, 2, rows, out);
  assert_int_equal(out[0], word_of(3)); /* 3/2, 2, and the same of the row twice as long */
  assert_int_equal(out[1], word_of(4));
  assert_int_equal(out[2], word_of(3));
  assert_int_equal(out[3], word_of(4));

  size_t permutation[10];
  const size_t expected[] = {8, 1, 5, 9, 0, 4, 3, 2, 6, 7};
  reference_permutation(7, 10, permutation);
  assert_memory_equal(permutation, expected, sizeof expected);

  mpfr_t y[1], value, gap;
  mpfr_inits2(300, y[0], value, gap, (mpfr_ptr)NULL);
  fill(rows, (const int[]){0, 5, 1}, 3);
  assert_int_equal(reference_geometric_median(context, 3, 1, rows, y, value, gap), 3);
  mpfr_div_2ui(y[0], y[0], 149, MPFR_RNDN);
  mpfr_div_2ui(value, value, 149, MPFR_RNDN);
  assert_int_equal(mpfr_cmp_ui(y[0], 1), 0);
  assert_int_equal(mpfr_cmp_ui(value, 5), 0);
  reference_sum_of_distances(context, 3, 1, rows, &rows[2], value);
  assert_int_equal(mpfr_cmp_ui_2exp(value, 5, 149), 0);
  mpq_set_ui(a, 1, 1);
  assert_int_equal(reference_centered_clipping(context, 3, a, 1, NULL, 1, rows, y), 3); /* (0 + 1 + 1) / 3 */
  mpfr_mul_ui(y[0], y[0], 3, MPFR_RNDN);
  assert_int_equal(mpfr_cmp_ui_2exp(y[0], 2, 149), 0);
  assert_int_equal(reference_caf(context, 3, 0, 1, rows, y), 3); /* the mean, 2 */
  assert_int_equal(mpfr_cmp_ui_2exp(y[0], 2, 149), 0);
  reference_smea(context, 3, 1, 1, rows, out, report);
  assert_rows(report, (const size_t[]){0, 2}, 2);
  mpfr_clears(y[0], value, gap, (mpfr_ptr)NULL);
  mpq_clears(a, b, c, (mpq_ptr)NULL);
  reference_selection_free(report);
  reference_free(context);
}

/* ---- what holds between the rules ---- */

enum { MOST_ROWS = 9, COLUMNS = 5 };

static const struct {
  size_t n, f;
} sizes[] = {{3, 0}, {5, 1}, {7, 1}, {8, 2}, {9, 0}};

/* A matrix, and room for answers. */
typedef struct matrix {
  reference_context *context;
  size_t n, f, size; /* size: bytes of a row */
  const void *rows;
  uint64_t out[COLUMNS], other[COLUMNS], made[MOST_ROWS * COLUMNS];
  reference_selection *report, *second;
} matrix;

static void same_selection(const reference_selection *a, const reference_selection *b) {
  assert_rows(a, b->rows, b->count);
}

static void check_krum(matrix *m) {
  reference_krum(m->context, m->n, m->f, COLUMNS, m->rows, m->out, m->report);
  assert_memory_equal(m->out, (const unsigned char *)m->rows + m->report->rows[0] * m->size, m->size);
  if (m->report->nonfinite_rows <= m->f) assert_int_equal(m->report->not_finite, 0);
  reference_multi_krum(m->context, m->n, m->f, 1, COLUMNS, m->rows, m->out, m->second);
  same_selection(m->report, m->second);
  reference_multi_krum(m->context, m->n, m->f, m->n - m->f - 2, COLUMNS, m->rows, m->out, m->report);
  assert_int_equal(m->report->count, m->n - m->f - 2);
}

static void check_bulyan(matrix *m) {
  if (m->n < 4 * m->f + 3) return;
  reference_bulyan(m->context, m->n, m->f, COLUMNS, m->rows, m->out, m->report);
  assert_int_equal(m->report->count, m->n - 2 * m->f);
  if (m->report->nonfinite_rows <= m->f) assert_int_equal(m->report->not_finite, 0);
  reference_multi_krum(m->context, m->n, m->f, m->n - 2 * m->f - 2, COLUMNS, m->rows, m->out, m->report);
  reference_multi_bulyan(m->context, REFERENCE_ONE_PASS, m->n, m->f, COLUMNS, m->rows, m->out, m->second);
  same_selection(m->report, m->second);
  reference_multi_bulyan(m->context, REFERENCE_ITERATED, m->n, m->f, COLUMNS, m->rows, m->out, m->report);
  assert_true(m->report->count >= m->n - m->f - 2);
}

/* With f = 0 these are the mean; a row of nnm is monna's; zeno with equal losses is cge. */
static void check_the_others(matrix *m) {
  reference_aggregate(m->context, REFERENCE_AVERAGE, REFERENCE_MIDPOINT, m->n, 0, COLUMNS, m->rows, m->other, NULL, NULL);
  reference_mda(m->context, m->n, m->f, COLUMNS, m->rows, m->out, m->report);
  if (m->f == 0) assert_memory_equal(m->out, m->other, m->size);
  if (m->report->nonfinite_rows <= m->f) assert_int_equal(m->report->not_finite, 0);
  size_t permutation[MOST_ROWS];
  reference_permutation(m->n, m->n, permutation);
  assert_int_equal(reference_bucketing(m->context, m->n, m->n, permutation, COLUMNS, m->rows, m->out), 1);
  assert_memory_equal(m->out, m->other, m->size);

  size_t ties = 0;
  const size_t nnm_ties = reference_nnm(m->context, m->n, m->f, COLUMNS, m->rows, m->made);
  for (size_t i = 0; i < m->n; i++) {
    reference_monna(m->context, m->n, m->f, i, COLUMNS, m->rows, m->out, m->report);
    assert_memory_equal(m->out, (const unsigned char *)m->made + i * m->size, m->size);
    ties += m->report->selection_ties;
  }
  assert_int_equal(ties, nnm_ties);

  mpq_t one;
  mpq_init(one);
  mpq_set_ui(one, 1, 1);
  const uint64_t losses[MOST_ROWS + 1] = {0};
  reference_cge(m->context, m->n, m->f, COLUMNS, m->rows, m->out, m->report);
  reference_zeno(m->context, m->n, m->f, one, losses, COLUMNS, m->rows, m->other, m->second);
  same_selection(m->report, m->second);
  assert_memory_equal(m->out, m->other, m->size);
  assert_int_equal(m->report->selection_ties, m->second->selection_ties);

  mpq_set_ui(one, 1, 2);
  reference_brsgd(m->context, m->n, m->f, one, NULL, COLUMNS, m->rows, m->out, m->report);
  assert_int_equal(m->report->count, (m->n - m->report->nonfinite_rows + 1) / 2);
  assert_int_equal(m->report->no_value, m->report->nonfinite_rows == m->n);
  mpq_mul_2exp(one, one, 1100);
  reference_clip(m->context, m->n, one, COLUMNS, m->rows, m->made);
  assert_memory_equal(m->made, m->rows, m->n * m->size);
  reference_arc(m->context, m->n, 0, COLUMNS, m->rows, m->made);
  assert_memory_equal(m->made, m->rows, m->n * m->size);
  mpq_clear(one);
}

static void check_reals(matrix *m) {
  mpfr_t y[COLUMNS], value, gap;
  for (size_t c = 0; c < COLUMNS; c++) mpfr_init2(y[c], 300);
  mpfr_inits2(300, value, gap, (mpfr_ptr)NULL);
  if (reference_geometric_median(m->context, m->n, COLUMNS, m->rows, y, value, gap) > 0) {
    mpfr_mul_2si(value, value, -250, MPFR_RNDN);
    assert_true(mpfr_lessequal_p(gap, value));
  }
  mpq_t tau;
  mpq_init(tau);
  mpq_set_ui(tau, 1, 1);
  (void)reference_centered_clipping(m->context, m->n, tau, 2, NULL, COLUMNS, m->rows, y);
  mpq_clear(tau);
  for (size_t c = 0; c < COLUMNS; c++) mpfr_clear(y[c]);
  mpfr_clears(value, gap, (mpfr_ptr)NULL);
}

static void between_the_rules(void **state) {
  (void)state;
  for (size_t g = 0; g < generator_count; g++)
    for (size_t which = 0; which < 2; which++) {
      static uint64_t rows[MOST_ROWS * COLUMNS];
      matrix m = {.context = reference_new(which == 0 ? REFERENCE_BINARY32 : REFERENCE_BINARY64),
                  .size = COLUMNS * (which == 0 ? 4 : 8),
                  .rows = rows,
                  .report = reference_selection_new(MOST_ROWS),
                  .second = reference_selection_new(MOST_ROWS)};
      for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        m.n = sizes[s].n;
        m.f = sizes[s].f;
        generate(&generators[g], s, which == 0 ? GENERATE_BINARY32 : GENERATE_BINARY64, m.n, m.f, COLUMNS, rows);
        check_krum(&m);
        check_bulyan(&m);
        check_the_others(&m);
        check_reals(&m);
      }
      reference_selection_free(m.second);
      reference_selection_free(m.report);
      reference_free(m.context);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(krum_and_its_kin_by_hand),
      cmocka_unit_test(rows_that_are_not_finite),
      cmocka_unit_test(other_rules_by_hand),
      cmocka_unit_test(between_the_rules),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
