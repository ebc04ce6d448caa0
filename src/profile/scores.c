/* Exact scores: see scores.h. */
#include "scores.h"

#include <stdlib.h>
#include <string.h>

enum { BELOW, ABOVE };
enum { SUM_A_LOWER, SUM_A_UPPER, SUM_B_LOWER, SUM_B_UPPER, TERM, SCRATCH };

static int is_integer(const certigar_scores *scores)
{
  return scores->definition->power != POWER_UNSQUARED;
}

/* ---- memory ---- */

/* The other finite rows by their distance from row i: a merge from the bottom, so that equal ones stay in their order. */
static void sort_near(const certigar_scores *scores, size_t i, size_t *near, size_t *space, size_t count)
{
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t low = 0; low < count; low += 2 * width) {
      size_t middle = low + width < count ? low + width : count, high = low + 2 * width < count ? low + 2 * width : count;
      size_t a = low, b = middle;
      for (size_t k = low; k < high; k++) {
        int first = b == high || (a < middle && mpz_cmp(certigar_pair_distance(scores->pairs, i, near[a]),
                                                        certigar_pair_distance(scores->pairs, i, near[b])) <= 0);
        space[k] = near[first ? a++ : b++];
      }
    }
    memcpy(near, space, count * sizeof *near);
  }
}

static void find_near(certigar_scores *scores)
{
  const certigar_pairs *pairs = scores->pairs;
  for (size_t i = 0; i < scores->n; i++) {
    size_t count = 0, *near = scores->near + i * scores->n;
    if (pairs->place[i] == SIZE_MAX) continue;
    for (size_t j = 0; j < scores->n; j++)
      if (j != i && pairs->place[j] != SIZE_MAX) near[count++] = j;
    sort_near(scores, i, near, scores->order, count);
  }
}

static void find_roots(certigar_scores *scores)
{
  const certigar_gram *gram = &scores->pairs->gram;
  mpfr_ptr exact = scores->scratch[TERM];
  for (size_t p = 0; p < gram->m * gram->m; p++) {
    mpfr_set_z(exact, gram->distances[p], MPFR_RNDD);
    mpfr_sqrt(scores->roots[BELOW][p], exact, MPFR_RNDD);
    mpfr_set_z(exact, gram->distances[p], MPFR_RNDU);
    mpfr_sqrt(scores->roots[ABOVE][p], exact, MPFR_RNDU);
  }
}

int certigar_scores_init(certigar_scores *scores, const certigar_definition *definition, const certigar_pairs *pairs, size_t f)
{
  size_t n = pairs->n, m = pairs->gram.m;
  *scores = (certigar_scores){.definition = definition, .pairs = pairs, .n = n, .f = f};
  scores->near = malloc(n * n * sizeof *scores->near);
  scores->terms = malloc(n * n * sizeof *scores->terms);
  scores->counts = calloc(n, sizeof *scores->counts);
  scores->taken = calloc(n, 1);
  scores->class = malloc(n);
  scores->sums = malloc(n * sizeof *scores->sums);
  for (size_t i = 0; scores->sums && i < n; i++) mpz_init(scores->sums[i]);
  scores->lower = certigar_reals_new(n, SCORE_BITS);
  scores->upper = certigar_reals_new(n, SCORE_BITS);
  scores->roots[BELOW] = certigar_reals_new(is_integer(scores) ? 0 : m * m, SCORE_BITS);
  scores->roots[ABOVE] = certigar_reals_new(is_integer(scores) ? 0 : m * m, SCORE_BITS);
  scores->scratch = certigar_reals_new(SCRATCH, SCORE_BITS);
  scores->order = malloc(n * sizeof *scores->order);
  scores->other = malloc(n * sizeof *scores->other);
  scores->rest = malloc(2 * n * sizeof *scores->rest);
  if (!scores->near || !scores->terms || !scores->counts || !scores->taken || !scores->class || !scores->sums || !scores->lower ||
      !scores->upper || !scores->roots[BELOW] || !scores->roots[ABOVE] || !scores->scratch || !scores->order || !scores->other || !scores->rest)
    return 0;
  find_near(scores);
  if (!is_integer(scores)) find_roots(scores);
  return 1;
}

