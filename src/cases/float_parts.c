#include "float_parts.h"

#include <math.h>
#include <stdlib.h>

int wrong_space_new(wrong_space *space, size_t n, size_t d)
{
  *space = (wrong_space){.table = malloc(n * n * sizeof(double)), .row = malloc(n * sizeof(double)), .scores = malloc(n * sizeof(double)),
                         .column = malloc(n * sizeof(double)), .away = malloc(n * sizeof(double)), .made = malloc((n + 2) * d * sizeof(double)),
                         .order = malloc(n * sizeof(size_t)),
                         .kept = malloc(n * sizeof(size_t)), .gone = calloc(n, 1)};
  const wrong_space *s = space;
  if (s->table && s->row && s->scores && s->column && s->away && s->made && s->order && s->kept && s->gone) return 1;
  wrong_space_free(space);
  return 0;
}

void wrong_space_free(wrong_space *space)
{
  free(space->table);
  free(space->row);
  free(space->scores);
  free(space->column);
  free(space->away);
  free(space->made);
  free(space->order);
  free(space->kept);
  free(space->gone);
  *space = (wrong_space){NULL};
}

/* ---- distances ---- */

static double direct_distance(const wrong_input *in, size_t i, size_t j)
{
  double sum = 0;
  for (size_t c = 0; c < in->d; c++) {
    const double difference = rounded(in, value(in, i, c) - value(in, j, c));
    sum = rounded(in, sum + rounded(in, difference * difference));
  }
  return sum;
}

static double gram_distance(const wrong_input *in, size_t i, size_t j)
{
  double first = 0, second = 0, product = 0;
  for (size_t c = in->d; c-- > 0;) {
    first = rounded(in, first + rounded(in, value(in, i, c) * value(in, i, c)));
    second = rounded(in, second + rounded(in, value(in, j, c) * value(in, j, c)));
  }
  for (size_t c = 0; c < in->d; c++) product = rounded(in, product + rounded(in, value(in, i, c) * value(in, j, c)));
  return rounded(in, rounded(in, first + second) - 2 * product);
}

void float_table(const wrong_input *in, const float_how *how)
{
  for (size_t i = 0; i < in->n; i++)
    for (size_t j = 0; j < in->n; j++) {
      double distance = how->gram ? gram_distance(in, i, j) : direct_distance(in, i, j);
      if (how->power == 1) distance = rounded(in, sqrt(distance));
      if (how->power == 4) distance = rounded(in, distance * distance);
      in->space->table[i * in->n + j] = distance;
    }
}

/* ---- orders ---- */

static int is_before(double a, double b, int nan_least)
{
  if (isnan(a) || isnan(b)) return nan_least ? isnan(a) && !isnan(b) : !isnan(a) && isnan(b);
  return a < b;
}

void float_sort(double *numbers, size_t count)
{
  for (size_t i = 1; i < count; i++) {
    const double number = numbers[i];
    size_t at = i;
    for (; at > 0 && is_before(number, numbers[at - 1], 0); at--) numbers[at] = numbers[at - 1];
    numbers[at] = number;
  }
}

void float_order(const wrong_input *in, const double *numbers, int nan_least)
{
  size_t *order = in->space->order;
  for (size_t i = 0; i < in->n; i++) {
    size_t at = i;
    for (; at > 0 && is_before(numbers[i], numbers[order[at - 1]], nan_least); at--) order[at] = order[at - 1];
    order[at] = i;
  }
}

/* ---- scores ---- */

static double score(const wrong_input *in, const float_how *how, size_t i, size_t neighbours)
{
  const wrong_space *space = in->space;
  double sum = 0;
  size_t count = 0, first = how->by_value ? 1 : 0;
  for (size_t j = 0; j < in->n; j++)
    if (!space->gone[j] && (how->by_value || j != i)) space->row[count++] = space->table[i * in->n + j];
  float_sort(space->row, count);
  for (size_t k = first; k < first + neighbours && k < count; k++) sum = rounded(in, sum + space->row[k]);
  return sum;
}

void float_scores(const wrong_input *in, const float_how *how, size_t neighbours)
{
  for (size_t i = 0; i < in->n; i++)
    if (!in->space->gone[i]) in->space->scores[i] = score(in, how, i, neighbours);
}

/* ---- means ---- */

double float_sum(const wrong_input *in, size_t c, const size_t *rows, size_t count)
{
  double sum = 0;
  for (size_t k = 0; k < count; k++) sum = rounded(in, sum + value(in, rows[k], c));
  return sum;
}

void float_mean(const wrong_input *in, const size_t *rows, size_t count, double *out)
{
  for (size_t c = 0; c < in->d; c++) out[c] = rounded(in, float_sum(in, c, rows, count) / (double)count);
}

void float_column(const wrong_input *in, size_t c, const size_t *rows, size_t count)
{
  for (size_t k = 0; k < count; k++) in->space->column[k] = value(in, rows[k], c);
  float_sort(in->space->column, count);
}

double float_median(const wrong_input *in, size_t count, certigar_median_kind kind)
{
  const double lower = in->space->column[(count - 1) / 2], upper = in->space->column[count / 2];
  if (kind == CERTIGAR_LOWER || count % 2 == 1) return lower;
  return kind == CERTIGAR_UPPER ? upper : rounded(in, rounded(in, lower + upper) / 2);
}

