/* crosscheck: the rules that select rows.
 *
 * Output bits, status, selected rows, ties, scores and margin are compared with the reference's: every exact score lies in the interval that
 * the certificate gives, and the margin is at most the exact one, positive if there is no tie, and the exact one where the scores are exact.
 * Then, on certigar's results alone: the same output and certificate with other threads and another instruction set; the same rows selected
 * when they come in another order, if there is no tie, and when all values are scaled by a power of two or negated.
 */
#include "crosscheck.h"

#include "selection.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the rules ---- */

typedef struct row_rule {
  const char *name;
  size_t rows_per_f, rows_more; /* n >= rows_per_f * f + rows_more */
  size_t n_max;                 /* as far as the reference goes */
  int one_selection;            /* its ties and margin are those of one choice by the scores (or diameters) of the certificate */
  void (*reference)(reference_context *context, const test_case *t, const void *rows, void *out, reference_selection *report);
} row_rule;

static void run_krum(reference_context *context, const test_case *t, const void *rows, void *out, reference_selection *report) {
  reference_krum(context, t->n, t->f, t->d, rows, out, report);
}

static void run_multi_krum(reference_context *context, const test_case *t, const void *rows, void *out, reference_selection *report) {
  reference_multi_krum(context, t->n, t->f, t->m > 0 ? t->m : t->n - t->f - 2, t->d, rows, out, report);
}

static void run_bulyan(reference_context *context, const test_case *t, const void *rows, void *out, reference_selection *report) {
  reference_bulyan(context, t->n, t->f, t->d, rows, out, report);
}

static void run_multi_bulyan(reference_context *context, const test_case *t, const void *rows, void *out, reference_selection *report) {
  reference_multi_bulyan(context, (reference_bulyan_variant)t->variant, t->n, t->f, t->d, rows, out, report);
}

static void run_mda(reference_context *context, const test_case *t, const void *rows, void *out, reference_selection *report) {
  reference_mda(context, t->n, t->f, t->d, rows, out, report);
}

static void run_cge(reference_context *context, const test_case *t, const void *rows, void *out, reference_selection *report) {
  reference_cge(context, t->n, t->f, t->d, rows, out, report);
}

static void run_monna(reference_context *context, const test_case *t, const void *rows, void *out, reference_selection *report) {
  reference_monna(context, t->n, t->f, t->pivot, t->d, rows, out, report);
}

static const row_rule rules[] = {
    {"krum", 2, 3, 150, 1, run_krum},
    {"multi-krum", 2, 3, 150, 1, run_multi_krum},
    {"bulyan", 4, 3, 30, 0, run_bulyan},
    {"multi-bulyan", 4, 3, 30, 0, run_multi_bulyan}, /* new_plan has no variant to set yet */
    {"mda", 2, 1, 12, 1, run_mda},
    {"cge", 2, 1, 150, 1, run_cge},
    {"monna", 2, 1, 150, 1, run_monna},              /* nor a pivot */
};

static const row_rule *find_rule(certigar_rule rule) {
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
    if (strcmp(rules[i].name, certigar_rule_name(rule)) == 0) return &rules[i];
  return NULL;
}

int is_row_rule(certigar_rule rule) {
  return find_rule(rule) != NULL;
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
  const row_rule *rule = find_rule(t->rule);
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
  const uint64_t m = generate_below(random, t->n), pivot = generate_below(random, t->n), variant = generate_below(random, 2);
  if (strcmp(rule->name, "multi-krum") == 0) t->m = (size_t)m % (t->n - t->f - 1);
  if (strcmp(rule->name, "monna") == 0) t->pivot = (size_t)pivot;
  if (strcmp(rule->name, "multi-bulyan") == 0) t->variant = (size_t)variant;
  draw_machine(t);
}

/* ---- exact numbers ---- */

static int64_t unit_exponent(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? -149 : -1074;
}

