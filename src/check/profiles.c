/* See profiles.h. */
#include "profiles.h"

#include "plan.h"
#include "profile_bound.h"

#include <stdlib.h>
#include <string.h>

certigar_status certigar_profile_plan(certigar_plan **plan, certigar_profile profile, certigar_rule rule, certigar_dtype dtype, size_t n,
                                      const certigar_options *options)
{
  certigar_options other = *options;
  other.profile = profile;
  if (profile != CERTIGAR_PAPER) other.median = CERTIGAR_MIDPOINT; /* each has its own kind */
  return certigar_plan_new(plan, rule, dtype, n, &other, NULL);
}

/* ---- comparison ---- */

static certigar_match compare_tile(certigar_profile_bound *bound, size_t first, size_t count, const void *candidate, const void *output)
{
  const certigar_format *format = bound->format;
  certigar_match match = CERTIGAR_MATCH_EXACT;
  for (size_t l = 0; l < count; l++) {
    uint64_t y = certigar_word_at(format, candidate, first + l), out = certigar_word_at(format, output, first + l);
    if (certigar_word_is_same(format, y, out)) continue;
    if (match == CERTIGAR_MATCH_EXACT) certigar_profile_bound_load(bound, first, count);
    if (!certigar_profile_bound_judge(bound, l, out, y)) return CERTIGAR_MATCH_DIFFERENT;
    match = CERTIGAR_MATCH_ROUNDING;
  }
  return match;
}

/* bound: of the plan's rule. */
static certigar_match compare_tiles(certigar_profile_bound *bound, const void *candidate, const void *output, certigar_watch *watch)
{
  size_t d = bound->matrix->d;
  int counts = watch->done < watch->plan->total;
  certigar_match match = CERTIGAR_MATCH_EXACT;
  for (size_t c = 0; c < d && match != CERTIGAR_MATCH_DIFFERENT && !certigar_watch_column(watch, c, counts); c += CERTIGAR_DRIFT_LANES) {
    certigar_match some = compare_tile(bound, c, d - c < CERTIGAR_DRIFT_LANES ? d - c : CERTIGAR_DRIFT_LANES, candidate, output);
    if (some > match) match = some;
  }
  return watch->stopped ? CERTIGAR_MATCH_DIFFERENT : match;
}

int certigar_profile_compare(certigar_plan *plan, const certigar_matrix *input, const certigar_matrix *matrix, const void *candidate,
                             const void *output, certigar_watch *watch, certigar_match *match)
{
  certigar_profile_bound bound;
  certigar_drift drift = {.plan = NULL};
  certigar_plan *last = plan;
  while (last->next) last = last->next;
  int good = last == plan || certigar_drift_init(&drift, plan, input);
  drift.watch = watch;
  if (last != plan) good = good && certigar_drift_prepare(&drift);
  good = certigar_profile_bound_init(&bound, last, matrix, last == plan ? NULL : &drift) && good;
  if (good) *match = compare_tiles(&bound, candidate, output, watch);
  certigar_profile_bound_clear(&bound);
  certigar_drift_clear(&drift);
  return good;
}

/* ---- one definition ---- */

void certigar_count_differences(certigar_dtype dtype, size_t d, const void *candidate, const void *output, certigar_comparison *comparison)
{
  const certigar_format *format = certigar_format_of(dtype);
  for (size_t c = 0; c < d; c++) {
    uint64_t y = certigar_word_at(format, candidate, c), out = certigar_word_at(format, output, c), ulps = certigar_ulps(format, out, y);
    if (certigar_word_is_same(format, y, out)) continue;
    if (comparison->different++ > 0 && ulps <= comparison->worst_ulps) continue;
    comparison->worst_ulps = ulps;
    comparison->worst = c;
  }
}

static certigar_status compare_paper(certigar_plan *plan, const certigar_matrix *input, const void *candidate, void *output, certigar_match *match,
                                     certigar_message *message)
{
  certigar_finding finding;
  certigar_status status = certigar_check_own(plan, input, candidate, output, &finding, message);
  switch (finding.verdict) {
    case CERTIGAR_VERDICT_EXACT: *match = CERTIGAR_MATCH_EXACT; break;
    case CERTIGAR_VERDICT_TIE: *match = CERTIGAR_MATCH_TIE; break;
    case CERTIGAR_VERDICT_ROUNDING: *match = CERTIGAR_MATCH_ROUNDING; break;
    default: *match = CERTIGAR_MATCH_DIFFERENT; break;
  }
  return status;
}

static certigar_status compare_profile(certigar_plan *plan, const certigar_matrix *input, const void *candidate, void *output, certigar_match *match,
                                       certigar_message *message)
{
  certigar_rule_input kept;
  plan->after = input->d;
  certigar_status status = certigar_plan_run_keeping(plan, input, output, NULL, message, &kept);
  if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE) {
    certigar_watch watch = {.plan = plan, .done = plan->total - plan->after};
    if (!certigar_profile_compare(plan, input, &kept.matrix, candidate, output, &watch, match)) {
      status = certigar_refuse(message, CERTIGAR_NO_MEMORY, "no memory to compare with n = %zu rows", plan->n);
    } else if (watch.stopped) {
      status = certigar_refuse(message, CERTIGAR_STOPPED, "stopped after %zu of %zu coordinates", watch.done, plan->total);
    } else {
      certigar_watch_step(&watch, plan->total - watch.done);
    }
  }
  plan->after = 0;
  free(kept.rows);
  return status;
}

certigar_status certigar_compare_run(certigar_plan *plan, const certigar_matrix *input, const void *candidate, certigar_comparison *comparison,
                                     certigar_message *message)
{
  size_t size = plan->kernels->value_size;
  memset(comparison, 0, sizeof *comparison);
  comparison->match = CERTIGAR_MATCH_DIFFERENT;
  if (message) message->text[0] = 0;
  void *output = input->d > SIZE_MAX / size ? NULL : malloc(input->d * size);
  if (!output && input->d > 0) return certigar_refuse(message, CERTIGAR_NO_MEMORY, "no memory for d = %zu coordinates", input->d);
  certigar_status (*compare)(certigar_plan *, const certigar_matrix *, const void *, void *, certigar_match *, certigar_message *) =
      plan->options.profile == CERTIGAR_PAPER ? compare_paper : compare_profile;
  certigar_status status = compare(plan, input, candidate, output, &comparison->match, message);
  if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE) certigar_count_differences(plan->dtype, input->d, candidate, output, comparison);
  free(output);
  return status;
}
