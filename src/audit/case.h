/* The cases of an audit: matrices of the generators in shapes that the rules take, each a function of the seed, the rule and its number alone. */
#ifndef CERTIGAR_AUDIT_CASE_H
#define CERTIGAR_AUDIT_CASE_H

#include "settings.h"

/* What a rule is asked for beyond f. What it does not have is not looked at; texts belong to somebody else. */
typedef struct case_parameters {
  size_t m, pivot, iterations; /* m = 0: n-f-2 */
  certigar_median_kind median;
  certigar_variant variant;
  const char *tolerance; /* empty: the default of the dtype */
  const char *beta, *threshold, *tau;
} case_parameters;

typedef struct audit_case {
  certigar_rule rule;
  size_t index; /* within its rule */
  const char *generator;
  uint64_t seed;
  certigar_dtype dtype;
  size_t n, f, d;
  case_parameters with;
  int own; /* with is the audit's, though there is a test vector's: the program did not take that */
  void *rows;     /* n x d, row after row */
  double *scores; /* of zeno: n of them; else NULL */
} audit_case;

/* The least n that the case's rule takes for its f and its parameters. */
size_t case_least_rows(const audit_case *c);

/* The m of multi-krum. */
size_t case_m(const audit_case *c);

/* Which parameters that the case's rule has are not those that the audit is made with: a bit for each name. */
enum { CASE_VARIED_COUNT = 8 };
extern const char *const case_varied_names[CASE_VARIED_COUNT];
unsigned case_varied(const audit_case *c, const audit_settings *settings);

/* Gives the case the audit's own parameters. */
void case_take_own(audit_case *c, const audit_settings *settings);

/* Makes case number index of the rule. Returns 0 if there is no memory, or no generator has any of the shapes tried. */
int case_make(audit_case *out, const audit_settings *settings, certigar_rule rule, size_t index);

int case_copy(audit_case *out, const audit_case *from);
void case_clear(audit_case *c);

certigar_status case_plan(certigar_plan **plan, const audit_case *c, certigar_message *message);

certigar_matrix case_matrix(const audit_case *c);

#endif
