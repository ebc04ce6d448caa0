/* The counts c_j of rows in k y = sum_j c_j x_j, sum_j c_j = k, by least squares.
 *
 * Of equal rows one stands for all: its count may be as great as they are many. With the differences from the first row, a_j = x_j - x_0 and
 * b = y - x_0, the normal equations (<a_i, a_j>) c = k (<a_i, b>) follow from exact squared distances D: 2 <a_i, a_j> = D_i0 + D_j0 - D_ij, so that a
 * great offset that rows have in common costs nothing. They are factored, L L^T with the greatest pivot first (Higham 2002, section 10.3), with so many
 * bits that what is left of a row is its distance from the span of those before it.
 *
 * Columns are weighted by the errors that they may have (apparent_scale.h). y carries the rounding errors of a sum, and what they do to the counts is great along directions in which the rows hardly differ: those of the last
 * pivots. So first all counts are solved for and rounded to integers; if that is not right the last row in the order of pivots is free, and the
 * counts of the others are solved for with each value that its count may have; then the last two are, and so on as long as there are no more than
 * COMBINATIONS. Rows of no pivot (an attacker's mean of other rows; more rows than columns) are free from the beginning. Whatever comes out is verified.
 */
#include "apparent_scale.h"

#include "check/measure.h"
#include "real/gram.h"
#include "real/mpfr_state.h"

#include <stdlib.h>

enum { COMBINATIONS = 1 << 16, SPARE_BITS = 256, ZERO_BITS = 200, POINT_BITS = 32, FIXED_BITS = 44 };

typedef struct solver {
  certigar_apparent *a;
  certigar_measure *measure; /* the candidate is its last row */
  size_t m;                  /* classes of equal rows; class 0 is that of x_0 */
  size_t *first, *count;     /* of each class: its first row, and how many it has */
  size_t *next;              /* n: the next equal row, or n */
  size_t *order;             /* classes 1 to m-1, by pivots */
  size_t rank;               /* how many have one */
  mpfr_t *lower;             /* (r, c), c <= r: L, of rows in this order, m-1 each way */
  mpfr_t *work;              /* m numbers */
  mpfr_t *scalars;
  mpz_t inner;
  /* fixed point, POINT_BITS after the point: the counts if free ones are 0; what to take from them for each unit of a free count */
  int64_t *base, *slopes;    /* m; m for each free class */
  int64_t *counts;           /* m, by place in the order, in the combination in hand */
  size_t free_count;
} solver;

enum { TERM, PIVOT, LIMIT, SCALARS };

static mpfr_ptr element(const solver *s, size_t r, size_t c)
{
  return s->lower[r * (s->m - 1) + c];
}

/* ---- classes ---- */

/* Returns 0 if there is no memory. */
static int find_classes(solver *s)
{
  const certigar_apparent *a = s->a;
  size_t n = a->input->n;
  s->first = malloc(a->count * sizeof *s->first);
  s->count = malloc(a->count * sizeof *s->count);
  s->next = malloc(n * sizeof *s->next);
  if (!s->first || !s->count || !s->next) return 0;
  for (size_t p = 0; p < a->count; p++) {
    size_t row = a->possible[p], j = 0, last;
    s->next[row] = n;
    while (j < s->m && mpz_sgn(certigar_square(s->measure, row, s->first[j])) != 0) j++;
    if (j == s->m) {
      s->first[s->m] = row;
      s->count[s->m++] = 1;
      continue;
    }
    s->count[j]++;
    for (last = s->first[j]; s->next[last] < n; last = s->next[last]) {}
    s->next[last] = row;
  }
  return 1;
}

/* ---- the equations ---- */

/* 2 <x_i - x_0, x_j - x_0> */
static void set_inner(solver *s, mpfr_ptr to, size_t i, size_t j)
{
  size_t zero = s->first[0];
  mpz_add(s->inner, certigar_square(s->measure, i, zero), certigar_square(s->measure, j, zero));
  mpz_sub(s->inner, s->inner, certigar_square(s->measure, i, j));
  mpfr_set_z(to, s->inner, MPFR_RNDN);
}

