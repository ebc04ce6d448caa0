#include "judge.h"
#include "against.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPETITIONS = 15 };

_Noreturn void give_up(const char *what, const char *why)
{
  fprintf(stderr, "demo: %s: %s\n", what, why);
  exit(2);
}

static double seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median_of(double *values)
{
  qsort(values, REPETITIONS, sizeof *values, ascending);
  return values[REPETITIONS / 2];
}

/* What a server that takes row 0 for its own gradient g would say of a row x: <g, x> - norm(x)^2 / 4, the gain of a step along x as far as it can
 * see. */
static void score_rows(demo *dm)
{
  for (size_t i = 0; i < dm->n; i++) {
    double product = 0, squares = 0;
    for (size_t c = 0; c < dm->d; c++) {
      const double x = dm->attacked[i * dm->d + c];
      product += dm->attacked[c] * x;
      squares += x * x;
    }
    dm->scores[i] = product - squares / 4;
  }
}

static int set_stage(certigar_options *options, stage before)
{
  switch (before) {
    case STAGE_NNM: return certigar_options_add_nnm(options);
    case STAGE_BUCKETING: return certigar_options_add_bucketing(options, BUCKET, NULL);
    case STAGE_CLIP: return certigar_options_add_clip(options, CLIPPING_TAU);
    case STAGE_ARC: return certigar_options_add_arc(options);
    default: return 1;
  }
}

static certigar_plan *make_plan(demo *dm, const job *what)
{
  certigar_options *options = certigar_options_new();
  certigar_plan *plan;
  certigar_message message;
  if (!options) give_up("memory", "there is not enough");
  certigar_options_set_f(options, LIARS);
  certigar_options_set_scores(options, dm->scores);
  certigar_options_set_tau(options, CLIPPING_TAU);
  certigar_options_set_iterations(options, CLIPPING_ITERATIONS);
  certigar_options_set_variant(options, what->variant);
  if (!set_stage(options, what->before)) give_up("options", "there is not enough memory");
  if (certigar_plan_new(&plan, what->rule, CERTIGAR_FLOAT32, dm->n, options, &message) != CERTIGAR_OK) give_up("plan", message.text);
  certigar_options_free(options);
  return plan;
}

/* Runs the rule and a copy of its input in turn; the median time of the one as a multiple of the other's. The copy is called through a
 * pointer that the compiler cannot see through, or it would leave it out. Processor time: other processes do not count. */
static double run_rule(demo *dm, certigar_plan *plan, certigar_certificate *found, certigar_status *status)
{
  static void *(*volatile copy)(void *, const void *, size_t) = memcpy;
  const certigar_matrix rows = {
      .data = dm->attacked, .n = dm->n, .d = dm->d, .row_stride = (ptrdiff_t)(dm->d * sizeof(float)), .column_stride = sizeof(float)};
  double copies[REPETITIONS], times[REPETITIONS];
  for (int r = 0; r < REPETITIONS; r++) {
    const double start = seconds();
    copy(dm->copied, dm->attacked, dm->n * dm->d * sizeof(float));
    const double between = seconds();
    *status = certigar_plan_run(plan, &rows, dm->out, found, NULL);
    times[r] = seconds() - between;
    copies[r] = between - start;
  }
  return median_of(times) / median_of(copies);
}

size_t differing(const float *a, const float *b, size_t d)
{
  size_t count = 0;
  for (size_t c = 0; c < d; c++) count += memcmp(&a[c], &b[c], sizeof *a) != 0;
  return count;
}

void compare_with_honest(const demo *dm, int lies, const float *result, size_t *outside, double *degrees)
{
  double product = 0, squares = 0, mean_squares = 0;
  *outside = 0;
  for (size_t c = 0; c < dm->d; c++) {
    double least = INFINITY, greatest = -INFINITY, sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < dm->n; i++) {
      if (lies && is_liar(i, dm->n)) continue;
      const double x = dm->honest[i * dm->d + c];
      least = x < least ? x : least;
      greatest = x > greatest ? x : greatest;
      sum += x;
      count++;
    }
    const double mean = sum / (double)count, value = result[c];
    *outside += !(least <= value && value <= greatest);
    product += value * mean;
    squares += value * value;
    mean_squares += mean * mean;
  }
  const double cosine = product / sqrt(squares * mean_squares);
  *degrees = isfinite(squares) ? acos(cosine > 1 ? 1 : cosine < -1 ? -1 : cosine) * 180 / acos(-1) : NAN;
}

verdict judge(demo *dm, int lies, const job *what)
{
  verdict v = {.wrong = dm->d, .said = "NO RESULT"};
  certigar_certificate found;
  certigar_status status;
  score_rows(dm);
  certigar_plan *plan = make_plan(dm, what);
  v.copies = run_rule(dm, plan, &found, &status);
  if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE) v.wrong = against_reference(dm, what, &found, v.said);
  certigar_plan_free(plan);
  compare_with_honest(dm, lies, dm->out, &v.outside, &v.degrees);
  return v;
}
