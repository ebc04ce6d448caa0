/* Minimum diameter averaging (El Mhamdi et al. 2018): the n-f rows of which the greatest distance is least; of such sets the first.
 *
 * A set of n-f rows has a diameter of at most t if taking f rows away leaves no pair farther apart than t: a vertex cover. So the least
 * diameter is found by bisection over the distances. With their lower bounds it comes out too small, with their upper bounds too great; the distances
 * in between are made exact.
 */
#include "order/within.h"
#include "selection.h"

#include <stdlib.h>
#include <string.h>

typedef struct search {
  certigar_selection *s;
  certigar_plan *plan;
  size_t n, f, pair_count;
  uint32_t *lower, *upper; /* of the pairs i > j, at i (i-1)/2 + j */
  size_t *order;           /* the pairs, by the bounds in use */
  int64_t *place;          /* of each pair in that order, from 1; that of the first of equal ones */
  int64_t *rank;           /* the same of rows i and j at i n + j; 0 of a row and itself */
  unsigned char *out;      /* n flags: rows that are not to be in a set; and n more, scratch */
  /* scratch for the search: */
  unsigned char *linked;
  int32_t *mark;
  uint32_t *degree;
} search;

static const uint32_t *number(const search *m, const uint32_t *numbers, size_t p)
{
  return numbers + p * m->s->digits;
}

static int compare(const search *m, const uint32_t *a, const uint32_t *b)
{
  return m->s->kernels->natural_compare(a, b);
}

/* Shell's sort. */
static void sort_pairs(search *m, const uint32_t *numbers)
{
  size_t gap = 1;
  while (gap < m->pair_count / 3) gap = 3 * gap + 1;
  for (size_t p = 0; p < m->pair_count; p++) m->order[p] = p;
  for (; gap > 0; gap /= 3)
    for (size_t i = gap; i < m->pair_count; i++)
      for (size_t j = i; j >= gap && compare(m, number(m, numbers, m->order[j]), number(m, numbers, m->order[j - gap])) < 0; j -= gap) {
        size_t moved = m->order[j];
        m->order[j] = m->order[j - gap];
        m->order[j - gap] = moved;
      }
}

/* Pairs by the numbers, with their places. */
static void rank_pairs(search *m, const uint32_t *numbers)
{
  sort_pairs(m, numbers);
  for (size_t q = 0; q < m->pair_count; q++) {
    size_t p = m->order[q], before = q > 0 ? m->order[q - 1] : p;
    m->place[p] = q > 0 && compare(m, number(m, numbers, p), number(m, numbers, before)) == 0 ? m->place[before] : (int64_t)q + 1;
  }
  for (size_t i = 0, p = 0; i < m->n; i++) {
    m->rank[i * m->n + i] = 0;
    for (size_t j = 0; j < i; j++, p++) m->rank[i * m->n + j] = m->rank[j * m->n + i] = m->place[p];
  }
}

/* The place that divides the pairs: those up to t have no greater one. */
static int64_t place_of(const search *m, const uint32_t *numbers, const uint32_t *t)
{
  int64_t count = 0;
  for (size_t p = 0; p < m->pair_count; p++) count += compare(m, number(m, numbers, p), t) <= 0;
  return count;
}

static int set_exists(search *m, int64_t t)
{
  return certigar_any_within(m->rank, (int)m->n, (int)m->f, t, m->linked, m->mark, m->degree);
}

/* Whether there is another set than the selected one: one that leaves out one of its rows. */
static int other_set_exists(search *m, int64_t t)
{
  return m->f > 0 && certigar_other_within(m->rank, (int)m->n, (int)m->f, t, m->s->selected, m->linked, m->mark, m->degree);
}

