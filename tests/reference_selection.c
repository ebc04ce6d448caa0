/* Answers of the reference, for tests/test_selection.py and tests/test_selection_real.py: reads matrices from standard input, writes a
 * line for each.
 *
 *   in:  RULE BITS n f d PARAMETER... WORD...     words in hexadecimal, row after row; rationals as p/q
 *   out: selected|scores|selection ties|column ties|margin|non-finite rows|status|words of the output
 *        of nnm: ties|words; of bucketing: permutation|words; of clip and arc: words; of zeno++: a digit for each row after the gradient;
 *        of the rules of columns: words; of the rules of real numbers: see finds_reals
 */
#include "selection.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *message) {
  fprintf(stderr, "reference_selection: %s\n", message);
  exit(2);
}

static size_t read_size(void) {
  size_t number;
  if (scanf("%zu", &number) != 1) fail("a number is missing");
  return number;
}

static void *allocate(size_t size) {
  void *memory = malloc(size > 0 ? size : 1);
  if (memory == NULL) fail("no memory");
  return memory;
}

static void read_words(unsigned bits, size_t count, void *words) {
  for (size_t i = 0; i < count; i++) {
    uint64_t word;
    if (scanf("%" SCNx64, &word) != 1) fail("a word is missing");
    const uint32_t half = (uint32_t)word;
    if (bits == 32) {
      memcpy((unsigned char *)words + 4 * i, &half, 4);
    } else {
      memcpy((unsigned char *)words + 8 * i, &word, 8);
    }
  }
}

static void print_words(unsigned bits, size_t count, const void *words) {
  for (size_t i = 0; i < count; i++) {
    uint32_t half;
    uint64_t word;
    if (bits == 32) {
      memcpy(&half, (const unsigned char *)words + 4 * i, 4);
      word = half;
    } else {
      memcpy(&word, (const unsigned char *)words + 8 * i, 8);
    }
    printf("%s%" PRIx64, i > 0 ? " " : "", word);
  }
}

static void print_extended(const reference_extended *number) {
  if (number->infinite != 0) {
    printf(number->infinite < 0 ? "-inf" : "inf");
  } else {
    gmp_printf("%Qx", number->value);
  }
}

static void print_report(unsigned bits, size_t n, size_t d, const reference_selection *report, const void *out) {
  for (size_t k = 0; k < report->count; k++) printf("%s%zu", k > 0 ? " " : "", report->rows[k]);
  printf("|");
  for (size_t i = 0; i < n; i++) {
    if (i > 0) printf(" ");
    if (report->has_score[i]) {
      print_extended(&report->scores[i]);
    } else {
      printf("-");
    }
  }
  printf("|%zu|%zu|", report->selection_ties, report->column_ties);
  print_extended(&report->margin);
  printf("|%zu|%d|", report->nonfinite_rows, report->not_finite);
  if (report->no_value) {
    printf("none");
  } else {
    print_words(bits, d, out);
  }
}

static void read_rational(mpq_ptr number) {
  char text[1024];
  if (scanf("%1023s", text) != 1 || mpq_set_str(number, text, 10) != 0) fail("a rational number is missing");
  mpq_canonicalize(number);
}

/* One question. Parameters stand between d and the words. */
typedef struct matrix {
  reference_context *context;
  unsigned bits;
  size_t n, f, d;
  void *rows, *out;
  reference_selection *report;
} matrix;

static void read_rows(const matrix *m) {
  read_words(m->bits, m->n * m->d, m->rows);
}