/* work[r]: what is left of the row at each place r. */
static void start(solver *s)
{
  for (size_t r = 0; r + 1 < s->m; r++) {
    s->order[r] = r + 1;
    set_inner(s, s->work[r], s->first[r + 1], s->first[r + 1]);
  }
}

static void exchange(solver *s, size_t r, size_t q)
{
  size_t class = s->order[r];
  s->order[r] = s->order[q];
  s->order[q] = class;
  mpfr_swap(s->work[r], s->work[q]);
  for (size_t c = 0; c < r; c++) mpfr_swap(element(s, r, c), element(s, q, c));
}

/* Column c of L, its pivot in place. */
static void eliminate(solver *s, size_t c)
{
  mpfr_ptr term = s->scalars[TERM], pivot = element(s, c, c);
  mpfr_sqrt(pivot, s->work[c], MPFR_RNDN);
  for (size_t r = c + 1; r + 1 < s->m; r++) {
    mpfr_ptr to = element(s, r, c);
    set_inner(s, to, s->first[s->order[r]], s->first[s->order[c]]);
    for (size_t k = 0; k < c; k++) {
      mpfr_mul(term, element(s, r, k), element(s, c, k), MPFR_RNDN);
      mpfr_sub(to, to, term, MPFR_RNDN);
    }
    mpfr_div(to, to, pivot, MPFR_RNDN);
    mpfr_sqr(term, to, MPFR_RNDN);
    mpfr_sub(s->work[r], s->work[r], term, MPFR_RNDN);
  }
}

/* A row counts as dependent if what is left of it is no more than 2^-ZERO_BITS of what it was. */
static int is_left(solver *s, size_t r)
{
  mpfr_ptr limit = s->scalars[LIMIT];
  set_inner(s, limit, s->first[s->order[r]], s->first[s->order[r]]);
  mpfr_div_2ui(limit, limit, ZERO_BITS, MPFR_RNDN);
  return mpfr_greater_p(s->work[r], limit);
}

static void factor(solver *s)
{
  start(s);
  for (size_t c = 0; c + 1 < s->m; c++) {
    size_t best = c;
    for (size_t r = c + 1; r + 1 < s->m; r++)
      if (mpfr_greater_p(s->work[r], s->work[best])) best = r;
    exchange(s, c, best);
    if (!is_left(s, c)) break;
    eliminate(s, c);
    s->rank++;
  }
}

/* work[0 .. size-1] becomes the solution of the equations of the first size places with this right side. */
static void substitute(solver *s, size_t size)
{
  mpfr_ptr term = s->scalars[TERM];
  for (size_t r = 0; r < size; r++) {
    for (size_t c = 0; c < r; c++) {
      mpfr_mul(term, element(s, r, c), s->work[c], MPFR_RNDN);
      mpfr_sub(s->work[r], s->work[r], term, MPFR_RNDN);
    }
    mpfr_div(s->work[r], s->work[r], element(s, r, r), MPFR_RNDN);
  }
  for (size_t r = size; r-- > 0;) {
    for (size_t c = r + 1; c < size; c++) {
      mpfr_mul(term, element(s, c, r), s->work[c], MPFR_RNDN);
      mpfr_sub(s->work[r], s->work[r], term, MPFR_RNDN);
    }
    mpfr_div(s->work[r], s->work[r], element(s, r, r), MPFR_RNDN);
  }
}

