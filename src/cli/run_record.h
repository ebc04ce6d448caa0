/* What the CSV file of a table's run says of its making, in a first line
 *   # certigar COMMIT, 6000 + 1000 samples: certigar train ARGUMENTS
 * so that a file of another run, or of a run on other data, is not taken for it. Its checkpoint says the same in its second line. */
#ifndef CERTIGAR_CLI_RUN_RECORD_H
#define CERTIGAR_CLI_RUN_RECORD_H

#include "certigar.h"
#include "run_queue.h"

typedef struct run_record {
  char commit[64];
  size_t train, test; /* samples */
  char arguments[RUN_LINE_SIZE];
} run_record;

/* Return 0 if the file, or the checkpoint, has no such line, or cannot be read. */
int run_record_read(run_record *out, const char *path);
int run_record_of_checkpoint(run_record *out, const char *path);

/* The line, without its end. */
enum { RUN_RECORD_LINE_SIZE = RUN_LINE_SIZE + 256 };
void run_record_line(const run_record *record, char out[RUN_RECORD_LINE_SIZE]);

/* The file of the run with that line before what is in another file. Returns 0 and a message. */
int run_record_write(const run_record *record, const char *from, const char *path, certigar_message *message);

#endif
