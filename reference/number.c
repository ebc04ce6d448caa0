/* Words, their values in units, their order, and RN (spec/rules.md, section 1).
 *
 * A finite word is an integer multiple of the unit, 2^-149 or 2^-1074. RN(S / k) is the magnitude r with
 * k (V(r-1) + V(r)) <= 2 |S| <= k (V(r) + V(r+1)), equality only if r is even: the two neighbouring midpoints enclose S / k.
 */
#include "context.h"

#include <stdlib.h>

static uint64_t magnitude_of(const reference_context *context, uint64_t word) {
  return word % ((uint64_t)1 << (context->exponent_bits + context->fraction_bits));
}

/* The magnitude of an infinity; every magnitude above it is a NaN, every one below it is finite. */
static uint64_t infinity_of(const reference_context *context) {
  return (((uint64_t)1 << context->exponent_bits) - 1) << context->fraction_bits;
}

static uint64_t sign_bit(const reference_context *context) {
  return (uint64_t)1 << (context->exponent_bits + context->fraction_bits);
}

int reference_is_nan(const reference_context *context, uint64_t word) {
  return magnitude_of(context, word) > infinity_of(context);
}

int reference_is_infinite(const reference_context *context, uint64_t word) {
  return magnitude_of(context, word) == infinity_of(context);
}

int reference_is_finite(const reference_context *context, uint64_t word) {
  return magnitude_of(context, word) < infinity_of(context);
}

int reference_is_negative(const reference_context *context, uint64_t word) {
  return word >= sign_bit(context);
}

uint64_t reference_nan(const reference_context *context) {
  return context->format == REFERENCE_BINARY32 ? UINT64_C(0x7fc00000) : UINT64_C(0x7ff8000000000000);
}

/* V(magnitude). */
static void magnitude_value(const reference_context *context, uint64_t magnitude, mpz_ptr value) {
  const uint64_t hidden = (uint64_t)1 << context->fraction_bits;
  const uint64_t exponent = magnitude / hidden;
  const uint64_t fraction = magnitude % hidden;
  if (exponent == 0) {
    mpz_set_ui(value, fraction);
  } else {
    mpz_set_ui(value, hidden + fraction);
    mpz_mul_2exp(value, value, exponent - 1);
  }
}

void reference_value(const reference_context *context, uint64_t word, mpz_ptr value) {
  magnitude_value(context, magnitude_of(context, word), value);
  if (reference_is_negative(context, word)) mpz_neg(value, value);
}

/* 0, 1, 2, 3 for -infinity, finite, +infinity, NaN. */
static int class_of(const reference_context *context, uint64_t word) {
  if (reference_is_nan(context, word)) return 3;
  if (reference_is_finite(context, word)) return 1;
  return reference_is_negative(context, word) ? 0 : 2;
}

int reference_order(const reference_context *context, uint64_t a, uint64_t b) {
  const int class_a = class_of(context, a), class_b = class_of(context, b);
  if (class_a != class_b) return class_a < class_b ? -1 : 1;
  if (class_a != 1) return 0; /* the same infinity, or two NaN */
  const int a_negative = reference_is_negative(context, a), b_negative = reference_is_negative(context, b);
  if (a_negative != b_negative) return a_negative ? -1 : 1; /* -0 before +0 too */
  const uint64_t a_magnitude = magnitude_of(context, a), b_magnitude = magnitude_of(context, b);
  if (a_magnitude == b_magnitude) return 0;
  return (a_magnitude < b_magnitude) != a_negative ? -1 : 1;
}

/* Merge sort: sorts both halves in place with the help of scratch, then merges them. */
static void sort_words(const reference_context *context, uint64_t *words, size_t n, uint64_t *scratch) {
  if (n < 2) return;
  const size_t half = n / 2;
  sort_words(context, words, half, scratch);
  sort_words(context, words + half, n - half, scratch);
  size_t left = 0, right = half;
  for (size_t i = 0; i < n; i++) {
    const int take_left = right == n || (left < half && reference_order(context, words[left], words[right]) <= 0);
    scratch[i] = take_left ? words[left++] : words[right++];
  }
  for (size_t i = 0; i < n; i++) words[i] = scratch[i];
}

