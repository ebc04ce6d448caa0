/* Plans: parameters checked and memory taken first; then, for every pre-aggregation and for the rule, tiles of coordinates, by one thread or several. */
#include "large.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

void certigar_plan_free(certigar_plan *plan)
{
  if (!plan) return;
  if (plan->requests)
    for (size_t w = 0; w < plan->options.threads; w++) {
      free(plan->requests[w].work);
      free(plan->requests[w].nonfinite);
    }
  free(plan->requests);
  free(plan->workers);
  free(plan->nonfinite_rows);
  free(plan->finding_rows);
  free(plan->made);
  certigar_selection_free(plan->selection);
  certigar_profile_free(plan);
  certigar_plan_free(plan->next);
  free(plan);
}

static int take_memory(certigar_plan *plan)
{
  size_t bytes = certigar_makes_rows(plan) ? plan->kernels->means_bytes(plan->n + 1) : plan->kernels->work_bytes(plan->n + 1);
  if (plan->definition && !certigar_profile_new(plan)) return 0;
  if (certigar_has_selection(plan)) {
    size_t needed = certigar_selection_work_bytes(plan);
    bytes = bytes > needed ? bytes : needed;
    if (!certigar_selection_new(plan)) return 0;
  }
  plan->workers = calloc(plan->options.threads, sizeof *plan->workers);
  plan->requests = calloc(plan->options.threads, sizeof *plan->requests);
  plan->nonfinite_rows = malloc(plan->n * sizeof *plan->nonfinite_rows);
  if (!plan->workers || !plan->requests || !plan->nonfinite_rows) return 0;
  for (size_t w = 0; w < plan->options.threads; w++) {
    plan->requests[w].work = aligned_alloc(64, (bytes + 63) / 64 * 64);
    plan->requests[w].nonfinite = malloc(plan->n + 1);
    if (!plan->requests[w].work || !plan->requests[w].nonfinite) return 0;
  }
  return 1;
}

/* The plan of what follows the first pre-aggregation, if there is one. */
static certigar_status plan_next(certigar_plan *plan, certigar_message *message)
{
  certigar_options rest = plan->options;
  if (rest.stage_count == 0) return CERTIGAR_OK;
  rest.stage_count--;
  memmove(rest.stages, rest.stages + 1, rest.stage_count * sizeof *rest.stages);
  return certigar_plan_new(&plan->next, plan->rule, plan->dtype, certigar_stage_rows(&plan->options.stages[0], plan->n), &rest, message);
}

certigar_status certigar_plan_new(certigar_plan **plan, certigar_rule rule, certigar_dtype dtype, size_t n, const certigar_options *options,
                                  certigar_message *message)
{
  if (message) message->text[0] = 0;
  *plan = NULL;
  if (!options) options = &certigar_default_options;
  certigar_status status = certigar_check(rule, dtype, n, options, message);
  if (status != CERTIGAR_OK) return status;
  certigar_plan *made = calloc(1, sizeof *made);
  if (!made) return certigar_refuse(message, CERTIGAR_NO_MEMORY, "no memory for a plan");
  made->rule = rule;
  made->dtype = dtype;
  made->n = n;
  made->options = *options;
  made->kernels = certigar_kernels_of(dtype, options->level);
  if (options->stage_count == 0 && options->profile != CERTIGAR_PAPER) made->definition = certigar_definition_of(options->profile, rule);
  status = plan_next(made, message);
  if (status == CERTIGAR_OK && !take_memory(made))
    status = certigar_refuse(message, CERTIGAR_NO_MEMORY, "no memory for n = %zu rows and %zu threads", n, options->threads);
  if (status == CERTIGAR_OK) {
    *plan = made;
  } else {
    certigar_plan_free(made);
  }
  return status;
}

void certigar_advance(certigar_plan *plan, size_t worker, size_t amount)
{
  size_t done = atomic_fetch_add(&plan->done, amount) + amount;
  if (worker == 0 && plan->options.progress && plan->options.progress(plan->options.context, plan->before + done, plan->total))
    atomic_store(&plan->stop, 1);
}

static void make_tile(certigar_plan *plan, certigar_tile_request *request, size_t c, size_t count)
{
  unsigned char *out = plan->output + c * plan->kernels->value_size;
  if (plan->next) {
    certigar_stage_tile(plan, request, c, count, out, plan->input->d * plan->kernels->value_size);
  } else if (plan->definition) {
    certigar_profile_tile(plan, request, c, count, out);
  } else if (plan->selection) {
    certigar_selection_tile(plan, request, c, count, out);
  } else {
    plan->kernels->tile(request, c, count, out);
  }
}

