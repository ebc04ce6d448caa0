/* A linear layer, out = W in + bias: one product of matrices, outputs x inputs by inputs x N. */
#include "layer.h"

static void forward(passage *s)
{
  int batch = (int)s->batch, outputs = (int)s->of->out.channels, inputs = (int)s->of->inputs;
  const real *bias = s->parameters + (size_t)outputs * (size_t)inputs;
  for (int o = 0; o < outputs; o++)
    for (int n = 0; n < batch; n++) s->out[o * batch + n] = bias[o];
  real_gemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, outputs, batch, inputs, 1, s->parameters, inputs, s->in, batch, 1, s->out, batch);
}

static void backward(passage *s)
{
  int batch = (int)s->batch, outputs = (int)s->of->out.channels, inputs = (int)s->of->inputs;
  real *bias = s->gradient + (size_t)outputs * (size_t)inputs;
  real_gemm(CblasRowMajor, CblasNoTrans, CblasTrans, outputs, inputs, batch, 1, s->out_gradient, batch, s->in, batch, 1, s->gradient, inputs);
  for (int o = 0; o < outputs; o++) bias[o] += layer_sum(s->out_gradient + o * batch, s->batch);
  if (!s->in_gradient) return;
  real_gemm(CblasRowMajor, CblasTrans, CblasNoTrans, inputs, batch, outputs, 1, s->parameters, inputs, s->out_gradient, batch, 0, s->in_gradient, batch);
}

const layer_kind linear = {forward, backward, NULL};
