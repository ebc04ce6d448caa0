/* The grammar of a subcommand's arguments: options and operands in any order; "--" ends the options; "-" is an operand.
 * A value follows its option (--median lower, -f 2) or is joined to it (--median=lower, -f2). Only options that repeat may be given twice. */
#ifndef CERTIGAR_CLI_OPTIONS_H
#define CERTIGAR_CLI_OPTIONS_H

#include <stddef.h>

typedef struct option_spec {
  const char *name;  /* "--median", or "-f" */
  const char *value; /* what its value is called in messages; NULL: it has none */
  int repeats;       /* values[i] is the first, all are in the list */
} option_spec;

enum { OPTION_REPEATS_MAX = 32 };

/* The values of options that repeat, in their order. */
typedef struct option_list {
  size_t which[OPTION_REPEATS_MAX]; /* index into specs */
  const char *values[OPTION_REPEATS_MAX];
  size_t count;
} option_list;

/* Reads argv[0 .. argc-1]. values[i] becomes the value of specs[i], "" for one without value, NULL where it was not given.
 * list may be NULL if none repeats. Operands are moved to the front of argv; *operands is their number. Returns 0, or complains and returns an exit status. */
int options_parse(int argc, char **argv, const char *command, const option_spec *specs, size_t count, const char **values,
                  option_list *list, size_t *operands);

/* The next key=value of a list joined by commas: copies both, of less than size bytes each, and returns what follows; NULL if it is malformed. */
const char *option_pair(const char *text, char *key, char *value, size_t size);

/* A decimal integer of digits alone; returns 0 if the text is none, or greater than SIZE_MAX. */
int option_number(const char *text, size_t *number);

#endif
