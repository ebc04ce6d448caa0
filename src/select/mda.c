/* Minimum diameter averaging (El Mhamdi et al. 2018): the n-f rows of which the greatest distance is least; of such sets the first.
 *
 * A set of n-f rows has a diameter of at most t if taking f rows away leaves no pair farther apart than t: a vertex cover. So the least
 * diameter is found by bisection over the distances. With their lower bounds it comes out too small, with their upper bounds too great; the distances
 * in between are made exact. What is found is then shown to be right by a step of its own, which is proved and selects the set (order/smallest.h).
 */
#include "order/smallest.h"
#include "selection.h"

#include <stdlib.h>

typedef struct search {
  certigar_selection *s;
  certigar_plan *plan;
  size_t n, f, pair_count;
  uint32_t *lower, *upper; /* of the pairs i > j, at i (i-1)/2 + j */
  size_t *order;           /* the pairs, by the bounds in use */
  int64_t *place;          /* of each pair in that order, from 1; that of the first of equal ones; in the last step its class */
  int64_t *rank;           /* the same of rows i and j at i n + j; 0 of a row and itself */
  /* scratch for the search: */
  unsigned char *linked;
  int32_t *mark, *out, *known;
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

/* A pair of which it is known that its distance is the least diameter, once all is settled: the one that gives both bounds of it, or an exact one.
 * pair_count if there is none. */
static size_t pair_of_diameter(const search *m, const uint32_t *low, const uint32_t *high)
{
  size_t p = (size_t)(low - m->lower) / m->s->digits;
  if ((size_t)(low - m->lower) == (size_t)(high - m->upper)) return p;
  for (p = 0; p < m->pair_count; p++)
    if (compare(m, number(m, m->lower, p), high) == 0 && compare(m, number(m, m->upper, p), high) == 0) return p;
  return p;
}

/* Asks for the distances that are in the way of comparing pairs with pair p. */
static void want_classes(search *m, size_t diameter)
{
  for (size_t i = 1, p = 0; i < m->n; i++)
    for (size_t j = 0; j < i; j++, p++)
      if (p == diameter || m->place[p] == CLASS_UNKNOWN) certigar_distances_want(m->s->distances, i, j);
}

/* The last step, which does not rely on the search: the pairs by comparison with one of them, and whether its distance is the least diameter
 * (order/smallest.h). Returns 1, with the first set selected; 0 if distances were asked for; -1 if the search was wrong. */
static int select_smallest(search *m, size_t diameter)
{
  if (diameter == m->pair_count) return -1;
  if (!m->s->kernels->classify_numbers(m->lower, m->upper, (int64_t)m->pair_count, (int64_t)diameter, m->place)) {
    want_classes(m, diameter);
    return 0;
  }
  return certigar_smallest_set(m->place, (int)m->n, (int)m->f, m->rank, m->s->selected, m->linked, m->mark, m->degree, m->out, m->known) ? 1 : -1;
}

/* Whether another set is as small; else how much wider the least of the others is. */
static void compare_others(search *m, size_t diameter)
{
  if (m->f == 0) return;
  if (certigar_smallest_tied(m->rank, (int)m->n, (int)m->f, m->s->selected, m->linked, m->mark, m->degree)) {
    m->s->ties = 1;
    m->s->margin = (certigar_bound){.significand = 0};
    return;
  }
  const uint32_t *least = number(m, m->upper, diameter), *other = least_diameter(m, m->lower, other_set_exists);
  m->s->margin = certigar_relative_margin(m->s->kernels, least, other, m->s->row_lower);
}

static int find_set(search *m, certigar_plan *plan)
{
  size_t diameter = 0;
  int done = 0;
  while (!done) {
    if (!certigar_distances_refine(m->s->distances, plan)) return 0;
    read_bounds(m);
    const uint32_t *high = least_diameter(m, m->upper, set_exists), *low = least_diameter(m, m->lower, set_exists);
    if (atomic_load(&plan->stop)) return 1;
    if (!settled(m, low, high)) continue;
    diameter = pair_of_diameter(m, low, high);
    done = select_smallest(m, diameter);
  }
  if (done > 0) compare_others(m, diameter);
  return done > 0;
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
  m.mark = malloc(m.n * sizeof *m.mark);
  m.out = malloc(m.n * sizeof *m.out);
  m.known = malloc(m.n * sizeof *m.known);
  m.degree = malloc(m.n * sizeof *m.degree);
  good = m.lower && m.upper && m.order && m.place && m.rank && m.linked && m.mark && m.out && m.known && m.degree && find_set(&m, plan);
  free(m.degree);
  free(m.known);
  free(m.out);
  free(m.mark);
  free(m.linked);
  free(m.rank);
  free(m.place);
  free(m.order);
  free(m.upper);
  free(m.lower);
  return good;
}
