/* The covariance-bound agnostic filter (Allouah, Guerraoui, Stephan 2025), as spec/rules.md has it: while the weights c_i of the m finite rows add up
 * to more than m - 2f', the weighted mean mu, the dominant direction of the weighted covariance, and t_i, how far row i lies along it, squared; c_i
 * becomes c_i (1 - t_i / max t). The mu of least eigenvalue is the output.
 *
 * Every round takes the weight of a row, so there are fewer than m. The distances of the rows are all that is needed (cloud.h), and e, which
 * bounds the relative error of every weight, grows from round to round by that of 1 - t_i / max t. What is decided (which eigenvalue is less,
 * which t_i is greatest, whether the weights add up to enough) is decided if it differs by more than its error. An attempt that leaves something
 * open, or an e above 2^-66 in the end, is made again with twice the bits.
 *
 * Exact ties of rows that are not equal, and eigenvalues that are multiple, no number of bits can tell. So an attempt is the last one at
 * 2 B + 256 + 32 f' bits, B the bits from the first of the greatest distance to the last of any; there numbers that agree in half of their bits are
 * taken for equal, and of the directions of nearly equal eigenvalues any one is taken.
 */
#include "cloud.h"

#include <stdlib.h>

enum { FIRST_BITS = 256, RESULT_BITS = 66 };

typedef struct filter {
  certigar_plan *plan;
  certigar_cloud cloud;
  size_t threshold;  /* m - 2f' */
  int last;          /* attempt */
  int open;          /* something was not decided */
  mpfr_t *best;      /* m: c_i / C of least eigenvalue so far */
  mpfr_t *least;     /* that eigenvalue, scratch */
  mpfr_t *errors;    /* of the eigenvalue, of best, scratch */
} filter;

enum { LEAST, DIFFERENCE, LEAST_COUNT };
enum { ERROR_LEAST, ERROR_BEST, ERROR_A, ERROR_B, ERRORS };

static int init(filter *p, const certigar_gram *gram, mpfr_prec_t bits)
{
  int good = certigar_cloud_init(&p->cloud, gram, bits);
  p->open = 0;
  p->best = certigar_reals_new(gram->m, bits);
  p->least = certigar_reals_new(LEAST_COUNT, bits);
  p->errors = certigar_reals_new(ERRORS, RESULT_BITS);
  if (!good || !p->best || !p->least || !p->errors) return 0;
  mpfr_set_inf(p->least[LEAST], 1);
  return 1;
}

static void clear(filter *p)
{
  certigar_reals_free(p->best, p->cloud.m);
  certigar_reals_free(p->least, LEAST_COUNT);
  certigar_reals_free(p->errors, ERRORS);
  certigar_cloud_clear(&p->cloud);
}

/* Whether difference > 0, known up to error; in the last attempt, whether it is beside scale. */
static int is_positive(filter *p, mpfr_srcptr difference, mpfr_srcptr error, mpfr_srcptr scale)
{
  if (p->last) {
    mpfr_div_2ui(p->errors[ERROR_B], scale, (unsigned long)p->cloud.bits / 2, MPFR_RNDN);
    return mpfr_greater_p(difference, p->errors[ERROR_B]);
  }
  if (mpfr_cmpabs(difference, error) <= 0) p->open = 1;
  return mpfr_greater_p(difference, error);
}

/* The mean of these weights is the best so far. */
static void keep(filter *p, mpfr_srcptr value)
{
  const certigar_cloud *cloud = &p->cloud;
  mpfr_set(p->least[LEAST], value, MPFR_RNDN);
  mpfr_set(p->errors[ERROR_LEAST], cloud->bounds[BOUND_VALUE], MPFR_RNDU);
  mpfr_set(p->errors[ERROR_BEST], cloud->bounds[BOUND_WEIGHTS], MPFR_RNDU);
  for (size_t i = 0; i < cloud->m; i++) mpfr_div(p->best[i], cloud->weights[i], certigar_cloud_total(cloud), MPFR_RNDN);
}

static void keep_if_less(filter *p, mpfr_srcptr value)
{
  if (!mpfr_inf_p(p->least[LEAST])) {
    mpfr_sub(p->least[DIFFERENCE], p->least[LEAST], value, MPFR_RNDN);
    mpfr_add(p->errors[ERROR_A], p->errors[ERROR_LEAST], p->cloud.bounds[BOUND_VALUE], MPFR_RNDU);
    if (!is_positive(p, p->least[DIFFERENCE], p->errors[ERROR_A], p->least[LEAST])) return;
  }
  keep(p, value);
}

