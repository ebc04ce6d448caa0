/* Rules that select rows: scores as intervals, exact where these leave a choice open, and what the certificate says of it. */
#ifndef CERTIGAR_SELECTION_H
#define CERTIGAR_SELECTION_H

#include "distances.h"

typedef struct certigar_least certigar_least; /* of geometric-median: what the least sum of distances is known to exceed */

struct certigar_selection {
  size_t n, digits;
  const certigar_kernels *kernels;
  certigar_distances *distances;
  /* the candidates of a choice: some rows, ascending; their numbers, and whether each was chosen */
  size_t *candidates, candidate_count;
  uint32_t *lower, *upper;          /* natural numbers, one for each candidate */
  unsigned char *chosen, *open;
  int *group;
  /* scratch: the numbers of a row's distances, an order */
  uint32_t *row_lower, *row_upper;
  int *order;
  /* the result */
  size_t *rows, row_count;          /* selected, ascending */
  unsigned char *selected;          /* n flags */
  certigar_interval *scores;        /* n */
  certigar_bound margin;
  size_t ties;
  size_t exact_distances;           /* besides those of distances */
  /* of rules over the reals: the output is a weighted sum of rows (exact/weighted.h), row n the extra one; made by certigar_set_weights */
  size_t *weighted_rows, weighted_count, weight_digits;
  uint32_t *weights;
  void *zeros;                      /* the extra row, if none was given */
  /* of geometric-median */
  certigar_bound gap;
  certigar_interval objective;
  size_t iterations;
  certigar_least *least;
  /* of rules that make rows of their own: the rows that each is the mean of, one after the other */
  size_t *round_rows, round_row_count, *round_counts, round_count;
  /* the same for the kernels, made by certigar_share_means: flags of each row of each mean, of each mean, of each row */
  certigar_means means;
  unsigned char *kept, *of_common, *common;
  size_t *common_times;
  /* of clip and arc: what each row is multiplied by */
  certigar_factor *factors;
  unsigned char *cut; /* n flags: of a profile whose arithmetic makes infinity times 0 of a row's infinities, and 0 of the rest */
};

/* The number that a choice among the candidates goes by. */
typedef struct certigar_score {
  int neighbours; /* of Krum's score */
  int pivot;      /* the row that distances are from; -1: Krum's score it is */
} certigar_score;

/* Krum's: the sum of the least distances from so many other candidates. The distance from a row, or from the centre. */
certigar_score certigar_krum_score(size_t neighbours);
certigar_score certigar_distance_score(size_t row);

/* All rows as candidates; a candidate less. */
void certigar_all_candidates(certigar_selection *s);
void certigar_drop_candidate(certigar_selection *s, size_t c);

/* The bounds of all candidates. A choice makes its own. */
void certigar_score_candidates(certigar_selection *s, const certigar_score *score);

/* chosen: the m candidates of least score, equal ones by row, or none if the run was stopped before that was known. Its tie and margin are counted.
 * Returns 0 if there is no memory, or exact distances are put off. */
int certigar_choose(certigar_selection *s, certigar_plan *plan, const certigar_score *score, size_t m);

/* Makes choices that follow one another, or are made of every row: as far as the bounds of the distances do first, and if they do not, once more with
 * the distances exact that were asked for, made so in one pass over the input and not in one for each choice. With a score (else NULL) also those of
 * all rows of which another may have the same score: later choices will ask for them. Returns what choices does: 0 if one was not made, as there is no
 * memory or the run is stopped. */
int certigar_make_choices(certigar_selection *s, certigar_plan *plan, int (*choices)(certigar_selection *s, certigar_plan *plan),
                          const certigar_score *score);

/* The tie and the margin of a choice. */
void certigar_count_choice(certigar_selection *s, int tie);

/* The first candidate chosen. */
size_t certigar_winner(const certigar_selection *s);

/* The candidates' scores go to the result; the chosen ones are selected. */
void certigar_record_scores(certigar_selection *s);
void certigar_select_chosen(certigar_selection *s);

/* One more row that is a mean: that of the chosen candidates. */
void certigar_add_round(certigar_selection *s);

/* Once all such rows are there: says them to the kernels. */
void certigar_share_means(certigar_selection *s);

/* The leading bits of a natural number, rounded down or up. */
certigar_bound certigar_bound_of(const certigar_kernels *kernels, const uint32_t *a, int up);

/* (second - first) / first rounded down, and no less than 0; scratch is a natural number. */
certigar_bound certigar_relative_margin(const certigar_kernels *kernels, const uint32_t *first, const uint32_t *second, uint32_t *scratch);

/* Negative, 0, positive as a is less than, equal to, greater than b. */
int certigar_bound_compare(certigar_bound a, certigar_bound b);

/* The value of a natural number, in units of 2^natural_exponent; value is initialised. */
void certigar_natural_get(const certigar_kernels *kernels, const uint32_t *natural, mpz_t value);

/* The leading bits of a rational number, rounded down (towards -infinity) or up (towards +infinity); minus infinity. */
certigar_bound certigar_bound_of_rational(const mpq_t value, int up);
extern const certigar_bound certigar_minus_infinity;

/* distance / divisor, neither negative, rounded down: 0 if the distance is 0, else infinite if the divisor is. */
certigar_bound certigar_rational_margin(const mpq_t distance, const mpq_t divisor);

/* ---- the rules: they select rows of plan->input, and return 0 if there is no memory ---- */

int certigar_select_krum(certigar_selection *s, certigar_plan *plan, size_t m);
int certigar_select_bulyan(certigar_selection *s, certigar_plan *plan);
int certigar_select_multi_bulyan(certigar_selection *s, certigar_plan *plan); /* iterated */
int certigar_select_nearest(certigar_selection *s, certigar_plan *plan);
int certigar_select_mda(certigar_selection *s, certigar_plan *plan);
int certigar_select_brsgd(certigar_selection *s, certigar_plan *plan);
/* Of a plan that is prepared, whatever it selects: the marks of each row, UINT64_MAX of one that is not finite; how many rows C2 has; and selected
 * becomes C1. Returns 0 if there is no memory. */
int certigar_judge_brsgd(certigar_selection *s, certigar_plan *plan, uint64_t *marks, size_t *kept);
int certigar_select_zeno(certigar_selection *s, certigar_plan *plan);

/* ---- pre-aggregations: what becomes of the rows of plan->input; they return 0 if there is no memory ---- */

int certigar_clip_rows(certigar_selection *s, certigar_plan *plan); /* clip and arc */

/* ---- rules over the reals (real/): the same, or the weights of the rows ---- */

int certigar_weigh_geometric_median(certigar_selection *s, certigar_plan *plan);
void certigar_geometric_median_gap(certigar_selection *s, certigar_plan *plan); /* of plan->output, once it is complete */
certigar_least *certigar_least_new(const certigar_plan *plan);                 /* NULL if there is no memory */
void certigar_least_free(certigar_least *least);
size_t certigar_least_evaluated(const certigar_least *least); /* exact distances of the output from the rows */
int certigar_weigh_centered_clipping(certigar_selection *s, certigar_plan *plan);

/* The same with this divisor in place of m; and some rows more, which are not finite, whose differences from the centre are taken whole (one
 * iteration). */
int certigar_clip_towards(certigar_selection *s, certigar_plan *plan, size_t divisor, const size_t *whole, size_t whole_count);
int certigar_weigh_caf(certigar_selection *s, certigar_plan *plan);
int certigar_select_smea(certigar_selection *s, certigar_plan *plan);

#endif
