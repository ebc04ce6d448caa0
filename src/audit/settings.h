/* What an audit command line asks for. */
#ifndef CERTIGAR_AUDIT_SETTINGS_H
#define CERTIGAR_AUDIT_SETTINGS_H

#include "certigar_check.h"
#include "request.h"

enum { AUDIT_RULES_MAX = 32 };

typedef enum encoding { ENCODING_NPY, ENCODING_JSON } encoding;

typedef struct audit_settings {
  int help;                            /* nothing but this is set then */
  certigar_rule rules[AUDIT_RULES_MAX]; /* in the order given; all, if rules_named is 0 */
  size_t rule_count;
  int rules_named;
  int has_f, has_dtype;
  certigar_dtype dtype;
  int parameters_named; /* some of the next were given, beside f */
  request parameters; /* f, m, median and those of --param; its rule is that of the only rule, if there is one */
  size_t cases, timeout_ms;
  uint64_t seed;
  encoding input;
  int resume;
  const char *state, *report, *json, *junit; /* all but state may be NULL */
  char **program;                            /* ends in NULL */
} audit_settings;

/* Returns 0, or complains and returns an exit status. The settings point into argv. */
int audit_settings_parse(int argc, char **argv, audit_settings *out);

const char *encoding_name(encoding input);

#endif
