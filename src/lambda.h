/* The coefficients lambda of (f, lambda)-resilient averaging that spec/bounds.md derives for rules over distances: numbers a + sqrt(b). */
#ifndef CERTIGAR_LAMBDA_H
#define CERTIGAR_LAMBDA_H

#include "certigar.h"

#include <gmp.h>

/* a + sqrt(b), a and b rational and not negative. */
typedef struct certigar_surd {
  mpq_t a, b;
} certigar_surd;

/* At first 0. */
void certigar_surd_init(certigar_surd *s);
void certigar_surd_clear(certigar_surd *s);

/* q = p1 p2 / (q1 q2) */
void certigar_ratio(mpq_t q, size_t p1, size_t p2, size_t q1, size_t q2);

/* *value, initialised, becomes lambda of krum, multi-krum, mda or geometric-median for n rows, f of them Byzantine, in the rule's range: for every
 * set H of n-f finite rows the norm of output - mean_H is at most lambda times the diameter of H. Returns 0 for other rules. */
int certigar_lambda(certigar_rule rule, size_t n, size_t f, certigar_surd *value);

#endif
