/* Words as a shell takes them. */
#ifndef CERTIGAR_CLI_SHELL_H
#define CERTIGAR_CLI_SHELL_H

#include <stdio.h>

/* In quotes unless it is plain. */
void shell_word(FILE *to, const char *word);

#endif
