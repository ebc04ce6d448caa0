#include "vector_answers.h"

#include "wrong.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The case as wrong programs see it, and memory for what they say. */
typedef struct trial {
  const vector_run *run;
  vector_answers *answers;
  wrong_input input;
  wrong_space space;
  double *numbers, *centre; /* n x d, d */
  double *answer;           /* n x d: a row, or all rows of a pre-aggregation */
  unsigned char *rows;      /* the same in words */
} trial;

/* p/q or a number that strtod reads. */
static double number_of(const char *text)
{
  if (text == NULL) return 0;
  const char *slash = strchr(text, '/');
  return strtod(text, NULL) / (slash != NULL ? strtod(slash + 1, NULL) : 1);
}

static void set_input(trial *t)
{
  const vector_case *c = t->run->of;
  const vector_parameters *with = &c->with;
  t->input = (wrong_input){.rule = c->rule, .dtype = c->dtype, .n = c->n, .f = c->f, .d = c->d, .x = t->numbers, .pivot = with->pivot,
                           .median = with->median, .variant = with->variant, .scores = t->run->scores, .iterations = with->iterations,
                           .s = with->stage.s, .permutation = t->run->permutation, .space = &t->space};
  t->input.m = t->run->certificate.selected_count;
  t->input.tau = number_of(with->stage.kind == NO_STAGE ? with->tau : with->stage.tau);
  t->input.beta = number_of(with->beta);
  t->input.threshold = number_of(with->threshold);
  t->input.centre = t->run->centre != NULL ? t->centre : NULL;
}

static int trial_new(trial *t)
{
  const size_t count = t->run->of->n * t->run->of->d, d = t->run->of->d;
  t->numbers = malloc(count * sizeof *t->numbers);
  t->centre = malloc(d * sizeof *t->centre);
  t->answer = malloc(count * sizeof *t->answer);
  t->rows = malloc(count * sizeof(double));
  if (!wrong_space_new(&t->space, t->run->of->n, d) || !t->numbers || !t->centre || !t->answer || !t->rows) return 0;
  for (size_t i = 0; i < count; i++) t->numbers[i] = vector_number(t->run, vector_word(t->run, t->run->rows, i));
  for (size_t c = 0; t->run->centre != NULL && c < d; c++) t->centre[c] = vector_number(t->run, vector_word(t->run, t->run->centre, c));
  set_input(t);
  return 1;
}

static void trial_free(trial *t)
{
  wrong_space_free(&t->space);
  free(t->numbers);
  free(t->centre);
  free(t->answer);
  free(t->rows);
}

/* A NaN is a NaN, as for the oracle. */
static int is_expected(const vector_run *run, const void *words)
{
  for (size_t c = 0; c < run->of->d; c++) {
    const uint64_t a = vector_word(run, run->out, c), b = vector_word(run, words, c);
    if (a != b && !(isnan(vector_number(run, a)) && isnan(vector_number(run, b)))) return 0;
  }
  return 1;
}

/* Takes words over. */
static int add_answer(trial *t, const char *name, const char *flag, void *words)
{
  vector_answer *answer = &t->answers->list[t->answers->count];
  if (is_expected(t->run, words)) {
    free(words);
    return 1;
  }
  *answer = (vector_answer){.name = name, .flag = flag, .words = words};
  if (t->answers->count == VECTOR_ANSWERS_MAX || !vector_run_judge(t->run, words, &answer->verdict, &answer->profile)) {
    free(words);
    return 0;
  }
  t->answers->count++;
  return 1;
}

static int try_rule(trial *t, const wrong_rule *wrong)
{
  if (!(wrong->rules >> t->run->of->rule & 1) || !wrong->answer(&t->input, t->answer)) return 1;
  void *words = malloc(t->run->of->d * sizeof(double));
  if (words == NULL) return 0;
  for (size_t c = 0; c < t->run->of->d; c++) vector_store(t->run, words, c, t->answer[c]);
  return add_answer(t, wrong->name, wrong->flag, words);
}

/* The right rule on a matrix that a wrong pre-aggregation made. */
static int try_stage(trial *t, const wrong_stage *wrong)
{
  const size_t n = t->run->had.matrix.n, d = t->run->of->d;
  if ((int)wrong->kind != t->run->of->with.stage.kind || !wrong->make(&t->input, t->answer)) return 1;
  void *words = malloc(d * sizeof(double));
  for (size_t i = 0; i < n * d; i++) vector_store(t->run, t->rows, i, t->answer[i]);
  if (words == NULL || !vector_run_rule(t->run, t->rows, n, words)) {
    free(words);
    return 0;
  }
  return add_answer(t, wrong->name, wrong->flag, words);
}

int vector_answers_new(vector_answers *answers, const vector_run *run)
{
  trial t = {.run = run, .answers = answers};
  answers->count = 0;
  if (run->status == CERTIGAR_NO_VALUE) return 1;
  int good = trial_new(&t);
  const int has_stage = run->of->with.stage.kind != NO_STAGE;
  for (size_t k = 0; good && !has_stage && k < wrong_rule_count; k++) good = try_rule(&t, &wrong_rules[k]);
  for (size_t k = 0; good && has_stage && k < wrong_stage_count; k++) good = try_stage(&t, &wrong_stages[k]);
  trial_free(&t);
  if (!good) vector_answers_free(answers);
  return good;
}

void vector_answers_free(vector_answers *answers)
{
  for (size_t k = 0; k < answers->count; k++) free(answers->list[k].words);
  answers->count = 0;
}
