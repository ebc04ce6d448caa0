/* See profiles.h. */
#include "profiles.h"

#include "plan.h"

certigar_status certigar_profile_plan(certigar_plan **plan, certigar_profile profile, certigar_rule rule, certigar_dtype dtype, size_t n,
                                      const certigar_options *options)
{
  certigar_options other = *options;
  other.profile = profile;
  if (profile != CERTIGAR_PAPER) other.median = CERTIGAR_MIDPOINT; /* each has its own kind */
  return certigar_plan_new(plan, rule, dtype, n, &other, NULL);
}
