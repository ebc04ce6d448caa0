/* And, or, without branches: see choice.h. */
#include "exact/choice.h"

KERNEL int64_t both(int64_t a, int64_t b)
{
  return a & b;
}

KERNEL int64_t either(int64_t a, int64_t b)
{
  return a | b;
}
