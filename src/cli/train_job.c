/* One training run from the command line: its files, its steps, its lines. */
#include "train_job.h"

#include "npy.h"
#include "output.h"
#include "report.h"
#include "train/checkpoint.h"
#include "train/history.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct job {
  train_request asked;
  int quiet;
  dataset data;
  network net;
  certigar_options *options;
  training *run;
  asynchronous *server;
  history lines;
  text description;
  size_t accepted; /* zeno++: answers */
  int on_terminal;
} job;

static int complain_message(int status, const certigar_message *message)
{
  return complain(status, "%s", message->text);
}

static int open_job(job *work)
{
  certigar_message message = {""};
  train_request *asked = &work->asked;
  training_options *o = &asked->run;
  const char *notation = network_named(asked->model);
  if (!dataset_open(&work->data, asked->data, asked->directory, &message)) return complain_message(STATUS_INPUT, &message);
  if (!network_read(&work->net, notation ? notation : asked->model, work->data.in, work->data.classes, &message)) return complain_message(STATUS_USAGE, &message);
  work->options = certigar_options_new();
  if (!work->options) return complain(STATUS_OUTPUT, "no memory");
  setup_parameters(work->options, &asked->rule);
  certigar_options_set_threads(work->options, o->threads);
  o->data = &work->data;
  o->net = &work->net;
  o->rule_options = work->options;
  work->run = training_new(o, &message);
  if (!work->run) return complain_message(STATUS_USAGE, &message);
  if (asked->asynchronous) {
    work->server = asynchronous_new(work->run, o, &asked->server, &message);
    if (!work->server) return complain_message(STATUS_USAGE, &message);
  }
  train_request_describe(asked, &work->description);
  text_add(&work->description, "%s", "");
  return work->description.failed ? complain(STATUS_OUTPUT, "no memory") : 0;
}

static int resume(job *work)
{
  certigar_message message = {""};
  const train_request *asked = &work->asked;
  if (!asked->resume || access(asked->checkpoint, F_OK) != 0) return 0;
  if (!checkpoint_read(work->run, work->description.bytes, asked->checkpoint, &message)) return complain_message(STATUS_INPUT, &message);
  size_t done = training_steps_done(work->run);
  if (asked->csv && !history_read(&work->lines, asked->csv, done, &message)) return complain_message(STATUS_INPUT, &message);
  fprintf(stderr, "goes on after step %zu\n", done);
  return 0;
}

static void describe_selected(const training_report *report, char *out, size_t size)
{
  size_t at = 0;
  out[0] = 0;
  for (size_t i = 0; i < report->selected_count; i++) {
    int wrote = snprintf(out + at, size - at, "%s%zu", i ? " " : "", report->selected[i]);
    if (wrote < 0 || at + (size_t)wrote >= size - 4) {
      snprintf(out + (at < size - 4 ? at : size - 4), 4, "...");
      return;
    }
    at += (size_t)wrote;
  }
}

/* The matrix that the rule has just had, as a .npy file. */
static int dump(job *work, certigar_message *message)
{
  unsigned char header[NPY_WRITTEN_HEADER_MAX];
  size_t n, d;
  const float *rows = training_sent(work->run, &n, &d);
  size_t head = npy_write_matrix_header(header, sizeof *rows, n, d), size = n * d * sizeof *rows;
  output out = output_none;
  unsigned char *bytes = output_open(&out, work->asked.gradients, message) ? output_reserve(&out, head + size, message) : NULL;
  if (bytes) {
    memcpy(bytes, header, head);
    memcpy(bytes + head, rows, size);
  }
  int good = bytes && output_finish(&out, message) && output_publish(&out, message);
  output_discard(&out);
  return good;
}

static int save(job *work, certigar_message *message)
{
  const train_request *asked = &work->asked;
  if (asked->csv && !history_write(&work->lines, asked->csv, message)) return 0;
  return !asked->checkpoint || checkpoint_write(work->run, work->description.bytes, asked->checkpoint, message);
}

