#include "identification.h"

#include "identity.h"
#include "json.h"

static json_t *one(certigar_profile profile, const match *of)
{
  static const char *const names[] = {[CERTIGAR_MATCH_EXACT] = "exact", [CERTIGAR_MATCH_TIE] = "tie", [CERTIGAR_MATCH_ROUNDING] = "rounding",
                                      [CERTIGAR_MATCH_DIFFERENT] = "different"};
  const char *name = certigar_profile_name(profile);
  const certigar_comparison *found = &of->comparison;
  if (of->none) return json_pack("{s:s, s:s, s:s}", "profile", name, "match", "none", "reason", of->reason.text);
  return json_pack("{s:s, s:s, s:o, s:o, s:o}", "profile", name, "match", names[found->match], "different", json_count(found->different), "worst_ulps",
                   found->worst_ulps == UINT64_MAX ? json_null() : json_count(found->worst_ulps), "worst_coordinate",
                   found->different > 0 ? json_count(found->worst) : json_null());
}

static json_t *all(const identification_facts *facts)
{
  json_t *array = json_array();
  for (int p = 0; array != NULL && p < MATCHES_MAX; p++) {
    if (json_array_append_new(array, one((certigar_profile)p, &facts->matches[p])) != 0) {
      json_decref(array);
      array = NULL;
    }
  }
  return array;
}

char *identification_text(const identification_facts *facts, size_t *size)
{
  const certificate_facts *run = &facts->run;
  json_t *object = json_pack("{s:s, s:o, s:o, s:o, s:s, s:o, s:s, s:s, s:s, s:s, s:s}",
                             "rule", certigar_rule_name(run->rule),
                             "parameters", certificate_parameters(run),
                             "n", json_count(run->n),
                             "d", json_count(run->d),
                             "dtype", dtype_name(run->dtype),
                             "definitions", all(facts),
                             "spec_version", CERTIGAR_SPEC_VERSION,
                             "version", CERTIGAR_VERSION,
                             "commit", CERTIGAR_COMMIT,
                             "input_sha256", run->input.text,
                             "candidate_sha256", facts->candidate.text);
  return object != NULL ? json_file(object, size) : NULL;
}
