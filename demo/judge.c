#include "judge.h"
#include "attacks.h"
#include "selection.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPETITIONS = 15 };

/* The rule's result by the reference. */
static void expect(demo *dm, certigar_rule rule)
{
  reference_context *context = dm->reference;
  const size_t n = dm->n, d = dm->d, f = LIARS;
  reference_selection *report = reference_selection_new(n);
  switch (rule) {
    case CERTIGAR_AVERAGE: reference_aggregate(context, REFERENCE_AVERAGE, REFERENCE_MIDPOINT, n, f, d, dm->attacked, dm->expected, NULL, NULL); break;
    case CERTIGAR_MEDIAN: reference_aggregate(context, REFERENCE_MEDIAN, REFERENCE_MIDPOINT, n, f, d, dm->attacked, dm->expected, NULL, NULL); break;
    case CERTIGAR_TRIMMED_MEAN:
      reference_aggregate(context, REFERENCE_TRIMMED_MEAN, REFERENCE_MIDPOINT, n, f, d, dm->attacked, dm->expected, NULL, NULL);
      break;
    case CERTIGAR_MEAMED: reference_aggregate(context, REFERENCE_MEAMED, REFERENCE_MIDPOINT, n, f, d, dm->attacked, dm->expected, NULL, NULL); break;
    case CERTIGAR_KRUM: reference_krum(context, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_MULTI_KRUM: reference_multi_krum(context, n, f, n - f - 2, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_BULYAN: reference_bulyan(context, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_MULTI_BULYAN: reference_multi_bulyan(context, REFERENCE_ONE_PASS, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_MDA: reference_mda(context, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_CGE: reference_cge(context, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_MONNA: reference_monna(context, n, f, 0, d, dm->attacked, dm->expected, report); break;
    default: break;
  }
  reference_selection_free(report);
}

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

/* Runs the rule and a copy of its input in turn; the median time of the one as a multiple of the other's. The copy is called through a
 * pointer that the compiler cannot see through, or it would leave it out. Processor time: other processes do not count. */
static double run_rule(demo *dm, certigar_rule rule)
{
  static void *(*volatile copy)(void *, const void *, size_t) = memcpy;
  const certigar_matrix rows = {
      .data = dm->attacked, .n = dm->n, .d = dm->d, .row_stride = (ptrdiff_t)(dm->d * sizeof(float)), .column_stride = sizeof(float)};
  certigar_options *options = certigar_options_new();
  certigar_plan *plan;
  certigar_message message;
  double copies[REPETITIONS], times[REPETITIONS];
  if (!options) give_up("memory", "there is not enough");
  certigar_options_set_f(options, LIARS);
  if (certigar_plan_new(&plan, rule, CERTIGAR_FLOAT32, dm->n, options, &message) != CERTIGAR_OK) give_up("plan", message.text);
  for (int r = 0; r < REPETITIONS; r++) {
    const double start = seconds();
    copy(dm->copied, dm->attacked, dm->n * dm->d * sizeof(float));
    const double between = seconds();
    certigar_plan_run(plan, &rows, dm->out, NULL, NULL);
    times[r] = seconds() - between;
    copies[r] = between - start;
  }
  certigar_plan_free(plan);
  certigar_options_free(options);
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

verdict judge(demo *dm, int lies, certigar_rule rule)
{
  verdict v;
  v.copies = run_rule(dm, rule);
  expect(dm, rule);
  v.wrong = differing(dm->out, dm->expected, dm->d);
  compare_with_honest(dm, lies, dm->out, &v.outside, &v.degrees);
  return v;
}
