/* Mutations over words: see mutator.h. Floats are computed with here and there, since a mutation need not be exact. */
#include "mutator.h"

#include <string.h>

#include "generate.h"
#include "judge_rows.h"

static size_t word_size(const fuzz_case *one)
{
  return one->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

/* ---- rules and sizes ---- */

static const certigar_rule column_rules[] = {CERTIGAR_AVERAGE, CERTIGAR_MEDIAN, CERTIGAR_TRIMMED_MEAN, CERTIGAR_MEAMED};
static const certigar_rule row_rules[] = {CERTIGAR_KRUM, CERTIGAR_MULTI_KRUM, CERTIGAR_BULYAN, CERTIGAR_MULTI_BULYAN, CERTIGAR_MDA,
                                          CERTIGAR_CGE,  CERTIGAR_MONNA,      CERTIGAR_BRSGD,  CERTIGAR_ZENO};

static const certigar_rule *rules_of(case_kind kind, size_t *count)
{
  *count = kind == CASE_OF_COLUMNS ? sizeof column_rules / sizeof *column_rules : sizeof row_rules / sizeof *row_rules;
  return kind == CASE_OF_COLUMNS ? column_rules : row_rules;
}

static certigar_rule rule_of_code(case_kind kind, uint64_t code)
{
  size_t count;
  const certigar_rule *rules = rules_of(kind, &count);
  return rules[code % count];
}

static size_t code_of_rule(const fuzz_case *one)
{
  size_t count, code = 0;
  const certigar_rule *rules = rules_of(one->kind, &count);
  while (rules[code] != one->rule) code++;
  return code;
}

static size_t rows_min(const fuzz_case *one)
{
  return one->kind == CASE_OF_COLUMNS ? 1 : row_rule_of(one->rule)->rows_more;
}

static size_t rows_max(const fuzz_case *one)
{
  if (one->kind == CASE_OF_COLUMNS) return CASE_ROWS_MAX;
  const size_t most = row_rule_of(one->rule)->n_max, few = rows_min(one) + 4;
  if (one->d >= CASE_WIDE) return few; /* exact distances of many rows would take seconds */
  return most < CASE_ROWS_MAX / 2 ? most : CASE_ROWS_MAX / 2;
}

/* f and the rule's own parameter within their ranges: one number for m, pivot, variant and choice, since no rule has two. */
static void fit(fuzz_case *one, size_t parameter)
{
  if (one->kind == CASE_OF_COLUMNS) {
    one->median = (certigar_median_kind)(parameter % 3);
    one->f %= (one->n - 1) / 2 + 1;
    return;
  }
  row_case fitted = {.rule = one->rule, .n = one->n, .f = one->f, .m = parameter, .pivot = parameter, .variant = parameter, .choice = parameter};
  row_case_fit(&fitted);
  one->f = fitted.f;
  one->m = fitted.m;
  one->pivot = fitted.pivot;
  one->variant = fitted.variant;
  one->choice = fitted.choice;
}

static size_t parameter_of(const fuzz_case *one)
{
  return one->kind == CASE_OF_COLUMNS ? (size_t)one->median : one->m + one->pivot + one->variant + one->choice;
}

void case_decode(fuzz_case *one, case_kind kind, const uint8_t *bytes, size_t size)
{
  uint8_t header[CASE_HEADER] = {0};
  memcpy(header, bytes, size < CASE_HEADER ? size : CASE_HEADER);
  one->kind = kind;
  one->rule = rule_of_code(kind, header[0]);
  one->dtype = (certigar_dtype)(header[2] % 2);
  one->d = kind == CASE_OF_ROWS && header[5] >= 128 ? CASE_WIDE + header[5] - 128 : 1 + header[5] % CASE_COLUMNS_MAX;
  one->n = rows_min(one) + header[3] % (rows_max(one) - rows_min(one) + 1);
  one->f = header[4];
  one->m = one->pivot = one->variant = one->choice = 0;
  one->median = CERTIGAR_MIDPOINT;
  fit(one, header[1]);
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
  const size_t width = one->d >= CASE_WIDE ? one->d - CASE_WIDE + 128 : one->d - 1;
  const size_t header[CASE_HEADER] = {code_of_rule(one),
                                      parameter_of(one),
                                      one->dtype,
                                      one->n - rows_min(one),
                                      one->f,
                                      width,
                                      one->level,
                                      one->threads - 1 + 2 * (size_t)one->layout};
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
  static uint64_t old[CASE_WORDS_MAX];
  memcpy(old, one->words, sizeof old);
  const size_t old_d = one->d;
  one->d = d;
  if (n > rows_max(one)) n = rows_max(one);
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < d; c++) one->words[i * d + c] = old[i % one->n * old_d + c % old_d];
  one->n = n;
  fit(one, parameter_of(one));
}