double float_around(const wrong_input *in, size_t count, double middle, size_t kept)
{
  const wrong_space *space = in->space;
  double sum = 0;
  for (size_t k = 0; k < count; k++) { /* by distance, of equal ones the smaller first, as the column is sorted */
    const double number = space->column[k], away = fabs(rounded(in, number - middle));
    size_t at = k;
    for (; at > 0 && is_before(away, space->away[at - 1], 0); at--) {
      space->away[at] = space->away[at - 1];
      space->row[at] = space->row[at - 1];
    }
    space->away[at] = away;
    space->row[at] = number;
  }
  for (size_t k = 0; k < kept; k++) sum = rounded(in, sum + space->row[k]);
  return rounded(in, sum / (double)kept);
}

/* ---- the rules ---- */

static size_t first_rows(const wrong_input *in, size_t count)
{
  for (size_t k = 0; k < count; k++) in->space->kept[k] = in->space->order[k];
  return count;
}

static size_t select_by_scores(const wrong_input *in, const float_how *how, size_t count)
{
  float_scores(in, how, in->n - in->f - 2 + how->more_neighbours);
  float_order(in, in->space->scores, how->nan_least);
  return first_rows(in, count);
}

/* Krum again and again among the rows that are left. */
static size_t select_by_rounds(const wrong_input *in, const float_how *how, size_t count)
{
  const wrong_space *space = in->space;
  for (size_t k = 0; k < count; k++) {
    const size_t left = in->n - k;
    size_t at = 0;
    float_scores(in, how, left > in->f + 3 ? left - in->f - 2 : 1);
    float_order(in, space->scores, how->nan_least);
    while (space->gone[space->order[at]]) at++;
    space->kept[k] = space->order[at];
    space->gone[space->order[at]] = 1;
  }
  for (size_t i = 0; i < in->n; i++) space->gone[i] = 0;
  return count;
}

static double diameter(const wrong_input *in, const size_t *set, size_t count)
{
  double greatest = 0;
  for (size_t a = 0; a < count; a++)
    for (size_t b = a + 1; b < count; b++) {
      const double distance = in->space->table[set[a] * in->n + set[b]];
      if (isnan(distance)) return distance;
      if (distance > greatest) greatest = distance;
    }
  return greatest;
}

int float_next_set(size_t *set, size_t count, size_t n)
{
  size_t at = count;
  while (at > 0 && set[at - 1] == n - count + at - 1) at--;
  if (at == 0) return 0;
  set[at - 1]++;
  for (; at < count; at++) set[at] = set[at - 1] + 1;
  return 1;
}

/* The first set of least diameter; sets with a NaN are passed over, if there are others. */
static size_t select_by_diameter(const wrong_input *in)
{
  const wrong_space *space = in->space;
  const size_t count = in->n - in->f;
  double least = INFINITY;
  if (in->n > 16) return 0;
  for (size_t k = 0; k < count; k++) space->order[k] = space->kept[k] = k;
  do {
    const double found = diameter(in, space->order, count);
    if (!(found < least)) continue;
    least = found;
    first_rows(in, count);
  } while (float_next_set(space->order, count, in->n));
  return count;
}

static size_t select_nearest(const wrong_input *in)
{
  const wrong_space *space = in->space;
  for (size_t i = 0; i < in->n; i++) space->scores[i] = i == in->pivot ? -1 : space->table[in->pivot * in->n + i];
  float_order(in, space->scores, 0);
  return first_rows(in, in->n - in->f);
}

static size_t select_least_norms(const wrong_input *in)
{
  const wrong_space *space = in->space;
  for (size_t i = 0; i < in->n; i++) {
    space->scores[i] = 0;
    for (size_t c = 0; c < in->d; c++) space->scores[i] = rounded(in, space->scores[i] + rounded(in, value(in, i, c) * value(in, i, c)));
  }
  float_order(in, space->scores, 0);
  return first_rows(in, in->n - in->f);
}

static size_t select_greatest_scores(const wrong_input *in)
{
  for (size_t i = 0; i < in->n; i++) in->space->scores[i] = -in->scores[i];
  float_order(in, in->space->scores, 0);
  return first_rows(in, in->n - in->f);
}

size_t float_select(const wrong_input *in, const float_how *how)
{
  if (in->rule != CERTIGAR_CGE && in->rule != CERTIGAR_ZENO) float_table(in, how);
  switch (in->rule) {
    case CERTIGAR_KRUM: return select_by_scores(in, how, 1);
    case CERTIGAR_MULTI_KRUM: return select_by_scores(in, how, in->m);
    case CERTIGAR_BULYAN: return select_by_rounds(in, how, in->n - 2 * in->f);
    case CERTIGAR_MULTI_BULYAN: return in->variant == CERTIGAR_ONE_PASS ? select_by_scores(in, how, in->n - 2 * in->f - 2) : 0;
    case CERTIGAR_MDA: return select_by_diameter(in);
    case CERTIGAR_MONNA: return select_nearest(in);
    case CERTIGAR_CGE: return select_least_norms(in);
    case CERTIGAR_ZENO: return select_greatest_scores(in);
    default: return 0;
  }
}

int float_answer(const wrong_input *in, const float_how *how, certigar_median_kind kind, double *out)
{
  if (in->rule == CERTIGAR_MULTI_BULYAN && in->variant == CERTIGAR_ITERATED) return float_iterated(in, how, kind, out);
  const size_t count = float_select(in, how);
  if (count == 0) return 0;
  if (in->rule == CERTIGAR_KRUM) {
    for (size_t c = 0; c < in->d; c++) out[c] = value(in, in->space->kept[0], c);
    return 1;
  }
  if (in->rule != CERTIGAR_BULYAN && in->rule != CERTIGAR_MULTI_BULYAN) {
    float_mean(in, in->space->kept, count, out);
    return 1;
  }
  for (size_t c = 0; c < in->d; c++) {
    float_column(in, c, in->space->kept, count);
    out[c] = float_around(in, count, float_median(in, count, kind), count - 2 * in->f);
  }
  return 1;
}
