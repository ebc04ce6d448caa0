#include "vector_run.h"

#include "matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- words and numbers ---- */

static size_t item_of(certigar_dtype dtype)
{
  return dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

size_t vector_item(const vector_run *run)
{
  return item_of(run->of->dtype);
}

uint64_t vector_word(const vector_run *run, const void *words, size_t at)
{
  uint32_t narrow;
  uint64_t word;
  if (run->of->dtype == CERTIGAR_FLOAT64) {
    memcpy(&word, (const unsigned char *)words + 8 * at, 8);
    return word;
  }
  memcpy(&narrow, (const unsigned char *)words + 4 * at, 4);
  return narrow;
}

double vector_number(const vector_run *run, uint64_t word)
{
  const uint32_t half = (uint32_t)word;
  float narrow;
  double wide;
  memcpy(&narrow, &half, 4);
  memcpy(&wide, &word, 8);
  return run->of->dtype == CERTIGAR_FLOAT32 ? (double)narrow : wide;
}

/* Every NaN is the one of spec/rules.md, section 2. */
void vector_store(const vector_run *run, void *words, size_t at, double number)
{
  const float narrow = (float)number;
  const uint32_t narrow_nan = 0x7fc00000;
  const uint64_t wide_nan = 0x7ff8000000000000;
  if (run->of->dtype == CERTIGAR_FLOAT32) {
    memcpy((unsigned char *)words + 4 * at, isnan(number) ? (const void *)&narrow_nan : &narrow, 4);
  } else {
    memcpy((unsigned char *)words + 8 * at, isnan(number) ? (const void *)&wide_nan : &number, 8);
  }
}

/* ---- what goes with the rows ---- */

/* Eighths from -1 to 1, so that scores tie; in one of three cases a score that is no number, or infinite. */
static void make_scores(const vector_case *c, double *scores)
{
  generate_random random = {c->seed + 1000 * c->n + c->f};
  const uint64_t kind = generate_below(&random, 6);
  for (size_t i = 0; i < c->n; i++) scores[i] = ((double)generate_below(&random, 17) - 8) / 8;
  if (kind == 1 || kind == 2) scores[generate_below(&random, c->n)] = NAN;
  if (kind == 2) scores[generate_below(&random, c->n)] = INFINITY;
  if (kind == 3) scores[generate_below(&random, c->n)] = -INFINITY;
}

/* Quarters from -1 to 1. */
static void make_centre(const vector_run *run)
{
  generate_random random = {run->of->seed};
  for (size_t c = 0; c < run->of->d; c++) vector_store(run, run->centre, c, ((double)generate_below(&random, 9) - 4) / 4);
}

/* The rows in the order of their buckets: spec/rules.md, section 8. */
static void permute(const vector_stage *stage, size_t *rows, size_t n)
{
  generate_random random = {stage->seed};
  for (size_t i = 0; i < n; i++) rows[i] = i;
  for (size_t i = n; stage->permuted && i-- > 1;) {
    const uint64_t excess = (UINT64_MAX % (i + 1) + 1) % (i + 1);
    uint64_t x;
    do x = generate_next(&random);
    while (x > UINT64_MAX - excess);
    const size_t j = (size_t)(x % (i + 1)), moved = rows[i];
    rows[i] = rows[j];
    rows[j] = moved;
  }
}

static int make_company(vector_run *run)
{
  const vector_case *c = run->of;
  if (c->rule == CERTIGAR_ZENO) {
    run->scores = malloc(c->n * sizeof *run->scores);
    if (run->scores == NULL) return 0;
    make_scores(c, run->scores);
  }
  if (c->with.has_centre) {
    run->centre = malloc(c->d * vector_item(run));
    if (run->centre == NULL) return 0;
    make_centre(run);
  }
  if (c->with.stage.kind == WRONG_BUCKETING) {
    run->permutation = malloc(c->n * sizeof *run->permutation);
    if (run->permutation == NULL) return 0;
    permute(&c->with.stage, run->permutation, c->n);
  }
  return 1;
}

/* ---- runs ---- */

static void add_stage(certigar_options *options, const vector_stage *stage)
{
  switch (stage->kind) {
    case WRONG_NNM: certigar_options_add_nnm(options); break;
    case WRONG_BUCKETING: certigar_options_add_bucketing(options, stage->s, stage->permuted ? &stage->seed : NULL); break;
    case WRONG_CLIP: certigar_options_add_clip(options, stage->tau); break;
    case WRONG_ARC: certigar_options_add_arc(options); break;
    default: break;
  }
}

static void set_parameters(certigar_options *options, const vector_run *run)
{
  const vector_parameters *with = &run->of->with;
  certigar_options_set_f(options, run->of->f);
  certigar_options_set_m(options, with->m);
  certigar_options_set_pivot(options, with->pivot);
  certigar_options_set_median(options, with->median);
  certigar_options_set_variant(options, with->variant);
  if (with->beta != NULL) certigar_options_set_beta(options, with->beta);
  if (with->threshold != NULL) certigar_options_set_threshold(options, with->threshold);
  if (with->tau != NULL) certigar_options_set_tau(options, with->tau);
  if (with->iterations > 0) certigar_options_set_iterations(options, with->iterations);
  if (run->centre != NULL) certigar_options_set_centre(options, run->centre);
  if (run->scores != NULL) certigar_options_set_scores(options, run->scores);
}

/* other_centre: in the plan's dtype, NULL for the run's own. */
static certigar_plan *make_plan(const vector_run *run, certigar_dtype dtype, size_t n, int with_stage, const char *tolerance,
                                const void *other_centre, certigar_message *message)
{
  certigar_plan *plan = NULL;
  certigar_options *options = certigar_options_new();
  if (options == NULL) return NULL;
  set_parameters(options, run);
  if (with_stage) add_stage(options, &run->of->with.stage);
  if (tolerance != NULL) certigar_options_set_tolerance(options, tolerance);
  if (other_centre != NULL) certigar_options_set_centre(options, other_centre);
  certigar_plan_new(&plan, run->of->rule, dtype, n, options, message);
  certigar_options_free(options);
  return plan;
}

static certigar_matrix matrix_of(const void *rows, size_t n, size_t d, size_t item)
{
  return (certigar_matrix){.data = rows, .n = n, .d = d, .row_stride = (ptrdiff_t)(d * item), .column_stride = (ptrdiff_t)item};
}

static int is_done(certigar_status status)
{
  return status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE || status == CERTIGAR_NO_VALUE;
}

/* The plan's own may change when it is asked for other choices. */
static int keep_selected(vector_run *run)
{
  certigar_certificate *certificate = &run->certificate;
  if (certificate->selected == NULL) return 1;
  run->selected = malloc((certificate->selected_count + 1) * sizeof *run->selected);
  if (run->selected == NULL) return 0;
  memcpy(run->selected, certificate->selected, certificate->selected_count * sizeof *run->selected);
  certificate->selected = run->selected;
  return 1;
}

vector_made vector_run_new(vector_run *run, const vector_case *c, certigar_message *message)
{
  *run = (vector_run){.of = c};
  *message = (certigar_message){"no memory for its rows"};
  run->rows = malloc(c->n * c->d * vector_item(run));
  run->out = malloc(c->d * vector_item(run));
  if (run->rows == NULL || run->out == NULL) return VECTOR_FAILED;
  if (!c->generator->make(c->dtype, c->n, c->f, c->d, c->seed, run->rows)) return VECTOR_NO_SHAPE;
  if (!make_company(run)) return VECTOR_FAILED;
  run->plan = make_plan(run, c->dtype, c->n, 1, NULL, NULL, message);
  run->judge = make_plan(run, c->dtype, c->n, 1, NULL, NULL, message);
  if (run->plan == NULL || run->judge == NULL) return VECTOR_FAILED;
  const certigar_matrix input = matrix_of(run->rows, c->n, c->d, vector_item(run));
  run->status = certigar_plan_run_keeping(run->plan, &input, run->out, &run->certificate, message, &run->had);
  return is_done(run->status) && keep_selected(run) ? VECTOR_MADE : VECTOR_FAILED;
}

void vector_run_free(vector_run *run)
{
  certigar_plan_free(run->plan);
  certigar_plan_free(run->judge);
  free(run->selected);
  free(run->had.rows);
  free(run->rows);
  free(run->scores);
  free(run->centre);
  free(run->permutation);
  free(run->out);
  *run = (vector_run){.of = NULL};
}

int vector_run_is_least(const vector_run *run)
{
  vector_case less = *run->of;
  const vector_run other = {.of = &less, .scores = run->scores};
  certigar_message message;
  less.with.m = less.with.pivot = 0;
  if (less.n == 1) return 1;
  if (less.with.stage.s > less.n - 1) less.with.stage.s = less.n - 1;
  certigar_plan *plan = make_plan(&other, less.dtype, less.n - 1, 1, NULL, NULL, &message);
  certigar_plan_free(plan);
  return plan == NULL;
}

int vector_run_judge(const vector_run *run, const void *candidate, certigar_verdict *verdict, const char **profile)
{
  const certigar_matrix input = matrix_of(run->rows, run->of->n, run->of->d, vector_item(run));
  certigar_finding finding;
  const certigar_status status = certigar_check_run(run->judge, &input, candidate, &finding, NULL);
  *verdict = finding.verdict;
  *profile = finding.has_profile ? certigar_profile_name(finding.profile) : NULL;
  return status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE;
}

int vector_run_wide(const vector_run *run, double *out, certigar_certificate *certificate)
{
  const vector_case *c = run->of;
  double *rows = malloc(c->n * c->d * sizeof *rows), *centre = malloc(c->d * sizeof *centre);
  certigar_plan *plan = NULL;
  int good = rows != NULL && centre != NULL;
  for (size_t i = 0; good && i < c->n * c->d; i++) rows[i] = vector_number(run, vector_word(run, run->rows, i));
  for (size_t i = 0; good && i < c->d; i++) centre[i] = run->centre != NULL ? vector_number(run, vector_word(run, run->centre, i)) : 0;
  if (good) plan = make_plan(run, CERTIGAR_FLOAT64, c->n, 1, "1e-13", centre, NULL);
  if (plan != NULL) {
    const certigar_matrix input = matrix_of(rows, c->n, c->d, sizeof *rows);
    good = is_done(certigar_plan_run(plan, &input, out, certificate, NULL));
  }
  certigar_plan_free(plan);
  free(rows);
  free(centre);
  return good && plan != NULL;
}

int vector_run_rule(const vector_run *run, const void *rows, size_t n, void *out)
{
  certigar_plan *plan = make_plan(run, run->of->dtype, n, 0, NULL, NULL, NULL);
  if (plan == NULL) return 0;
  const certigar_matrix input = matrix_of(rows, n, run->of->d, vector_item(run));
  const certigar_status status = certigar_plan_run(plan, &input, out, NULL, NULL);
  certigar_plan_free(plan);
  return status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE;
}
