/* Smallest maximum eigenvalue averaging (Allouah et al. 2023): of the sets of k = m-f' finite rows the one whose scatter, the sum of
 * (x - mean)(x - mean)^T, has the least greatest eigenvalue; all have k rows, so its covariance has too.
 *
 * Branch and bound, a row more or less at a time. Adding row x_t to a set with the mean m_t of t rows adds t/(t+1) y_t y_t^T, y_t = x_t - m_t, to its
 * scatter (Welford 1962). So the scatter grows, and a set is out with all that contain it once its greatest eigenvalue is known to be b or more, b
 * that of the best set so far. It is less than b if and only if (b (t+1)/t on the diagonal) - (<y_t, y_r>)_tr is positive definite: one more row of
 * an L D L^T factorisation for each row added, t^2 / 2 products. A b that has become less since only makes the test stricter: rows of the
 * factorisation that were made with a greater one need not be made again. The inner products follow from distances D:
 *
 *     -2 <y_t, y_r> = D_tr - (1/r) sum_(j<r) D_tj - (1/t) sum_(j<t) D_rj + (1/(tr)) sum_(i<t) sum_(j<r) D_ij
 *
 * The first best set comes from leaving out, one at a time, the row farthest along the dominant direction; rows are tried in that order, outliers
 * first, so that sets with an outlier are out early. Of equal rows only the first ones of the input are taken: the others make no lesser list.
 *
 * Bits. The greatest D in a set is at most twice its greatest eigenvalue, and sets with a D above 2b are out before anything else is computed. So all
 * numbers are at most some n^2 b, whatever the scale of the data, and 128 bits tell eigenvalues that are a factor 1 + 2^-TIE_BITS apart; nearer ones
 * count as equal, of which the lexicographically smallest set is taken. That may raise b each time, by less than 2^-30 over 2^40 times.
 *
 * Time, of noise alone, d = 1000: n = 10 takes 2 ms, n = 15 and f = 5 8 ms, n = 20 and f = 4 or 9 40 ms, n = 25 and f = 8 0.4 s, n = 30 and f = 5
 * 3 s; with f outliers less (n = 51 and f = 25: 0.6 s); when all rows are as far from each other, so that all sets are equal, more (n = 20 and f = 9,
 * 167960 sets: 9 s). Noise of 51 rows with f = 10 does not end in minutes; a run can be stopped at any time.
 */
#include "smea.h"

#include "eigen.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 128, TIE_BITS = 72, POLL = 256 };

typedef struct search {
  certigar_plan *plan;
  size_t m, k;
  size_t *order;        /* of rows, as indices into the gram: place p of the search is row order[p] */
  size_t *earlier;      /* the place of the row before that is equal to that at place p, m if there is none */
  mpfr_t *distances;    /* m x m, by rows */
  certigar_eigen eigen;
  mpfr_t *matrix;       /* k x k at most m x m, for eigen */
  /* the set in hand: t rows, by place; whether a place is in it */
  size_t *set, t;
  unsigned char *in_set;
  mpfr_t *sums;         /* (t, r): sum_(j<t) D_rj of set */
  mpfr_t *lower;        /* (t, r): L, r < t */
  mpfr_t *pivots;       /* t: D */
  /* the best set: its rows, ascending, its eigenvalue, and what is equal to it */
  size_t *best, *list;
  mpfr_t *numbers;
  size_t looked;        /* nodes */
  int (*visit)(void *context, const size_t *list); /* of a search for all sets: told of each that is no worse than the bound; NULL: the best is looked for */
  void *context;
} search;

enum { VALUE, ABOVE, BELOW, TWICE, TERM, PRODUCT, BLOCK, DIAGONAL, BOUND, NUMBERS };

static void clear(search *p)
{
  size_t m = p->m;
  certigar_eigen_clear(&p->eigen);
  free(p->order);
  free(p->earlier);
  free(p->set);
  free(p->in_set);
  free(p->best);
  free(p->list);
  certigar_reals_free(p->distances, m * m);
  certigar_reals_free(p->matrix, m * m);
  certigar_reals_free(p->sums, m * m);
  certigar_reals_free(p->lower, m * m);
  certigar_reals_free(p->pivots, m);
  certigar_reals_free(p->numbers, NUMBERS);
}

