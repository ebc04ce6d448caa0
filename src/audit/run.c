/* certigar audit: asks a program for the cases one by one, judges and keeps what it answers, shrinks what failed, and reports. */
#include "audit.h"
#include "commands.h"
#include "output.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMEOUTS_MAX = 3, CRASHES_MAX = 20 };

/* ---- what the journal has ---- */

static int find_rule(const audit *a, certigar_rule rule, size_t *rule_at)
{
  for (*rule_at = 0; *rule_at < a->settings.rule_count; (*rule_at)++)
    if (a->settings.rules[*rule_at] == rule) return 1;
  return 0;
}

static int take_case(audit *a, const json_t *line)
{
  record r;
  size_t rule_at;
  if (!record_from_json(&r, line)) return 0;
  int good = r.index < a->settings.cases && find_rule(a, r.rule, &rule_at) && r.generator[0] != '\0';
  record *to = good ? &a->records[rule_at * a->settings.cases + r.index] : NULL;
  if (!good || to->generator[0] != '\0') {
    record_clear(&r);
    return 0;
  }
  *to = r;
  return 1;
}

static int take_evidence(audit *a, json_t *described)
{
  certigar_rule rule;
  size_t rule_at;
  const char *name = json_string_value(json_object_get(described, "rule")), *which = json_string_value(json_object_get(described, "which"));
  if (name == NULL || which == NULL || !certigar_rule_from_name(name, &rule) || !find_rule(a, rule, &rule_at)) return 0;
  int kind = strcmp(which, evidence_name(WORST)) == 0 ? WORST : SMALLEST;
  if (strcmp(which, evidence_name(kind)) != 0 || a->evidence[rule_at][kind] != NULL) return 0;
  a->evidence[rule_at][kind] = json_incref(described);
  return 1;
}

static int take_line(void *context, const json_t *line)
{
  const json_t *one = json_object_get(line, "case");
  json_t *described = json_object_get(line, "shrunk");
  if (one != NULL) return take_case(context, one);
  return described != NULL && take_evidence(context, described);
}

/* ---- the work ---- */

static void step(audit *a)
{
  progress_step(&a->bar, ++a->steps, a->settings.rule_count * (a->settings.cases + EVIDENCE_KINDS));
}

/* Whether so many cases in a row, up to this one, came to the same end. */
static int in_a_row(const record *r, size_t index, int end, size_t count)
{
  for (size_t back = 1; back <= count; back++)
    if (back > index || (r - back)->outcome != end) return 0;
  return 1;
}

/* Waiting for one more time limit after the other would take hours; and a program that does not start, or not with this rule, never answers. */
static int has_given_up(const record *r, size_t index)
{
  if (index > 0 && r[-1].outcome == OUTCOME_NOT_RUN) return 1;
  return in_a_row(r, index, OUTCOME_TIMEOUT, TIMEOUTS_MAX) || (index >= CRASHES_MAX && in_a_row(r, index, OUTCOME_CRASH, index));
}

/* A program that does not take a test vector's parameters is asked once more, with the audit's own. */
static void ask(audit *a, size_t rule_at, audit_case *c, answer *given)
{
  const audit_settings *settings = &a->settings;
  const size_t cases = settings->rule_count * settings->cases, id = rule_at * settings->cases + c->index + 1;
  protocol_ask(&a->program, c, settings, id, given);
  if (given->kind != ANSWER_UNSUPPORTED || case_varied(c, settings) == 0) return;
  answer_clear(given);
  case_take_own(c, settings);
  protocol_ask(&a->program, c, settings, cases + EVIDENCE_IDS * settings->rule_count + id, given);
}

static int run_case(audit *a, size_t rule_at, size_t index)
{
  const audit_settings *settings = &a->settings;
  record *r = &a->records[rule_at * settings->cases + index];
  audit_case c;
  answer given;
  int status = 0;
  if (!case_make(&c, settings, settings->rules[rule_at], index))
    return complain(STATUS_OUTPUT, "%s: no case of these parameters could be made", certigar_rule_name(settings->rules[rule_at]));
  record_start(r, &c);
  if (has_given_up(r, index)) {
    r->outcome = OUTCOME_NOT_RUN;
    snprintf(r->reason, sizeof r->reason, "not run after %d time limits in a row, or %d crashes before any answer", TIMEOUTS_MAX, CRASHES_MAX);
  } else {
    ask(a, rule_at, &c, &given);
    status = record_judge(r, &c, &given);
    answer_clear(&given);
  }
  case_clear(&c);
  if (status == 0) status = journal_append(&a->log, json_pack("{s:o}", "case", record_json(r)));
  return status;
}

static int run_cases(audit *a)
{
  int status = 0;
  for (size_t rule_at = 0; rule_at < a->settings.rule_count; rule_at++) {
    for (size_t i = 0; status == 0 && i < a->settings.cases; i++) {
      if (a->records[rule_at * a->settings.cases + i].generator[0] == '\0') status = run_case(a, rule_at, i);
      step(a);
    }
  }
  return status;
}

