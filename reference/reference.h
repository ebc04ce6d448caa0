/* The reference: spec/rules.md in the most naive way, to judge src/ by.
 *
 * It works on words (bit patterns), big integers (GMP) and one MPFR division; no float is ever computed with, so that rounding mode,
 * FTZ and compiler flags cannot matter. It shares no code with src/. Words of binary32 stand in the low half of a uint64_t.
 * A violated precondition, or an answer that does not satisfy the definition of RN, aborts with a message: an oracle must not guess.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <gmp.h>
#include <stddef.h>
#include <stdint.h>

typedef enum reference_format { REFERENCE_BINARY32, REFERENCE_BINARY64 } reference_format;

typedef enum reference_rule {
  REFERENCE_AVERAGE,
  REFERENCE_MEDIAN,
  REFERENCE_TRIMMED_MEAN,
  REFERENCE_MEAMED
} reference_rule;

typedef enum reference_median_kind { REFERENCE_MIDPOINT, REFERENCE_LOWER, REFERENCE_UPPER } reference_median_kind;

/* A format and the big numbers that serve as scratch. One context serves one thread. */
typedef struct reference_context reference_context;

reference_context *reference_new(reference_format format);
void reference_free(reference_context *context);

/* ---- numbers (section 1) ---- */

int reference_is_nan(const reference_context *context, uint64_t word);
int reference_is_infinite(const reference_context *context, uint64_t word);
int reference_is_finite(const reference_context *context, uint64_t word);
int reference_is_negative(const reference_context *context, uint64_t word);

/* The only NaN of an output. */
uint64_t reference_nan(const reference_context *context);

/* The value of a finite word, in units; also of the first magnitude after the largest finite one, by the same formula. */
void reference_value(const reference_context *context, uint64_t word, mpz_ptr value);

/* Negative, 0, positive as a is before, equal to, after b in the order: -infinity, finite (-0 before +0), +infinity, NaN. */
int reference_order(const reference_context *context, uint64_t a, uint64_t b);

/* sorted receives the n words of column in this order. */
void reference_sort(const reference_context *context, const uint64_t *column, size_t n, uint64_t *sorted);

/* RN(sum / k), |sum| <= k times the largest finite value, 1 <= k <= 2^24: an MPFR division, the result held against the definition. */
uint64_t reference_rn(reference_context *context, mpz_srcptr sum, unsigned long k);

/* The same without that check; and the same by bisection over all magnitudes with nothing but the definition. */
uint64_t reference_rn_by_mpfr(reference_context *context, mpz_srcptr sum, unsigned long k);
uint64_t reference_rn_by_definition(reference_context *context, mpz_srcptr sum, unsigned long k);

/* Mean(values), k >= 1 of them. */
uint64_t reference_mean(reference_context *context, const uint64_t *values, size_t k);

/* ---- the rules on one column of n words, n > 2f (section 4) ---- */

uint64_t reference_average(reference_context *context, const uint64_t *column, size_t n);
uint64_t reference_median(reference_context *context, reference_median_kind kind, const uint64_t *column, size_t n);
uint64_t reference_trimmed_mean(reference_context *context, const uint64_t *column, size_t n, size_t f);
uint64_t reference_meamed(reference_context *context, const uint64_t *column, size_t n, size_t f, int *tie);

/* ---- a whole matrix ---- */

typedef struct reference_report {
  size_t nonfinite_rows;
  size_t nonfinite_outputs;
  size_t ties;
  int not_finite; /* the status: an output is not finite, or more than f rows are not */
} reference_report;

/* rows: n x d words of 4 or 8 bytes, row after row; out: d words. row_is_nonfinite (n flags) and report may be NULL. */
void reference_aggregate(reference_context *context, reference_rule rule, reference_median_kind kind, size_t n, size_t f, size_t d,
                         const void *rows, void *out, unsigned char *row_is_nonfinite, reference_report *report);

#endif
