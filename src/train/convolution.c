/* Convolution with stride 1: out[c] = bias[c] + sum over b, i, j of weight[c][b][i][j] in[b] shifted by (i - p, j - p), zeros beyond the border.
 *
 * As a product of matrices: the weights, c x (b k k), times the columns, (b k k) x (h w N), in which every output finds its k k inputs; as many outputs at
 * once as have their columns in the cache.
 */
#include "layer.h"

#include <string.h>

enum { COLUMNS = 32768 }; /* numbers that a core keeps at hand */

/* So many places of the output are computed at once. */
static size_t places_at_once(const layer *l, size_t batch)
{
  size_t one = l->inputs * batch;
  return one < COLUMNS ? COLUMNS / one : 1;
}

/* One place of the greatest batch, or as many of a smaller one as COLUMNS hold. */
static size_t columns_needed(const layer *l, size_t batch_max)
{
  size_t one = l->inputs * batch_max;
  return one < COLUMNS ? COLUMNS : one;
}

/* Some places of the output side by side, (y, x) to (y, x + count - 1), and where a shift by (i, j) leads from there: those before inside and from
 * outside on lie beyond the border, the others from (row, column) on. */
typedef struct stretch {
  size_t count, inside, outside, row, column;
} stretch;

static stretch stretch_of(const layer *l, size_t place, size_t end, size_t i, size_t j)
{
  size_t y = place / l->out.width, x = place % l->out.width, p = l->padding;
  stretch s = {.count = l->out.width - x < end - place ? l->out.width - x : end - place};
  if (y + i < p || y + i - p >= l->in.height || x + j >= l->in.width + p) return s;
  s.outside = l->in.width + p - x - j < s.count ? l->in.width + p - x - j : s.count;
  s.inside = x + j < p ? p - x - j : 0;
  if (s.inside > s.outside) s.inside = s.outside;
  s.row = y + i - p;
  s.column = x + j + s.inside - p;
  return s;
}

static void make_columns(const passage *s, size_t first, size_t end)
{
  const layer *l = s->of;
  size_t batch = s->batch, kernel = l->kernel;
  real *to = s->columns;
  for (size_t b = 0; b < l->in.channels; b++)
    for (size_t shift = 0; shift < kernel * kernel; shift++)
      for (size_t place = first, count; place < end; place += count, to += count * batch) {
        stretch at = stretch_of(l, place, end, shift / kernel, shift % kernel);
        count = at.count;
        if (at.inside > 0) memset(to, 0, at.inside * batch * sizeof *to);
        memcpy(to + at.inside * batch, s->in + ((b * l->in.height + at.row) * l->in.width + at.column) * batch,
               (at.outside - at.inside) * batch * sizeof *to);
        if (at.outside < count) memset(to + at.outside * batch, 0, (count - at.outside) * batch * sizeof *to);
      }
}

static void add(real *restrict to, const real *restrict from, size_t count)
{
  for (size_t i = 0; i < count; i++) to[i] += from[i];
}

static void take_columns_back(const passage *s, size_t first, size_t end)
{
  const layer *l = s->of;
  size_t batch = s->batch, kernel = l->kernel;
  const real *from = s->columns;
  for (size_t b = 0; b < l->in.channels; b++)
    for (size_t shift = 0; shift < kernel * kernel; shift++)
      for (size_t place = first, count; place < end; place += count, from += count * batch) {
        stretch at = stretch_of(l, place, end, shift / kernel, shift % kernel);
        count = at.count;
        add(s->in_gradient + ((b * l->in.height + at.row) * l->in.width + at.column) * batch, from + at.inside * batch,
            (at.outside - at.inside) * batch);
      }
}

static void forward(passage *s)
{
  const layer *l = s->of;
  size_t places = l->out.height * l->out.width, all = places * s->batch, step = places_at_once(l, s->batch);
  int channels = (int)l->out.channels, rows = (int)l->inputs;
  const real *bias = s->parameters + l->out.channels * l->inputs;
  for (size_t c = 0; c < l->out.channels; c++)
    for (size_t x = 0; x < all; x++) s->out[c * all + x] = bias[c];
  for (size_t first = 0; first < places; first += step) {
    size_t end = places - first < step ? places : first + step;
    int width = (int)((end - first) * s->batch);
    make_columns(s, first, end);
    real_gemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, channels, width, rows, 1, s->parameters, rows, s->columns, width, 1,
              s->out + first * s->batch, (int)all);
  }
}

static void backward(passage *s)
{
  const layer *l = s->of;
  size_t places = l->out.height * l->out.width, all = places * s->batch, step = places_at_once(l, s->batch);
  int channels = (int)l->out.channels, rows = (int)l->inputs;
  real *bias = s->gradient + l->out.channels * l->inputs;
  for (size_t c = 0; c < l->out.channels; c++) bias[c] += layer_sum(s->out_gradient + c * all, all);
  if (s->in_gradient) memset(s->in_gradient, 0, shape_size(l->in) * s->batch * sizeof *s->in_gradient);
  for (size_t first = 0; first < places; first += step) {
    size_t end = places - first < step ? places : first + step;
    int width = (int)((end - first) * s->batch);
    const real *from = s->out_gradient + first * s->batch;
    make_columns(s, first, end);
    real_gemm(CblasRowMajor, CblasNoTrans, CblasTrans, channels, rows, width, 1, from, (int)all, s->columns, width, 1, s->gradient, rows);
    if (!s->in_gradient) continue;
    real_gemm(CblasRowMajor, CblasTrans, CblasNoTrans, rows, width, channels, 1, s->parameters, rows, from, (int)all, 0, s->columns, width);
    take_columns_back(s, first, end);
  }
}

const layer_kind convolution = {forward, backward, columns_needed};
