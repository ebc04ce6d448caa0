#include "rule_name.h"

#include "report.h"
#include "suggest.h"

#include <stdio.h>
#include <string.h>

enum { RULES_MAX = 32, LIST_SIZE = 512 };

static size_t list_rules(const char *names[RULES_MAX], char joined[LIST_SIZE])
{
  size_t count = 0, length = 0;
  joined[0] = '\0';
  while (count < RULES_MAX && (names[count] = certigar_rule_name((certigar_rule)count)) != NULL) {
    int added = snprintf(joined + length, LIST_SIZE - length, "%s%s", count > 0 ? ", " : "", names[count]);
    length = added < 0 || (size_t)added >= LIST_SIZE - length ? LIST_SIZE - 1 : length + (size_t)added;
    count++;
  }
  return count;
}

/* How the pre-aggregation of that name is asked for, or NULL. */
static const char *pre_of(const char *name)
{
  static const char *const names[] = {"nnm", "bucketing", "clip", "arc"}, *const options[] = {"nnm", "bucketing:s=S", "clip:tau=T", "arc"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i]) == 0) return options[i];
  return NULL;
}

int rule_name_parse(const char *name, certigar_rule *rule)
{
  const char *names[RULES_MAX], *meant;
  char joined[LIST_SIZE];
  if (certigar_rule_from_name(name, rule)) return 0;
  const char *pre = pre_of(name);
  const size_t count = list_rules(names, joined);
  if (pre != NULL)
    return complain(STATUS_USAGE, "'%s' is a pre-aggregation, which goes before a rule as --pre %s of certigar aggregate; the rules are %s", name, pre, joined);
  if (strcmp(name, "zeno++") == 0)
    return complain(STATUS_USAGE, "zeno++ is a test of one row, in certigar train --rule zeno++ and in the library (certigar_zeno_server_test); "
                    "the rules of a matrix are %s", joined);
  meant = suggest(name, names, count);
  if (meant != NULL) return complain(STATUS_USAGE, "unknown rule '%s'; did you mean '%s'? The rules are %s", name, meant, joined);
  return complain(STATUS_USAGE, "unknown rule '%s'; the rules are %s", name, joined);
}

int rule_name_missing(const char *what)
{
  const char *names[RULES_MAX];
  char joined[LIST_SIZE];
  list_rules(names, joined);
  return complain(STATUS_USAGE, "%s; the rules are %s", what, joined);
}
