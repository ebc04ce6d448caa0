/* The matrix that least squares are taken of: in every column a power of 2 brings values of middling magnitude to about 1.
 *
 * A mean's rounding error is in proportion to the magnitudes in its column, so columns count alike then, as weighted least squares want it: a column of
 * great values, which says little about which rows a mean is of, does not drown the others.
 */
#ifndef CERTIGAR_APPARENT_SCALE_H
#define CERTIGAR_APPARENT_SCALE_H

#include "check/apparent_parts.h"

typedef struct certigar_scaled {
  const certigar_apparent *a;
  int16_t *exponents;       /* of each finite column: what its values are divided by is 2^exponent */
  void *candidate;          /* scaled */
  certigar_matrix matrix;   /* scaled, with the rows and the finite columns of the input */
} certigar_scaled;

/* Values too great for the format become the greatest, too small ones lose digits: it is for finding, not for proving. Returns 0 if there is no memory;
 * to be cleared even then. */
int certigar_scaled_init(certigar_scaled *scaled, const certigar_apparent *a);
void certigar_scaled_clear(certigar_scaled *scaled);

#endif
