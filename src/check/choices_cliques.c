/* mda: the sets of n-f rows of which no pair is farther apart than a bound.
 *
 * Row by row a row is in the set or not. A row that is in puts out all that are too far from it; the set can be completed if leaving out no more than f
 * rows in all takes away all pairs that are too far apart, a vertex cover (order/within.h), so the search has no dead ends. Of equal rows the first
 * ones are taken.
 */
#include "choices_parts.h"

#include "order/within.h"
#include "select/selection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct cliques {
  certigar_choices *choices;
  size_t n, f;
  int64_t *far;           /* n x n: 1 if the two are too far apart, else 0 */
  unsigned char *out;     /* n flags, of the rows that were decided */
  /* scratch: */
  unsigned char *linked;
  int32_t *mark;
  uint32_t *degree;
} cliques;

static int is_infinite(const certigar_measure *measure, size_t i, size_t j)
{
  return i != j && (!measure->finite[i] || !measure->finite[j]);
}

/* The pair of a set that is farthest apart: *i = *j if it has one row. */
static void find_diameter(const certigar_choices *choices, const unsigned char *set, size_t *i, size_t *j)
{
  const certigar_measure *measure = choices->measure;
  for (*i = 0; !certigar_set_has(set, *i);) ++*i;
  *j = *i;
  for (size_t a = 0; a < choices->n; a++)
    for (size_t b = 0; b < a; b++) {
      if (!certigar_set_has(set, a) || !certigar_set_has(set, b) || is_infinite(measure, *i, *j)) continue;
      if (!is_infinite(measure, a, b) && mpz_cmp(certigar_square(measure, a, b), certigar_square(measure, *i, *j)) <= 0) continue;
      *i = a;
      *j = b;
    }
}

static void select_own(certigar_choices *choices)
{
  const certigar_selection *s = choices->own->selection;
  memset(choices->set, 0, choices->bytes);
  for (size_t k = 0; k < s->row_count; k++) certigar_set_flip(choices->set, s->rows[k]);
}

/* Pairs with (1 - r) D > (1 + r) D_ij, i and j the pair of the selected set's diameter. */
static void find_far(cliques *c)
{
  const certigar_measure *measure = c->choices->measure;
  const certigar_nearness *nearness = &c->choices->nearness;
  size_t i, j;
  mpz_t limit, scaled;
  mpz_inits(limit, scaled, (mpz_ptr)NULL);
  find_diameter(c->choices, c->choices->set, &i, &j);
  mpz_mul_2exp(limit, certigar_square(measure, i, j), nearness->bits);
  mpz_addmul_ui(limit, certigar_square(measure, i, j), nearness->ulps);
  for (size_t a = 0; a < c->n; a++)
    for (size_t b = 0; b < c->n; b++) {
      mpz_mul_2exp(scaled, certigar_square(measure, a, b), nearness->bits);
      mpz_submul_ui(scaled, certigar_square(measure, a, b), nearness->ulps);
      c->far[a * c->n + b] = !is_infinite(measure, i, j) && (is_infinite(measure, a, b) || mpz_cmp(scaled, limit) > 0);
    }
  mpz_clears(limit, scaled, (mpz_ptr)NULL);
}

/* Whether the decisions so far can be completed. */
static int may_complete(cliques *c)
{
  size_t gone = 0;
  for (size_t i = 0; i < c->n; i++) {
    c->mark[i] = c->out[i];
    gone += c->out[i];
  }
  return gone <= c->f && certigar_set_within(c->far, (int)c->n, (int)(c->f - gone), 0, c->linked, c->mark, c->degree);
}

static int add_set(cliques *c)
{
  certigar_choices *choices = c->choices;
  memset(choices->set, 0, choices->bytes);
  for (size_t i = 0; i < c->n; i++)
    if (!c->out[i]) certigar_set_flip(choices->set, i);
  return certigar_choices_add(choices, choices->set);
}

static int decide(cliques *c, size_t row);

