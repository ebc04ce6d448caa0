/* Rules that select rows, and pre-aggregations: see rows.h. */
#include "rows.h"
#include "inputs.h"
#include "measure.h"
#include "targets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 20, LIARS = 4, SUBJECTS = 19, ATTACKS = 7, LEVELS_MAX = 4 };

/* The threshold is finite, and twice it is more than the distance of an ordinary row to the median: of these, none is left out. */
static void set_threshold(certigar_options *options, size_t d)
{
  char text[CERTIGAR_NUMBER_MAX + 1];
  snprintf(text, sizeof text, "%zu", d);
  certigar_options_set_threshold(options, text);
}

static void set_iterated(certigar_options *options, size_t d)
{
  (void)d;
  certigar_options_set_variant(options, CERTIGAR_ITERATED);
}

static void add_nnm(certigar_options *options, size_t d)
{
  (void)d;
  certigar_options_add_nnm(options);
}

static void add_bucketing(certigar_options *options, size_t d)
{
  const uint64_t seed = 1;
  (void)d;
  certigar_options_add_bucketing(options, 2, &seed);
}

/* To half the norm of an ordinary row, about: all are scaled. */
static void add_clip(certigar_options *options, size_t d)
{
  char text[CERTIGAR_NUMBER_MAX + 1];
  snprintf(text, sizeof text, "%.3f", sqrt((double)d) / 2);
  certigar_options_add_clip(options, text);
}

static void add_arc(certigar_options *options, size_t d)
{
  (void)d;
  certigar_options_add_arc(options);
}

/* what: NULL for the rule with its own parameters. */
typedef struct subject {
  certigar_rule rule;
  const char *what;
  void (*choose)(certigar_options *options, size_t d);
} subject;

static const subject subjects[SUBJECTS] = {
    {CERTIGAR_KRUM, NULL, NULL},
    {CERTIGAR_MULTI_KRUM, NULL, NULL},
    {CERTIGAR_BULYAN, NULL, NULL},
    {CERTIGAR_MULTI_BULYAN, NULL, NULL},
    {CERTIGAR_MULTI_BULYAN, "multi-bulyan variant=iterated", set_iterated},
    {CERTIGAR_MDA, NULL, NULL},
    {CERTIGAR_CGE, NULL, NULL},
    {CERTIGAR_MONNA, NULL, NULL},
    {CERTIGAR_GEOMETRIC_MEDIAN, NULL, NULL},
    {CERTIGAR_BRSGD, NULL, NULL},
    {CERTIGAR_BRSGD, "brsgd threshold=d", set_threshold},
    {CERTIGAR_ZENO, NULL, NULL},
    {CERTIGAR_CENTERED_CLIPPING, NULL, NULL},
    {CERTIGAR_CAF, NULL, NULL},
    {CERTIGAR_SMEA, NULL, NULL},
    {CERTIGAR_AVERAGE, "average --pre nnm", add_nnm},
    {CERTIGAR_AVERAGE, "average --pre bucketing", add_bucketing},
    {CERTIGAR_AVERAGE, "average --pre clip", add_clip},
    {CERTIGAR_AVERAGE, "average --pre arc", add_arc},
};

static const char *name_of(const subject *of)
{
  return of->what ? of->what : certigar_rule_name(of->rule);
}

static const char *const attacks[ATTACKS] = {"ordinary", "1e10 times", "largest finite", "1e-30 times", "identical", "one ULP apart",
                                              "beside honest"};

/* The last rows of x, by the attack of that number: the last one takes honest rows, one each, and moves them by one ULP in one coordinate. */
static void attack(int kind, size_t d, float *x)
{
  const float *first = x + (ROWS - LIARS) * d;
  for (size_t i = ROWS - LIARS; i < ROWS; i++)
    for (size_t c = 0; c < d; c++) {
      float *value = &x[i * d + c];
      if (kind == 1) *value *= 1e10F;
      if (kind == 2) *value = copysignf(3.4028235e38F, *value);
      if (kind == 3) *value *= 1e-30F;
      if (kind == 4 || kind == 5) *value = first[c];
      if (kind == 6) *value = x[(i - LIARS) * d + c];
      if ((kind == 5 || kind == 6) && c == i * 7 % d) *value = nextafterf(*value, 1e9F);
    }
}

