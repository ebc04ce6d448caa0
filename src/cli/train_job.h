/* One training run from the command line. */
#ifndef CERTIGAR_CLI_TRAIN_JOB_H
#define CERTIGAR_CLI_TRAIN_JOB_H

#include "train_request.h"

/* A run that is one of a table's. */
typedef struct table_run {
  const char *name;   /* on the line that is drawn while it runs */
  const char *record; /* one line that names all that its results depend on: what its checkpoint says it is of */
} table_run;

/* Runs it, with a line on standard output for each evaluation; a table's run says there only where it goes on. of: NULL if it is no table's.
 * Returns an exit status; whatever went wrong was complained about. */
int train_job(const train_request *asked, const table_run *of);

#endif
