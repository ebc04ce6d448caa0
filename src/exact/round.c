#include "exact/round.h"

KERNEL int excess_bits(uint64_t g)
{
  int s = 0;
  while (g >= 2 * (uint64_t)FRACTION) { g /= 2; s++; }
  return s;
}

KERNEL key round_sticky(uint64_t g, int shift, int sticky, int *good)
{
  int s = excess_bits(g);
  if (s < -shift) s = -shift;
  if (s > 63 || s == 0) { *good = 0; return 0; }
  uint64_t m = g >> s, rest = g - (m << s);
  key r = (key)m + (key)(shift + s) * FRACTION;
  uint64_t half = (uint64_t)1 << (s - 1);
  return rest > half || (rest == half && (sticky || m % 2 == 1)) ? r + 1 : r;
}
