/* One training run from the command line. */
#ifndef CERTIGAR_CLI_TRAIN_JOB_H
#define CERTIGAR_CLI_TRAIN_JOB_H

#include "train_request.h"

typedef struct train_result {
  double accuracy;  /* after the last step that was judged */
  size_t steps;
  int finite;       /* the model, all the time */
  size_t broken_at; /* else the first step after which it was not */
} train_result;

/* Runs it, with a line on standard output for each evaluation unless quiet; result may be NULL. Returns an exit status; whatever went wrong was
 * complained about. */
int train_job(const train_request *asked, int quiet, train_result *result);

#endif
