/* Greatest eigenvalues of the covariances of sets of rows, with doubles: the reference of smea takes hours for rows as long as these. */
#ifndef DEMO_EIGENVALUES_H
#define DEMO_EIGENVALUES_H

#include <stddef.h>

/* Whether no set of as many finite rows as count has a covariance whose greatest eigenvalue is less than that of the set selected, but for a
 * millionth; and whether count is what smea selects: the finite rows less f', those of the f that are not among the others. */
int least_eigenvalue(const float *rows, size_t n, size_t d, size_t f, const size_t *selected, size_t count);

#endif
