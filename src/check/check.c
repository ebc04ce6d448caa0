/* Judges a candidate (spec/verdicts.md): the rule's own run first, then what else could explain it, in the order of the verdicts. */
#include "apparent.h"
#include "breach.h"
#include "choices.h"
#include "drift.h"
#include "guarantee.h"
#include "pass.h"
#include "profiles.h"
#include "reals.h"
#include "select/selection.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many selections are tried; each is out with the first coordinates that it does not explain. */
enum { CHOICES_CAP = 4096 };

typedef struct examination {
  certigar_plan *plan, *last; /* the plan, and that of its rule */
  const certigar_matrix *input;
  certigar_rule_input kept;   /* what the rule had */
  const void *candidate;
  void *output;
  certigar_finding *finding;
  certigar_pass pass;
  certigar_rounds rounds;
  certigar_recipe recipe;     /* of the rule's own output */
  certigar_drift drift;
  certigar_watch watch;       /* nothing is known of what comes after a stop */
  certigar_likeness own;      /* the candidate to that */
  certigar_bound gap;         /* where values are near the median: of the best selection so far */
  certigar_likeness tied;     /* to the best other choice of an exact tie */
  size_t *selected, *honest;  /* of the plan */
  uint64_t profile_ulps;      /* by which the candidate differs from the definition named */
  int only_own;               /* nothing but the rule's own definition is looked at */
  int apparent;               /* whether there is an apparent selection, of as many rows as the rule's: -1 if that was not looked at yet */
} examination;

