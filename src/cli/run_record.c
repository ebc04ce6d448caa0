#include "run_record.h"

#include "train/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int run_record_read(run_record *out, const char *path)
{
  char line[RUN_LINE_SIZE + 256];
  int from = 0;
  FILE *file = fopen(path, "r");
  int good = file && fgets(line, sizeof line, file) &&
             sscanf(line, "# certigar %63[^,], %zu + %zu samples: certigar train %n", out->commit, &out->train, &out->test, &from) == 3 && from > 0;
  if (good) snprintf(out->arguments, sizeof out->arguments, "%.*s", (int)strcspn(line + from, "\n"), line + from);
  if (file) fclose(file);
  return good;
}

int run_record_write(const run_record *record, const char *from, const char *path, certigar_message *message)
{
  char piece[4096];
  size_t size;
  text t = text_none;
  FILE *file = fopen(from, "r");
  text_add(&t, "# certigar %s, %zu + %zu samples: certigar train %s\n", record->commit, record->train, record->test, record->arguments);
  while (file && (size = fread(piece, 1, sizeof piece, file)) > 0) text_add(&t, "%.*s", (int)size, piece);
  int good = file && !ferror(file);
  if (file) fclose(file);
  if (!good) {
    snprintf(message->text, sizeof message->text, "cannot be read");
    free(t.bytes);
    return 0;
  }
  if (!text_write(&t, path, message)) return 0;
  unlink(from);
  return 1;
}
