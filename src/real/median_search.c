/* The search for the geometric median: see median_search.h.
 *
 * F is approached by the smooth convex functions of Cohen, Lee, Miller, Pachocki, Sidford (2016, arXiv 1606.05225, section 2): with T > 0 and
 * q_i = sqrt(T^2 + r_i^2), what the logarithmic barrier of the cones norm(y - x_i) <= alpha_i leaves when the alpha_i are eliminated, with
 *
 *     gradient  (1/T) sum (y - x_i) / p_i,     Hessian  (1/T) (a I - sum (y - x_i) (y - x_i)^T / (p_i^2 q_i)),     p_i = T + q_i, a = sum 1 / p_i.
 *
 * Its minimiser is a point within 2 m T of min F, with weights in proportion to 1 / p_i. These functions are self-concordant, whatever the rows are:
 * a Newton step of length lambda (in the norm of the Hessian), shortened to 1 / (1 + lambda) of it if lambda >= 1/4, gets near the minimiser in a
 * number of steps that no row can drive up. So T is made smaller whenever lambda < 1/4, by a factor that is squared each time as long as one step
 * does; where that was too much, half of it (in bits) is taken back.
 *
 * The point of weights in proportion to 1 / p_i at y is Weiszfeld's step from y, smoothed. Every iteration makes one, and looks at that point. While
 * it alone makes the gap four times smaller each time, which with many columns it mostly does, there is no Newton step.
 *
 * The Hessian is inverted among the rows (Woodbury), from the inner products G_ij = <y - x_i, y - x_j> = (r_i^2 + r_j^2 - D_ij) / 2: with g the
 * gradient, without the factors 1 / T,
 *
 *     step = -(1/a) (g + sum c_i (y - x_i)),     (diag(a p_i^2 q_i) - G) c = (<y - x_i, g>)_i.
 */
#include "median_search.h"

#include <stdlib.h>

enum { FIRST_FACTOR = 4, GREATEST_FACTOR = 64 };           /* T becomes 2^-factor T */
enum { ITERATIONS = 256, SCRATCH = 8, LAST_STEPS = 4 };

typedef struct search {
  certigar_median *median;
  mpfr_t *root, *length, *slope; /* q_i; p_i; <y - x_i, g> */
  mpfr_t *weights, *correction;  /* c */
  mpfr_t *matrix;                /* m x m, its lower half */
  mpfr_ptr smoothing, greatest_smoothing, total, sum, term, decrement, step, last_gap; /* T, T at first, a */
  mpfr_t *scratch;
  int newton, factor, shrunk, settled;                     /* T became 2^-shrunk T last */
} search;

static int search_init(search *s, certigar_median *median)
{
  size_t m = median->m;
  mpfr_prec_t bits = median->precision;
  *s = (search){.median = median, .factor = FIRST_FACTOR};
  s->root = certigar_reals_new(m, bits);
  s->length = certigar_reals_new(m, bits);
  s->slope = certigar_reals_new(m, bits);
  s->weights = certigar_reals_new(m, bits);
  s->correction = certigar_reals_new(m, bits);
  s->scratch = certigar_reals_new(SCRATCH, bits);
  if (!s->root || !s->length || !s->slope || !s->weights || !s->correction || !s->scratch) return 0;
  mpfr_ptr *names[SCRATCH] = {&s->smoothing, &s->greatest_smoothing, &s->total, &s->sum, &s->term, &s->decrement, &s->step, &s->last_gap};
  for (int k = 0; k < SCRATCH; k++) *names[k] = s->scratch[k];
  mpfr_set_inf(s->last_gap, 1);
  return 1;
}

static void search_clear(search *s)
{
  size_t m = s->median->m;
  certigar_reals_free(s->root, m);
  certigar_reals_free(s->length, m);
  certigar_reals_free(s->slope, m);
  certigar_reals_free(s->weights, m);
  certigar_reals_free(s->correction, m);
  certigar_reals_free(s->matrix, m * m);
  certigar_reals_free(s->scratch, SCRATCH);
}

