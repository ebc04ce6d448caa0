/* All kernels of one format and one instruction set, as one unit, so that the compiler sees through the calls.
 * Compiled with -DFORMAT=32|64|6 and -DLEVEL=baseline|x86_64_v3|x86_64_v4.
 */
#include "kernels.h"

#include "exact/bits.c"
#include "exact/choice.c"
#include "exact/shift.c"
#include "exact/key.c"
#include "exact/round.c"
#include "exact/wide.c"
#include "exact/window.c"
#if FORMAT == 64
#include "exact/window64.c"
#else
#include "exact/window32.c"
#endif
#include "exact/mean.c"
#include "exact/compare.c"
#include "order/sort.c"
#include "rules/average.c"
#include "rules/median.c"
#include "rules/trimmed_mean.c"
#include "rules/meamed_window.c"
#include "rules/meamed.c"
#include "rules/apply.c"
#include "exact/natural.c"
#include "distance/quantise.c"
#include "distance/filter.c"
#include "distance/planes.c"
#include "order/least.c"

_Static_assert(sizeof(size_t) >= 8, "the rows of a tile must fit into memory that a size_t counts");

static size_t work_bytes(size_t n)
{
  return n * sizeof(row);
}

/* Coordinates first .. first+count-1 of row i, as keys; the others of the tile are 0. Returns whether one is not finite. */
static int load_row(const certigar_matrix *input, size_t i, size_t first, size_t count, key *keys)
{
  word words[LANES];
  const unsigned char *data =
      (const unsigned char *)input->data + (ptrdiff_t)i * input->row_stride + (ptrdiff_t)first * input->column_stride;
  words_from_memory(data, input->column_stride, input->byte_swapped, (int)count, words);
  return keys_of_words(words, keys);
}

static void store_result(certigar_tile_request *request, const word *words, size_t count, unsigned char *out)
{
  for (size_t l = 0; l < count; l++)
    if (words[l] % SIGN >= SPECIAL) request->nonfinite_outputs++;
  words_to_memory(words, (int)count, out);
}

static void tile(certigar_tile_request *request, size_t first, size_t count, unsigned char *out)
{
  row *t = request->work;
  word words[LANES];
  int n = (int)request->input->n, ties;
  for (int i = 0; i < n; i++)
    if (load_row(request->input, (size_t)i, first, count, t[i])) request->nonfinite[i] = 1;
  request->exact_evaluations += (size_t)apply_rule(t, n, request->f, (int)request->rule, (int)request->median, words, &ties);
  request->ties += (size_t)ties;
  store_result(request, words, count, out);
}

static void mean_tile(certigar_tile_request *request, const size_t *rows, size_t row_count, size_t first, size_t count, unsigned char *out)
{
  row *t = request->work;
  key mean[LANES];
  word words[LANES];
  for (size_t i = 0; i < row_count; i++) load_row(request->input, rows[i], first, count, t[i]);
  average(t, (int)row_count, mean);
  words_of_keys(mean, words);
  store_result(request, words, count, out);
}

/* ---- distances ---- */

typedef int32_t quantised_row[BLOCK];

static size_t filter_bytes(size_t n)
{
  return n * (sizeof(quantised_row) + 2 * sizeof(int32_t));
}

/* Row i of a block in fixed point; returns its scale. */
static int32_t load_block(certigar_filter_request *request, size_t i, size_t first, size_t count, int32_t *q)
{
  key keys[BLOCK];
  int32_t scale = request->scale;
  for (size_t l = 0; l < BLOCK; l += LANES) {
    size_t left = l < count ? count - l : 0;
    if (load_row(request->input, i, first + l, left < LANES ? left : LANES, keys + l)) request->nonfinite[i] = 1;
    scale = row_scale(keys + l, scale);
  }
  for (size_t l = 0; l < BLOCK; l += LANES) quantise(keys + l, scale, q + l);
  return scale;
}

static int equal_in_block(const certigar_matrix *input, size_t i, size_t j, size_t first, size_t count)
{
  key a[LANES], b[LANES], differ = 0;
  for (size_t l = 0; l < count && !differ; l += LANES) {
    size_t lanes = count - l < LANES ? count - l : LANES;
    load_row(input, i, first + l, lanes, a);
    load_row(input, j, first + l, lanes, b);
    for (int c = 0; c < LANES; c++) differ |= (a[c] == -1 ? 0 : a[c]) ^ (b[c] == -1 ? 0 : b[c]); /* -0 is +0 */
  }
  return !differ;
}

