/* Significands in grains: see grains.h. */
#include "distance/grains.h"
#include "lemmas/power.h"
#include "lemmas/shift.h"

KERNEL grain_count grains_up(grain_count x, int32_t s)
{
  //@ ghost lemma_shl(x, s);
  return x << s;
}

KERNEL grain_count grains_down(grain_count x, int32_t s)
{
  //@ ghost lemma_shr(x, s);
  //@ ghost lemma_up_grow(0, s);
  return x >> s;
}
