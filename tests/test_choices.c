/* Admissible and near selections, against every set of rows judged by the text of spec/rules.md and spec/verdicts.md: exact numbers, no search, small
 * matrices of small integers with many ties, some moved by an ULP or a few. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "check/choices.h"
#include "contexts.h"
#include "generate.h"
#include "select/selection.h"
#include "slow.h"

enum { ROWS_MAX = 9, COLUMNS_MAX = 4, SETS_MAX = 1 << ROWS_MAX, CASES = 400, PART = SLOW ? 8 : 1 };

typedef struct matrix {
  certigar_dtype dtype;
  size_t n, f, d;
  uint64_t words[ROWS_MAX][COLUMNS_MAX];
  unsigned char rows[8 * ROWS_MAX * COLUMNS_MAX];
} matrix;

typedef struct number {
  int infinite;
  mpq_t value;
} number;

static mpz_t values[ROWS_MAX][COLUMNS_MAX]; /* in units, of finite words */
static int finite[ROWS_MAX];
static number distances[ROWS_MAX][ROWS_MAX], norms[ROWS_MAX];
static mpq_t less, more; /* 1 - r, 1 + r */

static int set_up(void **state) {
  contexts_open(state);
  for (size_t i = 0; i < ROWS_MAX; i++) {
    mpq_init(norms[i].value);
    for (size_t j = 0; j < ROWS_MAX; j++) mpq_init(distances[i][j].value);
    for (size_t c = 0; c < COLUMNS_MAX; c++) mpz_init(values[i][c]);
  }
  mpq_inits(less, more, (mpq_ptr)NULL);
  return 0;
}

static int tear_down(void **state) {
  contexts_close(state);
  for (size_t i = 0; i < ROWS_MAX; i++) {
    mpq_clear(norms[i].value);
    for (size_t j = 0; j < ROWS_MAX; j++) mpq_clear(distances[i][j].value);
    for (size_t c = 0; c < COLUMNS_MAX; c++) mpz_clear(values[i][c]);
  }
  mpq_clears(less, more, (mpq_ptr)NULL);
  return 0;
}

/* ---- matrices ---- */

static uint64_t word_of(certigar_dtype dtype, double value) {
  uint64_t word = 0;
  const float narrow = (float)value;
  if (dtype == CERTIGAR_FLOAT64) {
    memcpy(&word, &value, 8);
  } else {
    memcpy(&word, &narrow, 4);
  }
  return word;
}

static void store(matrix *a) {
  const size_t size = a->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  for (size_t i = 0; i < a->n; i++)
    for (size_t c = 0; c < a->d; c++) memcpy(a->rows + (i * a->d + c) * size, &a->words[i][c], size);
}

/* Small integers, some equal rows, some words moved by an ULP or a few, some rows not finite. */
static void fill(matrix *a, generate_random *random) {
  const uint64_t range = 2 + generate_below(random, 4), offset = generate_below(random, 3) == 0 ? 1000 : 0, moved = generate_below(random, 3);
  for (size_t i = 0; i < a->n; i++)
    for (size_t c = 0; c < a->d; c++) {
      a->words[i][c] = word_of(a->dtype, (double)(generate_below(random, range) + offset) - 1);
      if (moved > 0 && generate_below(random, 3) == 0 && a->words[i][c] != 0) a->words[i][c] += generate_below(random, moved == 1 ? 2 : 12);
    }
  if (generate_below(random, 2) == 0) { /* one draw to a statement: the order of operands is the compiler's */
    const size_t to = (size_t)generate_below(random, a->n), from = (size_t)generate_below(random, a->n);
    if (to != from) memcpy(a->words[to], a->words[from], sizeof a->words[0]);
  }
  const double special = generate_below(random, 2) ? 1.0 / 0.0 : 0.0 / 0.0;
  if (generate_below(random, 4) == 0) {
    const size_t row = (size_t)generate_below(random, a->n), column = (size_t)generate_below(random, a->d);
    a->words[row][column] = word_of(a->dtype, special);
  }
  store(a);
}

static certigar_matrix input_of(const matrix *a) {
  const ptrdiff_t size = a->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  return (certigar_matrix){.data = a->rows, .n = a->n, .d = a->d, .row_stride = (ptrdiff_t)a->d * size, .column_stride = size};
}

/* Everything that the specification speaks of, exactly. */
static void measure(const matrix *a, certigar_closeness closeness, size_t more_ulps) {
  size_t levels = 0;
  mpz_t x;
  mpz_init(x);
  while (((size_t)1 << levels) < a->d) levels++;
  mpq_set_ui(less, levels + 4 + more_ulps, 1);
  mpq_div_2exp(less, less, a->dtype == CERTIGAR_FLOAT32 ? 24 : 53);
  if (closeness == CERTIGAR_TIED) mpq_set_ui(less, 0, 1);
  mpq_set_ui(more, 1, 1);
  mpq_sub(less, more, less);
  mpq_set_ui(more, 2, 1);
  mpq_sub(more, more, less);
  for (size_t i = 0; i < a->n; i++) {
    finite[i] = 1;
    for (size_t c = 0; c < a->d; c++) finite[i] &= reference_is_finite(contexts[a->dtype], a->words[i][c]);
    for (size_t c = 0; c < a->d && finite[i]; c++) reference_value(contexts[a->dtype], a->words[i][c], values[i][c]);
  }
  for (size_t i = 0; i < a->n; i++) {
    norms[i].infinite = !finite[i];
    mpq_set_ui(norms[i].value, 0, 1);
    for (size_t c = 0; c < a->d && finite[i]; c++) mpz_addmul(mpq_numref(norms[i].value), values[i][c], values[i][c]);
    for (size_t j = 0; j < a->n; j++) {
      distances[i][j].infinite = i != j && (!finite[i] || !finite[j]);
      mpq_set_ui(distances[i][j].value, 0, 1);
      for (size_t c = 0; c < a->d && i != j && !distances[i][j].infinite; c++) {
        mpz_sub(x, values[i][c], values[j][c]);
        mpz_addmul(mpq_numref(distances[i][j].value), x, x);
      }
    }
  }
  mpz_clear(x);
}

