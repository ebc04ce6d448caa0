/* Wrong answers: small programs in float arithmetic, each with one mistake that published implementations have, or had (spec/profiles.md names them;
 * the notes of the test vectors say which). They are what the vectors are for: each must be caught by some.
 *
 * Numbers are doubles. Of a float32 case every result is rounded to float after each step, which is what float arithmetic gives for +, -, *, / and
 * sqrt: a double has more than twice the bits and two.
 */
#ifndef CERTIGAR_CASES_WRONG_H
#define CERTIGAR_CASES_WRONG_H

#include "certigar.h"

#include <stddef.h>
#include <stdint.h>

/* Memory of a wrong answer: table n x n, made (n + 2) x d, the others n. */
typedef struct wrong_space {
  double *table, *row, *scores, *column, *away, *made;
  size_t *order, *kept;
  unsigned char *gone;
} wrong_space;

/* A matrix and what the rule was asked for. */
typedef struct wrong_input {
  certigar_rule rule;
  certigar_dtype dtype;
  size_t n, f, d;
  const double *x; /* n x d */
  size_t m, pivot; /* of multi-krum (never 0), of monna */
  certigar_median_kind median;
  certigar_variant variant;
  const double *scores; /* of zeno */
  double tau, beta, threshold;
  size_t iterations;
  const double *centre; /* NULL: zero */
  size_t s;                     /* of bucketing */
  const size_t *permutation;    /* of bucketing: the rows in the order of the buckets */
  wrong_space *space;
} wrong_input;

typedef struct wrong_rule {
  const char *name; /* what it does */
  const char *flag; /* of the notes (notes.h) */
  uint32_t rules;   /* whose answer it is: bits 1 << rule */
  /* d numbers; returns 0 if there is no answer to these parameters. */
  int (*answer)(const wrong_input *in, double *out);
} wrong_rule;

extern const wrong_rule wrong_rules[];
extern const size_t wrong_rule_count;

typedef enum wrong_stage_kind { WRONG_NNM, WRONG_BUCKETING, WRONG_CLIP, WRONG_ARC } wrong_stage_kind;

/* Of a pre-aggregation: the whole matrix. */
typedef struct wrong_stage {
  const char *name, *flag;
  wrong_stage_kind kind;
  int (*make)(const wrong_input *in, double *rows);
} wrong_stage;

extern const wrong_stage wrong_stages[];
extern const size_t wrong_stage_count;

/* Returns 0 if there is no memory. */
int wrong_space_new(wrong_space *space, size_t n, size_t d);
void wrong_space_free(wrong_space *space);

#endif
