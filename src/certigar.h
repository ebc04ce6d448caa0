/* certigar: Byzantine-resilient gradient aggregation, exact, and proved in part.
 *
 * What each rule returns, bit for bit, is said in spec/rules.md. A matrix holds n rows (workers) of d coordinates.
 * Results depend on the input bits alone: not on threads, instruction set, compiler flags, rounding mode, FTZ or DAZ.
 *
 * The library keeps no global state, never prints and never exits. All functions may be called from several threads at once, except
 * that one plan, and one zeno server, serve one call at a time. One thing is not in its hands: brsgd, zeno, clip, arc and the rules over real numbers
 * compute with GMP and MPFR, which end the process when memory runs out.
 */
#ifndef CERTIGAR_H
#define CERTIGAR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CERTIGAR_VERSION "0.1.0"
#define CERTIGAR_SPEC_VERSION "1"

/* The greatest number of rows. */
#define CERTIGAR_ROWS_MAX 16777216

typedef enum certigar_status {
  CERTIGAR_OK = 0,
  CERTIGAR_NOT_FINITE = 1,    /* done, the output is complete; but it is not finite, or more than f rows are not */
  CERTIGAR_BAD_PARAMETER = 2, /* refused; the output is untouched */
  CERTIGAR_NO_MEMORY = 3,     /* the output is untouched */
  CERTIGAR_STOPPED = 4,       /* the progress callback asked to stop; the output is not complete */
  CERTIGAR_NO_VALUE = 5       /* the rule has no value for this input (no finite row; brsgd: no row is selected); the output is untouched */
} certigar_status;

/* Says what was refused: the parameter, what it was, and its range. Empty when there is nothing to say. */
typedef struct certigar_message {
  char text[256];
} certigar_message;

typedef enum certigar_rule {
  CERTIGAR_AVERAGE,
  CERTIGAR_MEDIAN,
  CERTIGAR_TRIMMED_MEAN,
  CERTIGAR_MEAMED,
  CERTIGAR_KRUM,
  CERTIGAR_MULTI_KRUM,
  CERTIGAR_BULYAN,
  CERTIGAR_MULTI_BULYAN,
  CERTIGAR_MDA,
  CERTIGAR_CGE,
  CERTIGAR_MONNA,
  CERTIGAR_GEOMETRIC_MEDIAN,
  CERTIGAR_BRSGD,
  CERTIGAR_ZENO,
  CERTIGAR_CENTERED_CLIPPING,
  CERTIGAR_CAF,
  CERTIGAR_SMEA
} certigar_rule;

typedef enum certigar_dtype { CERTIGAR_FLOAT32, CERTIGAR_FLOAT64 } certigar_dtype;

/* The median of an even number of values. */
typedef enum certigar_median_kind { CERTIGAR_MIDPOINT, CERTIGAR_LOWER, CERTIGAR_UPPER } certigar_median_kind;

/* The reading of multi-bulyan. */
typedef enum certigar_variant { CERTIGAR_ONE_PASS, CERTIGAR_ITERATED } certigar_variant;

/* The instruction set of the kernels: the best one of this processor, or one named. It changes speed, never a result. */
typedef enum certigar_level {
  CERTIGAR_LEVEL_BEST,
  CERTIGAR_LEVEL_BASELINE,
  CERTIGAR_LEVEL_X86_64_V3,
  CERTIGAR_LEVEL_X86_64_V4
} certigar_level;

/* "average", "median", "trimmed-mean", "meamed", "krum", "multi-krum", "bulyan", "multi-bulyan", "mda", "cge", "monna", "geometric-median",
 * "brsgd", "zeno", "centered-clipping", "caf", "smea"; NULL for a value that is no rule. */
const char *certigar_rule_name(certigar_rule rule);

/* The rule of that name, in *rule; returns 0 if there is none. */
int certigar_rule_from_name(const char *name, certigar_rule *rule);

/* "baseline", "x86-64-v3", "x86-64-v4": what a plan with this level runs on this processor; NULL if it cannot. */
const char *certigar_level_name(certigar_level level);

/* ---- options ---- */

typedef struct certigar_options certigar_options;

/* f = 0, m = 0 (the rule's default), midpoint median, one thread, best level, no progress. NULL if there is no memory. */
certigar_options *certigar_options_new(void);
void certigar_options_free(certigar_options *options);

void certigar_options_set_f(certigar_options *options, size_t f);
void certigar_options_set_m(certigar_options *options, size_t m); /* multi-krum: rows kept, 1 to n-f-2; 0 stands for n-f-2 */
void certigar_options_set_pivot(certigar_options *options, size_t pivot); /* monna: the row that distances are from, 0 to n-1 */
void certigar_options_set_median(certigar_options *options, certigar_median_kind kind);
void certigar_options_set_variant(certigar_options *options, certigar_variant variant);
void certigar_options_set_threads(certigar_options *options, size_t threads); /* 1 to 1024 */
void certigar_options_set_level(certigar_options *options, certigar_level level);

