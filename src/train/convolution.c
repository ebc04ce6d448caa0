/* Convolution with stride 1: out[c] = bias[c] + sum over b, i, j of weight[c][b][i][j] in[b] shifted by (i - p, j - p), zeros beyond the border.
 *
 * As a product of matrices: the weights, c x (b k k), times the columns, (b k k) x (N h w), in which every output finds its k k inputs.
 */
#include "layer.h"

#include <string.h>

typedef struct window {
  size_t batch, in_height, in_width, out_height, out_width, kernel, padding;
} window;

static window window_of(const passage *s)
{
  const layer *l = s->of;
  return (window){s->batch, l->in.height, l->in.width, l->out.height, l->out.width, l->kernel, l->padding};
}

/* The columns first .. end-1 of a row of outputs whose input column + shift - padding is inside. */
static void inside(const window *w, size_t shift, size_t *first, size_t *end)
{
  *first = shift < w->padding ? w->padding - shift : 0;
  *end = w->in_width + w->padding - shift < w->out_width ? w->in_width + w->padding - shift : w->out_width;
}

/* One row of columns: the input plane of one channel, shifted by (i, j). */
static void shift_plane(const window *w, const real *in, size_t i, size_t j, real *row)
{
  size_t first, end;
  inside(w, j, &first, &end);
  for (size_t n = 0; n < w->batch; n++)
    for (size_t y = 0; y < w->out_height; y++, row += w->out_width) {
      size_t at = y + i;
      if (at < w->padding || at - w->padding >= w->in_height) {
        memset(row, 0, w->out_width * sizeof *row);
        continue;
      }
      const real *line = in + (n * w->in_height + at - w->padding) * w->in_width;
      memset(row, 0, first * sizeof *row);
      memcpy(row + first, line + first + j - w->padding, (end - first) * sizeof *row);
      memset(row + end, 0, (w->out_width - end) * sizeof *row);
    }
}

static void add_plane_back(const window *w, const real *row, size_t i, size_t j, real *in)
{
  size_t first, end;
  inside(w, j, &first, &end);
  for (size_t n = 0; n < w->batch; n++)
    for (size_t y = 0; y < w->out_height; y++, row += w->out_width) {
      size_t at = y + i;
      if (at < w->padding || at - w->padding >= w->in_height) continue;
      real *line = in + (n * w->in_height + at - w->padding) * w->in_width + j - w->padding;
      for (size_t x = first; x < end; x++) line[x] += row[x];
    }
}

static void make_columns(passage *s)
{
  window w = window_of(s);
  size_t plane = w.batch * w.in_height * w.in_width, width = w.batch * w.out_height * w.out_width;
  real *row = s->columns;
  for (size_t b = 0; b < s->of->in.channels; b++)
    for (size_t i = 0; i < w.kernel; i++)
      for (size_t j = 0; j < w.kernel; j++, row += width) shift_plane(&w, s->in + b * plane, i, j, row);
}

static void take_columns_back(passage *s)
{
  window w = window_of(s);
  size_t plane = w.batch * w.in_height * w.in_width, width = w.batch * w.out_height * w.out_width;
  const real *row = s->columns;
  memset(s->in_gradient, 0, s->of->in.channels * plane * sizeof *s->in_gradient);
  for (size_t b = 0; b < s->of->in.channels; b++)
    for (size_t i = 0; i < w.kernel; i++)
      for (size_t j = 0; j < w.kernel; j++, row += width) add_plane_back(&w, row, i, j, s->in_gradient + b * plane);
}

static void forward(passage *s)
{
  const layer *l = s->of;
  int channels = (int)l->out.channels, rows = (int)(l->in.channels * l->kernel * l->kernel);
  int width = (int)(s->batch * l->out.height * l->out.width);
  const real *bias = s->parameters + (size_t)channels * (size_t)rows;
  make_columns(s);
  for (int c = 0; c < channels; c++)
    for (int x = 0; x < width; x++) s->out[c * width + x] = bias[c];
  real_gemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, channels, width, rows, 1, s->parameters, rows, s->columns, width, 1, s->out, width);
}

static void backward(passage *s)
{
  const layer *l = s->of;
  int channels = (int)l->out.channels, rows = (int)(l->in.channels * l->kernel * l->kernel);
  int width = (int)(s->batch * l->out.height * l->out.width);
  real *bias = s->gradient + (size_t)channels * (size_t)rows;
  make_columns(s);
  real_gemm(CblasRowMajor, CblasNoTrans, CblasTrans, channels, rows, width, 1, s->out_gradient, width, s->columns, width, 1, s->gradient, rows);
  for (int c = 0; c < channels; c++)
    for (int x = 0; x < width; x++) bias[c] += s->out_gradient[c * width + x];
  if (!s->in_gradient) return;
  real_gemm(CblasRowMajor, CblasTrans, CblasNoTrans, rows, width, channels, 1, s->parameters, rows, s->out_gradient, width, 0, s->columns, width);
  take_columns_back(s);
}

const layer_kind convolution = {forward, backward};