static int selects_by_distance(const char *rule, const matrix *m) {
  if (strcmp(rule, "multi-krum") == 0) {
    const size_t kept = read_size();
    read_rows(m);
    reference_multi_krum(m->context, m->n, m->f, kept, m->d, m->rows, m->out, m->report);
  } else if (strcmp(rule, "monna") == 0) {
    const size_t pivot = read_size();
    read_rows(m);
    reference_monna(m->context, m->n, m->f, pivot, m->d, m->rows, m->out, m->report);
  } else if (strcmp(rule, "krum") == 0) {
    read_rows(m);
    reference_krum(m->context, m->n, m->f, m->d, m->rows, m->out, m->report);
  } else if (strcmp(rule, "bulyan") == 0) {
    read_rows(m);
    reference_bulyan(m->context, m->n, m->f, m->d, m->rows, m->out, m->report);
  } else if (strcmp(rule, "multi-bulyan") == 0) {
    read_rows(m);
    reference_multi_bulyan(m->context, REFERENCE_ONE_PASS, m->n, m->f, m->d, m->rows, m->out, m->report);
  } else if (strcmp(rule, "multi-bulyan-iterated") == 0) {
    read_rows(m);
    reference_multi_bulyan(m->context, REFERENCE_ITERATED, m->n, m->f, m->d, m->rows, m->out, m->report);
  } else if (strcmp(rule, "mda") == 0) {
    read_rows(m);
    reference_mda(m->context, m->n, m->f, m->d, m->rows, m->out, m->report);
  } else if (strcmp(rule, "cge") == 0) {
    read_rows(m);
    reference_cge(m->context, m->n, m->f, m->d, m->rows, m->out, m->report);
  } else {
    return 0;
  }
  return 1;
}

static int scores_otherwise(const char *rule, const matrix *m) {
  mpq_t first, second;
  mpq_inits(first, second, (mpq_ptr)NULL);
  int known = 1;
  if (strcmp(rule, "brsgd") == 0) { /* beta, T; T = 0 stands for no limit */
    read_rational(first);
    read_rational(second);
    read_rows(m);
    reference_brsgd(m->context, m->n, m->f, first, mpq_sgn(second) == 0 ? NULL : second, m->d, m->rows, m->out, m->report);
  } else if (strcmp(rule, "zeno") == 0) { /* rho, the losses */
    uint64_t *losses = allocate((m->n + 1) * sizeof *losses);
    read_rational(first);
    read_words(64, m->n + 1, losses);
    read_rows(m);
    reference_zeno(m->context, m->n, m->f, first, losses, m->d, m->rows, m->out, m->report);
    free(losses);
  } else if (strcmp(rule, "smea") == 0) {
    read_rows(m);
    reference_smea(m->context, m->n, m->f, m->d, m->rows, m->out, m->report);
  } else {
    known = 0;
  }
  mpq_clears(first, second, (mpq_ptr)NULL);
  return known;
}

static void print_reals(size_t count, const mpfr_t *reals) {
  mpq_t exact;
  mpq_init(exact);
  for (size_t i = 0; i < count; i++) {
    mpfr_get_q(exact, reals[i]);
    gmp_printf("%s%Qx", i > 0 ? " " : "", exact);
  }
  mpq_clear(exact);
}

/* The number of finite rows | the row found, in units. Of geometric-median also: | F, the bound of the gap. */
static int finds_reals(const char *rule, const matrix *m) {
  mpfr_t *y = allocate(m->d * sizeof *y), minimum[2];
  for (size_t c = 0; c < m->d; c++) mpfr_init2(y[c], 300);
  mpfr_inits2(300, minimum[0], minimum[1], (mpfr_ptr)NULL);
  mpq_t tau;
  mpq_init(tau);
  int known = 1;
  size_t finite = 0;
  if (strcmp(rule, "geometric-median") == 0) {
    read_rows(m);
    finite = reference_geometric_median(m->context, m->n, m->d, m->rows, y, minimum[0], minimum[1]);
  } else if (strcmp(rule, "centered-clipping") == 0) { /* tau, iterations; row 0 is the centre */
    read_rational(tau);
    const size_t iterations = read_size();
    read_rows(m);
    const void *rest = (const unsigned char *)m->rows + m->d * (m->bits / 8);
    finite = reference_centered_clipping(m->context, m->n - 1, tau, iterations, m->rows, m->d, rest, y);
  } else if (strcmp(rule, "caf") == 0) {
    read_rows(m);
    finite = reference_caf(m->context, m->n, m->f, m->d, m->rows, y);
  } else {
    known = 0;
  }
  if (known) printf("%zu", finite);
  if (finite > 0) {
    printf("|");
    print_reals(m->d, y);
    if (strcmp(rule, "geometric-median") == 0) {
      printf("|");
      print_reals(2, minimum);
    }
  }
  mpq_clear(tau);
  for (size_t c = 0; c < m->d; c++) mpfr_clear(y[c]);
  mpfr_clears(minimum[0], minimum[1], (mpfr_ptr)NULL);
  free(y);
  return known;
}

