/* Every set of at most f = 2 rows made not finite, by NaN, infinity or minus infinity in one coordinate: each rule that selects rows against its
 * reference, output and certificate, and none of these rows is selected where the rule says so (spec/rules.md, section 4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "contexts.h"
#include "generate.h"
#include "judge_rows.h"

enum { SEED = 20261122, F = 2, D = 3, ROWS_MAX = 16, KINDS = 3 };

static const uint32_t kinds[KINDS] = {0x7fc00000, 0x7f800000, 0xff800000};

static void complain(void *context, const char *what, const char *got, const char *wanted) {
  const row_case *one = context;
  fail_msg("%s, n = %zu: %s: %s, not %s", row_rule_of(one->rule)->name, one->n, what, got, wanted);
}

/* Small integers: distances tie. */
static void fill(generate_random *random, size_t n, uint32_t *rows) {
  for (size_t k = 0; k < n * D; k++) {
    const float value = (float)(int)generate_below(random, 7) - 3;
    memcpy(&rows[k], &value, sizeof value);
  }
}

static void check_case(row_case *one, const unsigned char *bad) {
  uint32_t out[D] = {1, 2, 3}, expected[D] = {1, 2, 3}; /* as they are if there is no value */
  certigar_plan *plan;
  certigar_certificate certificate;
  certigar_options *options = certigar_options_new();
  reference_selection *report = reference_selection_new(one->n);
  const certigar_matrix matrix = {.data = one->rows, .n = one->n, .d = D, .row_stride = D * sizeof *out, .column_stride = sizeof *out};
  assert_non_null(options);
  assert_non_null(report);
  row_case_fill(one);
  row_case_set(one, options);
  assert_int_equal(certigar_plan_new(&plan, one->rule, CERTIGAR_FLOAT32, one->n, options, NULL), CERTIGAR_OK);
  row_rule_of(one->rule)->reference(contexts[CERTIGAR_FLOAT32], one, expected, report);
  const certigar_status status = certigar_plan_run(plan, &matrix, out, &certificate, NULL);
  assert_memory_equal(out, expected, sizeof out);
  judge_certificate(one, status, &certificate, report);
  for (size_t k = 0; k < certificate.selected_count; k++)
    if (one->rule != CERTIGAR_MONNA && one->rule != CERTIGAR_ZENO && bad[certificate.selected[k]]) /* a pivot is kept; scores are told */
      fail_msg("%s, n = %zu: row %zu is not finite, and selected", row_rule_of(one->rule)->name, one->n, certificate.selected[k]);
  certigar_plan_free(plan);
  certigar_options_free(options);
  reference_selection_free(report);
}

/* The rows a and b, which may be the same, are not finite. */
static size_t check_rows(certigar_rule rule, size_t n, size_t a, size_t b) {
  generate_random random = {SEED + n * 1000 + a * ROWS_MAX + b};
  const row_rule *of = row_rule_of(rule);
  uint32_t rows[ROWS_MAX * D];
  unsigned char bad[ROWS_MAX] = {0};
  size_t cases = 0;
  for (size_t kind = 0; kind < KINDS; kind++)
    for (size_t variant = 0; variant < (of->has_variant ? 2 : 1); variant++, cases++) {
      fill(&random, n, rows);
      rows[a * D + cases % D] = kinds[kind];
      rows[b * D + (cases + 1) % D] = kinds[(kind + cases) % KINDS];
      bad[a] = bad[b] = 1;
      row_case one = {.rule = rule, .dtype = CERTIGAR_FLOAT32, .n = n, .f = F, .d = D, .m = n - F - 2, .variant = variant, .choice = cases,
                      .rows = rows, .complain = complain};
      one.context = &one;
      row_case_fit(&one);
      check_case(&one, bad);
    }
  return cases;
}

static void every_position(void **state) {
  (void)state;
  size_t rules = 0, cases = 0;
  for (int rule = 0; certigar_rule_name((certigar_rule)rule) != NULL; rule++) {
    const row_rule *of = row_rule_of((certigar_rule)rule);
    if (of == NULL) continue;
    rules++;
    for (size_t n = F * of->rows_per_f + of->rows_more; n < F * of->rows_per_f + of->rows_more + 2; n++)
      for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b <= a; b++) cases += check_rows((certigar_rule)rule, n, a, b);
  }
  assert_int_equal(rules, 9);
  assert_true(cases > 2000);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_position)};
  return cmocka_run_group_tests(tests, contexts_open, contexts_close);
}