/* Real parameters are exact rational numbers, taken as text so that nothing is rounded: 100, 0.1 (one tenth), 1e-9, 1/3, 0x1.8p-20; at most
 * CERTIGAR_NUMBER_MAX characters, decimal exponents from -9999 to 9999. The functions return 0, and leave the options as they are, if the text is
 * no such number; whether it is in the rule's range is said by certigar_plan_new. */
#define CERTIGAR_NUMBER_MAX 63

/* brsgd: the share of the rows with most marks that is looked at, 0 < beta <= 1/2 (default 1/2); half the greatest distance to the median that
 * is allowed, threshold > 0 or "inf" (default). */
int certigar_options_set_beta(certigar_options *options, const char *beta);
int certigar_options_set_threshold(certigar_options *options, const char *threshold);

/* centered-clipping: the radius, tau > 0 (default 100); iterations >= 1 (default 1), at most CERTIGAR_ITERATIONS_MAX; the centre: d finite values
 * of the plan's dtype, in this processor's byte order, which stay the caller's and must be there at every run (default NULL: zero). A run refuses
 * others. */
#define CERTIGAR_ITERATIONS_MAX 1000000
int certigar_options_set_tau(certigar_options *options, const char *tau);
void certigar_options_set_iterations(certigar_options *options, size_t iterations);
void certigar_options_set_centre(certigar_options *options, const void *centre);

/* geometric-median: the gap to the optimum at which the iteration may end, as a share of the sum of the ceil(m/2) least distances to the m finite
 * rows, tolerance > 0 (default 1e-9 for float64, 1e-5 for float32). */
int certigar_options_set_tolerance(certigar_options *options, const char *tolerance);

/* zeno, one of: the complete score of each row that the rule has, after pre-aggregations; these numbers stay the caller's and must be there at every run; or rho >= 0 and the loss at the
 * model, row = SIZE_MAX, and after a step along each row, asked for in this order from the calling thread. A NaN score ranks as -infinity. */
typedef double (*certigar_loss)(void *context, size_t row);
void certigar_options_set_scores(certigar_options *options, const double *scores);
int certigar_options_set_loss(certigar_options *options, const char *rho, certigar_loss loss, void *context);

/* Pre-aggregations, applied before the rule in the order in which they are added; each makes a matrix as large as its input, or smaller, in memory.
 * nnm: every row becomes the mean of the n-f rows nearest to it. bucketing: the rows, in the order of the input or (seed not NULL) permuted, become
 * the means of s at a time. clip: rows of a norm above tau > 0 are scaled down to it. arc: the same with the norm that comes next after the
 * floor(2f(n-f)/n) greatest. Return 0 when there are eight already, or tau is no number. */
int certigar_options_add_nnm(certigar_options *options);
int certigar_options_add_bucketing(certigar_options *options, size_t s, const uint64_t *seed);
int certigar_options_add_clip(certigar_options *options, const char *tau);
int certigar_options_add_arc(certigar_options *options);

/* Called now and then, from the calling thread, with the coordinates done so far and in all (twice d where distances
 * are needed, three times for geometric-median, and of every pre-aggregation too); a result other than 0 stops the work. */
typedef int (*certigar_progress)(void *context, size_t done, size_t total);
void certigar_options_set_progress(certigar_options *options, certigar_progress progress, void *context);

/* ---- input ---- */

/* Fills values with coordinates first .. first+count-1 of a row, contiguous, in this processor's byte order. Called from several threads at once if
 * the plan has several, more than once for the same coordinates, and must give the same values each time. */
typedef void (*certigar_reader)(void *context, size_t row, size_t first, size_t count, void *values);

/* A matrix in memory, in any layout: coordinate c of row i lies row_stride * i + column_stride * c bytes after data.
 * Values need no alignment, and strides may be negative or zero.
 * byte_swapped: the values are in the other byte order than this processor's.
 * If read is not NULL the matrix is what it says, and nothing but n and d is looked at: rows that are in no memory, or in many. */
typedef struct certigar_matrix {
  const void *data;
  size_t n, d;
  ptrdiff_t row_stride, column_stride;
  int byte_swapped;
  certigar_reader read;
  void *context;
} certigar_matrix;

/* ---- plans: whatever can be refused is refused here, and most memory is taken ---- */

typedef struct certigar_plan certigar_plan;

/* A plan to aggregate matrices of n rows; options may be NULL (the defaults) and may be freed afterwards; message may be NULL.
 * Memory: O(n) tiles of lanes per thread; for rules over distances also some sums for each of the n (n-1) / 2 pairs. On any other status than CERTIGAR_OK, *plan is NULL. */
