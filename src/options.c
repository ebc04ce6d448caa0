/* Options: what a plan is made with. */
#include "plan.h"

#include <stdlib.h>

certigar_options *certigar_options_new(void)
{
  certigar_options *options = calloc(1, sizeof *options);
  if (options) options->threads = 1;
  return options;
}

void certigar_options_free(certigar_options *options)
{
  free(options);
}

void certigar_options_set_f(certigar_options *options, size_t f)
{
  options->f = f;
}

void certigar_options_set_m(certigar_options *options, size_t m)
{
  options->m = m;
}

void certigar_options_set_pivot(certigar_options *options, size_t pivot)
{
  options->pivot = pivot;
}

void certigar_options_set_median(certigar_options *options, certigar_median_kind kind)
{
  options->median = kind;
}

void certigar_options_set_variant(certigar_options *options, certigar_variant variant)
{
  options->variant = variant;
}

void certigar_options_set_threads(certigar_options *options, size_t threads)
{
  options->threads = threads;
}

void certigar_options_set_level(certigar_options *options, certigar_level level)
{
  options->level = level;
}

static int add_stage(certigar_options *options, certigar_stage stage)
{
  if (options->stage_count == STAGES_MAX) return 0;
  options->stages[options->stage_count++] = stage;
  return 1;
}

int certigar_options_add_nnm(certigar_options *options)
{
  return add_stage(options, (certigar_stage){.kind = STAGE_NNM});
}

int certigar_options_add_bucketing(certigar_options *options, size_t s, const uint64_t *seed)
{
  return add_stage(options, (certigar_stage){.kind = STAGE_BUCKETING, .s = s, .permuted = seed != NULL, .seed = seed ? *seed : 0});
}

void certigar_options_set_progress(certigar_options *options, certigar_progress progress, void *context)
{
  options->progress = progress;
  options->context = context;
}
