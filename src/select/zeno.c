/* Zeno (Xie, Koyejo, Gupta 2019): the n-b rows of greatest score l - l_i - rho N_i, N_i the squared norm.
 *
 * Losses and scores come as doubles and are read as bits. Scores are rational numbers, or infinite; at first intervals, since the norms are. With A the
 * (n-b)-th greatest of the lower ends and B the one after the n-b greatest of the upper ends, the last score kept is at least A and the first left out
 * at most B. If B < A the rows are told apart; else the rows whose interval meets [A, B] take their exact norms. What lies beyond B is kept and what
 * lies before A is not, so in the order of the lower ends those kept come first either way, and two rows next to the cut with the same lower end tie.
 */
#include "selection.h"

#include <stdlib.h>
#include <string.h>

typedef struct zeno_score {
  int infinite;              /* -1, +1; else 0, and */
  mpq_t base, lower, upper;  /* without the norm; lower <= score <= upper */
} zeno_score;

typedef struct zeno {
  certigar_selection *s;
  size_t n, kept;
  zeno_score *scores;
  const zeno_score **order;  /* all of them, ranked */
  mpq_t rho;
} zeno;

/* ---- doubles, by their bits ---- */

typedef struct number {
  int nan, infinite; /* -1, 0, +1 */
  mpq_t value;
} number;

static void read_double(number *to, const double *from)
{
  uint64_t bits, fraction;
  memcpy(&bits, from, sizeof bits);
  int negative = bits >> 63 != 0, exponent = (int)(bits >> 52 & 0x7ff);
  fraction = bits & 0xfffffffffffff;
  to->nan = exponent == 0x7ff && fraction != 0;
  to->infinite = exponent != 0x7ff || fraction != 0 ? 0 : negative ? -1 : 1;
  if (exponent == 0x7ff) return;
  mpq_set_ui(to->value, (unsigned long)(exponent == 0 ? fraction : fraction | 1ULL << 52), 1);
  mpq_mul_2exp(to->value, to->value, (mp_bitcnt_t)(exponent == 0 ? 0 : exponent - 1));
  mpq_div_2exp(to->value, to->value, 1074);
  if (negative) mpq_neg(to->value, to->value);
}

/* The score becomes a - b. */
static void set_score(zeno_score *score, const number *a, const number *b)
{
  if (a->nan || b->nan || (a->infinite != 0 && a->infinite == b->infinite)) {
    score->infinite = -1;
  } else if (a->infinite != 0 || b->infinite != 0) {
    score->infinite = a->infinite != 0 ? a->infinite : -b->infinite;
  } else {
    mpq_sub(score->base, a->value, b->value);
  }
}

/* What the scores are without the norms: complete (and then the norms do not count), or the decrease of the loss. */
static void read_scores(zeno *z, const certigar_options *options)
{
  number first = {0}, second = {0};
  mpq_inits(first.value, second.value, (mpq_ptr)NULL);
  if (options->scores) {
    for (size_t i = 0; i < z->n; i++) {
      read_double(&first, &options->scores[i]);
      set_score(&z->scores[i], &first, &second);
    }
  } else {
    double loss = options->loss(options->loss_context, SIZE_MAX);
    certigar_rational_get(&options->rho, z->rho);
    read_double(&first, &loss);
    for (size_t i = 0; i < z->n; i++) {
      loss = options->loss(options->loss_context, i);
      read_double(&second, &loss);
      set_score(&z->scores[i], &first, &second);
    }
  }
  mpq_clears(first.value, second.value, (mpq_ptr)NULL);
  for (size_t i = 0; i < z->n; i++)
    if (!certigar_distances_finite(z->s->distances, i)) z->scores[i].infinite = -1;
}

/* ---- norms ---- */

/* end = base - rho norm, the norm a natural number. */
static void set_end(const zeno *z, mpq_t end, const mpq_t base, const uint32_t *norm)
{
  mpq_set_ui(end, 0, 1);
  certigar_natural_get(z->s->kernels, norm, mpq_numref(end));
  mpq_div_2exp(end, end, (mp_bitcnt_t)-z->s->kernels->natural_exponent);
  mpq_mul(end, end, z->rho);
  mpq_sub(end, base, end);
}

/* The intervals as far as the norms are known. */
static void bound_scores(zeno *z)
{
  uint32_t *least = z->s->row_lower, *greatest = z->s->row_upper;
  for (size_t i = 0; i < z->n; i++) {
    zeno_score *score = &z->scores[i];
    if (score->infinite != 0) continue;
    if (mpq_sgn(z->rho) == 0) {
      mpq_set(score->lower, score->base);
      mpq_set(score->upper, score->base);
    } else {
      certigar_distances_bounds(z->s->distances, i, i, least, greatest);
      set_end(z, score->lower, score->base, greatest);
      set_end(z, score->upper, score->base, least);
    }
  }
}

/* ---- ranks ---- */

static int compare_ends(const zeno_score *a, const mpq_t a_end, const zeno_score *b, const mpq_t b_end)
{
  if (a->infinite != 0 || b->infinite != 0) return a->infinite - b->infinite;
  return mpq_cmp(a_end, b_end);
}

