/* "did you mean": the name closest to a mistyped one. */
#ifndef CERTIGAR_CLI_SUGGEST_H
#define CERTIGAR_CLI_SUGGEST_H

#include <stddef.h>

/* The best of count names, or NULL when none is within one edit per three letters: "mean" is not "median". */
const char *suggest(const char *typed, const char *const *names, size_t count);

#endif