/* significand 2^exponent, exactly. */
static void value_of(const certigar_bound *bound, int64_t exponent, mpq_ptr value) {
  mpz_set_ui(mpq_numref(value), bound->significand);
  mpz_set_ui(mpq_denref(value), 1);
  exponent += bound->exponent;
  if (exponent >= 0) {
    mpq_mul_2exp(value, value, (mp_bitcnt_t)exponent);
  } else {
    mpq_div_2exp(value, value, (mp_bitcnt_t)-exponent);
  }
}

/* How a bound lies to an exact number: negative, 0, positive as it is less, equal, greater. exponent: of the number's unit. */
static int compare_bound(const certigar_bound *bound, int64_t exponent, const reference_extended *exact) {
  if (bound->infinite || exact->infinite) return (bound->infinite != 0) - (exact->infinite != 0);
  mpq_t value;
  mpq_init(value);
  value_of(bound, -exponent, value);
  const int order = mpq_cmp(value, exact->value);
  mpq_clear(value);
  return order;
}

static void print_bound(char *text, size_t size, const certigar_bound *bound) {
  if (bound->infinite) {
    snprintf(text, size, "inf");
  } else {
    snprintf(text, size, "%016" PRIx64 " 2^%d", bound->significand, bound->exponent);
  }
}

static void print_exact(char *text, size_t size, const reference_extended *exact) {
  if (exact->infinite) {
    snprintf(text, size, "inf");
  } else if (gmp_snprintf(text, size, "%#Qx", exact->value) >= (int)size) {
    snprintf(text, size, "about %.17g", mpq_get_d(exact->value));
  }
}

static int same_bound(const certigar_bound *a, const certigar_bound *b) {
  return a->infinite == b->infinite && (a->infinite || (a->significand == b->significand && (a->significand == 0 || a->exponent == b->exponent)));
}

/* ---- the certificate against the reference ---- */

static void check_selected(worker *w, const test_case *t, const char *what, const certigar_certificate *certificate, const size_t *rows,
                           size_t count) {
  char got[512] = "", wanted[512] = "";
  size_t used = 0;
  int same = certificate->selected_count == count && certificate->selected != NULL;
  for (size_t k = 0; same && k < count; k++) same = certificate->selected[k] == rows[k];
  if (same) return;
  for (size_t k = 0; certificate->selected != NULL && k < certificate->selected_count && used + 8 < sizeof got; k++)
    used += (size_t)snprintf(got + used, sizeof got - used, " %zu", certificate->selected[k]);
  used = 0;
  for (size_t k = 0; k < count && used + 8 < sizeof wanted; k++) used += (size_t)snprintf(wanted + used, sizeof wanted - used, " %zu", rows[k]);
  report_matrix(w, t, what, got, wanted);
}

static void check_scores(worker *w, const test_case *t, const char *what, const certigar_certificate *certificate, const size_t *from,
                         const reference_selection *report) {
  int any = 0;
  for (size_t i = 0; i < t->n; i++) any |= report->has_score[i];
  if (any != (certificate->scores != NULL)) {
    report_matrix(w, t, what, any ? "no scores" : "scores", any ? "scores" : "no scores");
    return;
  }
  const int64_t unit = 2 * unit_exponent(t->dtype);
  for (size_t i = 0; any && i < t->n; i++) {
    const certigar_interval *score = &certificate->scores[i];
    const reference_extended *exact = &report->scores[from[i]];
    if (!report->has_score[from[i]]) continue;
    if (compare_bound(&score->lower, unit, exact) <= 0 && compare_bound(&score->upper, unit, exact) >= 0) continue;
    char got[128], wanted[2048], title[160];
    snprintf(title, sizeof title, "%s: the score of row %zu is not in its interval", what, i);
    print_bound(got, sizeof got, &score->lower);
    snprintf(got + strlen(got), sizeof got - strlen(got), " .. ");
    print_bound(got + strlen(got), sizeof got - strlen(got), &score->upper);
    print_exact(wanted, sizeof wanted, exact);
    snprintf(wanted + strlen(wanted), sizeof wanted - strlen(wanted), " squared units");
    report_matrix(w, t, title, got, wanted);
  }
}

