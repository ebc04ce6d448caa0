/* What a training run from the command line is to be. */
#ifndef CERTIGAR_CLI_TRAIN_REQUEST_H
#define CERTIGAR_CLI_TRAIN_REQUEST_H

#include "setup.h"
#include "train/asynchronous.h"
#include "train/text.h"

typedef struct train_request {
  int help; /* nothing but this is set then */
  const char *data, *directory, *model;
  training_options run;      /* but for data, network and rule options */
  int has_f;                 /* f was given; else it is the greatest that the rule takes, up to the number of attackers */
  int asynchronous;          /* the rule is zeno++ */
  asynchronous_options server;
  setup rule;                /* rule.asked: the rule and its options */
  const char *attack;        /* as typed */
  size_t evaluate_every;
  const char *csv, *plot, *checkpoint, *gradients; /* files; NULL: none */
  size_t checkpoint_every, gradients_step;
  int resume;
} train_request;

/* Returns 0, or complains and returns an exit status. */
int train_request_parse(int argc, char **argv, train_request *out);

/* One line that names everything that the run's results depend on, but for the number of steps. The request's data is open. */
void train_request_describe(const train_request *asked, text *out);

#endif
