#include "simplify.h"

#include "words.h"

typedef struct parts {
  int fraction_bits, bias;
  uint64_t sign, field, fraction; /* sign: its bit in place */
} parts;

static parts take_apart(certigar_dtype dtype, uint64_t word)
{
  parts p = dtype == CERTIGAR_FLOAT32 ? (parts){.fraction_bits = 23, .bias = 127} : (parts){.fraction_bits = 52, .bias = 1023};
  p.fraction = word & (((uint64_t)1 << p.fraction_bits) - 1);
  p.field = word >> p.fraction_bits & (uint64_t)(2 * p.bias + 1);
  p.sign = word - p.fraction - (p.field << p.fraction_bits);
  return p;
}

static uint64_t join(const parts *p)
{
  return p->sign | p->field << p->fraction_bits | p->fraction;
}

static int is_special(const parts *p)
{
  return p->field == (uint64_t)(2 * p->bias + 1);
}

/* Drops all but the first bits of the fraction: towards 0. */
static uint64_t cut(parts p, int bits)
{
  if (is_special(&p)) return join(&p);
  if (bits < p.fraction_bits) p.fraction &= ~(((uint64_t)1 << (p.fraction_bits - bits)) - 1);
  return join(&p);
}

static uint64_t integer_part(parts p)
{
  int exponent = (int)p.field - p.bias;
  if (exponent < 0) return p.sign;
  return cut(p, exponent);
}

static uint64_t move_exponent(parts p, int divisor)
{
  int exponent = (int)p.field - p.bias;
  if (is_special(&p) || p.field == 0) return join(&p);
  p.field = (uint64_t)(p.bias + (divisor == 0 ? 0 : exponent / divisor));
  return join(&p);
}

static uint64_t the_nan(parts p)
{
  if (is_special(&p) && p.fraction != 0) {
    p.sign = 0;
    p.fraction = (uint64_t)1 << (p.fraction_bits - 1);
  }
  return join(&p);
}

uint64_t simpler(certigar_dtype dtype, uint64_t word, int way)
{
  static const int bits[] = {0, 1, 2, 4, 8};
  parts p = take_apart(dtype, word);
  uint64_t one = (uint64_t)p.bias << p.fraction_bits, minus = (uint64_t)1 << (8 * word_size(dtype) - 1);
  if (way < 3) return way == 0 ? 0 : way == 1 ? one : one | minus;
  if (way == 3) return integer_part(p);
  if (way < 9) return cut(p, bits[way - 4]);
  if (way == 9) return move_exponent(p, 0);
  return way == 10 ? move_exponent(p, 2) : the_nan(p);
}

size_t complexity(certigar_dtype dtype, uint64_t word)
{
  parts p = take_apart(dtype, word);
  int exponent = (int)p.field - p.bias, used = p.fraction_bits;
  size_t negative = p.sign != 0;
  if (is_special(&p)) return 2000 + (size_t)(p.fraction != 0) + (size_t)(the_nan(p) != word) + (p.fraction == 0 ? negative : 0);
  if (p.field == 0 && p.fraction == 0) return 3 * negative;
  if (p.fraction == 0 && exponent == 0) return 1 + negative;
  while (used > 0 && (p.fraction >> (p.fraction_bits - used) & 1) == 0) used--;
  return 4 + 8 * (size_t)used + (size_t)(exponent < 0 ? -exponent : exponent) + negative;
}

void scale_to_one(certigar_dtype dtype, void *words, size_t count)
{
  uint64_t greatest = 0, least = UINT64_MAX;
  uint64_t bias = (uint64_t)take_apart(dtype, 0).bias;
  for (size_t i = 0; i < count; i++) {
    parts p = take_apart(dtype, word_get(words, dtype, i));
    if (is_special(&p) || (p.field == 0 && p.fraction == 0)) continue;
    if (p.field > greatest) greatest = p.field;
    if (p.field < least) least = p.field;
  }
  if (greatest == 0 || least == 0 || least + bias <= greatest) return;
  for (size_t i = 0; i < count; i++) {
    parts p = take_apart(dtype, word_get(words, dtype, i));
    if (is_special(&p) || p.field == 0) continue;
    p.field = p.field + bias - greatest;
    word_set(words, dtype, i, join(&p));
  }
}
