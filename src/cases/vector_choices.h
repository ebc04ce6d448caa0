/* All outputs that exact ties of a run admit (spec/verdicts.md, TIE). */
#ifndef CERTIGAR_CASES_VECTOR_CHOICES_H
#define CERTIGAR_CASES_VECTOR_CHOICES_H

#include "vector_run.h"

enum { VECTOR_OUTPUTS_MAX = 16, VECTOR_SELECTIONS_MAX = 24 };

typedef struct vector_choices {
  unsigned char *outputs; /* count rows of d words, all different, the rule's own first */
  size_t count;
  int complete;           /* there are no others */
} vector_choices;

/* Returns 0 if it failed; to be freed with free(outputs) in any case. */
int vector_choices_new(vector_choices *choices, const vector_run *run);

#endif
