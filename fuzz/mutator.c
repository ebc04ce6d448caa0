/* Mutations over words: see mutator.h. Floats are computed with here and there, since a mutation need not be exact. */
#include "mutator.h"

#include <string.h>

#include "generate.h"

static size_t word_size(const fuzz_case *one)
{
  return one->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

/* ---- bytes ---- */

void case_decode(fuzz_case *one, const uint8_t *bytes, size_t size)
{
  uint8_t header[CASE_HEADER] = {0};
  memcpy(header, bytes, size < CASE_HEADER ? size : CASE_HEADER);
  one->rule = (certigar_rule)(header[0] % 4);
  one->median = (certigar_median_kind)(header[1] % 3);
  one->dtype = (certigar_dtype)(header[2] % 2);
  one->n = 1 + header[3] % CASE_ROWS_MAX;
  one->f = header[4] % ((one->n - 1) / 2 + 1);
  one->d = 1 + header[5] % CASE_COLUMNS_MAX;
  one->level = (certigar_level)(header[6] % 4);
  one->threads = 1 + header[7] % 2;
  one->layout = (case_layout)(header[7] / 2 % CASE_LAYOUTS);
  size_t given = size < CASE_HEADER ? 0 : (size - CASE_HEADER) / word_size(one);
  for (size_t i = 0; i < one->n * one->d; i++) {
    uint64_t word = 0;
    for (size_t b = 0; given > 0 && b < word_size(one); b++)
      word |= (uint64_t)bytes[CASE_HEADER + i % given * word_size(one) + b] << (8 * b);
    one->words[i] = word;
  }
}

size_t case_encode(const fuzz_case *one, uint8_t *bytes, size_t room)
{
  const size_t header[CASE_HEADER] = {one->rule, one->median, one->dtype, one->n - 1,
                                      one->f,    one->d - 1,  one->level, one->threads - 1 + 2 * (size_t)one->layout};
  for (size_t i = 0; i < CASE_HEADER; i++) bytes[i] = (uint8_t)header[i];
  size_t size = CASE_HEADER;
  for (size_t i = 0; i < one->n * one->d && size + word_size(one) <= room; i++)
    for (size_t b = 0; b < word_size(one); b++) bytes[size++] = (uint8_t)(one->words[i] >> (8 * b));
  return size;
}

/* ---- words ---- */

static unsigned fraction_bits(const fuzz_case *one)
{
  return one->dtype == CERTIGAR_FLOAT32 ? 23 : 52;
}

static uint64_t exponents(const fuzz_case *one) /* the exponent field of infinities and NaN */
{
  return one->dtype == CERTIGAR_FLOAT32 ? 255 : 2047;
}

static uint64_t infinity(const fuzz_case *one)
{
  return exponents(one) << fraction_bits(one);
}

static uint64_t sign_bit(const fuzz_case *one)
{
  return (exponents(one) + 1) << fraction_bits(one);
}

static uint64_t all_bits(const fuzz_case *one)
{
  return one->dtype == CERTIGAR_FLOAT32 ? UINT32_MAX : UINT64_MAX;
}

static double value_of(const fuzz_case *one, uint64_t word)
{
  if (one->dtype == CERTIGAR_FLOAT32) {
    uint32_t narrow = (uint32_t)word;
    float value;
    memcpy(&value, &narrow, sizeof value);
    return (double)value;
  }
  double value;
  memcpy(&value, &word, sizeof value);
  return value;
}

static uint64_t word_of(const fuzz_case *one, double value)
{
  uint64_t word;
  memcpy(&word, &value, sizeof word);
  if (one->dtype == CERTIGAR_FLOAT64) return word;
  if (value > 3.4028234663852886e38 || value < -3.4028234663852886e38) return value < 0 ? 0xff7fffff : 0x7f7fffff; /* the largest */
  float rounded = (float)value;
  uint32_t narrow;
  memcpy(&narrow, &rounded, sizeof narrow);
  return narrow;
}

static uint64_t below(generate_random *random, uint64_t bound)
{
  return generate_below(random, bound);
}

static uint64_t special_word(const fuzz_case *one, generate_random *random)
{
  const uint64_t sign = below(random, 2) ? sign_bit(one) : 0, ones = ((uint64_t)1 << fraction_bits(one)) - 1;
  switch (below(random, 9)) {
    case 0: return sign;
    case 1: return sign | infinity(one);
    case 2: return sign | infinity(one) | 1;                               /* signalling, the smallest payload */
    case 3: return sign | infinity(one) | ones;                            /* quiet, the largest payload */
    case 4: return sign | infinity(one) | (generate_next(random) & ones); /* any payload */
    case 5: return sign | (infinity(one) - 1 - below(random, 2));          /* the largest finite numbers */
    case 6: return sign | (1 + below(random, 3));                          /* the smallest */
    case 7: return sign | (ones + below(random, 3));                       /* between subnormal and normal */
    default: return sign | below(random, exponents(one)) << fraction_bits(one);
  }
}

static uint64_t by_ulps(const fuzz_case *one, uint64_t word, generate_random *random)
{
  const uint64_t ulps = 1 + below(random, below(random, 2) ? 1 : 4);
  return (below(random, 2) ? word + ulps : word - ulps) & all_bits(one);
}

/* Times 2^shift, kept finite if it is. */
static uint64_t shifted(const fuzz_case *one, uint64_t word, int64_t shift)
{
  const unsigned F = fraction_bits(one);
  const int64_t exponent = (int64_t)(word >> F & exponents(one)), top = (int64_t)exponents(one) - 1;
  if (exponent > top) return word;
  int64_t moved = exponent + shift;
  if (moved < 0) moved = 0;
  if (moved > top) moved = top;
  return (word & ~infinity(one)) | (uint64_t)moved << F;
}

static int64_t random_shift(const fuzz_case *one, generate_random *random)
{
  const uint64_t reach = below(random, 2) ? 4 : below(random, 2) ? 80 : exponents(one);
  return (int64_t)below(random, 2 * reach + 1) - (int64_t)reach;
}

/* ---- mutations ---- */

static uint64_t *at(fuzz_case *one, size_t row, size_t column)
{
  return &one->words[row * one->d + column];
}

/* A matrix of other sizes with the same words as far as they go; new rows and columns repeat old ones. */
static void resize(fuzz_case *one, size_t n, size_t d)
{
  static uint64_t old[CASE_ROWS_MAX * CASE_COLUMNS_MAX];
  memcpy(old, one->words, sizeof old);
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < d; c++) one->words[i * d + c] = old[i % one->n * one->d + c % one->d];
  one->n = n;
  one->d = d;
  if (one->f > (n - 1) / 2) one->f = (n - 1) / 2;
}