/* q, p and a at the point. */
static void find_smoothed(search *s)
{
  certigar_median *median = s->median;
  mpfr_ptr square = s->sum;
  mpfr_sqr(square, s->smoothing, MPFR_RNDN);
  mpfr_set_zero(s->total, 1);
  for (size_t i = 0; i < median->m; i++) {
    mpfr_set_z_2exp(s->root[i], median->squares[i], -2 * (mpfr_exp_t)median->bits - 1, MPFR_RNDN);
    if (mpfr_sgn(s->root[i]) < 0) mpfr_set_zero(s->root[i], 1); /* bounds need not be distances of any rows */
    mpfr_add(s->root[i], s->root[i], square, MPFR_RNDN);
    mpfr_sqrt(s->root[i], s->root[i], MPFR_RNDN);
    mpfr_add(s->length[i], s->smoothing, s->root[i], MPFR_RNDN);
    mpfr_ui_div(s->term, 1, s->length[i], MPFR_RNDN);
    mpfr_add(s->total, s->total, s->term, MPFR_RNDN);
  }
}

static void weiszfeld_step(search *s)
{
  find_smoothed(s);
  for (size_t i = 0; i < s->median->m; i++) {
    mpfr_mul(s->term, s->length[i], s->total, MPFR_RNDN);
    mpfr_ui_div(s->weights[i], 1, s->term, MPFR_RNDN);
  }
  certigar_median_set_weights(s->median, s->weights);
}

/* G_ij */
static void find_inner_product(certigar_median *median, size_t i, size_t j, mpfr_ptr product)
{
  mpz_add(median->whole, median->squares[i], median->squares[j]);
  mpz_mul_2exp(median->spread, median->gram->distances[i * median->m + j], 2 * median->bits + 1);
  mpz_sub(median->whole, median->whole, median->spread);
  mpfr_set_z_2exp(product, median->whole, -2 * (mpfr_exp_t)median->bits - 2, MPFR_RNDN);
}

/* The lower half of diag(a p^2 q) - G, and the slopes. */
static void find_system(search *s)
{
  size_t m = s->median->m;
  for (size_t i = 0; i < m; i++) mpfr_set_zero(s->slope[i], 1);
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j <= i; j++) {
      mpfr_ptr entry = s->matrix[i * m + j];
      find_inner_product(s->median, i, j, entry);
      mpfr_div(s->term, entry, s->length[j], MPFR_RNDN);
      mpfr_add(s->slope[i], s->slope[i], s->term, MPFR_RNDN);
      mpfr_div(s->term, entry, s->length[i], MPFR_RNDN);
      if (i != j) mpfr_add(s->slope[j], s->slope[j], s->term, MPFR_RNDN);
      mpfr_neg(entry, entry, MPFR_RNDN);
      if (i != j) continue;
      mpfr_sqr(s->term, s->length[i], MPFR_RNDN);
      mpfr_mul(s->term, s->term, s->root[i], MPFR_RNDN);
      mpfr_mul(s->term, s->term, s->total, MPFR_RNDN);
      mpfr_add(entry, entry, s->term, MPFR_RNDN);
    }
}

/* to -= a b */
static void subtract_product(search *s, mpfr_ptr to, mpfr_srcptr a, mpfr_srcptr b)
{
  mpfr_mul(s->term, a, b, MPFR_RNDN);
  mpfr_sub(to, to, s->term, MPFR_RNDN);
}

/* Cholesky's decomposition in place; 0 if rounding leaves the matrix not positive definite. */
static int decompose(search *s)
{
  size_t m = s->median->m;
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j <= i; j++) {
      mpfr_ptr entry = s->matrix[i * m + j];
      for (size_t l = 0; l < j; l++) subtract_product(s, entry, s->matrix[i * m + l], s->matrix[j * m + l]);
      if (i > j) {
        mpfr_div(entry, entry, s->matrix[j * m + j], MPFR_RNDN);
        continue;
      }
      if (!(mpfr_sgn(entry) > 0)) return 0;
      mpfr_sqrt(entry, entry, MPFR_RNDN);
    }
  return 1;
}

