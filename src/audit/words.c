#include "words.h"

#include "certificate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FRACTION_32 = 23, FRACTION_64 = 52, BIAS_32 = 127, BIAS_64 = 1023, SHOWN_DIGITS_MAX = 16, DIGITS_SIZE = 17 };

size_t word_size(certigar_dtype dtype)
{
  return dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

uint64_t word_get(const void *words, certigar_dtype dtype, size_t at)
{
  const unsigned char *bytes = (const unsigned char *)words + at * word_size(dtype);
  uint32_t narrow;
  uint64_t wide;
  if (dtype == CERTIGAR_FLOAT32) {
    memcpy(&narrow, bytes, sizeof narrow);
    return narrow;
  }
  memcpy(&wide, bytes, sizeof wide);
  return wide;
}

void word_set(void *words, certigar_dtype dtype, size_t at, uint64_t word)
{
  unsigned char *bytes = (unsigned char *)words + at * word_size(dtype);
  uint32_t narrow = (uint32_t)word;
  if (dtype == CERTIGAR_FLOAT32) memcpy(bytes, &narrow, sizeof narrow);
  else memcpy(bytes, &word, sizeof word);
}

json_t *words_json(const void *words, certigar_dtype dtype, size_t first, size_t count)
{
  char text[DIGITS_SIZE];
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++) {
    snprintf(text, sizeof text, "%0*" PRIx64, dtype == CERTIGAR_FLOAT32 ? 8 : 16, word_get(words, dtype, first + i));
    json_array_append_new(list, json_string(text));
  }
  return list;
}

int word_parse(const char *text, certigar_dtype dtype, uint64_t *word)
{
  size_t length = strlen(text);
  uint64_t value = 0;
  if (length != 2 * word_size(dtype)) return 0;
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) return 0;
    value = 16 * value + (uint64_t)digit;
  }
  *word = value;
  return 1;
}

/* significand 2^exponent as a plain decimal if it has few digits: at most 10 places after the point, value below 2^40. */
static int show_decimal(char *text, size_t size, const char *sign, uint64_t significand, int exponent)
{
  while (significand % 2 == 0) {
    significand /= 2;
    exponent++;
  }
  if (exponent < -10 || exponent > 40 || significand >> 40 != 0) return 0;
  if (exponent >= 0) {
    if (significand >> (50 - exponent) != 0) return 0;
    snprintf(text, size, "%s%" PRIu64, sign, significand << exponent);
    return strlen(text) <= SHOWN_DIGITS_MAX;
  }
  uint64_t ones = significand >> -exponent, rest = significand - (ones << -exponent);
  int used = snprintf(text, size, "%s%" PRIu64 ".", sign, ones);
  while (rest != 0 && used + 1 < (int)size) {
    rest *= 10;
    text[used++] = (char)('0' + (rest >> -exponent));
    rest -= (rest >> -exponent) << -exponent;
  }
  text[used] = '\0';
  return used <= SHOWN_DIGITS_MAX;
}

static void show_hexadecimal(char *text, const char *sign, uint64_t fraction, int fraction_bits, int leading, int exponent)
{
  char digits[DIGITS_SIZE];
  int places = (fraction_bits + 3) / 4;
  snprintf(digits, sizeof digits, "%0*" PRIx64, places, fraction << (4 * places - fraction_bits));
  size_t length = strlen(digits);
  while (length > 0 && digits[length - 1] == '0') digits[--length] = '\0';
  snprintf(text, WORD_SHOWN_SIZE, "%s0x%d%s%sp%+d", sign, leading, length > 0 ? "." : "", digits, exponent);
}

void word_show(char text[WORD_SHOWN_SIZE], certigar_dtype dtype, uint64_t word)
{
  int narrow = dtype == CERTIGAR_FLOAT32, fraction_bits = narrow ? FRACTION_32 : FRACTION_64, bias = narrow ? BIAS_32 : BIAS_64;
  uint64_t fraction = word & (((uint64_t)1 << fraction_bits) - 1), field = (word >> fraction_bits) & (uint64_t)(2 * bias + 1);
  const char *sign = word >> (8 * word_size(dtype) - 1) ? "-" : "";
  int special = field == (uint64_t)(2 * bias + 1), exponent = (field == 0 ? 1 : (int)field) - bias;
  uint64_t significand = fraction | (field == 0 ? 0 : (uint64_t)1 << fraction_bits);
  if (special) snprintf(text, WORD_SHOWN_SIZE, "%s", fraction != 0 ? "NaN" : *sign ? "-inf" : "inf");
  else if (significand == 0) snprintf(text, WORD_SHOWN_SIZE, "%s0", sign);
  else if (!show_decimal(text, WORD_SHOWN_SIZE, sign, significand, exponent - fraction_bits))
    show_hexadecimal(text, sign, fraction, fraction_bits, field != 0, exponent);
}

int dtype_from_name(const char *name, certigar_dtype *dtype)
{
  *dtype = strcmp(name, "float64") == 0 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32;
  return strcmp(name, dtype_name(*dtype)) == 0;
}