static void change_dtype(fuzz_case *one)
{
  fuzz_case other = {.dtype = one->dtype == CERTIGAR_FLOAT32 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32};
  for (size_t i = 0; i < one->n * one->d; i++) one->words[i] = word_of(&other, value_of(one, one->words[i]));
  one->dtype = other.dtype;
}

static void change_parameters(fuzz_case *one, generate_random *random)
{
  switch (below(random, 8)) {
    case 0:
    case 1: one->rule = (certigar_rule)below(random, 4); break;
    case 2: one->median = (certigar_median_kind)below(random, 3); break;
    case 3: change_dtype(one); break;
    case 4: resize(one, 1 + below(random, below(random, 2) ? 8 : CASE_ROWS_MAX), one->d); break;
    case 5: resize(one, one->n, 1 + below(random, below(random, 4) ? 4 : CASE_COLUMNS_MAX)); break;
    case 6: one->f = below(random, (one->n - 1) / 2 + 1); break;
    default:
      one->level = (certigar_level)below(random, 4);
      one->threads = below(random, 8) ? 1 : 2;
      one->layout = (case_layout)below(random, CASE_LAYOUTS);
  }
}

/* One word, by itself or out of others of its column. */
static void change_word(fuzz_case *one, generate_random *random)
{
  const size_t c = below(random, one->d);
  uint64_t *word = at(one, below(random, one->n), c);
  const uint64_t a = *at(one, below(random, one->n), c), b = *at(one, below(random, one->n), c);
  const double x = value_of(one, a), y = value_of(one, b);
  switch (below(random, 12)) {
    case 0: *word = special_word(one, random); break;
    case 1: *word = by_ulps(one, *word, random); break;
    case 2: *word ^= (uint64_t)1 << below(random, fraction_bits(one) + 1); break;
    case 3: *word = shifted(one, *word, random_shift(one, random)); break;
    case 4: *word ^= sign_bit(one); break;
    case 5: *word = a; break;
    case 6: *word = by_ulps(one, a, random); break;
    case 7: *word = a ^ sign_bit(one); break;
    case 8: *word = word_of(one, x / 2 + y / 2); break; /* a midpoint of others */
    case 9: *word = word_of(one, 2 * x - y); break;     /* as far from x as y is, on the other side */
    case 10: *word = word_of(one, x + y); break;
    default: *word = generate_next(random) & all_bits(one);
  }
}

