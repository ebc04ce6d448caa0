/* The exact sum of a column's values, and the sum of their magnitudes: limbs of weight 2^(32 i), in units, as exact/wide.h has them; positive and
 * negative values apart. */
#ifndef CERTIGAR_TOTAL_H
#define CERTIGAR_TOTAL_H

#include "number.h"

#include <gmp.h>

enum { CERTIGAR_TOTAL_LIMBS = 68 };

typedef struct certigar_total {
  int64_t limbs[2][CERTIGAR_TOTAL_LIMBS]; /* of positive values, of negative ones */
  size_t low, high;                       /* limbs low .. high-1 are in use; none if low >= high */
  int nan, infinite[2];                   /* whether there was one, of either sign */
} certigar_total;

/* Makes a total of any memory; empties one that is. */
void certigar_total_init(certigar_total *total);
void certigar_total_clear(certigar_total *total);

/* At most 2^25 values. */
void certigar_total_add(certigar_total *total, const certigar_format *format, uint64_t word);

static inline int certigar_total_is_finite(const certigar_total *total)
{
  return !total->nan && !total->infinite[0] && !total->infinite[1];
}

/* The mean of values of which one is not finite: the NaN, or an infinity. */
uint64_t certigar_total_special(const certigar_total *total, const certigar_format *format);

/* The finite values' sum and that of their magnitudes, in units of 2^(32 base), base <= total->low. */
void certigar_total_get(const certigar_total *total, size_t base, mpz_t sum, mpz_t magnitudes, mpz_t scratch);

#endif
