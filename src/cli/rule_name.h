/* Rules by the names that a user types. Both functions complain if they must, naming all rules. */
#ifndef CERTIGAR_CLI_RULE_NAME_H
#define CERTIGAR_CLI_RULE_NAME_H

#include "certigar.h"

/* Returns 0, or complains and returns an exit status. */
int rule_name_parse(const char *name, certigar_rule *rule);

/* Complains that a rule is wanted. */
int rule_name_missing(const char *what);

#endif
