/* geometric-median (Chen, Su, Xu 2017; Pillutla, Kakade, Harchaoui 2022): the point with the least sum of distances F to the finite rows, found among
 * weighted means of rows (median_search.h) with a proof of how good it is (median_point.h).
 *
 * The point is first looked for by the bounds of the distances that the filter gives, which cost one pass over the input: where these are close and the
 * tolerance is not (float32, mostly) they show that a point is within it. Else the distances are made exact.
 *
 * min F >= least is known once the point is found. The output is that point rounded, and judged as any row is: its squared distances to the
 * rows, by one more pass over the input, or exact ones where their bounds do not do, give F(output), and F(output) - least bounds its gap.
 *
 * How many bits. With S the greatest and s the least distance of two different rows, a point that is no minimiser has more than s/2 for the sum of
 * its half least distances: where fewer than half of the rows are equal, two different ones are among the half nearest. The tolerance is a share
 * of that. A weight about s/S, of a row at S, that is wrong by u moves (2) of median_point.h by u S^2/s: 2 log2(S/s) bits and the tolerance's do.
 */
#include "geometric_median.h"
#include "median_search.h"
#include "mpfr_state.h"

#include <stdlib.h>
#include <string.h>

enum { SPARE_BITS = 64, DIGIT_BITS = 32 };

struct certigar_least {
  certigar_distances *distances; /* of the rows from the extra row */
  mpfr_t value;                  /* least, in grains */
  int exact;                     /* found by exact distances */
  size_t minimiser;              /* a row that attains it, or SIZE_MAX */
};

void certigar_least_free(certigar_least *least)
{
  if (!least) return;
  certigar_distances_free(least->distances);
  mpfr_clear(least->value);
  free(least);
}

certigar_least *certigar_least_new(const certigar_plan *plan)
{
  certigar_least *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  mpfr_init2(made->value, SPARE_BITS);
  mpfr_set_zero(made->value, 1);
  made->distances = certigar_distances_new(plan, (int)plan->n, 1);
  if (made->distances) return made;
  certigar_least_free(made);
  return NULL;
}

size_t certigar_least_evaluated(const certigar_least *least)
{
  return certigar_distances_evaluated(least->distances);
}

/* ---- the point ---- */

static mp_bitcnt_t bit_length(size_t x)
{
  mp_bitcnt_t bits = 0;
  while (x >> bits > 0) bits++;
  return bits;
}

/* Takes the factors 2^2 that all distances have in common out of them; returns how many. */
static mp_bitcnt_t reduce(certigar_gram *gram)
{
  mp_bitcnt_t shift = ~(mp_bitcnt_t)0;
  mpz_t *const bounds[2] = {gram->distances, gram->above};
  int kinds = certigar_gram_is_exact(gram) ? 1 : 2;
  for (int b = 0; b < kinds; b++)
    for (size_t k = 0; k < gram->m * gram->m; k++)
      if (mpz_sgn(bounds[b][k]) > 0 && mpz_scan1(bounds[b][k], 0) / 2 < shift) shift = mpz_scan1(bounds[b][k], 0) / 2;
  if (shift == ~(mp_bitcnt_t)0) return 0;
  for (int b = 0; b < kinds; b++)
    for (size_t k = 0; k < gram->m * gram->m; k++) mpz_tdiv_q_2exp(bounds[b][k], bounds[b][k], 2 * shift);
  return shift;
}

/* 2 log2(S/s), about. */
static mp_bitcnt_t spread_of(const certigar_gram *gram)
{
  mp_bitcnt_t most = 0, least = ~(mp_bitcnt_t)0;
  for (size_t k = 0; k < gram->m * gram->m; k++) {
    if (mpz_sgn(gram->distances[k]) == 0) continue;
    mp_bitcnt_t size = mpz_sizeinbase(gram->distances[k], 2);
    most = size > most ? size : most;
    least = size < least ? size : least;
  }
  return most > 0 ? most - least + 1 : 0;
}

/* Whether the bounds may show a gap of 2^-goal: whether all are as close as that. */
static int are_close(const certigar_gram *gram, mp_bitcnt_t goal)
{
  int close = 1;
  mpz_t width;
  mpz_init(width);
  for (size_t k = 0; k < gram->m * gram->m; k++) {
    mpz_sub(width, gram->above[k], gram->distances[k]);
    mpz_mul_2exp(width, width, goal);
    close &= mpz_cmp(width, gram->distances[k]) <= 0;
  }
  mpz_clear(width);
  return close;
}

static void read_tolerance(const certigar_plan *plan, mpq_t tolerance)
{
  certigar_rational standard = {"1e-9"};
  if (plan->dtype == CERTIGAR_FLOAT32) strcpy(standard.text, "1e-5");
  certigar_rational_get(plan->options.tolerance.text[0] ? &plan->options.tolerance : &standard, tolerance);
}

