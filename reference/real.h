/* Vectors of MPFR numbers, and the eigenvalues of a symmetric matrix: for the rules whose exact value is no rational number. */
#ifndef REFERENCE_REAL_H
#define REFERENCE_REAL_H

#include "reference.h"

#include <mpfr.h>
#include <stddef.h>

/* count numbers of so many bits, all +0. */
mpfr_t *reference_reals_new(size_t count, mpfr_prec_t bits);
void reference_reals_free(mpfr_t *reals, size_t count);

void reference_dot(mpfr_ptr result, const mpfr_t *a, const mpfr_t *b, size_t count);
void reference_norm(mpfr_ptr result, const mpfr_t *a, size_t count);

/* Bits that hold the square of every value of the format exactly, and 300 more; the values of a finite row, in units. */
mpfr_prec_t reference_wide_bits(const reference_context *context);
void reference_row_of_reals(reference_context *context, size_t d, const void *rows, size_t row, mpfr_t *reals);

/* The greatest eigenvalue of a symmetric k x k matrix (row after row; it is overwritten) and a unit eigenvector of it. */
void reference_greatest_eigenpair(mpfr_t *matrix, size_t k, mpfr_ptr eigenvalue, mpfr_t *eigenvector);

#endif
