/* Which cases there are. Every subject has each generator's input at its bound with f = 1, beyond it with f = 2, and with f = 0, in both dtypes, with
 * its parameters in turn; then some larger ones, and those that a mistake needs. */
#include "vector_case.h"

#include <string.h>

typedef struct subject {
  const char *name;
  certigar_rule rule;
  size_t slope, offset; /* n >= slope f + offset: the least of its rows, or one that all parameters allow */
  const vector_parameters *with;
  size_t with_count;
} subject;

#define NONE .stage = {.kind = NO_STAGE}

static const vector_parameters without[] = {{NONE}};
static const vector_parameters of_median[] = {{NONE}, {NONE, .median = CERTIGAR_LOWER}, {NONE}, {NONE, .median = CERTIGAR_UPPER}};
static const vector_parameters of_multi_krum[] = {{NONE}, {NONE, .m = 2}, {NONE, .m = 1}};
static const vector_parameters of_multi_bulyan[] = {{NONE}, {NONE, .variant = CERTIGAR_ITERATED}};
static const vector_parameters of_monna[] = {{NONE}, {NONE, .pivot = 2}, {NONE, .pivot = 1000}};
static const vector_parameters of_brsgd[] = {
    {NONE, .beta = "1/2", .threshold = "inf"},
    {NONE, .beta = "1/3", .threshold = "inf"},
    {NONE, .beta = "1/2", .threshold = "1"},
    {NONE, .beta = "0.4", .threshold = "0x1p-5"}};
static const vector_parameters of_clipping[] = {{NONE, .tau = "100", .iterations = 1},
                                                {NONE, .tau = "1/10", .iterations = 1},
                                                {NONE, .tau = "1/2", .iterations = 3},
                                                {NONE, .tau = "10", .iterations = 1, .has_centre = 1}};
static const vector_parameters of_nnm[] = {{.stage = {.kind = WRONG_NNM}}};
static const vector_parameters of_bucketing[] = {{.stage = {.kind = WRONG_BUCKETING, .s = 2}},
                                                 {.stage = {.kind = WRONG_BUCKETING, .s = 3, .permuted = 1, .seed = 7}},
                                                 {.stage = {.kind = WRONG_BUCKETING, .s = 2, .permuted = 1, .seed = 1}}};
static const vector_parameters of_clip[] = {{.stage = {.kind = WRONG_CLIP, .tau = "1"}},
                                            {.stage = {.kind = WRONG_CLIP, .tau = "1/10"}},
                                            {.stage = {.kind = WRONG_CLIP, .tau = "0x1p-140"}}};
static const vector_parameters of_arc[] = {{.stage = {.kind = WRONG_ARC}}};

#define WITH(parameters) parameters, sizeof parameters / sizeof *parameters

static const subject subjects[] = {
    {"average", CERTIGAR_AVERAGE, 2, 1, WITH(without)},
    {"median", CERTIGAR_MEDIAN, 2, 1, WITH(of_median)},
    {"trimmed-mean", CERTIGAR_TRIMMED_MEAN, 2, 1, WITH(without)},
    {"meamed", CERTIGAR_MEAMED, 2, 1, WITH(without)},
    {"krum", CERTIGAR_KRUM, 2, 3, WITH(without)},
    {"multi-krum", CERTIGAR_MULTI_KRUM, 2, 3, WITH(of_multi_krum)},
    {"bulyan", CERTIGAR_BULYAN, 4, 3, WITH(without)},
    {"multi-bulyan", CERTIGAR_MULTI_BULYAN, 4, 3, WITH(of_multi_bulyan)},
    {"mda", CERTIGAR_MDA, 2, 1, WITH(without)},
    {"cge", CERTIGAR_CGE, 2, 1, WITH(without)},
    {"monna", CERTIGAR_MONNA, 2, 1, WITH(of_monna)},
    {"geometric-median", CERTIGAR_GEOMETRIC_MEDIAN, 2, 1, WITH(without)},
    {"brsgd", CERTIGAR_BRSGD, 2, 1, WITH(of_brsgd)},
    {"zeno", CERTIGAR_ZENO, 1, 1, WITH(without)},
    {"centered-clipping", CERTIGAR_CENTERED_CLIPPING, 2, 1, WITH(of_clipping)},
    {"caf", CERTIGAR_CAF, 2, 1, WITH(without)},
    {"smea", CERTIGAR_SMEA, 2, 1, WITH(without)},
    {"nnm", CERTIGAR_AVERAGE, 2, 1, WITH(of_nnm)},
    {"bucketing", CERTIGAR_AVERAGE, 6, 1, WITH(of_bucketing)},
    {"clip", CERTIGAR_AVERAGE, 2, 1, WITH(of_clip)},
    {"arc", CERTIGAR_AVERAGE, 2, 1, WITH(of_arc)},
};

enum { SUBJECTS = sizeof subjects / sizeof *subjects, SHAPES = 3 };

size_t vector_subject_count(void)
{
  return SUBJECTS;
}

const char *vector_subject_name(size_t s)
{
  return subjects[s].name;
}

int vector_subject_from_name(const char *name, size_t *s)
{
  for (*s = 0; *s < SUBJECTS; (*s)++) {
    if (strcmp(subjects[*s].name, name) == 0) return 1;
  }
  return 0;
}

/* A case by itself. over: n is so much more than the bound; n = 0 stands for it. */
typedef struct extra {
  const char *subject; /* NULL: all */
  const char *generator;
  size_t n, over, f, d;
  uint64_t seed;
  certigar_dtype dtype;
} extra;

