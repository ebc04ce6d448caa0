/* caf: the m finite rows, f' = max(0, f - (n-m)), weights c_i = 1. While sum c_i > m - 2f', and once in any case: mu is the weighted
 * mean, (lambda, v) the dominant eigenpair of the weighted covariance, t_i = <v, x_i - mu>^2; c_i becomes c_i (1 - t_i / max t), the
 * maximum over the rows with c_i > 0, or it ends if that is 0. The mu of least lambda, the first of equal ones.
 *
 * With e_i = x_i - mu, the matrix K_ij = sqrt(c_i c_j) <e_i, e_j> / sum c has the covariance's eigenvalues, and from its eigenvector q
 * that of the covariance is a multiple of sum sqrt(c_i) q_i e_i. Numbers that are compared
 * (a t_i and the greatest, a lambda and the least, the sum of the c_i and m - 2f') and agree in half of their bits are taken for equal. */
#include "real.h"
#include "select.h"

#include <stdlib.h>

typedef struct cloud {
  size_t m, d;
  mpfr_t *x, *e;            /* m x d */
  mpfr_t *weights, *roots;  /* c_i and their square roots */
  mpfr_t *mu;
  mpfr_t *inner, *matrix;   /* m x m: <e_i, e_j>, and K */
  mpfr_t *q, *t;
  mpfr_t *total, *lambda, *term; /* sum of the weights; the eigenvalue; scratch */
} cloud;

static void find_mean(cloud *p) {
  mpfr_set_zero(p->total[0], 1);
  for (size_t i = 0; i < p->m; i++) mpfr_add(p->total[0], p->total[0], p->weights[i], MPFR_RNDN);
  for (size_t c = 0; c < p->d; c++) {
    mpfr_set_zero(p->mu[c], 1);
    for (size_t i = 0; i < p->m; i++) {
      mpfr_mul(p->term[0], p->weights[i], p->x[i * p->d + c], MPFR_RNDN);
      mpfr_add(p->mu[c], p->mu[c], p->term[0], MPFR_RNDN);
    }
    mpfr_div(p->mu[c], p->mu[c], p->total[0], MPFR_RNDN);
    for (size_t i = 0; i < p->m; i++) mpfr_sub(p->e[i * p->d + c], p->x[i * p->d + c], p->mu[c], MPFR_RNDN);
  }
}

/* lambda, and t up to a common factor. */
static void find_eigenpair(cloud *p) {
  const size_t m = p->m;
  for (size_t i = 0; i < m; i++) mpfr_sqrt(p->roots[i], p->weights[i], MPFR_RNDN);
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < m; j++) {
      reference_dot(p->inner[i * m + j], &p->e[i * p->d], &p->e[j * p->d], p->d);
      mpfr_mul(p->term[0], p->roots[i], p->roots[j], MPFR_RNDN);
      mpfr_mul(p->term[0], p->term[0], p->inner[i * m + j], MPFR_RNDN);
      mpfr_div(p->matrix[i * m + j], p->term[0], p->total[0], MPFR_RNDN);
    }
  reference_greatest_eigenpair(p->matrix, m, p->lambda[0], p->q);
  for (size_t j = 0; j < m; j++) {
    mpfr_set_zero(p->t[j], 1);
    for (size_t i = 0; i < m; i++) {
      mpfr_mul(p->term[0], p->roots[i], p->q[i], MPFR_RNDN);
      mpfr_mul(p->term[0], p->term[0], p->inner[i * m + j], MPFR_RNDN);
      mpfr_add(p->t[j], p->t[j], p->term[0], MPFR_RNDN);
    }
    mpfr_sqr(p->t[j], p->t[j], MPFR_RNDN);
  }
}

/* a < b, and not only by rounding. */
static int is_less(cloud *p, mpfr_srcptr a, mpfr_srcptr b) {
  if (mpfr_inf_p(b)) return 1;
  mpfr_div_2ui(p->term[0], b, (unsigned long)mpfr_get_prec(b) / 2, MPFR_RNDN);
  mpfr_sub(p->term[0], b, p->term[0], MPFR_RNDN);
  return mpfr_less_p(a, p->term[0]);
}

