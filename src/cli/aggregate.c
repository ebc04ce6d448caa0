/* certigar aggregate: input, parameters from files, plan, outputs, work, certificate; in this order, so that whatever can be refused is refused
 * before the work. */
#include "certificate.h"
#include "certigar.h"
#include "commands.h"
#include "digest.h"
#include "input.h"
#include "npy.h"
#include "output.h"
#include "progress.h"
#include "report.h"
#include "request.h"
#include "vector.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
  request asked;
  input in;
  vector centre, scores; /* where the rule has them */
  certigar_plan *plan;
  output npy, json;
  progress bar;
  void *values; /* the result, in the memory of npy */
  certificate_facts facts;
  certigar_message reason; /* why there is no value */
} job;

static const char *display(const char *path, const char *stream)
{
  return strcmp(path, "-") == 0 ? stream : path;
}

static int complain_output(const char *path, const certigar_message *message)
{
  return complain(STATUS_OUTPUT, "%s: %s", display(path, "standard output"), message->text);
}

/* Without -o the result only passes through memory on its way to the certificate. */
static int writes_npy(const job *work)
{
  return work->asked.npy != NULL;
}

static int open_input(job *work)
{
  certigar_message message;
  if (input_open(&work->in, work->asked.input, NPY_MATRIX, &message)) return 0;
  return complain(STATUS_INPUT, "%s: %s", display(work->asked.input, "standard input"), message.text);
}

static int read_vector(const char *path, vector *out)
{
  certigar_message message;
  if (path[0] == '\0' || vector_read(out, path, &message)) return 0;
  return complain(STATUS_INPUT, "%s: %s", display(path, "standard input"), message.text);
}

static const char *dtype_name(certigar_dtype dtype)
{
  return dtype == CERTIGAR_FLOAT32 ? "float32" : "float64";
}

/* The rows that the rule has, after all stages; a bucket of no row is refused with the plan. */
static size_t rows_of_rule(const job *work)
{
  size_t n = work->in.header.n;
  for (size_t i = 0; i < work->asked.pre_count; i++) {
    const pre_request *pre = &work->asked.pre[i];
    if (pre->kind == PRE_BUCKETING && pre->s > 0) n = (n - 1) / pre->s + 1;
  }
  return n;
}

static int read_scores(job *work)
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

static int read_centre(job *work)
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

static void set_parameters(certigar_options *options, const job *work)
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

static int make_plan(job *work)
{
  const request *asked = &work->asked;
  certigar_message message = {""};
  certigar_options *options = certigar_options_new();
  certigar_status status = CERTIGAR_NO_MEMORY;
  if (options != NULL) {
    set_parameters(options, work);
    certigar_options_set_threads(options, asked->threads);
    certigar_options_set_level(options, asked->level);
    certigar_options_set_progress(options, progress_step, &work->bar);
    status = certigar_plan_new(&work->plan, asked->rule, work->in.dtype, work->in.header.n, options, &message);
    certigar_options_free(options);
  }
  if (status == CERTIGAR_OK) return 0;
  if (status == CERTIGAR_BAD_PARAMETER) return complain(STATUS_USAGE, "%s", message.text);
  return complain(STATUS_OUTPUT, "no memory for %zu rows and %zu threads", work->in.header.n, asked->threads);
}

static int open_outputs(job *work)
{
  const request *asked = &work->asked;
  certigar_message message;
  unsigned char header[NPY_WRITTEN_HEADER_MAX];
  if (writes_npy(work) && !output_open(&work->npy, asked->npy, &message)) return complain_output(asked->npy, &message);
  if (asked->json != NULL && !output_open(&work->json, asked->json, &message)) return complain_output(asked->json, &message);
  if (output_same_target(&work->npy, &work->json)) {
    return complain(STATUS_USAGE, "-o and --json name the same file: %s", asked->json);
  }
  size_t item = work->in.header.item_size, d = work->in.header.d;
  size_t header_size = npy_write_header(header, item, d);
  unsigned char *memory = output_reserve(&work->npy, header_size + d * item, &message);
  if (memory == NULL) return complain_output(writes_npy(work) ? asked->npy : asked->json, &message);
  memcpy(memory, header, header_size);
  work->values = memory + header_size;
  return 0;
}

static void *digest_input(void *context)
{
  job *work = context;
  digest_matrix(&work->facts.input, &work->in.matrix, work->in.dtype);
  return NULL;
}

