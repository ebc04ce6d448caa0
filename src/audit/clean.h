/* Text from outside, made fit for JSON, XML and HTML: what is no UTF-8, and control characters but newline and tab, become \xNN. */
#ifndef CERTIGAR_AUDIT_CLEAN_H
#define CERTIGAR_AUDIT_CLEAN_H

#include <stddef.h>

/* At most room - 1 bytes, always terminated, never cut within a character. */
void clean_text(char *out, size_t room, const char *bytes, size_t size);

#endif
