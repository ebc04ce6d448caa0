#include "run_record.h"

#include "train/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the first line after so many. */
static int read_after(size_t lines, run_record *out, const char *path)
{
  char line[RUN_RECORD_LINE_SIZE];
  int from = 0;
  FILE *file = fopen(path, "r");
  int good = file && fgets(line, sizeof line, file);
  for (; good && lines > 0; lines--) good = fgets(line, sizeof line, file) != NULL;
  good = good && sscanf(line, "# certigar %63[^,], %zu + %zu samples: certigar train %n", out->commit, &out->train, &out->test, &from) == 3;
  good = good && from > 0;
  if (good) snprintf(out->arguments, sizeof out->arguments, "%.*s", (int)strcspn(line + from, "\n"), line + from);
  if (file) fclose(file);
  return good;
}

int run_record_read(run_record *out, const char *path)
{
  return read_after(0, out, path);
}

int run_record_of_checkpoint(run_record *out, const char *path)
{
  return read_after(1, out, path);
}

void run_record_line(const run_record *record, char out[RUN_RECORD_LINE_SIZE])
{
  snprintf(out, RUN_RECORD_LINE_SIZE, "# certigar %s, %zu + %zu samples: certigar train %s", record->commit, record->train, record->test,
           record->arguments);
}

int run_record_write(const run_record *record, const char *from, const char *path, certigar_message *message)
{
  char piece[4096], line[RUN_RECORD_LINE_SIZE];
  size_t size;
  text t = text_none;
  FILE *file = fopen(from, "r");
  run_record_line(record, line);
  text_add(&t, "%s\n", line);
  while (file && (size = fread(piece, 1, sizeof piece, file)) > 0) text_add(&t, "%.*s", (int)size, piece);
  int good = file && !ferror(file);
  if (file) fclose(file);
  if (!good) {
    snprintf(message->text, sizeof message->text, "cannot be read");
    free(t.bytes);
    return 0;
  }
  return text_write(&t, path, message);
}
