/* Words of either format as the numbers of spec/rules.md, section 1, where the format is known only at run time: for judging, not for computing, so
 * one word at a time. */
#ifndef CERTIGAR_NUMBER_H
#define CERTIGAR_NUMBER_H

#include "certigar.h"

#include <stddef.h>
#include <stdint.h>

typedef struct certigar_format {
  size_t size;              /* bytes */
  int fraction_bits;        /* F */
  int unit_exponent;        /* the unit is 2^unit_exponent */
  uint64_t sign, special;   /* 2^(X+F); the magnitude of an infinity */
  uint64_t quiet_nan;
} certigar_format;

const certigar_format *certigar_format_of(certigar_dtype dtype);

static inline uint64_t certigar_magnitude(const certigar_format *format, uint64_t word)
{
  return word & (format->sign - 1);
}

static inline int certigar_word_is_finite(const certigar_format *format, uint64_t word)
{
  return certigar_magnitude(format, word) < format->special;
}

static inline int certigar_word_is_nan(const certigar_format *format, uint64_t word)
{
  return certigar_magnitude(format, word) > format->special;
}

/* The least b for which 2^b >= d. */
static inline int certigar_ceil_log2(size_t d)
{
  int bits = 0;
  while ((size_t)1 << bits < d) bits++;
  return bits;
}

/* Equal, or both NaN. */
static inline int certigar_word_is_same(const certigar_format *format, uint64_t a, uint64_t b)
{
  return a == b || (certigar_word_is_nan(format, a) && certigar_word_is_nan(format, b));
}

/* A finite value is, but for its sign, significand 2^shift units. */
static inline uint64_t certigar_significand(const certigar_format *format, uint64_t word)
{
  uint64_t magnitude = certigar_magnitude(format, word), implicit = (uint64_t)1 << format->fraction_bits;
  return magnitude < implicit ? magnitude : implicit | (magnitude & (implicit - 1));
}

static inline int certigar_shift(const certigar_format *format, uint64_t word)
{
  int field = (int)(certigar_magnitude(format, word) >> format->fraction_bits);
  return field > 0 ? field - 1 : 0;
}

/* The order of section 1: -infinity < finite < +infinity < NaN, -0 before +0, all NaN equal. */
int64_t certigar_word_key(const certigar_format *format, uint64_t word);
uint64_t certigar_key_word(const certigar_format *format, int64_t key);

/* How many numbers of the format the second is after the first, or before it: 0 for words that are the same and for -0 and +0; UINT64_MAX if one of
 * them is not finite. */
uint64_t certigar_ulps(const certigar_format *format, uint64_t a, uint64_t b);

/* Coordinates first .. first+count-1 of a row, count <= CERTIGAR_WORDS_MAX. */
enum { CERTIGAR_WORDS_MAX = 64 };
void certigar_load_words(const certigar_format *format, const certigar_matrix *matrix, size_t row, size_t first, size_t count, uint64_t *words);

/* Word c of contiguous values in this processor's byte order. */
uint64_t certigar_word_at(const certigar_format *format, const void *values, size_t c);

#endif
