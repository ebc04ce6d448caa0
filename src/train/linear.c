/* A linear layer, out = in W^T + bias; what comes with height and width is first brought to N x (channels height width). */
#include "layer.h"

#include <string.h>

static void flatten(const real *in, shape of, size_t batch, real *out)
{
  size_t plane = of.height * of.width, size = shape_size(of);
  for (size_t c = 0; c < of.channels; c++)
    for (size_t n = 0; n < batch; n++) memcpy(out + n * size + c * plane, in + (c * batch + n) * plane, plane * sizeof *out);
}

static void unflatten(const real *in, shape of, size_t batch, real *out)
{
  size_t plane = of.height * of.width, size = shape_size(of);
  for (size_t c = 0; c < of.channels; c++)
    for (size_t n = 0; n < batch; n++) memcpy(out + (c * batch + n) * plane, in + n * size + c * plane, plane * sizeof *out);
}

static void forward(passage *s)
{
  const layer *l = s->of;
  int batch = (int)s->batch, outputs = (int)l->out.channels, inputs = (int)shape_size(l->in);
  const real *bias = s->parameters + (size_t)outputs * (size_t)inputs, *in = s->in;
  if (!l->in.flat) {
    flatten(s->in, l->in, s->batch, s->kept);
    in = s->kept;
  }
  for (int n = 0; n < batch; n++) memcpy(s->out + n * outputs, bias, (size_t)outputs * sizeof *bias);
  real_gemm(CblasRowMajor, CblasNoTrans, CblasTrans, batch, outputs, inputs, 1, in, inputs, s->parameters, inputs, 1, s->out, outputs);
}

static void backward(passage *s)
{
  const layer *l = s->of;
  int batch = (int)s->batch, outputs = (int)l->out.channels, inputs = (int)shape_size(l->in);
  const real *in = l->in.flat ? s->in : s->kept;
  real *bias = s->gradient + (size_t)outputs * (size_t)inputs;
  real_gemm(CblasRowMajor, CblasTrans, CblasNoTrans, outputs, inputs, batch, 1, s->out_gradient, outputs, in, inputs, 1, s->gradient, inputs);
  for (int n = 0; n < batch; n++)
    for (int o = 0; o < outputs; o++) bias[o] += s->out_gradient[n * outputs + o];
  if (!s->in_gradient) return;
  real *to = l->in.flat ? s->in_gradient : s->kept; /* its inputs have done their work */
  real_gemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, batch, inputs, outputs, 1, s->out_gradient, outputs, s->parameters, inputs, 0, to, inputs);
  if (!l->in.flat) unflatten(s->kept, l->in, s->batch, s->in_gradient);
}

const layer_kind linear = {forward, backward};
