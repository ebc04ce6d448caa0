/* All kernels of one format and one instruction set, as one unit, so that the compiler sees through the calls.
 * Compiled with -DFORMAT=32|64|6 and -DLEVEL=baseline|x86_64_v3|x86_64_v4.
 */
#include "kernels.h"

#include <string.h>

#include "exact/bits.c"
#include "exact/choice.c"
#include "exact/shift.c"
#include "exact/key.c"
#include "exact/round.c"
#include "exact/wide.c"
#include "exact/window.c"
#include "exact/between.c"
#if FORMAT == 64
#include "exact/window64.c"
#else
#include "exact/window32.c"
#include "exact/nearest.c"
#include "exact/shared.c"
#include "exact/parts.c"
#endif
#include "exact/cancel.c"
#include "exact/mean.c"
#include "exact/compare.c"
#include "order/sort.c"
#include "rules/average.c"
#include "rules/median.c"
#include "rules/trimmed_mean.c"
#include "rules/meamed_window.c"
#include "rules/meamed.c"
#include "rules/apply.c"
#include "rules/brsgd_marks.c"
#include "rules/brsgd_distance.c"
#if FORMAT != 64
#include "rules/kept_lane.c"
#include "rules/mix.c"
#endif
#include "exact/natural.c"
#include "exact/weighted.c"
#include "exact/scaled.c"
#include "distance/quantise.c"
#include "distance/filter.c"
#include "distance/pair.c"
#include "distance/grains.c"
#include "distance/planes.c"
#include "order/least.c"
#include "order/classify.c"
#include "rules/candidates.c"
#include "rules/choose_rows.c"
#include "rules/rounds.c"

_Static_assert(sizeof(size_t) >= 8, "the rows of a tile must fit into memory that a size_t counts");

static size_t work_bytes(size_t n)
{
  return n * sizeof(row);
}

enum { LINE = 64, AHEAD = BLOCK }; /* bytes of a cache line, coordinates: fetched early, as rows are too many for the processor to follow */

/* Coordinates first .. first+count-1 of row i; the others of the tile are +0. Row n is the extra one. */
static void load_words(const certigar_matrix *input, const void *extra, size_t i, size_t first, size_t count, word *words)
{
  if (i == input->n) {
    words_from_memory((const unsigned char *)extra + first * sizeof(word), sizeof(word), 0, (int)count, words);
    return;
  }
  if (input->read) {
    input->read(input->context, i, first, count, words);
    for (size_t l = count; l < LANES; l++) words[l] = 0;
    return;
  }
  const unsigned char *data =
      (const unsigned char *)input->data + (ptrdiff_t)i * input->row_stride + (ptrdiff_t)first * input->column_stride;
  if (input->column_stride == (ptrdiff_t)sizeof(word) && input->d - first >= LANES + AHEAD)
    for (size_t b = 0; b < sizeof(row); b += LINE) __builtin_prefetch(data + AHEAD * sizeof(word) + b);
  words_from_memory(data, input->column_stride, input->byte_swapped, (int)count, words);
}

/* The same as keys; returns whether one is not finite. */
static int load_row(const certigar_matrix *input, const void *extra, size_t i, size_t first, size_t count, key *keys)
{
  word words[LANES];
  load_words(input, extra, i, first, count, words);
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
    if (load_row(request->input, request->extra, (size_t)i, first, count, t[i])) request->nonfinite[i] = 1;
  request->exact_evaluations += (size_t)apply_rule(t, n, request->f, (int)request->rule, (int)request->median, words, &ties);
  request->ties += (size_t)ties;
  store_result(request, words, count, out);
}

static void mean_tile(certigar_tile_request *request, const size_t *rows, size_t row_count, size_t first, size_t count, unsigned char *out)
{
  row *t = request->work;
  key mean[LANES];
  word words[LANES];
  for (size_t i = 0; i < row_count; i++) load_row(request->input, request->extra, rows[i], first, count, t[i]);
  request->exact_evaluations += (size_t)average(t, (int)row_count, mean);
  words_of_keys(mean, words);
  store_result(request, words, count, out);
}

