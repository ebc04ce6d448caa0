#include "certificate.h"

#include "identity.h"
#include "json.h"

#include <float.h>
#include <math.h>
#include <string.h>

const char *certificate_median_name(certigar_median_kind kind)
{
  static const char *const names[] = {[CERTIGAR_MIDPOINT] = "midpoint", [CERTIGAR_LOWER] = "lower", [CERTIGAR_UPPER] = "upper"};
  return names[kind];
}

const char *dtype_name(certigar_dtype dtype)
{
  return dtype == CERTIGAR_FLOAT32 ? "float32" : "float64";
}

/* json_object_update takes nothing over, and returns -1 for NULL. */
static int add_all(json_t *object, json_t *more)
{
  int good = json_object_update(object, more) == 0;
  json_decref(more);
  return good;
}

static json_t *hash(const digest *of)
{
  return of != NULL ? json_string(of->text) : json_null();
}

/* Adds the rule's own parameters. */
static int add_own(json_t *object, const certificate_facts *facts)
{
  int own_kind = facts->rule == CERTIGAR_MEDIAN || facts->rule == CERTIGAR_GEOMETRIC_MEDIAN;
  if (own_kind && facts->profile != CERTIGAR_PAPER) return 1; /* the profile has its own */
  switch (facts->rule) {
    case CERTIGAR_MEDIAN: return add_all(object, json_pack("{s:s}", "median", certificate_median_name(facts->median)));
    case CERTIGAR_MULTI_KRUM: return add_all(object, json_pack("{s:o}", "m", facts->result.selected_count > 0 ? json_count(facts->result.selected_count) : json_null()));
    case CERTIGAR_MULTI_BULYAN: return add_all(object, json_pack("{s:s}", "variant", facts->variant == CERTIGAR_ITERATED ? "iterated" : "one-pass"));
    case CERTIGAR_MONNA: return add_all(object, json_pack("{s:o}", "pivot", json_count(facts->pivot)));
    case CERTIGAR_GEOMETRIC_MEDIAN: return add_all(object, json_pack("{s:s}", "tolerance", facts->tolerance));
    case CERTIGAR_BRSGD: return add_all(object, json_pack("{s:s, s:s}", "beta", facts->beta, "threshold", facts->threshold));
    case CERTIGAR_ZENO: return add_all(object, json_pack("{s:o}", "scores", hash(facts->scores)));
    case CERTIGAR_CENTERED_CLIPPING:
      return add_all(object, json_pack("{s:s, s:o, s:o}", "tau", facts->tau, "iterations", json_count(facts->iterations), "centre", hash(facts->centre)));
    default: return 1;
  }
}

json_t *certificate_parameters(const certificate_facts *facts)
{
  json_t *object = json_pack("{s:o}", "f", json_count(facts->f)), *pre = NULL;
  int good = object != NULL && add_own(object, facts);
  if (good && facts->pre_count > 0) {
    pre = json_array();
    for (size_t i = 0; good && i < facts->pre_count; i++) good = json_array_append_new(pre, json_string(facts->pre[i])) == 0;
    good = json_object_set_new(object, "pre", pre) == 0 && good;
  }
  if (good) return object;
  json_decref(object);
  return NULL;
}

static json_t *interval(const certigar_interval *of)
{
  return json_pack("[o, o]", json_bound(of->lower), json_bound(of->upper));
}

/* Whether the rule is one over rows; and whether it chooses some by a score, so that there is a margin. */
static int selects(const certificate_facts *facts)
{
  return facts->result.selected != NULL;
}

static int chooses(const certificate_facts *facts)
{
  switch (facts->rule) {
    case CERTIGAR_GEOMETRIC_MEDIAN:
    case CERTIGAR_CENTERED_CLIPPING:
    case CERTIGAR_CAF:
    case CERTIGAR_SMEA: return 0;
    default: return selects(facts);
  }
}