void certigar_scores_clear(certigar_scores *scores)
{
  size_t roots = scores->definition && !is_integer(scores) ? scores->pairs->gram.m * scores->pairs->gram.m : 0;
  free(scores->near);
  free(scores->terms);
  free(scores->counts);
  free(scores->taken);
  free(scores->class);
  for (size_t i = 0; scores->sums && i < scores->n; i++) mpz_clear(scores->sums[i]);
  free(scores->sums);
  certigar_reals_free(scores->lower, scores->n);
  certigar_reals_free(scores->upper, scores->n);
  certigar_reals_free(scores->roots[BELOW], roots);
  certigar_reals_free(scores->roots[ABOVE], roots);
  certigar_reals_free(scores->scratch, SCRATCH);
  free(scores->order);
  free(scores->other);
  free(scores->rest);
}

/* ---- sums ---- */

static void add_integers(certigar_scores *scores, size_t i)
{
  const size_t *terms = scores->terms + i * scores->n;
  mpz_set_ui(scores->sums[i], 0);
  for (size_t t = 0; t < scores->counts[i]; t++) {
    mpz_srcptr distance = certigar_pair_distance(scores->pairs, i, terms[t]);
    if (scores->definition->power == POWER_FOURTH) {
      mpz_addmul(scores->sums[i], distance, distance);
    } else {
      mpz_add(scores->sums[i], scores->sums[i], distance);
    }
  }
  mpfr_set_z(scores->lower[i], scores->sums[i], MPFR_RNDD);
  mpfr_set_z(scores->upper[i], scores->sums[i], MPFR_RNDU);
}

static void add_roots(certigar_scores *scores, size_t i)
{
  const certigar_pairs *pairs = scores->pairs;
  const size_t *terms = scores->terms + i * scores->n;
  mpfr_set_zero(scores->lower[i], 1);
  mpfr_set_zero(scores->upper[i], 1);
  for (size_t t = 0; t < scores->counts[i]; t++) {
    size_t p = pairs->place[i] * pairs->gram.m + pairs->place[terms[t]];
    mpfr_add(scores->lower[i], scores->lower[i], scores->roots[BELOW][p], MPFR_RNDD);
    mpfr_add(scores->upper[i], scores->upper[i], scores->roots[ABOVE][p], MPFR_RNDU);
  }
}

static void add_terms(certigar_scores *scores, size_t i)
{
  if (scores->class[i] != CLASS_FINITE) return;
  if (is_integer(scores)) {
    add_integers(scores, i);
  } else {
    add_roots(scores, i);
  }
}

/* How many of the rows that row i is compared with are infinitely far away. */
static size_t count_infinite(const certigar_scores *scores, size_t i)
{
  size_t count = 0;
  for (size_t j = 0; j < scores->n; j++)
    if (j != i && !scores->taken[j]) count += scores->pairs->odd[i * scores->n + j] == CLASS_INFINITE;
  if (scores->definition->taken == TAKEN_INFINITE) { /* and itself */
    for (size_t j = 0; j < scores->n; j++) count += scores->taken[j];
    count++;
  }
  int first_is_other = scores->definition->self == SELF_FIRST && scores->pairs->place[i] == SIZE_MAX;
  return first_is_other && count > 0 ? count - 1 : count;
}

static void find_score(certigar_scores *scores, size_t i, size_t neighbours)
{
  const size_t *near = scores->near + i * scores->n;
  size_t *terms = scores->terms + i * scores->n, finite = scores->pairs->place[i] == SIZE_MAX ? 0 : scores->pairs->gram.m - 1, count = 0;
  for (size_t k = 0; k < finite && count < neighbours; k++)
    if (!scores->taken[near[k]]) terms[count++] = near[k];
  scores->counts[i] = count;
  if (count == neighbours) {
    scores->class[i] = CLASS_FINITE;
  } else {
    scores->class[i] = neighbours - count <= count_infinite(scores, i) ? CLASS_INFINITE : CLASS_NAN;
  }
  add_terms(scores, i);
}

void certigar_scores_find(certigar_scores *scores, size_t neighbours)
{
  for (size_t i = 0; i < scores->n; i++)
    if (!scores->taken[i]) find_score(scores, i, neighbours);
}