/* The least of the numbers t, in the order of the pairs, for which there is a set of which no pair is farther apart. */
static const uint32_t *least_diameter(search *m, const uint32_t *numbers, int (*exists)(search *, int64_t))
{
  size_t low = 0, high = m->pair_count - 1;
  rank_pairs(m, numbers);
  while (low < high && !atomic_load(&m->plan->stop)) {
    size_t middle = low + (high - low) / 2;
    certigar_advance(m->plan, 0, 0);
    if (exists(m, m->place[m->order[middle]])) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return number(m, numbers, m->order[low]);
}

static void read_bounds(search *m)
{
  for (size_t i = 1, p = 0; i < m->n; i++)
    for (size_t j = 0; j < i; j++, p++)
      certigar_distances_bounds(m->s->distances, i, j, m->lower + p * m->s->digits, m->upper + p * m->s->digits);
}

/* Whether it is known of every pair if it is farther apart than the least diameter, which is between low and high: so it is if the same pair gives
 * both and no other may lie between. Else asks for the distances that may. (All that are open are made exact together: while one pair is open,
 * the exact ones are 0 or infinite, and none of them lies between.) */
static int settled(search *m, const uint32_t *low, const uint32_t *high)
{
  size_t open = 0, same = (size_t)(low - m->lower) == (size_t)(high - m->upper);
  for (size_t i = 1, p = 0; i < m->n; i++)
    for (size_t j = 0; j < i; j++, p++) {
      const uint32_t *lower = number(m, m->lower, p), *upper = number(m, m->upper, p);
      if (compare(m, lower, high) > 0 || compare(m, upper, low) <= 0 || compare(m, lower, upper) == 0) continue;
      certigar_distances_want(m->s->distances, i, j);
      open++;
    }
  if (open != 1 || !same) return open == 0;
  certigar_distances_forget_wants(m->s->distances);
  return 1;
}

/* Whether leaving out so many rows, besides those that are out, leaves no pair beyond t. */
static int can_leave_out(search *m, size_t budget, int64_t t)
{
  for (size_t i = 0; i < m->n; i++) m->mark[i] = m->out[i];
  return certigar_set_within(m->rank, (int)m->n, (int)budget, t, m->linked, m->mark, m->degree);
}

/* Row by row, the first rows that a set of n-f can hold: of a row that is kept, all that are beyond t go. */
static void select_first_set(search *m, int64_t t)
{
  size_t left = m->f, kept = 0;
  unsigned char *before = m->out + m->n;
  memset(m->out, 0, m->n);
  for (size_t i = 0; i < m->n; i++) {
    size_t gone = 0;
    if (m->out[i]) continue;
    memcpy(before, m->out, m->n);
    for (size_t j = 0; j < m->n; j++) {
      if (m->out[j] || m->rank[i * m->n + j] <= t) continue;
      m->out[j] = 1;
      gone++;
    }
    if (kept < m->n - m->f && gone <= left && can_leave_out(m, left - gone, t)) {
      left -= gone;
      kept++;
      m->s->selected[i] = 1;
    } else {
      memcpy(m->out, before, m->n);
      m->out[i] = 1;
      if (left > 0) left--;
    }
  }
}

static int find_set(search *m, certigar_plan *plan)
{
  const uint32_t *diameter = NULL;
  do {
    if (!certigar_distances_refine(m->s->distances, plan)) return 0;
    read_bounds(m);
    diameter = least_diameter(m, m->upper, set_exists);
  } while (!settled(m, least_diameter(m, m->lower, set_exists), diameter) && !atomic_load(&plan->stop));
  if (atomic_load(&plan->stop)) return 1;
  const int64_t t = place_of(m, m->lower, diameter);
  select_first_set(m, t);
  if (m->f == 0) return 1;
  if (other_set_exists(m, t)) {
    m->s->ties = 1;
    m->s->margin = (certigar_bound){.significand = 0};
  } else {
    m->s->margin = certigar_relative_margin(m->s->kernels, diameter, least_diameter(m, m->lower, other_set_exists), m->s->row_lower);
  }
  return 1;
}

int certigar_select_mda(certigar_selection *s, certigar_plan *plan)
{
  search m = {.s = s, .plan = plan, .n = s->n, .f = plan->options.f, .pair_count = s->n * (s->n - 1) / 2};
  int good;
  if (s->n == 1) {
    s->selected[0] = 1;
    return 1;
  }
  m.lower = malloc(m.pair_count * s->digits * sizeof *m.lower);
  m.upper = malloc(m.pair_count * s->digits * sizeof *m.upper);
  m.order = malloc(m.pair_count * sizeof *m.order);
  m.place = malloc(m.pair_count * sizeof *m.place);
  m.rank = malloc(m.n * m.n * sizeof *m.rank);
  m.linked = malloc(m.n * m.n);
  m.out = malloc(2 * m.n);
  m.mark = malloc(m.n * sizeof *m.mark);
  m.degree = malloc(m.n * sizeof *m.degree);
  good = m.lower && m.upper && m.order && m.place && m.rank && m.linked && m.out && m.mark && m.degree && find_set(&m, plan);
  free(m.degree);
  free(m.mark);
  free(m.out);
  free(m.linked);
  free(m.rank);
  free(m.place);
  free(m.order);
  free(m.upper);
  free(m.lower);
  return good;
}
