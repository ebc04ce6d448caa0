/* A training run: n workers compute gradients on their own samples, the last q of them are Byzantine, the server aggregates with a rule and moves the
 * model. Everything that is drawn comes from the seed, so a run is a function of its options, bit for bit, on one machine. */
#ifndef CERTIGAR_TRAIN_TRAINING_H
#define CERTIGAR_TRAIN_TRAINING_H

#include "attacks/attack.h"
#include "network.h"
#include "optimizer.h"
#include "split.h"

typedef enum optimizer_kind { OPTIMIZER_SGD, OPTIMIZER_RESAM, OPTIMIZER_ADAM, OPTIMIZER_DRA, OPTIMIZER_MRA } optimizer_kind;

/* What Byzantine workers learn from: their samples' labels y, 9 - y (that is classes - 1 - y), or a random permutation of the classes. */
typedef enum label_kind { LABELS_TRUE, LABELS_REVERSED, LABELS_PERMUTED } label_kind;

typedef struct training_options {
  const dataset *data;
  const network *net;
  size_t n, f, q;            /* workers; Byzantine ones as the rule is told; as there are: the last q */
  size_t batch, steps, threads;
  double alpha;              /* how samples are split (split.h) */
  uint64_t seed;
  optimizer_kind optimizer;
  floor_kind dra;            /* FLOOR_OUTSIDE: Algorithm 10, with bias correction; FLOOR_INSIDE: equation 3.1, without */
  int drop_negative;         /* mra: workers that send a negative second moment are left out of both aggregations, and f falls by their number */
  double rate;
  size_t rate_every;         /* the rate of step t = 0, 1, ... is rate / (1 + floor(t / rate_every)); 0: constant */
  double beta1, beta2, eps;
  double l2;                 /* l2 times the model is added to each gradient (the gradient of l2/2 norm^2) */
  double clip;               /* then a gradient of greater norm is scaled to this norm; 0: never */
  certigar_rule rule;
  const certigar_options *rule_options; /* f and pre-aggregations among them; those of zeno's loss are set here */
  double rho;                /* of zeno */
  size_t validation;         /* of zeno and zeno++: the samples of the server's batch */
  const attack *attack;      /* NULL: none on what is sent */
  double strength;           /* NAN: the attack's own */
  int omniscient;            /* -1: the attack's own */
  size_t target;
  label_kind labels;
} training_options;

typedef struct training_report {
  size_t step;               /* steps done */
  double loss;               /* mean of the honest workers' losses on their batches, before this step */
  certigar_status status;    /* of the aggregation (of mra the worse one); CERTIGAR_NO_VALUE: the model was left as it was */
  size_t selected_count;
  const size_t *selected;    /* by a rule that selects */
  size_t dropped;            /* mra: workers with a negative second moment, if they are dropped */
  int finite;                /* the model is */
} training_report;

typedef struct training training;

/* NULL and a message if something is out of range or there is no memory. The options' objects are the caller's and must live as long. */
training *training_new(const training_options *options, certigar_message *message);
void training_free(training *run);

/* One step. Returns 0 and a message if there was no memory. */
int training_step(training *run, training_report *report, certigar_message *message);

/* The share of the test samples that the model has right, and its mean loss there. */
double training_accuracy(training *run, double *loss);

size_t training_steps_done(const training *run);
const float *training_model(const training *run);                /* parameter_count numbers */
int training_is_finite(const training *run);                     /* the model */
const float *training_sent(const training *run, size_t *n, size_t *d); /* what the rule saw last (mra: the first moments) */

/* ---- for a server that takes answers one at a time (asynchronous.h) ---- */

/* What a worker sends for a model, d values, its own until it answers again; *loss on its batch. Attackers see their own row alone. */
const float *training_answer(training *run, size_t worker, const float *model, double *loss);

/* The gradient of the loss on a batch of the server's own, validation samples, at the model. Running statistics are those of these batches: answers
 * that come one at a time may be from anybody. */
void training_server_gradient(training *run, float *gradient);

/* Counts a step; the model goes along a row, if there is one. */
void training_accept(training *run, const float *row);

/* Memory whose content belongs to the state of the run, at most four pieces. */
void training_keep(training *run, void *bytes, size_t size);

/* What a run that is resumed needs: pieces of memory, to be written and read back in this order. Returns 0 after the last. */
int training_state(training *run, size_t index, void **bytes, size_t *size);

#endif
