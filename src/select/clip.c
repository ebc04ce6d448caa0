/* Pre-aggregations that scale rows down to a norm t: clip, and arc (Allouah et al. 2024), where t is one of the rows' norms.
 *
 * A row is scaled by s = t / sqrt(N) < 1, or not at all. With s = sigma 2^-h, 1/2 < sigma <= 1, the rounding of every product x s depends on nothing
 * but where sigma lies among the fractions with denominators up to Q = 2^q_bits (exact/scaled.h). Some fraction p/q with q <= Q is nearer to sigma
 * than 1 / (q Q) (Dirichlet). Another one, a/b, is at least 1 / (b q) >= 1 / (q Q) from p/q, so none lies between p/q and sigma, and none within
 * 1 / (q Q) of p/q: whatever is on the same side of p/q as sigma, and as near, serves instead of sigma. The side is that of sigma^2 from (p/q)^2,
 * which is rational. The same would be true of any number known well enough: nothing here is rounded, and nothing can come too close.
 */
#include "profile/profile.h"
#include "selection.h"

#include <stdlib.h>
#include <string.h>

enum { LIMB_BITS = 28, EXPONENT_MAX = 4096 }; /* as in exact/scaled.h */

/* ---- the factor of a row ---- */

/* The last convergent p/q of the continued fraction of number / 2^bits, below 1, that has q <= 2^q_bits. It is nearer to it than 1 / (q 2^q_bits),
 * by 1 / (q 2^q_bits (2^q_bits + 1)) at least. */
static void approximate(const mpz_t number, mp_bitcnt_t bits, mp_bitcnt_t q_bits, mpz_t p, mpz_t q)
{
  mpz_t a, b, quotient, rest, earlier_p, earlier_q, most;
  mpz_inits(a, b, quotient, rest, earlier_p, earlier_q, most, (mpz_ptr)NULL);
  mpz_setbit(a, bits); /* number / 2^bits = 1 / (a / b): 0/1 is the convergent before */
  mpz_set(b, number);
  mpz_setbit(most, q_bits);
  mpz_set_ui(earlier_p, 1);
  mpz_set_ui(earlier_q, 0);
  mpz_set_ui(p, 0);
  mpz_set_ui(q, 1);
  while (mpz_sgn(b) > 0) {
    mpz_tdiv_qr(quotient, rest, a, b);
    mpz_addmul(earlier_q, quotient, q);
    if (mpz_cmp(earlier_q, most) > 0) break;
    mpz_addmul(earlier_p, quotient, p);
    mpz_swap(earlier_p, p);
    mpz_swap(earlier_q, q);
    mpz_swap(a, b);
    mpz_swap(b, rest);
  }
  mpz_clears(a, b, quotient, rest, earlier_p, earlier_q, most, (mpz_ptr)NULL);
}

/* The sign of square - (p/q)^2. */
static int side_of(const mpq_t square, const mpz_t p, const mpz_t q)
{
  mpz_t left, right;
  mpz_inits(left, right, (mpz_ptr)NULL);
  mpz_mul(left, q, q);
  mpz_mul(left, left, mpq_numref(square));
  mpz_mul(right, p, p);
  mpz_mul(right, right, mpq_denref(square));
  int compared = mpz_cmp(left, right);
  mpz_clears(left, right, (mpz_ptr)NULL);
  return (compared > 0) - (compared < 0);
}

/* The least h for which square 4^h > 1/4; square becomes that. */
static size_t normalise(mpq_t square)
{
  size_t above = mpz_sizeinbase(mpq_numref(square), 2), below = mpz_sizeinbase(mpq_denref(square), 2);
  size_t h = below > above + 3 ? (below - above - 3) / 2 : 0; /* square < 2^(above - below + 1) <= 4^-(h+1) */
  mpq_mul_2exp(square, square, 2 * h);
  mpz_t four;
  mpz_init(four);
  for (mpz_mul_2exp(four, mpq_numref(square), 2); mpz_cmp(four, mpq_denref(square)) <= 0; h++) {
    mpq_mul_2exp(square, square, 2);
    mpz_mul_2exp(four, mpq_numref(square), 2);
  }
  mpz_clear(four);
  return h;
}

