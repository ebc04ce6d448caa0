/* What generators of matrices are made of: numbers drawn, words, places in the matrix. For those here and those of tests/support. */
#ifndef CERTIGAR_CASES_PARTS_H
#define CERTIGAR_CASES_PARTS_H

#include "cases/matrix.h"

#include <string.h>

/* ---- random numbers ---- */

static inline int one_in(generate_matrix *m, uint64_t count)
{
  return generate_below(&m->random, count) == 0;
}

static inline uint64_t below(generate_matrix *m, uint64_t bound)
{
  return generate_below(&m->random, bound);
}

/* The sum of four uniform 32-bit integers minus its mean: a bell of standard deviation 2^31.2. */
static inline int64_t bell(generate_matrix *m)
{
  int64_t sum = 0;
  for (int i = 0; i < 4; i++) sum += (int64_t)(generate_next(&m->random) >> 32);
  return sum - ((int64_t)1 << 33);
}

/* ---- words ---- */

static inline unsigned fraction_bits(const generate_matrix *m)
{
  return m->format == GENERATE_BINARY32 ? 23 : 52;
}

/* The exponent field of infinities and NaN; fields 0 to this - 1 are finite. */
static inline uint64_t special_exponent(const generate_matrix *m)
{
  return m->format == GENERATE_BINARY32 ? 255 : 2047;
}

static inline uint64_t sign_bit(const generate_matrix *m)
{
  return (special_exponent(m) + 1) << fraction_bits(m);
}

static inline uint64_t infinity(const generate_matrix *m)
{
  return special_exponent(m) << fraction_bits(m);
}

static inline uint64_t random_sign(generate_matrix *m)
{
  return one_in(m, 2) ? sign_bit(m) : 0;
}

/* The magnitude, drawn before the sign. */
static inline uint64_t either_sign(generate_matrix *m, uint64_t magnitude)
{
  return magnitude | random_sign(m);
}

static inline uint64_t random_fraction(generate_matrix *m)
{
  return generate_next(&m->random) >> (64 - fraction_bits(m));
}

/* A fraction with an eye on carries: random, all zeros, all ones, one bit, or few leading bits. */
static inline uint64_t odd_fraction(generate_matrix *m)
{
  const uint64_t ones = ((uint64_t)1 << fraction_bits(m)) - 1, kind = below(m, 6), some = random_fraction(m);
  switch (kind) {
  case 0: return 0;
  case 1: return ones;
  case 2: return (uint64_t)1 << below(m, fraction_bits(m));
  case 3: return ones - below(m, 4);
  case 4: return some & ~(ones >> below(m, fraction_bits(m)));
  default: return some;
  }
}

static inline uint64_t random_finite(generate_matrix *m)
{
  const uint64_t exponent = below(m, special_exponent(m));
  return either_sign(m, exponent << fraction_bits(m) | odd_fraction(m));
}

/* Any NaN: quiet or signalling, either sign, any payload. */
static inline uint64_t random_nan(generate_matrix *m)
{
  uint64_t fraction = odd_fraction(m);
  if (fraction == 0) fraction = 1; /* the smallest signalling payload */
  return random_sign(m) | infinity(m) | fraction;
}

/* value * 2^shift units, shift >= 0; bits that do not fit the fraction are cut off, and what is too large becomes the largest finite. */
static inline uint64_t encode(const generate_matrix *m, int64_t value, int64_t shift)
{
  const unsigned F = fraction_bits(m);
  const uint64_t sign = value < 0 ? sign_bit(m) : 0;
  uint64_t v = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
  if (v == 0) return 0;
  while (v >= (uint64_t)2 << F) {
    v >>= 1;
    shift++;
  }
  while (v < (uint64_t)1 << F && shift > 0) {
    v <<= 1;
    shift--;
  }
  if (v < (uint64_t)1 << F) return sign | v; /* subnormal: shift is 0 */
  if ((uint64_t)shift + 1 >= special_exponent(m)) return sign | (infinity(m) - 1);
  return sign | ((uint64_t)shift + 1) << F | (v & (((uint64_t)1 << F) - 1));
}

/* A shift at which an integer of F + headroom bits is finite: anywhere, often at an end. */
static inline int64_t random_shift(generate_matrix *m, unsigned headroom)
{
  const uint64_t shifts = special_exponent(m) - 1 - headroom;
  switch (below(m, 8)) {
  case 0: return 0;
  case 1: return (int64_t)below(m, 4);
  case 2: return (int64_t)(shifts - 1 - below(m, 4));
  default: return (int64_t)below(m, shifts);
  }
}

/* ---- the matrix ---- */

static inline void put(generate_matrix *m, size_t row, size_t c, uint64_t word)
{
  const size_t index = row * m->d + c;
  if (m->format == GENERATE_BINARY32) {
    const uint32_t narrow = (uint32_t)word;
    memcpy((unsigned char *)m->rows + 4 * index, &narrow, 4);
  } else {
    memcpy((unsigned char *)m->rows + 8 * index, &word, 8);
  }
}

static inline uint64_t get(const generate_matrix *m, size_t row, size_t c)
{
  const size_t index = row * m->d + c;
  uint64_t word = 0;
  if (m->format == GENERATE_BINARY32) {
    uint32_t narrow;
    memcpy(&narrow, (const unsigned char *)m->rows + 4 * index, 4);
    word = narrow;
  } else {
    memcpy(&word, (const unsigned char *)m->rows + 8 * index, 8);
  }
  return word;
}

/* Fisher-Yates over the rows of one column. */
static inline void shuffle_column(generate_matrix *m, size_t c)
{
  for (size_t i = m->n - 1; i > 0; i--) {
    const size_t j = (size_t)below(m, i + 1);
    const uint64_t word = get(m, i, c);
    put(m, i, c, get(m, j, c));
    put(m, j, c, word);
  }
}

static inline void copy_row(generate_matrix *m, size_t from, size_t to)
{
  for (size_t c = 0; c < m->d; c++) put(m, to, c, get(m, from, c));
}

/* Fisher-Yates over whole rows. */
static inline void shuffle_rows(generate_matrix *m)
{
  for (size_t i = m->n - 1; i > 0; i--) {
    const size_t j = (size_t)below(m, i + 1);
    for (size_t c = 0; c < m->d; c++) {
      const uint64_t word = get(m, i, c);
      put(m, i, c, get(m, j, c));
      put(m, j, c, word);
    }
  }
}

#endif