/* Whether each row but row 0, the gradient, is accepted. */
static int tests_rows(const char *rule, const matrix *m) {
  if (strcmp(rule, "zeno++") != 0) return 0;
  mpq_t gamma, rho, epsilon;
  mpq_inits(gamma, rho, epsilon, (mpq_ptr)NULL);
  read_rational(gamma);
  read_rational(rho);
  read_rational(epsilon);
  read_rows(m);
  for (size_t i = 1; i < m->n; i++) {
    const void *row = (const unsigned char *)m->rows + i * m->d * (m->bits / 8);
    printf("%d", reference_zeno_accepts(m->context, gamma, rho, epsilon, m->d, m->rows, row));
  }
  mpq_clears(gamma, rho, epsilon, (mpq_ptr)NULL);
  return 1;
}

/* KIND, of the median, stands before the words of median: 0, 1, 2 for midpoint, lower, upper. */
static int aggregates_columns(const char *rule, const matrix *m) {
  static const char *const names[] = {
      [REFERENCE_AVERAGE] = "average", [REFERENCE_MEDIAN] = "median", [REFERENCE_TRIMMED_MEAN] = "trimmed-mean", [REFERENCE_MEAMED] = "meamed"};
  size_t which = 0;
  while (which < sizeof names / sizeof *names && strcmp(names[which], rule) != 0) which++;
  if (which == sizeof names / sizeof *names) return 0;
  const size_t kind = which == REFERENCE_MEDIAN ? read_size() : 0;
  read_rows(m);
  reference_aggregate(m->context, (reference_rule)which, (reference_median_kind)kind, m->n, m->f, m->d, m->rows, m->out, NULL, NULL);
  print_words(m->bits, m->d, m->out);
  return 1;
}

static int makes_rows(const char *rule, const matrix *m) {
  mpq_t tau;
  mpq_init(tau);
  int known = 1;
  size_t made = m->n;
  if (strcmp(rule, "nnm") == 0) {
    read_rows(m);
    printf("%zu|", reference_nnm(m->context, m->n, m->f, m->d, m->rows, m->out));
  } else if (strcmp(rule, "bucketing") == 0) { /* s, the seed */
    const size_t s = read_size(), seed = read_size();
    size_t *permutation = allocate(m->n * sizeof *permutation);
    reference_permutation(seed, m->n, permutation);
    for (size_t i = 0; i < m->n; i++) printf("%s%zu", i > 0 ? " " : "", permutation[i]);
    read_rows(m);
    made = reference_bucketing(m->context, m->n, s, permutation, m->d, m->rows, m->out);
    printf("|");
    free(permutation);
  } else if (strcmp(rule, "clip") == 0) {
    read_rational(tau);
    read_rows(m);
    reference_clip(m->context, m->n, tau, m->d, m->rows, m->out);
  } else if (strcmp(rule, "arc") == 0) {
    read_rows(m);
    reference_arc(m->context, m->n, m->f, m->d, m->rows, m->out);
  } else {
    known = 0;
  }
  if (known) print_words(m->bits, made * m->d, m->out);
  mpq_clear(tau);
  return known;
}

static void answer(const char *rule, reference_context *context, unsigned bits, size_t n, size_t f, size_t d) {
  const size_t size = n * d * (bits / 8);
  matrix m = {context, bits, n, f, d, allocate(size), allocate(size), reference_selection_new(n)};
  if (selects_by_distance(rule, &m) || scores_otherwise(rule, &m)) {
    print_report(bits, n, d, m.report, m.out);
  } else if (!tests_rows(rule, &m) && !finds_reals(rule, &m) && !makes_rows(rule, &m) && !aggregates_columns(rule, &m)) {
    fail("no such rule");
  }
  printf("\n");
  reference_selection_free(m.report);
  free(m.out);
  free(m.rows);
}

int main(void) {
  reference_context *binary32 = reference_new(REFERENCE_BINARY32), *binary64 = reference_new(REFERENCE_BINARY64);
  char rule[64];
  while (scanf("%63s", rule) == 1) {
    const unsigned bits = (unsigned)read_size();
    const size_t n = read_size(), f = read_size(), d = read_size();
    answer(rule, bits == 32 ? binary32 : binary64, bits, n, f, d);
  }
  reference_free(binary32);
  reference_free(binary64);
  return ferror(stdout) || fflush(stdout) != 0;
}
