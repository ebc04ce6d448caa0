/* Natural numbers of fixed size: see natural.h. */
#include "exact/natural.h"
#include "exact/shift.h"

KERNEL void natural_clear(uint32_t *a)
{
  for (int i = 0; i < NATURAL_DIGITS; i++) a[i] = 0;
}

KERNEL void natural_set_infinite(uint32_t *a)
{
  for (int i = 0; i < NATURAL_DIGITS - 1; i++) a[i] = 0;
  a[NATURAL_DIGITS - 1] = 1;
}

KERNEL int natural_is_infinite(const uint32_t *a)
{
  return a[NATURAL_DIGITS - 1] != 0;
}

KERNEL void natural_copy(const uint32_t *a, uint32_t *to)
{
  for (int i = 0; i < NATURAL_DIGITS; i++) to[i] = a[i];
}

KERNEL void natural_add_digit(uint32_t *a, int i, uint32_t x)
{
  uint64_t carry = x;
  if (natural_is_infinite(a)) return;
  while (carry > 0 && i < NATURAL_DIGITS - 1) {
    uint64_t sum = a[i] + carry;
    a[i] = (uint32_t)(sum % 4294967296U);
    carry = sum / 4294967296U;
    i++;
  }
  if (carry > 0) natural_set_infinite(a);
}

KERNEL void natural_add_up(uint32_t *a, uint64_t m, int s)
{
  int i = s / 32, r = s % 32;
  uint64_t low = shift_left(m % 4294967296U, r), high = shift_left(m / 4294967296U, r);
  natural_add_digit(a, i, (uint32_t)(low % 4294967296U));
  natural_add_digit(a, i + 1, (uint32_t)(low / 4294967296U));
  natural_add_digit(a, i + 1, (uint32_t)(high % 4294967296U));
  natural_add_digit(a, i + 2, (uint32_t)(high / 4294967296U));
}

KERNEL void natural_add(uint32_t *a, const uint32_t *b)
{
  if (natural_is_infinite(b)) natural_set_infinite(a);
  for (int i = 0; i < NATURAL_DIGITS - 1; i++) natural_add_digit(a, i, b[i]);
}

KERNEL int natural_compare(const uint32_t *a, const uint32_t *b)
{
  int i = NATURAL_DIGITS - 1;
  while (i > 0 && a[i] == b[i]) i--;
  return a[i] < b[i] ? -1 : a[i] > b[i];
}
