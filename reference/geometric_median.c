/* geometric-median: y that minimises F(y) = sum of the distances of y to the m finite rows, in units, with MPFR: at
 * 300 bits, and at more where the rows are of so different scales that these do not do.
 *
 * A row x with multiplicity w is a minimiser exactly if the unit vectors from it to the other rows sum to a vector of norm R <= w
 * (Kuhn 1973). If none is, the rows are not on one line, and F is smooth and strictly convex where it is less than at every row: from
 * the best row a Vardi-Zhang step leads there, and Newton's method with a line search stays there. With u_i = (y - x_i) / r_i and
 * a = sum 1 / r_i, F has the gradient g = sum u_i and the Hessian a I - sum u_i u_i^T / r_i, whose inverse is
 * (1/a) (I + U (a diag(r) - U^T U)^-1 U^T).
 *
 * The gap: for vectors z_i of norm <= 1 with sum 0, F(x) >= sum <z_i, x - x_i> = sum <z_i, y - x_i> for every x. The w rows equal
 * to y get u_i = -g / max(w, norm(g)); with s the sum of all u_i, z_i = (u_i - s/m) / (1 + norm(s)/m) are such. All rows are taken
 * relative to the first one.
 */
#include "real.h"
#include "select.h"

#include <stdlib.h>

/* The precisions tried; the gap aimed at is 2^GOAL F; rounding takes the last ROUNDING bits at most. */
enum { LEAST_BITS = 300, MOST_BITS = 4800, ITERATIONS = 2000, GOAL = -270, ROUNDING = 25 };

typedef struct points {
  size_t m, d;
  mpfr_prec_t bits;
  mpfr_t *x;          /* m x d, relative to the first row */
  mpfr_t *y, *r, *u;  /* the point; its distances; its unit vectors, 0 for rows equal to y */
  mpfr_t *g;          /* sum of the unit vectors */
  mpfr_t *step, *trial, *matrix, *c;
  mpfr_t *scratch;    /* 4 */
} points;

/* r, u, g and F at y. Returns the number of rows equal to y. */
static size_t evaluate(points *p, const mpfr_t *y, mpfr_ptr value) {
  size_t equal = 0;
  mpfr_set_zero(value, 1);
  for (size_t c = 0; c < p->d; c++) mpfr_set_zero(p->g[c], 1);
  for (size_t i = 0; i < p->m; i++) {
    mpfr_t *u = &p->u[i * p->d];
    for (size_t c = 0; c < p->d; c++) mpfr_sub(u[c], y[c], p->x[i * p->d + c], MPFR_RNDN);
    reference_norm(p->r[i], u, p->d);
    if (mpfr_zero_p(p->r[i])) {
      equal++;
      continue;
    }
    mpfr_add(value, value, p->r[i], MPFR_RNDN);
    for (size_t c = 0; c < p->d; c++) {
      mpfr_div(u[c], u[c], p->r[i], MPFR_RNDN);
      mpfr_add(p->g[c], p->g[c], u[c], MPFR_RNDN);
    }
  }
  return equal;
}

/* The gap at the point evaluated last, an upper bound. `equal` rows are equal to y. */
static void gap_of(points *p, size_t equal, mpfr_srcptr value, mpfr_ptr gap) {
  mpfr_ptr norm = p->scratch[0], dual = p->scratch[1], inner = p->scratch[2], left = p->scratch[3];
  reference_norm(norm, p->g, p->d);
  if (mpfr_cmp_ui(norm, equal) <= 0) {
    mpfr_set_zero(left, 1);
  } else {
    mpfr_ui_div(left, equal, norm, MPFR_RNDN);
    mpfr_ui_sub(left, 1, left, MPFR_RNDN); /* s = left g */
  }
  mpfr_mul(norm, norm, left, MPFR_RNDN);
  mpfr_div_ui(norm, norm, p->m, MPFR_RNDN);
  mpfr_add_ui(norm, norm, 1, MPFR_RNDN);
  mpfr_set_zero(dual, 1);
  for (size_t i = 0; i < p->m; i++) { /* <z_i, y - x_i> = r_i (1 - <s, u_i> / m) / (1 + norm(s) / m) */
    reference_dot(inner, p->g, &p->u[i * p->d], p->d);
    mpfr_mul(inner, inner, left, MPFR_RNDN);
    mpfr_div_ui(inner, inner, p->m, MPFR_RNDN);
    mpfr_ui_sub(inner, 1, inner, MPFR_RNDN);
    mpfr_mul(inner, inner, p->r[i], MPFR_RNDN);
    mpfr_div(inner, inner, norm, MPFR_RNDN);
    mpfr_add(dual, dual, inner, MPFR_RNDN);
  }
  mpfr_sub(gap, value, dual, MPFR_RNDU);
  mpfr_set(norm, value, MPFR_RNDU);
  mpfr_mul_2si(norm, norm, ROUNDING - p->bits, MPFR_RNDU);
  mpfr_add(gap, gap, norm, MPFR_RNDU);
}