/* The mean of the kept values closest to the median of the rows of t, which it destroys. */
static void around(certigar_tile_request *request, row *t, size_t row_count, size_t kept, size_t count, unsigned char *out)
{
  key mean[LANES];
  word words[LANES];
  int ties;
  request->exact_evaluations += (size_t)meamed(t, (int)row_count, (int)(row_count - kept), mean, &ties);
  request->ties += (size_t)ties;
  words_of_keys(mean, words);
  store_result(request, words, count, out);
}

static void around_tile(certigar_tile_request *request, const size_t *rows, size_t row_count, size_t kept, size_t first, size_t count,
                        unsigned char *out)
{
  row *t = request->work;
  for (size_t i = 0; i < row_count; i++) load_row(request->input, request->extra, rows[i], first, count, t[i]);
  around(request, t, row_count, kept, count, out);
}

#if FORMAT == 64

/* A term takes two words, which makes shared windows no faster than a window each. */
enum { SHARED_ROWS = 0 };

/* Of the rows, those of one mean, the means. */
static size_t means_bytes(size_t n)
{
  return 3 * n * sizeof(row);
}

#else

/* Of the same, and of a window for the common rows and the terms and parts of one. */
static size_t means_bytes(size_t n)
{
  return n * (4 * sizeof(row) + 3 * sizeof(term_row));
}

/* A window for rows of a tile, their terms, and their parts where terms were cut. */
typedef struct {
  key top[LANES];
  int32_t exponent[LANES], cut[LANES], place[LANES];
  int64_t total[LANES];
  term_row *terms, *upper, *lower;
  int sharp, divided;
} window;

static void open_window(window *w, const row *t, size_t n)
{
  share_window(t, (int)n, w->top, w->exponent, w->cut, w->terms, w->total);
  w->sharp = is_sharp(w->top, w->exponent, w->cut);
  w->divided = 0;
}

/* The parts of all values, if terms were cut: for the lanes that this leaves open. */
static void divide(window *w, const row *t, size_t n)
{
  w->divided = !w->sharp && all_finite(w->top);
  if (w->divided) rows_in_parts(t, (int)n, w->exponent, w->place, w->upper, w->lower);
}

/* The means that are of common rows only (near = 1), the others (0), or all (2), by one window for the rows of t. */
static void add_shared(certigar_tile_request *request, const certigar_means *means, const window *w, const row *t, int near, row *some, row *made)
{
  size_t n = request->input->n;
  for (size_t r = 0; r < means->count; r++)
    if (near == 2 || means->of_common[r] == near)
      request->exact_evaluations += (size_t)mean_of_kept(t, means->kept + r * n, (int)n, w->sharp, w->divided, w->top, w->exponent, w->cut,
                                                         (const term_row *)w->terms, w->total, (const term_row *)w->upper,
                                                         (const term_row *)w->lower, some, made[r]);
}

/* Whether a window for all rows, of which top are the greatest magnitudes, cuts the common ones by FAR bits or more. */
static int is_far(const key *top, const row *common, int n)
{
  enum { FAR = 8 };
  key near[LANES], far = 0;
  largest_magnitudes(common, 0, n, near);
  for (int l = 0; l < LANES; l++) far = top[l] / FRACTION - near[l] / FRACTION > far ? top[l] / FRACTION - near[l] / FRACTION : far;
  return far >= FAR;
}

static void share_means(certigar_tile_request *request, const certigar_means *means, const row *all, row *some, row *made)
{
  size_t n = request->input->n;
  row *common = made + n;
  window w;
  w.terms = (term_row *)(common + n);
  w.upper = w.terms + n;
  w.lower = w.upper + n;
  open_window(&w, all, n);
  if (!w.sharp && memchr(means->common, 0, n)) {
    for (size_t i = 0; i < n; i++) copy_or_clear(all[i], means->common[i], common[i]);
    if (is_far(w.top, (const row *)common, (int)n)) {
      add_shared(request, means, &w, all, 0, some, made);
      open_window(&w, (const row *)common, n);
      divide(&w, (const row *)common, n);
      add_shared(request, means, &w, (const row *)common, 1, some, made);
      return;
    }
  }
  divide(&w, all, n);
  add_shared(request, means, &w, all, 2, some, made);
}

