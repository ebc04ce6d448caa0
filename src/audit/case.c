#include "case.h"

#include "cases/vector_case.h"
#include "splitmix.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

enum { ATTEMPTS = 12 };

static size_t pick(uint64_t *state, const size_t *from, size_t count)
{
  return from[splitmix_next(state) % count];
}

static case_parameters parameters_of(const audit_settings *settings)
{
  const request *asked = &settings->parameters;
  return (case_parameters){.m = asked->m, .pivot = asked->pivot, .iterations = asked->iterations, .median = asked->median, .variant = asked->variant,
                           .tolerance = asked->tolerance, .beta = asked->beta, .threshold = asked->threshold, .tau = asked->tau};
}

void case_take_own(audit_case *c, const audit_settings *settings)
{
  c->with = parameters_of(settings);
  c->own = 1;
}

size_t case_m(const audit_case *c)
{
  return c->with.m != 0 ? c->with.m : c->n - c->f - 2;
}

const char *const case_varied_names[] = {"m", "pivot", "median", "variant", "beta", "threshold", "tau", "iterations"};

unsigned case_varied(const audit_case *c, const audit_settings *settings)
{
  audit_case other = *c;
  const case_parameters *a = &c->with, *b = &other.with;
  other.with = parameters_of(settings);
  const int differs[CASE_VARIED_COUNT] = {case_m(c) != case_m(&other), a->pivot != b->pivot, a->median != b->median, a->variant != b->variant,
                                          strcmp(a->beta, b->beta) != 0, strcmp(a->threshold, b->threshold) != 0, strcmp(a->tau, b->tau) != 0,
                                          a->iterations != b->iterations};
  unsigned varied = 0;
  for (int k = 0; k < CASE_VARIED_COUNT; k++) varied |= (unsigned)differs[k] << k;
  return varied;
}

size_t case_least_rows(const audit_case *c)
{
  const size_t f = c->f;
  switch (c->rule) {
    case CERTIGAR_KRUM: return 2 * f + 3;
    case CERTIGAR_MULTI_KRUM: return c->with.m > f + 1 ? c->with.m + f + 2 : 2 * f + 3;
    case CERTIGAR_BULYAN:
    case CERTIGAR_MULTI_BULYAN: return 4 * f + 3;
    case CERTIGAR_ZENO: return f + 1;
    case CERTIGAR_MONNA: return c->with.pivot > 2 * f ? c->with.pivot + 1 : 2 * f + 1;
    default: return 2 * f + 1;
  }
}

/* mda and smea try every set of n-f rows; those that compute with long numbers take their time in every column. */
static int is_slow(certigar_rule rule)
{
  return rule == CERTIGAR_MDA || rule == CERTIGAR_SMEA || rule == CERTIGAR_CAF || rule == CERTIGAR_GEOMETRIC_MEDIAN;
}

/* Small in the first round of generators, so that what fails there is short. */
static void draw_shape(audit_case *c, const audit_settings *settings, uint64_t *state, int first_round)
{
  static const size_t fs[] = {0, 1, 1, 1, 2, 2, 3, 4}, more[] = {0, 0, 1, 2, 3, 5, 8}, small[] = {1, 2, 3, 4},
                      large[] = {1, 2, 3, 4, 5, 8, 17, 64, 257, 1000};
  c->f = settings->has_f ? settings->parameters.f : pick(state, fs, first_round ? 6 : 8);
  c->n = case_least_rows(c) + pick(state, more, first_round ? 4 : is_slow(c->rule) && c->f > 4 ? 3 : 7);
  c->d = first_round ? pick(state, small, 4) : pick(state, large, is_slow(c->rule) ? 8 : 10);
  c->dtype = splitmix_next(state) % 2 == 0 ? CERTIGAR_FLOAT32 : CERTIGAR_FLOAT64;
  if (settings->has_dtype) c->dtype = settings->dtype;
  c->seed = splitmix_next(state);
  if (first_round) c->seed = 0;
}

/* The vector's, but for the centre, which is 0 in every request, and a tolerance, which vectors do not have. An m that is the default stays the
 * default: profiles have others. */
static void take_parameters(audit_case *c, const vector_parameters *from)
{
  case_parameters *with = &c->with;
  with->m = from->m == c->n - c->f - 2 ? 0 : from->m;
  with->pivot = from->pivot;
  with->median = from->median;
  with->variant = from->variant;
  if (c->rule == CERTIGAR_BRSGD) {
    with->beta = from->beta;
    with->threshold = from->threshold;
  }
  if (c->rule == CERTIGAR_CENTERED_CLIPPING) {
    with->tau = from->tau;
    with->iterations = from->iterations;
  }
}

