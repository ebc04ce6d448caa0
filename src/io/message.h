/* Messages built piece by piece into a fixed text: cut short when full, always terminated.
 *
 * Not snprintf: the parser that uses these reads hostile files, and Eva (frama-c -eva) can follow plain loops to the last byte.
 */
#ifndef CERTIGAR_IO_MESSAGE_H
#define CERTIGAR_IO_MESSAGE_H

#include "certigar.h"

void message_clear(certigar_message *message);
void message_add(certigar_message *message, const char *text);
void message_add_number(certigar_message *message, size_t number);

/* The bytes from start to end - 1 between quotes, at most 24 of them, with '?' for what is not printable ASCII. */
void message_add_quoted(certigar_message *message, const unsigned char *bytes, size_t start, size_t end);

/* "TEXT: " and what the errno value says. */
void message_set_error(certigar_message *message, const char *text, int error);

#endif
