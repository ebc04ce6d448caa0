/* See guarantee.h. Every norm follows from exact squared distances D of the rows and of the candidate y, in one unit: for a set H of h rows
 *
 *     norm(y - mean_H)^2 = (sum_H D_iy) / h - (sum over pairs of H of D_ij) / h^2,
 *
 * and what is compared are square roots of rational numbers, exactly (roots.h).
 */
#include "guarantee.h"

#include "check/measure.h"
#include "check/number.h"
#include "check/roots.h"
#include "lambda.h"
#include "real/mpfr_state.h"
#include "select/selection.h"

#include <stdlib.h>
#include <string.h>

typedef struct guarantee {
  certigar_plan *plan;
  const certigar_matrix *input;
  const void *candidate;
  const certigar_format *format;
  certigar_measure *measure; /* the candidate is row n */
  size_t n, h;               /* h = n-f */
  size_t *finite, m;         /* the finite rows */
  size_t *honest;            /* h: a set; in the end that of a breach */
  certigar_surd lambda;
  mpq_t left, right[CERTIGAR_ROOTS_MAX]; /* sqrt(left) <= the sum of the roots of right is what must hold */
} guarantee;

/* number becomes so many of the measure's units. */
static void to_units(const guarantee *g, mpq_t number, long exponent)
{
  exponent -= g->measure->exponent;
  if (exponent >= 0) {
    mpq_mul_2exp(number, number, (mp_bitcnt_t)exponent);
  } else {
    mpq_div_2exp(number, number, (mp_bitcnt_t)-exponent);
  }
}

/* The sum of the squares of the half ULPs of the candidate; 0 if it is not finite. */
static int set_half_ulps(guarantee *g, mpq_t to)
{
  const certigar_format *format = g->format;
  mpz_t square;
  mpz_init(square);
  mpq_set_ui(to, 0, 1);
  for (size_t c = 0; c < g->input->d; c++) {
    uint64_t word = certigar_word_at(format, g->candidate, c);
    if (!certigar_word_is_finite(format, word)) {
      mpz_clear(square);
      return 0;
    }
    mpz_set_ui(square, 1);
    mpz_mul_2exp(square, square, 2 * (mp_bitcnt_t)certigar_shift(format, word));
    mpz_add(mpq_numref(to), mpq_numref(to), square);
  }
  mpz_clear(square);
  to_units(g, to, 2L * format->unit_exponent - 2);
  return 1;
}

static int holds(const guarantee *g, size_t terms)
{
  return certigar_root_at_most(g->left, (const mpq_t *)g->right, terms);
}

/* The first h finite rows, which fail where all sets do. */
static void take_any(guarantee *g)
{
  memcpy(g->honest, g->finite, g->h * sizeof *g->honest);
}

/* ---- krum, multi-krum, mda, geometric-median: norm(y - mean_H) <= lambda diam_H + half ULPs ---- */

/* left and the first two of right, for the set in honest. */
static void set_sides(guarantee *g)
{
  mpz_t pairs, sum, most;
  mpz_inits(pairs, sum, most, (mpz_ptr)NULL);
  for (size_t a = 0; a < g->h; a++) {
    mpz_add(sum, sum, certigar_square(g->measure, g->honest[a], g->n));
    for (size_t b = 0; b < a; b++) {
      mpz_srcptr distance = certigar_square(g->measure, g->honest[a], g->honest[b]);
      mpz_add(pairs, pairs, distance);
      if (mpz_cmp(distance, most) > 0) mpz_set(most, distance);
    }
  }
  mpz_mul_ui(sum, sum, g->h);
  mpz_sub(mpq_numref(g->left), sum, pairs);
  mpz_set_ui(mpq_denref(g->left), g->h);
  mpz_mul_ui(mpq_denref(g->left), mpq_denref(g->left), g->h);
  mpq_canonicalize(g->left);
  mpq_set_z(g->right[0], most);
  mpq_mul(g->right[1], g->right[0], g->lambda.b);
  mpq_mul(g->right[0], g->right[0], g->lambda.a);
  mpq_mul(g->right[0], g->right[0], g->lambda.a);
  mpz_clears(pairs, sum, most, (mpz_ptr)NULL);
}

