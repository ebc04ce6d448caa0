#include "reproduce_leeway.h"

#include "attacks/attack.h"
#include "certigar.h"
#include "report.h"
#include "result.h"
#include "train/chart.h"
#include "train/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char leeway_title[] = "How far the leeway attack moves Krum and Bulyan, as d grows (Multi-Bulyan, section 2.3)";

enum { ROWS = 15, LIARS = 3, DRAWS = 3, RULES = 4, SIZES = 5, PATH_SIZE = 4096 };

static const certigar_rule rules[RULES] = {CERTIGAR_KRUM, CERTIGAR_MULTI_KRUM, CERTIGAR_BULYAN, CERTIGAR_MULTI_BULYAN};

typedef struct measure {
  double column;   /* how far the attacked column of the output is from the honest mean */
  double distance; /* how far the output is */
} measure;

typedef struct sheet {
  size_t sizes, d[SIZES];
  measure means[SIZES][RULES]; /* over the draws */
  text csv;
} sheet;

static void draw_rows(float *rows, size_t d, uint64_t draw)
{
  random_stream random = random_open(draw, RANDOM_DATA, d, 0);
  for (size_t i = 0; i < ROWS * d; i++) rows[i] = (float)random_normal(&random);
}

static void attack_rows(float *rows, size_t d)
{
  const attack *found = attack_named("leeway");
  attack_case a = {.rows = rows, .n = ROWS, .d = d, .q = LIARS, .f = LIARS, .omniscient = 1, .strength = found->strength};
  found->send(&a);
}

static int aggregate(certigar_rule rule, const float *rows, size_t d, float *out)
{
  certigar_message message = {""};
  certigar_plan *plan = NULL;
  certigar_options *options = certigar_options_new();
  if (!options) return complain(STATUS_OUTPUT, "no memory");
  certigar_options_set_f(options, LIARS);
  certigar_matrix matrix = {.data = rows, .n = ROWS, .d = d, .row_stride = (ptrdiff_t)(d * sizeof *rows), .column_stride = sizeof *rows};
  certigar_status status = certigar_plan_new(&plan, rule, CERTIGAR_FLOAT32, ROWS, options, &message);
  if (status == CERTIGAR_OK) status = certigar_plan_run(plan, &matrix, out, NULL, &message);
  certigar_plan_free(plan);
  certigar_options_free(options);
  return status == CERTIGAR_OK ? 0 : complain(STATUS_OUTPUT, "%s: %s", certigar_rule_name(rule), message.text);
}

/* The attacked column is column 0. */
static measure judge(const float *rows, size_t d, const float *out)
{
  measure found = {0, 0};
  double sum = 0;
  for (size_t i = 0; i < d; i++) {
    double mean = 0;
    for (size_t r = 0; r < ROWS - LIARS; r++) mean += (double)rows[r * d + i] / (ROWS - LIARS);
    double by = (double)out[i] - mean;
    if (i == 0) found.column = fabs(by);
    sum += by * by;
  }
  found.distance = sqrt(sum);
  return found;
}

static int measure_size(sheet *s, float *rows, float *out, size_t d)
{
  for (uint64_t draw = 1; draw <= DRAWS; draw++) {
    draw_rows(rows, d, draw);
    attack_rows(rows, d);
    for (size_t k = 0; k < RULES; k++) {
      int status = aggregate(rules[k], rows, d, out);
      if (status != 0) return status;
      measure found = judge(rows, d, out), *mean = &s->means[s->sizes][k];
      mean->column += found.column / DRAWS;
      mean->distance += found.distance / DRAWS;
      text_add(&s->csv, "%zu,%d,%s,%.17g,%.17g\n", d, (int)draw, certigar_rule_name(rules[k]), found.column, found.distance);
    }
  }
  s->d[s->sizes++] = d;
  return 0;
}

static void add_row_head(text *t, const char *first)
{
  text_add(t, "| %s |", first);
  for (size_t k = 0; k < RULES; k++) text_add(t, " %s |", certigar_rule_name(rules[k]));
  text_add(t, "\n|---|---|---|---|---|\n");
}

