/* Rules that select rows: see rows.h. */
#include "rows.h"
#include "inputs.h"
#include "measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 20, LIARS = 4, RULES = 13, ATTACKS = 6, LEVELS_MAX = 4 };

static const certigar_rule rules[RULES] = {
    CERTIGAR_KRUM, CERTIGAR_MULTI_KRUM,       CERTIGAR_BULYAN, CERTIGAR_MULTI_BULYAN, CERTIGAR_MDA,               CERTIGAR_CGE, CERTIGAR_MONNA,
    CERTIGAR_GEOMETRIC_MEDIAN, CERTIGAR_BRSGD, CERTIGAR_ZENO,   CERTIGAR_CENTERED_CLIPPING, CERTIGAR_CAF, CERTIGAR_SMEA};

static const char *const attacks[ATTACKS] = {"ordinary", "1e10 times", "largest finite", "1e-30 times", "identical", "one ULP apart"};

/* The last rows of x, by the attack of that number. */
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
      if (kind == 5 && c == i * 7 % d) *value = nextafterf(*value, 1e9F);
    }
}

typedef struct table {
  timing at[ATTACKS][RULES][LEVELS_MAX];
} table;

static void measure_attack(int kind, size_t d, int repetitions, const certigar_level *levels, size_t level_count, float *x, float *copied, float *out,
                           table *t)
{
  timing timings[RULES * LEVELS_MAX];
  size_t count = 0;
  fill_input(ORDINARY, CERTIGAR_AVERAGE, CERTIGAR_FLOAT32, ROWS, LIARS, d, x);
  attack(kind, d, x);
  for (int r = 0; r < RULES; r++)
    for (size_t l = 0; l < level_count; l++) timings[count++] = (timing){.rule = rules[r], .level = levels[l]};
  measure(timings, count, CERTIGAR_FLOAT32, x, ROWS, LIARS, d, repetitions, copied, out);
  for (int r = 0; r < RULES; r++)
    for (size_t l = 0; l < level_count; l++) t->at[kind][r][l] = timings[(size_t)r * level_count + l];
}

static void print_table(const table *t, const certigar_level *levels, size_t level_count, int markdown)
{
  const char *bar = markdown ? " |" : "";
  const size_t best = level_count - 1;
  printf("\nRules that select rows, float32, n = %d, f = %d: times a copy of the input; then times ordinary rows (%s), when %d rows are\n\n", ROWS,
         LIARS, certigar_level_name(levels[best]), LIARS);
  printf(markdown ? "| %s |" : "  %-17s", "rule");
  for (size_t l = 0; l < level_count; l++) printf(" %10s%s", certigar_level_name(levels[l]), bar);
  for (int a = 1; a < ATTACKS; a++) printf(" %14s%s", attacks[a], bar);
  printf("\n");
  if (markdown) {
    printf("|---|");
    for (size_t c = 0; c < level_count + ATTACKS - 1; c++) printf("---|");
    printf("\n");
  }
  for (int r = 0; r < RULES; r++) {
    printf(markdown ? "| `%s` |" : "  %-17s", certigar_rule_name(rules[r]));
    for (size_t l = 0; l < level_count; l++) printf(" %10.1f%s", t->at[0][r][l].copies, bar);
    for (int a = 1; a < ATTACKS; a++) printf(" %14.1f%s", t->at[a][r][best].nanoseconds / t->at[0][r][best].nanoseconds, bar);
    printf("\n");
  }
}

void report_rows(size_t d, int repetitions, const certigar_level *levels, size_t level_count, int markdown)
{
  const size_t bytes = ROWS * d * sizeof(float);
  float *x = memory(bytes), *copied = memory(bytes), *out = memory(d * sizeof(float));
  table *t = calloc(1, sizeof *t);
  if (!t) give_up("memory", "there is not enough");
  for (int kind = 0; kind < ATTACKS; kind++) measure_attack(kind, d, repetitions, levels, level_count, x, copied, out, t);
  print_table(t, levels, level_count, markdown);
  free(t);
  free(out);
  free(copied);
  free(x);
}