/* ---- the specification ---- */

static int compare(const number *a, const number *b) {
  if (a->infinite || b->infinite) return a->infinite - b->infinite;
  return mpq_cmp(a->value, b->value);
}

/* (1 - r) a <= (1 + r) b */
static int near(const number *a, const number *b) {
  mpq_t x, y;
  if (a->infinite || b->infinite) return a->infinite <= b->infinite;
  mpq_inits(x, y, (mpq_ptr)NULL);
  mpq_mul(x, a->value, less);
  mpq_mul(y, b->value, more);
  const int result = mpq_cmp(x, y) <= 0;
  mpq_clears(x, y, (mpq_ptr)NULL);
  return result;
}

static int has(unsigned set, size_t i) {
  return set >> i & 1;
}

static size_t size_of(unsigned set) {
  size_t count = 0;
  for (; set; set &= set - 1) count++;
  return count;
}

/* Whether the set is least k of the numbers of the candidates. */
static int is_least(unsigned set, unsigned candidates, const number *z) {
  for (size_t i = 0; i < ROWS_MAX; i++)
    for (size_t j = 0; j < ROWS_MAX; j++)
      if (has(set, i) && has(candidates & ~set, j) && !near(&z[i], &z[j])) return 0;
  return 1;
}

static int by_size(const void *a, const void *b) {
  return compare(*(const number *const *)a, *(const number *const *)b);
}

/* Krum's scores among the candidates. */
static void score(unsigned candidates, size_t neighbours, number *z) {
  for (size_t i = 0; i < ROWS_MAX; i++) {
    const number *list[ROWS_MAX];
    size_t count = 0;
    if (!has(candidates, i)) continue;
    for (size_t j = 0; j < ROWS_MAX; j++)
      if (j != i && has(candidates, j)) list[count++] = &distances[i][j];
    qsort(list, count, sizeof *list, by_size);
    z[i].infinite = 0;
    mpq_set_ui(z[i].value, 0, 1);
    for (size_t k = 0; k < neighbours; k++) {
      z[i].infinite |= list[k]->infinite;
      mpq_add(z[i].value, z[i].value, list[k]->value);
    }
  }
}

static number *numbers_new(void) {
  number *z = calloc(ROWS_MAX, sizeof *z);
  for (size_t i = 0; i < ROWS_MAX; i++) mpq_init(z[i].value);
  return z;
}

static void numbers_free(number *z) {
  for (size_t i = 0; i < ROWS_MAX; i++) mpq_clear(z[i].value);
  free(z);
}

/* Every set of rows: whether it is a selection. */
typedef struct answer {
  size_t n, f, k;
  unsigned all;
  unsigned char right[SETS_MAX];
} answer;

static void all_least(answer *out, unsigned candidates, unsigned forced, const number *z) {
  for (unsigned set = 0; set <= out->all; set++)
    out->right[set] = size_of(set) == out->k && (set & forced) == forced && !(set & ~(candidates | forced)) &&
                      is_least(set & ~forced, candidates, z);
}

static void bulyan_rounds(answer *out, unsigned taken, size_t t, unsigned char *seen) {
  const unsigned left = out->all & ~taken;
  const size_t r = out->n - t;
  size_t neighbours = r > out->f + 2 ? r - out->f - 2 : 0;
  if (seen[taken]) return;
  seen[taken] = 1;
  if (t == out->k) {
    out->right[taken] = 1;
    return;
  }
  if (neighbours < 1) neighbours = 1;
  if (neighbours > r - 1) neighbours = r - 1;
  number *z = numbers_new();
  score(left, neighbours, z);
  for (size_t i = 0; i < out->n; i++)
    if (has(left, i) && is_least(1u << i, left, z)) bulyan_rounds(out, taken | 1u << i, t + 1, seen);
  numbers_free(z);
}

static const number *diameter(unsigned set) {
  static const number nothing = {0};
  const number *most = NULL;
  for (size_t i = 0; i < ROWS_MAX; i++)
    for (size_t j = 0; j < i; j++)
      if (has(set, i) && has(set, j) && (!most || compare(&distances[i][j], most) > 0)) most = &distances[i][j];
  return most ? most : &nothing;
}

static void all_small(answer *out) {
  const number *least = NULL;
  for (unsigned set = 0; set <= out->all; set++)
    if (size_of(set) == out->k && (!least || compare(diameter(set), least) < 0)) least = diameter(set);
  for (unsigned set = 0; set <= out->all; set++)
    out->right[set] = size_of(set) == out->k && (out->k == 1 || near(diameter(set), least));
}

/* The variance in one column, times k: the only eigenvalue. */
static void variance(unsigned set, number *to) {
  mpq_t mean, x;
  mpq_inits(mean, x, (mpq_ptr)NULL);
  for (size_t i = 0; i < ROWS_MAX; i++)
    if (has(set, i)) mpz_add(mpq_numref(mean), mpq_numref(mean), values[i][0]);
  mpq_set_ui(x, size_of(set), 1);
  mpq_div(mean, mean, x);
  mpq_set_ui(to->value, 0, 1);
  for (size_t i = 0; i < ROWS_MAX; i++) {
    if (!has(set, i)) continue;
    mpq_set_z(x, values[i][0]);
    mpq_sub(x, x, mean);
    mpq_mul(x, x, x);
    mpq_add(to->value, to->value, x);
  }
  mpq_clears(mean, x, (mpq_ptr)NULL);
}

