#include "message.h"

#include <string.h>

enum { CAPACITY = sizeof ((certigar_message *)0)->text, QUOTED_MAX = 24 };

void message_clear(certigar_message *message)
{
  memset(message->text, 0, sizeof message->text);
}

static size_t length_of(const certigar_message *message)
{
  size_t length = 0;
  while (length < CAPACITY - 1 && message->text[length] != '\0') length++;
  return length;
}

static void add_byte(certigar_message *message, char byte)
{
  size_t length = length_of(message);
  if (length >= CAPACITY - 1) return;
  message->text[length] = byte;
  message->text[length + 1] = '\0';
}

void message_add(certigar_message *message, const char *text)
{
  for (size_t i = 0; text[i] != '\0'; i++) add_byte(message, text[i]);
}

void message_add_number(certigar_message *message, size_t number)
{
  char digits[3 * sizeof number + 1]; /* log10(256) < 3 */
  size_t at = sizeof digits - 1;
  digits[at] = '\0';
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0 && at > 0);
  message_add(message, digits + at);
}

void message_add_quoted(certigar_message *message, const unsigned char *bytes, size_t start, size_t end)
{
  add_byte(message, '\'');
  for (size_t at = start; at < end && at - start < QUOTED_MAX; at++) {
    add_byte(message, bytes[at] >= 0x20 && bytes[at] < 0x7f ? (char)bytes[at] : '?');
  }
  if (end - start > QUOTED_MAX) message_add(message, "...");
  add_byte(message, '\'');
}

void message_set_error(certigar_message *message, const char *text, int error)
{
  message_clear(message);
  message_add(message, text);
  message_add(message, ": ");
  message_add(message, strerror(error));
}
