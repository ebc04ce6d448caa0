/* crosscheck: the rules that select rows.
 *
 * Output bits, status and certificate are compared with the reference's (judge_rows.h). Then, on certigar's results alone: the same output and
 * certificate with other threads and another instruction set; the same rows selected when they come in another order, if there is no tie, and
 * when all values are scaled by a power of two or negated.
 */
#include "crosscheck.h"

#include "judge_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int is_row_rule(certigar_rule rule) {
  return row_rule_of(rule) != NULL;
}

/* ---- cases ---- */

enum { BLOCK = 512 }; /* columns that share a scale */

/* Few columns mostly, since the rows decide; beside one and two blocks, and seldom so many that sums are carried on between chunks. */
static size_t draw_width(generate_random *random, size_t n) {
  const uint64_t kind = generate_below(random, 64);
  if (n > 20) return 1 + (size_t)generate_below(random, 3);
  if (kind < 28) return 1 + (size_t)generate_below(random, 4);
  if (kind < 56) return 1 + (size_t)generate_below(random, 130);
  if (kind < 59) return BLOCK * (1 + (size_t)generate_below(random, 3)) - 2 + (size_t)generate_below(random, 5);
  if (kind < 63 || n > 6 || generate_below(random, 4)) return 1 + (size_t)generate_below(random, 1500);
  return 1 + (size_t)generate_below(random, generate_below(random, 8) ? 5000 : 40000);
}

void draw_row_case(test_case *t, const generator *only) {
  const row_rule *rule = row_rule_of(t->rule);
  generate_random *random = &t->random;
  t->from = &row_generators[generate_below(random, row_generator_count)];
  if (generate_below(random, 3) == 0) t->from = &generators[generate_below(random, generator_count)];
  if (only != NULL) t->from = only;
  size_t n_max = generate_below(random, 2) ? 9 : 20;
  if (generate_below(random, 256) == 0) n_max = 150;
  if (n_max > rule->n_max) n_max = rule->n_max;
  t->n = rule->rows_more + (size_t)generate_below(random, n_max - rule->rows_more + 1);
  const size_t f_max = (t->n - rule->rows_more) / rule->rows_per_f;
  const uint64_t choice = generate_below(random, 4);
  t->f = choice == 0 ? 0 : choice == 1 ? f_max : (size_t)generate_below(random, f_max + 1);
  t->d = draw_width(random, t->n);
  row_case parameters = {.rule = t->rule, .n = t->n, .f = t->f};
  parameters.m = (size_t)generate_below(random, t->n);
  parameters.pivot = (size_t)generate_below(random, t->n);
  parameters.variant = (size_t)generate_below(random, 2);
  parameters.choice = (size_t)generate_below(random, 1024);
  row_case_fit(&parameters);
  t->choice = parameters.choice;
  t->m = parameters.m;
  t->pivot = parameters.pivot;
  t->variant = parameters.variant;
  draw_machine(t);
}

typedef struct listener {
  worker *w;
  const test_case *t;
} listener;

static void complain(void *context, const char *what, const char *got, const char *wanted) {
  const listener *to = context;
  report_matrix(to->w, to->t, what, got, wanted);
}

/* ---- between results of certigar ---- */

/* The same rows with the other threads and level, in the other layout: nothing may differ. */
static void check_machine(worker *w, const test_case *t, const row_case *one, certigar_status status, const certigar_certificate *first) {
  certigar_plan *plan = new_plan(w, t, one, 1);
  if (plan == NULL) return;
  const certigar_matrix matrix = contiguous(t, w->rows.bytes);
  certigar_certificate second;
  certigar_status again;
  if (run_plan(w, t, plan, &matrix, w->again.bytes, &second, &again)) {
    check_bits(w, t, "other threads and another level give other bits", w->again.bytes, w->out.bytes);
    check_count(w, t, "the status with other threads and another level", (size_t)again, (size_t)status);
    judge_same(one, "other threads and another level", &second, first);
  }
  certigar_plan_free(plan);
}

