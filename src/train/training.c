#include "training.h"

#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEST_BATCH = 100, THREADS_MAX = 64, BATCH_MAX = 10000, KEPT_MAX = 4 };

struct training {
  training_options options;
  size_t d, threads;
  uint64_t done;                 /* steps */
  split share;
  float *model, *statistics;     /* d; the running ones of normalisation */
  const float *at;               /* the model that workers have: the same, or an older one */
  float *own_statistics;         /* of each worker, of this step */
  float *gradients;              /* n x d */
  float *first, *second;         /* moments of each worker, or the server's (adam) */
  float *sent, *sent_second;     /* n x d: what arrives at the server */
  float *aggregate, *aggregate_second, *direction;
  double *losses;                /* of each worker */
  unsigned char permuted[256];   /* labels of Byzantine workers */
  workspace **spaces;            /* of each thread */
  float **batches;
  unsigned char **labels;
  size_t **which, **orders;
  certigar_plan *plan;
  certigar_plan *reduced;        /* for the rows that are left when some are dropped; NULL: none was needed yet */
  size_t reduced_by;             /* so many rows less */
  unsigned char *is_dropped;     /* of each worker, in this step */
  struct {
    void *bytes;
    size_t size;
  } kept[KEPT_MAX];              /* what others want kept with this run's state */
  size_t kept_count;
  certigar_certificate certificate;
  size_t *selected;
  atomic_size_t next;
  size_t *correct;               /* of each test batch */
  double *test_losses;
};

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
                          run->own_statistics, run->gradients, run->first, run->second, run->sent, run->sent_second, run->aggregate, run->aggregate_second, run->direction, run->losses,
                          run->selected, run->correct, run->test_losses};
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

static int refuse(certigar_message *message, const char *what, double got, const char *range)
{
  snprintf(message->text, sizeof message->text, "%s = %g, must be %s", what, got, range);
  return 0;
}

/* Numbers that go into float may not become infinite there, nor a rate 0. */
static int is_float(double x)
{
  return x >= 0 && x <= (double)FLT_MAX;
}

/* What goes together. */
static int is_possible(const training_options *o, certigar_message *message)
{
  const char *wrong = NULL;
  int omniscient = o->omniscient < 0 ? o->attack && o->attack->omniscient : o->omniscient;
  size_t seen = omniscient ? o->n - o->q : o->q;
  if (o->rule == CERTIGAR_ZENO && o->optimizer == OPTIMIZER_MRA)
    wrong = "zeno scores a step along what a worker sends, and the second moments of mra are none";
  if (o->rule == CERTIGAR_MONNA && o->drop_negative) wrong = "monna has a row that it trusts, and drop-negative would leave rows out";
  if (o->attack && o->q > 0 && seen < o->attack->least_seen)
    wrong = omniscient ? "this attack needs two honest workers to see"
                       : "this attack goes by how far attackers' rows are apart: it needs two of them, or to be omniscient";
  if (o->attack && o->attack->searches && !omniscient) wrong = "an attack that searches must see the honest rows, so it must be omniscient";
  if (!wrong) return 1;
  snprintf(message->text, sizeof message->text, "%s", wrong);
  return 0;
}

static int in_range(const training_options *o, certigar_message *message)
{
  char range[64];
  snprintf(range, sizeof range, "1 to the %zu training samples", o->data->train.count);
  if (o->n < 1 || o->n > o->data->train.count) return refuse(message, "workers", (double)o->n, range);
  if (o->q >= o->n) return refuse(message, "byzantine", (double)o->q, "less than the number of workers");
  if (o->batch < 1 || o->batch > BATCH_MAX) return refuse(message, "batch", (double)o->batch, "1 to 10000");
  if (o->validation > BATCH_MAX) return refuse(message, "validation", (double)o->validation, "at most 10000");
  if (!is_float(o->rate) || !((float)o->rate > 0)) return refuse(message, "rate", o->rate, "greater than 0, and a float");
  if (o->alpha != 0 && !(o->alpha >= 1e-6 && o->alpha <= 1e6)) return refuse(message, "alpha", o->alpha, "0, or 1e-6 to 1e6");
  if (!(o->beta1 >= 0 && o->beta1 < 1)) return refuse(message, "beta1", o->beta1, "0 to less than 1");
  if (!(o->beta2 >= 0 && o->beta2 < 1)) return refuse(message, "beta2", o->beta2, "0 to less than 1");
  if (!is_float(o->eps)) return refuse(message, "eps", o->eps, "at least 0, and a float");
  if (!is_float(o->l2)) return refuse(message, "l2", o->l2, "at least 0, and a float");
  if (!(o->clip >= 0)) return refuse(message, "clip", o->clip, "at least 0");
  if (o->rule == CERTIGAR_ZENO && !(o->rho >= 0)) return refuse(message, "rho", o->rho, "at least 0");
  if (o->rule == CERTIGAR_ZENO && o->validation < 1) return refuse(message, "validation", 0, "at least 1");
  return is_possible(o, message);
}

