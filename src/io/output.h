/* Output files that appear whole or not at all.
 *
 *   output_open     finds the target, and makes a temporary file beside it
 *   output_reserve  memory for the bytes, which is the temporary file itself, mapped, where that works
 *   output_finish   the bytes are on disk (fsync), still under the temporary name
 *   output_publish  the temporary takes the target's name (rename); the old file is there until that moment
 *   output_discard  ends an output at any point: what was not published is removed and the old file stays
 *
 * Standard output, pipes and devices have no such name: they get all bytes at once in output_finish.
 * A program with several outputs finishes all of them before it publishes any.
 */
#ifndef CERTIGAR_IO_OUTPUT_H
#define CERTIGAR_IO_OUTPUT_H

#include "certigar.h"

typedef struct output {
  int fd;            /* -1: none */
  int owns_fd;       /* not standard output */
  int slot;          /* in the table of temporaries; -1: no temporary, a stream */
  char *target;      /* the name to publish, symbolic links resolved; NULL for a stream */
  unsigned char *memory;
  size_t size;
  int mapped;
} output;

/* As if output_open had never been called: safe to discard. */
extern const output output_none;

/* "-" is standard output. At most OUTPUTS_MAX files may be open. All but output_publish return 1, or 0 with the reason in *message. */
enum { OUTPUTS_MAX = 4 };
int output_open(output *out, const char *path, certigar_message *message);

/* Whether two open outputs would replace the same file. */
int output_same_target(const output *a, const output *b);

/* Memory for size >= 1 bytes, aligned for any type, or NULL with the reason. Once per output. */
void *output_reserve(output *out, size_t size, certigar_message *message);
int output_finish(output *out, certigar_message *message);
int output_publish(output *out, certigar_message *message);
void output_discard(output *out);

/* Of contents that are in memory, size >= 1 bytes: output_reserve with them, and a file from open to publish. Return as the others. */
int output_fill(output *out, const void *contents, size_t size, certigar_message *message);
int output_write(const char *path, const void *contents, size_t size, certigar_message *message);

/* For signal handlers (the table of temporaries is the one piece of global state in src/io, and this is why it exists):
 * removes all temporaries that were not published; tells whether an address lies in memory mapped from one. */
void output_remove_temporaries(void);
int output_is_mapped_at(const void *address);

#endif
