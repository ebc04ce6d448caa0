/* Centered clipping (Karimireddy, He, Jaggi 2021): L times, v becomes v + (1/m) sum of a_i (x_i - v), a_i = min(1, tau / r_i), r_i = norm(x_i - v).
 *
 * v is always a convex combination of the rows and the centre, with weights w: so r_i^2 = sum_j w_j D_ij - (1/2) sum_jk w_j w_k D_jk, and a step
 * takes n^2 operations on weights. With a the mean of the a_i, w_k becomes (1 - a) w_k + a_k / m, and a_k = 0 for the centre.
 *
 * Bits. Let p be the precision, u = 2^-p, R the greatest distance, q = max(1, R / tau), c some small constant.
 * - r_i^2 is off by less than c m L u R^2, the sum of the weights being off by c m L u at most; so a_i by less than e = c m L u q^2, since the
 *   derivative of tau / sqrt(x) is at most 1 / (2 tau^2) for x >= tau^2.
 * - v -> v + (1/m) sum of a_i (x_i - v) does not increase distances: x_i - v -> a_i (x_i - v) is the projection onto a ball, whose derivative is
 *   symmetric with eigenvalues from 0 to 1 (almost everywhere). So after t steps the point is off by less than 2 t e R.
 * - an a_i changes by at most 1 / tau times what v moves. So the weights are off by 2 L (2 L e q + e) < 8 c m L^3 q^3 u in all.
 * With p = 64 + 3 log2 q + 3 log2 L + log2 m + GUARD that is below 2^-64: nothing beside the rounding of the weights (gram.h).
 * A norm near tau on the wrong side matters as little, since a_i is continuous.
 */
#include "gram.h"

#include <stdlib.h>

enum { RESULT_BITS = 64, GUARD = 24 };

typedef struct clipping {
  size_t m;                    /* rows; the centre is point m */
  size_t divisor, whole;       /* m and 0; or as certigar_clip_towards says */
  mpfr_t *distances;           /* (m+1) x (m+1) */
  mpfr_t *weights, *means;     /* w_j, sum_j w_j D_ij */
  mpfr_t *factors;             /* a_i; 0 for the centre */
  mpfr_t *scratch;             /* tau, tau^2, half, total, term */
} clipping;

enum { SCRATCH = 5 };

/* p as above: R^2 < 2^size and tau >= 2^(exponent - 1). */
static mpfr_prec_t needed_bits(const certigar_gram *gram, const certigar_plan *plan)
{
  mpfr_t tau;
  mpfr_init2(tau, RESULT_BITS);
  certigar_length_get(&plan->options.tau, plan->kernels, tau);
  mpfr_prec_t ratio = certigar_gram_bits(gram) / 2 + 1 - mpfr_get_exp(tau) + 1;
  mpfr_clear(tau);
  return RESULT_BITS + 3 * (ratio > 0 ? ratio : 0) + 3 * certigar_bits_of(plan->options.iterations) + certigar_bits_of(gram->m) + GUARD;
}

static void clear(clipping *p)
{
  size_t points = p->m + 1;
  certigar_reals_free(p->distances, points * points);
  certigar_reals_free(p->weights, points);
  certigar_reals_free(p->means, points);
  certigar_reals_free(p->factors, points);
  certigar_reals_free(p->scratch, SCRATCH);
}

/* Begins at the centre. */
static int init(clipping *p, const certigar_gram *gram, const certigar_plan *plan, size_t divisor, size_t whole)
{
  size_t points = gram->m;
  mpfr_prec_t bits = needed_bits(gram, plan);
  *p = (clipping){.m = points - 1,
                  .divisor = divisor,
                  .whole = whole,
                  .distances = certigar_reals_new(points * points, bits),
                  .weights = certigar_reals_new(points, bits),
                  .means = certigar_reals_new(points, bits),
                  .factors = certigar_reals_new(points, bits),
                  .scratch = certigar_reals_new(SCRATCH, bits)};
  if (!p->distances || !p->weights || !p->means || !p->factors || !p->scratch) return 0;
  for (size_t k = 0; k < points * points; k++) mpfr_set_z(p->distances[k], gram->distances[k], MPFR_RNDN);
  mpfr_set_ui(p->weights[p->m], 1, MPFR_RNDN);
  certigar_length_get(&plan->options.tau, plan->kernels, p->scratch[0]);
  mpfr_sqr(p->scratch[1], p->scratch[0], MPFR_RNDN);
  return 1;
}

