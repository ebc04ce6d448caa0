#include "vectors.h"

#include "hexadecimal.h"
#include "notes.h"
#include "vector_answers.h"
#include "vector_choices.h"
#include "vector_run.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file in the making. Text in it is plain ASCII without quotation marks. */
typedef struct file {
  FILE *to;
  size_t subject, count;     /* cases so far */
  unsigned char *used;       /* of each note: whether a case has its flag */
  certigar_message *message;
} file;

/* ---- words ---- */

static void write_word(FILE *to, certigar_dtype dtype, uint64_t word)
{
  char text[BOUND_TEXT_MAX];
  hexadecimal_word(dtype, word, text);
  fprintf(to, "\"%s\"", text);
}

static void write_words(const file *out, const vector_run *run, const void *words, size_t first)
{
  fputc('[', out->to);
  for (size_t c = 0; c < run->of->d; c++) {
    if (c > 0) fputs(", ", out->to);
    write_word(out->to, run->of->dtype, vector_word(run, words, first + c));
  }
  fputc(']', out->to);
}

/* contiguous rows, a line each */
static void write_rows(const file *out, const vector_run *run, const char *key, const void *rows, size_t n)
{
  fprintf(out->to, "      \"%s\": [\n", key);
  for (size_t i = 0; i < n; i++) {
    fputs("        ", out->to);
    write_words(out, run, rows, i * run->of->d);
    fputs(i + 1 < n ? ",\n" : "\n", out->to);
  }
  fputs("      ]", out->to);
}

static void write_bound(FILE *to, certigar_bound bound)
{
  char text[BOUND_TEXT_MAX];
  bound_text(text, bound);
  fprintf(to, "\"%s\"", text);
}

static void write_double(FILE *to, double number)
{
  uint64_t word;
  memcpy(&word, &number, 8);
  write_word(to, CERTIGAR_FLOAT64, isnan(number) ? 0x7ff8000000000000 : word);
}

/* ---- flags ---- */

typedef struct flags {
  const char *names[32];
  size_t count;
} flags;

static void add_flag(flags *set, const char *name)
{
  for (size_t i = 0; i < set->count; i++)
    if (strcmp(set->names[i], name) == 0) return;
  if (set->count < sizeof set->names / sizeof *set->names) set->names[set->count++] = name;
}

static void write_flags(file *out, const flags *set)
{
  fputs("      \"flags\": [", out->to);
  for (size_t i = 0; i < set->count; i++) {
    fprintf(out->to, "%s\"%s\"", i > 0 ? ", " : "", set->names[i]);
    for (size_t k = 0; k < case_note_count; k++)
      if (strcmp(case_notes[k].flag, set->names[i]) == 0) out->used[k] = 1;
  }
  fputs("],\n", out->to);
}

static void write_notes(const file *out)
{
  int some = 0;
  fputs("  \"notes\": {", out->to);
  for (size_t k = 0; k < case_note_count; k++) {
    const case_note *note = &case_notes[k];
    if (!out->used[k]) continue;
    fprintf(out->to, "%s\n    \"%s\": {\n      \"comment\": \"%s\",\n      \"seen_in\": [", some++ ? "," : "", note->flag, note->comment);
    for (size_t i = 0; i < NOTE_SEEN_MAX && note->seen_in[i] != NULL; i++) fprintf(out->to, "%s\"%s\"", i > 0 ? ", " : "", note->seen_in[i]);
    fputs("]\n    }", out->to);
  }
  fputs("\n  },\n", out->to);
}

/* ---- parameters ---- */

