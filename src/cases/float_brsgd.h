#ifndef CERTIGAR_CASES_FLOAT_BRSGD_H
#define CERTIGAR_CASES_FLOAT_BRSGD_H

#include "wrong.h"

/* All 0: the rule. */
typedef struct brsgd_how {
  int strict;       /* a value at the mean is below it */
  int by_median;    /* a row is up if it is not below the column's median */
  int lower_median; /* distances are from the lower of two middle values */
  int euclidean;    /* distances are Euclidean */
  int half_limit;   /* the limit is T, not 2T */
  int below_limit;  /* a row at the limit is too far */
  int truncated;    /* floor for ceil in the number of rows with most marks */
  int share_of_all; /* that number is a share of all rows, not of the finite ones */
} brsgd_how;

/* The rule in float arithmetic; 0 if no row is left. */
int float_brsgd(const wrong_input *in, const brsgd_how *how, double *out);

#endif
