#include "shrink.h"

#include "report.h"
#include "simplify.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

enum { REQUESTS_MAX = 400, REQUESTS_CRASH_MAX = 60, REQUESTS_TIMEOUT_MAX = 4 };

typedef struct search {
  process *p;
  const audit_settings *settings;
  size_t *next_id, limit;
  int outcome, status;
  shrunk *best;
} search;

/* Asks for the candidate, which is taken over or cleared; returns 1 if it became the best. */
static int try(search *s, audit_case *candidate)
{
  answer given;
  record verdict;
  if (s->status != 0 || s->best->requests >= s->limit) {
    case_clear(candidate);
    return 0;
  }
  protocol_ask(s->p, candidate, s->settings, (*s->next_id)++, &given);
  s->best->requests++;
  record_start(&verdict, candidate);
  s->status = record_judge(&verdict, candidate, &given);
  if (s->status == 0 && verdict.outcome == s->outcome) {
    size_t requests = s->best->requests;
    shrunk_clear(s->best);
    *s->best = (shrunk){.input = *candidate, .given = given, .verdict = verdict, .requests = requests, .reproduced = 1};
    return 1;
  }
  answer_clear(&given);
  record_clear(&verdict);
  case_clear(candidate);
  return 0;
}

static int copy_best(search *s, audit_case *candidate)
{
  return s->status == 0 && s->best->requests < s->limit && case_copy(candidate, &s->best->input);
}

/* ---- columns and rows ---- */

static void remove_columns(audit_case *c, size_t first, size_t count)
{
  size_t item = word_size(c->dtype), left = c->d - count;
  unsigned char *rows = c->rows;
  for (size_t i = 0; i < c->n; i++) {
    memmove(rows + i * left * item, rows + i * c->d * item, first * item);
    memmove(rows + (i * left + first) * item, rows + (i * c->d + first + count) * item, (left - first) * item);
  }
  c->d = left;
}

static void remove_row(audit_case *c, size_t row)
{
  size_t size = c->d * word_size(c->dtype);
  unsigned char *rows = c->rows;
  memmove(rows + row * size, rows + (row + 1) * size, (c->n - 1 - row) * size);
  if (c->scores != NULL) memmove(c->scores + row, c->scores + row + 1, (c->n - 1 - row) * sizeof *c->scores);
  c->n--;
}

static int fewer_columns(search *s)
{
  audit_case candidate;
  int changed = 0;
  for (size_t block = s->best->input.d / 2; block > 0; block /= 2) {
    for (size_t first = 0; s->best->input.d > block && first < s->best->input.d;) {
      size_t rest = s->best->input.d - first;
      if (!copy_best(s, &candidate)) return changed;
      remove_columns(&candidate, first, block < rest ? block : rest);
      if (try(s, &candidate)) changed = 1;
      else first += block;
    }
  }
  return changed;
}

static int fewer_rows(search *s)
{
  audit_case candidate;
  int changed = 0;
  for (size_t row = s->best->input.n; row > 0; row--) {
    if (s->best->input.n <= case_least_rows(&s->best->input)) return changed;
    if (row > s->best->input.n) continue;
    if (!copy_best(s, &candidate)) return changed;
    remove_row(&candidate, row - 1);
    changed |= try(s, &candidate);
  }
  return changed;
}

static int smaller_f(search *s)
{
  audit_case candidate;
  int changed = 0;
  while (!s->settings->has_f && s->best->input.f > 0 && copy_best(s, &candidate)) {
    candidate.f--;
    if (!try(s, &candidate)) break;
    changed = 1;
  }
  return changed;
}

/* ---- values ---- */

/* The numbers of a case: those of the rows, then the scores. */
static void *numbers(const audit_case *c, int scores, certigar_dtype *dtype, size_t *count)
{
  *dtype = scores ? CERTIGAR_FLOAT64 : c->dtype;
  *count = scores ? c->n : c->n * c->d;
  return scores ? (void *)c->scores : c->rows;
}

