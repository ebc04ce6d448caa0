/* Attacks for programs, certigar_attack.h: what is refused, and the attacks of src/attacks on what is not. */
#include "certigar_attack.h"

#include "attacks/attacks.h"
#include "attacks/moved.h"
#include "plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct certigar_attack_options {
  int has_f, has_strength, has_target, has_sight;
  size_t f, target;
  double strength;
  int omniscient;
  uint64_t seed, step;
  certigar_plan *plan;
};

static const certigar_attack_options default_options = {0};

/* In the order of certigar_attack; NULL for a value that is none. */
static const attack *attack_of(certigar_attack which)
{
  return (size_t)which < attack_count ? &attacks[which] : NULL;
}

const char *certigar_attack_name(certigar_attack which)
{
  const attack *a = attack_of(which);
  return a ? a->name : NULL;
}

int certigar_attack_from_name(const char *name, certigar_attack *which)
{
  const attack *a = attack_named(name);
  if (a) *which = (certigar_attack)(a - attacks);
  return a != NULL;
}

int certigar_attack_describe(certigar_attack which, certigar_attack_traits *traits)
{
  const attack *a = attack_of(which);
  if (a)
    *traits = (certigar_attack_traits){.summary = a->summary, .on_labels = !a->send, .omniscient = a->omniscient, .searches = a->searches,
                                       .has_strength = attack_takes_strength(a), .has_target = attack_takes_target(a), .least_seen = a->least_seen};
  return a != NULL;
}

double certigar_attack_strength(certigar_attack which, size_t n, size_t q)
{
  const attack *a = attack_of(which);
  if (!a) return NAN;
  if (which != CERTIGAR_ATTACK_ALIE) return a->strength;
  return q < 1 || q >= n ? NAN : alie_strength(n, q);
}

/* ---- options ---- */

certigar_attack_options *certigar_attack_options_new(void)
{
  certigar_attack_options *options = malloc(sizeof *options);
  if (options) *options = default_options;
  return options;
}

void certigar_attack_options_free(certigar_attack_options *options)
{
  free(options);
}

void certigar_attack_options_set_strength(certigar_attack_options *options, double strength)
{
  options->has_strength = 1;
  options->strength = strength;
}

void certigar_attack_options_set_target(certigar_attack_options *options, size_t target)
{
  options->has_target = 1;
  options->target = target;
}

void certigar_attack_options_set_omniscient(certigar_attack_options *options, int omniscient)
{
  options->has_sight = 1;
  options->omniscient = omniscient != 0;
}

void certigar_attack_options_set_f(certigar_attack_options *options, size_t f)
{
  options->has_f = 1;
  options->f = f;
}

void certigar_attack_options_set_seed(certigar_attack_options *options, uint64_t seed, uint64_t step)
{
  options->seed = seed;
  options->step = step;
}

void certigar_attack_options_set_plan(certigar_attack_options *options, certigar_plan *plan)
{
  options->plan = plan;
}

/* ---- what is refused ---- */

/* The attack of that kind, on labels or on rows. */
static certigar_status find(certigar_attack which, int on_labels, const attack **out, certigar_message *message)
{
  const attack *a = *out = attack_of(which);
  if (!a) return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "attack is %d, which is no attack", (int)which);
  if ((a->send == NULL) == on_labels) return CERTIGAR_OK;
  return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s is an attack on %s", a->name, a->send ? "rows, not on labels" : "labels, not on rows");
}

static certigar_status check_plan(const attack *a, const attack_case *c, const certigar_plan *plan, certigar_message *message)
{
  if (plan && !a->searches)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s searches for nothing, but the plan of a rule is given", a->name);
  if (!a->searches) return CERTIGAR_OK;
  if (!c->omniscient)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: omniscient = 0, but it tries the rule on all rows, so it must see the honest ones",
                           a->name);
  if (!plan) return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: no plan is given, of the rule that it searches against", a->name);
  if (plan->n != c->n)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: n = %zu rows, but the plan was made for %zu", a->name, c->n, plan->n);
  if ((plan->dtype == CERTIGAR_FLOAT64) != c->is_double)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: rows are float%d, but the plan was made for others", a->name,
                           c->is_double ? 64 : 32);
  return CERTIGAR_OK;
}

static size_t rows_seen(const attack_case *c)
{
  return c->omniscient ? c->n - c->q : c->q;
}

static certigar_status check_shape(const attack *a, const attack_case *c, certigar_message *message)
{
  size_t item = c->is_double ? sizeof(double) : sizeof(float);
  if (c->n < 1 || c->n > CERTIGAR_ROWS_MAX)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: n = %zu rows, must be 1 to %d", a->name, c->n, CERTIGAR_ROWS_MAX);
  if (c->d > SIZE_MAX / item / c->n)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: d = %zu coordinates with n = %zu rows, must be 0 to %zu", a->name, c->d, c->n,
                           SIZE_MAX / item / c->n);
  if (c->q < 1 || c->q > c->n - (size_t)c->omniscient)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: q = %zu with n = %zu rows, must be 1 to %zu%s", a->name, c->q, c->n,
                           c->n - (size_t)c->omniscient, c->omniscient ? ", since attackers are omniscient" : "");
  if (rows_seen(c) >= a->least_seen) return CERTIGAR_OK;
  return certigar_refuse(message, CERTIGAR_BAD_PARAMETER,
                         "%s: q = %zu with n = %zu rows: attackers that are%s omniscient see %zu, must see at least %zu", a->name, c->q, c->n,
                         c->omniscient ? "" : " not", rows_seen(c), a->least_seen);
}

