/* The names of rules. */
#include "certigar.h"

#include <string.h>

static const char *const names[] = {
    [CERTIGAR_AVERAGE] = "average",
    [CERTIGAR_MEDIAN] = "median",
    [CERTIGAR_TRIMMED_MEAN] = "trimmed-mean",
    [CERTIGAR_MEAMED] = "meamed",
    [CERTIGAR_KRUM] = "krum",
    [CERTIGAR_MULTI_KRUM] = "multi-krum",
    [CERTIGAR_BULYAN] = "bulyan",
    [CERTIGAR_MULTI_BULYAN] = "multi-bulyan",
    [CERTIGAR_MDA] = "mda",
    [CERTIGAR_CGE] = "cge",
    [CERTIGAR_MONNA] = "monna",
    [CERTIGAR_GEOMETRIC_MEDIAN] = "geometric-median",
    [CERTIGAR_BRSGD] = "brsgd",
    [CERTIGAR_ZENO] = "zeno",
    [CERTIGAR_CENTERED_CLIPPING] = "centered-clipping",
    [CERTIGAR_CAF] = "caf",
    [CERTIGAR_SMEA] = "smea",
};

enum { RULES = sizeof names / sizeof *names };

const char *certigar_rule_name(certigar_rule rule)
{
  return (unsigned)rule < RULES ? names[rule] : NULL;
}

int certigar_rule_from_name(const char *name, certigar_rule *rule)
{
  for (int i = 0; i < RULES; i++)
    if (strcmp(name, names[i]) == 0) {
      *rule = (certigar_rule)i;
      return 1;
    }
  return 0;
}