static int set_holds(guarantee *g)
{
  set_sides(g);
  return holds(g, 3);
}

static int ascending(const void *a, const void *b)
{
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

static int has_few_sets(const guarantee *g)
{
  size_t sets = 1, k = g->m - g->h;
  for (size_t j = 1; j <= k; j++) {
    sets = sets * (g->h + j) / j;
    if (sets > CERTIGAR_HONEST_SETS) return 0;
  }
  return 1;
}

/* All sets that go on, after chosen rows, with finite row number p or later. */
static int all_hold(guarantee *g, size_t chosen, size_t p)
{
  if (chosen == g->h) return set_holds(g);
  for (; p + (g->h - chosen) <= g->m; p++) {
    g->honest[chosen] = g->finite[p];
    if (!all_hold(g, chosen + 1, p + 1)) return 0;
  }
  return 1;
}

/* The set of least diameter: -1 if there is no memory. */
static int smallest_holds(guarantee *g)
{
  certigar_options options = certigar_default_options;
  certigar_plan *mda;
  options.f = g->plan->options.f;
  options.threads = g->plan->options.threads;
  if (certigar_plan_new(&mda, CERTIGAR_MDA, g->plan->dtype, g->n, &options, NULL) != CERTIGAR_OK) return -1;
  certigar_plan_prepare(mda, g->input, NULL);
  int result = certigar_selection_run(mda) ? 1 : -1;
  if (result > 0) {
    memcpy(g->honest, mda->selection->rows, g->h * sizeof *g->honest);
    result = set_holds(g);
  }
  certigar_plan_free(mda);
  return result;
}

/* Each finite row with those nearest to it. */
static int nearest_hold(guarantee *g)
{
  size_t *list = malloc(g->n * sizeof *list);
  int result = list ? 1 : -1;
  for (size_t p = 0; p < g->m && result > 0; p++) {
    certigar_nearest_rows(g->measure, g->n, g->finite[p], list);
    memcpy(g->honest, list, (g->h - 1) * sizeof *list);
    g->honest[g->h - 1] = g->finite[p];
    qsort(g->honest, g->h, sizeof *g->honest, ascending);
    result = set_holds(g);
  }
  free(list);
  return result;
}

static int means_hold(guarantee *g)
{
  if (has_few_sets(g)) return all_hold(g, 0, 0);
  int result = smallest_holds(g);
  return result > 0 ? nearest_hold(g) : result;
}

/* ---- cge, monna: the distance from zero, or from the pivot, is at most the greatest one in H, + half ULPs ---- */

/* H is worst if it has the rows nearest to the centre, and the pivot itself. */
static int nearest_to_centre_hold(guarantee *g)
{
  const certigar_measure *measure = g->measure;
  for (size_t p = 0; p < g->m; p++) {
    size_t q = p, row = g->finite[p];
    for (; q > 0 && mpz_cmp(measure->squares[g->finite[q - 1]], measure->squares[row]) > 0; q--) g->finite[q] = g->finite[q - 1];
    g->finite[q] = row;
  }
  mpq_set_z(g->left, measure->squares[g->n]);
  mpq_set_z(g->right[0], measure->squares[g->finite[g->h - 1]]);
  mpq_set_ui(g->right[1], 0, 1);
  take_any(g);
  for (size_t a = 0; a < g->h && measure->centre >= 0; a++) /* rows equal to the pivot may stand before it */
    if (g->honest[a] == (size_t)measure->centre) return holds(g, 3);
  if (measure->centre >= 0) g->honest[g->h - 1] = (size_t)measure->centre;
  return holds(g, 3);
}

/* ---- centered-clipping: norm(y - centre) <= L tau + half ULPs ---- */

static int steps_hold(guarantee *g)
{
  const certigar_options *options = &g->plan->options;
  certigar_matrix candidate = {.data = g->candidate, .n = 1, .d = g->input->d, .column_stride = (ptrdiff_t)g->format->size};
  certigar_measure *from_centre = certigar_measure_new(g->plan->dtype, &candidate, options->centre, options->centre ? 1 : CERTIGAR_FROM_ZERO, 1);
  mpq_t length;
  if (!from_centre) return -1;
  mpq_set_z(g->left, from_centre->squares[0]);
  to_units(g, g->left, from_centre->exponent);
  mpq_init(length);
  certigar_rational_get(&options->tau, length);
  mpz_mul_ui(mpq_numref(length), mpq_numref(length), options->iterations);
  mpq_canonicalize(length);
  mpq_mul(g->right[0], length, length);
  to_units(g, g->right[0], 0);
  mpq_set_ui(g->right[1], 0, 1);
  mpq_clear(length);
  certigar_measure_free(from_centre);
  take_any(g);
  return holds(g, 3);
}

/* ---- all of them ---- */

static int judge(guarantee *g)
{
  for (size_t i = 0; i < g->n; i++)
    if (g->measure->finite[i]) g->finite[g->m++] = i;
  if (g->m < g->h) return 1;
  if (!set_half_ulps(g, g->right[2])) {
    take_any(g);
    return 0;
  }
  switch (g->plan->rule) {
    case CERTIGAR_CGE: return nearest_to_centre_hold(g);
    case CERTIGAR_MONNA: return g->measure->finite[g->plan->options.pivot] ? nearest_to_centre_hold(g) : 1;
    case CERTIGAR_CENTERED_CLIPPING: return steps_hold(g);
    default: return means_hold(g);
  }
}

/* What distances are from; the candidate, where only finite rows matter. */
static int centre_of(const certigar_plan *plan)
{
  switch (plan->rule) {
    case CERTIGAR_CGE: return CERTIGAR_FROM_ZERO;
    case CERTIGAR_MONNA: return (int)plan->options.pivot;
    case CERTIGAR_CENTERED_CLIPPING: return (int)plan->n;
    default: return CERTIGAR_ALL_PAIRS;
  }
}

static int has_guarantee(certigar_rule rule, certigar_surd *lambda, size_t n, size_t f)
{
  return rule == CERTIGAR_CGE || rule == CERTIGAR_MONNA || rule == CERTIGAR_CENTERED_CLIPPING || certigar_lambda(rule, n, f, lambda);
}

int certigar_distance_guarantee(certigar_plan *plan, const certigar_matrix *input, const void *candidate, size_t *honest, size_t *honest_count)
{
  guarantee g = {.plan = plan, .input = input, .candidate = candidate, .format = certigar_format_of(plan->dtype), .n = plan->n, .honest = honest};
  int result = 1;
  *honest_count = 0;
  g.h = plan->n - plan->options.f;
  certigar_surd_init(&g.lambda);
  mpq_inits(g.left, g.right[0], g.right[1], g.right[2], (mpq_ptr)NULL);
  certigar_mpfr_state state = certigar_mpfr_enter();
  if (has_guarantee(plan->rule, &g.lambda, plan->n, plan->options.f)) {
    g.measure = certigar_measure_new(plan->dtype, input, candidate, centre_of(plan), plan->options.threads);
    g.finite = malloc(g.n * sizeof *g.finite);
    result = g.measure && g.finite ? judge(&g) : -1;
  }
  if (result == 0) {
    qsort(honest, g.h, sizeof *honest, ascending);
    *honest_count = g.h;
  }
  certigar_mpfr_leave(state);
  certigar_measure_free(g.measure);
  free(g.finite);
  mpq_clears(g.left, g.right[0], g.right[1], g.right[2], (mpq_ptr)NULL);
  certigar_surd_clear(&g.lambda);
  return result;
}
