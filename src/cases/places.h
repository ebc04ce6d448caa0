/* What the generators here share beside parts.h: numbers about 1, and the attackers' rows, the last f. */
#ifndef CERTIGAR_CASES_PLACES_H
#define CERTIGAR_CASES_PLACES_H

#include "parts.h"

/* 2^one units are 1. */
static inline int64_t one(const generate_matrix *m)
{
  return m->format == GENERATE_BINARY32 ? 149 : 1074;
}

/* The word of 1. */
static inline uint64_t word_of_one(const generate_matrix *m)
{
  return encode(m, 1, one(m));
}

/* value / 2^below_one, bits that do not fit cut off. */
static inline uint64_t fixed(const generate_matrix *m, int64_t value, int64_t below_one)
{
  return encode(m, value, one(m) - below_one);
}

/* p / q rounded to nearest, of two equally near to the even one; -1024 < p < 1024, 1 <= q < 1024. With F fraction bits there are F+2 or more bits of
 * quotient before the last, which says whether there is a rest. */
static inline uint64_t ratio(const generate_matrix *m, int64_t p, uint64_t q)
{
  const uint64_t sign = p < 0 ? sign_bit(m) : 0, F = fraction_bits(m);
  uint64_t high = p < 0 ? (uint64_t)-p : (uint64_t)p;
  if (high == 0) return 0;
  int64_t shift = 0;
  uint64_t quotient = high / q, rest = high % q;
  while (quotient >> (F + 1) == 0) { /* F + 2 bits: one more than the format has */
    rest *= 2;
    quotient = 2 * quotient + (rest >= q);
    rest = rest >= q ? rest - q : rest;
    shift++;
  }
  const uint64_t odd = quotient >> 1 & 1, half = quotient & 1;
  quotient = (quotient >> 1) + (half && (rest > 0 || odd));
  return sign | encode(m, (int64_t)quotient, one(m) - shift + 1);
}

/* Noise around a common gradient of the column, which is about 0.3; the noise is about a tenth of that. */
static inline void put_gradients(generate_matrix *m)
{
  for (size_t c = 0; c < m->d; c++) {
    const int64_t common = bell(m) * 8;
    for (size_t i = 0; i < m->n; i++) {
      const int64_t noise = bell(m);
      put(m, i, c, fixed(m, common + noise, 36));
    }
  }
}

/* The first of count rows at the end. */
static inline size_t last_rows(const generate_matrix *m, size_t count)
{
  return m->n - count;
}

/* One word in all columns of rows from first on. */
static inline void put_rows(generate_matrix *m, size_t first, uint64_t word)
{
  for (size_t i = first; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, word);
}

#endif
