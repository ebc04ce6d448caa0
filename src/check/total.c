/* See total.h. */
#include "total.h"

#include "rational.h"

#include <string.h>

void certigar_total_init(certigar_total *total)
{
  memset(total, 0, sizeof *total);
  total->low = CERTIGAR_TOTAL_LIMBS;
}

void certigar_total_clear(certigar_total *total)
{
  for (size_t i = total->low; i < total->high; i++) total->limbs[0][i] = total->limbs[1][i] = 0;
  total->low = CERTIGAR_TOTAL_LIMBS;
  total->high = 0;
  total->nan = total->infinite[0] = total->infinite[1] = 0;
}

void certigar_total_add(certigar_total *total, const certigar_format *format, uint64_t word)
{
  int negative = (word & format->sign) != 0;
  uint64_t significand = certigar_significand(format, word);
  if (!certigar_word_is_finite(format, word)) {
    if (certigar_word_is_nan(format, word)) {
      total->nan = 1;
    } else {
      total->infinite[negative] = 1;
    }
    return;
  }
  if (significand == 0) return;
  size_t shift = (size_t)certigar_shift(format, word), at = shift / 32, by = shift % 32;
  uint64_t lower = (significand & 0xffffffff) << by, upper = ((significand >> 32) << by) + (lower >> 32); /* below 2^63, 2^53 */
  int64_t *limbs = total->limbs[negative] + at;
  limbs[0] += (int64_t)(lower & 0xffffffff);
  limbs[1] += (int64_t)(upper & 0xffffffff);
  limbs[2] += (int64_t)(upper >> 32);
  if (at < total->low) total->low = at;
  if (at + 3 > total->high) total->high = at + 3;
}

uint64_t certigar_total_special(const certigar_total *total, const certigar_format *format)
{
  if (total->nan || (total->infinite[0] && total->infinite[1])) return format->quiet_nan;
  return total->infinite[1] ? format->sign | format->special : format->special;
}

void certigar_total_get(const certigar_total *total, size_t base, mpz_t sum, mpz_t magnitudes, mpz_t scratch)
{
  if (total->low >= total->high) {
    mpz_set_ui(sum, 0);
    mpz_set_ui(magnitudes, 0);
    return;
  }
  size_t count = total->high - total->low;
  mp_bitcnt_t up = 32 * (total->low - base);
  certigar_read_limbs(sum, total->limbs[0] + total->low, count, 32);
  certigar_read_limbs(scratch, total->limbs[1] + total->low, count, 32);
  mpz_add(magnitudes, sum, scratch);
  mpz_sub(sum, sum, scratch);
  mpz_mul_2exp(sum, sum, up);
  mpz_mul_2exp(magnitudes, magnitudes, up);
}
