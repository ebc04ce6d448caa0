/* Which rules and parameters a profile takes. */
#include "profile.h"

#include <stdio.h>

size_t certigar_count_of(certigar_count count, size_t n, size_t f)
{
  switch (count) {
    case COUNT_ONE: return 1;
    case COUNT_N: return n;
    case COUNT_N_F: return n - f;
    case COUNT_N_F_2: return n - f - 2;
    case COUNT_N_2F_2: return n - 2 * f - 2;
    default: return 0;
  }
}

static certigar_status check_stage(const char *profile, size_t n, const certigar_options *options, certigar_message *message)
{
  const certigar_stage *stage = &options->stages[0];
  const certigar_stage_definition *definition = certigar_stage_definition_of(options->profile, (int)stage->kind);
  char name[64];
  if (!definition)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s does not have %s: the pre-aggregations it has are in spec/profiles.md", profile,
                           certigar_stage_name(stage));
  if (stage->kind == STAGE_BUCKETING && stage->permuted && !definition->permutes)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: bucketing: seed = %llu, but it does not permute the rows", profile,
                           (unsigned long long)stage->seed);
  snprintf(name, sizeof name, "%s: %s", profile, certigar_stage_name(stage));
  certigar_status status = certigar_check_rows(name, definition->n_per_f, definition->n_more, n, options->f, message);
  return status == CERTIGAR_OK ? certigar_check_stage(stage, n, message) : status;
}

/* m, of definitions that keep rows by it; n and f are in their ranges. */
static certigar_status check_m(const certigar_definition *definition, const char *name, size_t n, const certigar_options *options,
                               certigar_message *message)
{
  size_t m = options->m, most = certigar_count_of(definition->m_max, n, options->f), least = definition->m_fixed ? most : 1;
  if (definition->rule != CERTIGAR_MULTI_KRUM) return CERTIGAR_OK;
  if (m == 0 && definition->m == COUNT_NONE)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: m is not given, must be 1 to %zu: there is no default", name, most);
  if (m == 0 || (m >= least && m <= most)) return CERTIGAR_OK;
  return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: m = %zu with n = %zu rows and f = %zu, must be %zu to %zu", name, m, n, options->f,
                         least, most);
}

static certigar_status check_rule(const certigar_definition *definition, const char *name, size_t n, const certigar_options *options,
                                  certigar_message *message)
{
  certigar_status status = certigar_check_rows(name, definition->n_per_f, definition->n_more, n, options->f, message);
  if (status != CERTIGAR_OK) return status;
  if (options->f < definition->f_min)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: f = %zu, must be at least %zu", name, options->f, definition->f_min);
  if (definition->how == HOW_DIAMETER && n < 2)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: n = %zu rows, must be at least 2", name, n);
  if (options->median != CERTIGAR_MIDPOINT && options->median != definition->median)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: median kind is %d, but it has one kind only", name, (int)options->median);
  if (definition->rule == CERTIGAR_MONNA && options->pivot >= n)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: pivot = %zu with n = %zu rows, must be 0 to %zu", name, options->pivot, n, n - 1);
  status = check_m(definition, name, n, options, message);
  return status == CERTIGAR_OK ? certigar_check_reals(definition->rule, options, message) : status;
}

certigar_status certigar_profile_check(certigar_rule rule, size_t n, const certigar_options *options, certigar_message *message)
{
  const char *profile = certigar_profile_name(options->profile);
  char name[64];
  if (!profile) return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "profile is %d, which is no profile", (int)options->profile);
  const certigar_definition *definition = certigar_definition_of(options->profile, rule);
  if (!definition) return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s does not have %s", profile, certigar_rule_name(rule));
  if (definition->refused)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: %s: %s", profile, certigar_rule_name(rule), definition->refused);
  if (options->stage_count > 0) return check_stage(profile, n, options, message);
  snprintf(name, sizeof name, "%s: %s", profile, certigar_rule_name(rule));
  return check_rule(definition, name, n, options, message);
}
