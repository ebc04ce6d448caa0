/* The rules that select rows: their parameters, their reference, and a judgement of what certigar says against it. For crosscheck and the
 * fuzzers. */
#ifndef JUDGE_ROWS_H
#define JUDGE_ROWS_H

#include "certigar.h"
#include "selection.h"

#include <stddef.h>

typedef struct row_case {
  certigar_rule rule;
  certigar_dtype dtype;
  size_t n, f, d;
  size_t m, pivot, variant; /* of the rules that have them; 0 for others */
  const void *rows;         /* n x d words, row after row */
  /* told what is wrong, with two texts */
  void (*complain)(void *context, const char *what, const char *got, const char *wanted);
  void *context;
} row_case;

typedef struct row_rule {
  const char *name;
  size_t rows_per_f, rows_more; /* n >= rows_per_f * f + rows_more */
  size_t n_max;                 /* as far as the reference goes */
  int one_selection;            /* its ties and margin are those of one choice by the scores (or diameters) of the certificate */
  int from_one;                 /* distances are from one row, or norms: at most n of them, and equal rows are not told */
  int has_m, has_pivot, has_variant;
  void (*reference)(reference_context *context, const row_case *one, void *out, reference_selection *report);
} row_rule;

/* NULL if the rule is none of these, or is not known here. */
const row_rule *row_rule_of(certigar_rule rule);

/* Brings f, m, pivot and variant into their ranges, by remainders; n >= rows_more. */
void row_case_fit(row_case *one);

/* f, m, pivot, variant. */
void row_case_set(const row_case *one, certigar_options *options);

/* The certificate of a run on these rows against the reference's report. Every exact score lies in its interval; the margin is at most the
 * exact one, positive if there is no tie, and the exact one if the scores are exact. */
void judge_certificate(const row_case *one, certigar_status status, const certigar_certificate *certificate, const reference_selection *report);

/* That two certificates are the same; so are two statuses. what: what should have changed nothing. */
void judge_same(const row_case *one, const char *what, const certigar_certificate *certificate, const certigar_certificate *wanted);

/* The certificate of these rows in another order, in which row i was row from[i]: the same rows are selected unless there is a tie.
 * first: the certificate of the rows as they are. */
void judge_permuted(const row_case *one, const size_t *from, const certigar_certificate *certificate, const certigar_certificate *first,
                    const reference_selection *report);

/* The certificate of these rows times a power of two or its negative: the same rows, and no greater margin. ties: before. */
void judge_scaled(const row_case *one, const char *what, const certigar_certificate *certificate, size_t ties, const reference_selection *report);

#endif
