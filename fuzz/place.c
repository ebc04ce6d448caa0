#include "place.h"

#include <stdlib.h>
#include <string.h>

#include "generate.h"

void *case_take(size_t size)
{
  void *memory = malloc(size);
  if (!memory) abort();
  return memory;
}

static void put_word(const fuzz_case *one, unsigned char *to, uint64_t word)
{
  const uint32_t narrow = (uint32_t)word;
  if (one->dtype == CERTIGAR_FLOAT32)
    memcpy(to, &narrow, sizeof narrow);
  else
    memcpy(to, &word, sizeof word);
}

uint64_t case_get(const fuzz_case *one, const unsigned char *from)
{
  uint32_t narrow;
  uint64_t word;
  memcpy(&narrow, from, sizeof narrow);
  if (one->dtype == CERTIGAR_FLOAT32) return narrow;
  memcpy(&word, from, sizeof word);
  return word;
}

certigar_matrix case_place(const fuzz_case *one, case_layout layout, const size_t *order, unsigned char **memory)
{
  const size_t size = one->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  certigar_matrix matrix = {.n = one->n, .d = one->d, .row_stride = (ptrdiff_t)(one->d * size), .column_stride = (ptrdiff_t)size};
  unsigned char *bytes = *memory = case_take(one->n * one->d * size);
  matrix.data = bytes;
  if (layout == CASE_COLUMNS) {
    matrix.row_stride = (ptrdiff_t)size;
    matrix.column_stride = (ptrdiff_t)(one->n * size);
  } else if (layout == CASE_REVERSED) {
    matrix.data = bytes + (one->n - 1) * one->d * size;
    matrix.row_stride = -matrix.row_stride;
  }
  matrix.byte_swapped = layout == CASE_SWAPPED;
  for (size_t i = 0; i < one->n; i++)
    for (size_t c = 0; c < one->d; c++) {
      unsigned char value[8];
      put_word(one, value, one->words[(order ? order[i] : i) * one->d + c]);
      unsigned char *to = (unsigned char *)matrix.data + (ptrdiff_t)i * matrix.row_stride + (ptrdiff_t)c * matrix.column_stride;
      for (size_t b = 0; b < size; b++) to[b] = value[matrix.byte_swapped ? size - 1 - b : b];
    }
  return matrix;
}

void case_shuffle(size_t *order, size_t n, uint64_t seed)
{
  generate_random random = {seed};
  for (size_t i = 0; i < n; i++) order[i] = i;
  for (size_t i = n - 1; i > 0; i--) {
    const size_t j = generate_below(&random, i + 1), kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}
