/* Exact squared distances of the rows of a matrix, for verdicts: numbers of GMP, whatever rule they are for. */
#ifndef CERTIGAR_MEASURE_H
#define CERTIGAR_MEASURE_H

#include "plan.h"

typedef struct certigar_measure {
  size_t n;              /* rows; the extra one, if there is one, is the last */
  int centre;            /* as below */
  unsigned char *finite; /* n flags */
  mpz_t *squares;        /* in units of 2^exponent: n x n of all pairs, or n from the centre; 0 where a row concerned is not finite */
  int exponent;          /* the greatest unit in which all of them are integers */
} certigar_measure;

/* Of all pairs (CERTIGAR_ALL_PAIRS), from the zero row (CERTIGAR_FROM_ZERO), or from row number centre. extra: one more row, or NULL: d values,
 * contiguous, in this processor's byte order. NULL if there is no memory. */
certigar_measure *certigar_measure_new(certigar_dtype dtype, const certigar_matrix *input, const void *extra, int centre, size_t threads);
void certigar_measure_free(certigar_measure *measure);

/* Of all pairs: the finite rows among the first n but for row i by their distance from it, equal ones by number; how many they are. None if row i is not
 * finite. list: n. */
size_t certigar_nearest_rows(const certigar_measure *measure, size_t n, size_t i, size_t *list);

static inline mpz_srcptr certigar_square(const certigar_measure *measure, size_t i, size_t j)
{
  return measure->squares[i * measure->n + j];
}

#endif