static int collect_evidence(audit *a)
{
  int status = 0;
  for (size_t rule_at = 0; rule_at < a->settings.rule_count; rule_at++) {
    for (int kind = 0; status == 0 && kind < EVIDENCE_KINDS; kind++) {
      const record *failing = audit_failure(a, rule_at, kind);
      if (failing != NULL && a->evidence[rule_at][kind] == NULL) status = evidence_make(a, rule_at, kind, failing);
      step(a);
    }
  }
  return status;
}

/* A parameter that a rule does not take, or a profile without it, is refused before anything runs. */
static int try_plans(const audit *a)
{
  int status = 0;
  for (size_t i = 0; status == 0 && i < a->settings.rule_count; i++) {
    audit_case c;
    certigar_plan *plan = NULL;
    certigar_message message = {""};
    if (!case_make(&c, &a->settings, a->settings.rules[i], 0))
      return complain(STATUS_USAGE, "%s: no case of these parameters could be made", certigar_rule_name(a->settings.rules[i]));
    if (case_plan(&plan, &c, &message) != CERTIGAR_OK)
      status = complain(STATUS_USAGE, "%s: %s", certigar_rule_name(a->settings.rules[i]), message.text);
    certigar_plan_free(plan);
    case_clear(&c);
  }
  return status;
}

/* ---- reports ---- */

typedef void (*report_writer)(FILE *to, const audit *a);

static int can_be_made(const char *path, certigar_message *message)
{
  output out;
  int good = output_open(&out, path, message);
  output_discard(&out);
  return good;
}

static int write_contents(const char *path, report_writer write, const audit *a, certigar_message *message)
{
  char *text = NULL;
  size_t size = 0;
  FILE *to = open_memstream(&text, &size);
  if (to != NULL) write(to, a);
  int good = to != NULL && fclose(to) == 0 && output_write(path, text, size, message);
  free(text);
  return good;
}

/* write NULL: only whether the file can be made. */
static int write_report(const char *path, report_writer write, const audit *a)
{
  certigar_message message = {"no memory for its contents"};
  if (path == NULL) return 0;
  int good = write == NULL ? can_be_made(path, &message) : write_contents(path, write, a, &message);
  return good ? 0 : complain(STATUS_OUTPUT, "%s: %s", path, message.text);
}

static int write_reports(const audit *a, int writing)
{
  const audit_settings *settings = &a->settings;
  int status = write_report(settings->report, writing ? report_html_write : NULL, a);
  if (status == 0) status = write_report(settings->json, writing ? report_json_write : NULL, a);
  if (status == 0) status = write_report(settings->junit, writing ? report_junit_write : NULL, a);
  return status;
}

/* ---- all of it ---- */

static int prepare(audit *a)
{
  const audit_settings *settings = &a->settings;
  int status = write_reports(a, 0);
  if (status == 0) status = try_plans(a);
  if (status != 0) return status;
  a->records = calloc(settings->rule_count * settings->cases, sizeof *a->records);
  if (a->records == NULL) return complain(STATUS_OUTPUT, "no memory for %zu cases of %zu rules", settings->cases, settings->rule_count);
  status = journal_open(&a->log, settings, take_line, a);
  if (status == 0 && !settings->resume) evidence_remove(settings->state);
  return status;
}

static int do_audit(audit *a)
{
  int status = prepare(a);
  if (status != 0) return status;
  progress_start(&a->bar);
  status = run_cases(a);
  if (status == 0) status = collect_evidence(a);
  process_finish(&a->program);
  progress_end(&a->bar);
  if (status == 0 && !a->log.finished) status = journal_append(&a->log, json_pack("{s:b}", "finished", 1));
  if (status == 0) status = write_reports(a, 1);
  if (status != 0) return status;
  report_text_write(stdout, a);
  status = end_of_output();
  return status != 0 ? status : audit_passed(a) ? STATUS_DONE : STATUS_VERDICT;
}

static void clear(audit *a)
{
  process_stop(&a->program);
  journal_close(&a->log);
  for (size_t i = 0; a->records != NULL && i < a->settings.rule_count * a->settings.cases; i++) record_clear(&a->records[i]);
  free(a->records);
  for (size_t i = 0; i < a->settings.rule_count; i++)
    for (int kind = 0; kind < EVIDENCE_KINDS; kind++) json_decref(a->evidence[i][kind]);
}

int command_audit(int argc, char **argv)
{
  audit a = {.program = process_none, .log = {.fd = -1}};
  int status = audit_settings_parse(argc, argv, &a.settings);
  if (status != 0) return status;
  if (a.settings.help) return command_help("audit");
  status = do_audit(&a);
  clear(&a);
  return status;
}