/* The test vectors come first: of the generator's vectors for this rule, as far as -f and --dtype allow them, that of the round, with its parameters
 * unless the command line has some. Returns 0 when the generator has no more. */
static int take_vector(audit_case *c, const audit_settings *settings, const case_generator *generator, size_t round)
{
  size_t subject;
  vector_case vector;
  if (!vector_subject_from_name(certigar_rule_name(c->rule), &subject)) return 0;
  for (size_t at = 0; vector_case_at(subject, at, &vector); at++) {
    if (vector.generator != generator || (settings->has_f && vector.f != settings->parameters.f)) continue;
    if (settings->has_dtype && vector.dtype != settings->dtype) continue;
    if (round-- > 0) continue;
    c->n = vector.n;
    c->f = vector.f;
    c->d = vector.d;
    c->dtype = vector.dtype;
    c->seed = vector.seed;
    if (!settings->parameters_named) take_parameters(c, &vector.with);
    return c->n >= case_least_rows(c);
  }
  return 0;
}

/* 1 made, 0 no such shape, -1 no memory */
static int fill(audit_case *c, const case_generator *generator)
{
  int good = 1;
  case_clear(c);
  c->generator = generator->name;
  c->rows = malloc(c->n * c->d * word_size(c->dtype));
  if (c->rule == CERTIGAR_ZENO) c->scores = malloc(c->n * sizeof *c->scores);
  if (c->rows == NULL || (c->rule == CERTIGAR_ZENO && c->scores == NULL)) return -1;
  good = generator->make(c->dtype, c->n, c->f, c->d, c->seed, c->rows);
  if (good && c->scores != NULL) good = generator->make(CERTIGAR_FLOAT64, c->n, c->f, 1, c->seed + 1, c->scores);
  return good;
}

int case_make(audit_case *out, const audit_settings *settings, certigar_rule rule, size_t index)
{
  uint64_t state = settings->seed ^ ((uint64_t)index << 8) ^ (uint64_t)rule;
  *out = (audit_case){.rule = rule, .index = index};
  for (size_t skipped = 0; skipped < case_generator_count; skipped++) {
    const case_generator *generator = &case_generators[(index + skipped) % case_generator_count];
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      out->with = parameters_of(settings);
      if (attempt > 0 || !take_vector(out, settings, generator, index / case_generator_count))
        draw_shape(out, settings, &state, index < case_generator_count);
      int made = fill(out, generator);
      if (made > 0) return 1;
      case_clear(out);
      if (made < 0) return 0;
    }
  }
  return 0;
}

int case_copy(audit_case *out, const audit_case *from)
{
  size_t size = from->n * from->d * word_size(from->dtype);
  *out = *from;
  out->rows = malloc(size);
  out->scores = from->scores == NULL ? NULL : malloc(from->n * sizeof *from->scores);
  if (out->rows == NULL || (from->scores != NULL && out->scores == NULL)) {
    case_clear(out);
    return 0;
  }
  memcpy(out->rows, from->rows, size);
  if (from->scores != NULL) memcpy(out->scores, from->scores, from->n * sizeof *from->scores);
  return 1;
}

void case_clear(audit_case *c)
{
  free(c->rows);
  free(c->scores);
  c->rows = NULL;
  c->scores = NULL;
}

certigar_matrix case_matrix(const audit_case *c)
{
  size_t item = word_size(c->dtype);
  return (certigar_matrix){.data = c->rows, .n = c->n, .d = c->d, .row_stride = (ptrdiff_t)(item * c->d), .column_stride = (ptrdiff_t)item};
}

certigar_status case_plan(certigar_plan **plan, const audit_case *c, certigar_message *message)
{
  const case_parameters *asked = &c->with;
  certigar_options *options = certigar_options_new();
  *plan = NULL;
  if (options == NULL) return CERTIGAR_NO_MEMORY;
  certigar_options_set_f(options, c->f);
  certigar_options_set_m(options, asked->m);
  certigar_options_set_pivot(options, asked->pivot);
  certigar_options_set_variant(options, asked->variant);
  certigar_options_set_median(options, asked->median);
  if (asked->tolerance[0] != '\0') certigar_options_set_tolerance(options, asked->tolerance);
  certigar_options_set_beta(options, asked->beta);
  certigar_options_set_threshold(options, asked->threshold);
  certigar_options_set_tau(options, asked->tau);
  certigar_options_set_iterations(options, asked->iterations);
  if (c->rule == CERTIGAR_ZENO) certigar_options_set_scores(options, c->scores);
  certigar_status status = certigar_plan_new(plan, c->rule, c->dtype, c->n, options, message);
  certigar_options_free(options);
  return status;
}
