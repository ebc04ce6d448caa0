/* See profiles.h. This build knows the definitions of spec/rules.md alone. */
#include "profiles.h"

certigar_status certigar_profile_plan(certigar_plan **plan, certigar_profile profile, certigar_rule rule, certigar_dtype dtype, size_t n,
                                      const certigar_options *options)
{
  (void)profile;
  (void)rule;
  (void)dtype;
  (void)n;
  (void)options;
  *plan = NULL;
  return CERTIGAR_BAD_PARAMETER;
}
