/* Rules that select rows: scores as intervals, exact where these leave a choice open, and the choice itself. */
#include "distances.h"

#include <stdlib.h>
#include <string.h>

struct certigar_selection {
  size_t n, digits;
  certigar_distances *distances;
  uint32_t *lower, *upper;          /* the scores: n natural numbers each */
  uint32_t *row_lower, *row_upper;  /* the distances of one row: n natural numbers each */
  int *order;
  unsigned char *selected, *open;   /* n flags each */
  size_t *rows, row_count;          /* selected, ascending */
  certigar_interval *scores;
  certigar_bound margin;
  int tie;
};

int certigar_selects_rows(certigar_rule rule)
{
  return rule == CERTIGAR_KRUM || rule == CERTIGAR_MULTI_KRUM;
}

size_t certigar_selection_work_bytes(const certigar_plan *plan)
{
  return certigar_distances_work_bytes(plan);
}

void certigar_selection_free(certigar_selection *selection)
{
  if (!selection) return;
  certigar_distances_free(selection->distances);
  free(selection->lower);
  free(selection->upper);
  free(selection->row_lower);
  free(selection->row_upper);
  free(selection->order);
  free(selection->selected);
  free(selection->open);
  free(selection->rows);
  free(selection->scores);
  free(selection);
}

int certigar_selection_new(certigar_plan *plan)
{
  size_t n = plan->n, natural_size = plan->kernels->natural_digits * sizeof(uint32_t);
  certigar_selection *made = plan->selection = calloc(1, sizeof *made);
  if (!made) return 0;
  made->n = n;
  made->digits = plan->kernels->natural_digits;
  made->distances = certigar_distances_new(plan);
  made->lower = malloc(n * natural_size);
  made->upper = malloc(n * natural_size);
  made->row_lower = malloc(n * natural_size);
  made->row_upper = malloc(n * natural_size);
  made->order = malloc(n * sizeof *made->order);
  made->selected = malloc(n);
  made->open = malloc(n);
  made->rows = malloc(n * sizeof *made->rows);
  made->scores = malloc(n * sizeof *made->scores);
  return made->distances && made->lower && made->upper && made->row_lower && made->row_upper && made->order && made->selected && made->open &&
         made->rows && made->scores;
}

/* ---- Krum's scores: the sum of the k least distances from the other rows ---- */

static void score_interval(certigar_selection *s, const certigar_plan *plan, size_t i, size_t k)
{
  const certigar_kernels *kernels = plan->kernels;
  for (size_t j = 0; j < s->n; j++)
    certigar_distances_bounds(s->distances, i, j, s->row_lower + j * s->digits, s->row_upper + j * s->digits);
  kernels->least_sum(s->row_lower, (int)s->n, (int)i, (int)k, s->order, s->lower + i * s->digits);
  kernels->least_sum(s->row_upper, (int)s->n, (int)i, (int)k, s->order, s->upper + i * s->digits);
}

static int is_exact(const certigar_selection *s, const certigar_kernels *kernels, size_t i)
{
  return kernels->natural_compare(s->lower + i * s->digits, s->upper + i * s->digits) == 0;
}

/* Whether a row selected and one left out have the same score. A pair whose intervals only touch is opened: then it is not known yet. */
static int find_tie(certigar_selection *s, const certigar_kernels *kernels, int *unknown)
{
  const int *group = certigar_distances_groups(s->distances);
  int tie = 0;
  for (size_t i = 0; i < s->n; i++) {
    if (!s->selected[i]) continue;
    for (size_t j = 0; j < s->n; j++) {
      if (s->selected[j]) continue;
      if (group[i] == group[j]) {
        tie = 1;
      } else if (kernels->natural_compare(s->upper + i * s->digits, s->lower + j * s->digits) == 0) {
        if (is_exact(s, kernels, i) && is_exact(s, kernels, j)) {
          tie = 1;
        } else {
          s->open[i] = s->open[j] = 1;
          *unknown = 1;
        }
      }
    }
  }
  return tie;
}

/* The m rows of least score; scores become exact until they are known. Returns 0 if there is no memory for that. */
static int choose(certigar_selection *s, certigar_plan *plan, size_t m, size_t k)
{
  const certigar_kernels *kernels = plan->kernels;
  const int *group = certigar_distances_groups(s->distances);
  memset(s->selected, 0, s->n); /* a run that is stopped selects nothing */
  while (!atomic_load(&plan->stop)) {
    int unknown = 0;
    int decided = kernels->choose_least(s->lower, s->upper, group, (int)s->n, (int)m, s->order, s->selected, s->open);
    if (decided) s->tie = find_tie(s, kernels, &unknown);
    if (decided && !unknown) break;
    if (!certigar_distances_refine(s->distances, plan, s->open)) return 0;
    for (size_t i = 0; i < s->n; i++) score_interval(s, plan, i, k);
  }
  return 1;
}