certigar_status certigar_plan_new(certigar_plan **plan, certigar_rule rule, certigar_dtype dtype, size_t n,
                                  const certigar_options *options, certigar_message *message);
void certigar_plan_free(certigar_plan *plan);

/* significand 2^exponent, or infinity; or, negative, minus that. */
typedef struct certigar_bound {
  uint64_t significand;
  int exponent, infinite, negative;
} certigar_bound;

/* An exact number is no less than lower and no greater than upper; infinite numbers are so in both. */
typedef struct certigar_interval {
  certigar_bound lower, upper;
} certigar_interval;

/* What is known of a result besides its bits. */
typedef struct certigar_certificate {
  size_t nonfinite_row_count;
  const size_t *nonfinite_rows; /* ascending; owned by the plan, valid until its next run or its end */
  size_t nonfinite_outputs;     /* coordinates of the output that are not finite */
  size_t exact_evaluations;     /* means of coordinates, not all zero, that the window left to the wide accumulator */
  size_t ties;                  /* coordinates with a tie and selections with one (spec/rules.md, sections 4 and 5) */
  /* rules that select or weigh rows (spec/rules.md, sections 6 and 7); owned by the plan as nonfinite_rows is, NULL and 0 for other rules */
  size_t selected_count;
  const size_t *selected;          /* ascending */
  size_t score_count;              /* rows of the matrix that the rule had, after pre-aggregations; 0 for rules without scores, such as mda */
  const certigar_interval *scores; /* sums of squared distances, squared distances, squared norms, marks or scores of zeno, as the rule says;
                                      brsgd: -infinity of a row that is not finite */
  certigar_bound margin;           /* the least over the rule's selections of |second - first| / |first|, first the last number kept,
                                      second the first left out; rounded down */
  size_t exact_distances;          /* distances and norms that were computed exactly */
  /* geometric-median; 0 for other rules */
  certigar_bound gap;              /* the sum of the distances of the output to the finite rows exceeds the least such sum by no more */
  certigar_interval objective;     /* that sum; no wider than the tolerance, or 2^-61 of it, where the gap is within it */
  size_t iterations;               /* until the gap of the unrounded point was below the tolerance, or could not be made smaller */
} certigar_certificate;

/* Aggregates: output receives d values of the plan's dtype, contiguous, aligned, in this processor's byte order, not overlapping the input.
 * certificate and message may be NULL. Returns CERTIGAR_OK, CERTIGAR_NOT_FINITE, CERTIGAR_BAD_PARAMETER, CERTIGAR_STOPPED or CERTIGAR_NO_VALUE;
 * also CERTIGAR_NO_MEMORY: mda, pre-aggregations, rules over real numbers, and exact distances where scores are too close, take memory while they
 * run. The plan keeps that of the rows which a pre-aggregation makes, n d values, for its next run. */
certigar_status certigar_plan_run(certigar_plan *plan, const certigar_matrix *input, void *output,
                                  certigar_certificate *certificate, certigar_message *message);

/* ---- zeno++: a test of one row at a time against a gradient that the server keeps (spec/rules.md, section 7) ---- */

typedef struct certigar_zeno_server certigar_zeno_server;

/* gamma > 0, rho >= 0, epsilon >= 0 as text (see above). Until a gradient is set nothing is accepted. On any other status than CERTIGAR_OK,
 * *server is NULL. */
certigar_status certigar_zeno_server_new(certigar_zeno_server **server, certigar_dtype dtype, size_t d, const char *gamma, const char *rho,
                                         const char *epsilon, certigar_message *message);
void certigar_zeno_server_free(certigar_zeno_server *server);

/* Copies the d values of the gradient of the server's own loss; they serve until the next ones. */
void certigar_zeno_server_set_gradient(certigar_zeno_server *server, const void *gradient);

/* *accepted: whether gamma <g, u> - rho norm(u)^2 >= -gamma epsilon, exactly; not if u or g is not finite. Returns CERTIGAR_OK. */
certigar_status certigar_zeno_server_test(certigar_zeno_server *server, const void *row, int *accepted, certigar_message *message);

/* ---- one call, contiguous rows ---- */

/* rows: n x d, row after row. output: d values. options, message may be NULL. */
certigar_status certigar_aggregate_f32(certigar_rule rule, const float *rows, size_t n, size_t d, const certigar_options *options,
                                       float *output, certigar_message *message);
certigar_status certigar_aggregate_f64(certigar_rule rule, const double *rows, size_t n, size_t d, const certigar_options *options,
                                       double *output, certigar_message *message);

#ifdef __cplusplus
}
#endif
#endif
