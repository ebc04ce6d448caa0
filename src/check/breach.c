/* See breach.h. */
#include "breach.h"

int certigar_guards_columns(const certigar_plan *plan, size_t b)
{
  switch (plan->rule) {
    case CERTIGAR_AVERAGE: return b == 0;
    case CERTIGAR_MEDIAN:
    case CERTIGAR_TRIMMED_MEAN:
    case CERTIGAR_MEAMED:
    case CERTIGAR_BULYAN: return b <= plan->options.f;
    case CERTIGAR_MULTI_BULYAN: return b <= plan->options.f && plan->options.variant == CERTIGAR_ONE_PASS;
    default: return 0;
  }
}

/* The keys of the finite rows, ascending; returns how many. */
static size_t sort_finite(certigar_column *column, size_t n, size_t lane, const unsigned char *is_finite)
{
  size_t count = 0;
  for (size_t i = 0; i < n; i++)
    if (is_finite[i]) column->keys[count++] = certigar_word_key(column->format, column->words[i * column->lanes + lane]);
  certigar_sort_keys(column->keys, count);
  return count;
}

/* -0 and +0 are the same number. */
static int64_t number_of(int64_t key)
{
  return key < 0 ? key + 1 : key;
}

static int is_outside(const certigar_column *column, uint64_t y, int64_t least, int64_t greatest)
{
  int64_t number = number_of(certigar_word_key(column->format, y));
  return number < number_of(least) || number > number_of(greatest);
}

static void set_value(const certigar_column *column, int64_t key, mpz_t value)
{
  uint64_t word = certigar_key_word(column->format, key);
  mpz_set_ui(value, certigar_significand(column->format, word));
  mpz_mul_2exp(value, value, (mp_bitcnt_t)certigar_shift(column->format, word));
  if (word & column->format->sign) mpz_neg(value, value);
}

/* allowed = a x_(i) + b x_(j). */
static void combine(certigar_column *column, long a, size_t i, long b, size_t j)
{
  set_value(column, column->keys[i], column->allowed);
  mpz_mul_si(column->allowed, column->allowed, a);
  set_value(column, column->keys[j], column->pair);
  mpz_mul_si(column->pair, column->pair, b);
  mpz_add(column->allowed, column->allowed, column->pair);
}

/* 2 y + sign ULP(y) into pair. */
static void set_end(certigar_column *column, uint64_t y, int sign)
{
  set_value(column, certigar_word_key(column->format, y), column->pair);
  mpz_mul_2exp(column->pair, column->pair, 1);
  mpz_set_ui(column->difference, 1);
  mpz_mul_2exp(column->difference, column->difference, (mp_bitcnt_t)certigar_shift(column->format, y));
  if (sign < 0) mpz_neg(column->difference, column->difference);
  mpz_add(column->pair, column->pair, column->difference);
}

/* median = 2 M, of all n values. */
static void set_median(certigar_column *column, size_t n, size_t lane)
{
  for (size_t i = 0; i < n; i++) column->keys[i] = certigar_word_key(column->format, column->words[i * column->lanes + lane]);
  certigar_sort_keys(column->keys, n);
  set_value(column, column->keys[(n - 1) / 2], column->median);
  set_value(column, column->keys[n / 2], column->pair);
  mpz_add(column->median, column->median, column->pair);
}

/* 2 |y - M| - ULP(y) > 2 (x_(i+n-f-1) - x_(i)) for some i. */
static int is_far(certigar_column *column, size_t n, size_t f, size_t lane, const unsigned char *is_finite, uint64_t y)
{
  int far = 0;
  set_median(column, n, lane);
  size_t count = sort_finite(column, n, lane, is_finite);
  for (size_t i = 0; i + n - f <= count && !far; i++) {
    combine(column, 2, i + n - f - 1, -2, i);
    set_end(column, y, -1);
    mpz_sub(column->pair, column->pair, column->median);
    far = mpz_cmp(column->pair, column->allowed) > 0;
    set_end(column, y, 1);
    mpz_sub(column->pair, column->median, column->pair);
    far = far || mpz_cmp(column->pair, column->allowed) > 0;
  }
  return far;
}

static int is_beyond(certigar_column *column, size_t n, size_t f, size_t lane, const unsigned char *is_finite, uint64_t y)
{
  int beyond = 0;
  size_t count = sort_finite(column, n, lane, is_finite);
  for (size_t i = 0; i + n - f <= count && !beyond; i++) {
    combine(column, 4, i, -2, i + n - f - 1);
    set_end(column, y, 1);
    beyond = mpz_cmp(column->pair, column->allowed) < 0;
    combine(column, 4, i + n - f - 1, -2, i);
    set_end(column, y, -1);
    beyond = beyond || mpz_cmp(column->pair, column->allowed) > 0;
  }
  return beyond;
}

int certigar_column_breaks(certigar_column *column, const certigar_plan *plan, size_t lane, const unsigned char *is_finite, uint64_t y)
{
  size_t n = plan->n, f = plan->options.f, count;
  switch (plan->rule) {
    case CERTIGAR_AVERAGE:
      sort_finite(column, n, lane, is_finite);
      return is_outside(column, y, column->keys[0], column->keys[n - 1]);
    case CERTIGAR_MEDIAN:
    case CERTIGAR_TRIMMED_MEAN:
      count = sort_finite(column, n, lane, is_finite);
      return is_outside(column, y, column->keys[count - (n - f)], column->keys[n - f - 1]);
    case CERTIGAR_MEAMED: return is_far(column, n, f, lane, is_finite, y);
    default: return is_beyond(column, n, f, lane, is_finite, y);
  }
}