/* The rate of the step that comes next. */
static float rate_now(const training *run)
{
  const training_options *o = &run->options;
  double divisor = o->rate_every ? 1 + floor((double)run->done / (double)o->rate_every) : 1;
  return (float)(o->rate / divisor);
}

/* The loss on the server's batch at the model, or after a step along a row that arrived. */
static double loss_after_step(void *context, size_t row)
{
  training *run = context;
  const training_options *o = &run->options;
  random_stream random = random_open(o->seed, RANDOM_VALIDATION, run->done, 0);
  for (size_t i = 0; i < o->validation; i++) run->which[0][i] = random_below(&random, o->data->train.count);
  dataset_batch(o->data, &o->data->train, run->which[0], o->validation, run->batches[0], run->labels[0]);
  memcpy(run->direction, run->model, run->d * sizeof *run->direction);
  if (row != SIZE_MAX) descend(run->direction, run->sent + row * run->d, run->d, rate_now(run));
  return network_judge(run->spaces[0], run->direction, run->statistics, run->batches[0], run->labels[0], o->validation).loss;
}

static int make_plan(training *run, certigar_message *message)
{
  training_options *o = &run->options;
  if (o->rule == CERTIGAR_ZENO) {
    char rho[CERTIGAR_NUMBER_MAX + 1];
    snprintf(rho, sizeof rho, "%a", o->rho);
    if (!certigar_options_set_loss((certigar_options *)(uintptr_t)o->rule_options, rho, loss_after_step, run))
      return refuse(message, "rho", o->rho, "a number");
  }
  return certigar_plan_new(&run->plan, o->rule, CERTIGAR_FLOAT32, o->n, o->rule_options, message) == CERTIGAR_OK;
}

/* What Byzantine workers take a label for. */
static void permute_labels(training *run)
{
  size_t classes = run->options.data->classes, order[256];
  random_stream random = random_open(run->options.seed, RANDOM_ATTACK, UINT64_MAX, 0);
  random_order(&random, order, classes);
  for (size_t c = 0; c < classes; c++)
    run->permuted[c] = (unsigned char)(run->options.labels == LABELS_REVERSED   ? classes - 1 - c
                                       : run->options.labels == LABELS_PERMUTED ? order[c]
                                                                                : c);
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
  if (in_range(options, message) && split_make(&run->share, &options->data->train, options->data->classes, options->n, options->alpha, options->seed, message) &&
      make_plan(run, message)) {
    if (take_memory(run)) {
      network_begin(options->net, options->seed, run->model, run->statistics);
      permute_labels(run);
      return run;
    }
    snprintf(message->text, sizeof message->text, "no memory for %zu workers and %zu parameters", options->n, run->d);
  }
  training_free(run);
  return NULL;
}

/* ---- work in parallel: items 0, 1, ... taken by threads as they come; each item writes to places of its own ---- */

typedef struct crew {
  training *run;
  size_t items;
  void (*work)(training *run, size_t thread, size_t item);
} crew;

typedef struct member {
  crew *of;
  size_t thread;
  pthread_t id;
} member;

static void *take_items(void *argument)
{
  member *m = argument;
  crew *c = m->of;
  for (size_t i; (i = atomic_fetch_add(&c->run->next, 1)) < c->items;) c->work(c->run, m->thread, i);
  return NULL;
}

/* A thread that cannot be started leaves its items to the others. */
static void in_parallel(training *run, size_t items, void (*work)(training *, size_t, size_t))
{
  crew c = {run, items, work};
  member members[THREADS_MAX];
  size_t count = run->threads < items ? run->threads : items, started = 1;
  atomic_store(&run->next, 0);
  members[0] = (member){.of = &c, .thread = 0};
  while (started < count) {
    members[started] = (member){.of = &c, .thread = started};
    if (pthread_create(&members[started].id, NULL, take_items, &members[started]) != 0) break;
    started++;
  }
  take_items(&members[0]);
  for (size_t i = 1; i < started; i++) pthread_join(members[i].id, NULL);
}

/* ---- the workers ---- */

/* The Euclidean norm; infinite or NaN if a number is. */
static double norm(const float *x, size_t d)
{
  double sum = 0;
  for (size_t i = 0; i < d; i++) sum += (double)x[i] * (double)x[i];
  return sqrt(sum);
}

