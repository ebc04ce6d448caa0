/* From an answer to a record: certigar_check_run says what it is worth, and the rule itself whether there was anything to answer. */
#include "json.h"
#include "plan.h"
#include "record.h"
#include "report.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_TEXT_MAX = 200 };

const char *const margin_names[MARGIN_RANGES] = {"0: an exact tie", "below 2^-40",  "2^-40 to 2^-23",
                                                 "2^-23 to 2^-10",  "2^-10 to 1/4", "1/4 and more"};

/* certigar_finding has counts of 0 ULP, then of 2^(k-1) to 2^k - 1 for k = 1 to 64, then of what is not finite. */
static void add_ulps(size_t to[ULPS_RANGES], const size_t counts[66])
{
  static const int last[ULPS_RANGES] = {0, 1, 2, 4, 8, 16, 32, 64, 65};
  int range = 0;
  for (int k = 0; k < 66; k++) {
    if (k > last[range]) range++;
    to[range] += counts[k];
  }
}

/* By the exponent of its first bit. */
static int margin_range(certigar_bound margin)
{
  static const int least[MARGIN_RANGES] = {0, 0, -40, -23, -10, -2};
  int exponent = margin.exponent, range = MARGIN_RANGES - 1;
  if (margin.infinite) return range;
  if (margin.significand == 0) return 0;
  for (uint64_t rest = margin.significand; rest > 1; rest >>= 1) exponent++;
  while (range > 1 && exponent < least[range]) range--;
  return range;
}

static void take_margin(record *r, certigar_bound margin)
{
  if (!certigar_selects_rows(r->rule) || certigar_is_real(r->rule)) return;
  bound_text(r->margin, margin);
  r->margin_range = margin_range(margin);
}

/* ": rows 0, 2, 3" after the reason, as far as there is room. */
static void name_rows(record *r, const char *what, const size_t *rows, size_t count)
{
  char text[ROWS_TEXT_MAX];
  size_t used = (size_t)snprintf(text, sizeof text, "; %s row%s", what, count == 1 ? "" : "s");
  for (size_t i = 0; i < count && used + 24 < sizeof text; i++)
    used += (size_t)snprintf(text + used, sizeof text - used, "%s %zu", i > 0 ? "," : "", rows[i]);
  size_t length = strlen(r->reason);
  if (count > 0 && length + used < sizeof r->reason) memcpy(r->reason + length, text, used + 1);
}

static void take_finding(record *r, const certigar_finding *finding)
{
  r->outcome = (int)finding->verdict;
  snprintf(r->reason, sizeof r->reason, "%s", finding->reason);
  if (finding->honest != NULL) name_rows(r, "honest:", finding->honest, finding->honest_count);
  if (finding->selection_known && outcome_is_against(r->outcome)) name_rows(r, "it is made of", finding->selected, finding->selected_count);
  r->profiles = finding->profiles;
  r->different = finding->different;
  r->outside = finding->outside;
  add_ulps(r->ulps, finding->ulps_count);
  for (size_t i = 0; i < finding->worst_count; i++)
    if (finding->worst[i].ulps > r->worst_ulps) r->worst_ulps = finding->worst[i].ulps;
  take_margin(r, finding->expected.margin);
}

static int check(record *r, const audit_case *c, const void *candidate, certigar_plan *plan)
{
  certigar_message message = {""};
  certigar_finding finding;
  memset(&finding, 0, sizeof finding);
  certigar_matrix input = case_matrix(c);
  certigar_status status = certigar_check_run(plan, &input, candidate, &finding, &message);
  if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE) {
    take_finding(r, &finding);
    return 0;
  }
  if (status != CERTIGAR_NO_VALUE)
    return complain(STATUS_OUTPUT, "%s: %s", certigar_rule_name(c->rule), message.text[0] != '\0' ? message.text : "no memory");
  r->outcome = OUTCOME_NO_VALUE;
  snprintf(r->reason, sizeof r->reason, "%s", message.text);
  return 0;
}

/* An error is right where there is no value. */
static int judge_error(record *r, const audit_case *c, certigar_plan *plan)
{
  certigar_message message = {""};
  certigar_certificate certificate;
  certigar_matrix input = case_matrix(c);
  void *output = malloc(c->d * word_size(c->dtype));
  certigar_status status = output == NULL ? CERTIGAR_NO_MEMORY : certigar_plan_run(plan, &input, output, &certificate, &message);
  free(output);
  if (status == CERTIGAR_NO_VALUE) r->outcome = OUTCOME_NO_VALUE;
  else if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE)
    return complain(STATUS_OUTPUT, "%s: %s", certigar_rule_name(c->rule), message.text);
  else take_margin(r, certificate.margin);
  return 0;
}

static int judge_with_plan(record *r, const audit_case *c, const answer *given)
{
  certigar_message message = {""};
  certigar_plan *plan;
  certigar_status status = case_plan(&plan, c, &message);
  if (status == CERTIGAR_BAD_PARAMETER) return complain(STATUS_USAGE, "%s", message.text);
  if (status != CERTIGAR_OK) return complain(STATUS_OUTPUT, "%s: no memory for %zu rows", certigar_rule_name(c->rule), c->n);
  int result = given->kind == ANSWER_VALUES ? check(r, c, given->values, plan) : judge_error(r, c, plan);
  certigar_plan_free(plan);
  return result;
}

int record_judge(record *r, const audit_case *c, const answer *given)
{
  static const int outcomes[] = {[ANSWER_UNSUPPORTED] = OUTCOME_UNSUPPORTED, [ANSWER_ERROR] = OUTCOME_ERROR, [ANSWER_CRASH] = OUTCOME_CRASH,
                                 [ANSWER_TIMEOUT] = OUTCOME_TIMEOUT, [ANSWER_PROTOCOL] = OUTCOME_PROTOCOL};
  if (given->kind == ANSWER_NONE) return complain(STATUS_OUTPUT, "%s", given->text);
  record_start(r, c);
  r->milliseconds = given->milliseconds;
  int status = 0;
  if (given->kind != ANSWER_VALUES) {
    r->outcome = outcomes[given->kind];
    snprintf(r->reason, sizeof r->reason, "%s", given->text);
  }
  if (given->kind == ANSWER_VALUES || given->kind == ANSWER_ERROR) status = judge_with_plan(r, c, given);
  if (status == 0 && outcome_is_against(r->outcome)) r->tail = given->tail[0] != '\0' ? strdup(given->tail) : NULL;
  return status;
}
