/* The model on the test samples, batch by batch. */
#include "run.h"

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
  crew_work(run, items, judge_batch);
  for (size_t i = 0; i < items; i++) {
    correct += run->correct[i];
    sum += run->test_losses[i];
  }
  if (loss) *loss = sum / (double)count;
  return (double)correct / (double)count;
}
