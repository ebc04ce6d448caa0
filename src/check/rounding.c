/* See rounding.h. */
#include "rounding.h"

#include "real/mpfr_state.h"
#include "select/selection.h"

enum { LIMB_BITS = 32, LANES = 8 };

void certigar_set_drifting(mpz_t value, const certigar_format *format, uint64_t word)
{
  mpz_set_ui(value, certigar_significand(format, word));
  mpz_mul_2exp(value, value, (mp_bitcnt_t)certigar_shift(format, word) + CERTIGAR_DRIFT_BITS);
  if (word & format->sign) mpz_neg(value, value);
}

void certigar_rounding_init(certigar_rounding *rounding, certigar_dtype dtype)
{
  rounding->format = certigar_format_of(dtype);
  rounding->count = rounding->base = 0;
  mpz_inits(rounding->factor, rounding->sum, rounding->magnitudes, rounding->error, rounding->bound, rounding->scratch, (mpz_ptr)NULL);
}

void certigar_rounding_clear(certigar_rounding *rounding)
{
  mpz_clears(rounding->factor, rounding->sum, rounding->magnitudes, rounding->error, rounding->bound, rounding->scratch, (mpz_ptr)NULL);
}

/* (1 + u)^j is below e^3 < 32 for j <= 3 2^24, so multiples of 2^-128 near it have 133 bits: the power, rounded up to more, is no greater than the
 * next multiple. */
void certigar_rounding_growth(const certigar_format *format, size_t j, mpz_t factor)
{
  mpfr_t power;
  certigar_mpfr_state state = certigar_mpfr_enter();
  mpfr_init2(power, CERTIGAR_FACTOR_BITS + LIMB_BITS);
  mpfr_set_ui_2exp(power, 1, -(format->fraction_bits + 1), MPFR_RNDN);
  mpfr_add_ui(power, power, 1, MPFR_RNDN);
  mpfr_pow_ui(power, power, j, MPFR_RNDU);
  mpfr_sub_ui(power, power, 1, MPFR_RNDU);
  mpfr_mul_2ui(power, power, CERTIGAR_FACTOR_BITS, MPFR_RNDU);
  mpfr_get_z(factor, power, MPFR_RNDU);
  mpfr_clear(power);
  certigar_mpfr_leave(state);
}

void certigar_rounding_set_factor(certigar_rounding *rounding, size_t k)
{
  if (rounding->count == k) return;
  certigar_rounding_growth(rounding->format, k + 1, rounding->factor);
  rounding->count = k;
}

/* scratch = k y. */
static void set_candidate(certigar_rounding *rounding, size_t k, uint64_t y)
{
  const certigar_format *format = rounding->format;
  mpz_set_ui(rounding->scratch, certigar_significand(format, y));
  mpz_mul_2exp(rounding->scratch, rounding->scratch, (mp_bitcnt_t)certigar_shift(format, y));
  mpz_tdiv_q_2exp(rounding->scratch, rounding->scratch, LIMB_BITS * rounding->base);
  if (y & format->sign) mpz_neg(rounding->scratch, rounding->scratch);
  mpz_mul_ui(rounding->scratch, rounding->scratch, k);
}

/* The lowest limb that a value other than 0 reaches; 0 if all are 0, since the bound is of units then. */
static size_t base_of(const certigar_format *format, const certigar_total *total, uint64_t y)
{
  size_t base = certigar_significand(format, y) > 0 ? (size_t)certigar_shift(format, y) / LIMB_BITS : CERTIGAR_TOTAL_LIMBS;
  if (total->low == CERTIGAR_TOTAL_LIMBS) return 0;
  return total->low < base ? total->low : base;
}

int certigar_rounding_judge(certigar_rounding *rounding, const certigar_total *total, size_t k, uint64_t y)
{
  certigar_rounding_set_factor(rounding, k);
  rounding->base = base_of(rounding->format, total, y);
  certigar_total_get(total, rounding->base, rounding->sum, rounding->magnitudes, rounding->scratch);
  set_candidate(rounding, k, y);
  mpz_sub(rounding->error, rounding->scratch, rounding->sum);
  mpz_abs(rounding->error, rounding->error);
  mpz_mul_2exp(rounding->error, rounding->error, CERTIGAR_FACTOR_BITS);
  mpz_set_ui(rounding->bound, k * k);
  mpz_mul_2exp(rounding->bound, rounding->bound, CERTIGAR_FACTOR_BITS);
  mpz_tdiv_q_2exp(rounding->bound, rounding->bound, LIMB_BITS * rounding->base); /* the error is an integer */
  mpz_addmul(rounding->bound, rounding->factor, rounding->magnitudes);
  if (k == 1) mpz_set_ui(rounding->bound, 0);
  return mpz_cmp(rounding->error, rounding->bound) <= 0;
}