/* x, -x (or an ULP off) and something small in one column. */
static void cancel(fuzz_case *one, generate_random *random)
{
  const size_t c = below(random, one->d), i = below(random, one->n), j = below(random, one->n), k = below(random, one->n);
  *at(one, i, c) = shifted(one, *at(one, i, c), (int64_t)below(random, exponents(one)));
  *at(one, j, c) = *at(one, i, c) ^ sign_bit(one);
  if (below(random, 4) == 0) *at(one, j, c) ^= 1;
  *at(one, k, c) = shifted(one, *at(one, k, c), -(int64_t)below(random, exponents(one)));
}

/* Neighbours a and a + 1 ULP, as many of one as of the other: their mean is a midpoint; then perhaps a word far below that decides. */
static void neighbours(fuzz_case *one, generate_random *random)
{
  const size_t c = below(random, one->d);
  const uint64_t a = *at(one, below(random, one->n), c);
  for (size_t i = 0; i < one->n; i++) *at(one, i, c) = i % 2 ? a : (a ^ 1);
  if (below(random, 2)) *at(one, below(random, one->n), c) = special_word(one, random);
  if (below(random, 2)) *at(one, below(random, one->n), c) = shifted(one, a, -(int64_t)below(random, exponents(one)));
}

/* One row sent by several workers, or scaled by a power of two. */
static void change_rows(fuzz_case *one, generate_random *random)
{
  const size_t from = below(random, one->n);
  const uint64_t kind = below(random, 4);
  const int64_t shift = random_shift(one, random);
  for (uint64_t copies = kind < 2 ? 1 + below(random, one->f + 1) : 1; copies > 0; copies--) {
    const size_t to = below(random, one->n);
    for (size_t c = 0; c < one->d; c++) {
      uint64_t word = *at(one, from, c);
      if (kind == 1) word ^= sign_bit(one);
      if (kind == 2) word = shifted(one, word, shift);
      if (kind == 3) word = by_ulps(one, word, random);
      *at(one, to, c) = word;
    }
  }
}

static void exchange(fuzz_case *one, generate_random *random)
{
  const size_t c = below(random, one->d), e = below(random, one->d);
  uint64_t *a = at(one, below(random, one->n), c), *b = at(one, below(random, one->n), e);
  const uint64_t word = *a;
  *a = *b;
  *b = word;
}

/* A column, or seldom the matrix, out of the generators of the cross-check: half of the time of the last five, which aim at roundings
 * and ties. */
static void generated(fuzz_case *one, generate_random *random)
{
  static unsigned char rows[sizeof one->words];
  const int whole = below(random, 8) == 0;
  const size_t first = whole ? 0 : below(random, one->d), count = whole ? one->d : 1, size = word_size(one);
  const size_t which = below(random, 2) ? below(random, generator_count) : generator_count - 1 - below(random, 5);
  generate(&generators[which], generate_next(random), (generate_format)one->dtype, one->n, one->f, count, rows);
  for (size_t i = 0; i < one->n; i++)
    for (size_t c = 0; c < count; c++) {
      uint64_t word = 0;
      uint32_t narrow;
      memcpy(&narrow, rows + (i * count + c) * size, sizeof narrow);
      if (size == 8) memcpy(&word, rows + (i * count + c) * size, sizeof word);
      *at(one, i, first + c) = size == 8 ? word : narrow;
    }
}

void case_mutate(fuzz_case *one, uint64_t seed)
{
  generate_random random = {seed};
  for (uint64_t changes = 1 + below(&random, 4); changes > 0; changes--) switch (below(&random, 12)) {
      case 0:
      case 1: change_parameters(one, &random); break;
      case 2: cancel(one, &random); break;
      case 3: neighbours(one, &random); break;
      case 4: change_rows(one, &random); break;
      case 5: exchange(one, &random); break;
      case 6:
      case 7: generated(one, &random); break;
      default: change_word(one, &random);
    }
}
