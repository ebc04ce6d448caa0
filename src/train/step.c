/* A step: workers send, attackers rewrite, the rule aggregates, the model moves. */
#include "run.h"

#include <math.h>
#include <stdio.h>

float rate_of_next_step(const training *run)
{
  const training_options *o = &run->options;
  double divisor = o->rate_every ? 1 + floor((double)run->done / (double)o->rate_every) : 1;
  return (float)(o->rate / divisor);
}

static void move(training *run)
{
  const training_options *o = &run->options;
  size_t d = run->d;
  const float *along = run->aggregate;
  if (o->optimizer == OPTIMIZER_ADAM) {
    float first = worker_unbias(o->beta1, run->done + 1), second = worker_unbias(o->beta2, run->done + 1);
    average_in(run->first, run->aggregate, d, (float)o->beta1, (float)(1 - o->beta1));
    average_in_squares(run->second, run->aggregate, d, (float)o->beta2, (float)(1 - o->beta2));
    adam_direction(run->direction, run->first, run->second, d, first, second, (float)o->eps, FLOOR_OUTSIDE);
    along = run->direction;
  } else if (o->optimizer == OPTIMIZER_MRA) {
    adam_direction(run->direction, run->aggregate, run->aggregate_second, d, 1, 1, (float)o->eps, FLOOR_INSIDE);
    along = run->direction;
  }
  descend(run->model, along, d, rate_of_next_step(run));
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

int training_step(training *run, training_report *report, certigar_message *message)
{
  const training_options *o = &run->options;
  int is_mra = o->optimizer == OPTIMIZER_MRA;
  *report = (training_report){.step = run->done + 1};
  run->at = run->model;
  crew_work(run, o->n, worker_learn);
  crew_work(run, o->n, worker_send);
  if (!byzantine_send(run, run->sent, 0) || (is_mra && !byzantine_send(run, run->sent_second, 1))) {
    snprintf(message->text, sizeof message->text, "no memory for the attack");
    return 0;
  }
  if (is_mra && o->drop_negative) report->dropped = aggregation_drop_negative(run);
  report->status = aggregate_rows(run, run->sent, run->aggregate, report->dropped, message);
  aggregation_report_selected(run, report);
  if (aggregation_has_value(report->status) && is_mra) {
    certigar_status second = aggregate_rows(run, run->sent_second, run->aggregate_second, report->dropped, message);
    if (second != CERTIGAR_OK) report->status = second;
  }
  if (!aggregation_has_value(report->status) && report->status != CERTIGAR_NO_VALUE) return 0;
  if (aggregation_has_value(report->status)) move(run);
  settle_statistics(run);
  for (size_t w = 0; w < o->n - o->q; w++) report->loss += run->losses[w] / (double)(o->n - o->q);
  report->finite = training_is_finite(run);
  run->done++;
  return 1;
}

void training_accept(training *run, const float *row)
{
  if (row) descend(run->model, row, run->d, (float)run->options.rate);
  run->done++;
}