/* -log2 of it, rounded up; 0 if it is no less than 1. */
static mp_bitcnt_t bits_of(const mpq_t tolerance)
{
  mp_bitcnt_t over = mpz_sizeinbase(mpq_numref(tolerance), 2), under = mpz_sizeinbase(mpq_denref(tolerance), 2);
  return under + 1 > over ? under + 1 - over : 0;
}

/* The weights of the best point. */
static int set_weights(const certigar_median *median, const certigar_gram *gram, certigar_selection *s)
{
  mpfr_t *weights = certigar_reals_new(gram->m, (mpfr_prec_t)median->bits + 1);
  if (!weights) return 0;
  for (size_t i = 0; i < gram->m; i++) mpfr_set_z_2exp(weights[i], median->best[i], -(mpfr_exp_t)median->bits, MPFR_RNDD);
  int good = certigar_set_weights(s, gram->rows, gram->m, (const mpfr_t *)weights, median->bits / DIGIT_BITS + 1);
  certigar_reals_free(weights, gram->m);
  return good;
}

/* Finds the point of the rows of the Gram matrix, or the best one there is. Returns 0 if there is no memory. */
static int find_point(certigar_selection *s, certigar_plan *plan, certigar_gram *gram, const mpq_t tolerance, int *reached)
{
  certigar_median median;
  mp_bitcnt_t shift = reduce(gram), goal = bits_of(tolerance), most = DIGIT_BITS * (mp_bitcnt_t)(plan->kernels->weight_digits_max - 1);
  mp_bitcnt_t spare = certigar_gram_is_exact(gram) ? SPARE_BITS : 0; /* bounds are no reason for many bits, but for few: the sum is quicker */
  mp_bitcnt_t fixed = spread_of(gram) + 2 * bit_length(gram->m) + spare, bits = (fixed + goal + DIGIT_BITS - 1) / DIGIT_BITS * DIGIT_BITS;
  if (bits > most) {
    bits = most;
    goal = bits > fixed ? bits - fixed : 0;
  }
  int good = certigar_median_init(&median, gram, bits);
  mpq_set(median.tolerance, tolerance);
  good = good && certigar_median_search(&median, plan, goal, &s->iterations) && set_weights(&median, gram, s);
  if (good) {
    *reached = certigar_median_is_reached(&median);
    mpfr_set_prec(s->least->value, median.precision);
    mpfr_mul_2ui(s->least->value, median.least, shift, MPFR_RNDD);
    s->least->minimiser = median.minimiser < gram->m ? gram->rows[median.minimiser] : SIZE_MAX;
    s->least->exact = certigar_gram_is_exact(gram);
  }
  certigar_median_clear(&median);
  return good;
}

/* Returns 0 if there is no memory. */
static int find_by_bounds(certigar_selection *s, certigar_plan *plan, const mpq_t tolerance, int *reached)
{
  certigar_gram gram;
  int good = certigar_gram_init_bounds(&gram, s, plan);
  if (good && are_close(&gram, bits_of(tolerance))) good = find_point(s, plan, &gram, tolerance, reached);
  certigar_gram_clear(&gram);
  return good;
}

/* Returns 0 if there is no memory, or the run was stopped. */
static int find_exactly(certigar_selection *s, certigar_plan *plan, const mpq_t tolerance)
{
  certigar_gram gram;
  int reached, good = certigar_gram_init(&gram, s, plan) && find_point(s, plan, &gram, tolerance, &reached);
  certigar_gram_clear(&gram);
  return good;
}

int certigar_weigh_geometric_median(certigar_selection *s, certigar_plan *plan)
{
  mpq_t tolerance;
  size_t count = 0;
  int reached = 0;
  for (size_t i = 0; i < plan->n; i++) count += s->selected[i] = (unsigned char)certigar_distances_finite(s->distances, i);
  plan->no_value = count == 0;
  if (count == 0) return 1;
  mpq_init(tolerance);
  read_tolerance(plan, tolerance);
  int good = find_by_bounds(s, plan, tolerance, &reached) && (reached || find_exactly(s, plan, tolerance));
  mpq_clear(tolerance);
  return good || atomic_load(&plan->stop);
}

int certigar_geometric_median_sharpen(certigar_selection *s, certigar_plan *plan)
{
  mpq_t tolerance;
  if (s->least->exact) return 1;
  certigar_mpfr_state state = certigar_mpfr_enter();
  mpq_init(tolerance);
  read_tolerance(plan, tolerance);
  int good = find_exactly(s, plan, tolerance);
  mpq_clear(tolerance);
  certigar_mpfr_leave(state);
  return good;
}

