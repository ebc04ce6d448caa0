/* The shifts of C: see shift.h. */
#include "exact/shift.h"
#include "lemmas/power.h"
#include "lemmas/shift.h"

KERNEL uint64_t shift_left(uint64_t x, int64_t s)
{
  //@ ghost lemma_shl(x, (int)s);
  return x << s;
}

KERNEL uint64_t shift_right(uint64_t x, int64_t s)
{
  //@ ghost lemma_shr(x, (int)s);
  //@ ghost lemma_up_grow(0, (int)s);
  return x >> s;
}

KERNEL uint32_t shift_right_32(uint32_t x, int32_t s)
{
  //@ ghost lemma_shr(x, s);
  //@ ghost lemma_up_grow(0, s);
  return x >> s;
}
