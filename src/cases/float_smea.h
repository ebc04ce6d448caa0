#ifndef CERTIGAR_CASES_FLOAT_SMEA_H
#define CERTIGAR_CASES_FLOAT_SMEA_H

#include "wrong.h"

/* All 0: the rule, the eigenvalue by power iteration. */
typedef struct smea_how {
  int trace;     /* the sum of the eigenvalues, which is that of the squared distances from the mean */
  int one_step;  /* power iteration of one step, from a vector that has nothing to do with the rows */
  int uncentred; /* second moments, of rows from which no mean was taken */
  int cuts_f;    /* f rows are left out of the finite ones, however many were dropped before */
} smea_how;

/* The rule in float arithmetic; 0 if no row is left, or there are too many sets. */
int float_smea(const wrong_input *in, const smea_how *how, double *out);

#endif