/* One iteration. Returns whether a weight changed. */
static int step(clipping *p)
{
  mpfr_ptr tau = p->scratch[0], square = p->scratch[1], half = p->scratch[2], total = p->scratch[3], term = p->scratch[4];
  int changed = 0;
  certigar_point_means(p->m + 1, p->distances, p->weights, p->means, half, term);
  mpfr_set_ui(total, p->whole, MPFR_RNDN);
  for (size_t i = 0; i < p->m; i++) {
    mpfr_sub(term, p->means[i], half, MPFR_RNDN);
    if (mpfr_lessequal_p(term, square)) {
      mpfr_set_ui(p->factors[i], 1, MPFR_RNDN);
    } else {
      mpfr_sqrt(term, term, MPFR_RNDN);
      mpfr_div(p->factors[i], tau, term, MPFR_RNDN);
    }
    mpfr_add(total, total, p->factors[i], MPFR_RNDN);
  }
  mpfr_div_ui(total, total, p->divisor, MPFR_RNDN);
  mpfr_ui_sub(total, 1, total, MPFR_RNDN);
  if (mpfr_sgn(total) < 0) mpfr_set_zero(total, 1); /* by rounding */
  for (size_t k = 0; k <= p->m; k++) {
    mpfr_mul(term, total, p->weights[k], MPFR_RNDN);
    mpfr_div_ui(p->factors[k], p->factors[k], p->divisor, MPFR_RNDN);
    mpfr_add(term, term, p->factors[k], MPFR_RNDN);
    changed |= !mpfr_equal_p(term, p->weights[k]);
    mpfr_set(p->weights[k], term, MPFR_RNDN);
  }
  return changed;
}

/* The weights of the points, and 1 / divisor for each row that counts whole. */
static int set_weights(certigar_selection *s, const certigar_plan *plan, const certigar_gram *gram, const clipping *p, const size_t *whole)
{
  size_t count = gram->m + p->whole, *rows = malloc(count * sizeof *rows);
  mpfr_t *weights = certigar_reals_new(count, mpfr_get_prec(p->weights[0]));
  int good = rows && weights;
  for (size_t k = 0; good && k < count; k++) {
    rows[k] = k < gram->m ? gram->rows[k] : whole[k - gram->m];
    if (k < gram->m) {
      mpfr_set(weights[k], p->weights[k], MPFR_RNDN);
    } else {
      mpfr_set_ui(weights[k], 1, MPFR_RNDN);
      mpfr_div_ui(weights[k], weights[k], p->divisor, MPFR_RNDN);
    }
  }
  good = good && certigar_set_weights(s, rows, count, weights, certigar_weight_digits(plan->kernels, count));
  certigar_reals_free(weights, count);
  free(rows);
  return good;
}

static int weigh(certigar_selection *s, certigar_plan *plan, const certigar_gram *gram, size_t divisor, const size_t *whole, size_t whole_count)
{
  clipping p;
  int good = init(&p, gram, plan, divisor, whole_count), changed = 1;
  for (size_t t = 0; good && changed && t < plan->options.iterations && !atomic_load(&plan->stop); t++) {
    changed = step(&p);
    certigar_advance(plan, 0, 0);
  }
  good = good && set_weights(s, plan, gram, &p, whole);
  clear(&p);
  return good;
}

int certigar_clip_towards(certigar_selection *s, certigar_plan *plan, size_t divisor, const size_t *whole, size_t whole_count)
{
  certigar_gram gram;
  int good = certigar_gram_init(&gram, s, plan) ? weigh(s, plan, &gram, divisor, whole, whole_count) : atomic_load(&plan->stop);
  certigar_gram_clear(&gram);
  return good;
}

int certigar_weigh_centered_clipping(certigar_selection *s, certigar_plan *plan)
{
  size_t m = 0;
  if (atomic_load(&plan->stop)) return 1;
  plan->bad_centre = !certigar_distances_finite(s->distances, s->n);
  for (size_t i = 0; i < s->n; i++) {
    s->selected[i] = (unsigned char)certigar_distances_finite(s->distances, i);
    m += s->selected[i];
  }
  plan->no_value = m == 0;
  if (plan->bad_centre || plan->no_value) return 1;
  return certigar_clip_towards(s, plan, m, NULL, 0);
}