/* Whether there are distances or norms to take: all pre-aggregations but bucketing take some, whatever the rule. */
static int measures(const certificate_facts *facts)
{
  int any = selects(facts);
  for (size_t i = 0; i < facts->pre_count; i++) any |= strncmp(facts->pre[i], "bucketing:", 10) != 0;
  return any;
}

static json_t *scores(const certificate_facts *facts)
{
  if (facts->result.scores == NULL) return json_null();
  json_t *array = json_array();
  for (size_t i = 0; array != NULL && i < facts->result.score_count; i++) {
    if (json_array_append_new(array, interval(&facts->result.scores[i])) != 0) {
      json_decref(array);
      array = NULL;
    }
  }
  return array;
}

/* The greatest double that is no more: a bound from below stays one. */
static double rounded_down(certigar_bound bound)
{
  int cut = 64 - DBL_MANT_DIG, least = DBL_MIN_EXP - DBL_MANT_DIG; /* of the exponents of a double's last bit */
  if (bound.exponent + cut < least) cut = least - bound.exponent;
  if (cut > 63) return 0;
  double value = ldexp((double)(bound.significand >> cut), bound.exponent + cut);
  return isinf(value) ? DBL_MAX : value;
}

/* A number, or "inf": JSON has no infinity. */
static json_t *margin(const certificate_facts *facts)
{
  certigar_bound bound = facts->result.margin;
  if (!chooses(facts)) return json_null();
  return bound.infinite ? json_string("inf") : json_real(rounded_down(bound));
}

static const char *status_name(certigar_status status)
{
  return status == CERTIGAR_OK ? "ok" : status == CERTIGAR_NO_VALUE ? "no value" : "not finite";
}

/* json_pack takes over what it is given and returns NULL if any of it is NULL. */
json_t *certificate_json(const certificate_facts *facts)
{
  const certigar_certificate *result = &facts->result;
  int has_value = facts->status != CERTIGAR_NO_VALUE, has_gap = has_value && facts->rule == CERTIGAR_GEOMETRIC_MEDIAN && facts->profile == CERTIGAR_PAPER;
  return json_pack("{s:s, s:s, s:o, s:o, s:o, s:s,"
                   " s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o,"
                   " s:s, s:s, s:s, s:s, s:s, s:s, s:o}",
                   "rule", certigar_rule_name(facts->rule),
                   "profile", certigar_profile_name(facts->profile),
                   "parameters", certificate_parameters(facts),
                   "n", json_count(facts->n),
                   "d", json_count(facts->d),
                   "dtype", dtype_name(facts->dtype),
                   "nonfinite_rows", json_counts(result->nonfinite_rows, result->nonfinite_row_count),
                   "nonfinite_outputs", json_count(result->nonfinite_outputs),
                   "selected", selects(facts) ? json_counts(result->selected, result->selected_count) : json_null(),
                   "scores", scores(facts),
                   "margin", margin(facts),
                   "gap", has_gap ? json_bound(result->gap) : json_null(),
                   "objective", has_gap ? interval(&result->objective) : json_null(),
                   "iterations", has_gap ? json_count(result->iterations) : json_null(),
                   "ties", json_count(result->ties),
                   "exact_distances", measures(facts) ? json_count(result->exact_distances) : json_null(),
                   "exact_evaluations", json_count(result->exact_evaluations),
                   "status", status_name(facts->status),
                   "spec_version", CERTIGAR_SPEC_VERSION,
                   "version", CERTIGAR_VERSION,
                   "commit", CERTIGAR_COMMIT,
                   "proof_manifest_sha256", CERTIGAR_MANIFEST_SHA256,
                   "input_sha256", facts->input.text,
                   "output_sha256", has_value && facts->output.text[0] != '\0' ? json_string(facts->output.text) : json_null());
}

char *certificate_text(const certificate_facts *facts, size_t *size)
{
  return json_file(certificate_json(facts), size);
}