void reference_sort(const reference_context *context, const uint64_t *column, size_t n, uint64_t *sorted) {
  uint64_t *scratch = malloc(n * sizeof *scratch);
  if (scratch == NULL) reference_fail("no memory");
  for (size_t i = 0; i < n; i++) sorted[i] = column[i];
  sort_words(context, sorted, n, scratch);
  free(scratch);
}

/* How S / k lies to the magnitude r by the definition: 0 if r is RN's magnitude, negative if that is below r, positive if above. */
static int side_of(reference_context *context, mpz_srcptr sum, unsigned long k, uint64_t r) {
  mpz_abs(context->middle, sum);
  mpz_mul_ui(context->middle, context->middle, 2); /* 2 |S| */
  const int even = r % 2 == 0;
  if (r > 0) {
    magnitude_value(context, r - 1, context->left);
    magnitude_value(context, r, context->value);
    mpz_add(context->left, context->left, context->value);
    mpz_mul_ui(context->left, context->left, k);
    const int compared = mpz_cmp(context->left, context->middle);
    if (compared > 0 || (compared == 0 && !even)) return -1;
  }
  magnitude_value(context, r, context->value);
  magnitude_value(context, r + 1, context->right);
  mpz_add(context->right, context->right, context->value);
  mpz_mul_ui(context->right, context->right, k);
  const int compared = mpz_cmp(context->middle, context->right);
  if (compared > 0 || (compared == 0 && !even)) return 1;
  return 0;
}

static uint64_t with_sign_of(const reference_context *context, mpz_srcptr sum, uint64_t magnitude) {
  return mpz_sgn(sum) < 0 ? sign_bit(context) + magnitude : magnitude;
}

uint64_t reference_rn_by_definition(reference_context *context, mpz_srcptr sum, unsigned long k) {
  uint64_t low = 0, high = infinity_of(context) - 1;
  while (low <= high) {
    const uint64_t r = low + (high - low) / 2;
    const int side = side_of(context, sum, k, r);
    if (side == 0) return with_sign_of(context, sum, r);
    if (side > 0) {
      low = r + 1;
    } else {
      high = r - 1; /* r > 0 here: the left side is dropped for r = 0 */
    }
  }
  reference_fail("RN: the quotient is out of the range of the format");
}

uint64_t reference_rn_by_mpfr(reference_context *context, mpz_srcptr sum, unsigned long k) {
  /* In units the least positive number is 1, which MPFR writes 0.1b * 2^1: so emin = 1. The largest finite number is below
   * 2^(2^X - 3 + F + 1); the dividend is allowed to be 2^24 times as large. The range is per thread in MPFR; it is put back. */
  const mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
  if (mpfr_set_emin(1) != 0 || mpfr_set_emax(mpfr_get_prec(context->dividend) + 1) != 0) reference_fail("MPFR: exponent range");
  if (mpfr_set_z(context->dividend, sum, MPFR_RNDN) != 0) reference_fail("RN: the sum is not exact");
  int inexact = mpfr_div_ui(context->quotient, context->dividend, k, MPFR_RNDN);
  mpfr_subnormalize(context->quotient, inexact, MPFR_RNDN);
  mpfr_set_emin(emin);
  mpfr_set_emax(emax);
  if (mpfr_zero_p(context->quotient)) return with_sign_of(context, sum, 0);

  /* quotient = mantissa * 2^shift, an integer number of units; its mantissa has F + 1 bits. */
  const mpfr_exp_t shift = mpfr_get_z_2exp(context->value, context->quotient);
  mpz_abs(context->value, context->value);
  uint64_t magnitude;
  if (shift < 0) { /* below the normal numbers: the value itself is the fraction */
    mpz_tdiv_q_2exp(context->value, context->value, (mp_bitcnt_t)-shift);
    magnitude = mpz_get_ui(context->value);
  } else {
    const uint64_t hidden = (uint64_t)1 << context->fraction_bits;
    magnitude = ((uint64_t)shift + 1) * hidden + (mpz_get_ui(context->value) - hidden);
  }
  return with_sign_of(context, sum, magnitude);
}

uint64_t reference_rn(reference_context *context, mpz_srcptr sum, unsigned long k) {
  const uint64_t word = reference_rn_by_mpfr(context, sum, k);
  if (!reference_is_finite(context, word) || side_of(context, sum, k, magnitude_of(context, word)) != 0)
    reference_fail("RN: MPFR and the definition disagree, or the quotient is out of range");
  return word;
}