/* ---- what a row is worth ---- */

/* 64 bits of a length in grains. */
static certigar_bound bound_of(const certigar_kernels *kernels, mpfr_srcptr length, int up)
{
  certigar_bound bound = {.infinite = mpfr_inf_p(length) != 0};
  mpfr_t rounded;
  mpz_t digits;
  if (bound.infinite || mpfr_sgn(length) <= 0) return bound;
  mpfr_init2(rounded, 64);
  mpz_init(digits);
  mpfr_set(rounded, length, up ? MPFR_RNDU : MPFR_RNDD);
  bound.exponent = (int)mpfr_get_z_2exp(digits, rounded) + kernels->natural_exponent / 2;
  mpz_export(&bound.significand, NULL, -1, sizeof bound.significand, 0, 0, digits);
  mpz_clear(digits);
  mpfr_clear(rounded);
  return bound;
}

/* sum += the root of a natural number; of infinity, infinity. */
static void add_root(const certigar_kernels *kernels, const uint32_t *square, mpfr_ptr sum, mpfr_rnd_t direction)
{
  mpfr_t root;
  mpz_t whole;
  mpfr_init2(root, mpfr_get_prec(sum));
  mpz_init(whole);
  certigar_natural_get(kernels, square, whole);
  mpfr_set_z(root, whole, direction);
  if (square[kernels->natural_digits - 1] != 0) mpfr_set_inf(root, 1);
  mpfr_sqrt(root, root, direction);
  mpfr_add(sum, sum, root, direction);
  mpz_clear(whole);
  mpfr_clear(root);
}

static int is_zero(const certigar_kernels *kernels, const uint32_t *a)
{
  for (size_t i = 0; i < kernels->natural_digits; i++)
    if (a[i] != 0) return 0;
  return 1;
}

/* F of the row that was measured, and its gap. */
static void evaluate(certigar_selection *s, const certigar_plan *plan, certigar_interval *objective, certigar_bound *gap)
{
  mpfr_t lower, upper;
  int optimal = 0;
  certigar_mpfr_state state = certigar_mpfr_enter();
  mpfr_inits2(mpfr_get_prec(s->least->value), lower, upper, (mpfr_ptr)NULL);
  mpfr_set_zero(lower, 1);
  mpfr_set_zero(upper, 1);
  for (size_t i = 0; i < plan->n; i++) {
    if (!s->selected[i]) continue;
    certigar_distances_bounds(s->least->distances, i, plan->n, s->row_lower, s->row_upper);
    add_root(plan->kernels, s->row_lower, lower, MPFR_RNDD);
    add_root(plan->kernels, s->row_upper, upper, MPFR_RNDU);
    optimal |= i == s->least->minimiser && is_zero(plan->kernels, s->row_upper);
  }
  if (mpfr_less_p(lower, s->least->value)) mpfr_set(lower, s->least->value, MPFR_RNDD); /* F is not less than its minimum */
  *objective = (certigar_interval){bound_of(plan->kernels, lower, 0), bound_of(plan->kernels, upper, 1)};
  mpfr_sub(upper, upper, s->least->value, MPFR_RNDU);
  if (optimal) mpfr_set_zero(upper, 1);
  *gap = bound_of(plan->kernels, upper, 1);
  mpfr_clears(lower, upper, (mpfr_ptr)NULL);
  certigar_mpfr_leave(state);
}

static void get_bound(certigar_bound bound, mpfr_ptr value)
{
  mpfr_set_uj_2exp(value, bound.significand, bound.exponent, MPFR_RNDN);
  if (bound.infinite) mpfr_set_inf(value, 1);
}

/* Whether the bounds of the distances show that the row is within the tolerance, and F as closely as that, or as 64 bits say it. */
static int is_within(const certigar_selection *s, const certigar_plan *plan, const certigar_interval *objective, certigar_bound gap)
{
  certigar_bound share;
  mpfr_t limit, excess, lower, upper;
  if (objective->upper.infinite || !certigar_geometric_median_share(s, plan, &share)) return 0;
  certigar_mpfr_state state = certigar_mpfr_enter();
  mpfr_inits2(64, limit, excess, lower, upper, (mpfr_ptr)NULL);
  get_bound(share, limit);
  get_bound(gap, excess);
  get_bound(objective->lower, lower);
  get_bound(objective->upper, upper);
  mpfr_sub(lower, upper, lower, MPFR_RNDU);
  mpfr_div_2ui(upper, upper, 61, MPFR_RNDD);
  int within = mpfr_lessequal_p(excess, limit) && (mpfr_lessequal_p(lower, limit) || mpfr_lessequal_p(lower, upper));
  mpfr_clears(limit, excess, lower, upper, (mpfr_ptr)NULL);
  certigar_mpfr_leave(state);
  return within;
}

