/* Batch normalisation (Ioffe, Szegedy 2015): in each channel, over batch, height and width, x' = (x - mean) / sqrt(variance + 10^-5), out = scale
 * x' + offset. In training mean and variance are the batch's; the running ones become 9/10 of themselves and 1/10 of the batch's, whose variance is
 * divided by one less than the count there. Outside training the running ones are taken.
 *
 * Parameters: scale and offset of each channel. Statistics: running mean and variance of each. Kept: x', and behind them 1 / sqrt(variance + 10^-5)
 * of each channel.
 */
#include "layer.h"

#include <math.h>

static const real epsilon = (real)1e-5, momentum = (real)0.1;

static void moments(const real *x, size_t count, real *mean, real *variance)
{
  double sum = 0, squares = 0;
  for (size_t i = 0; i < count; i++) sum += (double)x[i];
  for (size_t i = 0; i < count; i++) squares += ((double)x[i] - sum / (double)count) * ((double)x[i] - sum / (double)count);
  *mean = (real)(sum / (double)count);
  *variance = (real)(squares / (double)count);
}

static void forward(passage *s)
{
  size_t channels = s->of->in.channels, count = s->batch * s->of->in.height * s->of->in.width;
  for (size_t c = 0; c < channels; c++) {
    const real *x = s->in + c * count;
    real mean = s->statistics[c], variance = s->statistics[channels + c];
    if (s->training) {
      moments(x, count, &mean, &variance);
      real unbiased = count > 1 ? variance * (real)count / (real)(count - 1) : variance;
      s->statistics[c] += momentum * (mean - s->statistics[c]);
      s->statistics[channels + c] += momentum * (unbiased - s->statistics[channels + c]);
    }
    real inverse = 1 / real_sqrt(variance + epsilon);
    s->kept[channels * count + c] = inverse;
    for (size_t i = 0; i < count; i++) {
      s->kept[c * count + i] = (x[i] - mean) * inverse;
      s->out[c * count + i] = s->parameters[c] * s->kept[c * count + i] + s->parameters[channels + c];
    }
  }
}

static void backward(passage *s)
{
  size_t channels = s->of->in.channels, count = s->batch * s->of->in.height * s->of->in.width;
  for (size_t c = 0; c < channels; c++) {
    const real *from = s->out_gradient + c * count, *kept = s->kept + c * count;
    double sum = 0, along = 0;
    for (size_t i = 0; i < count; i++) {
      sum += (double)from[i];
      along += (double)from[i] * (double)kept[i];
    }
    s->gradient[c] += (real)along;
    s->gradient[channels + c] += (real)sum;
    if (!s->in_gradient) continue;
    real factor = s->parameters[c] * s->kept[channels * count + c], mean = (real)(sum / (double)count), slope = (real)(along / (double)count);
    for (size_t i = 0; i < count; i++)
      s->in_gradient[c * count + i] = s->training ? factor * (from[i] - mean - kept[i] * slope) : factor * from[i];
  }
}

const layer_kind batch_normalisation = {forward, backward, NULL};
