/* The pass of the filter over all pairs: see pairs.h. There is no entry of the library for it, so the parts that krum is made of are called. */
#include "pairs.h"
#include "inputs.h"
#include "measure.h"
#include "targets.h"

#include "plan.h"
#include "select/distances.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 20, LIARS = 4 };

typedef struct workspace {
  certigar_matrix matrix;
  size_t bytes;
  float *copied, *out;
} workspace;

typedef struct figures {
  double copies, krum; /* of the intervals, as a multiple of a copy; of krum, as a multiple of the intervals */
} figures;

static certigar_plan *krum_plan(certigar_level level)
{
  certigar_options *options = certigar_options_new();
  certigar_plan *plan;
  certigar_message message;
  if (!options) give_up("memory", "there is not enough");
  certigar_options_set_f(options, LIARS);
  certigar_options_set_level(options, level);
  if (certigar_plan_new(&plan, CERTIGAR_KRUM, CERTIGAR_FLOAT32, ROWS, options, &message) != CERTIGAR_OK) give_up("plan", message.text);
  certigar_options_free(options);
  return plan;
}

/* In rounds, as measure does: a copy, the intervals, krum. */
static figures measure_level(certigar_level level, workspace *w, int repetitions)
{
  double copies[REPETITIONS_MAX], intervals[REPETITIONS_MAX], whole[REPETITIONS_MAX];
  certigar_plan *plan = krum_plan(level);
  certigar_distances *distances = certigar_distances_new(plan, CERTIGAR_ALL_PAIRS, 0);
  if (!distances) give_up("memory", "there is not enough");
  for (int r = 0; r < repetitions; r++) {
    copies[r] = time_of_copy(w->copied, w->matrix.data, w->bytes);
    const double start = processor_seconds();
    certigar_plan_prepare(plan, &w->matrix, w->out);
    certigar_distances_run(distances, plan);
    const double between = processor_seconds();
    certigar_plan_run(plan, &w->matrix, w->out, NULL, NULL);
    intervals[r] = between - start;
    whole[r] = processor_seconds() - between;
  }
  certigar_distances_free(distances);
  certigar_plan_free(plan);
  const double of_intervals = median_of(intervals, repetitions);
  return (figures){of_intervals / median_of(copies, repetitions), median_of(whole, repetitions) / of_intervals};
}

static void print_levels(const figures *found, const certigar_level *levels, size_t level_count, int markdown)
{
  printf("\nIntervals of all distances, float32, n = %d: times a copy of the input; then krum, f = %d, times the intervals\n\n", ROWS, LIARS);
  printf(markdown ? "| level | intervals | krum |\n|---|---|---|\n" : "  %-12s %10s %10s\n", "level", "intervals", "krum");
  for (size_t l = 0; l < level_count; l++)
    printf(markdown ? "| %s | %.1f | %.2f |\n" : "  %-12s %10.1f %10.2f\n", certigar_level_name(levels[l]), found[l].copies, found[l].krum);
}

static void print_targets(const figures *found, const certigar_level *levels, size_t level_count)
{
  tally t = {0, 0};
  printf("\nTargets of the intervals (there are none for the baseline)\n");
  for (size_t l = 0; l < level_count; l++) {
    if (levels[l] == CERTIGAR_LEVEL_BASELINE) continue;
    judge(&t, "intervals of all distances: times a copy", levels[l], found[l].copies, levels[l] == CERTIGAR_LEVEL_X86_64_V4 ? 4 : 6);
    judge(&t, "krum: times the intervals", levels[l], found[l].krum, 1.2);
  }
  print_tally(&t);
}

void report_pairs(size_t d, int repetitions, const certigar_level *levels, size_t level_count, int markdown)
{
  workspace w = {.bytes = ROWS * d * sizeof(float)};
  float *x = memory(w.bytes);
  figures *found = memory(level_count * sizeof *found);
  w.copied = memory(w.bytes);
  w.out = memory(d * sizeof(float));
  w.matrix = (certigar_matrix){.data = x, .n = ROWS, .d = d, .row_stride = (ptrdiff_t)(d * sizeof *x), .column_stride = sizeof *x};
  fill_input(ORDINARY, CERTIGAR_AVERAGE, CERTIGAR_FLOAT32, ROWS, LIARS, d, x);
  for (size_t l = 0; l < level_count; l++) found[l] = measure_level(levels[l], &w, repetitions);
  print_levels(found, levels, level_count, markdown);
  if (!markdown) print_targets(found, levels, level_count);
  free(x);
  free(found);
  free(w.copied);
  free(w.out);
}
