/* bench: how fast the rules are, one thread, as multiples of a plain copy (memcpy) of their input in the same run.
 *
 * Absolute times depend on the machine and on what else it does; the multiples do much less. Targets are therefore multiples, and they
 * are printed with what was measured. The exit status says only that the bench could run: a target that is missed is no failure.
 */
#include "inputs.h"
#include "linear.h"
#include "measure.h"
#include "pairs.h"
#include "rows.h"
#include "targets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RULES = 4, DTYPES = 2, LEVELS = 3, SIZES = 3, TARGET_SIZE = 1 };

static const size_t sizes[SIZES] = {11, 20, 51};
static const char *const dtype_names[DTYPES] = {"float32", "float64"};
static const certigar_level all_levels[LEVELS] = {CERTIGAR_LEVEL_BASELINE, CERTIGAR_LEVEL_X86_64_V3, CERTIGAR_LEVEL_X86_64_V4};

/* What was measured; copies is 0 where nothing was. */
typedef struct results {
  timing at[DTYPES][SIZES][CASES][RULES][LEVELS];
} results;

typedef struct settings {
  size_t d;
  int repetitions, markdown, all, rows, growth;
  certigar_level levels[LEVELS];
  size_t level_count;
} settings;

static const char usage[] =
    "usage: bench [options]\n"
    "Times every rule in one thread, as a multiple of a plain copy of its input.\n"
    "  --d D             coordinates (default 1048576)\n"
    "  --repetitions R   3 to 101 (default 5); the figures are medians\n"
    "  --all             the hostile cases for every n, not for n = 20 alone\n"
    "  --rows            only the rules that select rows, pre-aggregations, and the intervals of distances\n"
    "  --growth          only how time and memory grow with d, up to 10^8\n"
    "  --markdown        only the tables of README.md\n";

static _Noreturn void refuse(const char *what, const char *which)
{
  fprintf(stderr, "bench: %s: %s\n%s", what, which, usage);
  exit(2);
}

static long number(const char *text, long least, long greatest, const char *option)
{
  char *end;
  const long value = text ? strtol(text, &end, 10) : 0;
  if (!text || end == text || *end || value < least || value > greatest) refuse("wrong or missing value", option);
  return value;
}

static settings parse(int count, char **arguments)
{
  settings s = {1048576, 5, 0, 0, 0, 0, {CERTIGAR_LEVEL_BEST}, 0};
  for (int i = 1; i < count; i++) {
    const char *option = arguments[i];
    if (strcmp(option, "--d") == 0) {
      i++;
      s.d = (size_t)number(i < count ? arguments[i] : NULL, 1, 1L << 28, option);
    } else if (strcmp(option, "--repetitions") == 0) {
      i++;
      s.repetitions = (int)number(i < count ? arguments[i] : NULL, 3, REPETITIONS_MAX, option);
    } else if (strcmp(option, "--markdown") == 0) {
      s.markdown = 1;
    } else if (strcmp(option, "--rows") == 0) {
      s.rows = 1;
    } else if (strcmp(option, "--growth") == 0) {
      s.growth = 1;
    } else if (strcmp(option, "--all") == 0) {
      s.all = 1;
    } else if (strcmp(option, "--help") == 0) {
      fputs(usage, stdout);
      exit(0);
    } else {
      refuse("unknown option", option);
    }
  }
  for (size_t l = 0; l < LEVELS; l++)
    if (certigar_level_name(all_levels[l])) s.levels[s.level_count++] = all_levels[l];
  return s;
}

static size_t f_of(size_t n)
{
  return n / 5;
}

/* ---- measuring ---- */

/* All levels of the rules from first to last, on one matrix. */
static void measure_rules(const settings *s, results *r, int dtype, size_t size, bench_case kind, int first, int last, const void *rows,
                          void *copied, void *out)
{
  timing timings[RULES * LEVELS];
  size_t count = 0;
  for (int rule = first; rule <= last; rule++)
    for (size_t l = 0; l < s->level_count; l++)
      timings[count++] = (timing){.rule = (certigar_rule)rule, .level = s->levels[l]};
  measure(timings, count, (certigar_dtype)dtype, rows, sizes[size], f_of(sizes[size]), s->d, s->repetitions, copied, out);
  count = 0;
  for (int rule = first; rule <= last; rule++)
    for (size_t l = 0; l < s->level_count; l++) r->at[dtype][size][kind][rule][l] = timings[count++];
}

