/* Files and words about a failing case: the shrunk input, the answer, the request, and the commands that show it again. */
#include "audit.h"
#include "certificate.h"
#include "output.h"
#include "report.h"
#include "shell.h"
#include "shrink.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const suffixes[] = {".npy", "-answer.npy", "-scores.npy", ".request"};
enum { INPUT, ANSWER, SCORES, REQUEST, FILES };

static int name_file(char path[FILE_NAME_MAX], const char *state, certigar_rule rule, int kind, int which)
{
  return snprintf(path, FILE_NAME_MAX, "%s/%s-%s%s", state, certigar_rule_name(rule), evidence_name(kind), suffixes[which]) < FILE_NAME_MAX;
}

void evidence_remove(const char *state)
{
  char path[FILE_NAME_MAX];
  for (certigar_rule rule = 0; certigar_rule_name(rule) != NULL; rule++) {
    for (int file = 0; file < EVIDENCE_KINDS * FILES; file++)
      if (name_file(path, state, rule, file / FILES, file % FILES)) unlink(path);
  }
}

/* Frees the bytes. */
static int write_file(const char *path, unsigned char *bytes, size_t size)
{
  certigar_message message = {"no memory for its contents"};
  int good = bytes != NULL && output_write(path, bytes, size, &message);
  free(bytes);
  return good ? 0 : complain(STATUS_OUTPUT, "%s: %s", path, message.text);
}

/* ---- commands ---- */

static json_t *finish_text(FILE *to, char **text)
{
  json_t *string = fclose(to) == 0 ? json_string(*text) : NULL;
  free(*text);
  return string != NULL ? string : json_string("");
}

static json_t *ask_command(const audit *a, const char *request_file)
{
  char *text = NULL;
  size_t size, i;
  FILE *to = open_memstream(&text, &size);
  json_t *program = journal_program(&a->settings);
  const json_t *word;
  if (to == NULL) return json_string("");
  json_array_foreach(program, i, word) {
    shell_word(to, json_string_value(word));
    putc(' ', to);
  }
  json_decref(program);
  fputs("< ", to);
  shell_word(to, request_file);
  return finish_text(to, &text);
}

static void write_parameters(FILE *to, const audit_case *c)
{
  const certigar_rule rule = c->rule;
  const case_parameters *asked = &c->with;
  if (rule == CERTIGAR_MULTI_KRUM && asked->m != 0) fprintf(to, " -m %zu", asked->m);
  if (rule == CERTIGAR_MEDIAN && asked->median != CERTIGAR_MIDPOINT) fprintf(to, " --median %s", certificate_median_name(asked->median));
  if (rule == CERTIGAR_MULTI_BULYAN && asked->variant == CERTIGAR_ITERATED) fputs(" --param variant=iterated", to);
  if (rule == CERTIGAR_MONNA && asked->pivot != 0) fprintf(to, " --param pivot=%zu", asked->pivot);
  if (rule == CERTIGAR_GEOMETRIC_MEDIAN && asked->tolerance[0] != '\0') fprintf(to, " --param tolerance=%s", asked->tolerance);
  if (rule == CERTIGAR_BRSGD) fprintf(to, " --param beta=%s,threshold=%s", asked->beta, asked->threshold);
  if (rule == CERTIGAR_CENTERED_CLIPPING) fprintf(to, " --param tau=%s,iterations=%zu", asked->tau, asked->iterations);
}

static json_t *check_command(const audit_case *c, char paths[FILES][FILE_NAME_MAX])
{
  char *text = NULL;
  size_t size;
  FILE *to = open_memstream(&text, &size);
  if (to == NULL) return json_string("");
  fprintf(to, "certigar check %s -f %zu", certigar_rule_name(c->rule), c->f);
  write_parameters(to, c);
  if (c->scores != NULL) {
    fputs(" --param scores=", to);
    shell_word(to, paths[SCORES]);
  }
  putc(' ', to);
  shell_word(to, paths[INPUT]);
  putc(' ', to);
  shell_word(to, paths[ANSWER]);
  return finish_text(to, &text);
}

/* ---- the description ---- */