static void write_stage(FILE *to, const vector_stage *stage)
{
  switch (stage->kind) {
    case WRONG_NNM: fputs(", \"pre\": [\"nnm\"]", to); break;
    case WRONG_BUCKETING:
      fprintf(to, ", \"pre\": [\"bucketing:s=%zu", stage->s);
      if (stage->permuted) fprintf(to, ",seed=%" PRIu64, stage->seed);
      fputs("\"]", to);
      break;
    case WRONG_CLIP: fprintf(to, ", \"pre\": [\"clip:tau=%s\"]", stage->tau); break;
    case WRONG_ARC: fputs(", \"pre\": [\"arc\"]", to); break;
    default: break;
  }
}

static void write_scores(FILE *to, const double *scores, size_t n)
{
  fputs(", \"scores\": [", to);
  for (size_t i = 0; i < n; i++) {
    if (i > 0) fputs(", ", to);
    write_double(to, scores[i]);
  }
  fputc(']', to);
}

static void write_parameters(const file *out, const vector_run *run)
{
  static const char *const medians[] = {[CERTIGAR_MIDPOINT] = "midpoint", [CERTIGAR_LOWER] = "lower", [CERTIGAR_UPPER] = "upper"};
  const vector_case *c = run->of;
  const vector_parameters *with = &c->with;
  FILE *to = out->to;
  fprintf(to, "      \"parameters\": {\"f\": %zu", c->f);
  switch (c->rule) {
    case CERTIGAR_MEDIAN: fprintf(to, ", \"median\": \"%s\"", medians[with->median]); break;
    case CERTIGAR_MULTI_KRUM: fprintf(to, ", \"m\": %zu", run->certificate.selected_count); break;
    case CERTIGAR_MULTI_BULYAN: fprintf(to, ", \"variant\": \"%s\"", with->variant == CERTIGAR_ITERATED ? "iterated" : "one-pass"); break;
    case CERTIGAR_MONNA: fprintf(to, ", \"pivot\": %zu", with->pivot); break;
    case CERTIGAR_BRSGD: fprintf(to, ", \"beta\": \"%s\", \"threshold\": \"%s\"", with->beta, with->threshold); break;
    case CERTIGAR_ZENO: write_scores(to, run->scores, c->n); break;
    case CERTIGAR_CENTERED_CLIPPING:
      fprintf(to, ", \"tau\": \"%s\", \"iterations\": %zu, \"centre\": ", with->tau, with->iterations);
      if (run->centre != NULL) write_words(out, run, run->centre, 0);
      else fputs("null", to);
      break;
    default: break;
  }
  write_stage(to, &with->stage);
  fputs("},\n", to);
}

/* ---- the answer ---- */

static const char *status_name(certigar_status status)
{
  return status == CERTIGAR_OK ? "ok" : status == CERTIGAR_NO_VALUE ? "no value" : "not finite";
}

static int has_value(const vector_run *run)
{
  return run->status != CERTIGAR_NO_VALUE;
}

/* Rules whose bits are not prescribed. */
static int is_real(const vector_run *run)
{
  return run->of->rule == CERTIGAR_GEOMETRIC_MEDIAN || run->of->rule == CERTIGAR_CENTERED_CLIPPING || run->of->rule == CERTIGAR_CAF;
}

/* The ULP of binary64 of the greatest magnitude of column c among its finite values and the centre. */
static double greatest_ulp(const vector_run *run, size_t c)
{
  double greatest = run->centre != NULL ? fabs(vector_number(run, vector_word(run, run->centre, c))) : 0;
  for (size_t i = 0; i < run->of->n; i++) {
    const double number = fabs(vector_number(run, vector_word(run, run->rows, i * run->of->d + c)));
    if (isfinite(number)) greatest = fmax(greatest, number);
  }
  return greatest < DBL_MAX ? nextafter(greatest, INFINITY) - greatest : DBL_MAX - nextafter(DBL_MAX, 0);
}

/* An exact value is between the least and the greatest number of its column. */
static double within_format(double x)
{
  return fmin(fmax(x, -DBL_MAX), DBL_MAX);
}

/* Of geometric-median: F of the output of a run to 1e-13 and what it may be above the minimum. Of the others: an interval for each exact coordinate,
 * from a run in binary64, which is off by one ULP of the greatest number at most; another one covers what computing the ends rounds. */
