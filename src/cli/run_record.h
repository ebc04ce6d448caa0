/* What the CSV file of a table's run says of its making, in a first line
 *   # certigar COMMIT, 6000 + 1000 samples: certigar train ARGUMENTS
 * so that a file of another run, or of a run on other data, is not taken for it. */
#ifndef CERTIGAR_CLI_RUN_RECORD_H
#define CERTIGAR_CLI_RUN_RECORD_H

#include "certigar.h"
#include "run_queue.h"

typedef struct run_record {
  char commit[64];
  size_t train, test; /* samples */
  char arguments[RUN_LINE_SIZE];
} run_record;

/* Returns 0 if the file has no such line, or cannot be read. */
int run_record_read(run_record *out, const char *path);

/* The file of the run with that line before what is in another file, which is removed. Returns 0 and a message. */
int run_record_write(const run_record *record, const char *from, const char *path, certigar_message *message);

#endif
