/* See number.h. */
#include "number.h"

#include <string.h>

const certigar_format *certigar_format_of(certigar_dtype dtype)
{
  static const certigar_format binary32 = {4, 23, -149, 0x80000000, 0x7f800000, 0x7fc00000};
  static const certigar_format binary64 = {8, 52, -1074, 0x8000000000000000, 0x7ff0000000000000, 0x7ff8000000000000};
  return dtype == CERTIGAR_FLOAT32 ? &binary32 : &binary64;
}

int64_t certigar_word_key(const certigar_format *format, uint64_t word)
{
  if (certigar_word_is_nan(format, word)) return (int64_t)format->quiet_nan;
  return word & format->sign ? -1 - (int64_t)certigar_magnitude(format, word) : (int64_t)word;
}

uint64_t certigar_key_word(const certigar_format *format, int64_t key)
{
  return key < 0 ? format->sign | (uint64_t)(-1 - key) : (uint64_t)key;
}

uint64_t certigar_ulps(const certigar_format *format, uint64_t a, uint64_t b)
{
  if (certigar_word_is_same(format, a, b)) return 0;
  if (!certigar_word_is_finite(format, a) || !certigar_word_is_finite(format, b)) return UINT64_MAX;
  uint64_t x = certigar_magnitude(format, a), y = certigar_magnitude(format, b);
  if ((a ^ b) & format->sign) return x + y;
  return x > y ? x - y : y - x;
}

static uint64_t reversed(uint64_t word, size_t size)
{
  uint64_t out = 0;
  for (size_t i = 0; i < size; i++) out = out << 8 | (word >> 8 * i & 0xff);
  return out;
}

uint64_t certigar_word_at(const certigar_format *format, const void *values, size_t c)
{
  const unsigned char *at = (const unsigned char *)values + c * format->size;
  uint32_t narrow;
  uint64_t word;
  if (format->size == sizeof word) {
    memcpy(&word, at, sizeof word);
    return word;
  }
  memcpy(&narrow, at, sizeof narrow);
  return narrow;
}

void certigar_load_words(const certigar_format *format, const certigar_matrix *matrix, size_t row, size_t first, size_t count, uint64_t *words)
{
  uint64_t values[CERTIGAR_WORDS_MAX]; /* room for values of either format, aligned for both */
  if (matrix->read) {
    matrix->read(matrix->context, row, first, count, values);
    for (size_t c = 0; c < count; c++) words[c] = certigar_word_at(format, values, c);
    return;
  }
  const unsigned char *from = (const unsigned char *)matrix->data + (ptrdiff_t)row * matrix->row_stride + (ptrdiff_t)first * matrix->column_stride;
  for (size_t c = 0; c < count; c++) {
    words[c] = certigar_word_at(format, from + (ptrdiff_t)c * matrix->column_stride, 0);
    if (matrix->byte_swapped) words[c] = reversed(words[c], format->size);
  }
}