/* Among the rows listed, one that lies farthest along. */
static size_t farthest(const certigar_cloud *cloud)
{
  size_t g = 0;
  for (size_t a = 1; a < cloud->k; a++)
    if (mpfr_cmpabs(cloud->shifts[a], cloud->shifts[g]) > 0) g = a;
  return g;
}

/* 1 - (u_a / u_g)^2 and its error, 8 (that of u_a and that of u_g) / u_g + 8u: each quotient is at most 2 if that of u_g is at most u_g / 4. */
static void find_rest(filter *p, size_t a, size_t g, mpfr_ptr rest, mpfr_ptr error)
{
  const certigar_cloud *cloud = &p->cloud;
  mpfr_div(rest, cloud->shifts[a], cloud->shifts[g], MPFR_RNDN);
  mpfr_sqr(rest, rest, MPFR_RNDN);
  mpfr_ui_sub(rest, 1, rest, MPFR_RNDN);
  mpfr_add(error, cloud->shift_errors[a], cloud->shift_errors[g], MPFR_RNDU);
  mpfr_abs(p->errors[ERROR_B], cloud->shifts[g], MPFR_RNDD);
  mpfr_div(error, error, p->errors[ERROR_B], MPFR_RNDU);
  mpfr_set_ui_2exp(p->errors[ERROR_B], 1, -cloud->bits, MPFR_RNDU);
  mpfr_add(error, error, p->errors[ERROR_B], MPFR_RNDU);
  mpfr_mul_2ui(error, error, 3, MPFR_RNDU);
}

/* c_a becomes c_a rest; worst becomes no less than the relative error of that. */
static void lower_weight(filter *p, size_t a, size_t g, mpfr_ptr worst)
{
  certigar_cloud *cloud = &p->cloud;
  mpfr_ptr weight = cloud->weights[cloud->rows[a]], rest = p->least[DIFFERENCE], error = p->errors[ERROR_A], one = p->errors[ERROR_B];
  if (mpfr_zero_p(cloud->distances[cloud->rows[a] * cloud->m + cloud->rows[g]])) {
    mpfr_set_zero(weight, 1);
    return;
  }
  find_rest(p, a, g, rest, error);
  mpfr_set_ui(one, 1, MPFR_RNDN);
  if (!is_positive(p, rest, error, one)) {
    mpfr_set_zero(weight, 1);
    return;
  }
  mpfr_mul(weight, weight, rest, MPFR_RNDN);
  mpfr_sub(rest, rest, error, MPFR_RNDD);
  mpfr_div(error, error, rest, MPFR_RNDU);
  mpfr_max(worst, worst, error, MPFR_RNDU);
}

/* e becomes e + 2 worst + 4u, which bounds (1 + e)(1 + worst)(1 + u) - 1 while e < 1/4. */
static void grow_error(filter *p, mpfr_srcptr worst)
{
  mpfr_ptr error = p->cloud.bounds[BOUND_WEIGHTS];
  mpfr_add(error, error, worst, MPFR_RNDU);
  mpfr_add(error, error, worst, MPFR_RNDU);
  mpfr_set_ui_2exp(p->errors[ERROR_A], 4, -p->cloud.bits, MPFR_RNDU);
  mpfr_add(error, error, p->errors[ERROR_A], MPFR_RNDU);
  if (mpfr_cmp_ui_2exp(error, 1, -2) > 0) p->open = 1;
}

