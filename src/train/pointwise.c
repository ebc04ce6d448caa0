/* Layers that treat every number by itself: the rectifier, max(0, x), and dropout (Srivastava et al. 2014): with the probability rate a number
 * becomes 0, else it is divided by 1 - rate; outside training nothing happens to it. */
#include "layer.h"

#include <string.h>

static void rectify(passage *s)
{
  size_t size = s->batch * shape_size(s->of->in);
  for (size_t i = 0; i < size; i++) s->out[i] = s->in[i] > 0 ? s->in[i] : 0;
}

static void rectify_back(passage *s)
{
  size_t size = s->batch * shape_size(s->of->in);
  const real *in = s->in, *from = s->out_gradient;
  real *to = s->in_gradient;
  if (!to) return;
  for (size_t i = 0; i < size; i++) {
    real gradient = from[i]; /* read in any case, so that the compiler needs no branch, which would be guessed wrong every other time */
    to[i] = in[i] > 0 ? gradient : 0;
  }
}

static void drop(passage *s)
{
  size_t size = s->batch * shape_size(s->of->in);
  if (!s->training) {
    memcpy(s->out, s->in, size * sizeof *s->out);
    return;
  }
  real factor = (real)(1 / (1 - s->of->rate));
  for (size_t i = 0; i < size; i++) {
    s->kept[i] = random_unit(&s->random) < s->of->rate ? 0 : factor;
    s->out[i] = s->in[i] * s->kept[i];
  }
}

static void drop_back(passage *s)
{
  size_t size = s->batch * shape_size(s->of->in);
  if (!s->in_gradient) return;
  for (size_t i = 0; i < size; i++) s->in_gradient[i] = s->training ? s->out_gradient[i] * s->kept[i] : s->out_gradient[i];
}

const layer_kind rectifier = {rectify, rectify_back, NULL};
const layer_kind dropout = {drop, drop_back, NULL};
