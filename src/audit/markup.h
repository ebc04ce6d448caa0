/* Text inside XML and HTML. */
#ifndef CERTIGAR_AUDIT_MARKUP_H
#define CERTIGAR_AUDIT_MARKUP_H

#include <stdio.h>

/* The characters < > & " ' become entities, in text and attributes alike. */
void markup_text(FILE *to, const char *text);

/* JSON inside a script element: < > & become \u003c and so on, which only strings have. */
void markup_json(FILE *to, const char *json);

#endif