static int init(search *p, certigar_plan *plan, const certigar_gram *gram)
{
  size_t m = gram->m, f = plan->options.f, dropped = plan->n - m;
  *p = (search){.plan = plan,
                .m = m,
                .k = m - (f > dropped ? f - dropped : 0),
                .order = malloc(m * sizeof *p->order),
                .earlier = malloc(m * sizeof *p->earlier),
                .distances = certigar_reals_new(m * m, BITS),
                .matrix = certigar_reals_new(m * m, BITS),
                .set = malloc(m * sizeof *p->set),
                .in_set = calloc(m, 1),
                .sums = certigar_reals_new(m * m, BITS),
                .lower = certigar_reals_new(m * m, BITS),
                .pivots = certigar_reals_new(m, BITS),
                .best = malloc(m * sizeof *p->best),
                .list = malloc(m * sizeof *p->list),
                .numbers = certigar_reals_new(NUMBERS, BITS)};
  if (!certigar_eigen_init(&p->eigen, m, BITS) || !p->order || !p->earlier || !p->distances || !p->matrix || !p->set || !p->in_set || !p->sums ||
      !p->lower || !p->pivots || !p->best || !p->list || !p->numbers)
    return 0;
  for (size_t a = 0; a < m * m; a++) mpfr_set_z(p->distances[a], gram->distances[a], MPFR_RNDN);
  return 1;
}

static mpfr_srcptr distance_of(const search *p, size_t i, size_t j)
{
  return p->distances[i * p->m + j];
}

/* ---- the greatest eigenvalue of a list of rows ---- */

/* <x_i - mean, x_j - mean> = (q_i + q_j - s - D_ij) / 2, q the means of a row's distances and s theirs. */
static void find_eigenvalue(search *p, const size_t *list, size_t count, int vectors)
{
  mpfr_t *q = p->eigen.image; /* as many numbers, free until the eigenvalues are looked for */
  mpfr_ptr mean = p->numbers[TERM];
  mpfr_set_zero(mean, 1);
  for (size_t a = 0; a < count; a++) {
    mpfr_set_zero(q[a], 1);
    for (size_t b = 0; b < count; b++) mpfr_add(q[a], q[a], distance_of(p, list[a], list[b]), MPFR_RNDN);
    mpfr_div_ui(q[a], q[a], count, MPFR_RNDN);
    mpfr_add(mean, mean, q[a], MPFR_RNDN);
  }
  mpfr_div_ui(mean, mean, count, MPFR_RNDN);
  for (size_t a = 0; a < count; a++)
    for (size_t b = 0; b < count; b++) {
      mpfr_ptr element = p->matrix[a * count + b];
      mpfr_add(element, q[a], q[b], MPFR_RNDN);
      mpfr_sub(element, element, mean, MPFR_RNDN);
      mpfr_sub(element, element, distance_of(p, list[a], list[b]), MPFR_RNDN);
      mpfr_div_2ui(element, element, 1, MPFR_RNDN);
    }
  certigar_eigen_find(&p->eigen, p->matrix, count, vectors);
  if (mpfr_sgn(p->eigen.values[0]) < 0) mpfr_set_zero(p->eigen.values[0], 1);
}

/* ---- the best set ---- */

/* b, and how far above and below it a number counts as equal. */
static void set_bound(search *p, mpfr_srcptr value)
{
  mpfr_ptr term = p->numbers[TERM];
  mpfr_set(p->numbers[VALUE], value, MPFR_RNDN);
  mpfr_div_2ui(term, value, TIE_BITS, MPFR_RNDN);
  mpfr_add(p->numbers[ABOVE], value, term, MPFR_RNDN);
  mpfr_sub(p->numbers[BELOW], value, term, MPFR_RNDN);
  mpfr_mul_2ui(p->numbers[TWICE], p->numbers[ABOVE], 1, MPFR_RNDN);
}

