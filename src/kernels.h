/* What the library asks of the kernels of one format and instruction set. */
#ifndef CERTIGAR_KERNELS_H
#define CERTIGAR_KERNELS_H

#include <stddef.h>
#include <stdint.h>
#include "certigar.h"

typedef struct certigar_distances certigar_distances; /* select/bounds.h */
typedef struct certigar_selection certigar_selection; /* select/selection.h */

/* In every request: extra, if not NULL, is one more row, number n: d values, contiguous, in this processor's byte order. */

typedef struct certigar_tile_request {
  const certigar_matrix *input;
  const void *extra;
  certigar_rule rule;
  certigar_median_kind median;
  int f;
  void *work;              /* tile_bytes(n), aligned to 64 */
  unsigned char *nonfinite; /* n flags, set where a row is not finite, never cleared */
  size_t nonfinite_outputs, exact_evaluations, ties; /* added to */
} certigar_tile_request;

/* The squared distance of a pair so far, as two sums in units of 2^exponent: see distance/filter.h. */
typedef struct certigar_pair_sum {
  uint64_t square, error;
  int32_t exponent;
  int32_t same; /* the rows are equal so far */
} certigar_pair_sum;

/* Which distances: of all pairs of rows, from the zero row (squared norms), or, 0 and up, from that row. */
enum { CERTIGAR_ALL_PAIRS = -1, CERTIGAR_FROM_ZERO = -2 };

/* Adds some coordinates to distances: of all pairs, rows i > j at pairs[i (i-1)/2 + j]; or of row i from the centre at pairs[i]. */
typedef struct certigar_filter_request {
  const certigar_matrix *input;
  const void *extra;
  int centre;               /* as above */
  int f;
  void *work;               /* filter_bytes(n), aligned to 64 */
  unsigned char *nonfinite; /* n flags, set where a row is not finite, never cleared */
  int32_t scale;            /* what the next block begins with; 0 at the beginning of a segment */
  int sharp;                /* rows lose no bit to what makes pairs quicker */
  certigar_pair_sum *pairs;
} certigar_filter_request;

/* Adds some coordinates to the exact inner products of some pairs of rows. */
typedef struct certigar_exact_request {
  const certigar_matrix *input;
  const void *extra;
  void *work;                /* exact_bytes(row_count), aligned to 64 */
  const size_t *rows;        /* the rows concerned, all finite */
  size_t row_count;
  const size_t (*pairs)[2];  /* indices into rows */
  size_t pair_count;
  int64_t *products;         /* product_limbs for each pair, of a row with itself allowed */
  size_t blocks;             /* since the carries were taken */
} certigar_exact_request;

/* Marks and distances of brsgd (rules/brsgd_marks.h, rules/brsgd_distance.h), added up over no more than CERTIGAR_MARKS_TILES tiles. */
enum { CERTIGAR_MARKS_TILES = 131072 };
typedef struct certigar_marks_request {
  const certigar_matrix *input;
  void *work;                  /* work_bytes(2 row_count), aligned to 64 */
  const size_t *rows;          /* the finite rows */
  size_t row_count;
  uint64_t *marks;             /* of each */
  int64_t *sums, *slack;       /* of each, distance_limbs of weight 2^(32 i) */
  const unsigned char *wanted; /* of each: whether its exact distance is */
} certigar_marks_request;

/* What a row is multiplied by: 2^-exponent times what lower = upper stand for, or what is between the two (exact/scaled.h); 0 if all limbs are. */
typedef struct certigar_factor {
  int scaled; /* 0: the row stays as it is */
  int32_t exponent;
  uint32_t lower[4], upper[4];
} certigar_factor;

/* Means of some rows each: counts[r] rows of mean r, one list after the other; and, when the means share most of their rows, flags of them. */
typedef struct certigar_means {
  size_t count;
  const size_t *rows, *counts;
  const unsigned char *kept;      /* NULL, or n flags of each mean */
  const unsigned char *of_common; /* flags of each mean: whether all its rows are common, which most means have */
  const unsigned char *common;    /* flags of each row */
} certigar_means;