static text describe(const sheet *s)
{
  text t = text_none;
  text_add(&t, "# %s\n\n%d rows of float32, normal numbers of variance 1; the last %d send the mean of the others with one column moved as far as Krum"
               " lets it\n(certigar attack leeway). Means of %d draws, seeds 1 to %d. The source publishes bounds, no figures.\n\n",
           leeway_title, ROWS, LIARS, DRAWS, DRAWS);
  text_add(&t, "The attacked column of the output, less the honest mean; in brackets divided by sqrt(d):\n\n");
  add_row_head(&t, "d");
  for (size_t i = 0; i < s->sizes; i++) {
    text_add(&t, "| %zu |", s->d[i]);
    for (size_t k = 0; k < RULES; k++) text_add(&t, " %.3g (%.3g) |", s->means[i][k].column, s->means[i][k].column / sqrt((double)s->d[i]));
    text_add(&t, "\n");
  }
  text_add(&t, "\nAll columns together, the Euclidean distance of the output from the honest mean, which grows with sqrt(d) even without an attack:\n\n");
  add_row_head(&t, "d");
  for (size_t i = 0; i < s->sizes; i++) {
    text_add(&t, "| %zu |", s->d[i]);
    for (size_t k = 0; k < RULES; k++) text_add(&t, " %.4g |", s->means[i][k].distance);
    text_add(&t, "\n");
  }
  return t;
}

/* The attacked column by d, a power of ten each: on such axes sqrt(d) is a straight line. */
static int draw_sheet(const sheet *s, const char *path, certigar_message *message)
{
  enum { LEAST = -1, MOST = 4 }; /* powers of ten */
  static const char *const up[] = {"0.1", "1", "10", "100", "1000", "10000"};
  chart c;
  chart_begin(&c, "How far the leeway attack moves a column of the output", sizeof "multi-bulyan" - 1);
  for (int p = LEAST; p <= MOST; p++) chart_tick_up(&c, (double)(p - LEAST) / (MOST - LEAST), up[p - LEAST]);
  for (size_t i = 0; i < s->sizes; i++) {
    char label[32];
    snprintf(label, sizeof label, "%zu", s->d[i]);
    chart_tick_across(&c, (double)i / (SIZES - 1), label);
  }
  chart_caption(&c, "the attacked column less the honest mean, by d; dimension and distance in powers of ten");
  for (size_t k = 0; k < RULES; k++) {
    chart_point points[SIZES];
    for (size_t i = 0; i < s->sizes; i++) {
      double column = s->means[i][k].column;
      points[i] = (chart_point){(double)i / (SIZES - 1), column > 0 ? (log10(column) - LEAST) / (MOST - LEAST) : (double)NAN};
    }
    chart_curve(&c, certigar_rule_name(rules[k]), points, s->sizes);
  }
  return chart_end(&c, path, message);
}

static int write_sheet(sheet *s, const char *state)
{
  char path[PATH_SIZE];
  certigar_message message;
  text described = describe(s);
  snprintf(path, sizeof path, "%s/leeway.csv", state);
  int good = text_write(&s->csv, path, &message);
  if (good) snprintf(path, sizeof path, "%s/table.md", state);
  good = good && text_write(&described, path, &message);
  free(described.bytes);
  if (good) snprintf(path, sizeof path, "%s/leeway.svg", state);
  good = good && draw_sheet(s, path, &message);
  if (good) snprintf(path, sizeof path, "%s/table.md", state);
  if (!good) return complain_output(path, &message);
  printf("%s\n", path);
  return 0;
}

int reproduce_leeway(const char *state, size_t limit)
{
  sheet s = {.sizes = 0};
  size_t sizes = limit < SIZES ? limit : SIZES, greatest = 100;
  for (size_t i = 1; i < sizes; i++) greatest *= 10;
  float *rows = malloc(ROWS * greatest * sizeof *rows), *out = malloc(greatest * sizeof *out);
  int status = rows && out ? 0 : complain(STATUS_OUTPUT, "no memory for %d rows of %zu numbers", ROWS, greatest);
  text_add(&s.csv, "d,draw,rule,column,distance\n");
  for (size_t d = 100; status == 0 && s.sizes < sizes; d *= 10) {
    status = measure_size(&s, rows, out, d);
    if (status != 0) break;
    printf("d = %zu\n", d);
    fflush(stdout);
  }
  free(rows);
  free(out);
  if (status == 0) return write_sheet(&s, state);
  free(s.csv.bytes);
  return status;
}
