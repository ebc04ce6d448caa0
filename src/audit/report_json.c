/* The result as JSON (docs/audit-protocol.md). */
#include "audit.h"
#include "json.h"

#include <stdlib.h>

static json_t *outcomes(const tally *t)
{
  json_t *object = json_object();
  for (int of = 0; of < OUTCOME_COUNT; of++) json_object_set_new(object, outcome_name(of), json_count(t->outcomes[of]));
  return object;
}

static json_t *ulps(const tally *t)
{
  json_t *object = json_object();
  for (size_t i = 0; i < ULPS_RANGES; i++) json_object_set_new(object, ulps_names[i], json_count(t->ulps[i]));
  return object;
}

static json_t *margins(const tally *t)
{
  json_t *list = json_array();
  for (size_t i = 0; i < MARGIN_RANGES; i++)
    json_array_append_new(list, json_pack("[s, o, o]", margin_names[i], json_count(t->margins[i][0]), json_count(t->margins[i][1])));
  return list;
}

static json_t *profiles(const tally *t)
{
  json_t *object = json_object();
  for (certigar_profile profile = 0; certigar_profile_name(profile) != NULL; profile++)
    if (t->profiles[profile] > 0) json_object_set_new(object, certigar_profile_name(profile), json_count(t->profiles[profile]));
  return object;
}

static json_t *cases(const audit *a, size_t rule_at)
{
  json_t *list = json_array();
  for (size_t i = 0; i < a->settings.cases; i++) {
    json_t *one = record_json(&a->records[rule_at * a->settings.cases + i]);
    json_object_del(one, "rule");
    json_object_del(one, "ulps");
    json_object_del(one, "margin_range");
    json_array_append_new(list, one);
  }
  return list;
}

/* Without what says again where it stands. */
static json_t *evidence(const audit *a, size_t rule_at, int kind)
{
  json_t *object = a->evidence[rule_at][kind] != NULL ? json_copy(a->evidence[rule_at][kind]) : json_null();
  json_object_del(object, "rule");
  json_object_del(object, "which");
  json_object_del(object, "margin_range");
  json_object_del(object, "ulps");
  return object;
}

static json_t *rule(const audit *a, size_t rule_at)
{
  tally t;
  tally_rule(&t, a, rule_at);
  return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "rule", certigar_rule_name(a->settings.rules[rule_at]), "outcomes", outcomes(&t),
                   "ulps", ulps(&t), "margins", margins(&t), "profiles", profiles(&t), "worst", evidence(a, rule_at, WORST), "smallest",
                   evidence(a, rule_at, SMALLEST), "cases", cases(a, rule_at));
}

void report_json_write(FILE *to, const audit *a)
{
  json_t *rules = json_array();
  for (size_t i = 0; i < a->settings.rule_count; i++) json_array_append_new(rules, rule(a, i));
  json_t *object = json_pack("{s:i, s:o, s:o, s:o, s:b, s:o}", "format", 1, "program", journal_program(&a->settings), "settings",
                             journal_settings(&a->settings), "build", journal_build(), "passed", audit_passed(a), "rules", rules);
  char *text = object != NULL ? json_dumps(object, JSON_INDENT(1)) : NULL;
  if (text != NULL) fprintf(to, "%s\n", text);
  free(text);
  json_decref(object);
}
