/* Rational numbers cut to 64 bits, the margin between two, and the value of a natural number. */
#include "selection.h"

const certigar_bound certigar_minus_infinity = {.infinite = 1, .negative = 1};

/* The floor of |value| 2^-exponent, which has 64 bits; returns whether that lost something. */
static int leading_bits(const mpq_t value, mpz_t bits, int *exponent)
{
  mpz_t dividend, divisor, rest;
  mpz_init_set(dividend, mpq_numref(value));
  mpz_init_set(divisor, mpq_denref(value));
  mpz_init(rest);
  mpz_abs(dividend, dividend);
  *exponent = (int)mpz_sizeinbase(dividend, 2) - (int)mpz_sizeinbase(divisor, 2) - 64;
  if (*exponent > 0) {
    mpz_mul_2exp(divisor, divisor, (mp_bitcnt_t)*exponent);
  } else {
    mpz_mul_2exp(dividend, dividend, (mp_bitcnt_t)-*exponent);
  }
  mpz_tdiv_qr(bits, rest, dividend, divisor);
  int lost = mpz_sgn(rest) != 0;
  if (mpz_sizeinbase(bits, 2) == 65) {
    lost |= mpz_odd_p(bits) != 0;
    mpz_tdiv_q_2exp(bits, bits, 1);
    (*exponent)++;
  }
  mpz_clears(dividend, divisor, rest, (mpz_ptr)NULL);
  return lost;
}

certigar_bound certigar_bound_of_rational(const mpq_t value, int up)
{
  certigar_bound bound = {.significand = 0};
  mpz_t bits;
  if (mpq_sgn(value) == 0) return bound;
  mpz_init(bits);
  int lost = leading_bits(value, bits, &bound.exponent);
  bound.negative = mpq_sgn(value) < 0;
  mpz_export(&bound.significand, NULL, -1, sizeof bound.significand, 0, 0, bits);
  mpz_clear(bits);
  if (lost && up != bound.negative && ++bound.significand == 0) {
    bound.significand = 1ULL << 63;
    bound.exponent++;
  }
  return bound;
}

certigar_bound certigar_rational_margin(const mpq_t distance, const mpq_t divisor)
{
  mpq_t quotient;
  if (mpq_sgn(distance) == 0) return (certigar_bound){.significand = 0};
  if (mpq_sgn(divisor) == 0) return (certigar_bound){.infinite = 1};
  mpq_init(quotient);
  mpq_div(quotient, distance, divisor);
  certigar_bound margin = certigar_bound_of_rational(quotient, 0);
  mpq_clear(quotient);
  return margin;
}

void certigar_natural_get(const certigar_kernels *kernels, const uint32_t *natural, mpz_t value)
{
  mpz_import(value, kernels->natural_digits, -1, sizeof *natural, 0, 0, natural);
}