static void all_tight(answer *out, certigar_closeness closeness, certigar_dtype dtype) {
  number *z = numbers_new();
  unsigned candidates = 0, any = 0;
  size_t dropped = 0;
  for (size_t i = 0; i < out->n; i++) {
    candidates |= (unsigned)finite[i] << i;
    dropped += !finite[i];
  }
  out->k = out->n - (dropped > out->f ? dropped : out->f);
  if (closeness == CERTIGAR_TIED || dtype == CERTIGAR_FLOAT64) { /* 1 + 2^-30 is right by spec/rules.md */
    mpq_set_ui(less, 1, 1);
    mpq_set_ui(more, (1u << 30) + 1, 1u << 30);
  }
  for (unsigned set = 1; set <= out->all; set++) {
    if (size_of(set) != out->k || (set & ~candidates)) continue;
    variance(set, &z[0]);
    if (!any || mpq_cmp(z[0].value, z[1].value) < 0) mpq_set(z[1].value, z[0].value);
    any = 1;
  }
  for (unsigned set = 0; set <= out->all; set++) {
    out->right[set] = set > 0 && size_of(set) == out->k && !(set & ~candidates);
    if (!out->right[set]) continue;
    variance(set, &z[0]);
    out->right[set] = (unsigned char)near(&z[0], &z[1]);
  }
  numbers_free(z);
}

/* ---- what is compared ---- */

/* Of equal rows the first ones, as numbers. */
static unsigned first_twins(const matrix *a, unsigned set) {
  unsigned result = 0;
  for (size_t i = 0; i < a->n; i++) {
    if (!has(set, i)) continue;
    size_t first = 0;
    for (; first < i; first++) {
      int same = finite[i] && finite[first] && !has(result, first);
      for (size_t c = 0; c < a->d && same; c++) same = mpz_cmp(values[i][c], values[first][c]) == 0;
      if (same) break;
    }
    result |= 1u << first;
  }
  return result;
}

static void complain(const matrix *a, certigar_rule rule, certigar_closeness closeness, uint64_t seed, const char *what, unsigned set) {
  printf("%s, f = %zu, %s, %s, seed %llu: %s, set %x\n", certigar_rule_name(rule), a->f, a->dtype == CERTIGAR_FLOAT32 ? "float32" : "float64",
         closeness == CERTIGAR_TIED ? "tied" : "near", (unsigned long long)seed, what, set);
  for (size_t i = 0; i < a->n; i++) {
    for (size_t c = 0; c < a->d; c++) printf(" %016llx", (unsigned long long)a->words[i][c]);
    printf("\n");
  }
  fail();
}

static unsigned set_of(const size_t *rows, size_t count) {
  unsigned set = 0;
  for (size_t k = 0; k < count; k++) set |= 1u << rows[k];
  return set;
}

static size_t rows_of(unsigned set, size_t *rows) {
  size_t count = 0;
  for (size_t i = 0; i < ROWS_MAX; i++)
    if (has(set, i)) rows[count++] = i;
  return count;
}

static size_t several[2]; /* cases with more than one selection, tied and near */

/* A set is admitted where the exact gap is no more than the exact resolution. What is given is the gap rounded up and the resolution
 * rounded down, to 64 bits: where the exact ones meet, they may cross by these two units and no more. */
static int agrees(int admitted, certigar_bound gap, certigar_bound resolution) {
  if (!admitted) return certigar_bound_compare(gap, resolution) > 0;
  if (certigar_bound_compare(gap, resolution) <= 0) return 1;
  while (resolution.significand && resolution.significand >> 63 == 0) {
    resolution.significand <<= 1;
    resolution.exponent--;
  }
  if (++resolution.significand == 0) {
    resolution.significand = 1ULL << 63;
    resolution.exponent++;
  }
  return certigar_bound_compare(gap, resolution) <= 0;
}

/* Every selection is given once, the rule's own first, and nothing else; and every set is judged rightly. */
static void compare_choices(const matrix *a, certigar_plan *plan, certigar_rule rule, certigar_closeness closeness, uint64_t seed,
                            const answer *wanted, int twins) {
  const certigar_matrix input = input_of(a);
  certigar_certificate certificate;
  unsigned char output[8 * COLUMNS_MAX], given[SETS_MAX] = {0}, expected[SETS_MAX] = {0};
  const size_t *rows;
  size_t count, number_of = 0, list[ROWS_MAX];
  const certigar_status status = certigar_plan_run(plan, &input, output, &certificate, NULL);
  certigar_choices *choices = certigar_choices_new(plan, &input, closeness, SETS_MAX);
  assert_non_null(choices);
  for (unsigned set = 0; set <= wanted->all; set++)
    if (wanted->right[set] && status != CERTIGAR_NO_VALUE) expected[twins ? first_twins(a, set) : set] = 1;
  while (certigar_choices_next(choices, &rows, &count)) {
    const unsigned set = set_of(rows, count);
    if (number_of++ == 0 && set != set_of(certificate.selected, certificate.selected_count))
      complain(a, rule, closeness, seed, "not the rule's own first", set);
    if (given[set]) complain(a, rule, closeness, seed, "given twice", set);
    given[set] = 1;
    if (!expected[set]) complain(a, rule, closeness, seed, "given, not right", set);
  }
  for (unsigned set = 0; set <= wanted->all; set++)
    if (expected[set] && !given[set]) complain(a, rule, closeness, seed, "not given", set);
  assert_int_equal(certigar_choices_capped(choices), 0);
  for (unsigned set = 0; set <= wanted->all; set++) {
    certigar_bound gap, resolution;
    const int admitted = certigar_choices_admits(choices, list, rows_of(set, list), &gap, &resolution);
    const char *found = admitted > 0 ? "admitted" : admitted < 0 ? "undecided" : "not admitted";
    if (admitted != wanted->right[set]) complain(a, rule, closeness, seed, found, set);
    if (admitted && gap.infinite) complain(a, rule, closeness, seed, "admitted with no gap", set);
    if (admitted && closeness == CERTIGAR_TIED && rule != CERTIGAR_SMEA && gap.significand != 0)
      complain(a, rule, closeness, seed, "a tie with a gap", set);
    if (rule != CERTIGAR_BRSGD && !gap.infinite && !agrees(admitted > 0, gap, resolution))
      complain(a, rule, closeness, seed, "gap and resolution", set);
  }
  certigar_choices_free(choices);
  several[closeness] += number_of > 1;
}

