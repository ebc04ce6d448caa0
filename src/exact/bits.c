/* Between memory and words, and the guess of a quotient: see bits.h. */
#include "exact/bits.h"

#include <string.h>

KERNEL void words_from_memory(const unsigned char *from, ptrdiff_t stride, int byte_swapped, int count, word *words)
{
  if (stride == (ptrdiff_t)sizeof(word))
    memcpy(words, from, (size_t)count * sizeof(word));
  else
    for (int l = 0; l < count; l++) memcpy(&words[l], from + l * stride, sizeof(word));
  if (byte_swapped)
    for (int l = 0; l < count; l++) {
      unsigned char bytes[sizeof(word)], swapped[sizeof(word)];
      memcpy(bytes, &words[l], sizeof(word));
      for (size_t b = 0; b < sizeof(word); b++) swapped[b] = bytes[sizeof(word) - 1 - b];
      memcpy(&words[l], swapped, sizeof(word));
    }
  for (int l = count; l < LANES; l++) words[l] = 0;
}

KERNEL void words_to_memory(const word *words, int count, unsigned char *to)
{
  memcpy(to, words, (size_t)count * sizeof(word));
}

/* a < 2^63 goes to double by way of two 32-bit halves: every x86-64 level has that conversion for vectors. */
KERNEL uint64_t quotient_guess(uint64_t a, int k)
{
  double high = (double)(int32_t)(uint32_t)(a / 4294967296U);
  double low = (double)(int32_t)((uint32_t)a ^ 0x80000000U) + 2147483648.0;
  double q = (high * 4294967296.0 + low) / (double)k;
  uint64_t bits;
  memcpy(&bits, &q, sizeof bits);
  return bits;
}