/* The rows in another order. With a tie the first of equal ones may be others. */
static void check_permuted(worker *w, test_case *t, const row_case *one, const certigar_certificate *first, const reference_selection *report) {
  const size_t row = t->d * word_size(t->dtype);
  unsigned char *permuted = room(&w->changed, t->n * row);
  size_t *from = room(&w->ranks, t->n * sizeof *from);
  for (size_t i = 0; i < t->n; i++) from[i] = i;
  for (size_t i = t->n - 1; i > 0; i--) {
    const size_t j = (size_t)generate_below(&t->random, i + 1), kept = from[i];
    from[i] = from[j];
    from[j] = kept;
  }
  for (size_t i = 0; i < t->n; i++) memcpy(permuted + i * row, (const unsigned char *)w->rows.bytes + from[i] * row, row);
  const row_case moved = row_case_permuted(one, from);
  certigar_plan *plan = new_plan(w, t, &moved, 1);
  if (plan == NULL) return;
  const certigar_matrix matrix = contiguous(t, permuted);
  certigar_certificate certificate;
  certigar_status status;
  if (run_plan(w, t, plan, &matrix, w->again.bytes, &certificate, &status)) {
    if (report->selection_ties == 0) check_bits(w, t, "permuted rows give other bits", w->again.bytes, w->out.bytes);
    judge_permuted(one, from, &certificate, first, report);
  }
  certigar_plan_free(plan);
}

/* All values times one power of two that leaves every word a normal number or a zero, or minus one: the same rows are selected. */
static void check_scaled(worker *w, test_case *t, const row_case *one, size_t ties, const reference_selection *report) {
  const unsigned F = fraction_bits(t->dtype);
  const int64_t special = (int64_t)(infinity(t->dtype) >> F);
  int64_t low = special, high = 0;
  for (size_t i = 0; i < t->n * t->d; i++) {
    const uint64_t word = magnitude(t->dtype, load(t->dtype, w->rows.bytes, i));
    const int64_t field = (int64_t)(word >> F);
    if (word == 0 || field == special) continue;
    if (field < low) low = field;
    if (field > high) high = field;
  }
  if (low < 1 || low == special) return; /* subnormal numbers, or nothing to scale */
  int64_t least = 1 - low, most = special - 1 - high;
  if (generate_below(&t->random, 2)) {
    if (least < -20) least = -20;
    if (most > 20) most = 20;
  }
  const int64_t shift = least + (int64_t)generate_below(&t->random, (uint64_t)(most - least) + 1);
  /* a NaN stays above all numbers when these change their signs, so the middle of a column may then be another */
  const int may_flip = report->nonfinite_rows == 0 && !row_rule_of(t->rule)->not_negated;
  const uint64_t flip = generate_below(&t->random, 2) && may_flip ? sign_bit(t->dtype) : 0;
  row_case moved = *one;
  if (!row_case_scale(&moved, shift)) return;
  certigar_plan *plan = new_plan(w, t, &moved, 0);
  if (plan == NULL) return;
  void *rows = room(&w->changed, t->n * t->d * word_size(t->dtype));
  for (size_t i = 0; i < t->n * t->d; i++) {
    const uint64_t word = load(t->dtype, w->rows.bytes, i);
    store(t->dtype, rows, i, is_finite(t->dtype, word) ? scaled(t->dtype, word, shift, flip) : word);
  }
  const certigar_matrix matrix = contiguous(t, rows);
  certigar_certificate certificate;
  certigar_status status;
  if (run_plan(w, t, plan, &matrix, w->again.bytes, &certificate, &status)) {
    char what[200];
    snprintf(what, sizeof what, "values times %s2^%" PRId64 " select other rows", flip ? "-" : "", shift);
    judge_scaled(one, what, &certificate, ties, report);
  }
  certigar_plan_free(plan);
}

/* ---- one case ---- */

void run_row_case(worker *w, test_case *t) {
  listener to = {w, t};
  row_case one = {.rule = t->rule, .dtype = t->dtype, .n = t->n, .f = t->f, .d = t->d, .m = t->m, .pivot = t->pivot, .variant = t->variant,
                  .choice = t->choice, .rows = w->rows.bytes, .complain = complain, .context = &to};
  row_case_fill(&one);
  memset(w->expected.bytes, UNTOUCHED, t->d * word_size(t->dtype)); /* and it stays so if there is no value */
  reference_selection *report = reference_selection_new(t->n);
  row_rule_of(t->rule)->reference(w->contexts[t->dtype], &one, w->expected.bytes, report);
  certigar_plan *plan = new_plan(w, t, &one, 0);
  if (plan != NULL) {
    const certigar_matrix matrix = place(w, t, w->rows.bytes);
    certigar_certificate certificate;
    certigar_status status;
    if (run_plan(w, t, plan, &matrix, w->out.bytes, &certificate, &status)) {
      check_bits(w, t, "certigar and the reference differ", w->out.bytes, w->expected.bytes);
      judge_certificate(&one, status, &certificate, report);
      check_machine(w, t, &one, status, &certificate);
      check_permuted(w, t, &one, &certificate, report);
      check_scaled(w, t, &one, certificate.ties, report);
    }
    certigar_plan_free(plan);
  }
  reference_selection_free(report);
}
