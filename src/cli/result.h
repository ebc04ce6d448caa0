/* The files that commands give their results in: src/io/output.h, with complaints. All but complain_output return 0, or complain and return an exit
 * status. */
#ifndef CERTIGAR_CLI_RESULT_H
#define CERTIGAR_CLI_RESULT_H

#include "output.h"

/* Of the file at that path; returns STATUS_OUTPUT. */
int complain_output(const char *path, const certigar_message *message);

/* Without a path there is nothing to open. */
int result_open(output *out, const char *path);

/* Takes the text, NULL if there was no memory for it, and frees it. */
int result_fill(output *out, const char *path, char *text, size_t size);

/* The same, and the file takes its name. */
int result_write(output *out, const char *path, char *text, size_t size);

#endif
