/* How far an implementation's floating point may be from a published definition, column by column (spec/verdicts.md, PROFILE): a mean or a sum of
 * values, with the terms that a formula has; the mean of the values closest to a median, of rows or of rounds' means; a stated bound of steps.
 */
#ifndef CERTIGAR_PROFILE_BOUND_H
#define CERTIGAR_PROFILE_BOUND_H

#include "drift.h"
#include "spread.h"

typedef enum certigar_terms {
  CERTIGAR_TERMS_ONE,     /* the output itself */
  CERTIGAR_TERMS_ROWS,    /* the mean of some rows' values */
  CERTIGAR_TERMS_SUM,     /* their sum */
  CERTIGAR_TERMS_RANKS,   /* the mean of x_(lo), ..., x_(hi-1) */
  CERTIGAR_TERMS_TRIMMED, /* the same as the sum of all less those before lo, and from hi on */
  CERTIGAR_TERMS_AROUND,  /* the mean of the kept values closest to a median */
  CERTIGAR_TERMS_STEPS    /* a point that steps lead to */
} certigar_terms;

typedef struct certigar_profile_bound {
  const certigar_plan *plan;       /* of a profile's rule, the last one of a chain, after its run on the matrix */
  const certigar_matrix *matrix;
  const certigar_format *format;
  certigar_terms terms;
  const size_t *rows;              /* of ROWS and SUM; NULL: all of the matrix, from row first_row on */
  size_t first_row, row_count;
  size_t lo, hi;                   /* of RANKS and TRIMMED; of AROUND the places of the middle values, lo <= hi */
  int finite_only;                 /* of RANKS: the upper middle value of the finite ones, wherever it is */
  size_t value_count, kept;        /* of AROUND: of how many values; these are the rows, or the rounds' means: */
  int rounds;
  size_t allowed;                  /* of STEPS: C */
  certigar_tile_request request;
  size_t lanes;                    /* columns loaded */
  uint64_t *words, *made;          /* of the rows, row after row; of the rounds' means */
  unsigned char *bytes;            /* these in the format */
  int64_t *keys;                   /* of a column's values, sorted */
  size_t *factor_of;               /* of each round: the place of its factor */
  mpz_t *factors;                  /* of each round, then of the output: g 2^128 */
  size_t base;                     /* numbers are in units of 2^base, of the last column judged: */
  mpz_t drift;                     /* 2^128 E */
  mpz_t sum, magnitudes, median, near, value, other, scratch;
  certigar_recipe all;             /* the matrix */
  certigar_drift *drifting;        /* NULL: somebody else has the matrix as it is */
  const mpz_t *radii;              /* its e, row i, column l at i * lanes + l; NULL if there are none */
  certigar_spread spread;          /* of the column judged, in its order */
  mpz_t loose, all_loose;          /* sums of radii in units of 2^-CERTIGAR_DRIFT_BITS units: of the terms in sum, and of those in magnitudes */
} certigar_profile_bound;

/* drift: prepared, of the chain before the plan; NULL if there is none. Returns 0 if there is no memory; to be cleared in any case. */
int certigar_profile_bound_init(certigar_profile_bound *bound, certigar_plan *plan, const certigar_matrix *matrix, certigar_drift *drift);
void certigar_profile_bound_clear(certigar_profile_bound *bound);

/* Loads columns first .. first+count-1; count is at most CERTIGAR_DRIFT_LANES. */
void certigar_profile_bound_load(certigar_profile_bound *bound, size_t first, size_t count);

/* Whether y may be the definition's output in column lane of those loaded, whose word is out and another one. */
int certigar_profile_bound_judge(certigar_profile_bound *bound, size_t lane, uint64_t out, uint64_t y);

#endif
