/* Options: what a plan is made with. */
#include "plan.h"

#include <stdlib.h>

const certigar_options certigar_default_options = {.threads = 1, .beta = {"1/2"}, .threshold = {"inf"}, .tau = {"100"}, .rho = {"0"}, .iterations = 1};

certigar_options *certigar_options_new(void)
{
  certigar_options *options = malloc(sizeof *options);
  if (options) *options = certigar_default_options;
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

int certigar_options_set_beta(certigar_options *options, const char *beta)
{
  return certigar_rational_set(&options->beta, beta);
}

int certigar_options_set_threshold(certigar_options *options, const char *threshold)
{
  return certigar_rational_set(&options->threshold, threshold);
}

int certigar_options_set_tau(certigar_options *options, const char *tau)
{
  return certigar_rational_set(&options->tau, tau);
}

void certigar_options_set_iterations(certigar_options *options, size_t iterations)
{
  options->iterations = iterations;
}

void certigar_options_set_centre(certigar_options *options, const void *centre)
{
  options->centre = centre;
}

int certigar_options_set_tolerance(certigar_options *options, const char *tolerance)
{
  return certigar_rational_set(&options->tolerance, tolerance);
}

void certigar_options_set_scores(certigar_options *options, const double *scores)
{
  options->scores = scores;
}

int certigar_options_set_loss(certigar_options *options, const char *rho, certigar_loss loss, void *context)
{
  if (!certigar_rational_set(&options->rho, rho)) return 0;
  options->loss = loss;
  options->loss_context = context;
  return 1;
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

int certigar_options_add_clip(certigar_options *options, const char *tau)
{
  certigar_stage stage = {.kind = STAGE_CLIP};
  return certigar_rational_set(&stage.tau, tau) && add_stage(options, stage);
}

int certigar_options_add_arc(certigar_options *options)
{
  return add_stage(options, (certigar_stage){.kind = STAGE_ARC});
}

void certigar_options_set_progress(certigar_options *options, certigar_progress progress, void *context)
{
  options->progress = progress;
  options->context = context;
}
