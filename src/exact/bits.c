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

/* a < 2^63 to double by its halves, each put below the point of 2^84 or 2^52, which every x86-64 level does for vectors. */
static inline double double_of(uint64_t a)
{
#ifdef __AVX512DQ__
  return (double)(int64_t)a;
#else
  uint64_t high = a / 4294967296U + 0x4530000000000000, low = a % 4294967296U + 0x4330000000000000;
  double h, l;
  memcpy(&h, &high, sizeof h);
  memcpy(&l, &low, sizeof l);
  return h - 0x1.00000001p84 + l;
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
