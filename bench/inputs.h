/* The matrices that the rules are timed on. */
#ifndef BENCH_INPUTS_H
#define BENCH_INPUTS_H

#include "certigar.h"

#include <stddef.h>

typedef enum bench_case {
  ORDINARY,  /* values like Gaussian ones around 0 */
  TINY_ROW,  /* the same, but one Byzantine row of values so small that their bits lie far below those of all others */
  NEAR_TIES, /* every mean lies so close to the midpoint of two floats that only the exact sum can tell which one is nearer */
  CASES
} bench_case;

extern const char *const case_names[CASES];

/* Whether a matrix of that case exists for the rule. The mean of the two middle values is never near a midpoint without being one; for
 * the median of an even number, NEAR_TIES is a large and a tiny value in the middle, whose mean is a tiny step away from a float. The
 * median of an odd number is no mean. */
int case_exists(bench_case kind, certigar_rule rule, size_t n);

/* Fills n x d floats or doubles, row after row. Only NEAR_TIES depends on rule and f: they decide which values the mean is taken of. */
void fill_input(bench_case kind, certigar_rule rule, certigar_dtype dtype, size_t n, size_t f, size_t d, void *rows);

#endif