typedef struct certigar_kernels {
  size_t value_size, lanes;
  size_t (*work_bytes)(size_t n);
  /* coordinates first .. first+count-1 (count <= lanes) of the output to out */
  void (*tile)(certigar_tile_request *request, size_t first, size_t count, unsigned char *out);

  /* the same, of the mean of some rows only: request->rule, f and median have no say */
  void (*mean_tile)(certigar_tile_request *request, const size_t *rows, size_t row_count, size_t first, size_t count, unsigned char *out);

  /* the same, of the mean of the kept values closest to the median of some rows; of rows that are means themselves
     (work: means_bytes(n)) */
  void (*around_tile)(certigar_tile_request *request, const size_t *rows, size_t row_count, size_t kept, size_t first, size_t count,
                      unsigned char *out);
  void (*around_means_tile)(certigar_tile_request *request, const certigar_means *means, size_t kept, size_t first, size_t count,
                            unsigned char *out);

  /* rows that are such means, row_bytes apart; sets the flags of rows that are not finite. The same, of what the request's rule makes of them */
  void (*means_tile)(certigar_tile_request *request, const certigar_means *means, size_t first, size_t count, unsigned char *out,
                     size_t row_bytes);
  void (*rule_of_means_tile)(certigar_tile_request *request, const certigar_means *means, size_t first, size_t count, unsigned char *out);
  size_t (*means_bytes)(size_t n);
  size_t shared_rows; /* flags of the rows are for this many rows at most */

  /* all rows, each times its factor, row_bytes apart; a row that is scaled is finite */
  void (*clip_tile)(certigar_tile_request *request, const certigar_factor *factors, size_t first, size_t count, unsigned char *out,
                    size_t row_bytes);
  int factor_bits; /* a factor is a multiple of 2^-factor_bits, in limbs of 28 bits, the lowest first */

  /* the same, of one row, bit for bit */
  void (*copy_tile)(certigar_tile_request *request, size_t row, size_t first, size_t count, unsigned char *out);

  /* the same, of a weighted sum of some finite rows: of each row weight_digits digits of 2^32, the least first, the last one before the point */
  void (*weighted_tile)(certigar_tile_request *request, const size_t *rows, size_t row_count, const uint32_t *weights, size_t weight_digits,
                        size_t first, size_t count, unsigned char *out);
  size_t weight_digits_max;

  /* sets the flags of rows that are not finite */
  void (*scan_tile)(certigar_tile_request *request, size_t first, size_t count);

  /* adds the marks; and intervals of the distances to the median, from sums - slack to sums + 2 slack units of 2^near_exponent, each distance
     twice; or the exact ones, twice, of the rows wanted, in units */
  void (*marks_tile)(certigar_marks_request *request, size_t first, size_t count);
  void (*near_distances_tile)(certigar_marks_request *request, size_t first, size_t count);
  void (*distances_tile)(certigar_marks_request *request, size_t first, size_t count);
  size_t distance_limbs;
  int near_exponent;

  /* distances: count <= block */
  size_t block;
  size_t (*filter_bytes)(size_t n);
  void (*filter_block)(certigar_filter_request *request, size_t first, size_t count);
  void (*pair_join)(certigar_pair_sum *sum, const certigar_pair_sum *other);
  void (*pair_bounds)(const certigar_pair_sum *sum, uint32_t *lower, uint32_t *upper);

  /* exact distances: count <= block */
  size_t (*exact_bytes)(size_t rows);
  size_t product_limbs, product_bits; /* a product's limbs have the weights 2^(product_bits i), in units of 2^natural_exponent */
  void (*exact_tile)(certigar_exact_request *request, size_t first, size_t count);
  void (*exact_end)(certigar_exact_request *request); /* takes the carries: the products of several requests may then be added, limb by limb */
  void (*distance_total)(const int64_t *xx, const int64_t *yy, const int64_t *xy, uint32_t *out); /* adds xx + yy - 2 xy to out */

  /* natural numbers of so many 32-bit digits, in units of 2^natural_exponent */
  size_t natural_digits;
  int natural_exponent;
  void (*natural_set_infinite)(uint32_t *a);
  int (*natural_compare)(const uint32_t *a, const uint32_t *b);

  /* choices: rules/candidates.h, rules/choose_rows.h and order/least.h */
  void (*bound_candidates)(const certigar_distances *distances, const int *row_group, const size_t *candidates, int n, int k, int pivot,
                           uint32_t *row_lower, uint32_t *row_upper, int *order, uint32_t *lower, uint32_t *upper, int *group);
  int (*choose_rows)(certigar_distances *distances, certigar_plan *plan, const int *row_group, const size_t *candidates, int n, int m, int k, int pivot,
                     uint32_t *row_lower, uint32_t *row_upper, int *order, uint32_t *lower, uint32_t *upper, int *group, unsigned char *chosen,
                     unsigned char *open);
  int (*take_rounds)(certigar_distances *distances, certigar_plan *plan, certigar_selection *selection, const int *row_group, int n, int f, int theta,
                     size_t *candidates, size_t *taken, uint32_t *row_lower, uint32_t *row_upper, int *order, uint32_t *lower, uint32_t *upper,
                     int *group, unsigned char *chosen, unsigned char *open); /* rules/rounds.h */
  void (*drop_candidate)(size_t *candidates, int n, int c);
  int (*choose_least)(const uint32_t *lower, const uint32_t *upper, const int *group, int n, int m, int *order, unsigned char *selected,
                      unsigned char *open);
  int (*classify_numbers)(const uint32_t *lower, const uint32_t *upper, int64_t count, int64_t p, int64_t *classes); /* order/classify.h */
} certigar_kernels;

#endif
