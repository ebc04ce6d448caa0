#include "record.h"

#include "certificate.h"
#include "json.h"
#include "words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const ulps_names[ULPS_RANGES] = {"0", "1", "2-3", "4-15", "16-255", "256-65535", "65536-4294967295", "more", "not finite"};

const char *outcome_name(int of)
{
  static const char *const names[] = {[OUTCOME_CRASH] = "CRASH",     [OUTCOME_TIMEOUT] = "TIMEOUT",         [OUTCOME_PROTOCOL] = "PROTOCOL",
                                      [OUTCOME_ERROR] = "ERROR",     [OUTCOME_NOT_RUN] = "NOT_RUN",         [OUTCOME_UNSUPPORTED] = "UNSUPPORTED",
                                      [OUTCOME_NO_VALUE] = "NO_VALUE"};
  if (of < 0 || of >= OUTCOME_COUNT) return NULL;
  return of <= CERTIGAR_VERDICT_WRONG ? certigar_verdict_name((certigar_verdict)of) : names[of];
}

int outcome_is_for(int of)
{
  return of == CERTIGAR_VERDICT_EXACT || of == CERTIGAR_VERDICT_TIE || of == CERTIGAR_VERDICT_ROUNDING;
}

int outcome_is_against(int of)
{
  return !outcome_is_for(of) && of != OUTCOME_UNSUPPORTED && of != OUTCOME_NO_VALUE;
}

int outcome_rank(int of)
{
  static const int order[] = {CERTIGAR_VERDICT_BREACH, CERTIGAR_VERDICT_WRONG, OUTCOME_CRASH, OUTCOME_TIMEOUT, OUTCOME_PROTOCOL, OUTCOME_ERROR,
                              CERTIGAR_VERDICT_PROFILE, CERTIGAR_VERDICT_AMBIGUOUS};
  int rank = 0;
  while (rank < (int)(sizeof order / sizeof *order) && order[rank] != of) rank++;
  return rank;
}

void record_start(record *r, const audit_case *c)
{
  *r = (record){.rule = c->rule, .index = c->index, .n = c->n, .d = c->d, .f = c->f, .seed = c->seed, .dtype = c->dtype, .own = c->own,
                .margin_range = NO_MARGIN};
  snprintf(r->generator, sizeof r->generator, "%s", c->generator);
}

void record_clear(record *r)
{
  free(r->tail);
  r->tail = NULL;
}

/* ---- names ---- */

static int profiles_from_json(const json_t *list, uint32_t *profiles)
{
  certigar_profile profile;
  const json_t *name;
  size_t i;
  if (!json_is_array(list)) return 0;
  json_array_foreach(list, i, name) {
    if (!json_is_string(name) || !certigar_profile_from_name(json_string_value(name), &profile)) return 0;
    *profiles |= 1U << profile;
  }
  return 1;
}

static json_t *profiles_json(uint32_t profiles)
{
  json_t *list = json_array();
  for (certigar_profile profile = 0; certigar_profile_name(profile) != NULL; profile++)
    if (profiles >> profile & 1) json_array_append_new(list, json_string(certigar_profile_name(profile)));
  return list;
}

static int outcome_from_name(const char *name, int *of)
{
  for (*of = 0; *of < OUTCOME_COUNT; (*of)++)
    if (strcmp(outcome_name(*of), name) == 0) return 1;
  return 0;
}

/* ---- as JSON ---- */

/* 64 bits are more than a JSON number of other programs holds. */
static json_t *long_number(uint64_t value)
{
  char text[24];
  snprintf(text, sizeof text, "%" PRIu64, value);
  return json_string(text);
}