#endif

/* Rows that are means, in the work; returns the first of them. */
static row *load_means(certigar_tile_request *request, const certigar_means *means, size_t first, size_t count)
{
  size_t n = request->input->n;
  row *all = request->work, *some = all + n, *made = some + n;
  const size_t *rows = means->rows;
  for (size_t i = 0; i < n; i++)
    if (load_row(request->input, request->extra, i, first, count, all[i])) request->nonfinite[i] = 1;
#if FORMAT != 64
  if (means->kept) {
    share_means(request, means, (const row *)all, some, made);
    return made;
  }
#endif
  for (size_t r = 0; r < means->count; rows += means->counts[r], r++) {
    for (size_t i = 0; i < means->counts[r]; i++) memcpy(some[i], all[rows[i]], sizeof(row));
    request->exact_evaluations += (size_t)average(some, (int)means->counts[r], made[r]);
  }
  return made;
}

static void around_means_tile(certigar_tile_request *request, const certigar_means *means, size_t kept, size_t first, size_t count,
                              unsigned char *out)
{
  around(request, load_means(request, means, first, count), means->count, kept, count, out);
}

static void means_tile(certigar_tile_request *request, const certigar_means *means, size_t first, size_t count, unsigned char *out,
                       size_t row_bytes)
{
  const row *made = load_means(request, means, first, count);
  word words[LANES];
  for (size_t r = 0; r < means->count; r++) {
    words_of_keys(made[r], words);
    words_to_memory(words, (int)count, out + r * row_bytes);
  }
}

static void rule_of_means_tile(certigar_tile_request *request, const certigar_means *means, size_t first, size_t count, unsigned char *out)
{
  row *made = load_means(request, means, first, count);
  word words[LANES];
  int ties;
  request->exact_evaluations +=
      (size_t)apply_rule(made, (int)means->count, request->f, (int)request->rule, (int)request->median, words, &ties);
  request->ties += (size_t)ties;
  store_result(request, words, count, out);
}

static void weighted_tile(certigar_tile_request *request, const size_t *rows, size_t row_count, const uint32_t *weights, size_t weight_digits,
                          size_t first, size_t count, unsigned char *out)
{
  row *t = request->work;
  key sum[LANES];
  word words[LANES];
  for (size_t i = 0; i < row_count; i++) load_row(request->input, request->extra, rows[i], first, count, t[i]);
  weighted_sum(t, (int)row_count, weights, (int)weight_digits, sum);
  words_of_keys(sum, words);
  store_result(request, words, count, out);
}

static int is_zero_factor(const uint32_t *factor)
{
  int zero = 1;
  for (int i = 0; i < FACTOR_LIMBS; i++) zero &= factor[i] == 0;
  return zero;
}

static int same_factor(const uint32_t *a, const uint32_t *b)
{
  int same = 1;
  for (int i = 0; i < FACTOR_LIMBS; i++) same &= a[i] == b[i];
  return same;
}

static void scale_words(const certigar_factor *factor, word *words)
{
  key keys[LANES], scaled[LANES];
  if (is_zero_factor(factor->upper)) {
    memset(words, 0, LANES * sizeof *words);
    return;
  }
  keys_of_words(words, keys);
  if (same_factor(factor->lower, factor->upper))
    scale_keys(keys, factor->lower, factor->exponent, scaled);
  else
    scale_keys_between(keys, factor->lower, factor->upper, factor->exponent, scaled);
  words_of_keys(scaled, words);
}

