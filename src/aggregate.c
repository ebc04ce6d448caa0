/* Plans: parameters checked and memory taken first, then tiles of coordinates, by one thread or several. */
#include "certigar.h"
#include "levels.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS_MAX = 1024, TILES_PER_CHUNK = 64 };

struct certigar_options {
  size_t f, threads;
  certigar_median_kind median;
  certigar_level level;
  certigar_progress progress;
  void *context;
};

/* What one thread owns. */
typedef struct thread_state {
  struct certigar_plan *plan;
  certigar_tile_request request;
  pthread_t thread;
  int started;
} thread_state;

struct certigar_plan {
  certigar_rule rule;
  certigar_dtype dtype;
  size_t n;
  certigar_options options;
  const certigar_kernels *kernels;
  thread_state *workers;
  size_t *nonfinite_rows;
  /* of the run in progress */
  const certigar_matrix *input;
  unsigned char *output;
  atomic_size_t next_chunk, done;
  atomic_int stop;
};

static certigar_status refuse(certigar_message *message, certigar_status status, const char *format, ...)
{
  if (message) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message->text, sizeof message->text, format, arguments);
    va_end(arguments);
  }
  return status;
}

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

void certigar_options_set_median(certigar_options *options, certigar_median_kind kind)
{
  options->median = kind;
}

void certigar_options_set_threads(certigar_options *options, size_t threads)
{
  options->threads = threads;
}

void certigar_options_set_level(certigar_options *options, certigar_level level)
{
  options->level = level;
}

void certigar_options_set_progress(certigar_options *options, certigar_progress progress, void *context)
{
  options->progress = progress;
  options->context = context;
}

static certigar_status check(certigar_rule rule, certigar_dtype dtype, size_t n, const certigar_options *options, certigar_message *message)
{
  const char *name = certigar_rule_name(rule);
  if (!name) return refuse(message, CERTIGAR_BAD_PARAMETER, "rule is %d, must be average, median, trimmed-mean or meamed", (int)rule);
  if (dtype != CERTIGAR_FLOAT32 && dtype != CERTIGAR_FLOAT64)
    return refuse(message, CERTIGAR_BAD_PARAMETER, "%s: dtype is %d, must be float32 or float64", name, (int)dtype);
  if (n < 1 || n > CERTIGAR_ROWS_MAX)
    return refuse(message, CERTIGAR_BAD_PARAMETER, "%s: n = %zu rows, must be 1 to %d", name, n, CERTIGAR_ROWS_MAX);
  if (options->f > (n - 1) / 2)
    return refuse(message, CERTIGAR_BAD_PARAMETER, "%s: f = %zu with n = %zu rows, but n > 2f is needed: f must be 0 to %zu", name, options->f, n,
                  (n - 1) / 2);
  if (options->median != CERTIGAR_MIDPOINT && options->median != CERTIGAR_LOWER && options->median != CERTIGAR_UPPER)
    return refuse(message, CERTIGAR_BAD_PARAMETER, "%s: median kind is %d, must be midpoint, lower or upper", name, (int)options->median);
  if (options->threads < 1 || options->threads > THREADS_MAX)
    return refuse(message, CERTIGAR_BAD_PARAMETER, "threads = %zu, must be 1 to %d", options->threads, THREADS_MAX);
  if (!certigar_kernels_of(dtype, options->level))
    return refuse(message, CERTIGAR_BAD_PARAMETER, "level is %d, must be best, baseline, x86-64-v3 or x86-64-v4, as far as this processor and build have it",
                  (int)options->level);
  return CERTIGAR_OK;
}

void certigar_plan_free(certigar_plan *plan)
{
  if (!plan) return;
  if (plan->workers)
    for (size_t w = 0; w < plan->options.threads; w++) {
      free(plan->workers[w].request.work);
      free(plan->workers[w].request.nonfinite);
    }
  free(plan->workers);
  free(plan->nonfinite_rows);
  free(plan);
}

static int take_memory(certigar_plan *plan)
{
  size_t bytes = plan->kernels->work_bytes(plan->n);
  plan->workers = calloc(plan->options.threads, sizeof *plan->workers);
  plan->nonfinite_rows = malloc(plan->n * sizeof *plan->nonfinite_rows);
  if (!plan->workers || !plan->nonfinite_rows) return 0;
  for (size_t w = 0; w < plan->options.threads; w++) {
    thread_state *worker = &plan->workers[w];
    worker->plan = plan;
    worker->request.work = aligned_alloc(64, (bytes + 63) / 64 * 64);
    worker->request.nonfinite = malloc(plan->n);
    if (!worker->request.work || !worker->request.nonfinite) return 0;
  }
  return 1;
}

certigar_status certigar_plan_new(certigar_plan **plan, certigar_rule rule, certigar_dtype dtype, size_t n, const certigar_options *options,
                                  certigar_message *message)
{
  const certigar_options defaults = {.threads = 1};
  if (message) message->text[0] = 0;
  *plan = NULL;
  if (!options) options = &defaults;
  certigar_status status = check(rule, dtype, n, options, message);
  if (status != CERTIGAR_OK) return status;
  certigar_plan *made = calloc(1, sizeof *made);
  if (!made) return refuse(message, CERTIGAR_NO_MEMORY, "no memory for a plan");
  made->rule = rule;
  made->dtype = dtype;
  made->n = n;
  made->options = *options;
  made->kernels = certigar_kernels_of(dtype, options->level);
  if (!take_memory(made)) {
    certigar_plan_free(made);
    return refuse(message, CERTIGAR_NO_MEMORY, "no memory for tiles of n = %zu rows and %zu threads", n, options->threads);
  }
  *plan = made;
  return CERTIGAR_OK;
}