int certigar_rounding_judge_between(certigar_rounding *rounding, const certigar_total *total, const certigar_range *range, size_t k, uint64_t y)
{
  certigar_rounding_set_factor(rounding, k);
  rounding->base = 0;
  certigar_total_get(total, 0, rounding->sum, rounding->magnitudes, rounding->scratch);
  set_candidate(rounding, k, y);
  int above = mpz_cmp(rounding->scratch, rounding->sum) >= 0;
  mpz_sub(rounding->error, rounding->scratch, rounding->sum);
  mpz_abs(rounding->error, rounding->error);
  mpz_mul_2exp(rounding->error, rounding->error, CERTIGAR_FACTOR_BITS);
  mpz_mul_2exp(rounding->scratch, rounding->sum, CERTIGAR_DRIFT_BITS);
  if (above) {
    mpz_sub(rounding->bound, range->high, rounding->scratch);
  } else {
    mpz_sub(rounding->bound, rounding->scratch, range->low);
  }
  if (k > 1) {
    mpz_set_ui(rounding->scratch, k * k);
    mpz_mul_2exp(rounding->scratch, rounding->scratch, CERTIGAR_DRIFT_BITS);
    mpz_add(rounding->bound, rounding->bound, rounding->scratch);
  }
  mpz_mul_2exp(rounding->bound, rounding->bound, CERTIGAR_FACTOR_BITS);
  if (k > 1) mpz_addmul(rounding->bound, rounding->factor, range->magnitudes);
  mpz_fdiv_q_2exp(rounding->bound, rounding->bound, CERTIGAR_DRIFT_BITS); /* the error is an integer */
  return mpz_cmp(rounding->error, rounding->bound) <= 0;
}

/* The value of a magnitude, in units. */
static void set_magnitude(mpz_t value, const certigar_format *format, uint64_t magnitude)
{
  mpz_set_ui(value, certigar_significand(format, magnitude));
  mpz_mul_2exp(value, value, (mp_bitcnt_t)certigar_shift(format, magnitude));
}

/* 2 |S| against k (V(r) + V(other)), r and other neighbours: negative, 0, positive. */
static int compare_midpoint(certigar_rounding *rounding, size_t k, uint64_t r, uint64_t other)
{
  set_magnitude(rounding->error, rounding->format, r);
  set_magnitude(rounding->bound, rounding->format, other);
  mpz_add(rounding->error, rounding->error, rounding->bound);
  mpz_mul_ui(rounding->error, rounding->error, k);
  mpz_mul_2exp(rounding->bound, rounding->sum, 1);
  return mpz_cmpabs(rounding->bound, rounding->error);
}

int certigar_rounding_is_nearest(certigar_rounding *rounding, const certigar_total *total, size_t k, uint64_t y)
{
  uint64_t r = certigar_magnitude(rounding->format, y);
  rounding->base = 0;
  certigar_total_get(total, 0, rounding->sum, rounding->magnitudes, rounding->scratch);
  if (mpz_sgn(rounding->sum) == 0) return y == 0;
  if ((mpz_sgn(rounding->sum) < 0) != ((y & rounding->format->sign) != 0)) return 0;
  int above = compare_midpoint(rounding, k, r, r + 1), below = r > 0 ? compare_midpoint(rounding, k, r, r - 1) : 1;
  return above <= 0 && below >= 0 && ((above != 0 && below != 0) || r % 2 == 0);
}

/* A number that is 2^128 k times as great, in units of 2^(32 base). */
static certigar_bound length_of(const certigar_rounding *rounding, const mpz_t scaled, int up)
{
  mpq_t value;
  mpq_init(value);
  mpz_set(mpq_numref(value), scaled);
  mpz_set_ui(mpq_denref(value), rounding->count);
  certigar_bound length = certigar_bound_of_rational(value, up);
  mpq_clear(value);
  if (length.significand) length.exponent += (int)(LIMB_BITS * rounding->base) - CERTIGAR_FACTOR_BITS + rounding->format->unit_exponent;
  return length;
}

certigar_bound certigar_rounding_error(const certigar_rounding *rounding)
{
  return length_of(rounding, rounding->error, 1);
}

certigar_bound certigar_rounding_bound(const certigar_rounding *rounding)
{
  return length_of(rounding, rounding->bound, 0);
}

certigar_bound certigar_rounding_ratio(const certigar_rounding *rounding)
{
  mpq_t value;
  if (mpz_sgn(rounding->error) == 0) return (certigar_bound){.significand = 0};
  if (mpz_sgn(rounding->bound) == 0) return (certigar_bound){.infinite = 1};
  mpq_init(value);
  mpz_set(mpq_numref(value), rounding->error);
  mpz_set(mpq_denref(value), rounding->bound);
  certigar_bound ratio = certigar_bound_of_rational(value, 0);
  mpq_clear(value);
  return ratio;
}

static int within(certigar_rounding *rounding, const certigar_total *total, size_t k, uint64_t y)
{
  const certigar_format *format = rounding->format;
  if (!certigar_total_is_finite(total)) return certigar_word_is_same(format, y, certigar_total_special(total, format));
  return certigar_word_is_finite(format, y) && certigar_rounding_judge(rounding, total, k, y);
}

int certigar_within_rounding(certigar_dtype dtype, const certigar_matrix *input, const size_t *rows, size_t row_count, const void *candidate,
                             size_t first, size_t count)
{
  certigar_rounding rounding;
  certigar_total totals[LANES];
  uint64_t words[LANES];
  int good = 1;
  certigar_rounding_init(&rounding, dtype);
  for (size_t l = 0; l < LANES; l++) certigar_total_init(&totals[l]);
  for (size_t c = 0; c < count && good; c += LANES) {
    size_t lanes = count - c < LANES ? count - c : LANES;
    for (size_t i = 0; i < row_count; i++) {
      certigar_load_words(rounding.format, input, rows[i], first + c, lanes, words);
      for (size_t l = 0; l < lanes; l++) certigar_total_add(&totals[l], rounding.format, words[l]);
    }
    for (size_t l = 0; l < lanes; l++) {
      good = good && within(&rounding, &totals[l], row_count, certigar_word_at(rounding.format, candidate, first + c + l));
      certigar_total_clear(&totals[l]);
    }
  }
  certigar_rounding_clear(&rounding);
  return good;
}