static void clip_tile(certigar_tile_request *request, const certigar_factor *factors, size_t first, size_t count, unsigned char *out,
                      size_t row_bytes)
{
  word words[LANES];
  for (size_t i = 0; i < request->input->n; i++) {
    load_words(request->input, request->extra, i, first, count, words);
    if (factors[i].scaled) scale_words(&factors[i], words);
    words_to_memory(words, (int)count, out + i * row_bytes);
  }
}

static void copy_tile(certigar_tile_request *request, size_t i, size_t first, size_t count, unsigned char *out)
{
  word words[LANES];
  load_words(request->input, request->extra, i, first, count, words);
  store_result(request, words, count, out);
}

/* ---- brsgd ---- */

static void scan_tile(certigar_tile_request *request, size_t first, size_t count)
{
  key keys[LANES];
  for (size_t i = 0; i < request->input->n; i++)
    if (load_row(request->input, request->extra, i, first, count, keys)) request->nonfinite[i] = 1;
}

static void marks_tile(certigar_marks_request *request, size_t first, size_t count)
{
  row *t = request->work;
  for (size_t k = 0; k < request->row_count; k++) load_row(request->input, NULL, request->rows[k], first, count, t[k]);
  add_marks(t, (int)request->row_count, (int)count, request->marks);
}

/* The rows of the tile, and after them the same ones sorted; of these, those in the middle. */
static const row *load_sorted(certigar_marks_request *request, size_t first, size_t count, const row **lower, const row **upper)
{
  size_t m = request->row_count;
  row *t = request->work, *sorted = t + m;
  for (size_t k = 0; k < m; k++) load_row(request->input, NULL, request->rows[k], first, count, t[k]);
  memcpy(sorted, t, m * sizeof(row));
  sort_tile(sorted, (int)m);
  *lower = &sorted[(m - 1) / 2];
  *upper = &sorted[m / 2];
  return t;
}

static void near_distances_tile(certigar_marks_request *request, size_t first, size_t count)
{
  const row *lower, *upper, *t = load_sorted(request, first, count, &lower, &upper);
  add_marks(t, (int)request->row_count, (int)count, request->marks);
  for (size_t k = 0; k < request->row_count; k++)
    add_near_distances(request->sums + k * LIMBS, request->slack + k * LIMBS, t[k], *lower, *upper);
}

static void distances_tile(certigar_marks_request *request, size_t first, size_t count)
{
  const row *lower, *upper, *t = load_sorted(request, first, count, &lower, &upper);
  for (size_t k = 0; k < request->row_count; k++)
    if (request->wanted[k]) add_distances(request->sums + k * LIMBS, t[k], *lower, *upper);
}

/* ---- distances ---- */

/* What the filter keeps of a row in a block: the row in fixed point, its scale and the least that would do, and whether its keys are known. Behind
 * the rows stand their scales in order, and, but for distances from zero, the keys of those of which they were asked for. */
typedef struct filter_row {
  int32_t scale, least_scale, has_keys;
  _Alignas(64) int16_t quanta[2 * BLOCK];
} filter_row;

static size_t filter_bytes(size_t n)
{
  size_t scales = n * sizeof(int32_t), line = LINE;
  return n * sizeof(filter_row) + (scales + line - 1) / line * line;
}

/* The keys of row i in a block; returns whether one is not finite. Coordinates that are not there are +0. */
static int load_keys(const certigar_matrix *input, const void *extra, size_t i, size_t first, size_t count, key *keys)
{
  int nonfinite = 0;
  for (size_t l = 0; l < BLOCK; l += LANES) {
    if (l >= count)
      memset(keys + l, 0, LANES * sizeof *keys);
    else if (load_row(input, extra, i, first + l, count - l < LANES ? count - l : LANES, keys + l))
      nonfinite = 1;
  }
  return nonfinite;
}

static void load_block(certigar_filter_request *request, size_t i, size_t first, size_t count, filter_row *to)
{
  key keys[BLOCK];
  if (load_keys(request->input, request->extra, i, first, count, keys)) request->nonfinite[i] = 1;
  to->has_keys = 0;
  to->least_scale = row_scale(keys, 0);
  to->scale = to->least_scale > request->scale ? to->least_scale : request->scale;
  quantise(keys, to->scale, to->quanta);
}

