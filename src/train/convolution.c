/* Convolution with stride 1: out[c] = bias[c] + sum over b, i, j of weight[c][b][i][j] in[b] shifted by (i - p, j - p), zeros beyond the border.
 *
 * As a product of matrices: the weights, c x (b k k), times the columns, (b k k) x (h w), in which every output finds its k k inputs; as many samples at
 * once as have their columns in the cache.
 */
#include "layer.h"

#include <string.h>

/* Some samples of a batch, and how a channel of them lies in memory. */
typedef struct window {
  size_t samples, in_height, in_width, out_height, out_width, kernel, padding;
} window;

static window window_of(const passage *s, size_t first)
{
  const layer *l = s->of;
  size_t left = s->batch - first;
  return (window){left < l->together ? left : l->together, l->in.height, l->in.width, l->out.height, l->out.width, l->kernel, l->padding};
}

/* The columns first .. end-1 of a row of outputs whose input column + shift - padding is inside. */
static void inside(const window *w, size_t shift, size_t *first, size_t *end)
{
  *first = shift < w->padding ? w->padding - shift : 0;
  *end = w->in_width + w->padding - shift < w->out_width ? w->in_width + w->padding - shift : w->out_width;
}

static void clear(real *x, size_t count)
{
  if (count > 0) memset(x, 0, count * sizeof *x); /* mostly there is nothing to clear, and a call costs more than a short row */
}

static void add(real *restrict to, const real *restrict from, size_t count)
{
  for (; count >= 8; count -= 8, to += 8, from += 8)
    for (size_t i = 0; i < 8; i++) to[i] += from[i];
  for (size_t i = 0; i < count % 8; i++) to[i] += from[i];
}

/* One row of columns: the input planes of one channel, shifted by (i, j). */
static void shift_plane(const window *w, const real *in, size_t i, size_t j, real *row)
{
  size_t first, end;
  inside(w, j, &first, &end);
  for (size_t n = 0; n < w->samples; n++)
    for (size_t y = 0; y < w->out_height; y++, row += w->out_width) {
      size_t at = y + i;
      if (at < w->padding || at - w->padding >= w->in_height) {
        clear(row, w->out_width);
        continue;
      }
      const real *line = in + (n * w->in_height + at - w->padding) * w->in_width;
      clear(row, first);
      memcpy(row + first, line + first + j - w->padding, (end - first) * sizeof *row);
      clear(row + end, w->out_width - end);
    }
}

static void add_plane_back(const window *w, const real *row, size_t i, size_t j, real *in)
{
  size_t first, end;
  inside(w, j, &first, &end);
  for (size_t n = 0; n < w->samples; n++)
    for (size_t y = 0; y < w->out_height; y++, row += w->out_width) {
      size_t at = y + i;
      if (at < w->padding || at - w->padding >= w->in_height) continue;
      add(in + (n * w->in_height + at - w->padding) * w->in_width + first + j - w->padding, row + first, end - first);
    }
}

static void make_columns(passage *s, const window *w, size_t sample)
{
  size_t plane = w->in_height * w->in_width, width = w->samples * w->out_height * w->out_width;
  real *row = s->columns;
  for (size_t b = 0; b < s->of->in.channels; b++)
    for (size_t i = 0; i < w->kernel; i++)
      for (size_t j = 0; j < w->kernel; j++, row += width) shift_plane(w, s->in + (b * s->batch + sample) * plane, i, j, row);
}

static void take_columns_back(passage *s, const window *w, size_t sample)
{
  size_t plane = w->in_height * w->in_width, width = w->samples * w->out_height * w->out_width;
  const real *row = s->columns;
  for (size_t b = 0; b < s->of->in.channels; b++)
    for (size_t i = 0; i < w->kernel; i++)
      for (size_t j = 0; j < w->kernel; j++, row += width) add_plane_back(w, row, i, j, s->in_gradient + (b * s->batch + sample) * plane);
}

/* In several sums, since one would wait for each addition. */
static real sum(const real *x, size_t count)
{
  real part[16] = {0}, total = 0;
  for (; count >= 16; count -= 16, x += 16)
    for (int k = 0; k < 16; k++) part[k] += x[k];
  for (size_t k = 0; k < count; k++) part[k] += x[k];
  for (int k = 0; k < 16; k++) total += part[k];
  return total;
}

static void forward(passage *s)
{
  const layer *l = s->of;
  int channels = (int)l->out.channels, rows = (int)(l->in.channels * l->kernel * l->kernel);
  size_t plane = l->out.height * l->out.width, all = s->batch * plane;
  const real *bias = s->parameters + (size_t)channels * (size_t)rows;
  for (int c = 0; c < channels; c++)
    for (size_t x = 0; x < all; x++) s->out[(size_t)c * all + x] = bias[c];
  for (size_t n = 0; n < s->batch; n += l->together) {
    window w = window_of(s, n);
    int width = (int)(w.samples * plane);
    make_columns(s, &w, n);
    real_gemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, channels, width, rows, 1, s->parameters, rows, s->columns, width, 1, s->out + n * plane, (int)all);
  }
}

static void backward(passage *s)
{
  const layer *l = s->of;
  int channels = (int)l->out.channels, rows = (int)(l->in.channels * l->kernel * l->kernel);
  size_t plane = l->out.height * l->out.width, all = s->batch * plane;
  real *bias = s->gradient + (size_t)channels * (size_t)rows;
  for (int c = 0; c < channels; c++) bias[c] += sum(s->out_gradient + (size_t)c * all, all);
  if (s->in_gradient) memset(s->in_gradient, 0, s->batch * shape_size(l->in) * sizeof *s->in_gradient);
  for (size_t n = 0; n < s->batch; n += l->together) {
    window w = window_of(s, n);
    int width = (int)(w.samples * plane);
    const real *from = s->out_gradient + n * plane;
    make_columns(s, &w, n);
    real_gemm(CblasRowMajor, CblasNoTrans, CblasTrans, channels, rows, width, 1, from, (int)all, s->columns, width, 1, s->gradient, rows);
    if (!s->in_gradient) continue;
    real_gemm(CblasRowMajor, CblasTrans, CblasNoTrans, rows, width, channels, 1, s->parameters, rows, from, (int)all, 0, s->columns, width);
    take_columns_back(s, &w, n);
  }
}

const layer_kind convolution = {forward, backward};
