/* What the values of a column may be if each is in a range of its own, x - e to x + e: ranks are monotone in every value, so the value of any rank is
 * between those of the same rank among the lower and among the upper ends; and 2 M, twice the median, between the sums of two such. */
#ifndef CERTIGAR_SPREAD_H
#define CERTIGAR_SPREAD_H

#include "rounding.h"

/* The finite values' ends, in units of 2^-CERTIGAR_DRIFT_BITS units. */
typedef struct certigar_spread {
  size_t room, count;
  mpz_t *ends;             /* lower ones, then room later the upper ones */
  mpz_ptr *low, *high;     /* the same, each ascending if they were sorted */
  certigar_range range;    /* of the last sum */
} certigar_spread;

/* Of at most so many values. Returns 0 if there is no memory; to be cleared in any case. */
int certigar_spread_init(certigar_spread *spread, size_t room);
void certigar_spread_clear(certigar_spread *spread);

/* Values words[0], words[stride], ...: the radius of value i is radii[stride rows[i]] (rows: NULL for i). */
void certigar_spread_set(certigar_spread *spread, const certigar_format *format, const uint64_t *words, const mpz_t *radii, const size_t *rows,
                         size_t count, size_t stride);
void certigar_spread_sort(certigar_spread *spread);

/* range: of the values first .. first+k-1, by rank if they were sorted. */
void certigar_spread_sum(certigar_spread *spread, size_t first, size_t k);

/* The greatest magnitude that value j may have. */
mpz_srcptr certigar_spread_magnitude(const certigar_spread *spread, size_t j);

#endif