static void measure_size(const settings *s, results *r, int dtype, size_t size, void *rows, void *copied, void *out)
{
  const size_t n = sizes[size], f = f_of(n);
  for (int kind = 0; kind < CASES; kind++) {
    if (kind != ORDINARY && size != TARGET_SIZE && !s->all) continue;
    if (kind == NEAR_TIES) { /* a matrix for each rule */
      for (int rule = 0; rule < RULES; rule++) {
        if (!case_exists(NEAR_TIES, (certigar_rule)rule, n)) continue;
        fill_input(NEAR_TIES, (certigar_rule)rule, (certigar_dtype)dtype, n, f, s->d, rows);
        measure_rules(s, r, dtype, size, NEAR_TIES, rule, rule, rows, copied, out);
      }
    } else {
      fill_input((bench_case)kind, CERTIGAR_AVERAGE, (certigar_dtype)dtype, n, f, s->d, rows);
      measure_rules(s, r, dtype, size, (bench_case)kind, 0, RULES - 1, rows, copied, out);
    }
  }
}

/* ---- the full report ---- */

static void print_size(const settings *s, const results *r, int dtype, size_t size)
{
  printf("\n%s, n = %zu, f = %zu\n  %-13s %-10s", dtype_names[dtype], sizes[size], f_of(sizes[size]), "rule", "case");
  for (size_t l = 0; l < s->level_count; l++) printf("  %16s", certigar_level_name(s->levels[l]));
  printf("   wide\n");
  for (int rule = 0; rule < RULES; rule++)
    for (int kind = 0; kind < CASES; kind++) {
      const timing *row = r->at[dtype][size][kind][rule];
      if (row->copies <= 0) continue;
      printf("  %-13s %-10s", kind == 0 ? certigar_rule_name((certigar_rule)rule) : "", case_names[kind]);
      for (size_t l = 0; l < s->level_count; l++) printf("  %6.1f (%7.1f)", row[l].copies, row[l].nanoseconds);
      printf("  %4.0f %%\n", 100 * (double)row->wide / (double)s->d);
    }
  fflush(stdout);
}

static void print_memory(const settings *s)
{
  static const size_t rows[] = {20, 1000};
  printf("\nMemory beyond input and output, one thread (bytes; the greatest of the four rules)\n");
  for (int dtype = 0; dtype < DTYPES; dtype++)
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
      printf("  %s, n = %4zu", dtype_names[dtype], rows[i]);
      for (size_t l = 0; l < s->level_count; l++) {
        size_t most = 0;
        for (int rule = 0; rule < RULES; rule++) {
          const size_t bytes = plan_bytes((certigar_rule)rule, (certigar_dtype)dtype, rows[i], f_of(rows[i]), s->levels[l]);
          most = bytes > most ? bytes : most;
        }
        printf("   %s %zu", certigar_level_name(s->levels[l]), most);
      }
      printf("\n");
    }
}

/* ---- targets ---- */

/* The greatest multiple of the copy for 20 ordinary rows of float32, by the issue that asked for these rules; 0 where it names none. */
static double float_target(int rule, certigar_level level)
{
  if (rule == CERTIGAR_AVERAGE) return 2.5;
  if (rule != CERTIGAR_MEDIAN && rule != CERTIGAR_TRIMMED_MEAN) return 0;
  return level == CERTIGAR_LEVEL_X86_64_V4 ? 4 : 6;
}

static void judge_level(const settings *s, const results *r, size_t l, tally *t)
{
  const certigar_level level = s->levels[l];
  char what[128];
  for (int rule = 0; rule < RULES; rule++) {
    const char *name = certigar_rule_name((certigar_rule)rule);
    const double narrow = r->at[0][TARGET_SIZE][ORDINARY][rule][l].copies, wide = r->at[1][TARGET_SIZE][ORDINARY][rule][l].copies;
    const double target = float_target(rule, level);
    snprintf(what, sizeof what, "%s, float32: times a copy", name);
    if (target > 0) judge(t, what, level, narrow, target);
    /* a copy of doubles takes twice as long as one of floats */
    snprintf(what, sizeof what, "%s: time per double over time per float", name);
    judge(t, what, level, 2 * wide / narrow, 3);
    for (int dtype = 0; dtype < DTYPES; dtype++) {
      const double ordinary = r->at[dtype][TARGET_SIZE][ORDINARY][rule][l].copies;
      snprintf(what, sizeof what, "%s, %s: a tiny row, over ordinary", name, dtype_names[dtype]);
      judge(t, what, level, r->at[dtype][TARGET_SIZE][TINY_ROW][rule][l].copies / ordinary, 3);
      if (!case_exists(NEAR_TIES, (certigar_rule)rule, sizes[TARGET_SIZE])) continue;
      snprintf(what, sizeof what, "%s, %s: near ties, over ordinary", name, dtype_names[dtype]);
      judge(t, what, level, r->at[dtype][TARGET_SIZE][NEAR_TIES][rule][l].copies / ordinary, 8);
    }
  }
}

static void print_targets(const settings *s, const results *r)
{
  tally t = {0, 0};
  printf("\nTargets, n = %zu (there are none for the baseline)\n", sizes[TARGET_SIZE]);
  for (size_t l = 0; l < s->level_count; l++)
    if (s->levels[l] != CERTIGAR_LEVEL_BASELINE) judge_level(s, r, l, &t);
  print_tally(&t);
}

