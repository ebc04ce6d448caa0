#include "exact/wide.h"
#include "exact/round.h"

KERNEL void wide_clear(int64_t *a)
{
  for (int i = 0; i < LIMBS; i++) a[i] = 0;
}

/* adds sign * m * 2^s */
KERNEL void wide_add_scaled(int64_t *a, int negative, uint64_t m, int s)
{
  int i = s / 32, r = s % 32;
  uint64_t low = (m % 4294967296U) << r, high = (m / 4294967296U) << r;
  int64_t c0 = (int64_t)(low % 4294967296U);
  uint64_t t = low / 4294967296U + high;
  int64_t c1 = (int64_t)(t % 4294967296U), c2 = (int64_t)(t / 4294967296U);
  a[i] += negative ? -c0 : c0;
  a[i + 1] += negative ? -c1 : c1;
  a[i + 2] += negative ? -c2 : c2;
}

KERNEL void wide_add(int64_t *a, key k)
{
  key r = k < 0 ? -1 - k : k;
  int s = r < FRACTION ? 0 : (int)(r / FRACTION - 1);
  wide_add_scaled(a, k < 0, (uint64_t)(r - s * (key)FRACTION), s);
}

KERNEL void wide_subtract(int64_t *a, key k)
{
  key r = k < 0 ? -1 - k : k;
  int s = r < FRACTION ? 0 : (int)(r / FRACTION - 1);
  wide_add_scaled(a, k >= 0, (uint64_t)(r - s * (key)FRACTION), s);
}

KERNEL void wide_negate(int64_t *a)
{
  for (int i = 0; i < LIMBS; i++) a[i] = -a[i];
}

KERNEL int64_t floor_carry(int64_t x)
{
  return x >= 0 ? x / 4294967296 : -1 - (-1 - x) / 4294967296;
}

KERNEL int wide_carry(int64_t *a)
{
  int64_t carry = 0, any = 0;
  for (int i = 0; i < LIMBS - 1; i++) {
    int64_t x = a[i] + carry;
    carry = floor_carry(x);
    a[i] = x - carry * 4294967296;
    any = a[i] != 0 ? 1 : any;
  }
  a[LIMBS - 1] += carry;
  return a[LIMBS - 1] < 0 ? -1 : a[LIMBS - 1] > 0 || any != 0;
}

KERNEL uint64_t wide_divide(int64_t *a, int k)
{
  uint64_t rest = 0;
  for (int i = LIMBS - 1; i >= 0; i--) {
    uint64_t x = rest * 4294967296U + (uint64_t)a[i];
    a[i] = (int64_t)(x / (uint64_t)k);
    rest = x % (uint64_t)k;
  }
  return rest;
}

KERNEL key wide_quotient(int64_t *a, int k)
{
  uint64_t rest = wide_divide(a, k);
  int top = LIMBS - 1;
  while (top > 1 && a[top] == 0) top--;
  int sticky = rest != 0;
  uint64_t g = (uint64_t)a[top] * 4294967296U + (uint64_t)a[top - 1];
  if (top == 1 && g < 2 * (uint64_t)FRACTION) {
    return (key)g + (2 * rest > (uint64_t)k || (2 * rest == (uint64_t)k && g % 2 == 1));
  }
  int shift = 0;
  if (top > 1) {
    for (int i = 0; i < top - 2; i++) sticky = a[i] != 0 ? 1 : sticky;
    uint64_t w = (uint64_t)a[top - 2];
    shift = 32 * (top - 1);
    while (g < 0x8000000000000000U) {
      g = 2 * g + w / 0x80000000U;
      w = 2 * (w % 0x80000000U);
      shift--;
    }
    sticky = w != 0 ? 1 : sticky;
  }
  int good = 1;
  return round_sticky(g, shift, sticky, &good);
}