static int ascending(const void *a, const void *b)
{
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

/* Whether the list of k rows comes before the best one; both ascending. */
static int comes_first(const search *p, const size_t *list)
{
  size_t a = 0;
  while (a < p->k && list[a] == p->best[a]) a++;
  return a < p->k && list[a] < p->best[a];
}

/* Takes the row farthest along the dominant direction, which eigen has, out of the list of so many. */
static void leave_out(search *p, size_t *list, size_t count)
{
  size_t out = 0;
  for (size_t a = 1; a < count; a++)
    if (mpfr_cmpabs(p->eigen.vectors[a], p->eigen.vectors[out]) > 0) out = a;
  p->order[p->m - count] = list[out];
  for (size_t a = out; a + 1 < count; a++) {
    list[a] = list[a + 1];
    mpfr_swap(p->eigen.vectors[a], p->eigen.vectors[a + 1]);
  }
}

/* The first best set, and the order: rows left out one after the other, then the others as far as they lie along the last direction.
 * Returns 0 if the run was stopped. */
static int find_order(search *p)
{
  size_t *list = p->list;
  for (size_t i = 0; i < p->m; i++) list[i] = i;
  for (size_t count = p->m; count > 0; count--) {
    if (count >= p->k) {
      certigar_advance(p->plan, 0, 0);
      if (atomic_load(&p->plan->stop)) return 0;
      find_eigenvalue(p, list, count, 1);
    }
    if (count == p->k) {
      memcpy(p->best, list, count * sizeof *list);
      set_bound(p, p->eigen.values[0]);
    }
    leave_out(p, list, count);
  }
  return 1;
}

/* Equal rows share their places in ascending order. */
static void link_equals(search *p)
{
  for (size_t a = 0; a < p->m; a++) {
    p->earlier[a] = p->m;
    for (size_t b = a + 1; b < p->m; b++)
      if (p->order[b] < p->order[a] && mpfr_zero_p(distance_of(p, p->order[a], p->order[b]))) {
        size_t row = p->order[a];
        p->order[a] = p->order[b];
        p->order[b] = row;
      }
    for (size_t b = 0; b < a; b++)
      if (mpfr_zero_p(distance_of(p, p->order[a], p->order[b]))) p->earlier[a] = b;
  }
}

/* ---- the search ---- */

static mpfr_srcptr distance_in_set(const search *p, size_t t, size_t r)
{
  return distance_of(p, p->order[p->set[t]], p->order[p->set[r]]);
}

/* The sums with the row at the end of the set, number t: of all rows r <= t over j < t, and of it over j < r for r <= t. */
static void add_sums(search *p)
{
  size_t t = p->t, m = p->m;
  for (size_t r = 0; r < t; r++) mpfr_add(p->sums[t * m + r], p->sums[(t - 1) * m + r], distance_in_set(p, t - 1, r), MPFR_RNDN);
  mpfr_set_zero(p->sums[t], 1);
  for (size_t r = 0; r < t; r++) mpfr_add(p->sums[(r + 1) * m + t], p->sums[r * m + t], distance_in_set(p, t, r), MPFR_RNDN);
}

/* 2 <y_t, y_r>, t >= r >= 1; block: sum_(i<t) sum_(j<r) D_ij. */
static void find_product(search *p, size_t r, mpfr_srcptr block, mpfr_ptr product)
{
  size_t t = p->t;
  mpfr_ptr term = p->numbers[TERM];
  mpfr_div_ui(product, p->sums[r * p->m + t], r, MPFR_RNDN);
  mpfr_div_ui(term, p->sums[t * p->m + r], t, MPFR_RNDN);
  mpfr_add(product, product, term, MPFR_RNDN);
  mpfr_div_ui(term, block, t, MPFR_RNDN);
  mpfr_div_ui(term, term, r, MPFR_RNDN);
  mpfr_sub(product, product, term, MPFR_RNDN);
  mpfr_sub(product, product, distance_in_set(p, t, r), MPFR_RNDN);
}

/* Row t of the factorisation of (2b (t+1)/t on the diagonal) - 2 <y_t, y_r>. Returns whether its pivot is positive. */
static int factor(search *p, mpfr_srcptr bound)
{
  size_t t = p->t, m = p->m;
  mpfr_ptr term = p->numbers[TERM], block = p->numbers[BLOCK], product = p->numbers[PRODUCT], diagonal = p->numbers[DIAGONAL];
  mpfr_set_zero(block, 1);
  mpfr_mul_ui(diagonal, bound, 2 * (t + 1), MPFR_RNDN);
  mpfr_div_ui(diagonal, diagonal, t, MPFR_RNDN);
  for (size_t r = 1; r <= t; r++) {
    mpfr_add(block, block, p->sums[t * m + r - 1], MPFR_RNDN);
    find_product(p, r, block, product);
    if (r == t) break;
    mpfr_neg(product, product, MPFR_RNDN);
    for (size_t j = 1; j < r; j++) { /* lower (t, j) is not divided by its pivot yet */
      mpfr_mul(term, p->lower[t * m + j], p->lower[r * m + j], MPFR_RNDN);
      mpfr_sub(product, product, term, MPFR_RNDN);
    }
    mpfr_set(p->lower[t * m + r], product, MPFR_RNDN);
  }
  mpfr_sub(p->pivots[t], diagonal, product, MPFR_RNDN);
  for (size_t r = 1; r < t; r++) {
    mpfr_div(term, p->lower[t * m + r], p->pivots[r], MPFR_RNDN);
    mpfr_mul(product, term, p->lower[t * m + r], MPFR_RNDN);
    mpfr_sub(p->pivots[t], p->pivots[t], product, MPFR_RNDN);
    mpfr_swap(p->lower[t * m + r], term);
  }
  return mpfr_sgn(p->pivots[t]) > 0;
}

/* Whether the set with the row at its end may be part of one that is equal to the best, or better. */
static int may_be_good(search *p)
{
  size_t t = p->t;
  for (size_t r = 0; r < t; r++)
    if (mpfr_greater_p(distance_in_set(p, t, r), p->numbers[TWICE])) return 0;
  add_sums(p);
  return t == 0 || mpfr_zero_p(p->numbers[VALUE]) || factor(p, p->numbers[ABOVE]);
}

/* A set of k rows: it becomes the best one if its eigenvalue is less, or equal and its list comes first. */
static void consider(search *p)
{
  for (size_t a = 0; a < p->k; a++) p->list[a] = p->order[p->set[a]];
  qsort(p->list, p->k, sizeof *p->list, ascending);
  int first = comes_first(p, p->list);
  if (!mpfr_zero_p(p->numbers[VALUE])) {
    find_eigenvalue(p, p->list, p->k, 0);
    int less = mpfr_less_p(p->eigen.values[0], p->numbers[BELOW]);
    if (!less && (!first || mpfr_greater_p(p->eigen.values[0], p->numbers[ABOVE]))) return;
    set_bound(p, p->eigen.values[0]);
    first = 1;
  }
  if (first) memcpy(p->best, p->list, p->k * sizeof *p->list);
}

/* A set of k rows, where all that are no worse than the bound are wanted. */
static void offer(search *p)
{
  for (size_t a = 0; a < p->k; a++) p->list[a] = p->order[p->set[a]];
  qsort(p->list, p->k, sizeof *p->list, ascending);
  find_eigenvalue(p, p->list, p->k, 0);
  if (mpfr_lessequal_p(p->eigen.values[0], p->numbers[BOUND]) && !p->visit(p->context, p->list)) atomic_store(&p->plan->stop, 1);
}

/* All sets that begin with the t places of the set in hand, and go on at place first or later. */
static void extend(search *p, size_t first)
{
  if (p->t == p->k) {
    if (p->visit) {
      offer(p);
    } else {
      consider(p);
    }
    return;
  }
  for (size_t place = first; place + (p->k - p->t) <= p->m && !atomic_load(&p->plan->stop); place++) {
    if (p->earlier[place] < p->m && !p->in_set[p->earlier[place]]) continue;
    if (++p->looked % POLL == 0) certigar_advance(p->plan, 0, 0);
    p->set[p->t] = place;
    if (!may_be_good(p)) continue;
    p->in_set[place] = 1;
    p->t++;
    extend(p, place + 1);
    p->t--;
    p->in_set[place] = 0;
  }
}

static int select_best(certigar_selection *s, certigar_plan *plan, certigar_gram *gram)
{
  search p;
  int good = init(&p, plan, gram);
  if (good && find_order(&p)) {
    link_equals(&p);
    extend(&p, 0);
    for (size_t a = 0; a < p.k; a++) s->selected[gram->rows[p.best[a]]] = 1;
  }
  clear(&p);
  return good;
}

/* The bound becomes 1 + slack times the eigenvalue of the list, and the search goes as far. */
static void widen(search *p, const size_t *list, mpq_srcptr slack)
{
  mpfr_ptr bound = p->numbers[BOUND];
  find_eigenvalue(p, list, p->k, 0);
  mpfr_mul_q(bound, p->eigen.values[0], slack, MPFR_RNDN);
  mpfr_add(bound, bound, p->eigen.values[0], MPFR_RNDN);
  set_bound(p, bound);
}

int certigar_smea_sets(certigar_plan *plan, const certigar_gram *gram, const size_t *list, mpq_srcptr slack,
                       int (*visit)(void *context, const size_t *list), void *context)
{
  search p;
  int good = init(&p, plan, gram);
  p.visit = visit;
  p.context = context;
  if (good && find_order(&p)) {
    link_equals(&p);
    widen(&p, list, slack);
    extend(&p, 0);
  }
  clear(&p);
  return good;
}

int certigar_smea_excess(certigar_plan *plan, const certigar_gram *gram, const size_t *list, const size_t *other, mpq_ptr excess, int *finite)
{
  search p;
  int good = init(&p, plan, gram);
  if (good) {
    mpfr_ptr least = p.numbers[VALUE], greater = p.numbers[TERM];
    find_eigenvalue(&p, list, p.k, 0);
    mpfr_set(least, p.eigen.values[0], MPFR_RNDN);
    find_eigenvalue(&p, other, p.k, 0);
    mpfr_sub(greater, p.eigen.values[0], least, MPFR_RNDN);
    *finite = mpfr_sgn(least) > 0 || mpfr_sgn(greater) <= 0;
    mpq_set_ui(excess, 0, 1);
    if (mpfr_sgn(greater) > 0 && *finite) {
      mpfr_div(greater, greater, least, MPFR_RNDN);
      mpfr_get_q(excess, greater);
    }
  }
  clear(&p);
  return good;
}

int certigar_select_smea(certigar_selection *s, certigar_plan *plan)
{
  return certigar_with_gram(s, plan, select_best);
}
