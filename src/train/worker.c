/* What one worker does: its gradient on a batch of its own, and what the optimiser sends of it. */
#include "run.h"

#include <math.h>
#include <string.h>

/* The Euclidean norm; infinite or NaN if a number is. */
static double norm(const float *x, size_t d)
{
  double sum = 0;
  for (size_t i = 0; i < d; i++) sum += (double)x[i] * (double)x[i];
  return sqrt(sum);
}

void worker_learn(training *run, size_t thread, size_t w)
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

float worker_unbias(double beta, uint64_t t)
{
  return (float)(1 / (1 - pow(beta, (double)t)));
}

void worker_send(training *run, size_t thread, size_t w)
{
  const training_options *o = &run->options;
  size_t d = run->d;
  float *m = run->first + w * d, *v = run->second + w * d, *sent = run->sent + w * d;
  const float *g = run->gradients + w * d;
  float b1 = (float)o->beta1, b2 = (float)o->beta2, rest1 = (float)(1 - o->beta1), rest2 = (float)(1 - o->beta2);
  float first = worker_unbias(o->beta1, run->done + 1), second = worker_unbias(o->beta2, run->done + 1);
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

const float *training_answer(training *run, size_t worker, const float *model, double *loss)
{
  const training_options *o = &run->options;
  float *row = run->gradients + worker * run->d;
  run->at = model;
  worker_learn(run, 0, worker);
  *loss = run->losses[worker];
  if (worker < o->n - o->q || !o->attack || !o->attack->send) return row;
  attack_case a = {.rows = row, .n = 1, .d = run->d, .q = 1, .strength = isnan(o->strength) ? o->attack->strength : o->strength,
                   .random = random_open(o->seed, RANDOM_ATTACK, run->done, worker)};
  o->attack->send(&a);
  return row;
}