/* work, times factor, in fixed point; numbers that are no counts at all are cut off. */
static void fix(solver *s, size_t size, size_t factor_of, int64_t *to)
{
  mpfr_ptr term = s->scalars[TERM];
  for (size_t r = 0; r < size; r++) {
    mpfr_mul_ui(term, s->work[r], factor_of, MPFR_RNDN);
    mpfr_mul_2ui(term, term, POINT_BITS, MPFR_RNDN);
    if (!mpfr_number_p(term) || mpfr_get_exp(term) > FIXED_BITS) mpfr_set_si_2exp(term, mpfr_signbit(term) ? -1 : 1, FIXED_BITS, MPFR_RNDN);
    to[r] = mpfr_get_sj(term, MPFR_RNDN);
  }
}

/* ---- combinations ---- */

static int64_t nearest(int64_t fixed)
{
  int64_t half = (int64_t)1 << (POINT_BITS - 1), one = (int64_t)1 << POINT_BITS;
  int64_t up = fixed + half, quotient = up / one;
  return up % one < 0 ? quotient - 1 : quotient;
}

/* The answer with these counts, that of class 0 being what is missing. Returns whether it is right. */
static int try_counts(solver *s)
{
  size_t n = s->a->input->n, kept = 0;
  int64_t rest = (int64_t)s->a->k;
  for (size_t r = 0; r + 1 < s->m; r++) {
    if (s->counts[r] < 0 || s->counts[r] > (int64_t)s->count[s->order[r]]) return 0;
    rest -= s->counts[r];
  }
  if (rest < 0 || rest > (int64_t)s->count[0]) return 0;
  for (size_t r = 0; r < s->m; r++) {
    int64_t count = r + 1 < s->m ? s->counts[r] : rest;
    for (size_t row = s->first[r + 1 < s->m ? s->order[r] : 0]; count > 0 && row < n; row = s->next[row], count--) s->a->rows[kept++] = row;
  }
  return certigar_apparent_verify(s->a);
}

/* Counts in their ranges that add up to k, each the nearest that may be: where rounding errors are greater than what one row more makes of the mean,
 * rounding count by count does not give such ones. fixed: the numbers to round, of class 0 in place m-1. */
static int try_best(solver *s, const int64_t *fixed)
{
  int64_t one = (int64_t)1 << POINT_BITS, missing = (int64_t)s->a->k;
  for (size_t r = 0; r < s->m; r++) {
    int64_t count = nearest(fixed[r]), most = (int64_t)s->count[r + 1 < s->m ? s->order[r] : 0];
    s->counts[r] = count < 0 ? 0 : count > most ? most : count;
    missing -= s->counts[r];
  }
  while (missing != 0) {
    int64_t step = missing > 0 ? 1 : -1, best = 0;
    size_t place = s->m;
    for (size_t r = 0; r < s->m; r++) {
      int64_t most = (int64_t)s->count[r + 1 < s->m ? s->order[r] : 0], off = step * (fixed[r] - s->counts[r] * one);
      if (step > 0 ? s->counts[r] == most : s->counts[r] == 0) continue;
      if (place < s->m && off <= best) continue;
      place = r;
      best = off;
    }
    s->counts[place] += step;
    missing -= step;
  }
  return try_counts(s);
}

/* All counts that free class number f and those after it may have; base is right for those before it. */
static int try_free(solver *s, size_t f)
{
  size_t solved = s->m - 1 - s->free_count;
  if (f == s->free_count) {
    if (s->free_count == 0) {
      s->base[solved] = (int64_t)s->a->k << POINT_BITS;
      for (size_t r = 0; r < solved; r++) s->base[solved] -= s->base[r];
      return try_best(s, s->base);
    }
    for (size_t r = 0; r < solved; r++) s->counts[r] = nearest(s->base[r]);
    return try_counts(s);
  }
  int found = 0;
  int64_t most = (int64_t)s->count[s->order[solved + f]];
  const int64_t *slope = s->slopes + f * s->m;
  for (int64_t count = 0; count <= most && !found; count++) {
    s->counts[solved + f] = count;
    found = try_free(s, f + 1);
    for (size_t r = 0; r < solved; r++) s->base[r] -= slope[r];
  }
  for (size_t r = 0; r < solved; r++) s->base[r] += (most + 1) * slope[r];
  return found;
}