/* ---- rule by rule ---- */

typedef struct given_scores {
  double scores[ROWS_MAX], losses[ROWS_MAX + 1];
} given_scores;

static double loss_of(void *context, size_t row) {
  const given_scores *given = context;
  return row == SIZE_MAX ? given->losses[ROWS_MAX] : given->losses[row];
}

/* Marks of rule brsgd, and the distances to the median, both exactly. */
static void marks_of(const matrix *a, number *marks, number *far) {
  size_t m = 0;
  for (size_t i = 0; i < a->n; i++) {
    m += (size_t)finite[i];
    marks[i].infinite = far[i].infinite = 0;
    mpq_set_ui(marks[i].value, 0, 1);
    mpq_set_ui(far[i].value, 0, 1);
  }
  mpz_t sum, x;
  mpq_t middle, off;
  mpz_inits(sum, x, (mpz_ptr)NULL);
  mpq_inits(middle, off, (mpq_ptr)NULL);
  for (size_t c = 0; c < a->d && m > 0; c++) {
    mpz_srcptr sorted[ROWS_MAX];
    size_t up = 0, count = 0;
    int is_up[ROWS_MAX];
    mpz_set_ui(sum, 0);
    for (size_t i = 0; i < a->n; i++)
      if (finite[i]) {
        size_t k = count++;
        for (; k > 0 && mpz_cmp(sorted[k - 1], values[i][c]) > 0; k--) sorted[k] = sorted[k - 1];
        sorted[k] = values[i][c];
        mpz_add(sum, sum, values[i][c]);
      }
    for (size_t i = 0; i < a->n; i++) {
      mpz_mul_ui(x, values[i][c], m);
      is_up[i] = finite[i] && mpz_cmp(x, sum) >= 0;
      up += (size_t)is_up[i];
    }
    mpz_add(mpq_numref(middle), sorted[(m - 1) / 2], sorted[m / 2]);
    mpz_set_ui(mpq_denref(middle), 2);
    mpq_canonicalize(middle);
    for (size_t i = 0; i < a->n; i++) {
      if (!finite[i]) continue;
      if (is_up[i] == (2 * up >= m)) mpz_add_ui(mpq_numref(marks[i].value), mpq_numref(marks[i].value), 1);
      mpq_set_z(off, values[i][c]);
      mpq_sub(off, off, middle);
      mpq_abs(off, off);
      mpq_add(far[i].value, far[i].value, off);
    }
  }
  mpz_clears(sum, x, (mpz_ptr)NULL);
  mpq_clears(middle, off, (mpq_ptr)NULL);
}

/* C2 is any ceil(m/2) rows of most marks; C1 those no farther than 2T. */
static void all_marked(const matrix *a, answer *out, const mpq_t twice) {
  number *marks = numbers_new(), *far = numbers_new();
  unsigned candidates = 0, near_rows = 0;
  size_t kept;
  marks_of(a, marks, far);
  for (size_t i = 0; i < a->n; i++) {
    candidates |= (unsigned)finite[i] << i;
    if (finite[i] && (!twice || mpq_cmp(far[i].value, twice) <= 0)) near_rows |= 1u << i;
    mpq_neg(marks[i].value, marks[i].value);
  }
  mpq_set_ui(less, 1, 1);
  mpq_set_ui(more, 1, 1);
  kept = (size_of(candidates) + 1) / 2;
  memset(out->right, 0, sizeof out->right);
  for (unsigned set = 1; set <= out->all; set++)
    if (size_of(set) == kept && !(set & ~candidates) && is_least(set, candidates, marks) && (set & near_rows)) out->right[set & near_rows] = 1;
  numbers_free(marks);
  numbers_free(far);
}

