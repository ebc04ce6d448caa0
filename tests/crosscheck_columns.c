/* crosscheck: the rules of single columns.
 *
 * Output bits, status and certificate are compared with the reference's. Then, on certigar's output alone: the guarantees of spec/rules.md
 * by their own definition; the same bits when the rows are permuted (and run with other threads and another instruction set); the scaled
 * output when the values are scaled by a power of two, or negated.
 */
#include "crosscheck.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPREAD_EVERY = 16 }; /* MeaMed's bound takes big integers: every so many columns */

/* n and f small above all, since most odd situations are there; large now and then. */
void draw_column_case(test_case *t, const generator *only) {
  generate_random *random = &t->random;
  t->from = &generators[generate_below(random, generator_count)];
  if (only != NULL) t->from = only;
  const uint64_t size = generate_below(random, 32);
  t->n = 1 + (size_t)generate_below(random, size < 16 ? 12 : size < 31 ? 64 : 1000);
  /* a few times beside a power of two up to 2^16, where sums may outgrow what they are kept in */
  if (generate_below(random, 1024) == 0) t->n = ((size_t)1 << (10 + generate_below(random, 7))) - 2 + (size_t)generate_below(random, 5);
  const size_t f_max = (t->n - 1) / 2;
  const uint64_t choice = generate_below(random, 4);
  t->f = choice == 0 ? 0 : choice == 1 ? f_max : (size_t)generate_below(random, f_max + 1);
  t->d = 1 + (size_t)generate_below(random, t->n > 1000 ? 2 : t->n > 64 ? 16 : generate_below(random, 2) ? 40 : 300);
  if (t->n <= 12 && generate_below(random, 32) == 0) t->d += (size_t)generate_below(random, 5000); /* many tiles, for the threads */
  t->median = (certigar_median_kind)generate_below(random, 3);
  draw_machine(t);
}

/* ---- the checks ---- */

static void check_certificate(worker *w, const test_case *t, certigar_status status, const certigar_certificate *certificate,
                              const reference_report *report) {
  check_count(w, t, "the status", (size_t)status, report->not_finite ? CERTIGAR_NOT_FINITE : CERTIGAR_OK);
  check_count(w, t, "nonfinite_row_count", certificate->nonfinite_row_count, report->nonfinite_rows);
  check_count(w, t, "nonfinite_outputs", certificate->nonfinite_outputs, report->nonfinite_outputs);
  check_count(w, t, "ties", certificate->ties, report->ties);
  if (certificate->exact_evaluations > t->d)
    check_count(w, t, "exact_evaluations, which is at most d,", certificate->exact_evaluations, t->d);
  if (certificate->nonfinite_row_count != report->nonfinite_rows) return;
  const unsigned char *nonfinite = w->flags.bytes;
  size_t k = 0;
  for (size_t i = 0; i < t->n; i++) {
    if (!nonfinite[i]) continue;
    check_count(w, t, "an entry of nonfinite_rows", certificate->nonfinite_rows[k], i);
    k++;
  }
}

