/* Eigenvalues and eigenvectors of a small symmetric matrix of MPFR numbers.
 *
 * Nothing that is concluded from them relies on how they were found: certigar_eigen_check bounds how far they are from the truth. With the values L
 * and the matrix V of the vectors, R = norm(A V - V L) and O = norm(V^T V - I) < 1/2, every eigenvalue of A is within 2 R of the one found in its
 * place (Cao, Xie, Li: A sharp version of Kahan's theorem on clustered eigenvalues, 1996: at most R / sigma_min(V)).
 */
#ifndef CERTIGAR_EIGEN_H
#define CERTIGAR_EIGEN_H

#include <mpfr.h>
#include <stddef.h>

typedef struct certigar_eigen {
  size_t room, k;
  mpfr_t *values;   /* k, the greatest first, then in no order */
  mpfr_t *vectors;  /* k x k: row v is the vector of values[v] */
  mpfr_t *work, *off, *reflector, *image, *scratch;
} certigar_eigen;

/* For matrices of up to room rows. Returns 0 if there is no memory; to be freed even then. */
int certigar_eigen_init(certigar_eigen *eigen, size_t room, mpfr_prec_t bits);
void certigar_eigen_clear(certigar_eigen *eigen);

/* The values, and the vectors if they are asked for, of the symmetric k x k matrix, k >= 1. */
void certigar_eigen_find(certigar_eigen *eigen, const mpfr_t *matrix, size_t k, int vectors);

/* Upper bounds of R and O for what was found, vectors included. */
void certigar_eigen_check(certigar_eigen *eigen, const mpfr_t *matrix, mpfr_ptr residual, mpfr_ptr skew);

#endif