/* floor(sqrt(square) 2^bits) */
static void root(const mpq_t square, mp_bitcnt_t bits, mpz_t floor)
{
  mpz_mul_2exp(floor, mpq_numref(square), 2 * bits);
  mpz_tdiv_q(floor, floor, mpq_denref(square));
  mpz_sqrt(floor, floor);
}

static void set_limbs(const mpz_t number, uint32_t *limbs)
{
  mpz_export(limbs, NULL, -1, sizeof *limbs, 0, 8 * sizeof *limbs - LIMB_BITS, number);
}

/* The square root of square < 1; square is destroyed. 2^(4 q_bits) times sigma, rounded down, is near enough: what is lost is less than what the
 * convergent leaves. 2^bits, bits = 2 q_bits + 1, is fine enough: 2^-bits < 1 / Q^2. */
static void find_factor(mpq_t square, int bits, certigar_factor *factor)
{
  *factor = (certigar_factor){.scaled = 1};
  if (mpq_sgn(square) == 0) return;
  mp_bitcnt_t q_bits = (mp_bitcnt_t)(bits - 1) / 2;
  mpz_t sigma, p, q, above, below;
  mpz_inits(sigma, p, q, above, below, (mpz_ptr)NULL);
  size_t h = normalise(square);
  factor->exponent = h < EXPONENT_MAX ? (int32_t)h : EXPONENT_MAX;
  root(square, 4 * q_bits, sigma);
  approximate(sigma, 4 * q_bits, q_bits, p, q);
  int side = side_of(square, p, q);
  mpz_mul_2exp(p, p, (mp_bitcnt_t)bits);
  mpz_fdiv_q(above, p, q);
  mpz_add_ui(above, above, 1);
  mpz_cdiv_q(below, p, q);
  mpz_sub_ui(below, below, 1);
  set_limbs(side > 0 ? above : below, factor->lower);
  set_limbs(side < 0 ? below : above, factor->upper);
  mpz_clears(sigma, p, q, above, below, (mpz_ptr)NULL);
}

/* ---- the rows that are scaled ---- */

/* floor(number) as a natural number, or infinity. */
static void set_natural(const certigar_selection *s, const mpq_t number, uint32_t *natural)
{
  mpz_t floor;
  mpz_init(floor);
  mpz_fdiv_q(floor, mpq_numref(number), mpq_denref(number));
  if (mpz_sizeinbase(floor, 2) > 32 * (s->digits - 1)) {
    s->kernels->natural_set_infinite(natural);
  } else {
    memset(natural, 0, s->digits * sizeof *natural);
    mpz_export(natural, NULL, -1, sizeof *natural, 0, 0, floor);
  }
  mpz_clear(floor);
}

static int is_infinite(const certigar_selection *s, const uint32_t *natural)
{
  return natural[s->digits - 1] != 0;
}

/* t^2 from tau, in units of 2^natural_exponent. */
static void square_tau(const certigar_selection *s, const certigar_stage *stage, mpq_t squared)
{
  certigar_rational_get(&stage->tau, squared);
  mpq_mul(squared, squared, squared);
  mpq_mul_2exp(squared, squared, (mp_bitcnt_t)-s->kernels->natural_exponent);
}

/* Makes exact the norms that are not yet and whose interval meets that from lower to upper. Returns 0 if there is no memory. */
static int refine_between(certigar_selection *s, certigar_plan *plan, const certigar_score *norm, const uint32_t *lower, const uint32_t *upper)
{
  for (size_t i = 0; i < s->n; i++) {
    const uint32_t *least = s->lower + i * s->digits, *most = s->upper + i * s->digits;
    if (s->kernels->natural_compare(least, most) != 0 && s->kernels->natural_compare(least, upper) <= 0 &&
        s->kernels->natural_compare(most, lower) >= 0)
      certigar_distances_want(s->distances, i, (size_t)norm->pivot);
  }
  if (!certigar_distances_refine(s->distances, plan)) return 0;
  certigar_score_candidates(s, norm);
  return 1;
}

