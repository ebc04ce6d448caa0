/* Natural numbers cut to 64 bits, and the margin between two. */
#include "selection.h"

certigar_bound certigar_bound_of(const certigar_kernels *kernels, const uint32_t *a, int up)
{
  int top = (int)kernels->natural_digits - 1;
  if (a[top]) return (certigar_bound){.infinite = 1};
  while (top > 0 && !a[top]) top--;
  uint64_t low = top >= 1 ? a[top - 1] : 0, lowest = top >= 2 ? a[top - 2] : 0;
  certigar_bound bound = {(uint64_t)a[top] << 32 | low, kernels->natural_exponent + 32 * (top - 1), 0, 0};
  if (!bound.significand) return (certigar_bound){.significand = 0};
  int bit = 32;
  while (bound.significand >> 63 == 0) {
    bit--;
    bound.significand = bound.significand << 1 | (lowest >> bit & 1);
    bound.exponent--;
  }
  int rest = (lowest & ((1ULL << bit) - 1)) != 0;
  for (int i = top - 3; i >= 0; i--) rest |= a[i] != 0;
  if (up && rest && ++bound.significand == 0) {
    bound.significand = 1ULL << 63;
    bound.exponent++;
  }
  return bound;
}

/* to = a - b, where b < a */
static void subtract(const uint32_t *a, const uint32_t *b, uint32_t *to, size_t digits)
{
  uint32_t borrow = 0;
  for (size_t i = 0; i < digits; i++) {
    uint64_t taken = (uint64_t)b[i] + borrow;
    to[i] = (uint32_t)(a[i] - taken);
    borrow = a[i] < taken;
  }
}

certigar_bound certigar_relative_margin(const certigar_kernels *kernels, const uint32_t *first, const uint32_t *second, uint32_t *scratch)
{
  certigar_bound divisor = certigar_bound_of(kernels, first, 1);
  if (kernels->natural_compare(first, second) >= 0) return (certigar_bound){.significand = 0};
  if (!divisor.significand || certigar_bound_of(kernels, second, 0).infinite) return (certigar_bound){.infinite = 1};
  subtract(second, first, scratch, kernels->natural_digits);
  certigar_bound difference = certigar_bound_of(kernels, scratch, 0);
  unsigned __int128 wide = (unsigned __int128)difference.significand << 63;
  return (certigar_bound){(uint64_t)(wide / divisor.significand), difference.exponent - divisor.exponent - 63, 0, 0};
}

static certigar_bound normalised(certigar_bound a)
{
  while (a.significand && a.significand >> 63 == 0) {
    a.significand <<= 1;
    a.exponent--;
  }
  return a;
}

int certigar_bound_compare(certigar_bound a, certigar_bound b)
{
  if (a.infinite || b.infinite) return a.infinite - b.infinite;
  if (!a.significand || !b.significand) return (a.significand > 0) - (b.significand > 0);
  a = normalised(a);
  b = normalised(b);
  if (a.exponent != b.exponent) return a.exponent < b.exponent ? -1 : 1;
  return a.significand < b.significand ? -1 : a.significand > b.significand;
}