static int write_exact(const file *out, const vector_run *run)
{
  const size_t d = run->of->d;
  double *wide = malloc(d * sizeof *wide);
  certigar_certificate certificate;
  int good = wide != NULL && vector_run_wide(run, wide, &certificate);
  if (good && run->of->rule == CERTIGAR_GEOMETRIC_MEDIAN) {
    fputs("      \"objective\": [", out->to);
    write_bound(out->to, certificate.objective.lower);
    fputs(", ", out->to);
    write_bound(out->to, certificate.objective.upper);
    fputs("],\n      \"gap\": ", out->to);
    write_bound(out->to, certificate.gap);
    fputs(",\n", out->to);
  } else if (good) {
    fputs("      \"exact\": [", out->to);
    for (size_t c = 0; c < d; c++) {
      const double reach = 2 * greatest_ulp(run, c);
      fputs(c > 0 ? ", [" : "[", out->to);
      write_double(out->to, within_format(wide[c] - reach));
      fputs(", ", out->to);
      write_double(out->to, within_format(wide[c] + reach));
      fputc(']', out->to);
    }
    fputs("],\n", out->to);
  }
  free(wide);
  return good;
}

static void write_selected(const file *out, const vector_run *run)
{
  if (run->certificate.selected == NULL) return;
  fputs("      \"selected\": [", out->to);
  for (size_t k = 0; k < run->certificate.selected_count; k++) fprintf(out->to, "%s%zu", k > 0 ? ", " : "", run->certificate.selected[k]);
  fputs("],\n", out->to);
}

/* ---- cases ---- */

/* Other outputs than the expected one that ties admit; nothing if there are none. */
static int write_admissible(const file *out, const vector_run *run)
{
  vector_choices choices;
  if (run->certificate.ties == 0 && run->of->rule != CERTIGAR_SMEA) return 1;
  const int good = vector_choices_new(&choices, run);
  if (good && (choices.count > 1 || !choices.complete)) {
    write_rows(out, run, "admissible", choices.outputs, choices.count);
    fprintf(out->to, ",\n      \"all_admissible\": %s,\n", choices.complete ? "true" : "false");
  }
  free(choices.outputs);
  return good;
}

static void write_answers(const file *out, const vector_run *run, const vector_answers *answers)
{
  fputs("      \"answers\": [", out->to);
  for (size_t k = 0; k < answers->count; k++) {
    const vector_answer *answer = &answers->list[k];
    fprintf(out->to, "%s\n        {\"by\": \"%s\", \"flag\": \"%s\", \"verdict\": \"%s\", ", k > 0 ? "," : "", answer->name, answer->flag,
            certigar_verdict_name(answer->verdict));
    if (answer->profile != NULL) fprintf(out->to, "\"profile\": \"%s\", ", answer->profile);
    fputs("\"output\": ", out->to);
    write_words(out, run, answer->words, 0);
    fputs("}", out->to);
  }
  fputs(answers->count > 0 ? "\n      ]\n" : "]\n", out->to);
}

/* An answer's own flag, if the rule in plain arithmetic is not against this case too. */
static void find_flags(const vector_run *run, const vector_answers *answers, flags *set)
{
  int plain_is_caught = 0;
  add_flag(set, case_flag_of_generator(run->of->generator->name));
  if (vector_run_is_least(run)) add_flag(set, "AtBound");
  if (run->of->f == 0) add_flag(set, "NoByzantine");
  if (run->certificate.ties > 0) add_flag(set, "Tied");
  for (size_t k = 0; k < answers->count; k++) {
    const vector_answer *answer = &answers->list[k];
    const int is_plain = strcmp(answer->flag, "PlainArithmetic") == 0;
    if (answer->verdict <= CERTIGAR_VERDICT_ROUNDING || (plain_is_caught && !is_plain)) continue;
    plain_is_caught |= is_plain;
    add_flag(set, answer->flag);
  }
}