static void say(examination *e, certigar_verdict verdict, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void say(examination *e, certigar_verdict verdict, const char *format, ...)
{
  va_list arguments;
  e->finding->verdict = verdict;
  va_start(arguments, format);
  vsnprintf(e->finding->reason, sizeof e->finding->reason, format, arguments);
  va_end(arguments);
}

static const char *format_name(const examination *e)
{
  return e->plan->dtype == CERTIGAR_FLOAT32 ? "float32" : "float64";
}

static void select_rows(examination *e, const size_t *rows, size_t count)
{
  if (e->selected != rows) memcpy(e->selected, rows, count * sizeof *rows);
  e->finding->selected = e->selected;
  e->finding->selected_count = count;
  e->finding->selection_known = 1;
}

/* Whether the rule's output is the mean of some rows, which an apparent selection can be looked for. */
static int takes_means(const examination *e)
{
  return e->last->selection && (e->recipe.making == CERTIGAR_COPY || e->recipe.making == CERTIGAR_MEAN);
}

/* Of a plan that was run on the input. Returns 0 if there is no memory. */
static int init_drift(examination *e, certigar_drift *drift, certigar_recipe *recipe, const certigar_plan *plan)
{
  if (!certigar_drifts(plan, recipe)) return 1;
  recipe->drift = drift;
  if (!certigar_drift_init(drift, plan, e->input)) return 0;
  drift->watch = &e->watch;
  return certigar_drift_prepare(drift);
}

/* ---- the rule's own ---- */

static int is_same(const examination *e)
{
  size_t c = 0;
  while (c < e->input->d && certigar_word_is_same(e->pass.format, certigar_word_at(e->pass.format, e->candidate, c),
                                                  certigar_word_at(e->pass.format, e->output, c)))
    c++;
  return c == e->input->d;
}

static int compare_reals(examination *e)
{
  static const certigar_likeness likeness[] = {CERTIGAR_LIKE_SAME, CERTIGAR_LIKE_ROUNDED, CERTIGAR_LIKE_NONE};
  int result = certigar_judge_reals(e->last, &e->kept.matrix, e->candidate, e->output, e->finding);
  if (result < 0) return 0;
  e->own = likeness[result];
  return 1;
}

static int compare_own(examination *e)
{
  e->recipe = certigar_recipe_of(e->last, &e->kept.matrix, &e->rounds);
  if (!is_same(e) && !init_drift(e, &e->drift, &e->recipe, e->plan)) return 0;
  if (e->recipe.making == CERTIGAR_REAL) {
    if (!compare_reals(e)) return 0;
  } else {
    e->own = certigar_pass_own(&e->pass, &e->recipe, e->output, e->finding);
    e->gap = e->pass.column.gap;
  }
  const certigar_selection *s = e->last->selection;
  if (s && e->own < CERTIGAR_LIKE_NONE) select_rows(e, s->rows, s->row_count);
  return 1;
}

/* ---- other selections ---- */

/* Returns 0 if there is no memory. */
static int look_for_apparent(examination *e)
{
  if (e->apparent >= 0) return 1;
  e->apparent = 0;
  if (!takes_means(e) || e->finding->selection_known) return 1;
  int found = certigar_apparent_selection(e->last->dtype, &e->kept.matrix, e->candidate, e->recipe.row_count, e->selected);
  if (found < 0) return 0;
  e->apparent = found > 0;
  if (e->apparent) select_rows(e, e->selected, e->recipe.row_count);
  return 1;
}

static certigar_likeness compare_choice(examination *e, const certigar_choices *choices, const size_t *rows, size_t count, certigar_likeness limit)
{
  const size_t *round_rows, *round_counts;
  size_t round_count, probe = e->finding->worst[0].coordinate;
  certigar_rounds rounds;
  certigar_recipe recipe;
  if (certigar_choices_rounds(choices, &round_rows, &round_counts, &round_count)) {
    recipe = certigar_recipe_with_rounds(&e->recipe, &rounds, round_rows, round_counts, round_count);
  } else {
    recipe = certigar_recipe_with(&e->recipe, rows, count);
  }
  e->pass.column.gap = (certigar_bound){.significand = 0};
  return certigar_pass_other(&e->pass, &recipe, limit, probe);
}

/* The choices one after the other, until one is as good as wanted; those that are not better than the best so far are not looked at to their end. The
 * rule's own, which comes first, is known. Returns how many there were. */
static size_t try_choices(examination *e, certigar_choices *choices, certigar_likeness wanted, certigar_likeness *best)
{
  const size_t *rows;
  size_t count, tried = 0;
  while (*best > wanted && !certigar_watch_step(&e->watch, 0) && certigar_choices_next(choices, &rows, &count)) {
    if (++tried == 1) continue;
    certigar_likeness one = compare_choice(e, choices, rows, count, *best - 1);
    if (one >= *best || e->watch.stopped) continue;
    *best = one;
    e->gap = e->pass.column.gap;
    select_rows(e, rows, count);
  }
  return tried;
}

static int is_own(const examination *e)
{
  return e->finding->selected_count == e->recipe.row_count &&
         memcmp(e->selected, e->recipe.rows, e->recipe.row_count * sizeof *e->selected) == 0;
}

/* Whether the apparent selection is one of the choices. Returns 0 if there is no memory. */
static int try_apparent(examination *e, certigar_choices *choices, certigar_likeness *best)
{
  certigar_bound gap, resolution;
  if (!look_for_apparent(e)) return 0;
  if (e->apparent > 0 && !is_own(e) && certigar_choices_admits(choices, e->selected, e->finding->selected_count, &gap, &resolution) > 0)
    *best = CERTIGAR_LIKE_ROUNDED;
  return 1;
}

/* Whether there may be other choices than the rule's own. */
static int has_choices(const examination *e)
{
  return e->last->selection && e->recipe.making != CERTIGAR_REAL;
}

static int compare_ties(examination *e)
{
  e->tied = CERTIGAR_LIKE_NONE;
  if (!has_choices(e) || (e->last->selection->ties == 0 && e->last->rule != CERTIGAR_SMEA)) return 1;
  certigar_choices *choices = certigar_choices_new(e->last, &e->kept.matrix, CERTIGAR_TIED, CHOICES_CAP);
  if (!choices) return 0;
  certigar_likeness best = e->own < CERTIGAR_LIKE_NONE ? e->own : CERTIGAR_LIKE_NONE;
  e->finding->admissible = try_choices(e, choices, CERTIGAR_LIKE_TIE, &best);
  e->finding->admissible_cap = CHOICES_CAP;
  int good = best <= CERTIGAR_LIKE_ROUNDED || !certigar_choices_capped(choices) || try_apparent(e, choices, &best);
  if (best < e->own) e->tied = best;
  if (e->finding->admissible < 2 && !certigar_choices_capped(choices)) e->finding->admissible = e->finding->admissible_cap = 0;
  certigar_choices_free(choices);
  return good;
}

/* ---- breaches ---- */

/* Flags of the finite rows of the input. */
static unsigned char *finite_rows(const examination *e)
{
  const certigar_certificate *expected = &e->finding->expected;
  unsigned char *flags = malloc(e->plan->n);
  if (!flags) return NULL;
  memset(flags, 1, e->plan->n);
  for (size_t k = 0; k < expected->nonfinite_row_count; k++) flags[expected->nonfinite_rows[k]] = 0;
  return flags;
}

/* The first coordinate of the candidate that is not finite, where the rule's output is; d if there is none. */
static size_t first_nonfinite(const examination *e)
{
  const certigar_format *format = e->pass.format;
  size_t c = 0;
  while (c < e->input->d && (certigar_word_is_finite(format, certigar_word_at(format, e->candidate, c)) ||
                             !certigar_word_is_finite(format, certigar_word_at(format, e->output, c))))
    c++;
  return c;
}

/* The first coordinate in which the rule's guarantee by columns fails; d if there is none. What is the same as the rule's output keeps it. */
static size_t first_broken(examination *e, const unsigned char *flags)
{
  const certigar_recipe all = {.making = CERTIGAR_MEAN, .matrix = e->input, .row_count = e->input->n};
  const certigar_format *format = e->pass.format;
  size_t loaded = 0, first = 0;
  for (size_t c = 0; c < e->input->d; c++) {
    uint64_t y = certigar_word_at(format, e->candidate, c);
    if (certigar_word_is_same(format, y, certigar_word_at(format, e->output, c))) continue;
    if (c >= loaded) {
      first = c;
      loaded = e->input->d - c < CERTIGAR_COLUMN_LANES ? e->input->d : c + CERTIGAR_COLUMN_LANES;
      certigar_column_load(&e->pass.column, &all, first, loaded - first);
    }
    if (certigar_column_breaks(&e->pass.column, e->plan, c - first, flags, y)) return c;
  }
  return e->input->d;
}

static int guards_distances(certigar_rule rule)
{
  switch (rule) {
    case CERTIGAR_KRUM:
    case CERTIGAR_MULTI_KRUM:
    case CERTIGAR_MDA:
    case CERTIGAR_GEOMETRIC_MEDIAN:
    case CERTIGAR_CGE:
    case CERTIGAR_MONNA:
    case CERTIGAR_CENTERED_CLIPPING: return 1;
    default: return 0;
  }
}

/* Returns 1 if there is a breach, 0 if there is none, -1 if there is no memory. */
static int breaks_columns(examination *e)
{
  unsigned char *flags = finite_rows(e);
  if (!flags) return -1;
  size_t c = first_broken(e, flags);
  free(flags);
  if (c == e->input->d) return 0;
  say(e, CERTIGAR_VERDICT_BREACH, "the value of coordinate %zu is outside of what %s guarantees for any n-f = %zu finite rows as the honest ones", c,
      certigar_rule_name(e->plan->rule), e->plan->n - e->plan->options.f);
  return 1;
}

static int breaks_distances(examination *e)
{
  certigar_finding *finding = e->finding;
  int holds = certigar_distance_guarantee(e->last, e->input, e->candidate, e->honest, &finding->honest_count);
  if (holds != 0) {
    finding->honest_count = 0;
    return holds < 0 ? -1 : 0;
  }
  finding->honest = e->honest;
  say(e, CERTIGAR_VERDICT_BREACH, "the guarantee of %s fails if the %zu rows named are the honest ones", certigar_rule_name(e->plan->rule),
      finding->honest_count);
  return 1;
}

static int is_breach(examination *e)
{
  size_t b = e->finding->expected.nonfinite_row_count, f = e->plan->options.f, c = first_nonfinite(e);
  if (b > f || (e->plan->rule == CERTIGAR_AVERAGE && b > 0)) return 0;
  if (c < e->input->d) {
    say(e, CERTIGAR_VERDICT_BREACH, "the value of coordinate %zu is not finite, though only %zu of f = %zu rows are not", c, b, f);
    return 1;
  }
  if (e->plan->next) return 0;
  if (certigar_guards_columns(e->plan, b)) return breaks_columns(e);
  return guards_distances(e->plan->rule) ? breaks_distances(e) : 0;
}

/* ---- too close to tell ---- */

/* The apparent selection first, if there is one; then those nearby one after the other. Returns as is_ambiguous. */
static int is_near_choice(examination *e, certigar_choices *choices)
{
  certigar_finding *finding = e->finding;
  certigar_likeness best = CERTIGAR_LIKE_NONE;
  if (!try_apparent(e, choices, &best)) return -1;
  if (best == CERTIGAR_LIKE_NONE) try_choices(e, choices, CERTIGAR_LIKE_NEAR, &best);
  if (best == CERTIGAR_LIKE_NONE) return 0;
  if (certigar_choices_admits(choices, e->selected, finding->selected_count, &finding->gap, &finding->resolution) <= 0)
    finding->gap = (certigar_bound){.infinite = 1};
  say(e, CERTIGAR_VERDICT_AMBIGUOUS, "made of another selection, whose numbers differ from those of the rule's own by less than %s can tell",
      format_name(e));
  return 1;
}

/* Returns 1 if the candidate is ambiguous, 0 if it is not, -1 if there is no memory. */
static int is_ambiguous(examination *e)
{
  certigar_finding *finding = e->finding;
  if (e->own == CERTIGAR_LIKE_NEAR || e->tied == CERTIGAR_LIKE_NEAR) {
    finding->gap = e->gap;
    finding->resolution = (certigar_bound){.significand = 1, .exponent = 1 - e->pass.format->fraction_bits};
    say(e, CERTIGAR_VERDICT_AMBIGUOUS, "made of other values, whose distances to the median differ by less than %s can tell",
        format_name(e));
    return 1;
  }
  if (!has_choices(e)) return 0;
  certigar_choices *choices = certigar_choices_new(e->last, &e->kept.matrix, CERTIGAR_NEAR, CHOICES_CAP);
  if (!choices) return -1;
  int near = is_near_choice(e, choices);
  certigar_choices_free(choices);
  return near;
}

/* ---- other definitions ---- */

/* Of several definitions the first is named that gives the candidate bit for bit, else the first from which it differs by the fewest ULPs. */
static void note_profile(examination *e, certigar_profile profile, certigar_match match, const void *output)
{
  certigar_finding *finding = e->finding;
  certigar_comparison comparison = {.match = match};
  certigar_count_differences(e->plan->dtype, e->input->d, e->candidate, output, &comparison);
  if (!finding->has_profile || (!finding->profile_exact && (match == CERTIGAR_MATCH_EXACT || comparison.worst_ulps < e->profile_ulps))) {
    finding->profile = profile;
    e->profile_ulps = comparison.worst_ulps;
  }
  finding->has_profile = 1;
  finding->profile_exact |= match == CERTIGAR_MATCH_EXACT;
  finding->profiles |= (uint32_t)1 << profile;
}

/* Returns 0 if there is no memory. */
static int run_profile(examination *e, certigar_plan *plan, certigar_profile profile)
{
  certigar_rule_input kept;
  certigar_match match = CERTIGAR_MATCH_DIFFERENT;
  void *output = malloc(e->input->d * e->pass.format->size);
  if (!output) return 0;
  certigar_status status = certigar_plan_run_keeping(plan, e->input, output, NULL, NULL, &kept);
  int good = status != CERTIGAR_NO_MEMORY;
  if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE)
    good = certigar_profile_compare(plan, e->input, &kept.matrix, e->candidate, output, &e->watch, &match);
  if (match != CERTIGAR_MATCH_DIFFERENT) note_profile(e, profile, match, output);
  free(kept.rows);
  free(output);
  return good;
}