/* Pairs of finite rows that differ as numbers. */
static size_t different_pairs(worker *w, const test_case *t) {
  const unsigned char *nonfinite = w->flags.bytes;
  size_t rows = 0;
  for (size_t i = 0; i < t->n; i++) {
    int first = !nonfinite[i];
    for (size_t j = 0; first && j < i; j++) {
      size_t c = 0;
      while (c < t->d && !nonfinite[j] &&
             rank_of(t->dtype, load(t->dtype, w->rows.bytes, i * t->d + c)) == rank_of(t->dtype, load(t->dtype, w->rows.bytes, j * t->d + c)))
        c++;
      first = c < t->d;
    }
    rows += (size_t)first;
  }
  return rows * (rows - (rows > 0)) / 2;
}

static int scores_are_exact(worker *w, const test_case *t, const certigar_certificate *certificate) {
  int points = certificate->scores != NULL;
  for (size_t i = 0; points && i < t->n; i++) points = same_bound(&certificate->scores[i].lower, &certificate->scores[i].upper);
  return points || certificate->exact_distances == different_pairs(w, t);
}

/* margin >= exact (1 - 2^-60), and infinite if that is */
static int is_near(const certigar_bound *margin, const reference_extended *exact) {
  if (margin->infinite || exact->infinite) return margin->infinite && exact->infinite;
  mpq_t value, least;
  mpq_inits(value, least, (mpq_ptr)NULL);
  value_of(margin, 0, value);
  mpq_div_2exp(least, exact->value, 60);
  mpq_sub(least, exact->value, least);
  const int near = mpq_cmp(value, least) >= 0;
  mpq_clears(value, least, (mpq_ptr)NULL);
  return near;
}

static void check_margin(worker *w, const test_case *t, const row_rule *rule, const char *what, const certigar_certificate *certificate,
                         const reference_selection *report) {
  const certigar_bound *margin = &certificate->margin;
  const char *wrong = NULL;
  if (compare_bound(margin, 0, &report->margin) > 0) {
    wrong = "the margin is greater than the exact one";
  } else if (report->selection_ties == 0 && !margin->infinite && margin->significand == 0) {
    wrong = "no tie, but a margin of zero";
  } else if (rule->one_selection && scores_are_exact(w, t, certificate) && !is_near(margin, &report->margin)) {
    wrong = "the scores are exact, the margin is not";
  }
  if (wrong == NULL) return;
  char got[128], wanted[2048], title[160];
  snprintf(title, sizeof title, "%s: %s", what, wrong);
  print_bound(got, sizeof got, margin);
  print_exact(wanted, sizeof wanted, &report->margin);
  report_matrix(w, t, title, got, wanted);
}

static void check_nonfinite(worker *w, const test_case *t, const certigar_certificate *certificate) {
  const unsigned char *nonfinite = w->flags.bytes;
  for (size_t i = 0, k = 0; i < t->n; i++)
    if (nonfinite[i]) check_count(w, t, "an entry of nonfinite_rows", certificate->nonfinite_rows[k++], i);
}