/* The (k+1)-th greatest of n natural numbers, k < n: the greatest of the n-k least. */
static void order_statistic(certigar_selection *s, const uint32_t *numbers, size_t k, uint32_t *statistic)
{
  const uint32_t *greatest = NULL;
  s->kernels->choose_least(numbers, numbers, s->group, (int)s->n, (int)(s->n - k), s->order, s->chosen, s->open);
  for (size_t i = 0; i < s->n; i++)
    if (s->chosen[i] && (!greatest || s->kernels->natural_compare(numbers + i * s->digits, greatest) > 0)) greatest = numbers + i * s->digits;
  memcpy(statistic, greatest, s->digits * sizeof *statistic);
}

/* The (k+1)-th greatest norm lies between that of the lower bounds and that of the upper bounds. Rows whose intervals do not meet these are above
 * or below it, whatever their norms are; so, once the others are known, it is the (k+1)-th greatest of the lower bounds. Returns 0 if there is no
 * memory. */
static int find_threshold(certigar_selection *s, certigar_plan *plan, const certigar_score *norm, uint32_t *threshold)
{
  size_t k = certigar_arc_count(plan);
  order_statistic(s, s->lower, k, s->row_lower);
  order_statistic(s, s->upper, k, s->row_upper);
  if (!refine_between(s, plan, norm, s->row_lower, s->row_upper)) return 0;
  order_statistic(s, s->lower, k, threshold);
  return 1;
}

/* What row i is scaled by if its norm, which is exact, is above t. */
static void scale_row(certigar_selection *s, size_t i, const mpq_t squared, const uint32_t *threshold)
{
  const uint32_t *norm = s->lower + i * s->digits;
  s->factors[i] = (certigar_factor){.scaled = 0};
  if (is_infinite(s, norm) || s->kernels->natural_compare(norm, threshold) <= 0) return;
  mpq_t square;
  mpq_init(square);
  certigar_natural_get(s->kernels, norm, mpq_numref(square));
  mpq_div(square, squared, square);
  find_factor(square, s->kernels->factor_bits, &s->factors[i]);
  mpq_clear(square);
}

/* squared, and its floor threshold, are there; the norms above are not exact yet. Returns 0 if there is no memory. */
static int clip_to(certigar_selection *s, certigar_plan *plan, const certigar_score *norm, const mpq_t squared, const uint32_t *threshold)
{
  if (!is_infinite(s, threshold)) {
    s->kernels->natural_set_infinite(s->row_upper);
    if (!refine_between(s, plan, norm, threshold, s->row_upper)) return 0;
  }
  for (size_t i = 0; i < s->n && !atomic_load(&plan->stop); i++) scale_row(s, i, squared, threshold);
  return 1;
}

int certigar_clip_rows(certigar_selection *s, certigar_plan *plan)
{
  const certigar_stage *stage = &plan->options.stages[0];
  certigar_score norm = certigar_distance_score(0);
  uint32_t *threshold = malloc(s->digits * sizeof *threshold);
  mpq_t squared;
  mpq_init(squared);
  certigar_all_candidates(s);
  certigar_score_candidates(s, &norm);
  int good = threshold != NULL;
  if (good && stage->kind == STAGE_CLIP) {
    square_tau(s, stage, squared);
    set_natural(s, squared, threshold);
  } else if (good) {
    good = find_threshold(s, plan, &norm, threshold);
    if (good) certigar_natural_get(s->kernels, threshold, mpq_numref(squared));
  }
  if (good && !atomic_load(&plan->stop)) good = clip_to(s, plan, &norm, squared, threshold);
  if (good) certigar_profile_cut(s, plan, stage->kind == STAGE_CLIP || !is_infinite(s, threshold));
  mpq_clear(squared);
  free(threshold);
  return good;
}
