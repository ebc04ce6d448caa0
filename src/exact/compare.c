#include "exact/compare.h"
#include "exact/wide.h"
KERNEL int compare_sums(key x, key y, key a, key b)
{
  int64_t w[LIMBS];
  wide_clear(w);
  wide_add(w, x) /*@ ghost (0) */;
  wide_add(w, y) /*@ ghost (1) */;
  wide_subtract(w, a) /*@ ghost (2) */;
  wide_subtract(w, b) /*@ ghost (3) */;
  return wide_absolute(w) /*@ ghost (4) */;
}
