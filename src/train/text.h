/* A text that grows, and becomes a file that appears whole or not at all. */
#ifndef CERTIGAR_TRAIN_TEXT_H
#define CERTIGAR_TRAIN_TEXT_H

#include "certigar.h"

#include <stddef.h>

typedef struct text {
  char *bytes;
  size_t size, capacity;
  int failed; /* there was no memory */
} text;

extern const text text_none;

void text_add(text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes the text and frees it. Returns 0 and a message if it could not be written, or there was no memory for it. */
int text_write(text *t, const char *path, certigar_message *message);

#endif
