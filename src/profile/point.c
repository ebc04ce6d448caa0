/* Points of a profile's rules over the reals: centered clipping, and a fixed number of steps towards the geometric median (Weiszfeld 1937, with the
 * floor of Pillutla, Kakade, Harchaoui 2022): z becomes sum b_i x_i / sum b_i, b_i = 1 / max(norm(x_i - z), nu).
 *
 * z is the start or a convex combination of the rows, so a step takes n^2 operations on weights, as in real/centered_clipping.c.
 *
 * Bits. Let u = 2^-bits, m points, R the greatest distance, q = max(1, R / nu), c some small constant. A squared distance is off by less than c m u R^2,
 * so max(r, nu) by a factor within 1 +- c m u q^2, and so are the weights, and z by less than c m u q^2 R. What z is off makes the next distances
 * wrong by as much, the next weights by a factor within 1 +- that / nu, so the next z by q times more (and c m). After T steps that is u (c m)^T q^(T+2) R:
 * with RESULT_BITS + (T + 2) (log2 q + log2 m + 4) bits it is less than 2^-RESULT_BITS R. BITS_MAX is the limit; a floor so small that it is
 * reached is nothing that a sum of binary64 numbers could tell from none.
 */
#include "pairs.h"
#include "work.h"

#include <stdlib.h>

enum { RESULT_BITS = 160, BITS_MAX = 65536, WEIGHT_DIGITS = 6 };

typedef struct point {
  size_t count;                    /* points of the gram */
  size_t rows;                     /* of them; the others are the start */
  mpfr_t *distances, *weights, *next, *means;
  mpfr_t *scratch;
} point;

enum { HALF, TERM, TOTAL, FLOOR, STOP, SCRATCH };

static void set_length(mpfr_ptr value, const char *text, const certigar_plan *plan)
{
  certigar_rational number;
  certigar_rational_set(&number, text);
  certigar_length_get(&number, plan->kernels, value);
}

static mpfr_prec_t needed_bits(const certigar_gram *gram, const certigar_plan *plan)
{
  mpfr_t floor;
  mpfr_init2(floor, RESULT_BITS);
  set_length(floor, plan->definition->nu, plan);
  mpfr_prec_t ratio = certigar_gram_bits(gram) / 2 + 1 - mpfr_get_exp(floor) + 1, steps = (mpfr_prec_t)plan->definition->steps;
  mpfr_clear(floor);
  mpfr_prec_t bits = RESULT_BITS + (steps + 2) * ((ratio > 0 ? ratio : 0) + certigar_bits_of(gram->m) + 4);
  return bits < BITS_MAX ? bits : BITS_MAX;
}

static void clear(point *p)
{
  certigar_reals_free(p->distances, p->count * p->count);
  certigar_reals_free(p->weights, p->count);
  certigar_reals_free(p->next, p->count);
  certigar_reals_free(p->means, p->count);
  certigar_reals_free(p->scratch, SCRATCH);
}

static int init(point *p, const certigar_gram *gram, const certigar_plan *plan)
{
  size_t count = gram->m;
  mpfr_prec_t bits = needed_bits(gram, plan);
  *p = (point){.count = count,
               .rows = count - (plan->extra != NULL),
               .distances = certigar_reals_new(count * count, bits),
               .weights = certigar_reals_new(count, bits),
               .next = certigar_reals_new(count, bits),
               .means = certigar_reals_new(count, bits),
               .scratch = certigar_reals_new(SCRATCH, bits)};
  if (!p->distances || !p->weights || !p->next || !p->means || !p->scratch) return 0;
  for (size_t k = 0; k < count * count; k++) mpfr_set_z(p->distances[k], gram->distances[k], MPFR_RNDN);
  for (size_t k = 0; k < count; k++) {
    mpfr_set_ui(p->weights[k], plan->extra ? k == p->rows : 1, MPFR_RNDN);
    if (!plan->extra) mpfr_div_ui(p->weights[k], p->weights[k], count, MPFR_RNDN);
  }
  set_length(p->scratch[FLOOR], plan->definition->nu, plan);
  if (plan->definition->stop) set_length(p->scratch[STOP], plan->definition->stop, plan);
  return 1;
}

/* How far the next point is from this one, squared: -(1/2) sum_jk d_j d_k D_jk, d the difference of the weights. */
static void find_step(point *p, mpfr_ptr square)
{
  mpfr_ptr term = p->scratch[TERM];
  for (size_t k = 0; k < p->count; k++) mpfr_sub(p->weights[k], p->next[k], p->weights[k], MPFR_RNDN);
  mpfr_set_zero(square, 1);
  for (size_t j = 0; j < p->count; j++)
    for (size_t k = 0; k < j; k++) {
      mpfr_mul(term, p->weights[j], p->weights[k], MPFR_RNDN);
      mpfr_mul(term, term, p->distances[j * p->count + k], MPFR_RNDN);
      mpfr_sub(square, square, term, MPFR_RNDN);
    }
}

