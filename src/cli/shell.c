#include "shell.h"

#include <string.h>

void shell_word(FILE *to, const char *word)
{
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./=:,@%";
  if (word[0] != '\0' && strspn(word, plain) == strlen(word)) {
    fputs(word, to);
    return;
  }
  putc('\'', to);
  for (; *word != '\0'; word++) {
    if (*word == '\'') fputs("'\\''", to);
    else putc(*word, to);
  }
  putc('\'', to);
}