static certigar_status check_options(const attack *a, const attack_case *c, const certigar_attack_options *options, certigar_message *message)
{
  size_t targets = attack_targets(a, rows_seen(c), c->d);
  if (options->has_strength && !attack_takes_strength(a))
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s has no strength, but one is given: %g", a->name, options->strength);
  if (attack_takes_strength(a) && isnan(c->strength))
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: strength = nan, must be a number%s", a->name,
                           options->has_strength ? "" : "; with q = n it has none of its own");
  if (options->has_target && !attack_takes_target(a))
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s has no target, but one is given: %zu", a->name, options->target);
  if (c->target > 0 && c->target >= targets)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: target = %zu, must be less than the %zu %s", a->name, c->target, targets,
                           a->send == attack_mimic ? "rows that attackers see" : "columns");
  return CERTIGAR_OK;
}

/* ---- attacks ---- */

/* What refuses the honest rows would refuse all others. */
static certigar_status search(const attack *a, attack_case *c, certigar_plan *plan, certigar_message *message)
{
  size_t item = c->is_double ? sizeof(double) : sizeof(float);
  certigar_matrix matrix = {.data = c->rows, .n = c->n, .d = c->d, .row_stride = (ptrdiff_t)(c->d * item), .column_stride = (ptrdiff_t)item};
  void *result = malloc((c->d + 1) * item);
  if (!result) return certigar_refuse(message, CERTIGAR_NO_MEMORY, "%s: no memory for d = %zu coordinates", a->name, c->d);
  certigar_status status = certigar_plan_run(plan, &matrix, result, NULL, message);
  if (status == CERTIGAR_NOT_FINITE || status == CERTIGAR_NO_VALUE) status = CERTIGAR_OK;
  if (status == CERTIGAR_OK) {
    moved_search moved;
    if (message) message->text[0] = 0;
    if (moved_open(&moved, c, plan, result)) a->send(c);
    else status = certigar_refuse(message, CERTIGAR_NO_MEMORY, "%s: no memory for d = %zu coordinates", a->name, c->d);
    moved_close(&moved);
  }
  free(result);
  return status;
}

static certigar_status send(certigar_attack which, attack_case *c, const certigar_attack_options *options, certigar_message *message)
{
  const attack *a;
  if (message) message->text[0] = 0;
  if (!options) options = &default_options;
  certigar_status status = find(which, 0, &a, message);
  if (status != CERTIGAR_OK) return status;
  c->f = options->has_f ? options->f : c->q;
  c->omniscient = options->has_sight ? options->omniscient : a->omniscient;
  c->strength = options->has_strength ? options->strength : certigar_attack_strength(which, c->n, c->q);
  c->target = options->target;
  c->random = random_open(options->seed, RANDOM_ATTACK, options->step, 0);
  status = check_plan(a, c, options->plan, message);
  if (status == CERTIGAR_OK) status = check_shape(a, c, message);
  if (status == CERTIGAR_OK) status = check_options(a, c, options, message);
  if (status != CERTIGAR_OK) return status;
  if (a->searches) return search(a, c, options->plan, message);
  a->send(c);
  return CERTIGAR_OK;
}

certigar_status certigar_attack_f32(certigar_attack which, float *rows, size_t n, size_t d, size_t q, const certigar_attack_options *options,
                                    certigar_message *message)
{
  attack_case c = {.rows = rows, .n = n, .d = d, .q = q};
  return send(which, &c, options, message);
}

certigar_status certigar_attack_f64(certigar_attack which, double *rows, size_t n, size_t d, size_t q, const certigar_attack_options *options,
                                    certigar_message *message)
{
  attack_case c = {.rows = rows, .is_double = 1, .n = n, .d = d, .q = q};
  return send(which, &c, options, message);
}

certigar_status certigar_attack_labels(certigar_attack which, size_t classes, uint64_t seed, size_t *taken, certigar_message *message)
{
  const attack *a;
  if (message) message->text[0] = 0;
  certigar_status status = find(which, 1, &a, message);
  if (status != CERTIGAR_OK) return status;
  random_stream random = random_open(seed, RANDOM_ATTACK, UINT64_MAX, 0);
  if (which == CERTIGAR_ATTACK_LABEL_PERMUTATION) random_order(&random, taken, classes);
  else
    for (size_t c = 0; c < classes; c++) taken[c] = classes - 1 - c;
  return CERTIGAR_OK;
}