/* What certigar gives; null where the rule has no value. */
static json_t *expected(const audit_case *c)
{
  certigar_plan *plan = NULL;
  certigar_matrix input = case_matrix(c);
  json_t *list = NULL;
  void *values = malloc(c->d * word_size(c->dtype));
  if (values != NULL && case_plan(&plan, c, NULL) == CERTIGAR_OK) {
    certigar_status status = certigar_plan_run(plan, &input, values, NULL, NULL);
    if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE) list = words_json(values, c->dtype, 0, c->d);
  }
  certigar_plan_free(plan);
  free(values);
  return list != NULL ? list : json_null();
}

static json_t *describe(const audit *a, int kind, const shrunk *s, char paths[FILES][FILE_NAME_MAX])
{
  const audit_case *c = &s->input;
  json_t *object = record_json(&s->verdict), *rows = json_array(), *files = json_array();
  int has_answer = s->given.values != NULL;
  for (size_t i = 0; i < c->n; i++) json_array_append_new(rows, words_json(c->rows, c->dtype, i * c->d, c->d));
  json_object_set_new(object, "which", json_string(evidence_name(kind)));
  json_object_set_new(object, "from", json_integer((json_int_t)s->verdict.index));
  json_object_set_new(object, "reproduced", json_boolean(s->reproduced));
  json_object_set_new(object, "requests", json_integer((json_int_t)s->requests));
  json_object_set_new(object, "rows", rows);
  json_object_set_new(object, "scores", c->scores != NULL ? words_json(c->scores, CERTIGAR_FLOAT64, 0, c->n) : json_null());
  json_object_set_new(object, "answer", has_answer ? words_json(s->given.values, c->dtype, 0, c->d) : json_null());
  json_object_set_new(object, "expected", expected(c));
  for (int which = 0; which < FILES; which++) {
    int is_there = which == ANSWER ? has_answer : which == SCORES ? c->scores != NULL : 1;
    if (is_there) json_array_append_new(files, json_string(paths[which]));
  }
  json_object_set_new(object, "files", files);
  json_object_set_new(object, "ask", ask_command(a, paths[REQUEST]));
  json_object_set_new(object, "check", has_answer ? check_command(c, paths) : json_null());
  json_object_del(object, "index");
  json_object_del(object, "milliseconds");
  return object;
}

static int write_files(const audit *a, const shrunk *s, char paths[FILES][FILE_NAME_MAX])
{
  const audit_case *c = &s->input;
  size_t size = 0, id = 1;
  unsigned char *bytes = protocol_npy(c->rows, c->dtype, c->n, c->d, &size);
  int status = write_file(paths[INPUT], bytes, size);
  if (status == 0 && s->given.values != NULL) {
    bytes = protocol_npy(s->given.values, c->dtype, 0, c->d, &size);
    status = write_file(paths[ANSWER], bytes, size);
  }
  if (status == 0 && c->scores != NULL) {
    bytes = protocol_npy(c->scores, CERTIGAR_FLOAT64, 0, c->n, &size);
    status = write_file(paths[SCORES], bytes, size);
  }
  if (status != 0) return status;
  bytes = protocol_request(c, &a->settings, id, &size);
  return write_file(paths[REQUEST], bytes, size);
}

int evidence_make(audit *a, size_t rule_at, int kind, const record *failing)
{
  char paths[FILES][FILE_NAME_MAX];
  audit_case from;
  shrunk s;
  size_t id = a->settings.rule_count * a->settings.cases + (rule_at * EVIDENCE_KINDS + (size_t)kind) * SHRINK_IDS + 1;
  for (int which = 0; which < FILES; which++)
    if (!name_file(paths[which], a->settings.state, a->settings.rules[rule_at], kind, which))
      return complain(STATUS_USAGE, "--state: the name of the directory is too long");
  if (!case_make(&from, &a->settings, failing->rule, failing->index)) return complain(STATUS_OUTPUT, "no memory for a case");
  if (failing->own) case_take_own(&from, &a->settings);
  int status = shrink(&s, &a->program, &from, failing, &a->settings, &id);
  if (status == 0) status = write_files(a, &s, paths);
  if (status == 0) {
    json_t *described = describe(a, kind, &s, paths);
    a->evidence[rule_at][kind] = described;
    status = journal_append(&a->log, json_pack("{s:O}", "shrunk", described));
  }
  shrunk_clear(&s);
  case_clear(&from);
  return status;
}
