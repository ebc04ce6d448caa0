/* Networks: layers one after the other, written in the notation of the DRA/MRA thesis, ended by log-softmax and cross entropy.
 *
 *   Cm, Cmkn, Cmknpq   convolution with m channels, kernel n x n (5), padding q (0)     M, Mk   the greatest of each k x k (2)
 *   Lm                 linear, m outputs                                                R       rectifier
 *   B                  batch normalisation                                              D, D0.5 dropout (0.25)
 *
 * C20k5-R-M-C20k5-R-M-L500-R-L10 is the thesis's network for MNIST. The last layer is linear and has as many outputs as there are classes.
 */
#ifndef CERTIGAR_TRAIN_NETWORK_H
#define CERTIGAR_TRAIN_NETWORK_H

#include "certigar.h"
#include "layer.h"

enum { LAYERS_MAX = 64 };

typedef struct network {
  layer layers[LAYERS_MAX];
  size_t layer_count;
  shape in;
  size_t classes;
  size_t parameter_count, statistic_count; /* of all layers, one layer after the other */
} network;

/* The notation of a named model ("softmax", "mlp", "mnist", "lenet", "cifar") for so many classes, or NULL if there is none of that name. */
const char *network_named(const char *name);

/* Reads the notation. Returns 0, and says in the message which layer was not understood or does not fit, if it is no network for these. */
int network_read(network *out, const char *notation, shape in, size_t classes, certigar_message *message);

/* Parameters at the beginning: weights and offsets uniform in +-1/sqrt(inputs) (LeCun et al. 1998), normalisations 1 and 0; statistics 0 and 1. */
void network_begin(const network *net, uint64_t seed, real *parameters, real *statistics);

/* Memory for batches of up to so many samples. NULL if there is none. */
typedef struct workspace workspace;
workspace *workspace_new(const network *net, size_t batch_max);
void workspace_free(workspace *w);

typedef struct outcome {
  double loss;    /* the mean of -log p(label) */
  size_t correct; /* samples whose greatest output is their label's, the first of equal ones; an output that is NaN is never greatest */
} outcome;

/* in: batch samples, channels x height x width x batch. The outcome in evaluation. */
outcome network_judge(workspace *w, const real *parameters, const real *statistics, const real *in, const unsigned char *labels, size_t batch);

/* The same in training, with the gradient of the mean loss (parameter_count numbers, set); statistics are updated, random is for dropout. */
outcome network_learn(workspace *w, const real *parameters, real *statistics, const real *in, const unsigned char *labels, size_t batch,
                      random_stream random, real *gradient);

#endif
