/* See near_numbers.h. Put in the order of their upper ends: if the candidate at place q is the first one left out, those before it are all kept, and so
 * may be any after it whose lower end is no greater than the upper end at q; and no other condition is left, since all upper ends after q are no less.
 * Every choice has one such q. */
#include "near_numbers.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int certigar_numbers_init(certigar_numbers *numbers, size_t room)
{
  mpz_t **all[] = {&numbers->value, &numbers->weight, &numbers->lower, &numbers->upper};
  int good = 1;
  *numbers = (certigar_numbers){.room = room,
                                .rows = malloc(room * sizeof *numbers->rows),
                                .twin = malloc(room * sizeof *numbers->twin),
                                .infinite = calloc(room, sizeof *numbers->infinite),
                                .order = malloc(room * sizeof *numbers->order)};
  for (size_t a = 0; a < sizeof all / sizeof *all; a++) {
    *all[a] = malloc(room * sizeof **all[a]);
    for (size_t c = 0; *all[a] && c < room; c++) mpz_init((*all[a])[c]);
    good = good && *all[a];
  }
  return good && numbers->rows && numbers->twin && numbers->infinite && numbers->order;
}

void certigar_numbers_clear(certigar_numbers *numbers)
{
  mpz_t *all[] = {numbers->value, numbers->weight, numbers->lower, numbers->upper};
  for (size_t a = 0; a < sizeof all / sizeof *all; a++) {
    for (size_t c = 0; all[a] && c < numbers->room; c++) mpz_clear(all[a][c]);
    free(all[a]);
  }
  free(numbers->rows);
  free(numbers->twin);
  free(numbers->infinite);
  free(numbers->order);
}

static int compare(const certigar_numbers *numbers, const mpz_t *left, size_t i, const mpz_t *right, size_t j)
{
  if (numbers->infinite[i] != 0 || numbers->infinite[j] != 0) return numbers->infinite[i] - numbers->infinite[j];
  return mpz_cmp(left[i], right[j]);
}

/* By insertion: candidates are few. Equal ones keep the order of their rows. */
static void sort(const certigar_numbers *numbers, const mpz_t *by, size_t *order)
{
  for (size_t a = 0; a < numbers->count; a++) {
    size_t b = a;
    for (; b > 0 && compare(numbers, by, order[b - 1], by, a) > 0; b--) order[b] = order[b - 1];
    order[b] = a;
  }
}

void certigar_numbers_finish(certigar_numbers *numbers, const certigar_nearness *nearness)
{
  for (size_t c = 0; c < numbers->count; c++) {
    mpz_mul_2exp(numbers->lower[c], numbers->value[c], nearness->bits);
    mpz_set(numbers->upper[c], numbers->lower[c]);
    mpz_submul_ui(numbers->lower[c], numbers->weight[c], nearness->ulps);
    mpz_addmul_ui(numbers->upper[c], numbers->weight[c], nearness->ulps);
  }
  sort(numbers, (const mpz_t *)numbers->value, numbers->order);
}

int certigar_may_precede(const certigar_numbers *numbers, size_t i, size_t j)
{
  return compare(numbers, (const mpz_t *)numbers->lower, i, (const mpz_t *)numbers->upper, j) <= 0;
}

typedef struct walk {
  const certigar_numbers *numbers;
  size_t *steps, *order; /* by upper end */
  size_t gap;            /* the place of the first candidate left out */
  unsigned char *chosen;
  int (*visit)(void *context, const unsigned char *chosen);
  void *context;
} walk;

/* So many more candidates from this place on. Returns 0 if it was ended. */
static int extend(walk *w, size_t place, size_t missing)
{
  const certigar_numbers *numbers = w->numbers;
  if (missing == 0) return w->visit(w->context, w->chosen);
  for (; place + missing <= numbers->count; place++) {
    if (*w->steps == 0) return 0;
    --*w->steps;
    size_t c = w->order[place];
    if (!certigar_may_precede(numbers, c, w->order[w->gap])) continue;
    if (numbers->twin[c] != SIZE_MAX && !w->chosen[numbers->twin[c]]) continue;
    w->chosen[c] = 1;
    int going = extend(w, place + 1, missing - 1);
    w->chosen[c] = 0;
    if (!going) return 0;
  }
  return 1;
}

int certigar_near_choices(const certigar_numbers *numbers, size_t k, size_t *steps, int (*visit)(void *context, const unsigned char *chosen),
                          void *context)
{
  walk w = {.numbers = numbers, .steps = steps, .visit = visit, .context = context};
  w.order = malloc((numbers->count + 1) * sizeof *w.order);
  w.chosen = calloc(numbers->count + 1, 1);
  int going = w.order && w.chosen ? 1 : -1;
  if (going > 0) {
    sort(numbers, (const mpz_t *)numbers->upper, w.order);
    for (size_t a = 0; a < k; a++) w.chosen[w.order[a]] = 1;
    going = visit(context, w.chosen);
  }
  for (size_t q = k; q-- > 0 && going > 0 && k < numbers->count;) {
    w.gap = q;
    w.chosen[w.order[q]] = 0;
    going = extend(&w, q + 1, k - q);
  }
  free(w.order);
  free(w.chosen);
  return going;
}

int certigar_choice_is_near(const certigar_numbers *numbers, const unsigned char *chosen)
{
  for (size_t i = 0; i < numbers->count; i++)
    for (size_t j = 0; j < numbers->count && chosen[i]; j++)
      if (!chosen[j] && !certigar_may_precede(numbers, i, j)) return 0;
  return 1;
}

/* Of one pair, z_i > z_j, finite. */
static int pair_gap(const certigar_numbers *numbers, size_t i, size_t j, int halves, mpq_t gap)
{
  mpz_ptr above = mpq_numref(gap), below = mpq_denref(gap);
  mpz_sub(above, numbers->value[i], numbers->value[j]);
  if (halves) {
    mpz_mul_2exp(above, above, 1);
    mpz_add(below, numbers->weight[i], numbers->weight[j]);
  } else {
    mpz_abs(below, numbers->value[j]);
  }
  if (mpz_sgn(below) == 0) {
    mpq_set_ui(gap, 0, 1);
    return 0;
  }
  mpq_canonicalize(gap);
  return 1;
}

int certigar_choice_gap(const certigar_numbers *numbers, const unsigned char *chosen, int halves, mpq_t gap)
{
  mpq_t one;
  int finite = 1;
  mpq_init(one);
  mpq_set_ui(gap, 0, 1);
  for (size_t i = 0; i < numbers->count && finite; i++)
    for (size_t j = 0; j < numbers->count && finite && chosen[i]; j++) {
      if (chosen[j] || compare(numbers, (const mpz_t *)numbers->value, i, (const mpz_t *)numbers->value, j) <= 0) continue;
      finite = numbers->infinite[i] == 0 && numbers->infinite[j] == 0 && pair_gap(numbers, i, j, halves, one);
      if (finite && mpq_cmp(one, gap) > 0) mpq_set(gap, one);
    }
  mpq_clear(one);
  return finite;
}
