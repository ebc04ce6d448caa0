/* Exact squared distances of all pairs of rows, and what the distance from a row that is not finite counts as. */
#ifndef CERTIGAR_PAIRS_H
#define CERTIGAR_PAIRS_H

#include "profile.h"
#include "real/gram.h"

/* In the order of scores. A row that rounds have taken away may stand after the finite ones. */
typedef enum certigar_class { CLASS_FINITE, CLASS_TAKEN, CLASS_INFINITE, CLASS_NAN } certigar_class;

typedef struct certigar_pairs {
  size_t n;
  certigar_gram gram;    /* of the finite rows */
  size_t *place;         /* of each row among them; SIZE_MAX if it is not finite */
  unsigned char *odd;    /* n x n: the class of a distance, of a row from itself too */
  unsigned char *holds;  /* of each row, as below */
} certigar_pairs;

/* Returns 0 if there is no memory, or the run was stopped: see plan->stop. To be cleared even then. */
int certigar_pairs_init(certigar_pairs *pairs, certigar_odd odd, certigar_selection *s, certigar_plan *plan);
void certigar_pairs_clear(certigar_pairs *pairs);

/* Of two finite rows, in units of 2^natural_exponent. */
mpz_srcptr certigar_pair_distance(const certigar_pairs *pairs, size_t i, size_t j);

/* holds, n flags: what rows that are not finite hold. nan_pairs, n x n flags, or NULL: in which differences of such rows (or of one with a finite
 * row) a NaN appears: a NaN, or two equal infinities in a column. */
enum { HOLDS_NAN = 1, HOLDS_INFINITY = 2 };
void certigar_find_odd(const certigar_plan *plan, const certigar_selection *s, unsigned char *holds, unsigned char *nan_pairs);

#endif
