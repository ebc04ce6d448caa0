/* See roots.h. By enclosures with twice the bits until they decide, or are so narrow that the two sides are equal.
 *
 * Times the square of a common denominator all numbers are integers, and E = sqrt(b_1) + ... - sqrt(a) is an algebraic integer of a degree of at most
 * D = 2^(count+1), whose conjugates are all at most U in magnitude, the sum of all roots. If E is not 0 the product of its conjugates is an
 * integer that is not 0, so |E| >= U^-(D-1) (Burnikel, Fleischer, Mehlhorn, Schirra 2000).
 */
#include "roots.h"

#include <mpfr.h>

enum { A, SUM, TERM, FIRST_BITS = 128 };

/* number scale^2, an integer. */
static void set_integer(mpz_t to, mpq_srcptr number, const mpz_t scale)
{
  mpz_divexact(to, scale, mpq_denref(number));
  mpz_mul(to, to, scale);
  mpz_mul(to, to, mpq_numref(number));
}

/* The sum of the roots, all rounded in this direction. */
static void add_roots(mpfr_t sum, mpfr_t term, const mpz_t *b, size_t count, mpfr_rnd_t direction)
{
  mpfr_set_zero(sum, 1);
  for (size_t k = 0; k < count; k++) {
    mpfr_set_z(term, b[k], direction);
    mpfr_sqrt(term, term, direction);
    mpfr_add(sum, sum, term, direction);
  }
}

/* 1, 0, or -1 if so many bits do not decide. */
static int compare(const mpz_t a, const mpz_t *b, size_t count, mpfr_prec_t bits)
{
  mpfr_t x[3];
  for (size_t k = 0; k < 3; k++) mpfr_init2(x[k], bits);
  add_roots(x[SUM], x[TERM], b, count, MPFR_RNDD);
  mpfr_set_z(x[A], a, MPFR_RNDU);
  mpfr_sqrt(x[A], x[A], MPFR_RNDU);
  int result = mpfr_lessequal_p(x[A], x[SUM]) ? 1 : -1;
  if (result < 0) {
    add_roots(x[SUM], x[TERM], b, count, MPFR_RNDU);
    mpfr_set_z(x[A], a, MPFR_RNDD);
    mpfr_sqrt(x[A], x[A], MPFR_RNDD);
    if (mpfr_greater_p(x[A], x[SUM])) result = 0;
  }
  for (size_t k = 0; k < 3; k++) mpfr_clear(x[k]);
  return result;
}

int certigar_root_at_most(mpq_srcptr a, const mpq_t *b, size_t count)
{
  mpz_t scale, left, right[CERTIGAR_ROOTS_MAX];
  size_t most;
  int result = -1;
  mpz_inits(scale, left, (mpz_ptr)NULL);
  mpz_set(scale, mpq_denref(a));
  for (size_t k = 0; k < count; k++) mpz_lcm(scale, scale, mpq_denref(b[k]));
  set_integer(left, a, scale);
  most = mpz_sizeinbase(left, 2);
  for (size_t k = 0; k < count; k++) {
    mpz_init(right[k]);
    set_integer(right[k], b[k], scale);
    if (mpz_sizeinbase(right[k], 2) > most) most = mpz_sizeinbase(right[k], 2);
  }
  /* U < 2^root; with so many bits the enclosures are narrower than half of U^-(D-1) */
  size_t root = most / 2 + 3, enough = (((size_t)2 << count) + 1) * root + 16;
  for (size_t bits = FIRST_BITS; result < 0; bits *= 2) {
    result = compare(left, (const mpz_t *)right, count, (mpfr_prec_t)(bits < enough ? bits : enough));
    if (bits >= enough && result < 0) result = 1;
  }
  for (size_t k = 0; k < count; k++) mpz_clear(right[k]);
  mpz_clears(scale, left, (mpz_ptr)NULL);
  return result;
}
