/* See column.h. */
#include "column.h"

#include "drift.h"
#include "select/selection.h"

#include <stdlib.h>

enum { SHORT = 64 };

int certigar_column_init(certigar_column *column, certigar_dtype dtype, size_t rows)
{
  column->format = certigar_format_of(dtype);
  column->lanes = 0;
  column->words = malloc(rows * CERTIGAR_COLUMN_LANES * sizeof *column->words);
  column->keys = malloc(rows * sizeof *column->keys);
  column->gap = (certigar_bound){.significand = 0};
  column->measured = 0;
  certigar_total_init(&column->total);
  certigar_rounding_init(&column->own, dtype);
  certigar_rounding_init(&column->other, dtype);
  mpz_inits(column->median, column->pair, column->difference, column->allowed, column->least, column->greatest, (mpz_ptr)NULL);
  column->radii = NULL;
  return certigar_spread_init(&column->spread, rows) && column->words && column->keys;
}

void certigar_column_clear(certigar_column *column)
{
  free(column->words);
  free(column->keys);
  certigar_rounding_clear(&column->own);
  certigar_rounding_clear(&column->other);
  certigar_spread_clear(&column->spread);
  mpz_clears(column->median, column->pair, column->difference, column->allowed, column->least, column->greatest, (mpz_ptr)NULL);
}

void certigar_column_load(certigar_column *column, const certigar_recipe *recipe, size_t first, size_t count)
{
  column->lanes = count;
  for (size_t i = 0; i < recipe->row_count; i++)
    certigar_load_words(column->format, recipe->matrix, recipe->rows ? recipe->rows[i] : i, first, count, column->words + i * count);
  column->radii = recipe->drift ? certigar_drift_load(recipe->drift, recipe, first, count) : NULL;
}

/* ---- order ---- */

