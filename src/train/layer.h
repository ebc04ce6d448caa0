/* One layer of a network: what it makes of a batch, and what it makes of a gradient.
 *
 * A batch of N samples of the shape (channels, height, width) stands as channels x N x height x width, so that a convolution is one product of
 * matrices without any transposing; what has no height and width stands as N x channels.
 */
#ifndef CERTIGAR_TRAIN_LAYER_H
#define CERTIGAR_TRAIN_LAYER_H

#include "random.h"
#include "real.h"

typedef struct shape {
  size_t channels, height, width;
  int flat; /* height = width = 1, and samples stand one after the other */
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
  real *columns;             /* scratch: columns_size numbers */
  real *gradient;            /* of the layer's parameters, added to */
  const real *out_gradient;
  real *in_gradient;         /* NULL: nobody asks */
} passage;

typedef struct layer_kind {
  void (*forward)(passage *s);
  void (*backward)(passage *s);
} layer_kind;

struct layer {
  const layer_kind *kind;
  shape in, out;
  size_t kernel, padding; /* of convolution and pooling */
  size_t together;        /* samples that a convolution takes at once */
  double rate;            /* of dropout */
  size_t parameter_count, statistic_count, kept_size, columns_size;
  size_t inputs;          /* of an output: what its parameters are scaled by at the beginning; 0 if there are none, or they begin at 1 and 0 */
};

extern const layer_kind convolution, linear, rectifier, max_pooling, batch_normalisation, dropout;

#endif