/* The keys of row i, read once more: few blocks need them. */
static const key *keys_of_block(const certigar_filter_request *request, size_t i, size_t first, size_t count)
{
  filter_row *of = (filter_row *)request->work + i;
  key *all = (key *)((unsigned char *)request->work + filter_bytes(request->input->n + (request->extra != NULL))), *keys = all + i * BLOCK;
  if (!of->has_keys) load_keys(request->input, request->extra, i, first, count, keys);
  of->has_keys = 1;
  return keys;
}

/* What the next block begins with: the scale that all rows but f would fit, so that f rows cannot take the others' digits away; or a bit more if
 * that is enough for some, as pairs of one scale are done quickly. */
static int32_t common_scale(const filter_row *rows, int32_t *sorted, size_t n, size_t f, int sharp)
{
  for (size_t i = 0; i < n; i++) {
    size_t j = i;
    for (; j > 0 && sorted[j - 1] < rows[i].least_scale; j--) sorted[j] = sorted[j - 1];
    sorted[j] = rows[i].least_scale;
  }
  for (size_t i = 0; i < f && !sharp; i++)
    if (sorted[i] == sorted[f] + 1) return sorted[i];
  return sorted[f];
}

/* Adds a block to the pair of rows i and j. */
KERNEL void add_pair(const certigar_filter_request *request, certigar_pair_sum *pair, filter_row *rows, size_t i, size_t j, size_t first,
                     size_t count)
{
  filter_row *x = &rows[i], *y = &rows[j];
  pair_add_block(pair, x->quanta, x->scale, y->quanta, y->scale);
  if (pair->same) pair_compare(pair, keys_of_block(request, i, first, count), keys_of_block(request, j, first, count));
}

static void filter_block(certigar_filter_request *request, size_t first, size_t count)
{
  static const int16_t zero[2 * BLOCK];
  size_t n = request->input->n + (request->extra != NULL);
  filter_row *rows = request->work;
  for (size_t i = 0; i < n; i++) load_block(request, i, first, count, &rows[i]);
  certigar_pair_sum *pair = request->pairs;
  if (request->centre == CERTIGAR_ALL_PAIRS) {
    for (size_t i = 1; i < n; i++)
      for (size_t j = 0; j < i; j++, pair++) add_pair(request, pair, rows, i, j, first, count);
  } else if (request->centre == CERTIGAR_FROM_ZERO) { /* nobody asks whether a row is the same as zero */
    for (size_t i = 0; i < n; i++) pair_add_block(&pair[i], rows[i].quanta, rows[i].scale, zero, rows[i].scale);
  } else {
    for (size_t i = 0; i < n; i++) add_pair(request, &pair[i], rows, i, (size_t)request->centre, first, count);
  }
  request->scale = common_scale(rows, (int32_t *)(rows + n), n, (size_t)request->f, request->sharp);
}

typedef struct plane_row {
  plane_range range;
  _Alignas(64) lanes plane[PLANES];
} plane_row;

static size_t exact_bytes(size_t rows)
{
  return rows * sizeof(plane_row);
}

static void exact_end(certigar_exact_request *request)
{
  for (size_t p = 0; p < request->pair_count; p++) product_carry(request->products + p * PRODUCT_LIMBS);
  request->blocks = 0;
}

static void exact_tile(certigar_exact_request *request, size_t first, size_t count)
{
  plane_row *rows = request->work;
  key keys[BLOCK];
  for (size_t i = 0; i < request->row_count; i++) {
    load_keys(request->input, request->extra, request->rows[i], first, count, keys);
    rows[i].range = planes_of(keys, rows[i].plane);
  }
  for (size_t p = 0; p < request->pair_count; p++) {
    const plane_row *x = &rows[request->pairs[p][0]], *y = &rows[request->pairs[p][1]];
    product_add(request->products + p * PRODUCT_LIMBS, x->plane, x->range.end, y->plane, y->range.end, x->range.base + y->range.base);
  }
  request->blocks++;
  if (request->blocks == PRODUCT_BLOCKS) exact_end(request);
}