static size_t total_complexity(const audit_case *c)
{
  certigar_dtype dtype;
  size_t count, sum = 0;
  for (int scores = 0; scores <= (c->scores != NULL); scores++) {
    const void *words = numbers(c, scores, &dtype, &count);
    for (size_t i = 0; i < count; i++) sum += complexity(dtype, word_get(words, dtype, i));
  }
  return sum;
}

static int try_if_simpler(search *s, audit_case *candidate)
{
  if (total_complexity(candidate) < total_complexity(&s->best->input)) return try(s, candidate);
  case_clear(candidate);
  return 0;
}

/* All numbers at once, which may be what it takes where single ones must agree. */
static int simpler_together(search *s, int scores)
{
  certigar_dtype dtype;
  size_t count;
  audit_case candidate;
  int changed = 0;
  if (copy_best(s, &candidate)) {
    void *words = numbers(&candidate, scores, &dtype, &count);
    scale_to_one(dtype, words, count);
    changed |= try_if_simpler(s, &candidate);
  }
  for (int way = 3; way < SIMPLER_WAYS && copy_best(s, &candidate); way++) {
    void *words = numbers(&candidate, scores, &dtype, &count);
    for (size_t i = 0; i < count; i++) {
      uint64_t word = word_get(words, dtype, i), other = simpler(dtype, word, way);
      if (complexity(dtype, other) < complexity(dtype, word)) word_set(words, dtype, i, other);
    }
    changed |= try_if_simpler(s, &candidate);
  }
  return changed;
}

static int simpler_each(search *s, int scores)
{
  certigar_dtype dtype;
  size_t count;
  audit_case candidate;
  int changed = 0;
  numbers(&s->best->input, scores, &dtype, &count);
  for (int way = 0; way < SIMPLER_WAYS; way++) {
    for (size_t i = 0; i < count; i++) {
      uint64_t word = word_get(numbers(&s->best->input, scores, &dtype, &count), dtype, i), other = simpler(dtype, word, way);
      if (complexity(dtype, other) >= complexity(dtype, word)) continue;
      if (!copy_best(s, &candidate)) return changed;
      word_set(numbers(&candidate, scores, &dtype, &count), dtype, i, other);
      changed |= try(s, &candidate);
    }
  }
  return changed;
}

static int simpler_values(search *s)
{
  int changed = 0;
  for (int scores = 0; scores <= (s->best->input.scores != NULL); scores++) {
    changed |= simpler_together(s, scores);
    changed |= simpler_each(s, scores);
  }
  return changed;
}

/* ---- the search ---- */

static size_t requests_max(int of)
{
  return of == OUTCOME_TIMEOUT ? REQUESTS_TIMEOUT_MAX : of == OUTCOME_CRASH || of == OUTCOME_PROTOCOL ? REQUESTS_CRASH_MAX : REQUESTS_MAX;
}

int shrink(shrunk *out, process *p, const audit_case *from, const record *known, const audit_settings *settings, size_t *next_id)
{
  search s = {.p = p, .settings = settings, .next_id = next_id, .limit = requests_max(known->outcome), .outcome = known->outcome, .best = out};
  audit_case candidate;
  *out = (shrunk){.input = {.rows = NULL}};
  out->verdict = *known;
  out->verdict.tail = known->tail != NULL ? strdup(known->tail) : NULL;
  if (!case_copy(&out->input, from) || !copy_best(&s, &candidate)) return complain(STATUS_OUTPUT, "no memory to shrink a case");
  if (!try(&s, &candidate)) return s.status;
  for (int changed = 1; changed;) {
    changed = fewer_columns(&s);
    changed |= fewer_rows(&s);
    changed |= smaller_f(&s);
    changed |= simpler_values(&s);
  }
  return s.status;
}

void shrunk_clear(shrunk *s)
{
  case_clear(&s->input);
  answer_clear(&s->given);
  record_clear(&s->verdict);
}
