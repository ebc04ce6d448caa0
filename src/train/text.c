#include "text.h"

#include "io/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

const text text_none = {NULL, 0, 0, 0};

static int reserve(text *t, size_t more)
{
  if (t->failed || t->capacity - t->size > more) return !t->failed;
  size_t capacity = 2 * t->capacity + more + 256;
  char *bytes = realloc(t->bytes, capacity);
  t->failed = !bytes;
  if (t->failed) return 0;
  t->bytes = bytes;
  t->capacity = capacity;
  return 1;
}

void text_add(text *t, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (size < 0 || !reserve(t, (size_t)size + 1)) return;
  va_start(arguments, format);
  vsnprintf(t->bytes + t->size, (size_t)size + 1, format, arguments);
  va_end(arguments);
  t->size += (size_t)size;
}

int text_write(text *t, const char *path, certigar_message *message)
{
  int good = !t->failed && t->size > 0;
  if (!good) snprintf(message->text, sizeof message->text, "no memory for its contents");
  good = good && output_write(path, t->bytes, t->size, message);
  free(t->bytes);
  *t = text_none;
  return good;
}