void certigar_scores_shorten(certigar_scores *scores)
{
  for (size_t i = 0; i < scores->n; i++) {
    size_t *terms = scores->terms + i * scores->n, kept = 0;
    if (scores->taken[i]) continue;
    for (size_t t = 0; t < scores->counts[i]; t++)
      if (!scores->taken[terms[t]]) terms[kept++] = terms[t];
    scores->counts[i] = kept;
    add_terms(scores, i);
  }
}

/* ---- comparison ---- */

/* Terms stand in ascending order. What only one of two scores has is left, in lists of distances; a zero, which adds nothing, in neither. */
typedef struct leftover {
  mpz_srcptr *a, *b;
  size_t a_count, b_count;
} leftover;

static void take_common(const certigar_scores *scores, size_t a, size_t b, leftover *rest)
{
  const size_t *x = scores->terms + a * scores->n, *y = scores->terms + b * scores->n;
  size_t s = 0, t = 0;
  while (s < scores->counts[a] || t < scores->counts[b]) {
    mpz_srcptr p = s < scores->counts[a] ? certigar_pair_distance(scores->pairs, a, x[s]) : NULL;
    mpz_srcptr q = t < scores->counts[b] ? certigar_pair_distance(scores->pairs, b, y[t]) : NULL;
    int order = !p ? 1 : !q ? -1 : mpz_cmp(p, q);
    if (order < 0 && mpz_sgn(p) != 0) rest->a[rest->a_count++] = p;
    if (order > 0 && mpz_sgn(q) != 0) rest->b[rest->b_count++] = q;
    s += order <= 0;
    t += order >= 0;
  }
}

static void sum_roots(certigar_scores *scores, const mpz_srcptr *list, size_t count, mpfr_ptr sum, mpfr_rnd_t round)
{
  mpfr_ptr term = scores->scratch[TERM];
  mpfr_set_zero(sum, 1);
  for (size_t k = 0; k < count; k++) {
    mpfr_set_z(term, list[k], round);
    mpfr_sqrt(term, term, round);
    mpfr_add(sum, sum, term, round);
  }
}

static int compare_rest(certigar_scores *scores, const leftover *rest)
{
  mpfr_t *sums = scores->scratch;
  int order = 0;
  if (rest->a_count == 0 || rest->b_count == 0) return (rest->a_count > 0) - (rest->b_count > 0);
  for (mpfr_prec_t bits = SCORE_BITS; order == 0 && bits <= SCORE_BITS_MAX; bits *= 2) {
    for (size_t k = 0; k < SCRATCH; k++) mpfr_set_prec(sums[k], bits);
    sum_roots(scores, rest->a, rest->a_count, sums[SUM_A_LOWER], MPFR_RNDD);
    sum_roots(scores, rest->a, rest->a_count, sums[SUM_A_UPPER], MPFR_RNDU);
    sum_roots(scores, rest->b, rest->b_count, sums[SUM_B_LOWER], MPFR_RNDD);
    sum_roots(scores, rest->b, rest->b_count, sums[SUM_B_UPPER], MPFR_RNDU);
    if (mpfr_less_p(sums[SUM_A_UPPER], sums[SUM_B_LOWER])) order = -1;
    if (mpfr_less_p(sums[SUM_B_UPPER], sums[SUM_A_LOWER])) order = 1;
    int points = mpfr_equal_p(sums[SUM_A_LOWER], sums[SUM_A_UPPER]) && mpfr_equal_p(sums[SUM_B_LOWER], sums[SUM_B_UPPER]);
    if (points) break;
  }
  return order;
}

static int compare_roots(certigar_scores *scores, size_t a, size_t b)
{
  leftover rest = {.a = scores->rest, .b = scores->rest + scores->n};
  if (mpfr_less_p(scores->upper[a], scores->lower[b])) return -1;
  if (mpfr_less_p(scores->upper[b], scores->lower[a])) return 1;
  take_common(scores, a, b, &rest);
  return compare_rest(scores, &rest);
}

