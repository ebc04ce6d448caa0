/* The greatest of each k x k square, squares side by side; what is left over at the right and below is not looked at. The gradient goes to the
 * first greatest one. */
#include "layer.h"

#include <string.h>

/* Where the greatest number of a square is, from its first number on. */
static size_t greatest(const real *square, size_t kernel, size_t width)
{
  size_t best = 0;
  for (size_t i = 0; i < kernel; i++)
    for (size_t j = 0; j < kernel; j++)
      if (square[i * width + j] > square[best]) best = i * width + j;
  return best;
}

static size_t planes_of(const passage *s)
{
  return s->of->in.channels * s->batch;
}

static void forward(passage *s)
{
  const layer *l = s->of;
  const real *in = s->in;
  real *out = s->out;
  for (size_t plane = 0; plane < planes_of(s); plane++, in += l->in.height * l->in.width)
    for (size_t y = 0; y < l->out.height; y++)
      for (size_t x = 0; x < l->out.width; x++) {
        const real *square = in + (y * l->in.width + x) * l->kernel;
        *out++ = square[greatest(square, l->kernel, l->in.width)];
      }
}

static void backward(passage *s)
{
  const layer *l = s->of;
  const real *in = s->in, *from = s->out_gradient;
  real *to = s->in_gradient;
  if (!to) return;
  memset(to, 0, planes_of(s) * l->in.height * l->in.width * sizeof *to);
  for (size_t plane = 0; plane < planes_of(s); plane++, in += l->in.height * l->in.width, to += l->in.height * l->in.width)
    for (size_t y = 0; y < l->out.height; y++)
      for (size_t x = 0; x < l->out.width; x++) {
        size_t first = (y * l->in.width + x) * l->kernel;
        to[first + greatest(in + first, l->kernel, l->in.width)] += *from++;
      }
}

const layer_kind max_pooling = {forward, backward};
