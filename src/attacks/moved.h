/* What attacks that search want: how far a rule's output is from the mean of the honest rows, as the squared Euclidean distance. */
#ifndef CERTIGAR_ATTACKS_MOVED_H
#define CERTIGAR_ATTACKS_MOVED_H

#include "attack.h"
#include "certigar.h"

typedef struct moved_search {
  certigar_plan *plan;
  void *result;     /* the rule's output */
  double *honest;   /* the mean of the honest rows */
  size_t n, d;
  int is_double;
} moved_search;

/* Makes this the objective of the case, whose rows are still honest. plan: of the rule, for n rows; result: room for d values of the rows' type. Both
 * stay the caller's. Returns 0 if there is no memory. */
int moved_open(moved_search *out, attack_case *a, certigar_plan *plan, void *result);
void moved_close(moved_search *search);

#endif