/* Scores given, or of losses with rho = 1/4: pairs with z_i - z_j <= r (w_i + w_j). */
static void all_scored(const matrix *a, answer *out, const given_scores *given, int by_loss) {
  number *z = numbers_new(), *w = numbers_new();
  mpq_t x, y, r;
  mpq_inits(x, y, r, (mpq_ptr)NULL);
  mpq_set_ui(r, 1, 1);
  mpq_sub(r, more, r);
  for (size_t i = 0; i < a->n; i++) {
    z[i].infinite = !finite[i];
    mpq_set_d(z[i].value, by_loss ? given->losses[i] : -given->scores[i]); /* the greatest score is the least number */
    mpq_abs(w[i].value, z[i].value);
    if (!by_loss) continue;
    mpq_set_d(x, given->losses[ROWS_MAX]);
    mpq_sub(z[i].value, z[i].value, x);
    mpq_abs(x, x);
    mpq_add(w[i].value, w[i].value, x);
    mpq_div_2exp(x, norms[i].value, (a->dtype == CERTIGAR_FLOAT32 ? 298 : 2148) + 2);
    mpq_add(z[i].value, z[i].value, x);
    mpq_add(w[i].value, w[i].value, x);
  }
  for (unsigned set = 0; set <= out->all; set++) {
    out->right[set] = size_of(set) == out->k;
    for (size_t i = 0; i < a->n && out->right[set]; i++)
      for (size_t j = 0; j < a->n && out->right[set]; j++) {
        if (!has(set, i) || has(set, j)) continue;
        mpq_add(x, w[i].value, w[j].value);
        mpq_mul(x, x, r);
        mpq_sub(y, z[i].value, z[j].value);
        out->right[set] = z[i].infinite || z[j].infinite ? z[i].infinite <= z[j].infinite : mpq_cmp(y, x) <= 0;
      }
  }
  mpq_clears(x, y, r, (mpq_ptr)NULL);
  numbers_free(z);
  numbers_free(w);
}

typedef struct rule_case {
  certigar_rule rule;
  size_t a, b; /* n >= a f + b */
} rule_case;

static const rule_case rules[] = {{CERTIGAR_KRUM, 2, 3},   {CERTIGAR_MULTI_KRUM, 2, 3}, {CERTIGAR_MULTI_BULYAN, 4, 3}, {CERTIGAR_BULYAN, 4, 3},
                                  {CERTIGAR_MDA, 2, 1},    {CERTIGAR_CGE, 2, 1},        {CERTIGAR_MONNA, 2, 1},        {CERTIGAR_SMEA, 2, 1},
                                  {CERTIGAR_BRSGD, 2, 1},  {CERTIGAR_ZENO, 1, 1}};

static void one_case(const rule_case *rule, certigar_dtype dtype, certigar_closeness closeness, uint64_t seed) {
  generate_random random = {seed * 1000003 + (uint64_t)rule->rule};
  matrix a = {.dtype = dtype, .d = rule->rule == CERTIGAR_SMEA ? 1 : 1 + (size_t)generate_below(&random, COLUMNS_MAX)};
  given_scores given;
  certigar_options *options = certigar_options_new();
  certigar_plan *plan;
  number *z = numbers_new();
  mpq_t twice;
  answer *wanted = calloc(1, sizeof *wanted);
  unsigned char *seen = calloc(SETS_MAX, 1);
  mpq_init(twice);
  a.n = rule->b + (size_t)generate_below(&random, ROWS_MAX + 1 - rule->b);
  a.f = (size_t)generate_below(&random, (a.n - rule->b) / rule->a + 1);
  fill(&a, &random);
  measure(&a, closeness, rule->rule == CERTIGAR_SMEA ? a.n : 0);
  certigar_options_set_f(options, a.f);
  *wanted = (answer){.n = a.n, .f = a.f, .k = a.n - a.f, .all = (1u << a.n) - 1};
  int twins = 1;
  switch (rule->rule) {
    case CERTIGAR_KRUM:
    case CERTIGAR_MULTI_KRUM:
    case CERTIGAR_MULTI_BULYAN:
      wanted->k = 1;
      if (rule->rule == CERTIGAR_MULTI_BULYAN) wanted->k = a.n - 2 * a.f - 2;
      if (rule->rule == CERTIGAR_MULTI_KRUM) wanted->k = 1 + (size_t)generate_below(&random, a.n - a.f - 2);
      if (rule->rule == CERTIGAR_MULTI_KRUM) certigar_options_set_m(options, wanted->k);
      twins = rule->rule != CERTIGAR_KRUM;
      score(wanted->all, a.n - a.f - 2, z);
      all_least(wanted, wanted->all, 0, z);
      break;
    case CERTIGAR_BULYAN:
      wanted->k = a.n - 2 * a.f;
      bulyan_rounds(wanted, 0, 0, seen);
      break;
    case CERTIGAR_MDA: all_small(wanted); break;
    case CERTIGAR_SMEA: all_tight(wanted, closeness, dtype); break;
    case CERTIGAR_CGE:
      twins = 0;
      all_least(wanted, wanted->all, 0, norms);
      break;
    case CERTIGAR_MONNA: {
      const size_t pivot = (size_t)generate_below(&random, a.n);
      certigar_options_set_pivot(options, pivot);
      twins = 0;
      all_least(wanted, wanted->all & ~(1u << pivot), 1u << pivot, distances[pivot]);
      break;
    }
    case CERTIGAR_BRSGD: {
      const unsigned limit = 1 + (unsigned)generate_below(&random, 3);
      char text[8];
      const int limited = generate_below(&random, 2) == 0;
      snprintf(text, sizeof text, "%u", limit);
      if (limited) certigar_options_set_threshold(options, text);
      mpq_set_ui(twice, 2 * limit, 1);
      mpq_mul_2exp(twice, twice, dtype == CERTIGAR_FLOAT32 ? 149 : 1074);
      twins = 0;
      all_marked(&a, wanted, limited ? twice : NULL);
      break;
    }
    default: {
      const int by_loss = generate_below(&random, 2) == 0;
      for (size_t i = 0; i <= ROWS_MAX; i++) {
        given.losses[i] = (double)generate_below(&random, 4);
        if (i < ROWS_MAX) given.scores[i] = (double)generate_below(&random, 4) - 2 + (generate_below(&random, 2) ? 0x1p-22 : 0);
      }
      if (by_loss) {
        certigar_options_set_loss(options, "1/4", loss_of, &given);
      } else {
        certigar_options_set_scores(options, given.scores);
      }
      twins = 0;
      all_scored(&a, wanted, &given, by_loss);
    }
  }
  assert_int_equal(certigar_plan_new(&plan, rule->rule, dtype, a.n, options, NULL), CERTIGAR_OK);
  compare_choices(&a, plan, rule->rule, closeness, seed, wanted, twins);
  certigar_plan_free(plan);
  certigar_options_free(options);
  free(wanted);
  free(seen);
  numbers_free(z);
  mpq_clear(twice);
}