static const extra extras[] = {
    {NULL, "gradients", 0, 4, 3, 6, 5, CERTIGAR_FLOAT32},
    {NULL, "gradients", 0, 3, 1, 3, 6, CERTIGAR_FLOAT64},
    {NULL, "offset-1", 0, 4, 2, 16, 0, CERTIGAR_FLOAT32},
    {NULL, "offset-1e3", 0, 2, 1, 12, 1, CERTIGAR_FLOAT32},
    {NULL, "offset-1e6", 0, 2, 1, 8, 2, CERTIGAR_FLOAT32},
    {NULL, "nan-row", 0, 1, 1, 1, 0, CERTIGAR_FLOAT64},
    {NULL, "counting", 0, 2, 1, 1, 0, CERTIGAR_FLOAT32},
    {NULL, "counting", 0, 3, 1, 1, 2, CERTIGAR_FLOAT32},
    {NULL, "far-middles", 0, 1, 1, 1, 0, CERTIGAR_FLOAT32},
    {NULL, "subtraction", 0, 2, 1, 1, 0, CERTIGAR_FLOAT32},
    {NULL, "subtraction", 0, 2, 1, 1, 0, CERTIGAR_FLOAT64},
    {NULL, "slow-filter", 5, 0, 2, 1, 0, CERTIGAR_FLOAT64},
    {NULL, "mixed-in", 7, 0, 1, 1, 0, CERTIGAR_FLOAT64},
    {"krum", "counting", 0, 0, 1, 1, 0, CERTIGAR_FLOAT64},
    {"krum", "counting", 0, 0, 1, 1, 1, CERTIGAR_FLOAT64},
    {"krum", "counting", 0, 0, 1, 1, 2, CERTIGAR_FLOAT64},
    {"krum", "counting", 0, 0, 1, 1, 3, CERTIGAR_FLOAT64},
    {"krum", "fourth-powers", 9, 0, 2, 3, 1, CERTIGAR_FLOAT64},
    {"krum", "plain-distances", 9, 0, 2, 3, 1, CERTIGAR_FLOAT64},
    {"krum", "one-neighbour-more", 9, 0, 2, 3, 1, CERTIGAR_FLOAT64},
    {"multi-krum", "fourth-powers", 9, 0, 2, 2, 1, CERTIGAR_FLOAT64},
    {"multi-krum", "plain-distances", 9, 0, 2, 2, 1, CERTIGAR_FLOAT64},
    {"multi-krum", "one-neighbour-more", 9, 0, 2, 2, 1, CERTIGAR_FLOAT64},
    {"bulyan", "one-shot", 7, 0, 1, 2, 1, CERTIGAR_FLOAT64},
    {"bulyan", "one-shot", 11, 0, 2, 2, 1, CERTIGAR_FLOAT32},
    {"trimmed-mean", "gradients", 47, 0, 3, 1, 0, CERTIGAR_FLOAT64},
    {"arc", "gradients", 242, 0, 33, 1, 0, CERTIGAR_FLOAT64},
};

enum { EXTRAS = sizeof extras / sizeof *extras };

static size_t bound(const subject *s, size_t f)
{
  return s->slope * f + s->offset;
}

/* The shapes of each generator. */
static void plan(const subject *s, size_t g, size_t shape, vector_case *c)
{
  c->generator = &case_generators[g];
  c->dtype = (g + shape) % 2 == 0 ? CERTIGAR_FLOAT32 : CERTIGAR_FLOAT64;
  c->with = s->with[(g + shape) % s->with_count];
  switch (shape) {
    case 0:
      c->f = 1;
      c->n = bound(s, 1);
      c->d = 1 + g % 2;
      c->seed = 0;
      break;
    case 1:
      c->f = 2;
      c->n = bound(s, 2) + g % 3;
      c->d = 1 + (g + 1) % 3;
      c->seed = 1;
      break;
    default:
      c->f = 0;
      c->n = bound(s, 0) + g % 5;
      c->d = 1 + g % 4;
      c->seed = 2;
  }
}

static int plan_extra(const subject *s, size_t at, vector_case *c)
{
  const extra *e = &extras[at];
  if (e->subject != NULL && strcmp(e->subject, s->name) != 0) return 0;
  c->generator = case_generator_from_name(e->generator);
  c->dtype = e->dtype;
  c->with = s->with[at % s->with_count];
  c->f = e->f;
  c->n = e->n > 0 ? e->n : bound(s, e->f) + e->over;
  c->d = e->d;
  c->seed = e->seed;
  return c->n >= bound(s, e->f);
}

int vector_case_at(size_t number, size_t at, vector_case *c)
{
  const subject *s = &subjects[number];
  const size_t planned = case_generator_count * SHAPES;
  *c = (vector_case){.rule = s->rule};
  if (at >= planned + EXTRAS) return 0;
  if (at < planned) {
    plan(s, at / SHAPES, at % SHAPES, c);
  } else if (!plan_extra(s, at - planned, c)) {
    c->generator = NULL;
    return 1;
  }
  if (c->with.pivot >= c->n) c->with.pivot = c->n - 1;
  if (c->with.stage.s > c->n) c->with.stage.s = c->n;
  if (s->rule == CERTIGAR_MULTI_KRUM && c->with.m > c->n - c->f - 2) c->with.m = c->n - c->f - 2;
  return 1;
}
