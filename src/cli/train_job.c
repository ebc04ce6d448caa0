/* One training run from the command line: its files, its steps, its lines. */
#include "train_job.h"

#include "npy.h"
#include "output.h"
#include "report.h"
#include "result.h"
#include "train/checkpoint.h"
#include "train/history.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct job {
  train_request asked;
  const table_run *of;
  dataset data;
  network net;
  certigar_options *options;
  training *run;
  asynchronous *server;
  history lines;
  text description;
  int on_terminal;
  double started, drawn;
  size_t steps; /* of this program */
} job;

static int complain_message(int status, const certigar_message *message)
{
  return complain(status, "%s", message->text);
}

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Files that cannot be written are better met before the run than after it. */
static int try_files(const train_request *asked)
{
  const char *const files[] = {asked->csv, asked->plot, asked->checkpoint, asked->gradients};
  certigar_message message = {""};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    output out = output_none;
    int good = !files[i] || output_open(&out, files[i], &message);
    output_discard(&out);
    if (!good) return complain_output(files[i], &message);
  }
  return 0;
}

/* Unless it was given: the greatest f up to the number of attackers that the rule takes. */
static void declare_f(job *work)
{
  training_options *o = &work->asked.run;
  certigar_message message;
  if (work->asked.has_f || work->asked.asynchronous) return;
  for (o->f = o->q < o->n ? o->q : 0; o->f > 0; o->f--) {
    certigar_plan *plan = NULL;
    certigar_options_set_f(work->options, o->f);
    certigar_status made = certigar_plan_new(&plan, o->rule, CERTIGAR_FLOAT32, o->n, work->options, &message);
    certigar_plan_free(plan);
    if (made != CERTIGAR_BAD_PARAMETER) break;
  }
  work->asked.rule.asked.f = o->f;
  certigar_options_set_f(work->options, o->f);
}