static void selections_of_every_rule(void **state) {
  (void)state;
  for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
    several[CERTIGAR_TIED] = several[CERTIGAR_NEAR] = 0;
    for (uint64_t seed = 0; seed < CASES / PART; seed++) one_case(&rules[r], (certigar_dtype)(seed % 2), (certigar_closeness)(seed / 2 % 2), seed);
    printf("%s: of %d cases each %zu with ties, %zu with near ones\n", certigar_rule_name(rules[r].rule), CASES / 2 / PART, several[0], several[1]);
    if (several[0] * PART < 8 || several[1] * PART < 8) fail_msg("%s: hardly a tie among the cases", certigar_rule_name(rules[r].rule));
  }
}

/* ---- multi-bulyan, iterated ---- */

typedef struct tuples {
  char **text;
  size_t count, room;
} tuples;

static void add_tuple(tuples *list, const char *text) {
  for (size_t k = 0; k < list->count; k++)
    if (strcmp(list->text[k], text) == 0) return;
  if (list->count == list->room) list->text = realloc(list->text, (list->room = 2 * list->room + 16) * sizeof *list->text);
  list->text[list->count++] = strdup(text);
}

static void tuples_free(tuples *list) {
  for (size_t k = 0; k < list->count; k++) free(list->text[k]);
  free(list->text);
}

static int by_text(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The exact sums of a round's rows; a row that is not finite makes it "?". */
static void write_sums(const matrix *a, unsigned set, char *text, size_t size) {
  mpz_t sum;
  mpz_init(sum);
  for (size_t c = 0; c < a->d; c++) {
    size_t used = strlen(text);
    int good = 1;
    mpz_set_ui(sum, 0);
    for (size_t i = 0; i < a->n; i++) {
      if (!has(set, i)) continue;
      good &= finite[i];
      mpz_add(sum, sum, values[i][c]);
    }
    gmp_snprintf(text + used, size - used, good ? "%Zx " : "? ", sum);
  }
  mpz_clear(sum);
}

static void rounds_of(const matrix *a, unsigned taken, size_t t, const char *text, tuples *out) {
  const unsigned all = (1u << a->n) - 1, left = all & ~taken;
  const size_t best = a->n - t - a->f - 2;
  char longer[4096];
  if (t == a->n - 2 * a->f - 2) {
    add_tuple(out, text);
    return;
  }
  number *z = numbers_new();
  score(left, best, z);
  for (unsigned set = 0; set <= all; set++) {
    if (size_of(set) != best || (set & ~left) || !is_least(set, left, z)) continue;
    snprintf(longer, sizeof longer, "%s/ ", text);
    write_sums(a, set, longer, sizeof longer);
    if (t + 1 == a->n - 2 * a->f - 2) {
      add_tuple(out, longer);
      continue;
    }
    for (size_t i = 0; i < a->n; i++)
      if (has(left, i) && is_least(1u << i, left, z)) rounds_of(a, taken | 1u << i, t + 1, longer, out);
  }
  numbers_free(z);
}

/* What the means of the rounds are made of, as sums: all that is right, nothing else; the rule's own first. */
static void rounds_of_means(void **state) {
  (void)state;
  size_t many = 0;
  for (uint64_t seed = 0; seed < 120 / PART; seed++) {
    generate_random random = {seed + 99};
    const certigar_closeness closeness = (certigar_closeness)(seed / 2 % 2);
    matrix a = {.dtype = (certigar_dtype)(seed % 2), .f = seed % 3 > 0, .d = 1 + (size_t)generate_below(&random, 3)};
    a.n = a.f ? 7 : 3 + (size_t)generate_below(&random, 4);
    fill(&a, &random);
    measure(&a, closeness, 0);
    tuples wanted = {0}, got = {0};
    rounds_of(&a, 0, 0, "", &wanted);
    certigar_options *options = certigar_options_new();
    certigar_options_set_f(options, a.f);
    certigar_options_set_variant(options, CERTIGAR_ITERATED);
    certigar_plan *plan;
    assert_int_equal(certigar_plan_new(&plan, CERTIGAR_MULTI_BULYAN, a.dtype, a.n, options, NULL), CERTIGAR_OK);
    const certigar_matrix input = input_of(&a);
    certigar_certificate certificate;
    unsigned char output[8 * COLUMNS_MAX];
    certigar_plan_run(plan, &input, output, &certificate, NULL);
    certigar_choices *choices = certigar_choices_new(plan, &input, closeness, 1 << 20);
    const size_t *rows, *round_rows, *round_counts;
    size_t count, round_count, given = 0;
    while (certigar_choices_next(choices, &rows, &count)) {
      char text[4096] = "";
      certigar_bound gap, resolution;
      if (given++ == 0) assert_int_equal(set_of(rows, count), set_of(certificate.selected, certificate.selected_count));
      assert_int_equal(certigar_choices_rounds(choices, &round_rows, &round_counts, &round_count), 1);
      assert_int_equal(round_count, a.n - 2 * a.f - 2);
      for (size_t t = 0, at = 0; t < round_count; at += round_counts[t++]) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "/ ");
        assert_int_equal(round_counts[t], a.n - t - a.f - 2);
        write_sums(&a, set_of(round_rows + at, round_counts[t]), text, sizeof text);
      }
      add_tuple(&got, text);
      assert_int_equal(certigar_choices_admits(choices, rows, count, &gap, &resolution), 1);
    }
    assert_int_equal(certigar_choices_capped(choices), 0);
    qsort(wanted.text, wanted.count, sizeof *wanted.text, by_text);
    qsort(got.text, got.count, sizeof *got.text, by_text);
    if (got.count != wanted.count) fail_msg("seed %llu: %zu selections, but %zu", (unsigned long long)seed, got.count, wanted.count);
    for (size_t k = 0; k < got.count; k++) assert_string_equal(got.text[k], wanted.text[k]);
    many += got.count > 1;
    tuples_free(&wanted);
    tuples_free(&got);
    certigar_choices_free(choices);
    certigar_plan_free(plan);
    certigar_options_free(options);
  }
  assert_true(many > 20 / PART);
}

