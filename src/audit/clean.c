#include "clean.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The length of the character that starts here, 0 if none does (RFC 3629: the shortest form, no surrogates, at most U+10FFFF). U+FFFE and U+FFFF,
 * which XML 1.0 has not, are none. */
static size_t character(const unsigned char *at, size_t size)
{
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  unsigned char first = at[0];
  if (first < 0x80) return first == '\n' || first == '\t' || (first >= 0x20 && first != 0x7f);
  size_t length = first >= 0xf0 && first < 0xf8 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc0 && first < 0xe0 ? 2 : 0;
  if (length == 0 || length > size) return 0;
  uint32_t code = first & (0x7fU >> length);
  for (size_t i = 1; i < length; i++) {
    if ((at[i] & 0xc0) != 0x80) return 0;
    code = code << 6 | (at[i] & 0x3fU);
  }
  int is_control = code >= 0x80 && code < 0xa0, is_surrogate = code >= 0xd800 && code < 0xe000;
  return code < least[length] || code > 0x10ffff || is_control || is_surrogate || code == 0xfffe || code == 0xffff ? 0 : length;
}

void clean_text(char *out, size_t room, const char *bytes, size_t size)
{
  size_t used = 0;
  for (size_t at = 0; at < size;) {
    size_t length = character((const unsigned char *)bytes + at, size - at);
    size_t needed = length > 0 ? length : 4;
    if (used + needed >= room) break;
    if (length > 0) memcpy(out + used, bytes + at, length);
    else snprintf(out + used, 5, "\\x%02x", (unsigned char)bytes[at]);
    used += needed;
    at += length > 0 ? length : 1;
  }
  out[used] = '\0';
}