/* Row is in, and those after it that are too far are out (of those before it that are in none is); or row is out. */
static int decide_row(cliques *c, size_t row, int in)
{
  unsigned char *before = malloc(c->n);
  if (!before) {
    c->choices->no_memory = 1;
    return 0;
  }
  memcpy(before, c->out, c->n);
  for (size_t j = row + 1; j < c->n && in; j++) c->out[j] |= c->far[row * c->n + j] != 0;
  c->out[row] = !in;
  int going = !may_complete(c) || decide(c, row + 1);
  memcpy(c->out, before, c->n);
  free(before);
  return going;
}

/* Whether the rows from this one on are decided too, since f rows are out, or n-f are in; they go into out then. */
static int is_decided(cliques *c, size_t row)
{
  size_t gone = 0, in = 0;
  for (size_t i = 0; i < c->n; i++) gone += c->out[i];
  for (size_t i = 0; i < row; i++) in += !c->out[i];
  if (gone == c->f) return 1;
  for (size_t i = row; i < c->n && in == c->n - c->f; i++) c->out[i] = 1;
  return in == c->n - c->f;
}

/* Whether of equal rows the first ones are in. */
static int has_first_twins(const cliques *c)
{
  for (size_t i = 0; i < c->n; i++)
    if (!c->out[i] && c->choices->equal[i] != SIZE_MAX && c->out[c->choices->equal[i]]) return 0;
  return 1;
}

/* All sets with the rows before this one decided, which can be completed. Returns 0 to end the search; out may be changed from this row on. */
static int decide(cliques *c, size_t row)
{
  size_t steps = c->n * c->n / 8 + 1;
  c->choices->steps = c->choices->steps > steps ? c->choices->steps - steps : 0;
  if (c->choices->steps == 0) return 0;
  if (is_decided(c, row)) return !has_first_twins(c) || add_set(c);
  size_t twin = c->choices->equal[row];
  int must_go = c->out[row] || (twin != SIZE_MAX && c->out[twin]);
  return (must_go || decide_row(c, row, 1)) && decide_row(c, row, 0);
}

static int find_sets(certigar_choices *choices)
{
  size_t n = choices->n;
  cliques c = {.choices = choices,
               .n = n,
               .f = choices->f,
               .far = malloc(n * n * sizeof *c.far),
               .out = calloc(n, 1),
               .linked = malloc(n * n),
               .mark = malloc(n * sizeof *c.mark),
               .degree = malloc(n * sizeof *c.degree)};
  int good = c.far && c.out && c.linked && c.mark && c.degree;
  if (good) {
    select_own(choices);
    find_far(&c);
    if (certigar_choices_add(choices, choices->set)) decide(&c, 0);
  }
  free(c.far);
  free(c.out);
  free(c.linked);
  free(c.mark);
  free(c.degree);
  return good;
}

/* By the two diameters. */
static int judge_set(certigar_choices *choices, const unsigned char *set, int *admitted, mpq_t gap, int *finite)
{
  const certigar_measure *measure = choices->measure;
  size_t rows = 0, i, j, a, b;
  unsigned char *other = malloc(choices->bytes);
  mpq_t resolution;
  if (!other) return 0;
  memcpy(other, set, choices->bytes);
  for (size_t k = 0; k < choices->n; k++) rows += (size_t)certigar_set_has(set, k);
  if (rows == choices->n - choices->f) {
    mpq_init(resolution);
    certigar_resolution(choices, resolution);
    select_own(choices);
    find_diameter(choices, choices->set, &i, &j);
    find_diameter(choices, other, &a, &b);
    mpz_srcptr least = certigar_square(measure, i, j), own = certigar_square(measure, a, b);
    mpq_set_ui(gap, 0, 1);
    *finite = is_infinite(measure, i, j) || (!is_infinite(measure, a, b) && (mpz_sgn(least) > 0 || mpz_sgn(own) == 0));
    if (*finite && !is_infinite(measure, i, j) && mpz_sgn(least) > 0) {
      mpz_sub(mpq_numref(gap), own, least);
      mpz_set(mpq_denref(gap), least);
      mpq_canonicalize(gap);
    }
    *admitted = *finite && mpq_cmp(gap, resolution) <= 0;
    mpq_clear(resolution);
  }
  free(other);
  return 1;
}

const certigar_kind certigar_cliques = {find_sets, judge_set};
