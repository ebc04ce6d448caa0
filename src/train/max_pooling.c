/* The greatest of each k x k square, squares side by side; what is left over at the right and below is not looked at. The gradient goes to the
 * first greatest one.
 *
 * Which one that is nobody can guess, so there are no branches on it.
 */
#include "layer.h"

#include <string.h>

static size_t planes_of(const passage *s)
{
  return s->of->in.channels * s->batch;
}

/* NaN is the greatest if it comes first, and never otherwise. */
static inline void take_greatest(passage *s, size_t kernel)
{
  size_t width = s->of->in.width, outputs = s->of->out.width;
  const real *in = s->in;
  real *out = s->out;
  for (size_t plane = 0; plane < planes_of(s); plane++, in += s->of->in.height * width)
    for (size_t y = 0; y < s->of->out.height; y++, out += outputs)
      for (size_t x = 0; x < outputs; x++) {
        const real *square = in + (y * width + x) * kernel;
        real greatest = square[0];
        for (size_t i = 0; i < kernel; i++)
          for (size_t j = 0; j < kernel; j++) greatest = square[i * width + j] > greatest ? square[i * width + j] : greatest;
        out[x] = greatest;
      }
}

/* Counts the numbers before the first that is the greatest. */
static inline void give_to_greatest(passage *s, size_t kernel)
{
  size_t width = s->of->in.width, outputs = s->of->out.width, plane_size = s->of->in.height * width;
  const real *in = s->in, *out = s->out, *from = s->out_gradient;
  real *to = s->in_gradient;
  memset(to, 0, planes_of(s) * plane_size * sizeof *to);
  for (size_t plane = 0; plane < planes_of(s); plane++, in += plane_size, to += plane_size)
    for (size_t y = 0; y < s->of->out.height; y++, out += outputs, from += outputs)
      for (size_t x = 0; x < outputs; x++) {
        const real *square = in + (y * width + x) * kernel;
        size_t before = square[0] < out[x], still = before;
        for (size_t k = 1; k < kernel * kernel - 1; k++) {
          still &= square[k / kernel * width + k % kernel] != out[x];
          before += still;
        }
        to[(y * width + x) * kernel + before / kernel * width + before % kernel] = from[x];
      }
}

/* Squares of 2 x 2 are what networks have: with a constant the compiler needs no loops for them. */
static void forward(passage *s)
{
  if (s->of->kernel == 2) take_greatest(s, 2);
  else take_greatest(s, s->of->kernel);
}

static void backward(passage *s)
{
  if (!s->in_gradient) return;
  if (s->of->kernel == 2) give_to_greatest(s, 2);
  else give_to_greatest(s, s->of->kernel);
}

const layer_kind max_pooling = {forward, backward};