/* ---- what the certificate says ---- */

/* The leading bits of a natural number, rounded down or up. */
static certigar_bound bound_of(const certigar_plan *plan, const uint32_t *a, int up)
{
  int top = (int)plan->kernels->natural_digits - 1;
  certigar_bound bound = {0, 0, 0};
  if (a[top]) return (certigar_bound){0, 0, 1};
  while (top > 0 && !a[top]) top--;
  uint64_t low = top >= 1 ? a[top - 1] : 0, lowest = top >= 2 ? a[top - 2] : 0;
  bound.significand = (uint64_t)a[top] << 32 | low;
  bound.exponent = plan->kernels->natural_exponent + 32 * (top - 1);
  if (!bound.significand) return (certigar_bound){0, 0, 0};
  for (int bit = 31; bound.significand >> 63 == 0; bit--) {
    bound.significand = bound.significand << 1 | (lowest >> bit & 1);
    lowest &= (1ULL << bit) - 1;
    bound.exponent--;
  }
  int rest = lowest != 0;
  for (int i = top - 3; i >= 0; i--) rest |= a[i] != 0;
  if (up && rest && ++bound.significand == 0) {
    bound.significand = 1ULL << 63;
    bound.exponent++;
  }
  return bound;
}

/* to = a - b, where b < a */
static void subtract(const uint32_t *a, const uint32_t *b, uint32_t *to, size_t digits)
{
  uint32_t borrow = 0;
  for (size_t i = 0; i < digits; i++) {
    uint64_t taken = (uint64_t)b[i] + borrow;
    to[i] = (uint32_t)(a[i] - taken);
    borrow = a[i] < taken;
  }
}

/* (second - first) / first, rounded down; no less than 0. Scratch is overwritten. */
static certigar_bound relative_margin(const certigar_plan *plan, const uint32_t *first, const uint32_t *second, uint32_t *scratch)
{
  certigar_bound divisor = bound_of(plan, first, 1);
  if (plan->kernels->natural_compare(first, second) >= 0) return (certigar_bound){0, 0, 0};
  if (!divisor.significand || bound_of(plan, second, 0).infinite) return (certigar_bound){0, 0, 1};
  subtract(second, first, scratch, plan->kernels->natural_digits);
  certigar_bound difference = bound_of(plan, scratch, 0);
  unsigned __int128 wide = (unsigned __int128)difference.significand << 63;
  return (certigar_bound){(uint64_t)(wide / divisor.significand), difference.exponent - divisor.exponent - 63, 0};
}

static void describe(certigar_selection *s, const certigar_plan *plan)
{
  const uint32_t *first = NULL, *second = NULL;
  s->row_count = 0;
  for (size_t i = 0; i < s->n; i++) {
    const uint32_t *lower = s->lower + i * s->digits, *upper = s->upper + i * s->digits;
    s->scores[i] = (certigar_interval){bound_of(plan, lower, 0), bound_of(plan, upper, 1)};
    if (s->selected[i]) {
      s->rows[s->row_count++] = i;
      if (!first || plan->kernels->natural_compare(upper, first) > 0) first = upper;
    } else if (!second || plan->kernels->natural_compare(lower, second) < 0) {
      second = lower;
    }
  }
  s->margin = first && second ? relative_margin(plan, first, second, s->row_lower) : (certigar_bound){0, 0, 0};
}

int certigar_selection_run(certigar_plan *plan)
{
  certigar_selection *s = plan->selection;
  size_t k = s->n - plan->options.f - 2, m = plan->rule == CERTIGAR_KRUM ? 1 : plan->options.m > 0 ? plan->options.m : k;
  certigar_distances_run(s->distances, plan);
  for (size_t i = 0; i < s->n; i++) score_interval(s, plan, i, k);
  if (!choose(s, plan, m, k)) return 0;
  describe(s, plan);
  return 1;
}

const size_t *certigar_selection_rows(const certigar_plan *plan, size_t *count)
{
  *count = plan->selection->row_count;
  return plan->selection->rows;
}

void certigar_selection_report(const certigar_plan *plan, certigar_certificate *certificate)
{
  const certigar_selection *s = plan->selection;
  certificate->selected = s->rows;
  certificate->selected_count = s->row_count;
  certificate->scores = s->scores;
  certificate->margin = s->margin;
  certificate->ties = (size_t)s->tie;
  certificate->exact_distances = certigar_distances_evaluated(s->distances);
}