/* Their runs count for nothing, but can be stopped. */
static int may_stop(void *watch, size_t done, size_t total)
{
  (void)done;
  (void)total;
  return certigar_watch_step(watch, 0);
}

static int compare_profiles(examination *e)
{
  int good = 1;
  certigar_options options = e->plan->options;
  options.progress = may_stop;
  options.context = &e->watch;
  for (int p = CERTIGAR_PAPER + 1; p < CERTIGAR_PROFILE_COUNT && good && !e->watch.stopped; p++) {
    certigar_plan *plan;
    certigar_status status = certigar_profile_plan(&plan, (certigar_profile)p, e->plan->rule, e->plan->dtype, e->plan->n, &options);
    if (status == CERTIGAR_OK) good = run_profile(e, plan, (certigar_profile)p);
    if (status == CERTIGAR_NO_MEMORY) good = 0;
    certigar_plan_free(plan);
  }
  return good;
}

/* ---- the verdict ---- */

static void say_rounding(examination *e)
{
  const certigar_finding *finding = e->finding;
  say(e, CERTIGAR_VERDICT_ROUNDING, "%zu of %zu coordinates differ, all by no more than what rounding in %s may cost%s", finding->different,
      e->input->d, format_name(e),
      e->own <= CERTIGAR_LIKE_ROUNDED ? "" : ", from another choice of an exact tie");
}

