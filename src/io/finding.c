#include "finding.h"

#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

double word_value(certigar_dtype dtype, uint64_t word)
{
  uint32_t narrow = (uint32_t)word;
  float single;
  double value;
  if (dtype == CERTIGAR_FLOAT32) {
    memcpy(&single, &narrow, sizeof single);
    return single;
  }
  memcpy(&value, &word, sizeof value);
  return value;
}

void word_text(char text[WORD_TEXT_MAX], certigar_dtype dtype, uint64_t word)
{
  snprintf(text, WORD_TEXT_MAX, "%a", word_value(dtype, word));
}

static json_t *number(certigar_dtype dtype, uint64_t word)
{
  char text[WORD_TEXT_MAX];
  word_text(text, dtype, word);
  return json_string(text);
}

static json_t *bits(certigar_dtype dtype, uint64_t word)
{
  char text[WORD_TEXT_MAX];
  snprintf(text, sizeof text, "0x%0*" PRIx64, dtype == CERTIGAR_FLOAT32 ? 8 : 16, word);
  return json_string(text);
}

/* geometric-median has no bound for each coordinate. */
static json_t *difference(const certificate_facts *run, const certigar_difference *of)
{
  certigar_dtype dtype = run->dtype;
  return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                   "coordinate", json_count(of->coordinate),
                   "candidate", number(dtype, of->candidate),
                   "expected", number(dtype, of->expected),
                   "candidate_bits", bits(dtype, of->candidate),
                   "expected_bits", bits(dtype, of->expected),
                   "ulps", of->ulps == UINT64_MAX ? json_null() : json_count(of->ulps),
                   "error", json_bound(of->error),
                   "bound", run->rule == CERTIGAR_GEOMETRIC_MEDIAN ? json_null() : json_bound(of->bound));
}

static json_t *worst(const finding_facts *facts)
{
  json_t *array = json_array();
  for (size_t i = 0; array != NULL && i < facts->finding->worst_count; i++) {
    if (json_array_append_new(array, difference(&facts->run, &facts->finding->worst[i])) != 0) {
      json_decref(array);
      array = NULL;
    }
  }
  return array;
}

static json_t *histogram(const certigar_finding *finding)
{
  size_t count = sizeof finding->ulps_count / sizeof *finding->ulps_count, used = count - 1;
  while (used > 1 && finding->ulps_count[used - 1] == 0) used--;
  return json_pack("{s:o, s:o}",
                   "at_most", json_counts(finding->ulps_count, used),
                   "not_finite", json_count(finding->ulps_count[count - 1]));
}

static json_t *profiles(const certigar_finding *finding)
{
  json_t *array = json_array();
  for (int p = 0; array != NULL && p < 32; p++) {
    if ((finding->profiles >> p & 1) == 0) continue;
    if (json_array_append_new(array, json_string(certigar_profile_name((certigar_profile)p))) != 0) {
      json_decref(array);
      array = NULL;
    }
  }
  return array;
}

/* json_pack takes over what it is given and returns NULL if any of it is NULL. */
static json_t *finding(const finding_facts *facts)
{
  const certigar_finding *f = facts->finding;
  int ambiguous = f->verdict == CERTIGAR_VERDICT_AMBIGUOUS;
  return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                   "verdict", certigar_verdict_name(f->verdict),
                   "reason", f->reason,
                   "different", json_count(f->different),
                   "outside", json_count(f->outside),
                   "ulps", histogram(f),
                   "worst", worst(facts),
                   "selected", f->selection_known ? json_counts(f->selected, f->selected_count) : json_null(),
                   "profile", f->has_profile ? json_string(certigar_profile_name(f->profile)) : json_null(),
                   "profile_exact", f->has_profile ? json_boolean(f->profile_exact) : json_null(),
                   "profiles", profiles(f),
                   "gap", ambiguous ? json_bound(f->gap) : json_null(),
                   "resolution", ambiguous ? json_bound(f->resolution) : json_null(),
                   "admissible", json_count(f->admissible),
                   "admissible_cap", json_count(f->admissible_cap),
                   "honest", f->honest_count > 0 ? json_counts(f->honest, f->honest_count) : json_null(),
                   "candidate_sha256", json_string(facts->candidate.text),
                   "expected", certificate_json(&facts->run));
}

char *finding_text(const finding_facts *facts, size_t *size)
{
  return json_file(finding(facts), size);
}