static void learn(training *run, size_t thread, size_t w)
{
  const training_options *o = &run->options;
  size_t d = run->d, statistics = o->net->statistic_count;
  float *gradient = run->gradients + w * d, *own = run->own_statistics + w * statistics;
  unsigned char *labels = run->labels[thread];
  split_batch(&run->share, w, o->seed, run->done, o->batch, run->which[thread], run->orders[thread]);
  dataset_batch(o->data, &o->data->train, run->which[thread], o->batch, run->batches[thread], labels);
  if (w >= o->n - o->q)
    for (size_t i = 0; i < o->batch; i++) labels[i] = run->permuted[labels[i]];
  memcpy(own, run->statistics, statistics * sizeof *own);
  random_stream random = random_open(o->seed, RANDOM_DROPOUT, w, run->done);
  run->losses[w] = network_learn(run->spaces[thread], run->at, own, run->batches[thread], labels, o->batch, random, gradient).loss;
  if (o->l2 > 0) add_scaled(gradient, run->at, d, (float)o->l2);
  double length = o->clip > 0 ? norm(gradient, d) : 0;
  if (length > o->clip) {
    memcpy(run->sent + w * d, gradient, d * sizeof *gradient);
    scaled(gradient, run->sent + w * d, d, (float)(o->clip / length));
  }
}

/* The factors that undo the bias of moments that began with 0, t = 1, 2, ... */
static float unbias(double beta, uint64_t t)
{
  return (float)(1 / (1 - pow(beta, (double)t)));
}

/* What a worker sends of its gradient. */
static void send(training *run, size_t thread, size_t w)
{
  const training_options *o = &run->options;
  size_t d = run->d;
  float *m = run->first + w * d, *v = run->second + w * d, *sent = run->sent + w * d;
  const float *g = run->gradients + w * d;
  float b1 = (float)o->beta1, b2 = (float)o->beta2, rest1 = (float)(1 - o->beta1), rest2 = (float)(1 - o->beta2);
  float first = unbias(o->beta1, run->done + 1), second = unbias(o->beta2, run->done + 1);
  (void)thread;
  if (o->optimizer == OPTIMIZER_SGD || o->optimizer == OPTIMIZER_ADAM) {
    memcpy(sent, g, d * sizeof *sent);
    return;
  }
  average_in(m, g, d, b1, rest1);
  if (o->optimizer == OPTIMIZER_RESAM) {
    memcpy(sent, m, d * sizeof *sent);
    return;
  }
  average_in_squares(v, g, d, b2, rest2);
  if (o->optimizer == OPTIMIZER_MRA) {
    scaled(sent, m, d, first);
    scaled(run->sent_second + w * d, v, d, second);
  } else if (o->dra == FLOOR_OUTSIDE) {
    adam_direction(sent, m, v, d, first, second, (float)o->eps, FLOOR_OUTSIDE);
  } else {
    adam_direction(sent, m, v, d, 1, 1, (float)o->eps, FLOOR_INSIDE);
  }
}

/* ---- the attackers ---- */

typedef struct searched {
  training *run;
  const double *honest; /* the mean of the honest rows */
} searched;

static certigar_matrix matrix_of(const training *run, const void *rows)
{
  return (certigar_matrix){.data = rows, .n = run->options.n, .d = run->d, .row_stride = (ptrdiff_t)(run->d * sizeof(float)),
                           .column_stride = sizeof(float)};
}

/* How far the rule's output is from the honest mean: the squared distance; nothing that is not finite is further. */
static double moved(void *context, const void *rows)
{
  const searched *s = context;
  training *run = s->run;
  size_t d = run->d;
  certigar_matrix input = matrix_of(run, rows);
  certigar_status status = certigar_plan_run(run->plan, &input, run->direction, NULL, NULL);
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) return 0;
  double sum = 0;
  for (size_t i = 0; i < d; i++) sum += ((double)run->direction[i] - s->honest[i]) * ((double)run->direction[i] - s->honest[i]);
  return isfinite(sum) ? sum : HUGE_VAL;
}

static double *honest_mean(const float *rows, size_t honest, size_t d)
{
  double *mean = calloc(d, sizeof *mean);
  for (size_t w = 0; mean && w < honest; w++)
    for (size_t i = 0; i < d; i++) mean[i] += (double)rows[w * d + i] / (double)honest;
  return mean;
}