/* The columns of NEAR_TIES are made so that only the wide accumulator can decide them (but for the median, which never needs it); if one
 * was decided otherwise, say so. */
static void check_near_ties(const settings *s, const results *r)
{
  size_t runs = 0, narrow = 0;
  for (int dtype = 0; dtype < DTYPES; dtype++)
    for (size_t size = 0; size < SIZES; size++)
      for (int rule = 0; rule < RULES; rule++)
        for (size_t l = 0; l < s->level_count && rule != CERTIGAR_MEDIAN; l++) {
          const timing *t = &r->at[dtype][size][NEAR_TIES][rule][l];
          runs += t->copies > 0;
          narrow += t->copies > 0 && t->wide != s->d;
        }
  if (narrow > 0)
    printf("\nATTENTION: in %zu of %zu runs on near ties not every coordinate took the wide accumulator.\n", narrow, runs);
  else
    printf("\nNear ties of average, trimmed-mean and meamed: in all %zu runs every coordinate took the wide accumulator\n"
           "(certificate: exact_evaluations = d). A median never needs it: its near tie is a mean a tiny step away from a float.\n",
           runs);
}

/* ---- the tables of README.md ---- */

static void print_markdown(const settings *s, const results *r)
{
  const size_t best = s->level_count - 1;
  printf("Times a copy of the input (nanoseconds per coordinate), %s:\n\n| rule |", certigar_level_name(s->levels[best]));
  for (int dtype = 0; dtype < DTYPES; dtype++)
    for (size_t size = 0; size < SIZES; size++) printf(" %s, n = %zu |", dtype_names[dtype], sizes[size]);
  printf("\n|---|---|---|---|---|---|---|\n");
  for (int rule = 0; rule < RULES; rule++) {
    printf("| `%s` |", certigar_rule_name((certigar_rule)rule));
    for (int dtype = 0; dtype < DTYPES; dtype++)
      for (size_t size = 0; size < SIZES; size++) {
        const timing *t = &r->at[dtype][size][ORDINARY][rule][best];
        printf(" %.1f (%.1f) |", t->copies, t->nanoseconds);
      }
    printf("\n");
  }
  printf("\nThe same for float32, n = %zu, by instruction set, and on hostile input with the best one:\n\n| rule |", sizes[TARGET_SIZE]);
  for (size_t l = 0; l < s->level_count; l++) printf(" %s |", certigar_level_name(s->levels[l]));
  printf(" one row of tiny values | near ties everywhere |\n|---|");
  for (size_t l = 0; l < s->level_count + 2; l++) printf("---|");
  printf("\n");
  for (int rule = 0; rule < RULES; rule++) {
    printf("| `%s` |", certigar_rule_name((certigar_rule)rule));
    for (size_t l = 0; l < s->level_count; l++) printf(" %.1f |", r->at[0][TARGET_SIZE][ORDINARY][rule][l].copies);
    printf(" %.1f |", r->at[0][TARGET_SIZE][TINY_ROW][rule][best].copies);
    printf(" %.1f |\n", r->at[0][TARGET_SIZE][NEAR_TIES][rule][best].copies);
  }
}

static void report_columns(const settings *given)
{
  const settings s = *given;
  results *r = calloc(1, sizeof *r);
  if (!r) give_up("memory", "there is not enough");
  void *out = memory(s.d * sizeof(double));
  if (!s.markdown)
    printf("Times a copy of the input (nanoseconds per coordinate). One thread, d = %zu, medians of up to %d runs, processor time.\n"
           "tiny row: one row of tiny values, so that every column has bits below the window of its sum.\n"
           "near ties: every mean is a tiny term away from the midpoint of two floats. wide: columns that took the wide accumulator.\n",
           s.d, s.repetitions);
  for (int dtype = 0; dtype < DTYPES; dtype++)
    for (size_t size = 0; size < SIZES; size++) {
      const size_t bytes = sizes[size] * s.d * (dtype == 0 ? sizeof(float) : sizeof(double));
      void *rows = memory(bytes), *copied = memory(bytes);
      measure_size(&s, r, dtype, size, rows, copied, out);
      free(rows);
      free(copied);
      if (!s.markdown) print_size(&s, r, dtype, size);
    }
  if (s.markdown) {
    print_markdown(&s, r);
  } else {
    check_near_ties(&s, r);
    print_memory(&s);
    print_targets(&s, r);
  }
  free(out);
  free(r);
}

int main(int count, char **arguments)
{
  const settings s = parse(count, arguments);
  if (!s.rows && !s.growth) report_columns(&s);
  if (!s.growth) {
    report_rows(s.d, s.repetitions, s.levels, s.level_count, s.markdown);
    report_pairs(s.d, s.repetitions, s.levels, s.level_count, s.markdown);
  }
  if (!s.rows) report_growth(s.markdown);
  return 0;
}
