/* certigar aggregate: input, parameters from files, plan, outputs, work, certificate; in this order, so that whatever can be refused is refused
 * before the work. */
#include "certificate.h"
#include "certigar.h"
#include "commands.h"
#include "digest.h"
#include "npy.h"
#include "report.h"
#include "result.h"
#include "setup.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
  setup set;
  output npy, json;
  void *values; /* the result, in the memory of npy */
  certificate_facts facts;
  certigar_message reason; /* why there is no value */
} job;

/* Without -o the result only passes through memory on its way to the certificate. */
static int writes_npy(const job *work)
{
  return work->set.asked.npy != NULL;
}

static int open_outputs(job *work)
{
  const request *asked = &work->set.asked;
  certigar_message message;
  unsigned char header[NPY_WRITTEN_HEADER_MAX];
  int status = writes_npy(work) ? result_open(&work->npy, asked->npy) : 0;
  if (status == 0) status = result_open(&work->json, asked->json);
  if (status != 0) return status;
  if (output_same_target(&work->npy, &work->json)) {
    return complain(STATUS_USAGE, "-o and --json name the same file: %s", asked->json);
  }
  size_t item = work->set.in.header.item_size, d = work->set.in.header.d;
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
  digest_matrix(&work->facts.input, &work->set.in.matrix, work->set.in.dtype);
  return NULL;
}

/* SHA-256 takes longer than most rules: the input's runs beside the work, in a thread that leaves signals to the main one. */
static certigar_status run(job *work, certigar_message *message)
{
  pthread_t hasher;
  int hashing = 0;
  if (work->set.asked.json != NULL) {
    sigset_t all, before;
    sigfillset(&all);
    sigdelset(&all, SIGBUS);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    hashing = pthread_create(&hasher, NULL, digest_input, work) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!hashing) digest_input(work);
  }
  progress_start(&work->set.bar);
  certigar_status status = certigar_plan_run(work->set.plan, &work->set.in.matrix, work->values, &work->facts.result, message);
  progress_end(&work->set.bar);
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
  certificate_facts *facts = &work->facts;
  size_t item = work->set.in.header.item_size, size = 0;
  const certigar_matrix result = {.data = work->values,
                                  .n = 1,
                                  .d = work->set.in.header.d,
                                  .row_stride = (ptrdiff_t)(item * work->set.in.header.d),
                                  .column_stride = (ptrdiff_t)item};
  if (facts->status != CERTIGAR_NO_VALUE) digest_matrix(&facts->output, &result, work->set.in.dtype);
  setup_facts(&work->set, facts);
  char *text = certificate_text(facts, &size);
  return result_fill(&work->json, work->set.asked.json, text, size);
}

/* All outputs are on disk before the first takes its name. Without a value there is no .npy to publish. */
static int publish(job *work)
{
  const request *asked = &work->set.asked;
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
                  work->set.in.header.d, facts->result.nonfinite_row_count, work->set.in.header.n, work->set.asked.f);
}

static int do_job(job *work)
{
  int status = setup_open(&work->set);
  if (status == 0) status = open_outputs(work);
  if (status == 0) status = compute(work);
  if (status == 0 && work->set.asked.json != NULL) status = write_certificate(work);
  if (status == 0) status = publish(work);
  return status == 0 ? verdict(work) : status;
}

int command_aggregate(int argc, char **argv)
{
  job work = {.npy = output_none, .json = output_none};
  int status = request_parse(REQUEST_AGGREGATE, argc, argv, &work.set.asked);
  if (status != 0) return status;
  if (work.set.asked.help) return command_help("aggregate");
  status = do_job(&work);
  output_discard(&work.npy);
  output_discard(&work.json);
  setup_close(&work.set);
  return status;
}
