/* Between memory and words, and the guess of a quotient: see bits.h. */
#include "exact/bits.h"

#include <string.h>

KERNEL void words_from_memory(const unsigned char *from, ptrdiff_t stride, int byte_swapped, int count, word *words)
{
  if (stride == (ptrdiff_t)sizeof(word) && count == LANES) /* a size that the compiler knows */
    memcpy(words, from, LANES * sizeof(word));
  else if (stride == (ptrdiff_t)sizeof(word))
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

/* a < 2^63 to double: by its halves, of which each is exact, where there is no instruction for the whole in vectors. */
static inline double double_of(uint64_t a)
{
#ifdef __AVX512DQ__
  return (double)(int64_t)a;
#else
  double high = (double)(int32_t)(uint32_t)(a / 4294967296U);
  double low = (double)(int32_t)((uint32_t)a ^ 0x80000000U) + 2147483648.0;
  return high * 4294967296.0 + low;
#endif
}

/* Times 1 / k, as a product costs less than a division. */
KERNEL uint64_t quotient_guess(uint64_t a, int k)
{
  double q = double_of(a) * (1 / (double)k);
  uint64_t bits;
  memcpy(&bits, &q, sizeof bits);
  return bits;
}

KERNEL uint32_t nearest_guess(uint64_t a, int k)
{
  float q = (float)(double_of(a) * (1 / (double)k));
  uint32_t bits;
  memcpy(&bits, &q, sizeof bits);
#if FORMAT == 6
  bits = (bits + 0x100000) / 0x200000;
#endif
  return bits;
}
