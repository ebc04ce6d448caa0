/* What wrong programs answer to a run, and what the oracle says of it. */
#ifndef CERTIGAR_CASES_VECTOR_ANSWERS_H
#define CERTIGAR_CASES_VECTOR_ANSWERS_H

#include "vector_run.h"

enum { VECTOR_ANSWERS_MAX = 16 };

typedef struct vector_answer {
  const char *name, *flag; /* of the wrong program */
  void *words;             /* d of them */
  certigar_verdict verdict;
  const char *profile;     /* of the published definition that it matches; NULL: none */
} vector_answer;

/* Those whose words are not the rule's; none if it has no value. */
typedef struct vector_answers {
  vector_answer list[VECTOR_ANSWERS_MAX];
  size_t count;
} vector_answers;

/* Returns 0 if it failed, with nothing to free. */
int vector_answers_new(vector_answers *answers, const vector_run *run);
void vector_answers_free(vector_answers *answers);

#endif