static void bound_candidates_of(const certigar_distances *distances, const int *row_group, const size_t *candidates, int n, int k, int pivot,
                                uint32_t *row_lower, uint32_t *row_upper, int *order, uint32_t *lower, uint32_t *upper, int *group)
{
  bound_candidates(distances, row_group, candidates, n, k, pivot, (natural_row *)row_lower, (natural_row *)row_upper, order,
                   (natural_row *)lower, (natural_row *)upper, group);
}

static int choose_rows_of(certigar_distances *distances, certigar_plan *plan, const int *row_group, const size_t *candidates, int n, int m, int k,
                          int pivot, uint32_t *row_lower, uint32_t *row_upper, int *order, uint32_t *lower, uint32_t *upper, int *group,
                          unsigned char *chosen, unsigned char *open)
{
  return choose_rows(distances, plan, row_group, candidates, n, m, k, pivot, (natural_row *)row_lower, (natural_row *)row_upper, order,
                     (natural_row *)lower, (natural_row *)upper, group, chosen, open);
}

static int take_rounds_of(certigar_distances *distances, certigar_plan *plan, certigar_selection *selection, const int *row_group, int n, int f,
                          int theta, size_t *candidates, size_t *taken, uint32_t *row_lower, uint32_t *row_upper, int *order, uint32_t *lower,
                          uint32_t *upper, int *group, unsigned char *chosen, unsigned char *open)
{
  return take_rounds(distances, plan, selection, row_group, n, f, theta, candidates, taken, (natural_row *)row_lower, (natural_row *)row_upper, order,
                     (natural_row *)lower, (natural_row *)upper, group, chosen, open);
}

static int choose_least_of(const uint32_t *lower, const uint32_t *upper, const int *group, int n, int m, int *order, unsigned char *selected,
                           unsigned char *open)
{
  return choose_least((const natural_row *)lower, (const natural_row *)upper, group, n, m, order, selected, open);
}

static int classify_numbers_of(const uint32_t *lower, const uint32_t *upper, int64_t count, int64_t p, int64_t *classes)
{
  return classify_numbers((const natural_row *)lower, (const natural_row *)upper, count, p, classes);
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
    .around_tile = around_tile,
    .around_means_tile = around_means_tile,
    .means_tile = means_tile,
    .clip_tile = clip_tile,
    .factor_bits = FACTOR_BITS,
    .rule_of_means_tile = rule_of_means_tile,
    .means_bytes = means_bytes,
    .shared_rows = SHARED_ROWS,
    .copy_tile = copy_tile,
    .weighted_tile = weighted_tile,
    .weight_digits_max = WEIGHT_DIGITS_MAX,
    .scan_tile = scan_tile,
    .marks_tile = marks_tile,
    .near_distances_tile = near_distances_tile,
    .distances_tile = distances_tile,
    .distance_limbs = LIMBS,
    .near_exponent = DISTANCE_DROP - COMPARE_BITS,
    .block = BLOCK,
    .filter_bytes = filter_bytes,
    .filter_block = filter_block,
    .pair_join = pair_join,
    .pair_bounds = pair_bounds,
    .exact_bytes = exact_bytes,
    .product_limbs = PRODUCT_LIMBS,
    .product_bits = PLANE_BITS,
    .exact_tile = exact_tile,
    .exact_end = exact_end,
    .distance_total = distance_total,
    .natural_digits = NATURAL_DIGITS,
    .natural_exponent = 2 * UNIT_EXPONENT,
    .natural_set_infinite = natural_set_infinite,
    .natural_compare = natural_compare,
    .bound_candidates = bound_candidates_of,
    .choose_rows = choose_rows_of,
    .take_rounds = take_rounds_of,
    .drop_candidate = drop_candidate,
    .choose_least = choose_least_of,
    .classify_numbers = classify_numbers_of,
};
