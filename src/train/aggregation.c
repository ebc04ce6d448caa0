/* The rule at the server; with rows left out, the rule for those that remain. */
#include "run.h"

#include <stdio.h>
#include <string.h>

int aggregation_has_value(certigar_status status)
{
  return status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE;
}

size_t aggregation_drop_negative(training *run)
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

/* Whether the rule takes what is left when any number of Byzantine rows are dropped: better known before the first step than after some. */
static int takes_fewer(training *run, certigar_message *message)
{
  certigar_message why;
  for (size_t by = 1; by <= run->options.q; by++) {
    if (reduce(run, by, &why) == CERTIGAR_OK) continue;
    snprintf(message->text, sizeof message->text, "drop-negative may leave %zu rows: %.200s", run->options.n - by, why.text);
    return 0;
  }
  return 1;
}

int aggregation_open(training *run, certigar_message *message)
{
  training_options *o = &run->options;
  if (o->rule == CERTIGAR_ZENO) {
    char rho[CERTIGAR_NUMBER_MAX + 1];
    snprintf(rho, sizeof rho, "%a", o->rho);
    if (!certigar_options_set_loss((certigar_options *)(uintptr_t)o->rule_options, rho, validation_loss_after_step, run))
      return options_refuse(message, "rho", o->rho, "a number");
  }
  if (certigar_plan_new(&run->plan, o->rule, CERTIGAR_FLOAT32, o->n, o->rule_options, message) != CERTIGAR_OK) return 0;
  return !o->drop_negative || !o->attack || takes_fewer(run, message);
}

static certigar_status run_plan(training *run, certigar_plan *plan, const float *rows, size_t n, float *out, certigar_message *message)
{
  certigar_matrix input = {.data = rows, .n = n, .d = run->d, .row_stride = (ptrdiff_t)(run->d * sizeof *rows), .column_stride = sizeof *rows};
  return certigar_plan_run(plan, &input, out, &run->certificate, message);
}

/* Gradients have done their work, and their place takes the rows that are left. */
static certigar_status aggregate_rest(training *run, const float *rows, float *out, size_t dropped, certigar_message *message)
{
  size_t d = run->d, kept = 0;
  if (dropped == run->options.n) return CERTIGAR_NO_VALUE;
  certigar_status made = reduce(run, dropped, message);
  if (made != CERTIGAR_OK) return made;
  for (size_t w = 0; w < run->options.n; w++)
    if (!run->is_dropped[w]) memcpy(run->gradients + kept++ * d, rows + w * d, d * sizeof *rows);
  return run_plan(run, run->reduced, run->gradients, kept, out, message);
}

certigar_status aggregate_rows(training *run, const float *rows, float *out, size_t dropped, certigar_message *message)
{
  if (dropped > 0) return aggregate_rest(run, rows, out, dropped, message);
  return run_plan(run, run->plan, rows, run->options.n, out, message);
}

/* The worker whose row is the k-th of those that were not dropped. */
static size_t worker_of(const training *run, size_t k)
{
  size_t w = 0;
  for (;; w++)
    if (!run->is_dropped[w] && k-- == 0) return w;
}

void aggregation_report_selected(training *run, training_report *report)
{
  report->selected_count = aggregation_has_value(report->status) ? run->certificate.selected_count : 0;
  report->selected = run->selected;
  for (size_t i = 0; i < report->selected_count; i++)
    run->selected[i] = report->dropped ? worker_of(run, run->certificate.selected[i]) : run->certificate.selected[i];
}
