/* One training run from the command line. */
#ifndef CERTIGAR_CLI_TRAIN_JOB_H
#define CERTIGAR_CLI_TRAIN_JOB_H

#include "train_request.h"

/* Runs it, with a line on standard output for each evaluation unless quiet. Returns an exit status; whatever went wrong was complained about. */
int train_job(const train_request *asked, int quiet);

#endif