/* c (1 - t / greatest), exactly 0 where t is equal to the greatest. */
static void lower_weight(cloud *p, mpfr_srcptr t, mpfr_srcptr greatest, mpfr_ptr weight) {
  mpfr_div(p->term[0], t, greatest, MPFR_RNDN);
  mpfr_ui_sub(p->term[0], 1, p->term[0], MPFR_RNDN);
  if (mpfr_cmp_si_2exp(p->term[0], 1, -(mpfr_get_prec(weight) / 2)) < 0) mpfr_set_zero(p->term[0], 1);
  mpfr_mul(weight, weight, p->term[0], MPFR_RNDN);
}

/* 0 if t is 0 for every row with a weight. */
static int lower_weights(cloud *p) {
  mpfr_t greatest;
  mpfr_init2(greatest, mpfr_get_prec(p->term[0]));
  mpfr_set_zero(greatest, 1);
  for (size_t i = 0; i < p->m; i++)
    if (mpfr_sgn(p->weights[i]) > 0 && mpfr_greater_p(p->t[i], greatest)) mpfr_set(greatest, p->t[i], MPFR_RNDN);
  const int lowered = !mpfr_zero_p(greatest);
  for (size_t i = 0; lowered && i < p->m; i++) lower_weight(p, p->t[i], greatest, p->weights[i]);
  mpfr_clear(greatest);
  mpfr_set_zero(p->total[0], 1);
  for (size_t i = 0; i < p->m; i++) mpfr_add(p->total[0], p->total[0], p->weights[i], MPFR_RNDN);
  return lowered;
}

size_t reference_caf(reference_context *context, size_t n, size_t f, size_t d, const void *rows, mpfr_t *mu) {
  if (n <= 2 * f) reference_fail("caf: n > 2f is needed");
  const mpfr_prec_t bits = reference_wide_bits(context);
  size_t *list = reference_allocate(n, sizeof *list), m = 0;
  for (size_t i = 0; i < n; i++)
    if (reference_row_is_finite(context, d, rows, i)) list[m++] = i;
  const size_t still_byzantine = f > n - m ? f - (n - m) : 0;
  cloud p = {.m = m, .d = d, .x = reference_reals_new(m * d, bits), .e = reference_reals_new(m * d, bits),
             .weights = reference_reals_new(m, bits), .roots = reference_reals_new(m, bits), .mu = reference_reals_new(d, bits),
             .inner = reference_reals_new(m * m, bits), .matrix = reference_reals_new(m * m, bits), .q = reference_reals_new(m, bits),
             .t = reference_reals_new(m, bits), .total = reference_reals_new(1, bits), .lambda = reference_reals_new(1, bits),
             .term = reference_reals_new(1, bits)};
  mpfr_t *least = reference_reals_new(2, bits);
  mpfr_set_inf(least[0], 1);
  mpfr_set_ui(least[1], m - 2 * still_byzantine, MPFR_RNDN);
  for (size_t i = 0; i < m; i++) {
    reference_row_of_reals(context, d, rows, list[i], &p.x[i * d]);
    mpfr_set_ui(p.weights[i], 1, MPFR_RNDN);
  }
  int more = m > 0;
  while (more) {
    find_mean(&p);
    find_eigenpair(&p);
    if (is_less(&p, p.lambda[0], least[0])) {
      mpfr_set(least[0], p.lambda[0], MPFR_RNDN);
      for (size_t c = 0; c < d; c++) mpfr_set(mu[c], p.mu[c], MPFR_RNDN);
    }
    more = lower_weights(&p) && is_less(&p, least[1], p.total[0]);
  }
  reference_reals_free(least, 2);
  reference_reals_free(p.x, m * d);
  reference_reals_free(p.e, m * d);
  reference_reals_free(p.weights, m);
  reference_reals_free(p.roots, m);
  reference_reals_free(p.mu, d);
  reference_reals_free(p.inner, m * m);
  reference_reals_free(p.matrix, m * m);
  reference_reals_free(p.q, m);
  reference_reals_free(p.t, m);
  reference_reals_free(p.total, 1);
  reference_reals_free(p.lambda, 1);
  reference_reals_free(p.term, 1);
  free(list);
  return m;
}
