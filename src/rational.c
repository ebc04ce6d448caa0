/* Exact rational numbers: see rational.h. A number is read as digits with a point, times a power of 10 or of 2; or as a quotient of integers. */
#include "rational.h"

#include <string.h>

enum { EXPONENT_MAX = 9999 };

typedef struct reader {
  const char *at;
  mpz_t digits;
  long places; /* digits after the point */
  size_t count;
} reader;

static int digit_of(char c, int base)
{
  int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : base;
  return digit < base ? digit : -1;
}

/* Digits, with a point among them if may_break. */
static void read_digits(reader *r, int base, int may_break)
{
  int broken = 0;
  r->count = 0;
  r->places = 0;
  mpz_set_ui(r->digits, 0);
  for (; digit_of(*r->at, base) >= 0 || (*r->at == '.' && may_break && !broken); r->at++) {
    if (*r->at == '.') {
      broken = 1;
      continue;
    }
    mpz_mul_ui(r->digits, r->digits, (unsigned long)base);
    mpz_add_ui(r->digits, r->digits, (unsigned long)digit_of(*r->at, base));
    r->count++;
    r->places += broken;
  }
}

/* An exponent after its letter; returns 0 if there is none, or one too great. */
static int read_exponent(reader *r, long *exponent)
{
  int negative = *r->at == '-';
  if (*r->at == '-' || *r->at == '+') r->at++;
  if (digit_of(*r->at, 10) < 0) return 0;
  for (*exponent = 0; digit_of(*r->at, 10) >= 0; r->at++) {
    *exponent = 10 * *exponent + digit_of(*r->at, 10);
    if (*exponent > EXPONENT_MAX) return 0;
  }
  if (negative) *exponent = -*exponent;
  return 1;
}

/* value = digits base^exponent */
static void scale(mpq_t value, const mpz_t digits, unsigned long base, long exponent)
{
  mpz_t power;
  mpz_init(power);
  mpz_ui_pow_ui(power, base, (unsigned long)(exponent < 0 ? -exponent : exponent));
  mpq_set_z(value, digits);
  if (exponent < 0) {
    mpz_set(mpq_denref(value), power);
    mpq_canonicalize(value);
  } else {
    mpz_mul(mpq_numref(value), mpq_numref(value), power);
  }
  mpz_clear(power);
}

/* What is after the digits of a number; value is what they say so far. */
static int read_rest(reader *r, int hexadecimal, mpq_t value)
{
  long exponent = 0;
  char letter = *r->at;
  int good = 1;
  if (letter == '/' && r->places == 0 && !hexadecimal) {
    mpz_set(mpq_numref(value), r->digits);
    r->at++;
    read_digits(r, 10, 0);
    if (r->count == 0 || mpz_sgn(r->digits) == 0) return 0;
    mpz_set(mpq_denref(value), r->digits);
    mpq_canonicalize(value);
    return 1;
  }
  if (hexadecimal ? letter == 'p' || letter == 'P' : letter == 'e' || letter == 'E') {
    r->at++;
    good = read_exponent(r, &exponent);
  }
  if (hexadecimal) {
    scale(value, r->digits, 2, exponent - 4 * r->places);
  } else {
    scale(value, r->digits, 10, exponent - r->places);
  }
  return good;
}

static int read_number(const char *text, mpq_t value)
{
  reader r = {.at = text};
  int negative = *text == '-', good;
  if (*text == '-' || *text == '+') r.at++;
  int hexadecimal = r.at[0] == '0' && (r.at[1] == 'x' || r.at[1] == 'X');
  if (hexadecimal) r.at += 2;
  mpz_init(r.digits);
  read_digits(&r, hexadecimal ? 16 : 10, 1);
  good = r.count > 0 && read_rest(&r, hexadecimal, value) && *r.at == '\0';
  if (good && negative) mpq_neg(value, value);
  mpz_clear(r.digits);
  return good;
}

int certigar_rational_set(certigar_rational *number, const char *text)
{
  if (strlen(text) > CERTIGAR_NUMBER_MAX) return 0;
  int good = strcmp(text, "inf") == 0;
  if (!good) {
    mpq_t value;
    mpq_init(value);
    good = read_number(text, value);
    mpq_clear(value);
  }
  if (good) strcpy(number->text, text);
  return good;
}

int certigar_rational_is_infinite(const certigar_rational *number)
{
  return strcmp(number->text, "inf") == 0;
}

void certigar_rational_get(const certigar_rational *number, mpq_t value)
{
  read_number(number->text, value);
}

int certigar_rational_sign(const certigar_rational *number)
{
  mpq_t value;
  if (certigar_rational_is_infinite(number)) return 1;
  mpq_init(value);
  certigar_rational_get(number, value);
  int sign = mpq_sgn(value);
  mpq_clear(value);
  return sign;
}

int certigar_rational_is_above_half(const certigar_rational *number)
{
  mpq_t value;
  if (certigar_rational_is_infinite(number)) return 1;
  mpq_init(value);
  certigar_rational_get(number, value);
  int above = mpq_cmp_ui(value, 1, 2) > 0;
  mpq_clear(value);
  return above;
}

void certigar_read_limbs(mpz_t sum, const int64_t *limbs, size_t count, size_t bits)
{
  mpz_set_ui(sum, 0);
  for (size_t i = count; i-- > 0;) {
    mpz_mul_2exp(sum, sum, (mp_bitcnt_t)bits);
    if (limbs[i] >= 0) {
      mpz_add_ui(sum, sum, (unsigned long)limbs[i]);
    } else {
      mpz_sub_ui(sum, sum, (unsigned long)-limbs[i]);
    }
  }
}
