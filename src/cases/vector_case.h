/* A case of the test vectors: a named input, a rule and its parameters. What the answer is comes with vectors.c. */
#ifndef CERTIGAR_CASES_VECTOR_CASE_H
#define CERTIGAR_CASES_VECTOR_CASE_H

#include "certigar.h"
#include "generators.h"
#include "wrong.h"

/* A pre-aggregation; kind is no stage's for a case without one. */
enum { NO_STAGE = -1 };

typedef struct vector_stage {
  int kind; /* NO_STAGE, or a wrong_stage_kind */
  size_t s;
  int permuted;
  uint64_t seed;
  const char *tau;
} vector_stage;

/* Parameters that a rule does not have are not looked at. */
typedef struct vector_parameters {
  size_t m;         /* 0: the default */
  size_t pivot;     /* the last row if there are less */
  certigar_median_kind median;
  certigar_variant variant;
  const char *beta, *threshold, *tau;
  size_t iterations;
  int has_centre;
  vector_stage stage;
} vector_parameters;

typedef struct vector_case {
  const case_generator *generator;
  uint64_t seed;
  certigar_rule rule;
  certigar_dtype dtype;
  size_t n, f, d;
  vector_parameters with;
} vector_case;

/* A file of cases: a rule's, or a pre-aggregation's. */
size_t vector_subject_count(void);
const char *vector_subject_name(size_t subject);

/* The subject of that name in *subject; returns 0 if there is none. */
int vector_subject_from_name(const char *name, size_t *subject);

/* Case number at of a subject, whether its generator has the shape or not; returns 0 after the last. */
int vector_case_at(size_t subject, size_t at, vector_case *c);

#endif