static int by_rank(const void *left, const void *right) {
  const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

/* The ranks of the finite values of column c, ascending. */
static size_t sorted_ranks(worker *w, const test_case *t, size_t c) {
  int64_t *ranks = room(&w->ranks, t->n * sizeof *ranks);
  size_t count = 0;
  for (size_t i = 0; i < t->n; i++) {
    const uint64_t word = load(t->dtype, w->rows.bytes, i * t->d + c);
    if (is_finite(t->dtype, word)) ranks[count++] = rank_of(t->dtype, word);
  }
  if (count > 0) qsort(ranks, count, sizeof *ranks, by_rank);
  return count;
}

/* |mean - M| <= s, the least spread max_H - min_H over the sets H of n-f finite rows; RN is monotone, hence
 * RN(M - s) <= output <= RN(M + s), as far as these are numbers of the format. */
static void check_spread(worker *w, const test_case *t, size_t c, uint64_t word) {
  reference_context *context = w->contexts[t->dtype];
  uint64_t *column = malloc(2 * t->n * sizeof *column);
  if (column == NULL) exit(2);
  uint64_t *sorted = column + t->n;
  for (size_t i = 0; i < t->n; i++) column[i] = load(t->dtype, w->rows.bytes, i * t->d + c);
  reference_sort(context, column, t->n, sorted);
  mpz_t twice_median, spread, difference, bound, largest;
  mpz_inits(twice_median, spread, difference, bound, largest, (mpz_ptr)NULL);
  reference_value(context, sorted[(t->n - 1) / 2], twice_median);
  reference_value(context, sorted[t->n / 2], difference);
  mpz_add(twice_median, twice_median, difference);

  size_t finite = 0;
  for (size_t i = 0; i < t->n; i++)
    if (is_finite(t->dtype, sorted[i])) sorted[finite++] = sorted[i];
  const size_t kept = t->n - t->f;
  for (size_t i = 0; i + kept <= finite; i++) { /* the least spread is that of neighbours in the order */
    reference_value(context, sorted[i + kept - 1], difference);
    reference_value(context, sorted[i], bound);
    mpz_sub(difference, difference, bound);
    if (i == 0 || mpz_cmp(difference, spread) < 0) mpz_set(spread, difference);
  }
  reference_value(context, infinity(t->dtype) - 1, largest);
  mpz_mul_ui(spread, spread, 2);
  mpz_mul_ui(largest, largest, 2);
  for (int side = -1; side <= 1; side += 2) {
    if (side < 0) {
      mpz_sub(bound, twice_median, spread);
    } else {
      mpz_add(bound, twice_median, spread);
    }
    if (mpz_cmpabs(bound, largest) > 0) continue;
    const uint64_t limit = reference_rn(context, bound, 2);
    const int64_t rank = rank_of(t->dtype, word), limit_rank = rank_of(t->dtype, limit);
    if (side < 0 ? rank < limit_rank : rank > limit_rank)
      report_failure(w, t, c, "the output is farther from the median than the spread of some n-f finite rows", word, limit);
  }
  mpz_clears(twice_median, spread, difference, bound, largest, (mpz_ptr)NULL);
  free(column);
}

/* The guarantees of spec/rules.md. With b values that are not finite, x the n-b finite ones ascending, and b <= f: of all sets H of n-f
 * finite rows the greatest min_H is x_(f-b) (H the highest ones) and the least max_H is x_(n-f-1) (H the lowest ones). */
static void check_guarantee(worker *w, const test_case *t, size_t c, uint64_t word) {
  const size_t finite = sorted_ranks(w, t, c);
  const int64_t *x = w->ranks.bytes;
  const size_t bad = t->n - finite;
  const uint64_t reference = load(t->dtype, w->expected.bytes, c);
  if (t->rule == CERTIGAR_AVERAGE) {
    if (bad > 0) return;
    if (!is_finite(t->dtype, word) || rank_of(t->dtype, word) < x[0] || rank_of(t->dtype, word) > x[t->n - 1])
      report_failure(w, t, c, "the mean of finite values is outside of their range", word, reference);
    return;
  }
  if (bad > t->f) return; /* no set H */
  if (t->rule == CERTIGAR_MEAMED) {
    if (c % SPREAD_EVERY == 0 && is_finite(t->dtype, word)) check_spread(w, t, c, word);
    return;
  }
  if (!is_finite(t->dtype, word)) {
    report_failure(w, t, c, "at most f values are not finite, but the output is not finite", word, reference);
    return;
  }
  const int64_t rank = rank_of(t->dtype, word);
  if (rank < x[t->f - bad] || rank > x[t->n - t->f - 1])
    report_failure(w, t, c, "the output is outside of [min_H, max_H] for some set H of n-f finite rows", word, reference);
}

/* The rows in another order, other threads, another level: the same bits, by the same path. */
static void check_permuted(worker *w, test_case *t, size_t exact_evaluations) {
  const size_t size = word_size(t->dtype), row = t->d * size;
  unsigned char *permuted = room(&w->changed, t->n * row);
  memcpy(permuted, w->rows.bytes, t->n * row);
  for (size_t i = t->n - 1; i > 0; i--) {
    const size_t j = (size_t)generate_below(&t->random, i + 1);
    for (size_t b = 0; b < row; b++) {
      const unsigned char byte = permuted[i * row + b];
      permuted[i * row + b] = permuted[j * row + b];
      permuted[j * row + b] = byte;
    }
  }
  certigar_plan *plan = new_plan(w, t, NULL, 1);
  if (plan == NULL) return;
  const certigar_matrix matrix = contiguous(t, permuted);
  certigar_certificate certificate;
  certigar_status status;
  const int ran = run_plan(w, t, plan, &matrix, w->again.bytes, &certificate, &status);
  certigar_plan_free(plan);
  if (!ran) return;
  check_bits(w, t, "permuted rows give other bits", w->again.bytes, w->out.bytes);
  check_count(w, t, "exact_evaluations with permuted rows", certificate.exact_evaluations, exact_evaluations);
}

/* Columns times a power of two, or minus one, give the output times the same, away from the subnormal numbers, where the ULP no longer
 * scales: output fields of 2 and more (a mean just below field 1 may round up into it). */
static void check_scaled(worker *w, test_case *t, certigar_plan *plan, size_t ties) {
  const int64_t exponents = t->dtype == CERTIGAR_FLOAT32 ? 255 : 2047;
  const uint64_t span = generate_below(&t->random, 2) ? 20 : (uint64_t)exponents;
  const int64_t shift = (int64_t)generate_below(&t->random, 2 * span + 1) - (int64_t)span;
  /* negation reverses the order: it exchanges the lower and upper median, and the two sides of a tie */
  const int may_flip = (t->rule != CERTIGAR_MEDIAN || t->median == CERTIGAR_MIDPOINT) && ties == 0;
  const uint64_t flip = may_flip && generate_below(&t->random, 2) ? sign_bit(t->dtype) : 0;
  const unsigned F = fraction_bits(t->dtype);
  const size_t size = word_size(t->dtype);
  void *rows = room(&w->changed, t->n * t->d * size);
  uint64_t *wanted = room(&w->ranks, t->d * sizeof *wanted);
  size_t columns = 0;
  for (size_t c = 0; c < t->d; c++) {
    const uint64_t word = load(t->dtype, w->out.bytes, c);
    wanted[c] = scaled(t->dtype, word, shift, flip);
    if (wanted[c] != not_scalable &&
        (magnitude(t->dtype, word) >> F < 2 || magnitude(t->dtype, wanted[c]) >> F < 2))
      wanted[c] = not_scalable;
    for (size_t i = 0; i < t->n && wanted[c] != not_scalable; i++)
      if (scaled(t->dtype, load(t->dtype, w->rows.bytes, i * t->d + c), shift, flip) == not_scalable) wanted[c] = not_scalable;
    for (size_t i = 0; i < t->n; i++) {
      const uint64_t value = load(t->dtype, w->rows.bytes, i * t->d + c);
      store(t->dtype, rows, i * t->d + c, wanted[c] == not_scalable ? value : scaled(t->dtype, value, shift, flip));
    }
    columns += wanted[c] != not_scalable;
  }
  if (columns == 0) return;
  const certigar_matrix matrix = contiguous(t, rows);
  (void)certigar_plan_run(plan, &matrix, w->again.bytes, NULL, NULL);
  char what[200];
  snprintf(what, sizeof what, "values times %s2^%" PRId64 " give another output than the same multiple", flip ? "-" : "", shift);
  for (size_t c = 0; c < t->d; c++) {
    const uint64_t got = load(t->dtype, w->again.bytes, c);
    if (wanted[c] != not_scalable && got != wanted[c]) report_failure(w, t, c, what, got, wanted[c]);
  }
}

void run_column_case(worker *w, test_case *t) {
  reference_report report;
  reference_aggregate(w->contexts[t->dtype], (reference_rule)t->rule, (reference_median_kind)t->median, t->n, t->f, t->d, w->rows.bytes,
                      w->expected.bytes, w->flags.bytes, &report);
  certigar_plan *plan = new_plan(w, t, NULL, 0);
  if (plan == NULL) return;
  const certigar_matrix matrix = place(w, t, w->rows.bytes);
  certigar_certificate certificate;
  certigar_status status;
  if (run_plan(w, t, plan, &matrix, w->out.bytes, &certificate, &status)) {
    check_bits(w, t, "certigar and the reference differ", w->out.bytes, w->expected.bytes);
    check_certificate(w, t, status, &certificate, &report);
    for (size_t c = 0; c < t->d; c++) check_guarantee(w, t, c, load(t->dtype, w->out.bytes, c));
    check_permuted(w, t, certificate.exact_evaluations);
    check_scaled(w, t, plan, report.ties);
  }
  certigar_plan_free(plan);
}
