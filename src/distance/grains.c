/* Significands in grains: see grains.h. */
#include "distance/grains.h"

#if FORMAT != 64

#include "lemmas/shift.h"

KERNEL grain_count grains_up(grain_count x, int32_t s)
{
  //@ ghost lemma_shl(x, s);
  return x << s;
}

KERNEL grain_count grains_down(grain_count x, int32_t s)
{
  return shift_right_32(x, s);
}

#else

KERNEL grain_count grains_up(grain_count x, int32_t s)
{
  return shift_left(x, s);
}

KERNEL grain_count grains_down(grain_count x, int32_t s)
{
  return shift_right(x, s);
}

#endif
