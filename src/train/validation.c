/* What the server learns from batches of its own, drawn anew from all training samples: zeno's losses, zeno++'s gradient. */
#include "run.h"

#include <string.h>

/* A batch in the memory of the first thread. Returns the stream it was drawn from. which: 0 for losses, 1 for gradients. */
static random_stream draw_batch(training *run, uint64_t which)
{
  const training_options *o = &run->options;
  random_stream random = random_open(o->seed, RANDOM_VALIDATION, run->done, which);
  for (size_t i = 0; i < o->validation; i++) run->which[0][i] = random_below(&random, o->data->train.count);
  dataset_batch(o->data, &o->data->train, run->which[0], o->validation, run->batches[0], run->labels[0]);
  return random;
}

double validation_loss_after_step(void *context, size_t row)
{
  training *run = context;
  draw_batch(run, 0);
  memcpy(run->direction, run->model, run->d * sizeof *run->direction);
  if (row != SIZE_MAX) descend(run->direction, run->sent + row * run->d, run->d, rate_of_next_step(run));
  return network_judge(run->spaces[0], run->direction, run->statistics, run->batches[0], run->labels[0], run->options.validation).loss;
}

void training_server_gradient(training *run, float *gradient)
{
  size_t count = run->options.net->statistic_count;
  random_stream random = draw_batch(run, 1);
  memcpy(run->own_statistics, run->statistics, count * sizeof *run->statistics);
  network_learn(run->spaces[0], run->model, run->own_statistics, run->batches[0], run->labels[0], run->options.validation, random, gradient);
  memcpy(run->statistics, run->own_statistics, count * sizeof *run->statistics);
}