/* One step of either kind; line is filled but for the evaluation. */
static int step(job *work, history_line *line, certigar_message *message)
{
  if (work->server) {
    arrival report;
    asynchronous_step(work->server, &report);
    work->accepted += report.accepted != 0;
    *line = (history_line){.step = training_steps_done(work->run), .loss = report.loss, .finite = 1};
    snprintf(line->selected, sizeof line->selected, "%zu %s", report.worker, report.accepted ? "accepted" : "refused");
    return 1;
  }
  training_report report;
  if (!training_step(work->run, &report, message)) return 0;
  *line = (history_line){.step = report.step, .loss = report.loss, .finite = report.finite};
  describe_selected(&report, line->selected, sizeof line->selected);
  return 1;
}

static void show(const job *work, const history_line *line)
{
  if (work->quiet) return;
  if (work->on_terminal)
    fprintf(stderr, "\r\033[Kstep %zu of %zu  loss %.4f  rows %s\r", line->step, work->asked.run.steps, line->loss, line->selected[0] ? line->selected : "all");
  if (isnan(line->accuracy)) return;
  if (work->on_terminal) fputs("\r\033[K", stderr);
  printf("step %zu  loss %.4f  accuracy %.4f%s%s%s\n", line->step, line->loss, line->accuracy, line->selected[0] ? "  rows " : "", line->selected,
         line->finite ? "" : "  the model is not finite");
  fflush(stdout);
}

static int go(job *work)
{
  certigar_message message = {""};
  const train_request *asked = &work->asked;
  while (training_steps_done(work->run) < asked->run.steps) {
    history_line line;
    if (!step(work, &line, &message)) return complain_message(STATUS_OUTPUT, &message);
    int last = line.step == asked->run.steps, judged = last || line.step % asked->evaluate_every == 0;
    line.accuracy = line.test_loss = NAN;
    if (judged) line.accuracy = training_accuracy(work->run, &line.test_loss);
    if (!history_add(&work->lines, &line)) return complain(STATUS_OUTPUT, "no memory");
    show(work, &line);
    if (asked->gradients && line.step == asked->gradients_step && !dump(work, &message)) return complain(STATUS_OUTPUT, "%s: %s", asked->gradients, message.text);
    if ((last || line.step % asked->checkpoint_every == 0) && !save(work, &message)) return complain_message(STATUS_OUTPUT, &message);
  }
  if (work->server && !work->quiet) printf("accepted %zu of %zu answers\n", work->accepted, work->lines.count);
  const curve whole = {certigar_rule_name(asked->run.rule), &work->lines};
  if (asked->plot && !history_plot(&whole, 1, work->description.bytes, asked->plot, &message)) return complain_message(STATUS_OUTPUT, &message);
  int finite = work->lines.count == 0 || work->lines.lines[work->lines.count - 1].finite;
  return finite ? STATUS_DONE : STATUS_NOT_FINITE;
}

static void close_job(job *work)
{
  asynchronous_free(work->server);
  training_free(work->run);
  certigar_options_free(work->options);
  dataset_free(&work->data);
  history_free(&work->lines);
  free(work->description.bytes);
}

/* What the run came to. */
static void conclude(const job *work, train_result *out)
{
  *out = (train_result){.finite = 1};
  for (size_t i = 0; i < work->lines.count; i++) {
    const history_line *line = &work->lines.lines[i];
    out->finite &= line->finite;
    if (!out->finite && out->broken_at == 0) out->broken_at = line->step;
    if (!isnan(line->accuracy)) out->accuracy = line->accuracy;
    out->steps = line->step;
  }
}

int train_job(const train_request *asked, int quiet, train_result *result)
{
  job work = {.asked = *asked, .quiet = quiet, .on_terminal = isatty(STDERR_FILENO)};
  int status = open_job(&work);
  if (status == 0) status = resume(&work);
  if (status == 0) status = go(&work);
  if (result) conclude(&work, result);
  close_job(&work);
  return status;
}