/* Which: 0 for the first moments and all else, 1 for second moments. */
static int attack_rows(training *run, float *rows, uint64_t which)
{
  const training_options *o = &run->options;
  if (!o->attack || !o->attack->send || o->q == 0) return 1;
  searched search = {run, o->attack->searches ? honest_mean(rows, o->n - o->q, run->d) : NULL};
  if (o->attack->searches && !search.honest) return 0;
  attack_case a = {.rows = rows, .n = o->n, .d = run->d, .q = o->q, .f = o->f,
                   .omniscient = o->omniscient < 0 ? o->attack->omniscient : o->omniscient,
                   .strength = isnan(o->strength) ? o->attack->strength : o->strength, .target = o->target,
                   .random = random_open(o->seed, RANDOM_ATTACK, run->done, which), .objective = moved, .context = &search};
  o->attack->send(&a);
  free((double *)(uintptr_t)search.honest);
  return 1;
}

/* ---- the server ---- */

static int has_value(certigar_status status)
{
  return status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE;
}

/* Marks the rows with a negative second moment, which no honest worker has; returns how many. */
static size_t mark_negative(training *run)
{
  size_t dropped = 0, d = run->d;
  for (size_t w = 0; w < run->options.n; w++) {
    const float *v = run->sent_second + w * d;
    size_t i = 0;
    while (i < d && !(v[i] < 0)) i++;
    run->is_dropped[w] = i < d;
    dropped += i < d;
  }
  return dropped;
}

/* The rule for so many rows less, all of them Byzantine: f falls with n. */
static certigar_status reduce(training *run, size_t by, certigar_message *message)
{
  const training_options *o = &run->options;
  certigar_options *rule = (certigar_options *)(uintptr_t)o->rule_options;
  if (run->reduced && run->reduced_by == by) return CERTIGAR_OK;
  certigar_plan_free(run->reduced);
  run->reduced = NULL;
  run->reduced_by = by;
  certigar_options_set_f(rule, o->f > by ? o->f - by : 0);
  certigar_status made = certigar_plan_new(&run->reduced, o->rule, CERTIGAR_FLOAT32, o->n - by, rule, message);
  certigar_options_set_f(rule, o->f);
  return made;
}

/* The same of the rows that were not dropped; gradients have done their work, and their place takes the rows. */
static certigar_status aggregate_rest(training *run, const float *rows, float *out, size_t dropped, certigar_message *message)
{
  size_t d = run->d, kept = 0;
  if (dropped == run->options.n) return CERTIGAR_NO_VALUE;
  certigar_status made = reduce(run, dropped, message);
  if (made != CERTIGAR_OK) return made;
  for (size_t w = 0; w < run->options.n; w++)
    if (!run->is_dropped[w]) memcpy(run->gradients + kept++ * d, rows + w * d, d * sizeof *rows);
  certigar_matrix input = matrix_of(run, run->gradients);
  input.n = kept;
  return certigar_plan_run(run->reduced, &input, out, &run->certificate, message);
}

static certigar_status aggregate(training *run, const float *rows, float *out, size_t dropped, certigar_message *message)
{
  if (dropped > 0) return aggregate_rest(run, rows, out, dropped, message);
  certigar_matrix input = matrix_of(run, rows);
  return certigar_plan_run(run->plan, &input, out, &run->certificate, message);
}

/* The worker whose row is the k-th of those that were not dropped. */
static size_t worker_of(const training *run, size_t k)
{
  size_t w = 0;
  for (;; w++)
    if (!run->is_dropped[w] && k-- == 0) return w;
}

static void keep_selected(training *run, training_report *report)
{
  report->selected_count = has_value(report->status) ? run->certificate.selected_count : 0;
  report->selected = run->selected;
  for (size_t i = 0; i < report->selected_count; i++)
    run->selected[i] = report->dropped ? worker_of(run, run->certificate.selected[i]) : run->certificate.selected[i];
}

static void move(training *run)
{
  const training_options *o = &run->options;
  size_t d = run->d;
  const float *along = run->aggregate;
  if (o->optimizer == OPTIMIZER_ADAM) {
    average_in(run->first, run->aggregate, d, (float)o->beta1, (float)(1 - o->beta1));
    average_in_squares(run->second, run->aggregate, d, (float)o->beta2, (float)(1 - o->beta2));
    adam_direction(run->direction, run->first, run->second, d, unbias(o->beta1, run->done + 1), unbias(o->beta2, run->done + 1), (float)o->eps,
                   FLOOR_OUTSIDE);
    along = run->direction;
  } else if (o->optimizer == OPTIMIZER_MRA) {
    adam_direction(run->direction, run->aggregate, run->aggregate_second, d, 1, 1, (float)o->eps, FLOOR_INSIDE);
    along = run->direction;
  }
  descend(run->model, along, d, rate_now(run));
}

