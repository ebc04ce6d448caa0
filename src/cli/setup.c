#include "setup.h"

#include "report.h"

#include <string.h>

const char *setup_display(const char *path, const char *stream)
{
  return strcmp(path, "-") == 0 ? stream : path;
}

static int open_input(setup *work)
{
  certigar_message message;
  if (input_open(&work->in, work->asked.input, NPY_MATRIX, &message)) return 0;
  return complain(STATUS_INPUT, "%s: %s", setup_display(work->asked.input, "standard input"), message.text);
}

static int read_vector(const char *path, vector *out)
{
  certigar_message message;
  if (path[0] == '\0' || vector_read(out, path, NPY_VECTOR, &message)) return 0;
  return complain(STATUS_INPUT, "%s: %s", setup_display(path, "standard input"), message.text);
}

const char *setup_tolerance(const char *asked, certigar_dtype dtype)
{
  return asked[0] != '\0' ? asked : dtype == CERTIGAR_FLOAT32 ? "1e-5" : "1e-9";
}

/* The rows that the rule has, after all stages; a bucket of no row is refused with the plan. */
static size_t rows_of_rule(const setup *work)
{
  size_t n = work->in.header.n;
  for (size_t i = 0; i < work->asked.pre_count; i++) {
    const pre_request *pre = &work->asked.pre[i];
    if (pre->kind == PRE_BUCKETING && pre->s > 0) n = (n - 1) / pre->s + 1;
  }
  return n;
}

static int read_scores(setup *work)
{
  const char *path = work->asked.scores;
  const vector *scores = &work->scores;
  int status = read_vector(path, &work->scores);
  if (status != 0 || scores->values == NULL) return status;
  if (scores->dtype != CERTIGAR_FLOAT64) return complain(STATUS_INPUT, "%s: scores must be float64, got %s", path, dtype_name(scores->dtype));
  size_t n = rows_of_rule(work);
  if (scores->count == n) return 0;
  return complain(STATUS_INPUT, "%s: %zu scores, but %s has %zu rows", path, scores->count, n == work->in.header.n ? "the input" : "zeno, after --pre,", n);
}

static int read_centre(setup *work)
{
  const char *path = work->asked.centre;
  const vector *centre = &work->centre;
  int status = read_vector(path, &work->centre);
  if (status != 0 || centre->values == NULL) return status;
  if (centre->dtype != work->in.dtype) {
    return complain(STATUS_INPUT, "%s: the centre is %s, but the input %s", path, dtype_name(centre->dtype), dtype_name(work->in.dtype));
  }
  if (centre->count != work->in.header.d) {
    return complain(STATUS_INPUT, "%s: the centre has %zu values, but the input has %zu columns", path, centre->count, work->in.header.d);
  }
  if (centre->finite == centre->count) return 0;
  return complain(STATUS_INPUT, "%s: value %zu (counted from 0) of the centre is not finite", path, centre->finite);
}

static void add_stage(certigar_options *options, const pre_request *pre)
{
  switch (pre->kind) {
    case PRE_NNM: certigar_options_add_nnm(options); break;
    case PRE_BUCKETING: certigar_options_add_bucketing(options, pre->s, pre->has_seed ? &pre->seed : NULL); break;
    case PRE_CLIP: certigar_options_add_clip(options, pre->tau); break;
    case PRE_ARC: certigar_options_add_arc(options); break;
  }
}

void setup_parameters(certigar_options *options, const setup *work)
{
  const request *asked = &work->asked;
  certigar_options_set_f(options, asked->f);
  certigar_options_set_m(options, asked->m);
  certigar_options_set_pivot(options, asked->pivot);
  certigar_options_set_variant(options, asked->variant);
  certigar_options_set_median(options, asked->median);
  certigar_options_set_tolerance(options, asked->tolerance);
  certigar_options_set_beta(options, asked->beta);
  certigar_options_set_threshold(options, asked->threshold);
  certigar_options_set_tau(options, asked->tau);
  certigar_options_set_iterations(options, asked->iterations);
  certigar_options_set_centre(options, work->centre.values);
  certigar_options_set_scores(options, work->scores.values);
  for (size_t i = 0; i < asked->pre_count; i++) add_stage(options, &asked->pre[i]);
}

certigar_status setup_plan(setup *work, certigar_profile profile, certigar_plan **plan, certigar_message *message)
{
  const request *asked = &work->asked;
  certigar_options *options = certigar_options_new();
  *plan = NULL;
  if (options == NULL) return CERTIGAR_NO_MEMORY;
  setup_parameters(options, work);
  certigar_options_set_profile(options, profile);
  certigar_options_set_threads(options, asked->threads);
  certigar_options_set_level(options, asked->level);
  certigar_options_set_progress(options, progress_step, &work->bar);
  certigar_status status = certigar_plan_new(plan, asked->rule, work->in.dtype, work->in.header.n, options, message);
  certigar_options_free(options);
  return status;
}

int setup_read(setup *work)
{
  int status = open_input(work);
  if (status == 0) status = read_scores(work);
  return status == 0 ? read_centre(work) : status;
}

int setup_open(setup *work)
{
  certigar_message message = {""};
  int status = setup_read(work);
  if (status != 0) return status;
  certigar_status made = setup_plan(work, work->asked.profile, &work->plan, &message);
  if (made == CERTIGAR_OK) return 0;
  if (made == CERTIGAR_BAD_PARAMETER) return complain(STATUS_USAGE, "%s", message.text);
  return complain(STATUS_OUTPUT, "no memory for %zu rows and %zu threads", work->in.header.n, work->asked.threads);
}

int setup_read_candidate(const setup *work, vector *candidate)
{
  const char *path = work->asked.candidate, *name = setup_display(path, "standard input");
  const input *in = &work->in;
  certigar_message message;
  if (!vector_read(candidate, path, NPY_EITHER, &message)) return complain(STATUS_INPUT, "%s: %s", name, message.text);
  if (candidate->dtype != in->dtype) {
    return complain(STATUS_INPUT, "%s: the candidate is %s, but the input %s", name, dtype_name(candidate->dtype), dtype_name(in->dtype));
  }
  if (candidate->count == in->header.d) return 0;
  return complain(STATUS_INPUT, "%s: the candidate has %zu values, but the input has %zu columns", name, candidate->count, in->header.d);
}

void setup_facts(const setup *work, certificate_facts *facts)
{
  const request *asked = &work->asked;
  facts->rule = asked->rule;
  facts->profile = asked->profile;
  facts->median = asked->median;
  facts->f = asked->f;
  facts->pivot = asked->pivot;
  facts->variant = asked->variant;
  facts->tolerance = setup_tolerance(asked->tolerance, work->in.dtype);
  facts->beta = asked->beta;
  facts->threshold = asked->threshold;
  facts->tau = asked->tau;
  facts->iterations = asked->iterations;
  facts->centre = work->centre.values != NULL ? &work->centre.hash : NULL;
  facts->scores = work->scores.values != NULL ? &work->scores.hash : NULL;
  facts->pre_count = asked->pre_count;
  for (size_t i = 0; i < asked->pre_count; i++) facts->pre[i] = asked->pre[i].text;
  facts->n = work->in.header.n;
  facts->d = work->in.header.d;
  facts->dtype = work->in.dtype;
}

void setup_close(setup *work)
{
  certigar_plan_free(work->plan);
  vector_clear(&work->centre);
  vector_clear(&work->scores);
  input_close(&work->in);
}
