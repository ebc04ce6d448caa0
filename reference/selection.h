/* The reference of the rules that select rows, and of the pre-aggregations (spec/rules.md, sections 5 to 8).
 *
 * Every decision is a comparison of exact numbers; everything is sorted, every subset is tried. It is meant for matrices of a size at
 * which that ends. rows: n x d words of 4 or 8 bytes, row after row; out: d words. A parameter out of range aborts.
 */
#ifndef REFERENCE_SELECTION_H
#define REFERENCE_SELECTION_H

#include "reference.h"

#include <mpfr.h>

/* A rational number or an infinity: infinite is -1, 0 or +1, and value counts only if it is 0. */
typedef struct reference_extended {
  int infinite;
  mpq_t value;
} reference_extended;

/* Negative, 0, positive as a is less than, equal to, greater than b. */
int reference_extended_compare(const reference_extended *a, const reference_extended *b);

/* What a rule did (section 5). Distances and norms are in squared units. */
typedef struct reference_selection {
  size_t n;                   /* rows there is room for */
  size_t *rows;               /* selected, ascending */
  size_t count;               /* how many */
  reference_extended *scores; /* one for each row that has one */
  unsigned char *has_score;
  size_t selection_ties;
  size_t column_ties;
  reference_extended margin;
  size_t nonfinite_rows;
  size_t nonfinite_outputs;
  int not_finite; /* the status: an output is not finite, or more than f rows are not */
  int no_value;   /* there is no output: out was not written */
} reference_selection;

/* A report for up to n rows. */
reference_selection *reference_selection_new(size_t n);
void reference_selection_free(reference_selection *report);

/* ---- rules that select by distance or norm (section 6) ---- */

typedef enum reference_bulyan_variant { REFERENCE_ONE_PASS, REFERENCE_ITERATED } reference_bulyan_variant;

void reference_krum(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report);
void reference_multi_krum(reference_context *context, size_t n, size_t f, size_t m, size_t d, const void *rows, void *out,
                          reference_selection *report);
void reference_bulyan(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report);
void reference_multi_bulyan(reference_context *context, reference_bulyan_variant variant, size_t n, size_t f, size_t d, const void *rows,
                            void *out, reference_selection *report);
void reference_mda(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report);
void reference_cge(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report);
void reference_monna(reference_context *context, size_t n, size_t f, size_t pivot, size_t d, const void *rows, void *out,
                     reference_selection *report);

/* ---- rules that score otherwise (section 7) ---- */

/* threshold: T, or NULL for no limit. */
void reference_brsgd(reference_context *context, size_t n, size_t f, mpq_srcptr beta, mpq_srcptr threshold, size_t d, const void *rows,
                     void *out, reference_selection *report);

/* losses: n + 1 words of binary64, that at the model, then those after a step along each row. */
void reference_zeno(reference_context *context, size_t n, size_t b, mpq_srcptr rho, const uint64_t *losses, size_t d, const void *rows,
                    void *out, reference_selection *report);

/* zeno++: whether the row is accepted. */
int reference_zeno_accepts(reference_context *context, mpq_srcptr gamma, mpq_srcptr rho, mpq_srcptr epsilon, size_t d, const void *gradient,
                           const void *row);

/* A minimiser y of the sum F of the distances to the finite rows, F(y), and a bound of F(y) - min F, all in units; y: d numbers, 300 bits
 * are what the computation has. Returns the number of finite rows; if that is 0 nothing is written. */
size_t reference_geometric_median(reference_context *context, size_t n, size_t d, const void *rows, mpfr_t *y, mpfr_ptr value,
                                  mpfr_ptr gap);

/* F of d finite words. */
void reference_sum_of_distances(reference_context *context, size_t n, size_t d, const void *rows, const void *candidate, mpfr_ptr value);

/* The exact v, in units, but for the rounding to the precision of v: d numbers. centre: d finite words, or NULL for zero. Returns the
 * number of finite rows; if that is 0 nothing is written. */
size_t reference_centered_clipping(reference_context *context, size_t n, mpq_srcptr tau, size_t iterations, const void *centre, size_t d,
                                   const void *rows, mpfr_t *v);

/* The same for the mean that caf finds. */
size_t reference_caf(reference_context *context, size_t n, size_t f, size_t d, const void *rows, mpfr_t *mu);

/* No scores, ties or margin. */
void reference_smea(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out, reference_selection *report);

/* ---- pre-aggregations (section 8): out is a matrix of d columns and may not overlap rows ---- */

/* n rows. Returns the number of rows whose selection has a tie. */
size_t reference_nnm(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out);

/* The permutation of a seed: n row numbers. */
void reference_permutation(uint64_t seed, size_t n, size_t *permutation);

/* Returns the number of buckets, the rows of out. */
size_t reference_bucketing(reference_context *context, size_t n, size_t s, const size_t *permutation, size_t d, const void *rows,
                           void *out);

/* n rows. */
void reference_clip(reference_context *context, size_t n, mpq_srcptr tau, size_t d, const void *rows, void *out);
void reference_arc(reference_context *context, size_t n, size_t f, size_t d, const void *rows, void *out);

#endif
