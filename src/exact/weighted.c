/* A weighted sum: see weighted.h. Products of digits go to signed limbs of 2^32, as in wide.c, and carry at the end. */
#include "exact/weighted.h"
#include "exact/shift.h"
#include "exact/wide.h"

enum { WEIGHTED_LIMBS = LIMBS + WEIGHT_DIGITS_MAX + 2 };

/* Adds weight m 2^s, or subtracts it. A limb changes by less than 6 2^32, and there are at most 2^24 rows. */
KERNEL void weighted_add(int64_t *a, key k, const uint32_t *weight, int digits)
{
  key r = k >= 0 ? k : -1 - k;
  int exponent = (int)(r / FRACTION), s = exponent > 0 ? exponent - 1 : 0, i = s / 32;
  uint64_t m = (uint64_t)(r % FRACTION) + (exponent > 0 ? FRACTION : 0);
  uint64_t low = shift_left(m % 4294967296U, s % 32), high = shift_left(m / 4294967296U, s % 32), middle = low / 4294967296U + high;
  const uint64_t parts[3] = {low % 4294967296U, middle % 4294967296U, middle / 4294967296U};
  int64_t sign = k >= 0 ? 1 : -1;
  for (int p = 0; p < 3; p++) {
    if (parts[p] == 0) continue;
    for (int j = 0; j < digits; j++) {
      uint64_t product = parts[p] * weight[j];
      a[i + p + j] += sign * (int64_t)(product % 4294967296U);
      a[i + p + j + 1] += sign * (int64_t)(product / 4294967296U);
    }
  }
}

/* The limbs become digits of the absolute value; returns the sign. */
KERNEL int weighted_absolute(int64_t *a, int limbs)
{
  int64_t carry = 0;
  for (int i = 0; i < limbs; i++) {
    int64_t v = a[i] + carry, digit = v % 4294967296;
    if (digit < 0) digit += 4294967296;
    carry = (v - digit) / 4294967296;
    a[i] = digit;
  }
  if (carry == 0) return 1;
  int64_t borrow = 0;
  for (int i = 0; i < limbs; i++) {
    int64_t v = -a[i] - borrow;
    borrow = v < 0;
    a[i] = v + borrow * 4294967296;
  }
  return -1;
}

/* Bit number i of the digits, and whether one below it is set. */
KERNEL int64_t digit_bit(const int64_t *a, int i)
{
  return i < 0 ? 0 : (int64_t)shift_right((uint64_t)a[i / 32], i % 32) % 2;
}

KERNEL int any_below(const int64_t *a, int i)
{
  int any = i > 0 && (uint64_t)a[i / 32] != shift_left(shift_right((uint64_t)a[i / 32], i % 32), i % 32);
  for (int j = 0; j < i / 32; j++) any |= a[j] != 0;
  return any;
}

/* RN of the digits times 2^(-32 point): the unit of the format is bit unit = 32 point, that of the result may be a higher one. */
KERNEL key weighted_round(const int64_t *a, int limbs, int unit)
{
  int top = 32 * limbs - 1, e = 0;
  key m = 0;
  while (top >= 0 && digit_bit(a, top) == 0) top--;
  if (top > unit + SIGNIFICAND_BITS - 1) e = top - unit - (SIGNIFICAND_BITS - 1);
  for (int i = top; i >= unit + e; i--) m = 2 * m + (key)digit_bit(a, i);
  int half = unit + e - 1;
  int up = digit_bit(a, half) != 0 && (any_below(a, half) || m % 2 == 1);
  return m + e * (key)FRACTION + up;
}

KERNEL void weighted_sum(const row *t, int n, const uint32_t *weights, int digits, key *out)
{
  int64_t a[WEIGHTED_LIMBS];
  int limbs = LIMBS + digits + 1;
  for (int l = 0; l < LANES; l++) {
    for (int i = 0; i < limbs; i++) a[i] = 0;
    for (int i = 0; i < n; i++) weighted_add(a, t[i][l], weights + (int64_t)i * digits, digits);
    int sign = weighted_absolute(a, limbs);
    key r = weighted_round(a, limbs, 32 * (digits - 1));
    int zero = 1;
    for (int i = 0; i < limbs; i++) zero &= a[i] == 0;
    out[l] = zero ? 0 : sign > 0 ? r : -1 - r;
  }
}
