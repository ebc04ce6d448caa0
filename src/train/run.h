/* The inside of a training run (training.h), for the files that it is made of: options_check.c says what is refused, training.c has the memory and
 * the state, crew.c the threads, worker.c what each worker sends, byzantine.c what attackers make of it, aggregation.c what the rule makes of that,
 * validation.c the server's own batches, step.c a step of all this, evaluation.c the test samples.
 */
#ifndef CERTIGAR_TRAIN_RUN_H
#define CERTIGAR_TRAIN_RUN_H

#include "training.h"

enum { TEST_BATCH = 100, THREADS_MAX = 64, KEPT_MAX = 4 };

struct training {
  training_options options;
  size_t d, threads;
  uint64_t done;                 /* steps */
  split share;
  float *model, *statistics;     /* d; the running ones of normalisation */
  const float *at;               /* the model that workers have: the same, or an older one */
  float *own_statistics;         /* of each worker, of this step */
  float *gradients;              /* n x d */
  float *first, *second;         /* moments of each worker, or the server's (adam) */
  float *sent, *sent_second;     /* n x d: what arrives at the server */
  float *aggregate, *aggregate_second, *direction;
  double *losses;                /* of each worker */
  unsigned char permuted[256];   /* labels of Byzantine workers */
  workspace **spaces;            /* of each thread */
  float **batches;
  unsigned char **labels;
  size_t **which, **orders;
  certigar_plan *plan;
  certigar_plan *reduced;        /* for the rows that are left when some are dropped; NULL: none was needed yet */
  size_t reduced_by;             /* so many rows less */
  unsigned char *is_dropped;     /* of each worker, in this step */
  struct {
    void *bytes;
    size_t size;
  } kept[KEPT_MAX];              /* what others want kept with this run's state */
  size_t kept_count;
  certigar_certificate certificate;
  size_t *selected;
  size_t *correct;               /* of each test batch */
  double *test_losses;
};

/* ---- options_check.c ---- */

/* Returns 0 and a message if an option is out of range or does not go with another. */
int options_check(const training_options *o, certigar_message *message);
int options_refuse(certigar_message *message, const char *what, double got, const char *range); /* returns 0 */

/* ---- crew.c ---- */

/* Items 0, 1, ... taken by the run's threads as they come; each item writes to places of its own. */
void crew_work(training *run, size_t items, void (*work)(training *run, size_t thread, size_t item));

/* ---- worker.c ---- */

void worker_learn(training *run, size_t thread, size_t w); /* the gradient at run->at, with l2 and clipped */
void worker_send(training *run, size_t thread, size_t w);  /* what the optimiser sends of it */

/* The factor that undoes the bias of moments that began with 0, t = 1, 2, ... */
float worker_unbias(double beta, uint64_t t);

/* ---- byzantine.c ---- */

/* What Byzantine workers take each label for. */
void byzantine_labels(training *run);

/* Whether they see the honest rows too: as the options say, or else the attack. */
int byzantine_sees_all(const training_options *o);

/* Their rows become what the attack makes of them. which: 0 for the first moments and all else, 1 for second moments. Returns 0 if there was no
 * memory. */
int byzantine_send(training *run, float *rows, uint64_t which);

/* ---- aggregation.c ---- */

int aggregation_open(training *run, certigar_message *message); /* returns 0 and a message if the rule refuses */
int aggregation_has_value(certigar_status status);

/* Marks the rows with a negative second moment, which no honest worker has; returns how many. */
size_t aggregation_drop_negative(training *run);

/* What the rule makes of the rows that are not dropped. */
certigar_status aggregate_rows(training *run, const float *rows, float *out, size_t dropped, certigar_message *message);

/* The workers whose rows the rule selected. */
void aggregation_report_selected(training *run, training_report *report);

/* ---- validation.c ---- */

/* zeno: the loss on the server's batch at the model (row SIZE_MAX), or after a step along a row that arrived. context: the run. */
double validation_loss_after_step(void *context, size_t row);

/* ---- step.c ---- */

float rate_of_next_step(const training *run);

#endif