/* SHA-256 takes longer than most rules: the input's runs beside the work, in a thread that leaves signals to the main one. */
static certigar_status run(job *work, certigar_message *message)
{
  pthread_t hasher;
  int hashing = 0;
  if (work->asked.json != NULL) {
    sigset_t all, before;
    sigfillset(&all);
    sigdelset(&all, SIGBUS);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    hashing = pthread_create(&hasher, NULL, digest_input, work) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!hashing) digest_input(work);
  }
  progress_start(&work->bar);
  certigar_status status = certigar_plan_run(work->plan, &work->in.matrix, work->values, &work->facts.result, message);
  progress_end(&work->bar);
  if (hashing) pthread_join(hasher, NULL);
  return status;
}

static int compute(job *work)
{
  certigar_message message = {""};
  certigar_status status = run(work, &message);
  if (status == CERTIGAR_NO_MEMORY) return complain(STATUS_OUTPUT, "%s", message.text);
  if (status == CERTIGAR_NO_VALUE) work->reason = message;
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE && status != CERTIGAR_NO_VALUE) return complain(STATUS_USAGE, "%s", message.text);
  work->facts.status = status;
  return 0;
}

static int write_certificate(job *work)
{
  const request *asked = &work->asked;
  certificate_facts *facts = &work->facts;
  certigar_message message;
  size_t item = work->in.header.item_size, size = 0;
  const certigar_matrix result = {.data = work->values,
                                  .n = 1,
                                  .d = work->in.header.d,
                                  .row_stride = (ptrdiff_t)(item * work->in.header.d),
                                  .column_stride = (ptrdiff_t)item};
  if (facts->status != CERTIGAR_NO_VALUE) digest_matrix(&facts->output, &result, work->in.dtype);
  facts->rule = asked->rule;
  facts->median = asked->median;
  facts->f = asked->f;
  facts->pivot = asked->pivot;
  facts->variant = asked->variant;
  facts->tolerance = asked->tolerance[0] != '\0' ? asked->tolerance : work->in.dtype == CERTIGAR_FLOAT32 ? "1e-5" : "1e-9";
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

  char *text = certificate_text(facts, &size);
  if (text == NULL) return complain(STATUS_OUTPUT, "%s: no memory for its contents", display(asked->json, "standard output"));
  void *memory = output_reserve(&work->json, size, &message);
  if (memory != NULL) memcpy(memory, text, size);
  free(text);
  return memory != NULL ? 0 : complain_output(asked->json, &message);
}

/* All outputs are on disk before the first takes its name. Without a value there is no .npy to publish. */
static int publish(job *work)
{
  const request *asked = &work->asked;
  certigar_message message;
  int has_value = work->facts.status != CERTIGAR_NO_VALUE;
  if (has_value && writes_npy(work) && !output_finish(&work->npy, &message)) return complain_output(asked->npy, &message);
  if (asked->json != NULL && !output_finish(&work->json, &message)) return complain_output(asked->json, &message);
  if (has_value && !output_publish(&work->npy, &message)) return complain_output(asked->npy, &message);
  if (!output_publish(&work->json, &message)) return complain_output(asked->json, &message);
  return 0;
}

static int verdict(const job *work)
{
  const certificate_facts *facts = &work->facts;
  if (facts->status == CERTIGAR_OK) return STATUS_DONE;
  if (facts->status == CERTIGAR_NO_VALUE) return complain(STATUS_NOT_FINITE, "%s", work->reason.text);
  return complain(STATUS_NOT_FINITE, "not finite: %zu of %zu output coordinates, %zu of %zu rows (f = %zu)", facts->result.nonfinite_outputs,
                  work->in.header.d, facts->result.nonfinite_row_count, work->in.header.n, work->asked.f);
}

static int do_job(job *work)
{
  int status = open_input(work);
  if (status == 0) status = read_scores(work);
  if (status == 0) status = read_centre(work);
  if (status == 0) status = make_plan(work);
  if (status == 0) status = open_outputs(work);
  if (status == 0) status = compute(work);
  if (status == 0 && work->asked.json != NULL) status = write_certificate(work);
  if (status == 0) status = publish(work);
  return status == 0 ? verdict(work) : status;
}

int command_aggregate(int argc, char **argv)
{
  job work = {.npy = output_none, .json = output_none};
  int status = request_parse(argc, argv, &work.asked);
  if (status != 0) return status;
  if (work.asked.help) return command_help("aggregate");
  status = do_job(&work);
  output_discard(&work.npy);
  output_discard(&work.json);
  certigar_plan_free(work.plan);
  vector_clear(&work.centre);
  vector_clear(&work.scores);
  input_close(&work.in);
  return status;
}