static void check_certificate(worker *w, const test_case *t, const row_rule *rule, certigar_status status,
                              const certigar_certificate *certificate, const reference_selection *report) {
  size_t *same = room(&w->ranks, t->n * sizeof *same);
  for (size_t i = 0; i < t->n; i++) same[i] = i;
  check_count(w, t, "the status", (size_t)status, report->not_finite ? CERTIGAR_NOT_FINITE : CERTIGAR_OK);
  check_count(w, t, "nonfinite_row_count", certificate->nonfinite_row_count, report->nonfinite_rows);
  check_count(w, t, "nonfinite_outputs", certificate->nonfinite_outputs, report->nonfinite_outputs);
  check_count(w, t, "ties", certificate->ties, report->selection_ties + report->column_ties);
  if (certificate->exact_evaluations > t->d)
    check_count(w, t, "exact_evaluations, which is at most d,", certificate->exact_evaluations, t->d);
  const size_t pairs = different_pairs(w, t);
  if (certificate->exact_distances > pairs)
    check_count(w, t, "exact_distances, which is at most the number of pairs of different finite rows,", certificate->exact_distances, pairs);
  if (certificate->nonfinite_row_count == report->nonfinite_rows) check_nonfinite(w, t, certificate);
  check_selected(w, t, "the selected rows differ", certificate, report->rows, report->count);
  check_scores(w, t, "certigar and the reference", certificate, same, report);
  check_margin(w, t, rule, "certigar and the reference", certificate, report);
}

/* ---- between results of certigar ---- */

/* The same rows with the other threads and level, in the other layout: nothing may differ. */
static void check_machine(worker *w, const test_case *t, certigar_status status, const certigar_certificate *first) {
  certigar_plan *plan = new_plan(w, t, 1);
  if (plan == NULL) return;
  const certigar_matrix matrix = contiguous(t, w->rows.bytes);
  certigar_certificate second;
  certigar_status again;
  if (run_plan(w, t, plan, &matrix, w->again.bytes, &second, &again)) {
    check_bits(w, t, "other threads and another level give other bits", w->again.bytes, w->out.bytes);
    check_count(w, t, "the status with other threads and another level", (size_t)again, (size_t)status);
    check_count(w, t, "ties with other threads and another level", second.ties, first->ties);
    check_count(w, t, "nonfinite_row_count with other threads and another level", second.nonfinite_row_count, first->nonfinite_row_count);
    check_count(w, t, "nonfinite_outputs with other threads and another level", second.nonfinite_outputs, first->nonfinite_outputs);
    check_count(w, t, "exact_evaluations with other threads and another level", second.exact_evaluations, first->exact_evaluations);
    check_count(w, t, "exact_distances with other threads and another level", second.exact_distances, first->exact_distances);
    check_selected(w, t, "other threads and another level select other rows", &second, first->selected, first->selected_count);
    if (!same_bound(&first->margin, &second.margin)) {
      char got[128], wanted[128];
      print_bound(got, sizeof got, &second.margin);
      print_bound(wanted, sizeof wanted, &first->margin);
      report_matrix(w, t, "other threads and another level give another margin", got, wanted);
    }
    for (size_t i = 0; first->scores != NULL && second.scores != NULL && i < t->n; i++)
      if (!same_bound(&first->scores[i].lower, &second.scores[i].lower) || !same_bound(&first->scores[i].upper, &second.scores[i].upper))
        check_count(w, t, "other threads and another level give another score, of the row that", i, t->n);
  }
  certigar_plan_free(plan);
}

/* The rows in another order: row i is row from[i]. Without a tie the same rows are selected, with a tie the first of equal ones may be others. */
static void check_permuted(worker *w, test_case *t, const row_rule *rule, const certigar_certificate *first, const reference_selection *report) {
  const size_t row = t->d * word_size(t->dtype);
  unsigned char *permuted = room(&w->changed, t->n * row);
  size_t *from = room(&w->ranks, 2 * t->n * sizeof *from), *selected = from + t->n, count = 0;
  for (size_t i = 0; i < t->n; i++) from[i] = i;
  for (size_t i = t->n - 1; i > 0; i--) {
    const size_t j = (size_t)generate_below(&t->random, i + 1), kept = from[i];
    from[i] = from[j];
    from[j] = kept;
  }
  test_case moved = *t;
  for (size_t i = 0; i < t->n; i++) {
    memcpy(permuted + i * row, (const unsigned char *)w->rows.bytes + from[i] * row, row);
    if (from[i] == t->pivot) moved.pivot = i;
    for (size_t k = 0; k < report->count; k++)
      if (report->rows[k] == from[i]) selected[count++] = i;
  }
  certigar_plan *plan = new_plan(w, &moved, 1);
  if (plan == NULL) return;
  const certigar_matrix matrix = contiguous(t, permuted);
  certigar_certificate certificate;
  certigar_status status;
  if (run_plan(w, t, plan, &matrix, w->again.bytes, &certificate, &status)) {
    if (report->selection_ties == 0) {
      check_bits(w, t, "permuted rows give other bits", w->again.bytes, w->out.bytes);
      check_selected(w, t, "permuted rows: others are selected", &certificate, selected, count);
      check_count(w, t, "exact_evaluations with permuted rows", certificate.exact_evaluations, first->exact_evaluations);
    }
    if (report->selection_ties == 0 || rule->one_selection) {
      check_count(w, t, "ties with permuted rows", certificate.ties, first->ties);
      check_scores(w, t, "permuted rows", &certificate, from, report);
      check_margin(w, t, rule, "permuted rows", &certificate, report);
    }
  }
  certigar_plan_free(plan);
}

