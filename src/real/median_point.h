/* Points of geometric-median, and what is certain of them.
 *
 * x_1, ..., x_m are the finite rows, D_ij their exact squared distances, F(y) the sum of the distances r_i of y to the rows. A point is given by
 * weights, y = sum w_i x_i, multiples of 2^-bits with sum 1; then
 *
 *     r_i^2  =  sum_j w_j D_ij  -  1/2 sum_jk w_j w_k D_jk                                                                         (1)
 *
 * is an exact number if the D_ij are; of weights >= 0 and bounds of the D_ij it gives bounds.
 *
 * Vectors z_i of norm <= 1 with sum 0 bound the minimum: F(x) >= sum <z_i, x_i - x> = sum <z_i, x_i - y> for every x (the dual problem; Kuhn 1973). Of a point with weights >= 0, z_i = w_i (x_i - y) / M with M = max w_i r_i are such, and with sum w_i r_i^2 from (1)
 *
 *     min F  >=  (1/2 sum_jk w_j w_k D_jk) / max_i (w_i r_i).                                                                      (2)
 *
 * Of a row x that e rows are equal to, with R the norm of the sum of the unit vectors u_i from x to the others, z_i = c u_i with c = min(1, e / R),
 * and -c (sum u_i) / e of the equal ones, are such:
 *
 *     min F  >=  min(1, e / R) F(x),        and x is a minimiser exactly if R <= e, as it is if e >= m - e.                        (3)
 *
 * Only roots, quotients and sums of lengths are rounded, each to the safe side.
 */
#ifndef CERTIGAR_MEDIAN_POINT_H
#define CERTIGAR_MEDIAN_POINT_H

#include "gram.h"

typedef struct certigar_median {
  size_t m, half;               /* rows; ceil(m/2), how many of them the tolerance goes by */
  const certigar_gram *gram;    /* of the rows; their number is m */
  mpq_t tolerance;
  mp_bitcnt_t bits;
  mpfr_prec_t precision;
  /* the point looked at */
  mpz_t *weights;               /* times 2^bits */
  mpz_t *squares;               /* r_i^2 2^(2 bits + 1), with the lower bounds for the distances */
  mpz_t *products, *products_above; /* sum_j w_j D_ij 2^bits, of the lower and the upper bounds; of exact distances the same array */
  mpz_t spread, spread_above;   /* sum_jk w_j w_k D_jk 2^(2 bits), of both */
  mpfr_t *lower, *upper;        /* r_i, and after a look the lower ones ascending */
  mpfr_t value, near;           /* F, an upper bound; the sum of the half least r_i, a lower bound */
  mpfr_t gap;                   /* between F and the bound that the point gives, an upper bound */
  /* the best point so far, and the best bound of min F */
  mpz_t *best;
  mpfr_t best_value, best_near, least;
  size_t minimiser;             /* a row that is one for sure, or SIZE_MAX */
  /* scratch */
  mpz_t whole;
  mpfr_t *scratch;
} certigar_median;

/* Of these rows, with weights of so many bits. Returns 0 if there is no memory; to be cleared in any case. */
int certigar_median_init(certigar_median *median, const certigar_gram *gram, mp_bitcnt_t bits);
void certigar_median_clear(certigar_median *median);

/* The point becomes row k; the one of these weights, of any sign, whose sum is nearly 1: the greatest takes up what rounding leaves. */
void certigar_median_set_row(certigar_median *median, size_t k);
void certigar_median_set_weights(certigar_median *median, const mpfr_t *weights);

/* Looks at the point set last, weights >= 0, by (2); or at row k, set last, by (3), which takes exact distances. */
void certigar_median_look(certigar_median *median);
void certigar_median_look_at_row(certigar_median *median, size_t k);

/* Whether the best point is a minimiser, or within the tolerance: its gap is no more than tolerance times the sum of its half least distances. */
int certigar_median_is_reached(const certigar_median *median);

#endif
