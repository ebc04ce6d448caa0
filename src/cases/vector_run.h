/* Runs a case: its rows, what goes with them, and the rule's answer. */
#ifndef CERTIGAR_CASES_VECTOR_RUN_H
#define CERTIGAR_CASES_VECTOR_RUN_H

#include "certigar_check.h"
#include "plan.h"
#include "vector_case.h"

typedef struct vector_run {
  const vector_case *of;
  void *rows;              /* n x d */
  double *scores;          /* of zeno: n; else NULL */
  void *centre;            /* d; NULL: zero */
  size_t *permutation;     /* of bucketing: n; else NULL */
  certigar_plan *plan;
  certigar_plan *judge;    /* another one of the same kind, for verdicts */
  size_t *selected;        /* the certificate's */
  certigar_rule_input had; /* the matrix that the rule had, after a pre-aggregation */
  void *out;               /* d */
  certigar_status status;  /* CERTIGAR_OK, CERTIGAR_NOT_FINITE or CERTIGAR_NO_VALUE */
  certigar_certificate certificate;
} vector_run;

typedef enum vector_made { VECTOR_NO_SHAPE, VECTOR_MADE, VECTOR_FAILED } vector_made;

/* The case's rows and its answer. VECTOR_NO_SHAPE: the generator has no such matrix. VECTOR_FAILED: the reason is in *message. The run is to be freed
 * in any case, and the case must stay. */
vector_made vector_run_new(vector_run *run, const vector_case *c, certigar_message *message);
void vector_run_free(vector_run *run);

/* Whether the rule refuses a row less, with this f. */
int vector_run_is_least(const vector_run *run);

/* What the oracle says of d words; *profile: the name of the published definition that they match, or NULL. Returns 0 if it failed. */
int vector_run_judge(const vector_run *run, const void *candidate, certigar_verdict *verdict, const char **profile);

/* The same rows in binary64, which changes no number, through the same rule, to a tolerance of 1e-13 where it has one: to say how tightly what is
 * exact lies. out: d doubles. Returns 0 if it failed. */
int vector_run_wide(const vector_run *run, double *out, certigar_certificate *certificate);

/* The rule's answer to other rows that a pre-aggregation should have made: n x d words of the dtype. Returns 0 if it failed. */
int vector_run_rule(const vector_run *run, const void *rows, size_t n, void *out);

size_t vector_item(const vector_run *run);
uint64_t vector_word(const vector_run *run, const void *words, size_t at);

/* The number of a word; the word of a number that is rounded to the dtype. */
double vector_number(const vector_run *run, uint64_t word);
void vector_store(const vector_run *run, void *words, size_t at, double number);

#endif