/* What lets an answer pass that is not the definition's bit for bit. */
static const char *profile_bound(const examination *e)
{
  const certigar_rule rule = e->last->rule;
  const int has_steps = rule == CERTIGAR_GEOMETRIC_MEDIAN || rule == CERTIGAR_CENTERED_CLIPPING;
  return has_steps ? ", within what is allowed for rounding in all of its steps" : ", up to rounding";
}

static void say_otherwise(examination *e)
{
  const certigar_finding *finding = e->finding;
  if (finding->has_profile) {
    say(e, CERTIGAR_VERDICT_PROFILE, "the output of another published definition, %s%s", certigar_profile_name(finding->profile),
        finding->profile_exact ? "" : profile_bound(e));
  } else if (e->last->rule == CERTIGAR_GEOMETRIC_MEDIAN) {
    say(e, CERTIGAR_VERDICT_WRONG, "%zu of %zu coordinates differ, and the sum of distances is above the least one by more than the tolerance",
        finding->different, e->input->d);
  } else {
    say(e, CERTIGAR_VERDICT_WRONG,
        "%zu of %zu coordinates are beyond what rounding may cost, and no tie, choice too close to tell or other definition explains it%s",
        finding->outside, e->input->d, e->plan->next ? " (in pre-aggregations only the rule's own choices of rows were tried)" : "");
  }
}