int certigar_take_chunk(certigar_plan *plan, size_t *first, size_t *end)
{
  size_t chunk = plan->kernels->lanes * TILES_PER_CHUNK, d = plan->input->d;
  if (atomic_load(&plan->stop)) return 0;
  *first = atomic_fetch_add(&plan->next_chunk, 1);
  if (*first >= (d - 1) / chunk + 1) return 0;
  *first *= chunk;
  *end = d - *first < chunk ? d : *first + chunk;
  return 1;
}

static void make_chunks(void *context, size_t w)
{
  certigar_plan *plan = context;
  size_t lanes = plan->kernels->lanes, first, end;
  while (certigar_take_chunk(plan, &first, &end)) {
    for (size_t c = first; c < end; c += lanes) make_tile(plan, &plan->requests[w], c, end - c < lanes ? end - c : lanes);
    certigar_advance(plan, w, end - first);
  }
}

/* The coordinates that a plan goes through: once for its output, once for the distances that its choices are made by, once for what its output is
 * worth. */
static size_t cost(const certigar_plan *plan, size_t d)
{
  if (!plan->next && !plan->definition && plan->rule == CERTIGAR_GEOMETRIC_MEDIAN) return 3 * d;
  return certigar_needs_distances(plan) ? 2 * d : d;
}

int certigar_kernel_f(const certigar_plan *plan)
{
  size_t f = plan->definition ? certigar_profile_f(plan) : plan->options.f;
  return (int)(f < plan->n ? f : plan->n - 1);
}

void certigar_plan_prepare(certigar_plan *plan, const certigar_matrix *input, void *output)
{
  plan->input = input;
  plan->output = output;
  plan->no_value = plan->bad_centre = plan->unjudged = 0;
  plan->extra = NULL;
  atomic_store(&plan->done, 0);
  atomic_store(&plan->stop, 0);
  for (size_t w = 0; w < plan->options.threads; w++) {
    certigar_tile_request *request = &plan->requests[w];
    request->input = input;
    request->rule = plan->rule;
    request->median = plan->definition ? plan->definition->median : plan->options.median;
    request->f = certigar_kernel_f(plan);
    request->extra = NULL;
    memset(request->nonfinite, 0, plan->n + 1);
    request->nonfinite_outputs = request->exact_evaluations = request->ties = 0;
  }
}

/* The output of a plan alone. Returns 0 if there is no memory for what a hard decision needs. */
static int run_alone(certigar_plan *plan, const certigar_matrix *input, void *output)
{
  certigar_plan_prepare(plan, input, output);
  if (plan->next ? !certigar_stage_run(plan) : plan->selection && !certigar_selection_run(plan)) return 0;
  if (atomic_load(&plan->stop) || plan->no_value || plan->bad_centre) return 1;
  atomic_store(&plan->next_chunk, 0);
  certigar_parallel(plan->workers, plan->options.threads, make_chunks, plan);
  if (!plan->next && plan->selection && !atomic_load(&plan->stop)) certigar_selection_finish(plan);
  return 1;
}

/* Room for the rows that a pre-aggregation makes, kept for the next run: pages that are new are slower to write than the means are to find. */
static void *room_for_rows(certigar_plan *plan, size_t bytes)
{
  if (plan->made_bytes < bytes) {
    free(plan->made);
    plan->made = certigar_large_new(bytes);
    plan->made_bytes = plan->made ? bytes : 0;
  }
  return plan->made;
}

/* Every pre-aggregation makes the matrix that the next plan has for its input, unless that takes tiles at once. Of these matrices the last one is
 * kept, if it is asked for: then in memory of its own. Returns 0 if there is no memory. */
static int run(certigar_plan *plan, const certigar_matrix *input, void *output, certigar_rule_input *kept)
{
  size_t size = plan->kernels->value_size, d = input->d;
  int good = 1, stopped = 0;
  void *rows = NULL;
  for (certigar_plan *p = plan; p; p = p->next) p->keeps = kept != NULL;
  for (; plan->next && !certigar_stage_is_last(plan) && good && !stopped; plan = plan->next) {
    size_t n = plan->next->n;
    void *made = d > SIZE_MAX / size / n ? NULL : kept ? malloc(n * d * size) : room_for_rows(plan, n * d * size);
    good = made && run_alone(plan, input, made);
    stopped = atomic_load(&plan->stop);
    plan->made_matrix = (certigar_matrix){.data = made, .n = n, .d = d, .row_stride = (ptrdiff_t)(d * size), .column_stride = (ptrdiff_t)size};
    input = &plan->made_matrix;
    free(rows);
    rows = kept ? made : NULL;
  }
  if (kept) {
    *kept = (certigar_rule_input){.matrix = *input, .rows = rows};
    input = &kept->matrix;
  }
  return good && !stopped ? run_alone(plan, input, output) : good;
}

