/* Points of geometric-median: see median_point.h. */
#include "median_point.h"

#include <stdlib.h>

enum { GUARD_BITS = 64, SCRATCH = 3 };

int certigar_median_init(certigar_median *median, const certigar_gram *gram, mp_bitcnt_t bits)
{
  mpfr_prec_t precision = (mpfr_prec_t)bits + GUARD_BITS;
  size_t m = gram->m;
  *median = (certigar_median){.m = m, .half = m / 2 + m % 2, .gram = gram, .bits = bits, .precision = precision, .minimiser = SIZE_MAX};
  mpq_init(median->tolerance);
  mpz_inits(median->spread, median->spread_above, median->whole, (mpz_ptr)NULL);
  mpfr_inits2(precision, median->value, median->near, median->gap, median->best_value, median->best_near, median->least, (mpfr_ptr)NULL);
  mpfr_set_inf(median->best_value, 1);
  mpfr_set_zero(median->best_near, 1);
  mpfr_set_zero(median->least, 1);
  median->weights = certigar_integers_new(m);
  median->squares = certigar_integers_new(m);
  median->products = certigar_integers_new(m);
  median->products_above = certigar_gram_is_exact(median->gram) ? median->products : certigar_integers_new(m);
  median->best = certigar_integers_new(m);
  median->lower = certigar_reals_new(m, precision);
  median->upper = certigar_reals_new(m, precision);
  median->scratch = certigar_reals_new(SCRATCH, precision);
  return median->weights && median->squares && median->products && median->products_above && median->best && median->lower &&
         median->upper && median->scratch;
}

void certigar_median_clear(certigar_median *median)
{
  mpq_clear(median->tolerance);
  mpz_clears(median->spread, median->spread_above, median->whole, (mpz_ptr)NULL);
  mpfr_clears(median->value, median->near, median->gap, median->best_value, median->best_near, median->least, (mpfr_ptr)NULL);
  certigar_integers_free(median->weights, median->m);
  certigar_integers_free(median->squares, median->m);
  if (!certigar_gram_is_exact(median->gram)) certigar_integers_free(median->products_above, median->m);
  certigar_integers_free(median->products, median->m);
  certigar_integers_free(median->best, median->m);
  certigar_reals_free(median->lower, median->m);
  certigar_reals_free(median->upper, median->m);
  certigar_reals_free(median->scratch, SCRATCH);
}

/* ---- the point ---- */

static void find_products(const certigar_median *median, mpz_t *distances, mpz_t *products, mpz_ptr spread)
{
  size_t m = median->m;
  mpz_set_ui(spread, 0);
  for (size_t i = 0; i < m; i++) {
    mpz_set_ui(products[i], 0);
    for (size_t j = 0; j < m; j++)
      if (mpz_sgn(median->weights[j]) != 0) mpz_addmul(products[i], median->weights[j], distances[i * m + j]);
    mpz_addmul(spread, median->weights[i], products[i]);
  }
}

/* (1), times 2^(2 bits + 1) */
static void find_square(const certigar_median *median, mpz_srcptr product, mpz_srcptr spread, mpz_ptr square)
{
  mpz_mul_2exp(square, product, median->bits + 1);
  mpz_sub(square, square, spread);
}

static void find_squares(certigar_median *median)
{
  find_products(median, median->gram->distances, median->products, median->spread);
  for (size_t i = 0; i < median->m; i++) find_square(median, median->products[i], median->spread, median->squares[i]);
}

void certigar_median_set_row(certigar_median *median, size_t k)
{
  for (size_t i = 0; i < median->m; i++) mpz_set_ui(median->weights[i], 0);
  mpz_setbit(median->weights[k], median->bits);
  find_squares(median);
}

void certigar_median_set_weights(certigar_median *median, const mpfr_t *weights)
{
  mpfr_ptr scaled = median->scratch[0];
  size_t greatest = 0;
  mpz_set_ui(median->whole, 0);
  mpz_setbit(median->whole, median->bits);
  for (size_t i = 0; i < median->m; i++) {
    if (mpfr_greater_p(weights[i], weights[greatest])) greatest = i;
    mpfr_mul_2ui(scaled, weights[i], median->bits, MPFR_RNDN);
    mpfr_get_z(median->weights[i], scaled, MPFR_RNDD);
    mpz_sub(median->whole, median->whole, median->weights[i]);
  }
  mpz_add(median->weights[greatest], median->weights[greatest], median->whole);
  find_squares(median);
}

/* ---- what is certain ---- */

static int compare_reals(const void *a, const void *b)
{
  return mpfr_cmp((mpfr_srcptr)a, (mpfr_srcptr)b);
}

/* The root of a square such as find_square has, at least 0. */
static void find_root(const certigar_median *median, mpz_srcptr square, mpfr_ptr root, mpfr_rnd_t direction)
{
  mpfr_ptr rounded = median->scratch[0];
  mpfr_set_z_2exp(rounded, square, -2 * (mpfr_exp_t)median->bits - 1, direction);
  if (mpfr_sgn(rounded) < 0) mpfr_set_zero(rounded, 1);
  mpfr_sqrt(root, rounded, direction);
}

