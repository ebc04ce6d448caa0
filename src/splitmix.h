/* SplitMix64 (Steele, Lea, Flood 2014): a state of 64 bits, any of which starts a sequence of all words. */
#ifndef CERTIGAR_SPLITMIX_H
#define CERTIGAR_SPLITMIX_H

#include <stdint.h>

/* A bijection of the words that mixes all bits. */
static inline uint64_t splitmix_mix(uint64_t z)
{
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

static inline uint64_t splitmix_next(uint64_t *state)
{
  return splitmix_mix(*state += UINT64_C(0x9e3779b97f4a7c15));
}

#endif
