/* What an output is made of once its selection is known: in each column by itself, the mean of some values of some rows. */
#ifndef CERTIGAR_RECIPE_H
#define CERTIGAR_RECIPE_H

#include "plan.h"

typedef enum certigar_making {
  CERTIGAR_COPY,   /* the row */
  CERTIGAR_MEAN,   /* the Mean of the rows' values */
  CERTIGAR_RANKS,  /* the Mean of x_(lo), ..., x_(hi-1) of the rows' values */
  CERTIGAR_AROUND, /* MeanAround(rows, kept) */
  CERTIGAR_REAL    /* no such thing: a point that real numbers lead to */
} certigar_making;

/* Rows that a rule makes in rounds (multi-bulyan, iterated), as a matrix that computes them when it is read. */
typedef struct certigar_rounds {
  const certigar_plan *plan;     /* its input is still there */
  const size_t *rows, *counts;   /* the rows that each is the mean of, one after the other; how many each has */
  certigar_matrix matrix;
} certigar_rounds;

typedef struct certigar_recipe {
  certigar_making making;
  const certigar_matrix *matrix;
  const certigar_rounds *rounds; /* NULL, or what the matrix is */
  const size_t *rows;            /* NULL: all of the matrix */
  size_t row_count;
  size_t lo, hi, kept;
  struct certigar_drift *drift;  /* NULL: somebody else has these rows as they are; else how far theirs may be from them (drift.h) */
} certigar_recipe;

/* How the rule's own output was made, after a run of its plan, the last one of a chain, on this matrix; rounds: room for what it makes. */
certigar_recipe certigar_recipe_of(const certigar_plan *plan, const certigar_matrix *matrix, certigar_rounds *rounds);

/* The same of another selection: of these rows of the matrix; of other rounds. */
certigar_recipe certigar_recipe_with(const certigar_recipe *recipe, const size_t *rows, size_t row_count);
certigar_recipe certigar_recipe_with_rounds(const certigar_recipe *recipe, certigar_rounds *rounds, const size_t *rows, const size_t *counts,
                                            size_t count);

/* Coordinates first .. first+count-1 of what such another selection makes; request: of the plan, on the rule's matrix. */
void certigar_recipe_tile(const certigar_recipe *recipe, const certigar_plan *plan, certigar_tile_request *request, size_t first, size_t count,
                          unsigned char *out);

#endif