/* Returns whether the weights are still enough for another round. */
static int lower_weights(filter *p)
{
  certigar_cloud *cloud = &p->cloud;
  size_t g = farthest(cloud);
  mpfr_t worst;
  mpfr_mul_2ui(p->errors[ERROR_A], cloud->shift_errors[g], 2, MPFR_RNDU);
  if (mpfr_cmpabs(cloud->shifts[g], p->errors[ERROR_A]) < 0) p->open = 1;
  if (mpfr_zero_p(cloud->shifts[g]) || (p->open && !p->last)) return 0;
  mpfr_init2(worst, RESULT_BITS);
  mpfr_set_zero(worst, 1);
  for (size_t a = 0; a < cloud->k; a++) lower_weight(p, a, g, worst);
  grow_error(p, worst);
  mpfr_clear(worst);
  certigar_cloud_list(cloud);
  mpfr_sub_ui(p->least[DIFFERENCE], certigar_cloud_total(cloud), p->threshold, MPFR_RNDN);
  mpfr_set_ui_2exp(p->errors[ERROR_A], cloud->m + 1, -cloud->bits, MPFR_RNDU);
  mpfr_add(p->errors[ERROR_A], p->errors[ERROR_A], cloud->bounds[BOUND_WEIGHTS], MPFR_RNDU);
  mpfr_mul_ui(p->errors[ERROR_A], p->errors[ERROR_A], 2 * cloud->m, MPFR_RNDU);
  return is_positive(p, p->least[DIFFERENCE], p->errors[ERROR_A], certigar_cloud_total(cloud));
}

/* Returns whether there is another round. */
static int one_round(filter *p)
{
  certigar_cloud *cloud = &p->cloud;
  certigar_advance(p->plan, 0, 0);
  if (p->threshold == cloud->m || certigar_cloud_is_point(cloud)) { /* the only round; or the eigenvalue is 0, and no earlier one was */
    mpfr_set_zero(p->least[DIFFERENCE], 1);
    keep(p, p->least[DIFFERENCE]);
    return 0;
  }
  if (!certigar_cloud_look(cloud)) p->open = 1;
  if (p->open && !p->last) return 0;
  keep_if_less(p, cloud->eigen.values[0]);
  return lower_weights(p) && (p->last || !p->open) && !atomic_load(&p->plan->stop);
}

/* One attempt: the weights of the best mean. Returns 0 if there is no memory. */
static int attempt(filter *p, const certigar_gram *gram, mpfr_prec_t bits)
{
  if (!init(p, gram, bits)) return 0;
  certigar_cloud_list(&p->cloud);
  while (one_round(p)) continue;
  if (mpfr_cmp_ui_2exp(p->errors[ERROR_BEST], 1, -RESULT_BITS) > 0) p->open = 1;
  return 1;
}

static mpfr_prec_t last_bits(const certigar_gram *gram, size_t byzantine)
{
  size_t first = 0, last = SIZE_MAX;
  for (size_t p = 0; p < gram->m * gram->m; p++) {
    if (mpz_sgn(gram->distances[p]) == 0) continue;
    if (mpz_sizeinbase(gram->distances[p], 2) > first) first = mpz_sizeinbase(gram->distances[p], 2);
    if (mpz_scan1(gram->distances[p], 0) < last) last = mpz_scan1(gram->distances[p], 0);
  }
  return (mpfr_prec_t)((first > 0 ? 2 * (first - last) : 0) + 256 + 32 * byzantine);
}

/* The best weights, of the rows that have one. */
static int set_output(certigar_selection *s, const filter *p, const certigar_gram *gram)
{
  size_t *rows = malloc(gram->m * sizeof *rows), count = 0;
  int good = rows != NULL;
  for (size_t i = 0; good && i < gram->m; i++) {
    if (mpfr_zero_p(p->best[i])) continue;
    mpfr_swap(p->best[count], p->best[i]);
    rows[count++] = gram->rows[i];
    s->selected[gram->rows[i]] = 1;
  }
  good = good && certigar_set_weights(s, rows, count, p->best, certigar_weight_digits(p->plan->kernels, count));
  free(rows);
  return good;
}

static int weigh(certigar_selection *s, certigar_plan *plan, certigar_gram *gram)
{
  size_t f = plan->options.f, dropped = plan->n - gram->m, byzantine = f > dropped ? f - dropped : 0;
  filter p = {.plan = plan, .threshold = gram->m - 2 * byzantine};
  mpfr_prec_t end = last_bits(gram, byzantine);
  for (mpfr_prec_t bits = FIRST_BITS;; bits *= 2) {
    p.last = bits >= end;
    int good = attempt(&p, gram, p.last ? end : bits), done = !good || p.last || !p.open || atomic_load(&plan->stop);
    if (good && done && !atomic_load(&plan->stop)) good = set_output(s, &p, gram);
    clear(&p);
    if (done) return good;
  }
}

int certigar_weigh_caf(certigar_selection *s, certigar_plan *plan)
{
  return certigar_with_gram(s, plan, weigh);
}