static int write_case(file *out, const vector_run *run)
{
  const vector_case *c = run->of;
  vector_answers answers;
  flags set = {.count = 0};
  if (!vector_answers_new(&answers, run)) return 0;
  find_flags(run, &answers, &set);
  fprintf(out->to, "%s    {\n      \"id\": %zu,\n      \"comment\": \"%s\",\n      \"generator\": \"%s\", \"seed\": %" PRIu64 ",\n",
          out->count > 0 ? ",\n" : "", out->count + 1, c->generator->comment, c->generator->name, c->seed);
  out->count++;
  write_flags(out, &set);
  fprintf(out->to, "      \"dtype\": \"%s\", \"n\": %zu, \"f\": %zu, \"d\": %zu,\n", c->dtype == CERTIGAR_FLOAT32 ? "float32" : "float64", c->n, c->f,
          c->d);
  write_parameters(out, run);
  write_rows(out, run, "rows", run->rows, c->n);
  fputs(",\n", out->to);
  if (c->with.stage.kind != NO_STAGE) {
    write_rows(out, run, "rows_after_pre", run->had.matrix.data, run->had.matrix.n);
    fputs(",\n", out->to);
  }
  fprintf(out->to, "      \"status\": \"%s\",\n      \"expected\": ", status_name(run->status));
  if (has_value(run)) write_words(out, run, run->out, 0);
  else fputs("null", out->to);
  fputs(",\n", out->to);
  write_selected(out, run);
  fprintf(out->to, "      \"ties\": %zu,\n", run->certificate.ties);
  int good = !is_real(run) || !has_value(run) || write_exact(out, run);
  good = good && (!has_value(run) || write_admissible(out, run));
  write_answers(out, run, &answers);
  fputs("    }", out->to);
  vector_answers_free(&answers);
  return good;
}

static int write_cases(file *out)
{
  vector_case c;
  vector_run run;
  int good = 1;
  for (size_t at = 0; good && vector_case_at(out->subject, at, &c); at++) {
    if (c.generator == NULL) continue;
    const vector_made made = vector_run_new(&run, &c, out->message);
    good = made == VECTOR_NO_SHAPE || (made == VECTOR_MADE && write_case(out, &run));
    vector_run_free(&run);
  }
  return good;
}

/* The cases are written first: notes are those that they need. */
static int write_file(file *out, FILE *whole, char **cases, size_t *size)
{
  const char *rule = vector_subject_name(out->subject);
  out->to = open_memstream(cases, size);
  if (out->to == NULL) return 0;
  int good = write_cases(out);
  good = fclose(out->to) == 0 && good;
  out->to = whole;
  fprintf(whole, "{\n  \"schema\": \"certigar-vectors-1\",\n  \"command\": \"certigar vectors %s\",\n  \"spec_version\": \"%s\",\n", rule,
          CERTIGAR_SPEC_VERSION);
  fprintf(whole, "  \"rule\": \"%s\",\n  \"case_count\": %zu,\n", rule, out->count);
  if (good) write_notes(out);
  fprintf(whole, "  \"cases\": [\n%s\n  ]\n}\n", good ? *cases : "");
  return good;
}

char *vectors_text(size_t subject, size_t *size, certigar_message *message)
{
  char *text = NULL, *cases = NULL;
  size_t cases_size;
  file out = {.subject = subject, .used = calloc(case_note_count, 1), .message = message};
  *message = (certigar_message){"no memory"};
  FILE *whole = out.used != NULL ? open_memstream(&text, size) : NULL;
  int good = whole != NULL && write_file(&out, whole, &cases, &cases_size);
  if (whole != NULL && fclose(whole) != 0) good = 0;
  free(cases);
  free(out.used);
  if (good) return text;
  free(text);
  return NULL;
}