/* ---- rows that are all equally far from each other ---- */

enum { CORNERS = 12 };

static void corners(float *rows, int equal) {
  for (size_t i = 0; i < CORNERS; i++)
    for (size_t c = 0; c < CORNERS; c++) rows[i * CORNERS + c] = equal || i == c ? 1 : 0;
}

static size_t count_choices(certigar_plan *plan, const certigar_matrix *input, size_t cap, int *capped) {
  certigar_choices *choices = certigar_choices_new(plan, input, CERTIGAR_TIED, cap);
  size_t count, given = 0;
  const size_t *rows;
  assert_non_null(choices);
  while (certigar_choices_next(choices, &rows, &count)) given++;
  *capped = certigar_choices_capped(choices);
  certigar_choices_free(choices);
  return given;
}

static void all_sets_and_caps(void **state) {
  (void)state;
  static const struct {
    certigar_rule rule;
    size_t f, m, sets, of_equal_rows;
  } expected[] = {{CERTIGAR_KRUM, 2, 0, 12, 12},          {CERTIGAR_MULTI_KRUM, 2, 6, 924, 1}, {CERTIGAR_MULTI_BULYAN, 2, 0, 924, 1},
                  {CERTIGAR_BULYAN, 2, 0, 495, 1},        {CERTIGAR_MDA, 4, 0, 495, 1},        {CERTIGAR_CGE, 2, 0, 66, 66},
                  {CERTIGAR_MONNA, 2, 0, 55, 55},         {CERTIGAR_SMEA, 2, 0, 66, 1},        {CERTIGAR_BRSGD, 2, 0, 924, 924},
                  {CERTIGAR_GEOMETRIC_MEDIAN, 2, 0, 1, 1}, {CERTIGAR_MEDIAN, 2, 0, 1, 1}};
  float rows[CORNERS * CORNERS];
  const certigar_matrix input = {.data = rows, .n = CORNERS, .d = CORNERS, .row_stride = 4 * CORNERS, .column_stride = 4};
  for (size_t e = 0; e < sizeof expected / sizeof *expected; e++) {
    certigar_options *options = certigar_options_new();
    certigar_plan *plan;
    int capped;
    certigar_options_set_f(options, expected[e].f);
    certigar_options_set_m(options, expected[e].m);
    assert_int_equal(certigar_plan_new(&plan, expected[e].rule, CERTIGAR_FLOAT32, CORNERS, options, NULL), CERTIGAR_OK);
    const size_t sets = expected[e].sets;
    corners(rows, 0);
    assert_int_equal(count_choices(plan, &input, 100000, &capped), sets);
    assert_int_equal(capped, 0);
    assert_int_equal(count_choices(plan, &input, sets, &capped), sets);
    assert_int_equal(capped, 0);
    assert_int_equal(count_choices(plan, &input, sets - 1, &capped), sets - 1);
    assert_int_equal(capped, 1);
    corners(rows, 1);
    assert_int_equal(count_choices(plan, &input, 100000, &capped), expected[e].of_equal_rows);
    for (size_t k = 0; k < CORNERS * CORNERS; k++) rows[k] = (float)(0.0 / 0.0);
    count_choices(plan, &input, 100000, &capped);
    certigar_plan_free(plan);
    certigar_options_free(options);
  }
}