static void solve(search *s)
{
  size_t m = s->median->m;
  for (size_t i = 0; i < m; i++) {
    mpfr_set(s->correction[i], s->slope[i], MPFR_RNDN);
    for (size_t l = 0; l < i; l++) subtract_product(s, s->correction[i], s->matrix[i * m + l], s->correction[l]);
    mpfr_div(s->correction[i], s->correction[i], s->matrix[i * m + i], MPFR_RNDN);
  }
  for (size_t i = m; i-- > 0;) {
    for (size_t l = i + 1; l < m; l++) subtract_product(s, s->correction[i], s->matrix[l * m + i], s->correction[l]);
    mpfr_div(s->correction[i], s->correction[i], s->matrix[i * m + i], MPFR_RNDN);
  }
}

/* lambda^2 = (1 / (T a)) (norm(g)^2 + sum c_i <y - x_i, g>), and norm(g)^2 = sum <y - x_i, g> / p_i. */
static void find_decrement(search *s)
{
  mpfr_set_zero(s->decrement, 1);
  for (size_t i = 0; i < s->median->m; i++) {
    mpfr_ui_div(s->term, 1, s->length[i], MPFR_RNDN);
    mpfr_add(s->term, s->term, s->correction[i], MPFR_RNDN);
    mpfr_mul(s->term, s->term, s->slope[i], MPFR_RNDN);
    mpfr_add(s->decrement, s->decrement, s->term, MPFR_RNDN);
  }
  mpfr_div(s->decrement, s->decrement, s->smoothing, MPFR_RNDN);
  mpfr_div(s->decrement, s->decrement, s->total, MPFR_RNDN);
  if (mpfr_sgn(s->decrement) < 0) mpfr_set_zero(s->decrement, 1);
  mpfr_sqrt(s->decrement, s->decrement, MPFR_RNDN);
}

/* y += step: with k_i = 1/p_i + c_i, w_i += (k_i - w_i sum k_j) / a, or a part of that. */
static void move(search *s)
{
  certigar_median *median = s->median;
  mpfr_set_ui(s->step, 1, MPFR_RNDN);
  if (mpfr_cmp_ui_2exp(s->decrement, 1, -2) >= 0) {
    mpfr_add_ui(s->step, s->decrement, 1, MPFR_RNDN);
    mpfr_ui_div(s->step, 1, s->step, MPFR_RNDN);
  }
  mpfr_div(s->step, s->step, s->total, MPFR_RNDN);
  mpfr_set_zero(s->sum, 1);
  for (size_t i = 0; i < median->m; i++) {
    mpfr_ui_div(s->term, 1, s->length[i], MPFR_RNDN);
    mpfr_add(s->correction[i], s->correction[i], s->term, MPFR_RNDN);
    mpfr_add(s->sum, s->sum, s->correction[i], MPFR_RNDN);
  }
  for (size_t i = 0; i < median->m; i++) {
    mpfr_set_z_2exp(s->weights[i], median->weights[i], -(mpfr_exp_t)median->bits, MPFR_RNDN);
    mpfr_mul(s->term, s->weights[i], s->sum, MPFR_RNDN);
    mpfr_sub(s->term, s->correction[i], s->term, MPFR_RNDN);
    mpfr_mul(s->term, s->term, s->step, MPFR_RNDN);
    mpfr_add(s->weights[i], s->weights[i], s->term, MPFR_RNDN);
  }
  certigar_median_set_weights(median, s->weights);
}

/* Whether the step is known; if not, rounding is in the way. */
static int find_step(search *s)
{
  find_smoothed(s);
  find_system(s);
  if (!decompose(s)) return 0;
  solve(s);
  find_decrement(s);
  return 1;
}

/* T becomes 2^-factor T, but not so small that the tolerance cannot tell; 0 if it is as small as that already. */
static int shrink(search *s, mp_bitcnt_t goal)
{
  mpfr_ptr least = s->sum;
  mp_bitcnt_t rows = 0;
  while (s->median->m >> rows > 0) rows++;
  mpfr_div_2ui(least, s->median->best_near, goal + rows + 8, MPFR_RNDN);
  if (mpfr_lessequal_p(s->smoothing, least)) return 0;
  mpfr_div_2ui(s->smoothing, s->smoothing, (unsigned long)s->factor, MPFR_RNDN);
  s->shrunk = s->factor;
  if (mpfr_less_p(s->smoothing, least)) mpfr_set(s->smoothing, least, MPFR_RNDN);
  return 1;
}

