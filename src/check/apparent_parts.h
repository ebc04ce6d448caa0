/* What the ways to look for an apparent selection share. */
#ifndef CERTIGAR_APPARENT_PARTS_H
#define CERTIGAR_APPARENT_PARTS_H

#include "check/apparent.h"
#include "check/number.h"

typedef struct certigar_apparent {
  certigar_dtype dtype;
  const certigar_format *format;
  const certigar_matrix *input;
  const void *candidate;
  size_t k;
  size_t *rows;            /* the answer, or an attempt at it: ascending if it is right */
  size_t *possible, count; /* the rows that may be in it, ascending: finite wherever the candidate is */
  /* the columns in which the candidate is finite, if there are others too: those of the input, and the candidate's values there */
  size_t *columns, column_count;
  void *values;
  certigar_matrix finite;  /* the input in these columns */
} certigar_apparent;

/* Whether the rows in the answer are right. Puts them in order. */
int certigar_apparent_verify(certigar_apparent *a);

/* By least squares: 1, 0, or -1 if there is no memory. */
int certigar_apparent_solve(certigar_apparent *a);

/* By going through the sets of k rows, the lexicographically smallest first, leaving out those that cannot be right in some columns; no more than so
 * many steps. */
int certigar_apparent_search(certigar_apparent *a, size_t steps);

#endif
