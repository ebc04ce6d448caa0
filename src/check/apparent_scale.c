/* See apparent_scale.h. */
#include "apparent_scale.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 15 }; /* rows whose magnitudes say what is middling */

/* Divided by 2^exponent. */
static uint64_t scale(const certigar_format *format, uint64_t word, int exponent)
{
  uint64_t significand = certigar_significand(format, word), implicit = (uint64_t)1 << format->fraction_bits;
  int shift = certigar_shift(format, word) - exponent;
  if (!certigar_word_is_finite(format, word) || significand == 0) return word;
  for (; significand < implicit; shift--) significand <<= 1;
  if (shift < 0) return (word & format->sign) | (shift > -64 ? significand >> -shift : 0);
  uint64_t field = (uint64_t)shift + 1;
  if (field >= format->special >> format->fraction_bits) return (word & format->sign) | (format->special - 1);
  return (word & format->sign) | field << format->fraction_bits | (significand & (implicit - 1));
}

static void put_word(const certigar_format *format, void *values, size_t c, uint64_t word)
{
  uint32_t narrow = (uint32_t)word;
  memcpy((unsigned char *)values + c * format->size, format->size == sizeof word ? (void *)&word : (void *)&narrow, format->size);
}

static void read_scaled(void *context, size_t row, size_t first, size_t count, void *values)
{
  const certigar_scaled *scaled = context;
  const certigar_format *format = scaled->a->format;
  uint64_t words[CERTIGAR_WORDS_MAX];
  for (size_t c = 0; c < count; c += CERTIGAR_WORDS_MAX) {
    size_t some = count - c < CERTIGAR_WORDS_MAX ? count - c : CERTIGAR_WORDS_MAX;
    certigar_load_words(format, &scaled->a->finite, row, first + c, some, words);
    for (size_t l = 0; l < some; l++) put_word(format, values, c + l, scale(format, words[l], scaled->exponents[first + c + l]));
  }
}

/* Exponent fields of normal numbers, as if subnormal ones had such too; 0 is below all. */
static int level_of(const certigar_format *format, uint64_t word)
{
  uint64_t significand = certigar_significand(format, word), implicit = (uint64_t)1 << format->fraction_bits;
  int level = certigar_shift(format, word) + 1;
  if (significand == 0) return -64;
  for (; significand < implicit; significand <<= 1) level--;
  return level;
}

static int middle(int *levels, size_t count)
{
  for (size_t a = 1; a < count; a++)
    for (size_t b = a; b > 0 && levels[b - 1] > levels[b]; b--) {
      int level = levels[b];
      levels[b] = levels[b - 1];
      levels[b - 1] = level;
    }
  return levels[count / 2];
}

/* Of columns first to first+count-1: the middle of some rows' levels, or the candidate's, whichever is greater, goes to 1. */
static void find_exponents(certigar_scaled *scaled, const void *candidate, size_t first, size_t count)
{
  const certigar_apparent *a = scaled->a;
  const certigar_format *format = a->format;
  size_t samples = a->count < SAMPLES ? a->count : SAMPLES;
  uint64_t words[SAMPLES][CERTIGAR_WORDS_MAX];
  int one = (int)(format->special >> format->fraction_bits) / 2, levels[SAMPLES];
  for (size_t s = 0; s < samples; s++) certigar_load_words(format, &a->finite, a->possible[a->count * s / samples], first, count, words[s]);
  for (size_t l = 0; l < count; l++) {
    uint64_t word = certigar_word_at(format, candidate, first + l);
    for (size_t s = 0; s < samples; s++) levels[s] = level_of(format, words[s][l]);
    int level = middle(levels, samples), own = level_of(format, word);
    scaled->exponents[first + l] = (int16_t)((level > own ? level : own) - one);
    put_word(format, scaled->candidate, first + l, scale(format, word, scaled->exponents[first + l]));
  }
}

int certigar_scaled_init(certigar_scaled *scaled, const certigar_apparent *a)
{
  size_t d = a->column_count;
  const void *candidate = a->values ? a->values : a->candidate;
  *scaled = (certigar_scaled){.a = a,
                              .exponents = malloc(d * sizeof *scaled->exponents),
                              .candidate = malloc(d * a->format->size),
                              .matrix = {.n = a->input->n, .d = d, .read = read_scaled, .context = scaled}};
  if (!scaled->exponents || !scaled->candidate) return 0;
  for (size_t c = 0; c < d; c += CERTIGAR_WORDS_MAX)
    find_exponents(scaled, candidate, c, d - c < CERTIGAR_WORDS_MAX ? d - c : CERTIGAR_WORDS_MAX);
  return 1;
}

void certigar_scaled_clear(certigar_scaled *scaled)
{
  free(scaled->exponents);
  free(scaled->candidate);
}