/* The greatest first, of equal ones the first row. */
static int by_lower(const void *left, const void *right)
{
  const zeno_score *a = *(const zeno_score *const *)left, *b = *(const zeno_score *const *)right;
  int order = compare_ends(b, b->lower, a, a->lower);
  return order != 0 ? order : a < b ? -1 : a > b;
}

static int by_upper(const void *left, const void *right)
{
  const zeno_score *a = *(const zeno_score *const *)left, *b = *(const zeno_score *const *)right;
  int order = compare_ends(b, b->upper, a, a->upper);
  return order != 0 ? order : a < b ? -1 : a > b;
}

static void rank(zeno *z, int (*order)(const void *left, const void *right))
{
  for (size_t i = 0; i < z->n; i++) z->order[i] = &z->scores[i];
  qsort(z->order, z->n, sizeof *z->order, order);
}

/* Asks for the norms of the rows that may be on either side; returns whether there are any. */
static int want_norms(zeno *z, const zeno_score *last, const zeno_score *next)
{
  int any = 0;
  for (size_t i = 0; i < z->n; i++) {
    const zeno_score *score = &z->scores[i];
    if (score->infinite != 0 || mpq_equal(score->lower, score->upper)) continue;
    if (compare_ends(score, score->upper, last, last->lower) < 0 || compare_ends(score, score->lower, next, next->upper) > 0) continue;
    certigar_distances_want(z->s->distances, i, i);
    any = 1;
  }
  return any;
}

/* Ranks the rows so that those kept come first. Returns 0 if there is no memory. */
static int decide(zeno *z, certigar_plan *plan)
{
  bound_scores(z);
  rank(z, by_upper);
  const zeno_score *next = z->kept < z->n ? z->order[z->kept] : NULL;
  rank(z, by_lower);
  const zeno_score *last = z->order[z->kept - 1];
  if (!next || compare_ends(last, last->lower, next, next->upper) > 0 || !want_norms(z, last, next)) return 1;
  if (!certigar_distances_refine(z->s->distances, plan)) return 0;
  bound_scores(z);
  rank(z, by_lower);
  return 1;
}

/* ---- the report ---- */

static void report_scores(const zeno *z)
{
  for (size_t i = 0; i < z->n; i++) {
    const zeno_score *score = &z->scores[i];
    certigar_bound infinite = {.infinite = 1, .negative = score->infinite < 0};
    z->s->scores[i] = score->infinite != 0 ? (certigar_interval){infinite, infinite}
                                           : (certigar_interval){certigar_bound_of_rational(score->lower, 0), certigar_bound_of_rational(score->upper, 1)};
  }
}

/* The last row kept is the one with the least lower end, the first left out the one with the greatest upper end: their scores are no nearer. The score
 * of the last one kept is at most the least of the upper ends. */
static certigar_bound margin_of(const zeno *z)
{
  const zeno_score *last = z->order[z->kept - 1], *least = last, *next = z->order[z->kept];
  mpq_t distance, divisor;
  if (last->infinite != 0 || next->infinite != 0) return (certigar_bound){.infinite = last->infinite != next->infinite};
  for (size_t k = 0; k < z->kept; k++)
    if (compare_ends(z->order[k], z->order[k]->upper, least, least->upper) < 0) least = z->order[k];
  for (size_t k = z->kept; k < z->n; k++)
    if (compare_ends(z->order[k], z->order[k]->upper, next, next->upper) > 0) next = z->order[k];
  mpq_inits(distance, divisor, (mpq_ptr)NULL);
  mpq_sub(distance, last->lower, next->upper);
  mpq_abs(divisor, last->lower);
  if (mpq_cmp(least->upper, divisor) > 0) mpq_set(divisor, least->upper);
  certigar_bound margin = certigar_rational_margin(distance, divisor);
  mpq_clears(distance, divisor, (mpq_ptr)NULL);
  return margin;
}

static void report(const zeno *z)
{
  certigar_selection *s = z->s;
  report_scores(z);
  for (size_t k = 0; k < z->kept; k++) s->selected[z->order[k] - z->scores] = 1;
  if (z->kept == z->n) return;
  const zeno_score *last = z->order[z->kept - 1], *next = z->order[z->kept];
  s->margin = margin_of(z);
  s->ties += compare_ends(last, last->lower, next, next->lower) == 0;
}

/* ---- the rule ---- */

int certigar_select_zeno(certigar_selection *s, certigar_plan *plan)
{
  zeno z = {.s = s, .n = s->n, .kept = s->n - plan->options.f};
  if (atomic_load(&plan->stop)) return 1;
  z.scores = calloc(z.n, sizeof *z.scores);
  z.order = malloc(z.n * sizeof *z.order);
  int good = z.scores && z.order;
  if (good) {
    mpq_init(z.rho);
    for (size_t i = 0; i < z.n; i++) mpq_inits(z.scores[i].base, z.scores[i].lower, z.scores[i].upper, (mpq_ptr)NULL);
    read_scores(&z, &plan->options);
    good = decide(&z, plan);
    if (good) report(&z);
    for (size_t i = 0; i < z.n; i++) mpq_clears(z.scores[i].base, z.scores[i].lower, z.scores[i].upper, (mpq_ptr)NULL);
    mpq_clear(z.rho);
  }
  free(z.scores);
  free(z.order);
  return good;
}
