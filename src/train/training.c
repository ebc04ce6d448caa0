/* A training run: its memory, and the state that it goes on from. */
#include "run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int has_moments(const training_options *o)
{
  return o->optimizer != OPTIMIZER_SGD;
}

static int has_second(const training_options *o)
{
  return o->optimizer == OPTIMIZER_ADAM || o->optimizer == OPTIMIZER_DRA || o->optimizer == OPTIMIZER_MRA;
}

/* How many vectors of moments are kept: the server's, or one for each worker. */
static size_t moment_rows(const training_options *o)
{
  return o->optimizer == OPTIMIZER_ADAM ? 1 : o->n;
}

void training_free(training *run)
{
  if (!run) return;
  for (size_t i = 0; i < run->threads; i++) {
    if (run->spaces) workspace_free(run->spaces[i]);
    if (run->batches) free(run->batches[i]);
    if (run->labels) free(run->labels[i]);
    if (run->which) free(run->which[i]);
    if (run->orders) free(run->orders[i]);
  }
  void *const pieces[] = {run->spaces, run->batches, run->labels, run->which, run->orders, run->is_dropped, run->model, run->statistics,
                          run->own_statistics, run->gradients, run->first, run->second, run->sent, run->sent_second, run->aggregate,
                          run->aggregate_second, run->direction, run->losses, run->selected, run->correct, run->test_losses};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) free(pieces[i]);
  certigar_plan_free(run->plan);
  certigar_plan_free(run->reduced);
  split_free(&run->share);
  free(run);
}

static float *numbers(size_t count, int wanted)
{
  return calloc(wanted ? count + 1 : 1, sizeof(float));
}

static int take_thread_memory(training *run)
{
  const training_options *o = &run->options;
  size_t batch = o->batch > TEST_BATCH ? o->batch : TEST_BATCH;
  batch = batch > o->validation ? batch : o->validation;
  run->spaces = calloc(run->threads, sizeof *run->spaces);
  run->batches = calloc(run->threads, sizeof *run->batches);
  run->labels = calloc(run->threads, sizeof *run->labels);
  run->which = calloc(run->threads, sizeof *run->which);
  run->orders = calloc(run->threads, sizeof *run->orders);
  if (!run->spaces || !run->batches || !run->labels || !run->which || !run->orders) return 0;
  for (size_t i = 0; i < run->threads; i++) {
    run->spaces[i] = workspace_new(o->net, batch);
    run->batches[i] = numbers(batch * shape_size(o->data->in), 1);
    run->labels[i] = malloc(batch);
    run->which[i] = malloc(batch * sizeof **run->which);
    run->orders[i] = malloc(o->data->train.count * sizeof **run->orders);
    if (!run->spaces[i] || !run->batches[i] || !run->labels[i] || !run->which[i] || !run->orders[i]) return 0;
  }
  return 1;
}

static int take_memory(training *run)
{
  const training_options *o = &run->options;
  size_t d = run->d, n = o->n, statistics = o->net->statistic_count, batches = o->data->test.count / TEST_BATCH + 1;
  int mra = o->optimizer == OPTIMIZER_MRA;
  run->model = numbers(d, 1);
  run->statistics = numbers(statistics, 1);
  run->own_statistics = numbers(n * statistics, 1);
  run->gradients = numbers(n * d, 1);
  run->first = numbers(moment_rows(o) * d, has_moments(o));
  run->second = numbers(moment_rows(o) * d, has_second(o));
  run->sent = numbers(n * d, 1);
  run->sent_second = numbers(n * d, mra);
  run->aggregate = numbers(d, 1);
  run->aggregate_second = numbers(d, mra);
  run->direction = numbers(d, 1);
  run->losses = calloc(n, sizeof *run->losses);
  run->selected = calloc(n, sizeof *run->selected);
  run->is_dropped = calloc(n, 1);
  run->correct = calloc(batches, sizeof *run->correct);
  run->test_losses = calloc(batches, sizeof *run->test_losses);
  return run->model && run->statistics && run->own_statistics && run->gradients && run->first && run->second && run->sent && run->sent_second &&
         run->aggregate && run->aggregate_second && run->direction && run->losses && run->selected && run->is_dropped &&
         run->correct && run->test_losses && take_thread_memory(run);
}

training *training_new(const training_options *options, certigar_message *message)
{
  training *run = calloc(1, sizeof *run);
  message->text[0] = 0;
  if (!run) {
    snprintf(message->text, sizeof message->text, "no memory");
    return NULL;
  }
  run->options = *options;
  run->d = options->net->parameter_count;
  run->threads = options->threads < 1 ? 1 : options->threads > THREADS_MAX ? THREADS_MAX : options->threads;
  openblas_set_num_threads(1);
  if (options_check(options, message) &&
      split_make(&run->share, &options->data->train, options->data->classes, options->n, options->alpha, options->seed, message) &&
      aggregation_open(run, message)) {
    if (take_memory(run)) {
      network_begin(options->net, options->seed, run->model, run->statistics);
      byzantine_labels(run);
      return run;
    }
    snprintf(message->text, sizeof message->text, "no memory for %zu workers and %zu parameters", options->n, run->d);
  }
  training_free(run);
  return NULL;
}

int training_is_finite(const training *run)
{
  int good = 1;
  for (size_t i = 0; i < run->d; i++) good &= isfinite(run->model[i]) != 0;
  return good;
}

size_t training_steps_done(const training *run)
{
  return run->done;
}

const float *training_model(const training *run)
{
  return run->model;
}

const float *training_sent(const training *run, size_t *n, size_t *d)
{
  *n = run->options.n;
  *d = run->d;
  return run->sent;
}

void training_keep(training *run, void *bytes, size_t size)
{
  run->kept[run->kept_count].bytes = bytes;
  run->kept[run->kept_count++].size = size;
}

int training_state(training *run, size_t index, void **bytes, size_t *size)
{
  const training_options *o = &run->options;
  size_t moments = has_moments(o) ? moment_rows(o) * run->d : 0, squares = has_second(o) ? moment_rows(o) * run->d : 0;
  const struct {
    void *bytes;
    size_t size;
  } pieces[] = {{&run->done, sizeof run->done},
                {run->model, run->d * sizeof *run->model},
                {run->statistics, o->net->statistic_count * sizeof *run->statistics},
                {run->first, moments * sizeof *run->first},
                {run->second, squares * sizeof *run->second}};
  size_t own = sizeof pieces / sizeof *pieces;
  if (index >= own + run->kept_count) return 0;
  *bytes = index < own ? pieces[index].bytes : run->kept[index - own].bytes;
  *size = index < own ? pieces[index].size : run->kept[index - own].size;
  return 1;
}
