/* What certigar says of a geometric median, against the reference. For test_geometric_median.c and the fuzzer. */
#ifndef JUDGE_MEDIAN_H
#define JUDGE_MEDIAN_H

#include "certigar.h"
#include "selection.h"

#include <stddef.h>

typedef struct median_case {
  certigar_dtype dtype;
  size_t n, d;
  const void *rows;        /* n x d words, row after row */
  mpq_srcptr tolerance;
} median_case;

/* The optimum of some rows. */
typedef struct median_truth {
  size_t m;                /* finite rows */
  mpfr_t value, gap;       /* F of a point, and how far above min F it is at most, in units */
} median_truth;

void median_truth_init(median_truth *truth, reference_context *context, const median_case *one);
void median_truth_clear(median_truth *truth);

/* These judgements return NULL, or what is wrong. The objective of d finite words is in its interval, and its gap no less than it is in truth.
 * The interval is no wider than the tolerance, and than 2^-60 of F if the gap is more than the tolerance. */
const char *judge_median_bounds(reference_context *context, const median_case *one, const median_truth *truth, const void *row,
                                const certigar_interval *objective, const certigar_bound *gap);

/* And the gap of an output is no more than the tolerance of the point that it was rounded from, and what the rounding can add. */
const char *judge_median(reference_context *context, const median_case *one, const median_truth *truth, const void *output,
                         const certigar_certificate *certificate);

#endif