/* All values times one power of two that leaves every word a normal number or a zero, or minus one: the same rows are selected. */
static void check_scaled(worker *w, test_case *t, certigar_plan *plan, const certigar_certificate *first, const reference_selection *report) {
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
  const uint64_t flip = generate_below(&t->random, 2) ? sign_bit(t->dtype) : 0;
  void *rows = room(&w->changed, t->n * t->d * word_size(t->dtype));
  for (size_t i = 0; i < t->n * t->d; i++) {
    const uint64_t word = load(t->dtype, w->rows.bytes, i);
    store(t->dtype, rows, i, is_finite(t->dtype, word) ? scaled(t->dtype, word, shift, flip) : word);
  }
  size_t *kept = room(&w->ranks, t->n * sizeof *kept), count = report->count; /* first's own list ends with the next run of the plan */
  for (size_t k = 0; k < count; k++) kept[k] = report->rows[k];
  const size_t ties = first->ties;
  const certigar_matrix matrix = contiguous(t, rows);
  certigar_certificate certificate;
  certigar_status status;
  if (!run_plan(w, t, plan, &matrix, w->again.bytes, &certificate, &status)) return;
  char what[200];
  snprintf(what, sizeof what, "values times %s2^%" PRId64 " select other rows", flip ? "-" : "", shift);
  check_selected(w, t, what, &certificate, kept, count);
  check_count(w, t, "ties of the scaled matrix", certificate.ties, ties);
  if (compare_bound(&certificate.margin, 0, &report->margin) > 0)
    report_matrix(w, t, "the margin of the scaled matrix is greater than the exact one", "", "");
}

/* ---- one case ---- */

void run_row_case(worker *w, test_case *t) {
  const row_rule *rule = find_rule(t->rule);
  reference_selection *report = reference_selection_new(t->n);
  rule->reference(w->contexts[t->dtype], t, w->rows.bytes, w->expected.bytes, report);
  unsigned char *nonfinite = w->flags.bytes;
  for (size_t i = 0; i < t->n; i++) {
    nonfinite[i] = 0;
    for (size_t c = 0; c < t->d; c++) nonfinite[i] |= !is_finite(t->dtype, load(t->dtype, w->rows.bytes, i * t->d + c));
  }
  certigar_plan *plan = new_plan(w, t, 0);
  if (plan != NULL) {
    const certigar_matrix matrix = place(w, t, w->rows.bytes);
    certigar_certificate certificate;
    certigar_status status;
    if (run_plan(w, t, plan, &matrix, w->out.bytes, &certificate, &status)) {
      check_bits(w, t, "certigar and the reference differ", w->out.bytes, w->expected.bytes);
      check_certificate(w, t, rule, status, &certificate, report);
      check_machine(w, t, status, &certificate);
      check_permuted(w, t, rule, &certificate, report);
      check_scaled(w, t, plan, &certificate, report);
    }
    certigar_plan_free(plan);
  }
  reference_selection_free(report);
}
