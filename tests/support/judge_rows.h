/* The rules that select rows: their parameters, their reference, and a judgement of what certigar says against it. For crosscheck and the
 * fuzzers. */
#ifndef JUDGE_ROWS_H
#define JUDGE_ROWS_H

#include "certigar.h"
#include "selection.h"

#include <stddef.h>

enum { ROW_CASE_LOSSES = 200 }; /* more than any n_max */

typedef struct row_case {
  certigar_rule rule;
  certigar_dtype dtype;
  size_t n, f, d;
  size_t m, pivot, variant, choice; /* of the rules that have them; 0 for others. choice: which of the parameters below */
  const void *rows;                 /* n x d words, row after row */
  /* from choice and the rows: see row_case_fill */
  const char *beta, *rho;              /* brsgd; zeno: times 2^rho_exponent */
  char threshold[48];                  /* brsgd: an integer in hexadecimal, times 2^threshold_exponent; or "inf" */
  int threshold_exponent, rho_exponent;
  int complete;                        /* zeno: scores are given, not losses */
  uint64_t losses[ROW_CASE_LOSSES];    /* the loss at the model, and after each row; or 0, and the scores: words of binary64 */
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
  size_t choices;               /* at least 1 */
  int no_scores;
  enum { SQUARED_UNITS, NUMBERS } scores_in;
  int not_negated;              /* -X may give other rows than X */
  void (*reference)(reference_context *context, const row_case *one, void *out, reference_selection *report);
} row_rule;

/* NULL if the rule is none of these, or is not known here. */
const row_rule *row_rule_of(certigar_rule rule);

/* Brings f, m, pivot, variant and choice into their ranges, by remainders; n >= rows_more. */
void row_case_fit(row_case *one);

/* The parameters that choice stands for. Many are made to be hard for these rows: twice the threshold is a row's distance to the median, or one unit
 * more or less; the losses make all scores nearly the same. */
void row_case_fill(row_case *one);

/* The options of a case that was filled, which must stay as long as they serve. */
void row_case_set(const row_case *one, certigar_options *options);

/* The same case with its rows in another order, in which row i was row from[i]; but for the rows themselves. */
row_case row_case_permuted(const row_case *one, const size_t *from);

/* Sets the case up for its rows times 2^shift; 0 if rho is too long for that. */
int row_case_scale(row_case *one, int64_t shift);

/* The certificate of a run on these rows against the reference's report. Every exact score lies in its interval; the margin is at most the
 * exact one, positive if there is no tie, and the exact one if the scores are exact. */
void judge_certificate(const row_case *one, certigar_status status, const certigar_certificate *certificate, const reference_selection *report);

/* What of that the rule itself chose: the selected rows, the scores and the margin. */
void judge_choice(const row_case *one, const certigar_certificate *certificate, const reference_selection *report);

/* That two certificates are the same; so are two statuses. what: what should have changed nothing. */
void judge_same(const row_case *one, const char *what, const certigar_certificate *certificate, const certigar_certificate *wanted);

/* The certificate of these rows in another order, in which row i was row from[i]: the same rows are selected unless there is a tie.
 * first: the certificate of the rows as they are. */
void judge_permuted(const row_case *one, const size_t *from, const certigar_certificate *certificate, const certigar_certificate *first,
                    const reference_selection *report);

/* The certificate of these rows times a power of two or its negative: the same rows, and no greater margin. ties: before. */
void judge_scaled(const row_case *one, const char *what, const certigar_certificate *certificate, size_t ties, const reference_selection *report);

#endif
