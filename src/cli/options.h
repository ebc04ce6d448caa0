/* The grammar of a subcommand's arguments: options and operands in any order; "--" ends the options; "-" is an operand.
 * A value follows its option (--median lower, -f 2) or is joined to it (--median=lower, -f2). No option may be given twice. */
#ifndef CERTIGAR_CLI_OPTIONS_H
#define CERTIGAR_CLI_OPTIONS_H

#include <stddef.h>

typedef struct option_spec {
  const char *name;  /* "--median", or "-f" */
  const char *value; /* what its value is called in messages; NULL: it has none */
} option_spec;

/* Reads argv[0 .. argc-1]. values[i] becomes the value of specs[i], "" for one without value, NULL where it was not given.
 * Operands are moved to the front of argv; *operands is their number. Returns 0, or complains and returns an exit status. */
int options_parse(int argc, char **argv, const char *command, const option_spec *specs, size_t count, const char **values,
                  size_t *operands);

/* A decimal integer of digits alone; returns 0 if the text is none, or greater than SIZE_MAX. */
int option_number(const char *text, size_t *number);

#endif
