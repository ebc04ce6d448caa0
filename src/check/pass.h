/* A pass over a candidate's columns: against the rule's own output, keeping count of how they differ, or against another selection, until a column
 * shows that it is not that. */
#ifndef CERTIGAR_PASS_H
#define CERTIGAR_PASS_H

#include "column.h"
#include "differences.h"
#include "watch.h"

typedef struct certigar_pass {
  certigar_plan *plan;            /* of the rule, the last one of a chain */
  const certigar_format *format;
  const void *candidate;
  size_t d;
  certigar_watch *watch;          /* NULL, or who is told of progress; a pass that is stopped ends early */
  certigar_tile_request request;  /* of the plan's first worker, its counts apart */
  certigar_column column;
} certigar_pass;

/* After a run of the plan on the matrix. Returns 0 if there is no memory; to be cleared in any case. */
int certigar_pass_init(certigar_pass *pass, certigar_plan *plan, const certigar_matrix *matrix, const void *candidate);
void certigar_pass_clear(certigar_pass *pass);

/* The worst likeness of a column to the recipe, whose words are output. finding, if not NULL, gets different, outside, worst and ulps_count. */
certigar_likeness certigar_pass_own(certigar_pass *pass, const certigar_recipe *recipe, const void *output, certigar_finding *finding);

/* The same for another selection, which the plan's kernels compute; ends with the first column that is worse than the limit. probe: a coordinate to
 * begin with. */
certigar_likeness certigar_pass_other(certigar_pass *pass, const certigar_recipe *recipe, certigar_likeness limit, size_t probe);

#endif