static void change_dtype(fuzz_case *one)
{
  fuzz_case other = {.dtype = one->dtype == CERTIGAR_FLOAT32 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32};
  for (size_t i = 0; i < one->n * one->d; i++) one->words[i] = word_of(&other, value_of(one, one->words[i]));
  one->dtype = other.dtype;
}

/* Another rule of the kind, with the rows it needs. */
static void change_rule(fuzz_case *one, generate_random *random)
{
  size_t n = one->n;
  one->rule = rule_of_code(one->kind, generate_next(random));
  if (n < rows_min(one)) n = rows_min(one);
  if (n > rows_max(one)) n = rows_max(one);
  resize(one, n, one->d);
}

static size_t random_width(const fuzz_case *one, generate_random *random)
{
  if (one->kind == CASE_OF_ROWS && below(random, 16) == 0) return CASE_WIDE + below(random, 128);
  return 1 + below(random, below(random, 4) ? 4 : CASE_COLUMNS_MAX);
}

static void change_parameters(fuzz_case *one, generate_random *random)
{
  const size_t more = rows_max(one) - rows_min(one) + 1;
  switch (below(random, 8)) {
    case 0:
    case 1: change_rule(one, random); break;
    case 2: fit(one, below(random, CASE_PARAMETERS)); break;
    case 3: change_dtype(one); break;
    case 4: resize(one, rows_min(one) + below(random, below(random, 2) && more > 8 ? 8 : more), one->d); break;
    case 5: resize(one, one->n, random_width(one, random)); break;
    case 6:
      one->f = below(random, one->n);
      fit(one, parameter_of(one));
      break;
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

/* A row as far from another as a third one is: mirrored at it, or the columns turned; or two rows exchanged. */
static void relate_rows(fuzz_case *one, generate_random *random)
{
  const size_t i = below(random, one->n), j = below(random, one->n), k = below(random, one->n), turn = below(random, one->d);
  const uint64_t kind = below(random, 3);
  for (size_t c = 0; c < one->d; c++) {
    const uint64_t x = *at(one, i, c), y = *at(one, j, c);
    if (kind == 0) *at(one, k, c) = word_of(one, 2 * value_of(one, x) - value_of(one, y));
    if (kind == 1 && i != k) *at(one, k, c) = *at(one, i, (c + turn) % one->d);
    if (kind == 2) {
      *at(one, i, c) = y;
      *at(one, j, c) = x;
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
 * and ties. Of the kind of rows mostly a matrix out of the generators for rows. */
static void generated(fuzz_case *one, generate_random *random)
{
  static unsigned char rows[sizeof one->words];
  const int rows_of = one->kind == CASE_OF_ROWS && below(random, 4) != 0, whole = rows_of || below(random, 8) == 0;
  const size_t first = whole ? 0 : below(random, one->d), count = whole ? one->d : 1, size = word_size(one);
  const size_t which = below(random, 2) ? below(random, generator_count) : generator_count - 1 - below(random, 5);
  const generator *from = rows_of ? &row_generators[below(random, row_generator_count)] : &generators[which];
  generate(from, generate_next(random), (generate_format)one->dtype, one->n, one->f < one->n - one->f ? one->f : (one->n - 1) / 2, count,
           rows);
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
  const uint64_t kinds = one->kind == CASE_OF_ROWS ? 14 : 12;
  for (uint64_t changes = 1 + below(&random, 4); changes > 0; changes--) switch (below(&random, kinds)) {
      case 0:
      case 1: change_parameters(one, &random); break;
      case 2: cancel(one, &random); break;
      case 3: neighbours(one, &random); break;
      case 4: change_rows(one, &random); break;
      case 5: exchange(one, &random); break;
      case 6: generated(one, &random); break;
      case 7:
        if (one->kind == CASE_OF_COLUMNS || below(&random, 4) == 0) generated(one, &random);
        break;
      case 12:
      case 13: relate_rows(one, &random); break;
      default: change_word(one, &random);
    }
}

size_t case_mutate_bytes(case_kind kind, uint8_t *bytes, size_t size, size_t room, unsigned int seed)
{
  static fuzz_case one;
  if (seed % 16 == 0 || room < CASE_HEADER) return LLVMFuzzerMutate(bytes, size, room);
  case_decode(&one, kind, bytes, size);
  case_mutate(&one, seed);
  return case_encode(&one, bytes, room);
}
