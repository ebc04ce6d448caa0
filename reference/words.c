/* Words of a matrix, 4 or 8 bytes each, row after row; what the format says of them; memory. */
#include "context.h"

#include <stdlib.h>
#include <string.h>

uint64_t reference_load(const reference_context *context, const void *words, size_t index) {
  if (context->format == REFERENCE_BINARY32) {
    uint32_t word;
    memcpy(&word, (const unsigned char *)words + 4 * index, 4);
    return word;
  }
  uint64_t word;
  memcpy(&word, (const unsigned char *)words + 8 * index, 8);
  return word;
}

void reference_store(const reference_context *context, void *words, size_t index, uint64_t value) {
  if (context->format == REFERENCE_BINARY32) {
    const uint32_t word = (uint32_t)value;
    memcpy((unsigned char *)words + 4 * index, &word, 4);
  } else {
    memcpy((unsigned char *)words + 8 * index, &value, 8);
  }
}

size_t reference_word_size(const reference_context *context) {
  return context->format == REFERENCE_BINARY32 ? 4 : 8;
}

unsigned reference_unit_exponent(const reference_context *context) {
  return (1u << (context->exponent_bits - 1)) - 2 + context->fraction_bits;
}

int reference_row_is_finite(const reference_context *context, size_t d, const void *rows, size_t row) {
  for (size_t c = 0; c < d; c++)
    if (!reference_is_finite(context, reference_load(context, rows, row * d + c))) return 0;
  return 1;
}

void *reference_allocate(size_t count, size_t size) {
  void *memory = calloc(count > 0 ? count : 1, size);
  if (memory == NULL) reference_fail("no memory");
  return memory;
}
