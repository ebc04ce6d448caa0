/* Rules over the real numbers whose output may be off by an ULP, and smea: a judgement of what certigar says against the reference. For tests and
 * the fuzzers. */
#ifndef JUDGE_REALS_H
#define JUDGE_REALS_H

#include "certigar.h"
#include "selection.h"

#include <stddef.h>

typedef struct real_case {
  certigar_rule rule; /* centered-clipping, caf or smea */
  certigar_dtype dtype;
  size_t n, f, d;
  const void *rows;   /* n x d words, row after row */
  const char *tau;    /* of centered-clipping, as the next ones */
  mpq_srcptr tau_value;
  size_t iterations;
  const void *centre; /* d words, or NULL */
} real_case;

/* f and the rule's parameters. */
void real_case_set(const real_case *one, certigar_options *options);

/* NULL if status, output and certificate are right, or what is wrong. The output is not looked at if there is no finite row.
 * *open: of caf, whether the exact result depends on which eigenvector was taken, or is too near to that: then the output is compared with the range
 * of the column only. */
const char *judge_reals(reference_context *context, const real_case *one, certigar_status status, const void *out,
                        const certigar_certificate *certificate, int *open);

#endif
