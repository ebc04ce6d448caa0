/* One rule on attacked rows, or a pre-aggregation and a rule: right or not, where its result lies, and how long it took. */
#ifndef DEMO_JUDGE_H
#define DEMO_JUDGE_H

#include "attacks.h"
#include "certigar.h"
#include "reference.h"

#include <stddef.h>

/* The parameters of centered-clipping, clip and bucketing; the other rules have their defaults. */
#define CLIPPING_TAU "1/2"
enum { CLIPPING_ITERATIONS = 3, BUCKET = 2 };

typedef enum stage { NO_STAGE, STAGE_NNM, STAGE_BUCKETING, STAGE_CLIP, STAGE_ARC } stage;

/* A rule, and what the rows go through before it. After a stage the rule is the median. */
typedef struct job {
  const char *name;
  certigar_rule rule;
  certigar_variant variant; /* of multi-bulyan */
  stage before;
} job;

/* How a result and the reference agree, in a few words. */
typedef char agreement[32];

typedef struct demo {
  size_t n, d;
  float *honest;            /* n x d, as in the file */
  float *attacked, *copied; /* n x d */
  float *out, *expected;    /* d */
  double scores[ROWS_MAX];  /* of zeno */
  reference_context *reference;
} demo;

typedef struct verdict {
  size_t wrong, outside; /* coordinates */
  agreement said;
  double degrees;        /* NaN if the result is not finite */
  double copies;         /* time as a multiple of a copy's */
} verdict;

/* Prints why and ends the program with status 2. */
_Noreturn void give_up(const char *what, const char *why);

verdict judge(demo *dm, int lies, const job *what);

/* Whether no bits are prescribed for the rule, but how far it may be from a real number. */
int is_real(certigar_rule rule);

/* Coordinates in which the bits of two results of d values differ. */
size_t differing(const float *a, const float *b, size_t d);

/* Coordinates of a result that are not between the least and the greatest honest value; and its angle to the honest mean. */
void compare_with_honest(const demo *dm, int lies, const float *result, size_t *outside, double *degrees);

#endif