/* The scale that all rows but f would fit: what the next block begins with, so that f rows cannot take the others' digits away. */
static int32_t common_scale(const int32_t *scales, int32_t *sorted, size_t n, size_t f)
{
  for (size_t i = 0; i < n; i++) {
    size_t j = i;
    for (; j > 0 && sorted[j - 1] < scales[i]; j--) sorted[j] = sorted[j - 1];
    sorted[j] = scales[i];
  }
  return sorted[f];
}

static void filter_block(certigar_filter_request *request, size_t first, size_t count)
{
  size_t n = request->input->n;
  quantised_row *q = request->work;
  int32_t *scales = (int32_t *)(q + n), *own = scales + n;
  for (size_t i = 0; i < n; i++) scales[i] = load_block(request, i, first, count, q[i]);
  certigar_pair_sum *pair = request->pairs;
  for (size_t i = 1; i < n; i++)
    for (size_t j = 0; j < i; j++, pair++) {
      int32_t shift = scales[i] - scales[j];
      uint64_t square = shift >= 0 ? block_square(q[i], q[j], shift) : block_square(q[j], q[i], -shift);
      if (pair->same && (square > 0 || shift != 0 || !equal_in_block(request->input, i, j, first, count))) pair->same = 0;
      pair_add(pair, square, BLOCK, 2 * ((shift >= 0 ? scales[i] : scales[j]) + DROP));
    }
  request->scale = common_scale(scales, own, n, (size_t)request->f);
}

static size_t exact_bytes(size_t rows)
{
  return (rows + 1) * sizeof(plane_row);
}

static void exact_carry(certigar_exact_request *request)
{
  for (size_t p = 0; p < request->pair_count; p++) square_carry(request->sums + p * SQUARE_LIMBS);
  request->tiles = 0;
}

static void exact_tile(certigar_exact_request *request, size_t first, size_t count)
{
  plane_row *planes = request->work, *space = planes + request->row_count;
  key keys[LANES];
  for (size_t i = 0; i < request->row_count; i++) {
    load_row(request->input, request->rows[i], first, count, keys);
    planes_of(keys, &planes[i]);
  }
  for (size_t p = 0; p < request->pair_count; p++)
    square_add(request->sums + p * SQUARE_LIMBS, &planes[request->pairs[p][0]], &planes[request->pairs[p][1]], space);
  request->tiles++;
  if (request->tiles == SQUARE_TILES) exact_carry(request);
}

static void exact_end(certigar_exact_request *request, uint32_t *totals)
{
  exact_carry(request);
  for (size_t p = 0; p < request->pair_count; p++) square_total(request->sums + p * SQUARE_LIMBS, totals + p * NATURAL_DIGITS);
}

static void least_sum_of(const uint32_t *numbers, int n, int self, int k, int *order, uint32_t *sum)
{
  least_sum((const natural *)numbers, n, self, k, order, sum);
}

static int choose_least_of(const uint32_t *lower, const uint32_t *upper, const int *group, int n, int m, int *order, unsigned char *selected,
                           unsigned char *open)
{
  return choose_least((const natural *)lower, (const natural *)upper, group, n, m, order, selected, open);
}

#if FORMAT == 64
enum { UNIT_EXPONENT = -1074 };
#elif FORMAT == 32
enum { UNIT_EXPONENT = -149 - 2 };
#else
enum { UNIT_EXPONENT = -2 };
#endif

#define JOIN_OF(a, b, c) a##b##_##c
#define JOIN(a, b, c) JOIN_OF(a, b, c)

extern const certigar_kernels JOIN(certigar_kernels_, FORMAT, LEVEL);
const certigar_kernels JOIN(certigar_kernels_, FORMAT, LEVEL) = {
    .value_size = sizeof(word),
    .lanes = LANES,
    .work_bytes = work_bytes,
    .tile = tile,
    .mean_tile = mean_tile,
    .block = BLOCK,
    .filter_bytes = filter_bytes,
    .filter_block = filter_block,
    .pair_join = pair_join,
    .pair_bounds = pair_bounds,
    .exact_bytes = exact_bytes,
    .square_limbs = SQUARE_LIMBS,
    .exact_tile = exact_tile,
    .exact_end = exact_end,
    .natural_digits = NATURAL_DIGITS,
    .natural_exponent = 2 * UNIT_EXPONENT,
    .natural_set_infinite = natural_set_infinite,
    .natural_compare = natural_compare,
    .least_sum = least_sum_of,
    .choose_least = choose_least_of,
};
