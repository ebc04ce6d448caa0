/* One column of a candidate against what a recipe makes of the column's values (spec/verdicts.md).
 *
 * MeanAround keeps k values next to each other in the column's order: x_i, ..., x_(i+k-1) of the N finite ones. With M the exact median no value left
 * out is closer to it than one kept if and only if
 *
 *     i = N-k  or  M - x_i <= x_(i+k) - M,     and     i = 0  or  x_(i+k-1) - M <= M - x_(i-1),                                      (1)
 *
 * and every admissible sum is that of such a window (values equally far from M on the same side are equal). The rule's own is the first of them. Near
 * it are those where the same holds up to 4 u (|M| + the greater magnitude of the two values).
 *
 * Where somebody else's rows may have drifted, values and M may be anything in their ranges (spread.h): so may means, and the differences that decide
 * what is near.
 */
#ifndef CERTIGAR_COLUMN_H
#define CERTIGAR_COLUMN_H

#include "recipe.h"
#include "spread.h"

/* From better to worse. */
typedef enum certigar_likeness {
  CERTIGAR_LIKE_SAME,    /* the recipe's word, or another NaN */
  CERTIGAR_LIKE_TIE,     /* what it makes of another admissible choice of the column's values */
  CERTIGAR_LIKE_ROUNDED, /* within the bound of ROUNDING, of an admissible choice */
  CERTIGAR_LIKE_NEAR,    /* of a choice that the format may fail to tell from that */
  CERTIGAR_LIKE_NONE
} certigar_likeness;

typedef struct certigar_column {
  const certigar_format *format;
  size_t lanes;               /* columns loaded at a time */
  uint64_t *words;            /* of so many columns, row after row */
  int64_t *keys;              /* of a column, sorted where ranks count */
  const mpz_t *radii;         /* NULL, or how far the values of the columns loaded may have drifted: of rows of the recipe's matrix */
  certigar_spread spread;     /* of a column, if so */
  certigar_total total;
  certigar_rounding own;      /* of the last column judged, of the recipe's own choice, */
  int measured;               /* if this is set: else one of the two numbers is not finite */
  certigar_rounding other;
  certigar_bound gap;         /* the greatest of those that were near, rounded up, since the caller set it to 0 */
  mpz_t median, pair, difference, allowed; /* scratch, as the next: twice the least and the greatest M */
  mpz_t least, greatest;
} certigar_column;

enum { CERTIGAR_COLUMN_LANES = 16 };

/* Of at most so many rows. Returns 0 if there is no memory; to be cleared in any case. */
int certigar_column_init(certigar_column *column, certigar_dtype dtype, size_t rows);
void certigar_column_clear(certigar_column *column);

/* Loads count <= CERTIGAR_COLUMN_LANES columns. */
void certigar_column_load(certigar_column *column, const certigar_recipe *recipe, size_t first, size_t count);

/* What y is to column lane of those loaded; it is not what the recipe makes of it. */
certigar_likeness certigar_column_judge(certigar_column *column, const certigar_recipe *recipe, size_t lane, uint64_t y);

/* Sorts keys, ascending. */
void certigar_sort_keys(int64_t *keys, size_t count);

#endif