/* Sets what progress counts from and to. */
static void count_work(certigar_plan *plan, size_t d)
{
  size_t total = 0;
  int done = 0;
  for (certigar_plan *p = plan; p; p = p->next) {
    p->before = total;
    if (!done) total += cost(p, d);
    done = certigar_stage_is_last(p);
  }
  total += plan->after;
  for (certigar_plan *p = plan; p; p = p->next) p->total = total;
}

/* What was done until the end, or until a stop. */
static size_t work_done(const certigar_plan *plan, int *stopped)
{
  size_t done = 0;
  *stopped = 0;
  for (const certigar_plan *p = plan; p && !*stopped; p = p->next) {
    done = p->before + atomic_load(&p->done);
    *stopped = atomic_load(&p->stop);
  }
  return done;
}

/* The plan of the rule, after all pre-aggregations. */
static const certigar_plan *last_of(const certigar_plan *plan)
{
  while (plan->next) plan = plan->next;
  return plan;
}

static void collect(certigar_plan *plan, certigar_certificate *certificate)
{
  *certificate = (certigar_certificate){.nonfinite_rows = plan->nonfinite_rows};
  for (certigar_plan *p = plan; p; p = p->next) {
    for (size_t w = 0; w < plan->options.threads; w++) {
      const certigar_tile_request *request = &p->requests[w];
      certificate->nonfinite_outputs += request->nonfinite_outputs;
      certificate->exact_evaluations += request->exact_evaluations;
      certificate->ties += request->ties;
    }
    if (p->selection) certigar_selection_report(p, certificate);
  }
  for (size_t i = 0; i < plan->n; i++) {
    int nonfinite = 0;
    for (size_t w = 0; w < plan->options.threads; w++) nonfinite |= plan->requests[w].nonfinite[i];
    if (nonfinite) plan->nonfinite_rows[certificate->nonfinite_row_count++] = i;
  }
}

static certigar_status run_plan(certigar_plan *plan, const certigar_matrix *input, void *output, certigar_certificate *certificate,
                                certigar_message *message, certigar_rule_input *kept)
{
  certigar_certificate found;
  int stopped;
  if (message) message->text[0] = 0;
  if (input->n != plan->n)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "n = %zu rows, but the plan was made for %zu", input->n, plan->n);
  if (input->d < 1 || input->d > SIZE_MAX / plan->kernels->value_size)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "d = %zu coordinates, must be 1 to %zu", input->d, SIZE_MAX / plan->kernels->value_size);
  count_work(plan, input->d);
  int good = run(plan, input, output, kept);
  size_t done = work_done(plan, &stopped);
  int unfinished = stopped && (done < plan->total || last_of(plan)->unjudged);
  if (certificate && (!good || unfinished)) *certificate = (certigar_certificate){.nonfinite_rows = NULL};
  if (!good)
    return certigar_refuse(message, CERTIGAR_NO_MEMORY, "no memory for what n = %zu rows of d = %zu coordinates need", plan->n, input->d);
  if (unfinished) return certigar_refuse(message, CERTIGAR_STOPPED, "stopped after %zu of %zu coordinates", done, plan->total);
  if (last_of(plan)->bad_centre)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: centre = a row that is not finite, must be d finite values",
                           certigar_rule_name(plan->rule));
  collect(plan, &found);
  if (certificate) *certificate = found;
  if (last_of(plan)->no_value && last_of(plan)->definition)
    return certigar_refuse(message, CERTIGAR_NO_VALUE, "%s has no value: %s fails on this input", certigar_rule_name(plan->rule),
                           certigar_profile_name(plan->options.profile));
  if (last_of(plan)->no_value)
    return certigar_refuse(message, CERTIGAR_NO_VALUE, found.nonfinite_row_count == plan->n ? "%s has no value: no row is finite" : "%s has no value: no row is selected",
                           certigar_rule_name(plan->rule));
  if (found.nonfinite_row_count > plan->options.f)
    return certigar_refuse(message, CERTIGAR_NOT_FINITE, "%zu rows are not finite, more than f = %zu", found.nonfinite_row_count, plan->options.f);
  if (found.nonfinite_outputs > 0)
    return certigar_refuse(message, CERTIGAR_NOT_FINITE, "%zu coordinates of the output are not finite", found.nonfinite_outputs);
  return CERTIGAR_OK;
}

certigar_status certigar_plan_run_keeping(certigar_plan *plan, const certigar_matrix *input, void *output, certigar_certificate *certificate,
                                          certigar_message *message, certigar_rule_input *kept)
{
  *kept = (certigar_rule_input){.rows = NULL};
  return run_plan(plan, input, output, certificate, message, kept);
}

certigar_status certigar_plan_run(certigar_plan *plan, const certigar_matrix *input, void *output, certigar_certificate *certificate,
                                  certigar_message *message)
{
  return run_plan(plan, input, output, certificate, message, NULL);
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