/* Takes chunks of tiles until none is left. The calling thread's worker reports progress. */
static void work(thread_state *worker, int reports)
{
  certigar_plan *plan = worker->plan;
  size_t lanes = plan->kernels->lanes, d = plan->input->d, size = plan->kernels->value_size;
  size_t chunk = lanes * TILES_PER_CHUNK;
  while (!atomic_load(&plan->stop)) {
    size_t first = atomic_fetch_add(&plan->next_chunk, 1);
    if (first >= (d - 1) / chunk + 1) break;
    first *= chunk;
    size_t end = d - first < chunk ? d : first + chunk;
    for (size_t c = first; c < end; c += lanes)
      plan->kernels->tile(&worker->request, c, end - c < lanes ? end - c : lanes, plan->output + c * size);
    size_t done = atomic_fetch_add(&plan->done, end - first) + end - first;
    if (reports && plan->options.progress && plan->options.progress(plan->options.context, done, d)) atomic_store(&plan->stop, 1);
  }
}

static void *thread_main(void *argument)
{
  work(argument, 0);
  return NULL;
}

static void run_workers(certigar_plan *plan)
{
  size_t threads = plan->options.threads;
  for (size_t w = 0; w < threads; w++) {
    certigar_tile_request *request = &plan->workers[w].request;
    request->input = plan->input;
    request->rule = plan->rule;
    request->median = plan->options.median;
    request->f = (int)plan->options.f;
    memset(request->nonfinite, 0, plan->n);
    request->nonfinite_outputs = request->exact_evaluations = request->ties = 0;
    /* A thread that cannot be started leaves its chunks to the others. */
    plan->workers[w].started = w > 0 && pthread_create(&plan->workers[w].thread, NULL, thread_main, &plan->workers[w]) == 0;
  }
  work(&plan->workers[0], 1);
  for (size_t w = 1; w < threads; w++)
    if (plan->workers[w].started) pthread_join(plan->workers[w].thread, NULL);
}

static void collect(certigar_plan *plan, certigar_certificate *certificate)
{
  *certificate = (certigar_certificate){.nonfinite_rows = plan->nonfinite_rows};
  for (size_t w = 0; w < plan->options.threads; w++) {
    const certigar_tile_request *request = &plan->workers[w].request;
    certificate->nonfinite_outputs += request->nonfinite_outputs;
    certificate->exact_evaluations += request->exact_evaluations;
    certificate->ties += request->ties;
  }
  for (size_t i = 0; i < plan->n; i++) {
    int nonfinite = 0;
    for (size_t w = 0; w < plan->options.threads; w++) nonfinite |= plan->workers[w].request.nonfinite[i];
    if (nonfinite) plan->nonfinite_rows[certificate->nonfinite_row_count++] = i;
  }
}

certigar_status certigar_plan_run(certigar_plan *plan, const certigar_matrix *input, void *output, certigar_certificate *certificate,
                                  certigar_message *message)
{
  certigar_certificate found;
  if (message) message->text[0] = 0;
  if (input->n != plan->n)
    return refuse(message, CERTIGAR_BAD_PARAMETER, "n = %zu rows, but the plan was made for %zu", input->n, plan->n);
  if (input->d < 1 || input->d > SIZE_MAX / plan->kernels->value_size)
    return refuse(message, CERTIGAR_BAD_PARAMETER, "d = %zu coordinates, must be 1 to %zu", input->d, SIZE_MAX / plan->kernels->value_size);
  plan->input = input;
  plan->output = output;
  atomic_store(&plan->next_chunk, 0);
  atomic_store(&plan->done, 0);
  atomic_store(&plan->stop, 0);
  run_workers(plan);
  collect(plan, &found);
  if (certificate) *certificate = found;
  if (atomic_load(&plan->stop) && atomic_load(&plan->done) < input->d)
    return refuse(message, CERTIGAR_STOPPED, "stopped after %zu of %zu coordinates", atomic_load(&plan->done), input->d);
  if (found.nonfinite_row_count > plan->options.f)
    return refuse(message, CERTIGAR_NOT_FINITE, "%zu rows are not finite, more than f = %zu", found.nonfinite_row_count, plan->options.f);
  if (found.nonfinite_outputs > 0)
    return refuse(message, CERTIGAR_NOT_FINITE, "%zu coordinates of the output are not finite", found.nonfinite_outputs);
  return CERTIGAR_OK;
}

static certigar_status aggregate(certigar_rule rule, certigar_dtype dtype, size_t size, const void *rows, size_t n, size_t d,
                                 const certigar_options *options, void *output, certigar_message *message)
{
  certigar_plan *plan;
  certigar_status status = certigar_plan_new(&plan, rule, dtype, n, options, message);
  if (status != CERTIGAR_OK) return status;
  certigar_matrix input = {.data = rows, .n = n, .d = d, .row_stride = (ptrdiff_t)(d * size), .column_stride = (ptrdiff_t)size};
  status = certigar_plan_run(plan, &input, output, NULL, message);
  certigar_plan_free(plan);
  return status;
}

certigar_status certigar_aggregate_f32(certigar_rule rule, const float *rows, size_t n, size_t d, const certigar_options *options,
                                       float *output, certigar_message *message)
{
  return aggregate(rule, CERTIGAR_FLOAT32, sizeof *rows, rows, n, d, options, output, message);
}

certigar_status certigar_aggregate_f64(certigar_rule rule, const double *rows, size_t n, size_t d, const certigar_options *options,
                                       double *output, certigar_message *message)
{
  return aggregate(rule, CERTIGAR_FLOAT64, sizeof *rows, rows, n, d, options, output, message);
}
