#include "bound_text.h"

#include <stdio.h>
#include <string.h>

void bound_text(char text[BOUND_TEXT_SIZE], certigar_bound bound)
{
  char digits[20];
  int exponent = bound.exponent + 63;
  const char *sign = bound.negative ? "-" : "";
  if (bound.infinite || bound.significand == 0) {
    snprintf(text, BOUND_TEXT_SIZE, "%s", !bound.infinite ? "0x0p+0" : bound.negative ? "-inf" : "inf");
    return;
  }
  while (bound.significand >> 63 == 0) {
    bound.significand <<= 1;
    exponent--;
  }
  snprintf(digits, sizeof digits, "%016llx", (unsigned long long)(bound.significand << 1));
  size_t length = strlen(digits);
  while (length > 0 && digits[length - 1] == '0') digits[--length] = '\0';
  snprintf(text, BOUND_TEXT_SIZE, "%s0x1%s%sp%+d", sign, length > 0 ? "." : "", digits, exponent);
}