/* Returns 0 if there is no memory. */
static int decide(examination *e)
{
  if (e->own == CERTIGAR_LIKE_SAME) {
    say(e, CERTIGAR_VERDICT_EXACT, "every word is what the rule gives");
    return 1;
  }
  if (e->own > CERTIGAR_LIKE_TIE && !compare_ties(e)) return 0;
  if (e->own == CERTIGAR_LIKE_TIE || e->tied <= CERTIGAR_LIKE_TIE) {
    say(e, CERTIGAR_VERDICT_TIE, "every word is what another choice of an exact tie gives");
    return 1;
  }
  if (e->own == CERTIGAR_LIKE_ROUNDED || e->tied == CERTIGAR_LIKE_ROUNDED) {
    say_rounding(e);
    return 1;
  }
  if (e->only_own) {
    say(e, CERTIGAR_VERDICT_WRONG, "it is not what the rule gives");
    return 1;
  }
  int is_one = is_breach(e);
  if (is_one == 0) is_one = is_ambiguous(e);
  if (is_one < 0 || !look_for_apparent(e)) return 0;
  if (is_one == 0) say_otherwise(e);
  return 1;
}

/* A step after the other, as long as there is memory and nobody asks to stop. Returns 0 if there is no memory. */
static int judge(examination *e)
{
  if (!compare_own(e)) return 0;
  certigar_watch_step(&e->watch, e->watch.plan->total - e->watch.done);
  if (!e->watch.stopped && !e->only_own && !compare_profiles(e)) return 0;
  return e->watch.stopped || decide(e);
}

