#include "markup.h"

void markup_text(FILE *to, const char *text)
{
  for (; *text != '\0'; text++) {
    switch (*text) {
      case '<': fputs("&lt;", to); break;
      case '>': fputs("&gt;", to); break;
      case '&': fputs("&amp;", to); break;
      case '"': fputs("&quot;", to); break;
      case '\'': fputs("&#39;", to); break;
      default: putc(*text, to);
    }
  }
}

void markup_json(FILE *to, const char *json)
{
  for (; *json != '\0'; json++) {
    if (*json == '<' || *json == '>' || *json == '&') fprintf(to, "\\u%04x", (unsigned)*json);
    else putc(*json, to);
  }
}
