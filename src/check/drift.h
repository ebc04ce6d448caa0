/* How far somebody else's made rows may be from the rule's own, for having been computed in the format (spec/verdicts.md, ROUNDING): the rows that
 * pre-aggregations make, and those of multi-bulyan's rounds.
 *
 * V is the matrix as spec/rules.md rounds it, W another one made of the same rows: |W - V| <= e, and with |W_j - V_j| <= e_j for k rows of W's mean
 *
 *     |mean computed - V'|  <=  (sum e_j + g sum (|V_j| + e_j) + |k V' - sum V_j|) / k  +  k unit.
 *
 * A row that is scaled by a factor that lies in [low, high] is in the product of the two intervals, and a rounding.
 */
#ifndef CERTIGAR_DRIFT_H
#define CERTIGAR_DRIFT_H

#include "recipe.h"
#include "rounding.h"
#include "watch.h"

enum { CERTIGAR_DRIFT_LANES = 16 };

typedef struct certigar_drift_scale certigar_drift_scale;

/* What is known of a block of columns of a matrix: row i, column l at i * count + l. */
typedef struct certigar_drift_block {
  uint64_t *words;
  mpz_t *values, *radii; /* in units of 2^-CERTIGAR_DRIFT_BITS units: of finite words; e */
  unsigned char *bytes;  /* the words in the format */
} certigar_drift_block;

typedef struct certigar_drift {
  const certigar_plan *plan;    /* the first of a chain */
  const certigar_matrix *input; /* its */
  const certigar_format *format;
  certigar_watch *watch;        /* NULL, or who may stop preparations */
  size_t n, first, count;       /* of the input; the columns in made, none if count is 0 */
  certigar_drift_block made, next; /* the matrix that the rule has; scratch, or the rounds' */
  certigar_drift_scale *scales; /* of each stage and row */
  unsigned char *chosen;        /* n flags, scratch */
  size_t *list;
  certigar_rounding rounding;
  mpz_t sum, magnitudes, radii, scratch;
  mpz_t totals[CERTIGAR_DRIFT_LANES][3]; /* the first three of these, over all rows */
} certigar_drift;

/* Of a chain that was run on this input; both must stay. Returns 0 if there is no memory; to be cleared in any case. */
int certigar_drift_init(certigar_drift *drift, const certigar_plan *plan, const certigar_matrix *input);
void certigar_drift_clear(certigar_drift *drift);

/* Once, before rows are loaded: goes through all columns for each clip and arc. Returns 0 if there is no memory. */
int certigar_drift_prepare(certigar_drift *drift);

/* e of each row of the recipe's matrix in columns first .. first+count-1 (at most CERTIGAR_DRIFT_LANES), row i, column l at i * count + l, until the
 * next call. */
const mpz_t *certigar_drift_load(certigar_drift *drift, const certigar_recipe *recipe, size_t first, size_t count);

/* Whether a recipe's rows may drift at all. */
int certigar_drifts(const certigar_plan *first, const certigar_recipe *recipe);

#endif