/* Solves matrix c = c by Cholesky's decomposition; 0 if the matrix is not positive definite. */
static int solve(mpfr_t *matrix, size_t k, mpfr_t *c, mpfr_t *scratch) {
  mpfr_ptr sum = scratch[0], product = scratch[1];
  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; j <= i; j++) {
      mpfr_set(sum, matrix[i * k + j], MPFR_RNDN);
      for (size_t l = 0; l < j; l++) {
        mpfr_mul(product, matrix[i * k + l], matrix[j * k + l], MPFR_RNDN);
        mpfr_sub(sum, sum, product, MPFR_RNDN);
      }
      if (i == j) {
        if (mpfr_sgn(sum) <= 0) return 0;
        mpfr_sqrt(matrix[i * k + i], sum, MPFR_RNDN);
      } else {
        mpfr_div(matrix[i * k + j], sum, matrix[j * k + j], MPFR_RNDN);
      }
    }
  for (size_t i = 0; i < k; i++) {
    for (size_t l = 0; l < i; l++) {
      mpfr_mul(product, matrix[i * k + l], c[l], MPFR_RNDN);
      mpfr_sub(c[i], c[i], product, MPFR_RNDN);
    }
    mpfr_div(c[i], c[i], matrix[i * k + i], MPFR_RNDN);
  }
  for (size_t i = k; i-- > 0;) {
    for (size_t l = i + 1; l < k; l++) {
      mpfr_mul(product, matrix[l * k + i], c[l], MPFR_RNDN);
      mpfr_sub(c[i], c[i], product, MPFR_RNDN);
    }
    mpfr_div(c[i], c[i], matrix[i * k + i], MPFR_RNDN);
  }
  return 1;
}

/* step: Newton's from the point evaluated last, which is no row; or Weiszfeld's, -g / a, if the Hessian cannot be inverted. */
static void find_step(points *p) {
  mpfr_ptr a = p->scratch[2], term = p->scratch[3];
  mpfr_set_zero(a, 1);
  for (size_t i = 0; i < p->m; i++) {
    mpfr_ui_div(term, 1, p->r[i], MPFR_RNDN);
    mpfr_add(a, a, term, MPFR_RNDN);
  }
  for (size_t i = 0; i < p->m; i++) {
    reference_dot(p->c[i], &p->u[i * p->d], p->g, p->d);
    for (size_t j = 0; j < p->m; j++) {
      reference_dot(term, &p->u[i * p->d], &p->u[j * p->d], p->d);
      mpfr_neg(p->matrix[i * p->m + j], term, MPFR_RNDN);
    }
    mpfr_mul(term, a, p->r[i], MPFR_RNDN);
    mpfr_add(p->matrix[i * p->m + i], p->matrix[i * p->m + i], term, MPFR_RNDN);
  }
  const int solved = solve(p->matrix, p->m, p->c, p->scratch);
  for (size_t c = 0; c < p->d; c++) {
    mpfr_set(p->step[c], p->g[c], MPFR_RNDN);
    for (size_t i = 0; solved && i < p->m; i++) {
      mpfr_mul(term, p->u[i * p->d + c], p->c[i], MPFR_RNDN);
      mpfr_add(p->step[c], p->step[c], term, MPFR_RNDN);
    }
    mpfr_div(p->step[c], p->step[c], a, MPFR_RNDN);
    mpfr_neg(p->step[c], p->step[c], MPFR_RNDN);
  }
}

