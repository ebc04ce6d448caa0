/* The exact comparisons of src/exact/compare.c, in the toy format, on every input: x + y with a + b for all finite x, y, a, b, and
 * k x with a sum of k numbers for k = 1 to 3. The values are integers of at most 224 units, so the answers are those of int.
 */
#define FORMAT 6

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "exact/choice.c"
#include "exact/shift.c"
#include "exact/round.c"
#include "exact/wide.c"
#include "exact/compare.c"
#include "slow.h"

enum { KEYS = 2 * SPECIAL, STEP = SLOW ? 5 : 1 };

static key key_at(int i)
{
  return i - SPECIAL;
}

/* The value of a key in units, by spec/rules.md, section 1. */
static int value(key k)
{
  const int magnitude = k < 0 ? -1 - k : k, E = magnitude / 4, T = magnitude % 4;
  const int units = E == 0 ? T : (4 + T) << (E - 1);
  return k < 0 ? -units : units;
}

static int sign(int x)
{
  return x > 0 ? 1 : x < 0 ? -1 : 0;
}

static void every_two_sums(void **state)
{
  (void)state;
  for (int x = 0; x < KEYS; x += STEP)
    for (int y = 0; y < KEYS; y += STEP)
      for (int a = 0; a < KEYS; a += STEP)
        for (int b = 0; b < KEYS; b += STEP) {
          const int expected = sign(value(key_at(x)) + value(key_at(y)) - value(key_at(a)) - value(key_at(b)));
          const int found = compare_sums(key_at(x), key_at(y), key_at(a), key_at(b));
          if (found != expected)
            fail_msg("keys %d + %d against %d + %d: %d, not %d", key_at(x), key_at(y), key_at(a), key_at(b), found, expected);
        }
}

static void every_multiple(void **state)
{
  (void)state;
  static row t[3];
  for (int n = 1; n <= 3; n++) {
    const int all = n == 1 ? KEYS : n == 2 ? KEYS * KEYS : KEYS * KEYS * KEYS;
    for (int column = 0; column < all; column += n == 3 ? STEP : 1) {
      const int l = column % LANES;
      int sum = 0;
      for (int i = 0, rest = column; i < n; i++, rest /= KEYS) {
        t[i][l] = key_at(rest % KEYS);
        sum += value(t[i][l]);
      }
      for (int x = 0; x < KEYS; x += STEP) {
        const int expected = sign(n * value(key_at(x)) - sum), found = compare_multiple(key_at(x), t, 0, n, l);
        if (found != expected)
          fail_msg("%d times key %d against column %d: %d, not %d", n, key_at(x), column, found, expected);
      }
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_two_sums), cmocka_unit_test(every_multiple)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
