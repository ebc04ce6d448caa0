#include "exact/compare.h"
#include "exact/wide.h"
KERNEL int compare_sums(key x, key y, key a, key b)
{
  int64_t w[LIMBS];
  wide_clear(w);
  wide_add(w, x);
  wide_add(w, y);
  wide_subtract(w, a);
  wide_subtract(w, b);
  return wide_carry(w);
}