/* With the last so many classes free. */
static int try_with_free(solver *s, size_t free_count)
{
  size_t solved = s->m - 1 - free_count;
  s->free_count = free_count;
  for (size_t r = 0; r < solved; r++) set_inner(s, s->work[r], s->first[s->order[r]], s->a->input->n);
  substitute(s, solved);
  fix(s, solved, s->a->k, s->base);
  for (size_t f = 0; f < free_count; f++) {
    for (size_t r = 0; r < solved; r++) set_inner(s, s->work[r], s->first[s->order[r]], s->first[s->order[solved + f]]);
    substitute(s, solved);
    fix(s, solved, 1, s->slopes + f * s->m);
  }
  return try_free(s, 0);
}

/* How many combinations so many free classes have, at most COMBINATIONS + 1. */
static size_t combinations(const solver *s, size_t free_count)
{
  size_t product = 1;
  for (size_t r = s->m - 1 - free_count; r + 1 < s->m && product <= COMBINATIONS; r++) product *= s->count[s->order[r]] + 1;
  return product;
}

/* ---- memory ---- */

static mpfr_prec_t bits_of(const certigar_measure *measure)
{
  size_t most = 0;
  for (size_t k = 0; k < measure->n * measure->n; k++) {
    size_t bits = mpz_sizeinbase(measure->squares[k], 2);
    if (bits > most) most = bits;
  }
  return (mpfr_prec_t)(most + SPARE_BITS);
}

static int take_memory(solver *s)
{
  mpfr_prec_t bits = bits_of(s->measure);
  s->order = malloc(s->m * sizeof *s->order);
  s->lower = certigar_reals_new((s->m - 1) * (s->m - 1), bits);
  s->work = certigar_reals_new(s->m, bits);
  s->scalars = certigar_reals_new(SCALARS, bits);
  s->base = calloc(s->m, sizeof *s->base);
  s->counts = calloc(s->m, sizeof *s->counts);
  s->slopes = calloc(s->m * s->m, sizeof *s->slopes);
  return s->order && s->lower && s->work && s->scalars && s->base && s->counts && s->slopes;
}

static void free_memory(solver *s)
{
  certigar_reals_free(s->lower, (s->m - 1) * (s->m - 1));
  certigar_reals_free(s->work, s->m);
  certigar_reals_free(s->scalars, SCALARS);
  free(s->order);
  free(s->base);
  free(s->counts);
  free(s->slopes);
}

/* Classes, then counts. */
static int solve(solver *s)
{
  int found = 0;
  if (s->m < 2) {
    for (size_t p = 0; p < s->a->k; p++) s->a->rows[p] = s->a->possible[p];
    return certigar_apparent_verify(s->a);
  }
  if (!take_memory(s)) {
    found = -1;
  } else {
    factor(s);
    for (size_t f = s->m - 1 - s->rank; f < s->m && found == 0 && combinations(s, f) <= COMBINATIONS; f++) found = try_with_free(s, f);
  }
  free_memory(s);
  return found;
}

int certigar_apparent_solve(certigar_apparent *a)
{
  certigar_scaled scaled;
  solver s = {.a = a};
  int found = -1;
  certigar_mpfr_state state = certigar_mpfr_enter();
  mpz_init(s.inner);
  if (certigar_scaled_init(&scaled, a)) s.measure = certigar_measure_new(a->dtype, &scaled.matrix, scaled.candidate, CERTIGAR_ALL_PAIRS, 1);
  if (s.measure && find_classes(&s)) found = solve(&s);
  mpz_clear(s.inner);
  certigar_mpfr_leave(state);
  certigar_measure_free(s.measure);
  certigar_scaled_clear(&scaled);
  free(s.first);
  free(s.count);
  free(s.next);
  return found;
}