/* The running statistics become the mean of the honest workers'. */
static void settle_statistics(training *run)
{
  size_t honest = run->options.n - run->options.q, count = run->options.net->statistic_count;
  for (size_t s = 0; s < count; s++) {
    double sum = 0;
    for (size_t w = 0; w < honest; w++) sum += (double)run->own_statistics[w * count + s];
    run->statistics[s] = (float)(sum / (double)honest);
  }
}

int training_is_finite(const training *run)
{
  int good = 1;
  for (size_t i = 0; i < run->d; i++) good &= isfinite(run->model[i]) != 0;
  return good;
}

int training_step(training *run, training_report *report, certigar_message *message)
{
  const training_options *o = &run->options;
  *report = (training_report){.step = run->done + 1};
  run->at = run->model;
  in_parallel(run, o->n, learn);
  in_parallel(run, o->n, send);
  int good = attack_rows(run, run->sent, 0) && (o->optimizer != OPTIMIZER_MRA || attack_rows(run, run->sent_second, 1));
  if (!good) {
    snprintf(message->text, sizeof message->text, "no memory for the attack");
    return 0;
  }
  if (o->optimizer == OPTIMIZER_MRA && o->drop_negative) report->dropped = mark_negative(run);
  report->status = aggregate(run, run->sent, run->aggregate, report->dropped, message);
  keep_selected(run, report);
  if (has_value(report->status) && o->optimizer == OPTIMIZER_MRA) {
    certigar_status second = aggregate(run, run->sent_second, run->aggregate_second, report->dropped, message);
    if (second != CERTIGAR_OK) report->status = second;
  }
  if (!has_value(report->status) && report->status != CERTIGAR_NO_VALUE) return 0;
  if (has_value(report->status)) move(run);
  settle_statistics(run);
  for (size_t w = 0; w < o->n - o->q; w++) report->loss += run->losses[w] / (double)(o->n - o->q);
  report->finite = training_is_finite(run);
  run->done++;
  return 1;
}

const float *training_answer(training *run, size_t worker, const float *model, double *loss)
{
  const training_options *o = &run->options;
  float *row = run->gradients + worker * run->d;
  run->at = model;
  learn(run, 0, worker);
  *loss = run->losses[worker];
  if (worker < o->n - o->q || !o->attack || !o->attack->send) return row;
  attack_case a = {.rows = row, .n = 1, .d = run->d, .q = 1, .strength = isnan(o->strength) ? o->attack->strength : o->strength,
                   .random = random_open(o->seed, RANDOM_ATTACK, run->done, worker)};
  o->attack->send(&a);
  return row;
}

void training_server_gradient(training *run, float *gradient)
{
  const training_options *o = &run->options;
  random_stream random = random_open(o->seed, RANDOM_VALIDATION, run->done, 1);
  for (size_t i = 0; i < o->validation; i++) run->which[0][i] = random_below(&random, o->data->train.count);
  dataset_batch(o->data, &o->data->train, run->which[0], o->validation, run->batches[0], run->labels[0]);
  memcpy(run->own_statistics, run->statistics, o->net->statistic_count * sizeof *run->statistics);
  network_learn(run->spaces[0], run->model, run->own_statistics, run->batches[0], run->labels[0], o->validation, random, gradient);
  memcpy(run->statistics, run->own_statistics, o->net->statistic_count * sizeof *run->statistics);
}

void training_accept(training *run, const float *row)
{
  const training_options *o = &run->options;
  if (row) descend(run->model, row, run->d, (float)o->rate);
  run->done++;
}

static void judge_batch(training *run, size_t thread, size_t item)
{
  const training_options *o = &run->options;
  size_t first = item * TEST_BATCH, count = o->data->test.count - first;
  if (count > TEST_BATCH) count = TEST_BATCH;
  for (size_t i = 0; i < count; i++) run->which[thread][i] = first + i;
  dataset_batch(o->data, &o->data->test, run->which[thread], count, run->batches[thread], run->labels[thread]);
  outcome found = network_judge(run->spaces[thread], run->model, run->statistics, run->batches[thread], run->labels[thread], count);
  run->correct[item] = found.correct;
  run->test_losses[item] = found.loss * (double)count;
}

double training_accuracy(training *run, double *loss)
{
  size_t count = run->options.data->test.count, items = (count + TEST_BATCH - 1) / TEST_BATCH, correct = 0;
  double sum = 0;
  in_parallel(run, items, judge_batch);
  for (size_t i = 0; i < items; i++) {
    correct += run->correct[i];
    sum += run->test_losses[i];
  }
  if (loss) *loss = sum / (double)count;
  return (double)correct / (double)count;
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
