/* See apparent.h. Where the candidate is finite so are the rows that it is the mean of, so only rows that are finite there come into question, and
 * these columns are what is looked at; every answer is verified in all columns, with what the rounding bound says of infinities and NaN.
 */
#include "apparent_parts.h"

#include "check/measure.h"
#include "check/rounding.h"

#include <stdlib.h>
#include <string.h>

enum { SEARCH_STEPS = 1 << 22, ALL_STEPS = 1 << 26 };

static int ascending(const void *a, const void *b)
{
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

int certigar_apparent_verify(certigar_apparent *a)
{
  qsort(a->rows, a->k, sizeof *a->rows, ascending);
  return certigar_within_rounding(a->dtype, a->input, a->rows, a->k, a->candidate, 0, a->input->d);
}

/* ---- the columns in which the candidate is finite ---- */

static void read_columns(void *context, size_t row, size_t first, size_t count, void *values)
{
  const certigar_apparent *a = context;
  uint64_t word;
  for (size_t c = 0; c < count; c++) {
    certigar_load_words(a->format, a->input, row, a->columns[first + c], 1, &word);
    uint32_t narrow = (uint32_t)word;
    memcpy((unsigned char *)values + c * a->format->size, a->format->size == sizeof word ? (void *)&word : (void *)&narrow, a->format->size);
  }
}

/* Returns 0 if there is no memory. */
static int find_columns(certigar_apparent *a)
{
  size_t d = a->input->d, size = a->format->size;
  for (size_t c = 0; c < d; c++) a->column_count += (size_t)certigar_word_is_finite(a->format, certigar_word_at(a->format, a->candidate, c));
  a->finite = *a->input;
  if (a->column_count == d) return 1;
  a->columns = malloc((a->column_count + 1) * sizeof *a->columns);
  a->values = malloc((a->column_count + 1) * size);
  if (!a->columns || !a->values) return 0;
  a->column_count = 0;
  for (size_t c = 0; c < d; c++) {
    if (!certigar_word_is_finite(a->format, certigar_word_at(a->format, a->candidate, c))) continue;
    memcpy((unsigned char *)a->values + a->column_count * size, (const unsigned char *)a->candidate + c * size, size);
    a->columns[a->column_count++] = c;
  }
  a->finite = (certigar_matrix){.n = a->input->n, .d = a->column_count, .read = read_columns, .context = a};
  return 1;
}

/* ---- one row, all rows but one, all rows ---- */

/* Rows by their distance from the candidate. */
static int find_row(certigar_apparent *a, const certigar_measure *measure)
{
  int found = 0;
  size_t *order = malloc((a->count + 1) * sizeof *order);
  if (!order) return -1;
  for (size_t p = 0; p < a->count; p++) {
    size_t q = p;
    for (; q > 0 && mpz_cmp(measure->squares[order[q - 1]], measure->squares[a->possible[p]]) > 0; q--) order[q] = order[q - 1];
    order[q] = a->possible[p];
  }
  for (size_t p = 0; p < a->count && !found; p++) {
    a->rows[0] = order[p];
    found = certigar_apparent_verify(a);
  }
  free(order);
  return found;
}

/* All that are possible but those from number skipped to skipped + missing - 1. */
static int try_without(certigar_apparent *a, size_t skipped, size_t missing)
{
  size_t count = 0;
  for (size_t p = 0; p < a->count; p++)
    if (p < skipped || p >= skipped + missing) a->rows[count++] = a->possible[p];
  return certigar_apparent_verify(a);
}

static int find_complement(certigar_apparent *a)
{
  size_t missing = a->count - a->k;
  int found = 0;
  if (missing == 0) return try_without(a, 0, 0);
  for (size_t p = a->count; p-- > 0 && !found;) found = try_without(a, p, 1);
  return found;
}

/* ---- all ways ---- */

/* Whether count rows have no more than CERTIGAR_APPARENT_SETS sets of k. */
static int has_few_sets(size_t count, size_t k)
{
  size_t sets = 1;
  if (k > count - k) k = count - k;
  for (size_t j = 1; j <= k; j++) {
    sets = sets * (count - k + j) / j;
    if (sets > CERTIGAR_APPARENT_SETS) return 0;
  }
  return 1;
}

static int find_rows(certigar_apparent *a, const certigar_measure *measure)
{
  for (size_t i = 0; i < a->input->n; i++)
    if (!measure || measure->finite[i]) a->possible[a->count++] = i;
  if (a->k > a->count) return 0;
  if (a->k == 1 && measure) return find_row(a, measure);
  if (a->k + 1 >= a->count) return find_complement(a);
  if (!measure) return 0;
  if (has_few_sets(a->count, a->k)) return certigar_apparent_search(a, ALL_STEPS);
  int found = certigar_apparent_solve(a);
  return found != 0 ? found : certigar_apparent_search(a, SEARCH_STEPS);
}

/* A candidate that is finite nowhere: one row may be like it. */
static int find_like(certigar_apparent *a)
{
  int found = 0;
  for (size_t i = 0; i < a->input->n && a->k == 1 && !found; i++) {
    a->rows[0] = i;
    found = certigar_apparent_verify(a);
  }
  return found ? found : find_rows(a, NULL);
}

int certigar_apparent_selection(certigar_dtype dtype, const certigar_matrix *input, const void *candidate, size_t k, size_t *rows)
{
  certigar_apparent a = {.dtype = dtype, .format = certigar_format_of(dtype), .input = input, .candidate = candidate, .k = k, .rows = rows};
  int found = -1;
  if (k < 1 || k > input->n) return 0;
  a.possible = malloc(input->n * sizeof *a.possible);
  if (a.possible && find_columns(&a)) {
    if (a.column_count == 0) {
      found = find_like(&a);
    } else {
      const void *values = a.values ? a.values : candidate;
      certigar_measure *measure = certigar_measure_new(dtype, &a.finite, values, (int)input->n, 1);
      if (measure) found = find_rows(&a, measure);
      certigar_measure_free(measure);
    }
  }
  free(a.possible);
  free(a.columns);
  free(a.values);
  return found;
}