int certigar_scores_compare_root(certigar_scores *scores, size_t a, mpz_srcptr square)
{
  leftover rest = {.a = scores->rest, .b = &square, .b_count = 1};
  const size_t *terms = scores->terms + a * scores->n;
  for (size_t t = 0; t < scores->counts[a]; t++) {
    mpz_srcptr distance = certigar_pair_distance(scores->pairs, a, terms[t]);
    if (mpz_sgn(distance) != 0) rest.a[rest.a_count++] = distance;
  }
  return compare_rest(scores, &rest);
}

int certigar_scores_compare(certigar_scores *scores, size_t a, size_t b)
{
  if (scores->class[a] != scores->class[b]) return scores->class[a] < scores->class[b] ? -1 : 1;
  if (scores->class[a] != CLASS_FINITE) return 0;
  if (!is_integer(scores)) return compare_roots(scores, a, b);
  int order = mpz_cmp(scores->sums[a], scores->sums[b]);
  return (order > 0) - (order < 0);
}

/* What a row taken away counts as, if it stays among the others. */
static void class_taken(certigar_scores *scores)
{
  for (size_t i = 0; i < scores->n; i++)
    if (scores->taken[i]) scores->class[i] = scores->definition->taken == TAKEN_INFINITE ? CLASS_INFINITE : CLASS_TAKEN;
}

size_t certigar_scores_sort(certigar_scores *scores)
{
  size_t *order = scores->order, *other = scores->other, count = 0;
  class_taken(scores);
  for (size_t i = 0; i < scores->n; i++)
    if (!scores->taken[i] || scores->definition->taken != TAKEN_LEFT_OUT) order[count++] = i;
  if (scores->definition->row_one_first && count > 1 && order[0] == 0 && order[1] == 1) {
    order[0] = 1;
    order[1] = 0;
  }
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t low = 0; low < count; low += 2 * width) {
      size_t middle = low + width < count ? low + width : count, high = low + 2 * width < count ? low + 2 * width : count;
      size_t a = low, b = middle;
      for (size_t k = low; k < high; k++) {
        int first = b == high || (a < middle && certigar_scores_compare(scores, order[a], order[b]) <= 0);
        other[k] = order[first ? a++ : b++];
      }
    }
    memcpy(order, other, count * sizeof *order);
  }
  return count;
}

/* ---- what is reported ---- */

static certigar_bound bound_of(mpfr_srcptr value, int exponent, mpfr_rnd_t round)
{
  mpfr_t cut;
  mpz_t significand;
  certigar_bound bound = {.significand = 0};
  mpfr_init2(cut, 64);
  mpz_init(significand);
  mpfr_set(cut, value, round);
  if (!mpfr_zero_p(cut)) {
    bound.exponent = (int)mpfr_get_z_2exp(significand, cut) + exponent;
    bound.significand = mpz_get_ui(significand);
  }
  mpfr_clear(cut);
  mpz_clear(significand);
  return bound;
}

certigar_bound certigar_scores_margin(certigar_scores *scores, size_t a, size_t b)
{
  certigar_bound margin = {.infinite = 1};
  mpfr_ptr gap = scores->scratch[TERM];
  if (certigar_scores_compare(scores, a, b) == 0) return (certigar_bound){.significand = 0};
  if (scores->class[a] != CLASS_FINITE || scores->class[b] != CLASS_FINITE || mpfr_zero_p(scores->upper[a])) return margin;
  mpfr_sub(gap, scores->lower[b], scores->upper[a], MPFR_RNDD);
  if (mpfr_sgn(gap) < 0) mpfr_set_zero(gap, 1);
  mpfr_div(gap, gap, scores->upper[a], MPFR_RNDD);
  return bound_of(gap, 0, MPFR_RNDD);
}

certigar_interval certigar_scores_interval(const certigar_scores *scores, size_t i, int natural_exponent)
{
  certigar_power power = scores->definition->power;
  int exponent = power == POWER_SQUARED ? natural_exponent : power == POWER_FOURTH ? 2 * natural_exponent : natural_exponent / 2;
  if (scores->class[i] != CLASS_FINITE) return (certigar_interval){.lower = {.infinite = 1}, .upper = {.infinite = 1}};
  return (certigar_interval){.lower = bound_of(scores->lower[i], exponent, MPFR_RNDD), .upper = bound_of(scores->upper[i], exponent, MPFR_RNDU)};
}
