/* A progress bar on standard error, for work that lasts: only on a terminal, and only after a second. */
#ifndef CERTIGAR_CLI_PROGRESS_H
#define CERTIGAR_CLI_PROGRESS_H

#include <stddef.h>

typedef struct progress {
  double started, drawn; /* seconds */
  int on_terminal, shown;
} progress;

void progress_start(progress *bar);

/* A certigar_progress callback; context is the progress. */
int progress_step(void *context, size_t done, size_t total);

/* Leaves an empty line where the bar was. */
void progress_end(progress *bar);

#endif