static int examine(examination *e)
{
  size_t n = e->plan->n;
  if (!e->plan->finding_rows) e->plan->finding_rows = malloc(2 * n * sizeof *e->plan->finding_rows);
  int good = certigar_pass_init(&e->pass, e->last, &e->kept.matrix, e->candidate) && e->plan->finding_rows;
  e->selected = e->plan->finding_rows;
  e->honest = good ? e->plan->finding_rows + n : NULL;
  e->watch = (certigar_watch){.plan = e->plan, .done = e->plan->total - e->plan->after};
  e->pass.watch = &e->watch;
  good = good && judge(e);
  certigar_drift_clear(&e->drift);
  certigar_pass_clear(&e->pass);
  return good;
}

/* output: room for the rule's. */
static certigar_status judge_plan(certigar_plan *plan, const certigar_matrix *input, const void *candidate, void *output, int only_own,
                                  certigar_finding *finding, certigar_message *message)
{
  examination e = {.plan = plan, .last = plan, .input = input, .candidate = candidate, .output = output, .finding = finding, .only_own = only_own};
  e.tied = CERTIGAR_LIKE_NONE;
  e.apparent = -1;
  while (e.last->next) e.last = e.last->next;
  plan->after = input->d;
  certigar_status status = certigar_plan_run_keeping(plan, input, output, &finding->expected, message, &e.kept);
  if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE) {
    int good = examine(&e);
    if (!good) status = certigar_refuse(message, CERTIGAR_NO_MEMORY, "no memory to judge n = %zu rows of d = %zu coordinates", plan->n, input->d);
    if (good && e.watch.stopped)
      status = certigar_refuse(message, CERTIGAR_STOPPED, "stopped after %zu of %zu coordinates", e.watch.done, plan->total);
  }
  plan->after = 0;
  free(e.kept.rows);
  return status;
}

certigar_status certigar_check_own(certigar_plan *plan, const certigar_matrix *input, const void *candidate, void *output, certigar_finding *finding,
                                   certigar_message *message)
{
  memset(finding, 0, sizeof *finding);
  return judge_plan(plan, input, candidate, output, 1, finding, message);
}

certigar_status certigar_check_run(certigar_plan *plan, const certigar_matrix *input, const void *candidate, certigar_finding *finding,
                                   certigar_message *message)
{
  size_t size = plan->kernels->value_size;
  memset(finding, 0, sizeof *finding);
  if (message) message->text[0] = 0;
  if (plan->options.profile != CERTIGAR_PAPER)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "profile = %s, must be paper: a candidate is judged by the rule's own definition",
                           certigar_profile_name(plan->options.profile));
  void *output = input->d > SIZE_MAX / size ? NULL : malloc(input->d * size);
  if (!output && input->d > 0) return certigar_refuse(message, CERTIGAR_NO_MEMORY, "no memory for d = %zu coordinates", input->d);
  certigar_status status = judge_plan(plan, input, candidate, output, 0, finding, message);
  free(output);
  return status;
}

static certigar_status check(certigar_rule rule, certigar_dtype dtype, size_t size, const void *rows, size_t n, size_t d,
                             const certigar_options *options, const void *candidate, certigar_finding *finding, certigar_message *message)
{
  certigar_plan *plan;
  certigar_status status = certigar_plan_new(&plan, rule, dtype, n, options, message);
  memset(finding, 0, sizeof *finding);
  if (status != CERTIGAR_OK) return status;
  certigar_matrix input = {.data = rows, .n = n, .d = d, .row_stride = (ptrdiff_t)(d * size), .column_stride = (ptrdiff_t)size};
  status = certigar_check_run(plan, &input, candidate, finding, message);
  finding->selected = finding->honest = finding->expected.selected = finding->expected.nonfinite_rows = NULL;
  finding->expected.scores = NULL;
  certigar_plan_free(plan);
  return status;
}

certigar_status certigar_check_f32(certigar_rule rule, const float *rows, size_t n, size_t d, const certigar_options *options,
                                   const float *candidate, certigar_finding *finding, certigar_message *message)
{
  return check(rule, CERTIGAR_FLOAT32, sizeof *rows, rows, n, d, options, candidate, finding, message);
}

certigar_status certigar_check_f64(certigar_rule rule, const double *rows, size_t n, size_t d, const certigar_options *options,
                                   const double *candidate, certigar_finding *finding, certigar_message *message)
{
  return check(rule, CERTIGAR_FLOAT64, sizeof *rows, rows, n, d, options, candidate, finding, message);
}