/* By how much the length of row i's distance may be off. */
static void width_of(const certigar_selection *s, const certigar_plan *plan, size_t i, mpfr_ptr width)
{
  mpfr_t least;
  mpfr_init2(least, mpfr_get_prec(width));
  mpfr_set_zero(least, 1);
  mpfr_set_zero(width, 1);
  certigar_distances_bounds(s->least->distances, i, plan->n, s->row_lower, s->row_upper);
  add_root(plan->kernels, s->row_lower, least, MPFR_RNDD);
  add_root(plan->kernels, s->row_upper, width, MPFR_RNDU);
  mpfr_sub(width, width, least, MPFR_RNDU);
  mpfr_clear(least);
}

/* Asks for the exact distances of the rows that are off by more than their part of half the tolerance. */
static void want_wide(certigar_selection *s, const certigar_plan *plan)
{
  certigar_bound share;
  mpfr_t part, width;
  if (!certigar_geometric_median_share(s, plan, &share)) return;
  certigar_mpfr_state state = certigar_mpfr_enter();
  mpfr_inits2(64, part, width, (mpfr_ptr)NULL);
  get_bound(share, part);
  mpfr_mul_2si(part, part, -plan->kernels->natural_exponent / 2 - 1, MPFR_RNDD);
  mpfr_div_ui(part, part, plan->n, MPFR_RNDD);
  for (size_t i = 0; i < plan->n; i++) {
    if (!s->selected[i]) continue;
    width_of(s, plan, i, width);
    if (mpfr_greater_p(width, part)) certigar_distances_want(s->least->distances, i, plan->n);
  }
  mpfr_clears(part, width, (mpfr_ptr)NULL);
  certigar_mpfr_leave(state);
}

static void want_all(certigar_selection *s, const certigar_plan *plan)
{
  for (size_t i = 0; i < plan->n; i++)
    if (s->selected[i]) certigar_distances_want(s->least->distances, i, plan->n);
}

/* The same with the distances exact that were asked for; without memory the bounds are what is known. */
static void evaluate_again(certigar_selection *s, certigar_plan *plan, certigar_interval *objective, certigar_bound *gap)
{
  (void)certigar_distances_refine(s->least->distances, plan);
  evaluate(s, plan, objective, gap);
}

void certigar_geometric_median_judge(certigar_selection *s, certigar_plan *plan, const void *row, certigar_interval *objective, certigar_bound *gap)
{
  plan->extra = row;
  for (size_t w = 0; w < plan->options.threads; w++) plan->requests[w].nonfinite[plan->n] = 0;
  certigar_distances_run(s->least->distances, plan);
  evaluate(s, plan, objective, gap);
  if (!is_within(s, plan, objective, *gap)) {
    want_wide(s, plan);
    evaluate_again(s, plan, objective, gap);
  }
  if (!is_within(s, plan, objective, *gap)) {
    want_all(s, plan);
    evaluate_again(s, plan, objective, gap);
  }
  plan->extra = NULL;
}

static int compare_reals(const void *a, const void *b)
{
  return mpfr_cmp(*(const mpfr_t *)a, *(const mpfr_t *)b);
}

int certigar_geometric_median_share(const certigar_selection *s, const certigar_plan *plan, certigar_bound *share)
{
  mpq_t tolerance;
  size_t m = 0;
  mpfr_t *lengths = certigar_reals_new(plan->n, mpfr_get_prec(s->least->value));
  if (!lengths) return 0;
  certigar_mpfr_state state = certigar_mpfr_enter();
  for (size_t i = 0; i < plan->n; i++) {
    if (!s->selected[i]) continue;
    certigar_distances_bounds(s->least->distances, i, plan->n, s->row_lower, s->row_upper);
    add_root(plan->kernels, s->row_lower, lengths[m++], MPFR_RNDD);
  }
  qsort(lengths, m, sizeof *lengths, compare_reals);
  for (size_t i = 1; i < (m + 1) / 2; i++) mpfr_add(lengths[0], lengths[0], lengths[i], MPFR_RNDD);
  mpq_init(tolerance);
  read_tolerance(plan, tolerance);
  mpfr_mul_q(lengths[0], lengths[0], tolerance, MPFR_RNDD);
  *share = bound_of(plan->kernels, lengths[0], 0);
  mpq_clear(tolerance);
  certigar_mpfr_leave(state);
  certigar_reals_free(lengths, plan->n);
  return 1;
}

void certigar_geometric_median_gap(certigar_selection *s, certigar_plan *plan)
{
  certigar_geometric_median_judge(s, plan, plan->output, &s->objective, &s->gap);
  plan->unjudged = atomic_load(&plan->stop);
}