/* Newton steps from now on: with a T at which the point is not far from the minimiser. */
static void begin_newton(search *s)
{
  s->newton = 1;
  mpfr_div_ui(s->term, s->median->gap, s->median->m, MPFR_RNDN);
  if (mpfr_greater_p(s->term, s->greatest_smoothing)) mpfr_set(s->term, s->greatest_smoothing, MPFR_RNDN);
  if (mpfr_greater_p(s->term, s->smoothing)) mpfr_set(s->smoothing, s->term, MPFR_RNDN);
}

/* What comes after the look at a point: 0 when nothing more is gained. */
static int prepare_next(search *s, mp_bitcnt_t goal)
{
  if (!s->newton) {
    mpfr_div_2ui(s->term, s->last_gap, 2, MPFR_RNDN);
    int quick = mpfr_lessequal_p(s->median->gap, s->term);
    mpfr_set(s->last_gap, s->median->gap, MPFR_RNDN);
    if (quick && shrink(s, goal)) return 1;
    if (!certigar_gram_is_exact(s->median->gram)) return 0;
    begin_newton(s);
  }
  if (!find_step(s)) return shrink(s, goal) || ++s->settled <= LAST_STEPS;
  if (mpfr_cmp_ui_2exp(s->decrement, 1, -2) >= 0) {
    s->factor = FIRST_FACTOR;
    if (s->shrunk > FIRST_FACTOR) {
      s->shrunk /= 2;
      mpfr_mul_2ui(s->smoothing, s->smoothing, (unsigned long)s->shrunk, MPFR_RNDN);
    } else {
      move(s);
    }
    return 1;
  }
  move(s);
  if (!shrink(s, goal)) return ++s->settled <= LAST_STEPS;
  if (s->factor < GREATEST_FACTOR) s->factor *= 2;
  return 1;
}

/* The search from row k, looked at last. The first T is the half-th least distance from it, which is not 0 but for a minimiser. */
static int search_from(certigar_median *median, certigar_plan *plan, mp_bitcnt_t goal, size_t k, size_t *iterations)
{
  search s;
  size_t m = median->m, most = ITERATIONS + 2 * median->bits;
  int good = search_init(&s, median) && (s.matrix = certigar_reals_new(m * m, median->precision)) != NULL;
  if (good && mpfr_sgn(median->lower[median->half - 1]) > 0) {
    mpfr_set(s.smoothing, median->lower[median->half - 1], MPFR_RNDN);
    mpfr_set(s.greatest_smoothing, s.smoothing, MPFR_RNDN);
    certigar_median_set_row(median, k);
    for (*iterations = 1;; ++*iterations) {
      weiszfeld_step(&s);
      certigar_median_look(median);
      certigar_advance(plan, 0, 0);
      if (certigar_median_is_reached(median) || *iterations == most || atomic_load(&plan->stop) || !prepare_next(&s, goal)) break;
    }
  }
  search_clear(&s);
  return good;
}

size_t certigar_median_best_row(certigar_median *median)
{
  mpfr_ptr sum = median->scratch[0], length = median->scratch[1], least = median->scratch[2];
  size_t best = 0, m = median->m;
  mpfr_set_inf(least, 1);
  for (size_t i = 0; i < m; i++) {
    mpfr_set_zero(sum, 1);
    for (size_t j = 0; j < m; j++) {
      mpfr_set_z(length, median->gram->distances[i * m + j], MPFR_RNDN);
      mpfr_sqrt(length, length, MPFR_RNDN);
      mpfr_add(sum, sum, length, MPFR_RNDN);
    }
    if (!mpfr_less_p(sum, least)) continue;
    mpfr_set(least, sum, MPFR_RNDN);
    best = i;
  }
  return best;
}

int certigar_median_search(certigar_median *median, certigar_plan *plan, mp_bitcnt_t goal, size_t *iterations)
{
  size_t k = certigar_median_best_row(median);
  *iterations = 0;
  certigar_median_set_row(median, k);
  if (certigar_gram_is_exact(median->gram)) {
    certigar_median_look_at_row(median, k);
  } else {
    certigar_median_look(median);
  }
  return certigar_median_is_reached(median) || search_from(median, plan, goal, k, iterations);
}
