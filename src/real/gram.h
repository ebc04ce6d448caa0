/* What rules over the real numbers share: the exact squared distances of the finite rows, and weights for the rows from real numbers.
 *
 * Every point that these rules look at is an affine combination of rows, so its distances follow from those of the rows: an iteration costs n^2
 * operations, whatever d is, and is done with as many bits as its result needs (GMP and MPFR).
 */
#ifndef CERTIGAR_GRAM_H
#define CERTIGAR_GRAM_H

#include "select/selection.h"

#include <mpfr.h>

typedef struct certigar_gram {
  size_t m;          /* finite rows */
  size_t *rows;      /* which they are, ascending; the extra row, number n, is among them if the plan has one */
  mpz_t *distances;  /* m x m, in units of 2^natural_exponent: exact, or lower bounds */
  mpz_t *above;      /* m x m, upper bounds; of exact distances the same array */
} certigar_gram;

/* The distances must have run; makes all of them exact. Returns 0 if there is no memory, or the run was stopped: see plan->stop. */
int certigar_gram_init(certigar_gram *gram, certigar_selection *s, certigar_plan *plan);

/* The same with the bounds that are known. Returns 0 if there is no memory. */
int certigar_gram_init_bounds(certigar_gram *gram, certigar_selection *s, const certigar_plan *plan);

int certigar_gram_is_exact(const certigar_gram *gram); /* the distances are */
void certigar_gram_clear(certigar_gram *gram); /* after either, even if it returned 0 */

/* Runs what a rule does with the rows of its Gram matrix, at least one; without any there is no value. Both return 0 if there is no memory. */
int certigar_with_gram(certigar_selection *s, certigar_plan *plan, int (*rule)(certigar_selection *s, certigar_plan *plan, certigar_gram *gram));

/* count numbers of so many bits, all 0; NULL if there is no memory for their heads. */
mpfr_t *certigar_reals_new(size_t count, mpfr_prec_t bits);
void certigar_reals_free(mpfr_t *numbers, size_t count);

/* The same of integers. */
mpz_t *certigar_integers_new(size_t count);
void certigar_integers_free(mpz_t *numbers, size_t count);

/* How many bits a number has; how many the greatest distance has. */
mpfr_prec_t certigar_bits_of(size_t number);
mpfr_prec_t certigar_gram_bits(const certigar_gram *gram);

/* A length in units, to nearest. */
void certigar_length_get(const certigar_rational *length, const certigar_kernels *kernels, mpfr_ptr value);

/* Of a point with these weights, which add up to 1: means[i] = sum_j w_j D_ij, and half = (1/2) sum_i w_i means[i]; the squared distance of the point
 * from i is means[i] - half. distances: points x points. All to nearest. */
void certigar_point_means(size_t points, const mpfr_t *distances, const mpfr_t *weights, mpfr_t *means, mpfr_ptr half, mpfr_ptr scratch);

/* The digits of weights for so many rows with which rounding them moves the output by less than 1/8 ULP of the greatest magnitude in a column: with F
 * the fraction bits that magnitude is less than 2^(F+1) ULPs, and the weights change by less than 2 count 2^(-32 (digits-1)) in all. */
size_t certigar_weight_digits(const certigar_kernels *kernels, size_t count);

/* The output becomes the sum of weights[k] times row rows[k]. Weights are not negative and add up to nearly 1; they are rounded to multiples of
 * 2^(-32 (digits-1)), 2 <= digits <= kernels->weight_digits_max, that add up to 1 exactly: the greatest takes up what is missing.
 * Returns 0 if there is no memory. */
int certigar_set_weights(certigar_selection *s, const size_t *rows, size_t count, const mpfr_t *weights, size_t digits);

#endif
