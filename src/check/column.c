/* See column.h. */
#include "column.h"

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
  mpz_inits(column->median, column->pair, column->difference, column->allowed, (mpz_ptr)NULL);
  return column->words && column->keys;
}

void certigar_column_clear(certigar_column *column)
{
  free(column->words);
  free(column->keys);
  certigar_rounding_clear(&column->own);
  certigar_rounding_clear(&column->other);
  mpz_clears(column->median, column->pair, column->difference, column->allowed, (mpz_ptr)NULL);
}

void certigar_column_load(certigar_column *column, const certigar_recipe *recipe, size_t first, size_t count)
{
  column->lanes = count;
  for (size_t i = 0; i < recipe->row_count; i++)
    certigar_load_words(column->format, recipe->matrix, recipe->rows ? recipe->rows[i] : i, first, count, column->words + i * count);
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

/* The total is of the k values that the recipe takes. */
static int is_within(certigar_column *column, size_t k, uint64_t y)
{
  column->measured = certigar_total_is_finite(&column->total) && certigar_word_is_finite(column->format, y);
  return column->measured && certigar_rounding_judge(&column->own, &column->total, k, y);
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

/* After compare_pair: whether 2^p |difference| <= 4 (|M| + max) with u = 2^-p, that is, 2 |2 M| + 4 max; what was needed goes into the gap. */
static int is_near(certigar_column *column, const window *w, size_t j)
{
  mpq_t gap;
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
  if (mpz_cmp(column->difference, column->pair) > 0) return 0;
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
  return certigar_rounding_judge(&column->other, &column->total, w->kept, y) ? CERTIGAR_LIKE_ROUNDED : CERTIGAR_LIKE_NONE;
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
    compare_pair(column, w, i);
    if (!is_near(column, w, i)) break;
    if (like_window(column, w, i, y) < CERTIGAR_LIKE_NONE) return CERTIGAR_LIKE_NEAR;
  }
  column->gap = before;
  for (size_t i = own; i < w->count - w->kept; i++) {
    compare_pair(column, w, i);
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
  size_t own = own_window(column, &w), first = (size_t)(w.keys - column->keys) + own;
  total_of_keys(column, first, first + w.kept);
  certigar_likeness likeness = is_within(column, w.kept, y) ? CERTIGAR_LIKE_ROUNDED : CERTIGAR_LIKE_NONE;
  if (!column->measured) return likeness;
  likeness = better(likeness, like_ties(column, &w, own, y));
  return likeness < CERTIGAR_LIKE_NONE ? likeness : like_near(column, &w, own, y);
}

certigar_likeness certigar_column_judge(certigar_column *column, const certigar_recipe *recipe, size_t lane, uint64_t y)
{
  size_t k = recipe->row_count;
  if (recipe->making == CERTIGAR_RANKS || recipe->making == CERTIGAR_AROUND) sort_lane(column, recipe->row_count, lane);
  if (recipe->making == CERTIGAR_AROUND) return like_around(column, recipe, y);
  if (recipe->making == CERTIGAR_RANKS) {
    total_of_keys(column, recipe->lo, recipe->hi);
    k = recipe->hi - recipe->lo;
  } else {
    total_of_lane(column, k, lane);
  }
  return is_within(column, k, y) ? CERTIGAR_LIKE_ROUNDED : CERTIGAR_LIKE_NONE;
}
