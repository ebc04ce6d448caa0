/* The greatest of each k x k square, squares side by side; what is left over at the right and below is not looked at. The gradient goes to the
 * first greatest one. NaN is the greatest if it comes first, and never otherwise.
 */
#include "layer.h"

#include <string.h>

/* A batch of squares: sample n's numbers are square[(i width + j) batch + n]. */
static inline void take_greatest(const real *restrict square, size_t kernel, size_t width, size_t batch, real *restrict out)
{
  for (size_t n = 0; n < batch; n++) {
    real greatest = square[n];
    for (size_t k = 1; k < kernel * kernel; k++) {
      real number = square[(k / kernel * width + k % kernel) * batch + n];
      greatest = number > greatest ? number : greatest;
    }
    out[n] = greatest;
  }
}

static inline void give_to_greatest(const real *restrict square, const real *restrict out, const real *restrict from, size_t kernel, size_t width,
                                    size_t batch, real *restrict to)
{
  for (size_t n = 0; n < batch; n++) {
    real left = from[n];
    for (size_t k = 0; k < kernel * kernel; k++) {
      size_t at = (k / kernel * width + k % kernel) * batch + n;
      int taken = k == 0 ? !(square[at] < out[n]) : square[at] == out[n];
      to[at] = taken ? left : 0;
      left = taken ? 0 : left;
    }
  }
}

/* Squares of 2 x 2 are what networks have: with a constant the compiler needs no loops for them. */
static void forward(passage *s)
{
  const layer *l = s->of;
  size_t kernel = l->kernel, width = l->in.width, batch = s->batch;
  real *out = s->out;
  for (size_t c = 0; c < l->in.channels; c++)
    for (size_t y = 0; y < l->out.height; y++)
      for (size_t x = 0; x < l->out.width; x++, out += batch) {
        const real *square = s->in + ((c * l->in.height + y * kernel) * width + x * kernel) * batch;
        if (kernel == 2) take_greatest(square, 2, width, batch, out);
        else take_greatest(square, kernel, width, batch, out);
      }
}

static void backward(passage *s)
{
  const layer *l = s->of;
  size_t kernel = l->kernel, width = l->in.width, batch = s->batch;
  const real *out = s->out, *from = s->out_gradient;
  if (!s->in_gradient) return;
  memset(s->in_gradient, 0, shape_size(l->in) * batch * sizeof *s->in_gradient);
  for (size_t c = 0; c < l->in.channels; c++)
    for (size_t y = 0; y < l->out.height; y++)
      for (size_t x = 0; x < l->out.width; x++, out += batch, from += batch) {
        size_t first = ((c * l->in.height + y * kernel) * width + x * kernel) * batch;
        if (kernel == 2) give_to_greatest(s->in + first, out, from, 2, width, batch, s->in_gradient + first);
        else give_to_greatest(s->in + first, out, from, kernel, width, batch, s->in_gradient + first);
      }
}

const layer_kind max_pooling = {forward, backward, NULL};
