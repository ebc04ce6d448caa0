/* crosscheck: what its files share. A case is drawn from one seed, run by certigar and by the reference, and judged; crosscheck_columns.c has
 * the rules of single columns, crosscheck_rows.c those that select rows, crosscheck_case.c what both use. */
#ifndef CROSSCHECK_H
#define CROSSCHECK_H

#include "certigar.h"
#include "generate.h"
#include "reference.h"

#include <stdint.h>

enum {
  DTYPES = 2,
  COLUMN_RULES = 4, /* the rules before this one are of single columns, the others select rows */
  UNTOUCHED = 0xa5, /* bytes of an output before it is there */
  REPORTS_MAX = 10  /* failures shown in full; all are counted */
};

/* ---- cases ---- */

typedef enum layout { ROWS, COLUMNS, PADDED, REVERSED, SWAPPED, LAYOUTS } layout;

typedef struct test_case {
  certigar_rule rule;
  certigar_dtype dtype;
  uint64_t seed;
  const generator *from;
  size_t n, f, d;
  size_t m, pivot, variant, choice; /* of rules that select rows */
  certigar_median_kind median;
  layout where;
  size_t threads[2];      /* of the first run and of the second */
  certigar_level levels[2];
  generate_random random; /* for what follows */
} test_case;

/* ---- a worker: the memory of one case at a time ---- */

typedef struct buffer {
  void *bytes;
  size_t size;
} buffer;

typedef struct work {
  int reports; /* failures shown so far */
  const generator *only;
} work;

typedef struct worker {
  work *work;
  reference_context *contexts[DTYPES];
  buffer rows, placed, changed, out, again, expected, ranks, flags, failed_columns;
} worker;

/* At least so many bytes. */
void *room(buffer *b, size_t size);

/* Marks a column as failed (or, with column = d, the matrix) and shows it, with all that is needed to run it again. */
void report_failure(worker *w, const test_case *t, size_t column, const char *what, uint64_t got, uint64_t wanted);

/* The same of the matrix, with two texts. */
void report_matrix(worker *w, const test_case *t, const char *what, const char *got, const char *wanted);

/* ---- drawing (for each kind of rules) and running ---- */

/* Layout, threads and levels of both runs. */
void draw_machine(test_case *t);

void draw_column_case(test_case *t, const generator *only);
void draw_row_case(test_case *t, const generator *only);

/* Runs one case; w->failed_columns is then set. */
void run_column_case(worker *w, test_case *t);
void run_row_case(worker *w, test_case *t);

/* Whether there is a check of this rule. */
int is_row_rule(certigar_rule rule);

/* A plan for the first run of a case or for the second, with the parameters of rules that select rows, NULL for others; NULL, and a failure, if it is
 * refused. */
struct row_case;
certigar_plan *new_plan(worker *w, const test_case *t, const struct row_case *rows, int run);

/* The n x d words in the layout of the case; what lies between rows is noise. */
certigar_matrix place(worker *w, const test_case *t, const void *rows);

/* The n x d words as they are. */
certigar_matrix contiguous(const test_case *t, const void *rows);

/* Runs a plan; 0, and a failure, if it ends otherwise than it may. */
int run_plan(worker *w, const test_case *t, certigar_plan *plan, const certigar_matrix *matrix, void *out, certigar_certificate *certificate,
             certigar_status *status);

void check_count(worker *w, const test_case *t, const char *name, size_t got, size_t wanted);
void check_bits(worker *w, const test_case *t, const char *what, const void *got, const void *wanted);

/* ---- words ---- */

size_t word_size(certigar_dtype dtype);
uint64_t load(certigar_dtype dtype, const void *words, size_t index);
void store(certigar_dtype dtype, void *words, size_t index, uint64_t word);
unsigned fraction_bits(certigar_dtype dtype);
uint64_t sign_bit(certigar_dtype dtype);
uint64_t infinity(certigar_dtype dtype);
uint64_t magnitude(certigar_dtype dtype, uint64_t word);
int is_finite(certigar_dtype dtype, uint64_t word);

/* Orders finite words by value: -0 and +0 are both 0, neighbours differ by 1. */
int64_t rank_of(certigar_dtype dtype, uint64_t word);

/* word * 2^shift, of a zero or a normal number that stays one, its sign flipped with flip (not_scalable: otherwise). */
extern const uint64_t not_scalable;
uint64_t scaled(certigar_dtype dtype, uint64_t word, int64_t shift, uint64_t flip);

#endif
