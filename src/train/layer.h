/* One layer of a network: what it makes of a batch, and what it makes of a gradient.
 *
 * A batch of N samples of the shape (channels, height, width) stands as channels x height x width x N: a convolution and a linear layer are products of
 * matrices without any transposing, and what is done to one sample is done to all of them at once.
 */
#ifndef CERTIGAR_TRAIN_LAYER_H
#define CERTIGAR_TRAIN_LAYER_H

#include "random.h"
#include "real.h"

typedef struct shape {
  size_t channels, height, width;
  int flat; /* behind a linear layer: no height and width */
} shape;

size_t shape_size(shape s);

typedef struct layer layer;

/* A batch on its way through one layer. Arrays are of the layer's own shapes. */
typedef struct passage {
  const layer *of;
  size_t batch;
  int training;              /* 0: dropout does nothing, normalisation takes its running statistics */
  const real *parameters;    /* of the layer */
  real *statistics;          /* of the layer; updated where training */
  random_stream random;      /* of dropout */
  const real *in;
  real *out;
  real *kept;                /* what backward needs and forward knew: kept_size numbers for each sample */
  real *columns;             /* scratch: as many numbers as the kind asks for */
  real *gradient;            /* of the layer's parameters, added to */
  const real *out_gradient;
  real *in_gradient;         /* NULL: nobody asks */
} passage;

typedef struct layer_kind {
  void (*forward)(passage *s);
  void (*backward)(passage *s);
  size_t (*scratch)(const layer *l, size_t batch_max); /* numbers for batches of up to so many samples; NULL: none */
} layer_kind;

struct layer {
  const layer_kind *kind;
  shape in, out;
  size_t kernel, padding; /* of convolution and pooling */
  double rate;            /* of dropout */
  size_t parameter_count, statistic_count, kept_size;
  size_t inputs;          /* of an output: what its parameters are scaled by at the beginning; 0 if there are none, or they begin at 1 and 0 */
};

/* The sum of so many numbers. */
real layer_sum(const real *x, size_t count);

extern const layer_kind convolution, linear, rectifier, max_pooling, batch_normalisation, dropout;

#endif