/* lower and upper, and value from them. */
static void find_lengths(certigar_median *median)
{
  if (certigar_gram_is_exact(median->gram)) {
    mpz_set(median->spread_above, median->spread);
  } else {
    find_products(median, median->gram->above, median->products_above, median->spread_above);
  }
  mpfr_set_zero(median->value, 1);
  for (size_t i = 0; i < median->m; i++) {
    find_square(median, median->products[i], median->spread_above, median->whole);
    find_root(median, median->whole, median->lower[i], MPFR_RNDD);
    find_square(median, median->products_above[i], median->spread, median->whole);
    find_root(median, median->whole, median->upper[i], MPFR_RNDU);
    mpfr_add(median->value, median->value, median->upper[i], MPFR_RNDU);
  }
}

static void find_near(certigar_median *median)
{
  qsort(median->lower, median->m, sizeof *median->lower, compare_reals);
  mpfr_set_zero(median->near, 1);
  for (size_t i = 0; i < median->half; i++) mpfr_add(median->near, median->near, median->lower[i], MPFR_RNDD);
}

/* The point is looked at, and gives this bound of min F. */
static void note(certigar_median *median, mpfr_srcptr bound)
{
  mpfr_sub(median->gap, median->value, bound, MPFR_RNDU);
  if (mpfr_greater_p(bound, median->least)) mpfr_set(median->least, bound, MPFR_RNDD);
  if (mpfr_greaterequal_p(median->value, median->best_value)) return;
  mpfr_set(median->best_value, median->value, MPFR_RNDU);
  mpfr_set(median->best_near, median->near, MPFR_RNDD);
  for (size_t i = 0; i < median->m; i++) mpz_set(median->best[i], median->weights[i]);
}

void certigar_median_look(certigar_median *median)
{
  mpfr_ptr most = median->scratch[0], product = median->scratch[1];
  find_lengths(median);
  find_near(median);
  mpfr_set_zero(most, 1);
  for (size_t i = 0; i < median->m; i++) {
    mpfr_mul_z(product, median->upper[i], median->weights[i], MPFR_RNDU);
    if (mpfr_greater_p(product, most)) mpfr_set(most, product, MPFR_RNDU);
  }
  mpfr_set_zero(product, 1);
  if (mpfr_sgn(most) > 0) { /* of 2^bits times the quantities of (2) */
    mpfr_set_z_2exp(product, median->spread, -(mpfr_exp_t)median->bits - 1, MPFR_RNDD);
    mpfr_div(product, product, most, MPFR_RNDD);
  }
  note(median, product);
}

/* An upper bound of <u_i, u_j>, from row k. */
static void inner_product(certigar_median *median, size_t k, size_t i, size_t j, mpfr_ptr product, mpfr_ptr divisor)
{
  size_t m = median->m;
  mpz_add(median->whole, median->gram->distances[k * m + i], median->gram->distances[k * m + j]);
  mpz_sub(median->whole, median->whole, median->gram->distances[i * m + j]);
  mpfr_set_z_2exp(product, median->whole, -1, MPFR_RNDU);
  if (mpfr_sgn(product) > 0) {
    mpfr_mul(divisor, median->lower[i], median->lower[j], MPFR_RNDD);
  } else {
    mpfr_mul(divisor, median->upper[i], median->upper[j], MPFR_RNDU);
  }
  mpfr_div(product, product, divisor, MPFR_RNDU);
}

/* An upper bound of R; the lengths are those from row k. Returns e. */
static size_t pull_at_row(certigar_median *median, size_t k, mpfr_ptr pull)
{
  mpfr_ptr product = median->scratch[1], divisor = median->scratch[2];
  size_t equal = 0, m = median->m;
  mpfr_set_zero(pull, 1);
  for (size_t i = 0; i < m; i++) {
    if (mpz_sgn(median->gram->distances[k * m + i]) == 0) {
      equal++;
      continue;
    }
    for (size_t j = 0; j < i; j++) {
      if (mpz_sgn(median->gram->distances[k * m + j]) == 0) continue;
      inner_product(median, k, i, j, product, divisor);
      mpfr_mul_2ui(product, product, 1, MPFR_RNDU);
      mpfr_add(pull, pull, product, MPFR_RNDU);
    }
  }
  mpfr_add_ui(pull, pull, m - equal, MPFR_RNDU);
  mpfr_sqrt(pull, pull, MPFR_RNDU);
  if (mpfr_cmp_ui(pull, m - equal) > 0) mpfr_set_ui(pull, m - equal, MPFR_RNDU); /* there are no more unit vectors */
  return equal;
}

void certigar_median_look_at_row(certigar_median *median, size_t k)
{
  mpfr_ptr bound = median->scratch[0];
  find_lengths(median);
  size_t equal = pull_at_row(median, k, bound);
  if (mpfr_cmp_ui(bound, equal) <= 0) {
    mpfr_set_ui(bound, 1, MPFR_RNDD);
    median->minimiser = k;
  } else {
    mpfr_ui_div(bound, equal, bound, MPFR_RNDD);
  }
  mpfr_set_zero(median->near, 1);
  for (size_t i = 0; i < median->m; i++) mpfr_add(median->near, median->near, median->lower[i], MPFR_RNDD);
  mpfr_mul(bound, bound, median->near, MPFR_RNDD);
  find_near(median);
  note(median, bound);
}

int certigar_median_is_reached(const certigar_median *median)
{
  mpfr_ptr gap = median->scratch[0], limit = median->scratch[1];
  if (median->minimiser < median->m) return 1;
  mpfr_sub(gap, median->best_value, median->least, MPFR_RNDU);
  mpfr_mul_q(limit, median->best_near, median->tolerance, MPFR_RNDD);
  return mpfr_lessequal_p(gap, limit);
}