/* One step; returns whether it was small enough to end. */
static int step(point *p, int may_stop)
{
  mpfr_ptr half = p->scratch[HALF], term = p->scratch[TERM], total = p->scratch[TOTAL], floor = p->scratch[FLOOR], stop = p->scratch[STOP];
  certigar_point_means(p->count, p->distances, p->weights, p->means, half, term);
  mpfr_set_zero(total, 1);
  for (size_t k = 0; k < p->rows; k++) {
    mpfr_sub(term, p->means[k], half, MPFR_RNDN);
    if (mpfr_sgn(term) < 0) mpfr_set_zero(term, 1); /* by rounding */
    mpfr_sqrt(term, term, MPFR_RNDN);
    mpfr_max(term, term, floor, MPFR_RNDN);
    mpfr_ui_div(p->next[k], 1, term, MPFR_RNDN);
    mpfr_add(total, total, p->next[k], MPFR_RNDN);
  }
  for (size_t k = 0; k < p->rows; k++) mpfr_div(p->next[k], p->next[k], total, MPFR_RNDN);
  int small = 0;
  if (may_stop) {
    find_step(p, half);
    mpfr_sqr(total, stop, MPFR_RNDN);
    small = mpfr_lessequal_p(half, total);
  }
  for (size_t k = 0; k < p->count; k++) mpfr_set(p->weights[k], p->next[k], MPFR_RNDN);
  return small;
}

static int weigh(certigar_selection *s, certigar_plan *plan, certigar_gram *gram)
{
  point p;
  int good = init(&p, gram, plan), ended = 0;
  for (size_t t = 0; good && !ended && t < plan->definition->steps && !atomic_load(&plan->stop); t++) {
    ended = step(&p, plan->definition->stop != NULL);
    s->iterations = t + 1;
    certigar_advance(plan, 0, 0);
  }
  good = good && certigar_set_weights(s, gram->rows, p.rows, p.weights, WEIGHT_DIGITS);
  clear(&p);
  return good;
}

static int weigh_steps(certigar_selection *s, certigar_plan *plan, size_t odd)
{
  certigar_gram gram;
  const certigar_profile_work *work = plan->profile_work;
  int spoiled = plan->definition->odd_rows == ROWS_NAN && odd > 0;
  for (size_t i = 0; i < s->n; i++) spoiled |= work->holds[i] == HOLDS_NAN;
  plan->profile_work->all_nan = spoiled || odd == s->n;
  if (plan->profile_work->all_nan) return 1;
  int good = certigar_gram_init(&gram, s, plan) ? weigh(s, plan, &gram) : atomic_load(&plan->stop);
  certigar_gram_clear(&gram);
  return good;
}

/* Rows with an infinity and no NaN are cut to nothing. A NaN spoils everything, or (ROWS_NAN_WHOLE) is taken whole, as every row is from the
 * second iteration on, when the centre holds a NaN. */
static int weigh_clipping(certigar_selection *s, certigar_plan *plan, size_t odd)
{
  certigar_profile_work *work = plan->profile_work;
  size_t nans = 0;
  if (odd == 0) return certigar_weigh_centered_clipping(s, plan);
  plan->bad_centre = !certigar_distances_finite(s->distances, s->n);
  if (plan->bad_centre) return 1;
  for (size_t i = 0; i < s->n; i++)
    if (work->holds[i] & HOLDS_NAN) work->whole[nans++] = i;
  int again = plan->options.iterations > 1;
  work->all_nan = plan->definition->odd_rows == ROWS_INFINITE_ZERO && (nans > 0 || again);
  work->all_rows = plan->definition->odd_rows == ROWS_NAN_WHOLE && again;
  if (work->all_nan || work->all_rows) return 1;
  return certigar_clip_towards(s, plan, s->n, work->whole, nans);
}

int certigar_weigh_profile_point(certigar_selection *s, certigar_plan *plan)
{
  certigar_profile_work *work = plan->profile_work;
  size_t odd = 0;
  work->all_nan = work->all_rows = 0;
  if (atomic_load(&plan->stop)) return 1;
  certigar_find_odd(plan, s, work->holds, NULL);
  for (size_t i = 0; i < s->n; i++) {
    s->selected[i] = (unsigned char)certigar_distances_finite(s->distances, i);
    odd += !s->selected[i];
  }
  return plan->definition->how == HOW_CLIPPING ? weigh_clipping(s, plan, odd) : weigh_steps(s, plan, odd);
}
