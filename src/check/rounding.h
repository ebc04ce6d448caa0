/* How far the mean of k values may be from the exact one for having been summed in the format (spec/verdicts.md, ROUNDING):
 *
 *     k |y - v|  <=  g (|a_1| + ... + |a_k|) + k^2 unit,     g = (1 + u)^(k+1) - 1, rounded up to a multiple of 2^-128;     0 for k = 1
 *
 * compared in integers, in units of 2^(32 base), so that a column of any scale takes short numbers.
 */
#ifndef CERTIGAR_ROUNDING_H
#define CERTIGAR_ROUNDING_H

#include "total.h"

enum { CERTIGAR_FACTOR_BITS = 128, CERTIGAR_DRIFT_BITS = 64 };

typedef struct certigar_rounding {
  const certigar_format *format;
  size_t count;             /* the k that factor is of; 0: none yet */
  mpz_t factor;             /* g 2^128 */
  /* of the last column judged, in units of 2^(32 base): */
  size_t base;
  mpz_t sum, magnitudes;
  mpz_t error, bound;       /* 2^128 k |y - v|, and the same of the bound, rounded down */
  mpz_t scratch;
} certigar_rounding;

/* What k values may have been whose sum is known to be from low to high, their magnitudes' sum at most magnitudes: in units of
 * 2^-CERTIGAR_DRIFT_BITS units. */
typedef struct certigar_range {
  mpz_t low, high, magnitudes;
} certigar_range;

/* The value of a finite word in these units. */
void certigar_set_drifting(mpz_t value, const certigar_format *format, uint64_t word);

void certigar_rounding_init(certigar_rounding *rounding, certigar_dtype dtype);
void certigar_rounding_clear(certigar_rounding *rounding);

/* factor = 2^128 ((1 + u)^j - 1), rounded up; j <= 3 2^24. */
void certigar_rounding_growth(const certigar_format *format, size_t j, mpz_t factor);

/* Whether a finite y is within the bound of the mean of the k values of a finite total; sets error and bound. */
int certigar_rounding_judge(certigar_rounding *rounding, const certigar_total *total, size_t k, uint64_t y);

/* The same of other values, in a range about those of the total: k y is from low - more to high + more, more = g magnitudes + k^2 units
 * (0 for k = 1). bound: what the error may be on y's side. */
int certigar_rounding_judge_between(certigar_rounding *rounding, const certigar_total *total, const certigar_range *range, size_t k, uint64_t y);

/* Sets the factor: g of k values. */
void certigar_rounding_set_factor(certigar_rounding *rounding, size_t k);

/* Whether a finite y is RN(S / k), S the sum of a finite total. */
int certigar_rounding_is_nearest(certigar_rounding *rounding, const certigar_total *total, size_t k, uint64_t y);

/* Of the last column judged: |y - v| rounded up, the bound rounded down, and the first divided by the second, cut; infinite if only the bound is
 * 0. */
certigar_bound certigar_rounding_error(const certigar_rounding *rounding);
certigar_bound certigar_rounding_bound(const certigar_rounding *rounding);
certigar_bound certigar_rounding_ratio(const certigar_rounding *rounding);

/* Whether the candidate's coordinates first .. first+count-1 are within the bound of the mean of these rows; where that is not finite, the same.
 * candidate: d values of the dtype, in this processor's byte order, contiguous. row_count >= 1. */
int certigar_within_rounding(certigar_dtype dtype, const certigar_matrix *input, const size_t *rows, size_t row_count, const void *candidate,
                             size_t first, size_t count);

#endif