/* step: from row k, evaluated last, whose unit vectors sum to g, of norm R > w: (1 - w/R) (-g / a). */
static void find_first_step(points *p, size_t equal) {
  mpfr_ptr norm = p->scratch[0], a = p->scratch[1], term = p->scratch[2];
  mpfr_set_zero(a, 1);
  for (size_t i = 0; i < p->m; i++) {
    if (mpfr_zero_p(p->r[i])) continue;
    mpfr_ui_div(term, 1, p->r[i], MPFR_RNDN);
    mpfr_add(a, a, term, MPFR_RNDN);
  }
  reference_norm(norm, p->g, p->d);
  mpfr_ui_div(norm, equal, norm, MPFR_RNDN);
  mpfr_ui_sub(norm, 1, norm, MPFR_RNDN);
  mpfr_div(norm, norm, a, MPFR_RNDN);
  for (size_t c = 0; c < p->d; c++) {
    mpfr_mul(p->step[c], p->g[c], norm, MPFR_RNDN);
    mpfr_neg(p->step[c], p->step[c], MPFR_RNDN);
  }
}

/* Whether F at the trial is less; or as good as equal, and the gradient shorter, where F changes less than the precision shows. */
static int is_better(points *p, mpfr_srcptr value, mpfr_srcptr norm) {
  mpfr_ptr trial_value = p->scratch[1], trial_norm = p->scratch[2];
  (void)evaluate(p, p->trial, trial_value);
  if (mpfr_less_p(trial_value, value)) return 1;
  mpfr_sub(trial_value, trial_value, value, MPFR_RNDN);
  mpfr_div(trial_value, trial_value, value, MPFR_RNDN);
  reference_norm(trial_norm, p->g, p->d);
  return mpfr_cmp_ui_2exp(trial_value, 1, ROUNDING - p->bits) <= 0 && mpfr_less_p(trial_norm, norm);
}

/* y += step, halved until that is better; 0 if it never is. */
static int descend(points *p, mpfr_srcptr value) {
  mpfr_ptr norm = p->scratch[0];
  reference_norm(norm, p->g, p->d);
  for (int halving = 0; halving < LEAST_BITS; halving++) {
    for (size_t c = 0; c < p->d; c++) mpfr_add(p->trial[c], p->y[c], p->step[c], MPFR_RNDN);
    if (is_better(p, value, norm)) {
      for (size_t c = 0; c < p->d; c++) mpfr_set(p->y[c], p->trial[c], MPFR_RNDN);
      return 1;
    }
    for (size_t c = 0; c < p->d; c++) mpfr_div_2ui(p->step[c], p->step[c], 1, MPFR_RNDN);
  }
  return 0;
}

/* y is the point to look at: F, the gap, whether that is small enough, and how many rows are equal to y. */
static int is_reached(points *p, mpfr_ptr value, mpfr_ptr gap, size_t *equal) {
  mpfr_ptr goal = p->scratch[0];
  *equal = evaluate(p, p->y, value);
  gap_of(p, *equal, value, gap);
  mpfr_mul_2si(goal, value, GOAL, MPFR_RNDN);
  return mpfr_lessequal_p(gap, goal);
}

/* Rows are tried first, then the descent from the best of them. */
static int minimise(points *p, mpfr_ptr value, mpfr_ptr gap) {
  size_t best = 0, equal;
  mpfr_t least;
  mpfr_init2(least, p->bits);
  mpfr_set_inf(least, 1);
  int reached = 0;
  for (size_t k = 0; k < p->m && !reached; k++) {
    for (size_t c = 0; c < p->d; c++) mpfr_set(p->y[c], p->x[k * p->d + c], MPFR_RNDN);
    reached = is_reached(p, value, gap, &equal);
    if (mpfr_less_p(value, least)) {
      best = k;
      mpfr_set(least, value, MPFR_RNDN);
    }
  }
  mpfr_clear(least);
  if (reached) return 1;
  for (size_t c = 0; c < p->d; c++) mpfr_set(p->y[c], p->x[best * p->d + c], MPFR_RNDN);
  for (int iteration = 0; iteration < ITERATIONS; iteration++) {
    if (is_reached(p, value, gap, &equal)) return 1;
    if (equal > 0) {
      find_first_step(p, equal);
    } else {
      find_step(p);
    }
    if (!descend(p, value)) return 0;
  }
  return 0;
}

