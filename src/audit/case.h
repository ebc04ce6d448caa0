/* The cases of an audit: matrices of the generators in shapes that the rules take, each a function of the seed, the rule and its number alone. */
#ifndef CERTIGAR_AUDIT_CASE_H
#define CERTIGAR_AUDIT_CASE_H

#include "settings.h"

typedef struct audit_case {
  certigar_rule rule;
  size_t index; /* within its rule */
  const char *generator;
  uint64_t seed;
  certigar_dtype dtype;
  size_t n, f, d;
  void *rows;     /* n x d, row after row */
  double *scores; /* of zeno: n of them; else NULL */
} audit_case;

/* The least n that the case's rule takes for its f and the parameters. */
size_t case_least_rows(const audit_case *c, const request *asked);

/* Makes case number index of the rule. Returns 0 if there is no memory, or no generator has any of the shapes tried. */
int case_make(audit_case *out, const audit_settings *settings, certigar_rule rule, size_t index);

int case_copy(audit_case *out, const audit_case *from);
void case_clear(audit_case *c);

/* A plan for the case; its options are those of the settings. */
certigar_status case_plan(certigar_plan **plan, const audit_case *c, const audit_settings *settings, certigar_message *message);

certigar_matrix case_matrix(const audit_case *c);

#endif
