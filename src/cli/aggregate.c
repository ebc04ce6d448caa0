/* certigar aggregate: input, plan, outputs, work, certificate; in this order, so that whatever can be refused is refused before the work. */
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

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
  request asked;
  input in;
  certigar_plan *plan;
  output npy, json;
  progress bar;
  void *values; /* the result, in the memory of npy */
  certificate_facts facts;
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

static int make_plan(job *work)
{
  const request *asked = &work->asked;
  certigar_message message = {""};
  certigar_options *options = certigar_options_new();
  certigar_status status = CERTIGAR_NO_MEMORY;
  if (options != NULL) {
    certigar_options_set_f(options, asked->f);
    certigar_options_set_m(options, asked->m);
    certigar_options_set_pivot(options, asked->pivot);
    certigar_options_set_variant(options, asked->variant);
    for (size_t i = 0; i < asked->pre_count; i++) {
      const pre_request *pre = &asked->pre[i];
      if (pre->bucketing) {
        certigar_options_add_bucketing(options, pre->s, pre->has_seed ? &pre->seed : NULL);
      } else {
        certigar_options_add_nnm(options);
      }
    }
    certigar_options_set_median(options, asked->median);
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
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) return complain(STATUS_USAGE, "%s", message.text);
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
  digest_matrix(&facts->output, &result, work->in.dtype);
  facts->rule = asked->rule;
  facts->median = asked->median;
  facts->f = asked->f;
  facts->pivot = asked->pivot;
  facts->variant = asked->variant;
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

/* All outputs are on disk before the first takes its name. */
static int publish(job *work)
{
  const request *asked = &work->asked;
  certigar_message message;
  if (writes_npy(work) && !output_finish(&work->npy, &message)) return complain_output(asked->npy, &message);
  if (asked->json != NULL && !output_finish(&work->json, &message)) return complain_output(asked->json, &message);
  if (!output_publish(&work->npy, &message)) return complain_output(asked->npy, &message);
  if (!output_publish(&work->json, &message)) return complain_output(asked->json, &message);
  return 0;
}

static int verdict(const job *work)
{
  const certificate_facts *facts = &work->facts;
  if (facts->status == CERTIGAR_OK) return STATUS_DONE;
  return complain(STATUS_NOT_FINITE, "not finite: %zu of %zu output coordinates, %zu of %zu rows (f = %zu)", facts->result.nonfinite_outputs,
                  work->in.header.d, facts->result.nonfinite_row_count, work->in.header.n, work->asked.f);
}

static int do_job(job *work)
{
  int status = open_input(work);
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
  input_close(&work.in);
  return status;
}