static int compare_keys(const void *a, const void *b)
{
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

void certigar_sort_keys(int64_t *keys, size_t count)
{
  if (count > SHORT) {
    qsort(keys, count, sizeof *keys, compare_keys);
    return;
  }
  for (size_t i = 1; i < count; i++) {
    int64_t moved = keys[i];
    size_t j = i;
    for (; j > 0 && keys[j - 1] > moved; j--) keys[j] = keys[j - 1];
    keys[j] = moved;
  }
}

static void sort_lane(certigar_column *column, size_t row_count, size_t lane)
{
  for (size_t i = 0; i < row_count; i++) column->keys[i] = certigar_word_key(column->format, column->words[i * column->lanes + lane]);
  certigar_sort_keys(column->keys, row_count);
}

static void total_of_keys(certigar_column *column, size_t lo, size_t hi)
{
  certigar_total_clear(&column->total);
  for (size_t i = lo; i < hi; i++) certigar_total_add(&column->total, column->format, certigar_key_word(column->format, column->keys[i]));
}

static void total_of_lane(certigar_column *column, size_t row_count, size_t lane)
{
  certigar_total_clear(&column->total);
  for (size_t i = 0; i < row_count; i++) certigar_total_add(&column->total, column->format, column->words[i * column->lanes + lane]);
}

/* ---- the recipe's own choice ---- */

/* Whether y is within the bound of the k values in the total, which are values number first and after of those that are finite. */
static int is_within(certigar_column *column, certigar_rounding *rounding, size_t first, size_t k, uint64_t y)
{
  if (!column->radii) return certigar_rounding_judge(rounding, &column->total, k, y);
  certigar_spread_sum(&column->spread, first, k);
  return certigar_rounding_judge_between(rounding, &column->total, &column->spread.range, k, y);
}

/* Of the recipe's own choice. */
static int is_within_own(certigar_column *column, size_t first, size_t k, uint64_t y)
{
  column->measured = certigar_total_is_finite(&column->total) && certigar_word_is_finite(column->format, y);
  return column->measured && is_within(column, &column->own, first, k, y);
}

/* ---- means around the median ---- */

/* A column's finite values are keys[0 .. count-1] of these. */
typedef struct window {
  const int64_t *keys;
  size_t count, kept;
  int shift; /* the least of the values */
} window;

static void set_value(const certigar_column *column, const window *w, int64_t key, mpz_t value)
{
  uint64_t word = certigar_key_word(column->format, key), significand = certigar_significand(column->format, word);
  mpz_set_ui(value, significand);
  if (significand) mpz_mul_2exp(value, value, (mp_bitcnt_t)(certigar_shift(column->format, word) - w->shift));
  if (word & column->format->sign) mpz_neg(value, value);
}

/* Returns 0 if the mean around the median is the NaN. Sets median to 2 M, in units of 2^shift. */
static int find_window(certigar_column *column, size_t n, size_t kept, window *w)
{
  const certigar_format *format = column->format;
  const int64_t *keys = column->keys;
  int64_t least = -(int64_t)format->special - 1, greatest = (int64_t)format->special; /* the keys of infinities */
  size_t first = 0, end = n;
  while (first < n && keys[first] <= least) first++;
  while (end > first && keys[end - 1] >= greatest) end--;
  if ((n - 1) / 2 < first || n / 2 >= end || end - first < kept) return 0;
  *w = (window){.keys = keys + first, .count = end - first, .kept = kept, .shift = certigar_shift(format, format->special)};
  for (size_t i = first; i < end; i++) {
    uint64_t word = certigar_key_word(format, keys[i]);
    if (certigar_significand(format, word) && certigar_shift(format, word) < w->shift) w->shift = certigar_shift(format, word);
  }
  set_value(column, w, keys[(n - 1) / 2], column->median);
  set_value(column, w, keys[n / 2], column->pair);
  mpz_add(column->median, column->median, column->pair);
  return 1;
}

/* difference = x_j + x_(j+k) - 2 M, which does not decrease with j: x_j may be kept and x_(j+k) left out where it is no less than 0, the other way
 * round where it is no greater. */
static int compare_pair(certigar_column *column, const window *w, size_t j)
{
  set_value(column, w, w->keys[j], column->difference);
  set_value(column, w, w->keys[j + w->kept], column->pair);
  mpz_add(column->difference, column->difference, column->pair);
  mpz_sub(column->difference, column->difference, column->median);
  return mpz_sgn(column->difference);
}

/* The first window that (1) holds for. */
static size_t own_window(certigar_column *column, const window *w)
{
  size_t low = 0, high = w->count - w->kept;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (compare_pair(column, w, middle) >= 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/* Twice the ends of M. */
static void set_medians(certigar_column *column, size_t n, const window *w)
{
  const certigar_spread *spread = &column->spread;
  size_t before = (size_t)(w->keys - column->keys), lower = (n - 1) / 2 - before, upper = n / 2 - before;
  mpz_add(column->least, spread->low[lower], spread->low[upper]);
  mpz_add(column->greatest, spread->high[lower], spread->high[upper]);
}

/* Whether, for some values in their ranges, |x_j + x_(j+k) - 2 M| <= 4 u (|M| + max), max the greatest magnitude of the two. */
static int is_near_spread(certigar_column *column, const window *w, size_t j)
{
  const certigar_spread *spread = &column->spread;
  mpz_srcptr a = certigar_spread_magnitude(spread, j), b = certigar_spread_magnitude(spread, j + w->kept);
  mpz_abs(column->allowed, mpz_cmpabs(a, b) > 0 ? a : b);
  mpz_mul_2exp(column->allowed, column->allowed, 1);
  mpz_abs(column->pair, mpz_cmpabs(column->least, column->greatest) > 0 ? column->least : column->greatest);
  mpz_add(column->allowed, column->allowed, column->pair);
  mpz_mul_2exp(column->allowed, column->allowed, 1); /* 4 (|M| + max) */
  mpz_add(column->difference, spread->low[j], spread->low[j + w->kept]);
  mpz_sub(column->difference, column->difference, column->greatest);
  mpz_mul_2exp(column->difference, column->difference, (mp_bitcnt_t)column->format->fraction_bits + 1);
  if (mpz_cmp(column->difference, column->allowed) > 0) return 0;
  mpz_add(column->difference, spread->high[j], spread->high[j + w->kept]);
  mpz_sub(column->difference, column->difference, column->least);
  mpz_mul_2exp(column->difference, column->difference, (mp_bitcnt_t)column->format->fraction_bits + 1);
  mpz_neg(column->allowed, column->allowed);
  return mpz_cmp(column->difference, column->allowed) >= 0;
}

/* Whether 2^p |difference| <= 4 (|M| + max) with u = 2^-p, that is, 2 |2 M| + 4 max, or may be for drifted values; what was needed goes into the
 * gap. */
static int is_near(certigar_column *column, const window *w, size_t j)
{
  mpq_t gap;
  int may = column->radii && is_near_spread(column, w, j);
  compare_pair(column, w, j);
  set_value(column, w, w->keys[j], column->allowed);
  set_value(column, w, w->keys[j + w->kept], column->pair);
  if (mpz_cmpabs(column->pair, column->allowed) > 0) mpz_swap(column->pair, column->allowed);
  mpz_abs(column->allowed, column->allowed);
  mpz_mul_2exp(column->allowed, column->allowed, 1);
  mpz_abs(column->pair, column->median);
  mpz_add(column->allowed, column->allowed, column->pair); /* 2 (|M| + max) */
  mpz_abs(column->difference, column->difference);
  mpz_mul_2exp(column->pair, column->allowed, 1);
  mpz_mul_2exp(column->difference, column->difference, (mp_bitcnt_t)column->format->fraction_bits + 1);
  if (!may && mpz_cmp(column->difference, column->pair) > 0) return 0;
  if (mpz_sgn(column->allowed) == 0) return 1; /* all are 0 */
  mpq_init(gap);
  mpz_set(mpq_numref(gap), column->difference);
  mpz_set(mpq_denref(gap), column->allowed);
  certigar_bound needed = certigar_bound_of_rational(gap, 1);
  if (needed.significand) needed.exponent -= column->format->fraction_bits;
  if (certigar_bound_compare(needed, column->gap) > 0) column->gap = needed;
  mpq_clear(gap);
  return 1;
}

/* y as the mean of window i. */
static certigar_likeness like_window(certigar_column *column, const window *w, size_t i, uint64_t y)
{
  size_t first = (size_t)(w->keys - column->keys) + i;
  total_of_keys(column, first, first + w->kept);
  if (certigar_rounding_is_nearest(&column->other, &column->total, w->kept, y)) return CERTIGAR_LIKE_TIE;
  return is_within(column, &column->other, i, w->kept, y) ? CERTIGAR_LIKE_ROUNDED : CERTIGAR_LIKE_NONE;
}

static certigar_likeness better(certigar_likeness a, certigar_likeness b)
{
  return a < b ? a : b;
}

/* The other windows for which (1) holds. They come after the first, while pairs are exactly as far from the median. */
static certigar_likeness like_ties(certigar_column *column, const window *w, size_t own, uint64_t y)
{
  certigar_likeness likeness = CERTIGAR_LIKE_NONE;
  for (size_t i = own; i < w->count - w->kept && likeness > CERTIGAR_LIKE_TIE && compare_pair(column, w, i) == 0; i++)
    likeness = better(likeness, like_window(column, w, i + 1, y));
  return likeness;
}

static certigar_likeness like_near(certigar_column *column, const window *w, size_t own, uint64_t y)
{
  certigar_bound before = column->gap;
  for (size_t i = own; i-- > 0;) {
    if (!is_near(column, w, i)) break;
    if (like_window(column, w, i, y) < CERTIGAR_LIKE_NONE) return CERTIGAR_LIKE_NEAR;
  }
  column->gap = before;
  for (size_t i = own; i < w->count - w->kept; i++) {
    if (!is_near(column, w, i)) break;
    if (like_window(column, w, i + 1, y) < CERTIGAR_LIKE_NONE) return CERTIGAR_LIKE_NEAR;
  }
  column->gap = before;
  return CERTIGAR_LIKE_NONE;
}

static certigar_likeness like_around(certigar_column *column, const certigar_recipe *recipe, uint64_t y)
{
  window w;
  column->measured = 0;
  if (!find_window(column, recipe->row_count, recipe->kept, &w)) return CERTIGAR_LIKE_NONE;
  if (column->radii) set_medians(column, recipe->row_count, &w);
  size_t own = own_window(column, &w), first = (size_t)(w.keys - column->keys) + own;
  total_of_keys(column, first, first + w.kept);
  certigar_likeness likeness = is_within_own(column, own, w.kept, y) ? CERTIGAR_LIKE_ROUNDED : CERTIGAR_LIKE_NONE;
  if (!column->measured) return likeness;
  likeness = better(likeness, like_ties(column, &w, own, y));
  return likeness < CERTIGAR_LIKE_NONE ? likeness : like_near(column, &w, own, y);
}

/* The values' ranges, if they may have drifted: by rank, if ranks count. */
static void set_spread(certigar_column *column, const certigar_recipe *recipe, size_t lane, int ranked)
{
  if (!column->radii) return;
  certigar_spread_set(&column->spread, column->format, column->words + lane, column->radii + lane, recipe->rows, recipe->row_count, column->lanes);
  if (ranked) certigar_spread_sort(&column->spread);
}

/* How many of the sorted values are below all finite ones. */
static size_t infinite_before(const certigar_column *column, size_t row_count)
{
  size_t before = 0;
  while (before < row_count && column->keys[before] <= -(int64_t)column->format->special - 1) before++;
  return before;
}

certigar_likeness certigar_column_judge(certigar_column *column, const certigar_recipe *recipe, size_t lane, uint64_t y)
{
  int ranked = recipe->making == CERTIGAR_RANKS || recipe->making == CERTIGAR_AROUND;
  size_t k = recipe->row_count, first = 0;
  if (ranked) sort_lane(column, k, lane);
  set_spread(column, recipe, lane, ranked);
  if (recipe->making == CERTIGAR_AROUND) return like_around(column, recipe, y);
  if (ranked) {
    total_of_keys(column, recipe->lo, recipe->hi);
    k = recipe->hi - recipe->lo;
    first = recipe->lo - infinite_before(column, recipe->lo);
  } else {
    total_of_lane(column, k, lane);
  }
  return is_within_own(column, first, k, y) ? CERTIGAR_LIKE_ROUNDED : CERTIGAR_LIKE_NONE;
}