static points points_new(size_t m, size_t d, mpfr_prec_t bits) {
  return (points){.m = m, .d = d, .bits = bits, .x = reference_reals_new(m * d, bits), .y = reference_reals_new(d, bits),
                  .r = reference_reals_new(m, bits), .u = reference_reals_new(m * d, bits), .g = reference_reals_new(d, bits),
                  .step = reference_reals_new(d, bits), .trial = reference_reals_new(d, bits),
                  .matrix = reference_reals_new(m * m, bits), .c = reference_reals_new(m, bits), .scratch = reference_reals_new(4, bits)};
}

static void points_free(points *p) {
  reference_reals_free(p->x, p->m * p->d);
  reference_reals_free(p->y, p->d);
  reference_reals_free(p->r, p->m);
  reference_reals_free(p->u, p->m * p->d);
  reference_reals_free(p->g, p->d);
  reference_reals_free(p->step, p->d);
  reference_reals_free(p->trial, p->d);
  reference_reals_free(p->matrix, p->m * p->m);
  reference_reals_free(p->c, p->m);
  reference_reals_free(p->scratch, 4);
}

/* With so many bits; 0 if they do not do. */
static int minimise_with(reference_context *context, mpfr_prec_t bits, const size_t *list, size_t m, size_t d, const void *rows, mpfr_t *y,
                         mpfr_ptr value, mpfr_ptr gap) {
  points p = points_new(m, d, bits);
  mpfr_t found, bound;
  mpfr_inits2(bits, found, bound, (mpfr_ptr)NULL);
  for (size_t i = 0; i < m; i++)
    for (size_t c = 0; c < d; c++) {
      reference_value(context, reference_load(context, rows, list[i] * d + c), context->left);
      reference_value(context, reference_load(context, rows, list[0] * d + c), context->right);
      mpz_sub(context->left, context->left, context->right);
      mpfr_set_z(p.x[i * d + c], context->left, MPFR_RNDN);
    }
  const int reached = minimise(&p, found, bound);
  for (size_t c = 0; c < d; c++) {
    reference_value(context, reference_load(context, rows, list[0] * d + c), context->right);
    mpfr_add_z(y[c], p.y[c], context->right, MPFR_RNDN);
  }
  mpfr_set(value, found, MPFR_RNDN);
  mpfr_set(gap, bound, MPFR_RNDU);
  mpfr_clears(found, bound, (mpfr_ptr)NULL);
  points_free(&p);
  return reached;
}

size_t reference_geometric_median(reference_context *context, size_t n, size_t d, const void *rows, mpfr_t *y, mpfr_ptr value,
                                  mpfr_ptr gap) {
  size_t *list = reference_allocate(n, sizeof *list), m = 0;
  for (size_t i = 0; i < n; i++)
    if (reference_row_is_finite(context, d, rows, i)) list[m++] = i;
  if (m > 0) {
    mpfr_prec_t bits = LEAST_BITS;
    while (!minimise_with(context, bits, list, m, d, rows, y, value, gap))
      if ((bits *= 2) > MOST_BITS) reference_fail("geometric-median: the minimiser is not found");
  }
  free(list);
  return m;
}

void reference_sum_of_distances(reference_context *context, size_t n, size_t d, const void *rows, const void *candidate, mpfr_ptr value) {
  mpfr_t distance;
  mpfr_init2(distance, mpfr_get_prec(value));
  mpfr_set_zero(value, 1);
  for (size_t i = 0; i < n; i++) {
    if (!reference_row_is_finite(context, d, rows, i)) continue;
    mpz_set_ui(context->sum, 0);
    for (size_t c = 0; c < d; c++) {
      reference_value(context, reference_load(context, rows, i * d + c), context->left);
      reference_value(context, reference_load(context, candidate, c), context->right);
      mpz_sub(context->left, context->left, context->right);
      mpz_addmul(context->sum, context->left, context->left);
    }
    mpfr_set_z(distance, context->sum, MPFR_RNDN);
    mpfr_sqrt(distance, distance, MPFR_RNDN);
    mpfr_add(value, value, distance, MPFR_RNDN);
  }
  mpfr_clear(distance);
}