static int open_job(job *work)
{
  certigar_message message = {""};
  train_request *asked = &work->asked;
  training_options *o = &asked->run;
  const char *notation = network_named(asked->model);
  if (!dataset_open(&work->data, asked->data, asked->directory, &message)) return complain(STATUS_INPUT, "%s (--data-dir says where it is)", message.text);
  if (!network_read(&work->net, notation ? notation : asked->model, work->data.in, work->data.classes, &message)) return complain_message(STATUS_USAGE, &message);
  work->options = certigar_options_new();
  if (!work->options) return complain(STATUS_OUTPUT, "no memory");
  setup_parameters(work->options, &asked->rule);
  certigar_options_set_threads(work->options, o->threads);
  if (o->rule != CERTIGAR_ZENO) declare_f(work);
  else if (!asked->has_f) certigar_options_set_f(work->options, o->f = asked->rule.asked.f = o->q);
  o->data = &work->data;
  o->net = &work->net;
  o->rule_options = work->options;
  work->run = training_new(o, &message);
  if (!work->run) return complain_message(STATUS_USAGE, &message);
  if (asked->asynchronous) {
    work->server = asynchronous_new(work->run, o, &asked->server, &message);
    if (!work->server) return complain_message(STATUS_USAGE, &message);
  }
  if (work->of) text_add(&work->description, "%s", work->of->record);
  else train_request_describe(asked, &work->description);
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
  if (asked->gradients && asked->gradients_step <= done)
    return complain(STATUS_USAGE, "--gradients-step %zu: the checkpoint is of step %zu, after it", asked->gradients_step, done);
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

/* The lines before the checkpoint: what a resumed run lacks could not be made up, what it has too much is left out. */
static int save(job *work)
{
  const train_request *asked = &work->asked;
  certigar_message message = {""};
  if (asked->csv && !history_write(&work->lines, asked->csv, &message)) return complain_output(asked->csv, &message);
  if (!asked->checkpoint || checkpoint_write(work->run, work->description.bytes, asked->checkpoint, &message)) return 0;
  return complain_output(asked->checkpoint, &message);
}

/* One step of either kind; line is filled but for the evaluation. */
static int step(job *work, history_line *line, certigar_message *message)
{
  if (work->server) {
    arrival report;
    asynchronous_step(work->server, &report);
    *line = (history_line){.step = training_steps_done(work->run), .loss = report.loss, .finite = training_is_finite(work->run)};
    snprintf(line->selected, sizeof line->selected, "%zu %s", report.worker, report.accepted ? "accepted" : "refused");
    return 1;
  }
  training_report report;
  if (!training_step(work->run, &report, message)) return 0;
  *line = (history_line){.step = report.step, .loss = report.loss, .finite = report.finite};
  describe_selected(&report, line->selected, sizeof line->selected);
  return 1;
}

/* Who takes part, before the first step. */
static void introduce(const job *work)
{
  const train_request *asked = &work->asked;
  const training_options *o = &asked->run;
  printf("%s, %zu parameters, on %s: %zu + %zu samples\n", asked->model, work->net.parameter_count, asked->data, work->data.train.count, work->data.test.count);
  printf("%zu worker%s, ", o->n, o->n == 1 ? "" : "s");
  if (o->q == 0) printf("none attacks; ");
  else if (strcmp(asked->attack, "none") == 0) printf("the last %zu only counted as Byzantine; ", o->q);
  else printf("the last %zu attack: %s; ", o->q, asked->attack);
  if (asked->asynchronous) printf("zeno++\n");
  else printf("%s is told f = %zu\n", certigar_rule_name(o->rule), o->f);
}

static void say_where(const job *work)
{
  size_t done = training_steps_done(work->run);
  if (done == 0) return;
  if (work->of) printf("%s  ", work->of->name);
  printf(done < work->asked.run.steps ? "goes on after step %zu\n" : "the checkpoint is of step %zu: nothing is left to do\n", done);
}

static void begin(const job *work)
{
  if (!work->of) introduce(work);
  say_where(work);
  fflush(stdout);
}

/* What it came to, after the last step. A run that was resumed without its CSV file knows no steps before. */
static void summarise(const job *work)
{
  const history_line *first = work->lines.lines, *last = work->lines.count ? first + work->lines.count - 1 : NULL, *best = last;
  char since[64] = "";
  size_t accepted = 0;
  if (work->of || !last || work->steps == 0) return;
  for (const history_line *line = last + 1; line-- > first;) {
    if (!isnan(line->accuracy) && line->accuracy >= best->accuracy) best = line;
    accepted += strstr(line->selected, "accepted") != NULL;
  }
  if (first->step > 1) snprintf(since, sizeof since, " since step %zu", first->step);
  if (work->server) printf("accepted %zu of %zu answers%s\n", accepted, work->lines.count, since);
  printf("accuracy %.4f after %zu steps", last->accuracy, last->step);
  if (best != last) printf(", %.4f at best%s, after %zu", best->accuracy, since, best->step);
  printf("; %zu steps took %.1f s\n", work->steps, now() - work->started);
}

/* The accuracy that was judged last, as words; none before the first. */
static void describe_accuracy(const history *lines, char *out, size_t size)
{
  size_t i = lines->count;
  while (i > 0 && isnan(lines->lines[i - 1].accuracy)) i--;
  out[0] = 0;
  if (i > 0) snprintf(out, size, "  accuracy %.4f", lines->lines[i - 1].accuracy);
}

/* The line that is drawn over and over: of a terminal's usual width, some ten times a second. */
static void draw(job *work, const history_line *line)
{
  char accuracy[32], rows[32] = "";
  double time = now();
  if (!work->on_terminal || time - work->drawn < 0.1) return;
  work->drawn = time;
  describe_accuracy(&work->lines, accuracy, sizeof accuracy);
  if (!work->of) snprintf(rows, sizeof rows, "  rows %.16s%s", line->selected[0] ? line->selected : "all", strlen(line->selected) > 16 ? "..." : "");
  fprintf(stderr, "\r\033[K%.28s%sstep %zu of %zu  loss %.4f%s%s\r", work->of ? work->of->name : "", work->of ? "  " : "", line->step,
          work->asked.run.steps, line->loss, accuracy, rows);
}

static void show(job *work, const history_line *line)
{
  draw(work, line);
  if (isnan(line->accuracy) || (work->of && line->step < work->asked.run.steps)) return;
  if (work->on_terminal) fputs("\r\033[K", stderr);
  if (work->of) return;
  printf("step %zu  loss %.4f  accuracy %.4f%s%s%s\n", line->step, line->loss, line->accuracy, line->selected[0] ? "  rows " : "", line->selected,
         line->finite ? "" : "  the model is not finite");
  fflush(stdout);
}

static int plot(const job *work, certigar_message *message)
{
  const train_request *asked = &work->asked;
  const char *rule = asked->asynchronous ? "zeno++" : certigar_rule_name(asked->run.rule);
  const curve whole = {rule, &work->lines};
  char title[160];
  snprintf(title, sizeof title, "%s, f = %zu; %zu of %zu workers attack: %s", rule, asked->run.f, asked->run.q, asked->run.n, asked->attack);
  return history_plot(&whole, 1, title, asked->plot, message);
}

static int go(job *work)
{
  certigar_message message = {""};
  const train_request *asked = &work->asked;
  while (training_steps_done(work->run) < asked->run.steps) {
    history_line line;
    work->steps++;
    if (!step(work, &line, &message)) return complain_message(STATUS_OUTPUT, &message);
    int last = line.step == asked->run.steps, judged = last || line.step % asked->evaluate_every == 0;
    line.accuracy = line.test_loss = NAN;
    if (judged) line.accuracy = training_accuracy(work->run, &line.test_loss);
    if (!history_add(&work->lines, &line)) return complain(STATUS_OUTPUT, "no memory");
    show(work, &line);
    if (asked->gradients && line.step == asked->gradients_step && !dump(work, &message)) return complain_output(asked->gradients, &message);
    int status = last || line.step % asked->checkpoint_every == 0 ? save(work) : 0;
    if (status != 0) return status;
  }
  summarise(work);
  if (asked->plot && !plot(work, &message)) return complain_output(asked->plot, &message);
  return training_is_finite(work->run) ? STATUS_DONE : STATUS_NOT_FINITE;
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

int train_job(const train_request *asked, const table_run *of)
{
  job work = {.asked = *asked, .of = of, .on_terminal = isatty(STDERR_FILENO)};
  int status = try_files(asked);
  work.started = now();
  if (status == 0) status = open_job(&work);
  if (status == 0) status = resume(&work);
  if (status == 0) begin(&work);
  if (status == 0) status = go(&work);
  close_job(&work);
  return status;
}
