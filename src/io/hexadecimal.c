#include "hexadecimal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* spec/rules.md, section 1: E, T and the unit. */
void hexadecimal_word(certigar_dtype dtype, uint64_t word, char text[BOUND_TEXT_MAX])
{
  const unsigned F = dtype == CERTIGAR_FLOAT32 ? 23 : 52, X = dtype == CERTIGAR_FLOAT32 ? 8 : 11;
  const uint64_t hidden = UINT64_C(1) << F, T = word & (hidden - 1), special = (UINT64_C(1) << X) - 1, E = word >> F & special;
  const int unit = dtype == CERTIGAR_FLOAT32 ? -149 : -1074;
  certigar_bound bound = {.significand = E == 0 ? T : hidden | T, .exponent = (E == 0 ? 0 : (int)E - 1) + unit, .negative = (int)(word >> (F + X))};
  if (E == 0 && T == 0) {
    strcpy(text, bound.negative ? "-0x0p+0" : "0x0p+0");
  } else if (E != special) {
    bound_text(text, bound);
  } else if (T == 0) {
    bound.infinite = 1;
    bound_text(text, bound);
  } else if (T == hidden >> 1 && !bound.negative) {
    strcpy(text, "nan");
  } else {
    snprintf(text, BOUND_TEXT_MAX, "nan:0x%" PRIx64, word);
  }
}
