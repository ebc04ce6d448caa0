/* What wrong answers are made of: rules in float arithmetic as they are commonly written, with the mistakes as parameters. */
#ifndef CERTIGAR_CASES_FLOAT_PARTS_H
#define CERTIGAR_CASES_FLOAT_PARTS_H

#include "wrong.h"

/* A result in the case's dtype. */
static inline double rounded(const wrong_input *in, double x)
{
  return in->dtype == CERTIGAR_FLOAT32 ? (double)(float)x : x;
}

static inline double value(const wrong_input *in, size_t row, size_t c)
{
  return in->x[row * in->d + c];
}

/* How distances and scores are made. All 0: squares of differences, n-f-2 neighbours, a NaN last. */
typedef struct float_how {
  unsigned power;         /* 0 stands for 2 */
  int gram;               /* |a|^2 + |b|^2 - 2<a, b>, the squares summed from the other end than the products */
  int by_value;           /* a row's least distance is taken for that to itself, which is 0 in exact arithmetic only */
  size_t more_neighbours;
  int nan_least;          /* a NaN goes first */
  /* of multi-bulyan, iterated */
  int stale;              /* scores stay those of the first round */
  int winner;             /* a round makes its winner, not the mean of the best rows */
  size_t more_rounds, more_kept, less_kept;
} float_how;

/* Fills the space's table with powers of distances. */
void float_table(const wrong_input *in, const float_how *how);

/* Sorts, every NaN last. */
void float_sort(double *numbers, size_t count);

/* The space's scores: of each row that is not gone the sum of the so many least entries of its row of the table among those not gone. */
void float_scores(const wrong_input *in, const float_how *how, size_t neighbours);

/* The space's order: all rows by these numbers, of equal ones the smaller row first, NaN last (or first). */
void float_order(const wrong_input *in, const double *numbers, int nan_least);

/* Sums from left to right: of column c of the listed rows, and their mean, by a division. */
double float_sum(const wrong_input *in, size_t c, const size_t *rows, size_t count);
void float_mean(const wrong_input *in, const size_t *rows, size_t count, double *out);

/* Column c of the listed rows into the space's column, sorted. */
void float_column(const wrong_input *in, size_t c, const size_t *rows, size_t count);

/* The median of the first count numbers of the space's column, sorted; the mean of the kept ones that are closest to a number. */
double float_median(const wrong_input *in, size_t count, certigar_median_kind kind);
double float_around(const wrong_input *in, size_t count, double middle, size_t kept);

/* The next set of count of n rows in the order of lists; 0 after the last. */
int float_next_set(size_t *set, size_t count, size_t n);

/* The rule's own selection in float arithmetic, in the space's kept rows; 0 if the rule selects nothing, or too many sets would be tried. */
size_t float_select(const wrong_input *in, const float_how *how);

/* The rule in float arithmetic; 0 as above. kind: of the median that bulyan and multi-bulyan keep values around. */
int float_answer(const wrong_input *in, const float_how *how, certigar_median_kind kind, double *out);

/* That of multi-bulyan, iterated. */
int float_iterated(const wrong_input *in, const float_how *how, certigar_median_kind kind, double *out);

#endif