typedef struct table {
  timing at[ATTACKS][SUBJECTS][LEVELS_MAX];
} table;

static void measure_attack(int kind, size_t d, int repetitions, const certigar_level *levels, size_t level_count, float *x, float *copied, float *out,
                           table *t)
{
  timing timings[SUBJECTS * LEVELS_MAX];
  size_t count = 0;
  fill_input(ORDINARY, CERTIGAR_AVERAGE, CERTIGAR_FLOAT32, ROWS, LIARS, d, x);
  attack(kind, d, x);
  for (int r = 0; r < SUBJECTS; r++)
    for (size_t l = 0; l < level_count; l++)
      timings[count++] = (timing){.rule = subjects[r].rule, .level = levels[l], .choose = subjects[r].choose};
  measure(timings, count, CERTIGAR_FLOAT32, x, ROWS, LIARS, d, repetitions, copied, out);
  for (int r = 0; r < SUBJECTS; r++)
    for (size_t l = 0; l < level_count; l++) t->at[kind][r][l] = timings[(size_t)r * level_count + l];
}

static void print_table(const table *t, const certigar_level *levels, size_t level_count, int markdown)
{
  const char *bar = markdown ? " |" : "";
  const size_t best = level_count - 1;
  printf("\nRules that select rows and pre-aggregations, float32, n = %d, f = %d: times a copy of the input; then times ordinary rows (%s), when"
         " %d rows are\n\n",
         ROWS, LIARS, certigar_level_name(levels[best]), LIARS);
  printf(markdown ? "| %s |" : "  %-29s", "rule");
  for (size_t l = 0; l < level_count; l++) printf(" %10s%s", certigar_level_name(levels[l]), bar);
  for (int a = 1; a < ATTACKS; a++) printf(" %14s%s", attacks[a], bar);
  printf("\n");
  if (markdown) {
    printf("|---|");
    for (size_t c = 0; c < level_count + ATTACKS - 1; c++) printf("---|");
    printf("\n");
  }
  for (int r = 0; r < SUBJECTS; r++) {
    printf(markdown ? "| `%s` |" : "  %-29s", name_of(&subjects[r]));
    for (size_t l = 0; l < level_count; l++) printf(" %10.1f%s", t->at[0][r][l].copies, bar);
    for (int a = 1; a < ATTACKS; a++) printf(" %14.1f%s", t->at[a][r][best].nanoseconds / t->at[0][r][best].nanoseconds, bar);
    printf("\n");
  }
}

/* The attack that slows the rule most must not slow it more than three times. */
static void judge_attacks(const table *t, certigar_level level, size_t best)
{
  tally counts = {0, 0};
  printf("\nTargets: the slowest attack, over ordinary rows\n");
  for (int r = 0; r < SUBJECTS; r++) {
    char what[128];
    int worst = 1;
    for (int a = 2; a < ATTACKS; a++)
      if (t->at[a][r][best].nanoseconds > t->at[worst][r][best].nanoseconds) worst = a;
    snprintf(what, sizeof what, "%s: %s", name_of(&subjects[r]), attacks[worst]);
    judge(&counts, what, level, t->at[worst][r][best].nanoseconds / t->at[0][r][best].nanoseconds, 3);
  }
  print_tally(&counts);
}

void report_rows(size_t d, int repetitions, const certigar_level *levels, size_t level_count, int markdown)
{
  const size_t bytes = ROWS * d * sizeof(float);
  float *x = memory(bytes), *copied = memory(bytes), *out = memory(d * sizeof(float));
  table *t = calloc(1, sizeof *t);
  if (!t) give_up("memory", "there is not enough");
  for (int kind = 0; kind < ATTACKS; kind++) measure_attack(kind, d, repetitions, levels, level_count, x, copied, out, t);
  print_table(t, levels, level_count, markdown);
  if (!markdown) judge_attacks(t, levels[level_count - 1], level_count - 1);
  free(t);
  free(out);
  free(copied);
  free(x);
}