json_t *record_json(const record *r)
{
  json_t *object = json_pack("{s:s, s:o, s:s, s:o, s:s, s:o, s:o, s:o, s:s, s:s}", "rule", certigar_rule_name(r->rule), "index", json_count(r->index),
                             "generator", r->generator, "seed", long_number(r->seed), "dtype", dtype_name(r->dtype), "n", json_count(r->n), "d",
                             json_count(r->d), "f", json_count(r->f), "outcome", outcome_name(r->outcome), "reason", r->reason);
  json_t *ulps = json_array();
  if (object == NULL) return NULL;
  for (size_t i = 0; i < ULPS_RANGES; i++) json_array_append_new(ulps, json_count(r->ulps[i]));
  json_object_set_new(object, "margin", r->margin[0] != '\0' ? json_string(r->margin) : json_null());
  json_object_set_new(object, "margin_range", json_integer(r->margin_range));
  json_object_set_new(object, "profiles", profiles_json(r->profiles));
  json_object_set_new(object, "different", json_count(r->different));
  json_object_set_new(object, "outside", json_count(r->outside));
  json_object_set_new(object, "worst_ulps", r->worst_ulps == UINT64_MAX ? json_string("not finite") : long_number(r->worst_ulps));
  json_object_set_new(object, "ulps", ulps);
  json_object_set_new(object, "milliseconds", json_count(r->milliseconds));
  if (r->own) json_object_set_new(object, "own_parameters", json_true());
  if (r->tail != NULL) json_object_set_new(object, "stderr", json_string(r->tail));
  return object;
}

static int get_size(const json_t *object, const char *key, size_t *value)
{
  const json_t *found = json_object_get(object, key);
  if (!json_is_integer(found) || json_integer_value(found) < 0) return 0;
  *value = (size_t)json_integer_value(found);
  return 1;
}

static int get_text(const json_t *object, const char *key, char *text, size_t size)
{
  const char *found = json_string_value(json_object_get(object, key));
  if (found == NULL || strlen(found) >= size) return 0;
  strcpy(text, found);
  return 1;
}

static int get_long(const json_t *object, const char *key, uint64_t *value)
{
  const char *found = json_string_value(json_object_get(object, key));
  char *end = NULL;
  if (found == NULL) return 0;
  *value = strcmp(found, "not finite") == 0 ? UINT64_MAX : strtoull(found, &end, 10);
  return end == NULL || *end == '\0';
}

static int get_ulps(const json_t *object, record *r)
{
  const json_t *list = json_object_get(object, "ulps");
  if (json_array_size(list) != ULPS_RANGES) return 0;
  for (size_t i = 0; i < ULPS_RANGES; i++) {
    const json_t *count = json_array_get(list, i);
    if (!json_is_integer(count) || json_integer_value(count) < 0) return 0;
    r->ulps[i] = (size_t)json_integer_value(count);
  }
  return 1;
}

int record_from_json(record *r, const json_t *object)
{
  char rule[32], dtype[16], name[32];
  size_t range = NO_MARGIN;
  *r = (record){.outcome = 0};
  get_text(object, "margin", r->margin, sizeof r->margin);
  int good = get_text(object, "rule", rule, sizeof rule) && certigar_rule_from_name(rule, &r->rule) && get_size(object, "index", &r->index) &&
             get_text(object, "generator", r->generator, sizeof r->generator) && get_long(object, "seed", &r->seed) &&
             get_text(object, "dtype", dtype, sizeof dtype) && dtype_from_name(dtype, &r->dtype) && get_size(object, "n", &r->n) &&
             get_size(object, "d", &r->d) && get_size(object, "f", &r->f) && get_text(object, "outcome", name, sizeof name) &&
             outcome_from_name(name, &r->outcome) && get_text(object, "reason", r->reason, sizeof r->reason) &&
             get_size(object, "margin_range", &range) && profiles_from_json(json_object_get(object, "profiles"), &r->profiles) &&
             get_size(object, "different", &r->different) && get_size(object, "outside", &r->outside) &&
             get_long(object, "worst_ulps", &r->worst_ulps) && get_ulps(object, r) && get_size(object, "milliseconds", &r->milliseconds);
  r->own = json_is_true(json_object_get(object, "own_parameters"));
  r->margin_range = (int)range;
  if (!good || range > NO_MARGIN) return 0;
  const char *tail = json_string_value(json_object_get(object, "stderr"));
  if (tail != NULL) r->tail = strdup(tail);
  return 1;
}