/* Thousands of millions of selections of 60 rows: the cap ends it, and a selection is judged all the same. */
static void too_many_to_list(void **state) {
  (void)state;
  static const certigar_rule many[] = {CERTIGAR_MULTI_KRUM, CERTIGAR_BULYAN, CERTIGAR_MULTI_BULYAN, CERTIGAR_MDA, CERTIGAR_CGE, CERTIGAR_MONNA};
  enum { N = 60 };
  static float rows[N * N];
  const certigar_matrix input = {.data = rows, .n = N, .d = N, .row_stride = 4 * N, .column_stride = 4};
  for (size_t i = 0; i < N; i++) rows[i * N + i] = 1;
  for (size_t r = 0; r < sizeof many / sizeof *many; r++) {
    certigar_options *options = certigar_options_new();
    certigar_plan *plan;
    certigar_bound gap, resolution;
    int capped;
    size_t list[N], kept = N - 12;
    if (many[r] == CERTIGAR_MULTI_KRUM) kept = N - 14;
    if (many[r] == CERTIGAR_BULYAN) kept = N - 24;
    if (many[r] == CERTIGAR_MULTI_BULYAN) kept = N - 26;
    certigar_options_set_f(options, 12);
    assert_int_equal(certigar_plan_new(&plan, many[r], CERTIGAR_FLOAT32, N, options, NULL), CERTIGAR_OK);
    assert_int_equal(count_choices(plan, &input, 500, &capped), 500);
    assert_int_equal(capped, 1);
    certigar_choices *choices = certigar_choices_new(plan, &input, CERTIGAR_TIED, 1);
    for (size_t k = 0; k < kept; k++) list[k] = k == 0 ? 0 : N - kept + k;
    assert_int_equal(certigar_choices_admits(choices, list, kept, &gap, &resolution), 1);
    assert_int_equal(gap.significand, 0);
    assert_int_equal(certigar_choices_admits(choices, list, kept - 1, &gap, &resolution), 0);
    certigar_choices_free(choices);
    rows[0] = 3; /* row 0 is farther than the others, so wrong */
    choices = certigar_choices_new(plan, &input, CERTIGAR_TIED, 1);
    const int wanted = many[r] == CERTIGAR_MONNA ? 1 : many[r] == CERTIGAR_BULYAN ? -1 : 0; /* bulyan: more orders than can be tried */
    const int got = certigar_choices_admits(choices, list, kept, &gap, &resolution);
    if (got != wanted) fail_msg("%s: %d, but %d", certigar_rule_name(many[r]), got, wanted);
    certigar_choices_free(choices);
    rows[0] = 1;
    certigar_plan_free(plan);
    certigar_options_free(options);
  }
}

/* ---- gaps worked out by hand ---- */

static void expect_gap(certigar_rule rule, const float *rows, size_t n, size_t f, size_t m, const size_t *set, size_t count, unsigned long p,
                       unsigned long q, const double *scores) {
  certigar_options *options = certigar_options_new();
  certigar_plan *plan;
  certigar_bound gap, resolution;
  mpq_t wanted;
  const certigar_matrix input = {.data = rows, .n = n, .d = 1, .row_stride = 4, .column_stride = 4};
  certigar_options_set_f(options, f);
  certigar_options_set_m(options, m);
  certigar_options_set_scores(options, scores);
  assert_int_equal(certigar_plan_new(&plan, rule, CERTIGAR_FLOAT32, n, options, NULL), CERTIGAR_OK);
  certigar_choices *choices = certigar_choices_new(plan, &input, CERTIGAR_NEAR, 10);
  assert_int_equal(certigar_choices_admits(choices, set, count, &gap, &resolution), p == 0);
  mpq_init(wanted);
  mpq_set_ui(wanted, p, q);
  mpq_canonicalize(wanted);
  const certigar_bound bound = certigar_bound_of_rational(wanted, 1);
  mpq_set_ui(wanted, 8, (1 << 24) - (rule == CERTIGAR_ZENO ? 0 : 4)); /* 2r / (1-r), r = 4u */
  mpq_canonicalize(wanted);
  const certigar_bound least = certigar_bound_of_rational(wanted, 0);
  mpq_clear(wanted);
  assert_int_equal(gap.infinite, 0);
  assert_int_equal(certigar_bound_compare(gap, bound), 0);
  assert_int_equal(certigar_bound_compare(resolution, least), 0);
  certigar_choices_free(choices);
  certigar_plan_free(plan);
  certigar_options_free(options);
}

static void gaps(void **state) {
  (void)state;
  static const float five[] = {1, 2, 4, 8, 100}; /* krum's scores for f = 1: 10, 5, 13, 52, ... */
  expect_gap(CERTIGAR_KRUM, five, 5, 1, 0, (const size_t[]){1}, 1, 0, 1, NULL);
  expect_gap(CERTIGAR_KRUM, five, 5, 1, 0, (const size_t[]){0}, 1, 5, 5, NULL);
  expect_gap(CERTIGAR_MULTI_KRUM, five, 5, 1, 2, (const size_t[]){1, 2}, 2, 3, 10, NULL);
  static const float four[] = {0, 1, 2, 10};
  expect_gap(CERTIGAR_MDA, four, 4, 1, 0, (const size_t[]){1, 2, 3}, 3, 77, 4, NULL);
  expect_gap(CERTIGAR_CGE, four, 4, 1, 0, (const size_t[]){0, 1, 3}, 3, 96, 4, NULL);
  expect_gap(CERTIGAR_MONNA, four, 4, 1, 0, (const size_t[]){0, 2, 3}, 3, 99, 1, NULL);
  static const double scores[] = {4, 3, 1};
  expect_gap(CERTIGAR_ZENO, four, 3, 1, 0, (const size_t[]){0, 2}, 2, 1, 1, scores);
  static const float seven[] = {0, 1, 3, 7, 15, 31, 100};
  /* bulyan, f = 1, takes rows 1, 2, ... by scores of 4, 3, 2, 1, 1 neighbours: the set without 5 and 6 needs no gap */
  expect_gap(CERTIGAR_BULYAN, seven, 7, 1, 0, (const size_t[]){0, 1, 2, 3, 4}, 5, 0, 1, NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(selections_of_every_rule),
    cmocka_unit_test(rounds_of_means),
    cmocka_unit_test(all_sets_and_caps),
    cmocka_unit_test(too_many_to_list),
    cmocka_unit_test(gaps),
  };
  return cmocka_run_group_tests_name("choices", tests, set_up, tear_down);
}
