/* A weighted cloud of rows: how far each row lies from the weighted mean along the dominant direction, with bounds of every error.
 *
 * Weights c_i > 0 of some rows, C their sum, mu the weighted mean. With q_i = (1/C) sum_j c_j D_ij and s = (1/2C) sum_i c_i q_i,
 *
 *     E_ij = <x_i - mu, x_j - mu> = (q_i + q_j)/2 - s - D_ij/2,     |E_ij| <= B_ij/2,  B_ij = q_i + q_j + 2s + D_ij <= 3 (q_i + q_j)
 *
 * and K_ij = sqrt(c_i c_j) E_ij / C has the non-zero eigenvalues of the weighted covariance; if z is a unit eigenvector of K, v = sum_j sqrt(c_j) z_j
 * (x_j - mu) is one of the covariance, up to a factor, and <v, x_i - mu> is u_i = sum_j sqrt(c_j) z_j E_ij, up to the same factor.
 *
 * Errors, u = 2^-bits, k rows, the weights off by a factor within 1 +- e:
 * - q_i by a factor within 1 +- w, s by 1 +- 2w, w = 2e + (2k+4)u, so E_ij by at most 2w B_ij, and K in its Frobenius norm by at most
 *   g = 24 w sqrt(sum_i c_i q_i^2 / C);
 * - an eigenvalue by at most h = g + 2R, z (if h is below the gap between the first two) by at most y = 4 (R + g) / gap + O, R and O as in eigen.h
 *   (Davis, Kahan 1970: the sine of the angle is at most the residual over the gap);
 * - u_i by at most (y + 8w) sum_j sqrt(c_j) B_ij.
 */
#ifndef CERTIGAR_CLOUD_H
#define CERTIGAR_CLOUD_H

#include "eigen.h"
#include "gram.h"

typedef struct certigar_cloud {
  size_t m, k;
  size_t *rows;           /* the k rows with a weight, as indices into the gram */
  mpfr_prec_t bits;
  mpfr_t *distances;      /* m x m */
  mpfr_t *weights;        /* m; 0 for other rows */
  mpfr_t *sums;           /* C, s, and scratch */
  mpfr_t *means, *roots;  /* k: q_i, sqrt(c_i) */
  mpfr_t *inner, *matrix; /* k x k: E, K */
  mpfr_t *shifts;         /* k: u_i */
  certigar_eigen eigen;
  /* upper bounds */
  mpfr_t *bounds;         /* see the next; of few bits */
  mpfr_t *shift_errors;   /* k */
} certigar_cloud;

/* Which bound: e, w, g, h, y, R, O; scratch. */
enum { BOUND_WEIGHTS, BOUND_MEANS, BOUND_MATRIX, BOUND_VALUE, BOUND_VECTOR, BOUND_RESIDUAL, BOUND_SKEW, BOUND_A, BOUND_B, BOUNDS };

/* All weights 1. Returns 0 if there is no memory; to be cleared even then. */
int certigar_cloud_init(certigar_cloud *cloud, const certigar_gram *gram, mpfr_prec_t bits);
void certigar_cloud_clear(certigar_cloud *cloud);

/* Lists the rows with a weight, and finds C. */
void certigar_cloud_list(certigar_cloud *cloud);

/* Whether the rows with a weight are all equal. */
int certigar_cloud_is_point(const certigar_cloud *cloud);

/* E, K, the eigenvalues and the u_i of the rows listed, two or more and not all equal. Returns whether the bounds hold: whether the greatest
 * eigenvalue was told from the next. Else h, y and shift_errors say nothing. */
int certigar_cloud_look(certigar_cloud *cloud);

mpfr_srcptr certigar_cloud_total(const certigar_cloud *cloud);

#endif
