/* Published definitions of the rules, as rows of a table (table.c) that one interpreter follows: spec/profiles.md has the same rows, with the files
 * and functions that they were read from.
 */
#ifndef CERTIGAR_PROFILE_H
#define CERTIGAR_PROFILE_H

#include "certigar_check.h"
#include "plan.h"

/* How an output is made. */
typedef enum certigar_how {
  HOW_COLUMNS,     /* of each column by its ranks: average, median, trimmed-mean */
  HOW_AROUND,      /* the mean of the n-f values closest to a median */
  HOW_MIDDLE_ROWS, /* the mean of rows f to n-f-1, whatever they hold */
  HOW_FIRST_ROW,   /* row 0 */
  HOW_KRUM,        /* rows of least score */
  HOW_ROUNDS,      /* Bulyan: rows of least score in rounds, then the values closest to a median */
  HOW_DIAMETER,    /* the n-f rows of least diameter */
  HOW_NEAREST,     /* the n-f rows nearest to a row, or to zero */
  HOW_WEISZFELD,   /* a number of steps towards the geometric median */
  HOW_CLIPPING     /* centered clipping */
} certigar_how;

typedef enum certigar_power { POWER_SQUARED, POWER_UNSQUARED, POWER_FOURTH } certigar_power; /* of the distances that are added up */

/* Who a row's neighbours are: the other rows; or all rows but the first by distance. */
typedef enum certigar_self { SELF_EXCLUDED, SELF_FIRST } certigar_self;

/* What the distance from a row that is not finite counts as: what its arithmetic gives (NaN where a NaN or two equal infinities meet, else
 * infinity); infinity; NaN. In the order of scores a NaN comes last. */
typedef enum certigar_odd { ODD_COMPUTED, ODD_INFINITE, ODD_NAN } certigar_odd;

/* How many neighbours, with r rows remaining of n: n-f-1, n-f-2, max(1, n-f-2), max(1, r-f-2), min(n-f-2, max(1, r-1)), r-f. */
typedef enum certigar_neighbours { NEAR_N_F_1, NEAR_N_F_2, NEAR_N_F_2_FLOOR, NEAR_R_F_2_FLOOR, NEAR_R_1, NEAR_R_F } certigar_neighbours;

/* The rows kept: as they come from a parameter m (whose default and greatest value these are), or fixed. COUNT_NONE: there is no default. */
typedef enum certigar_count { COUNT_NONE, COUNT_ONE, COUNT_N, COUNT_N_F, COUNT_N_F_2, COUNT_N_2F_2 } certigar_count;

/* What is made of the rows chosen. */
typedef enum certigar_make { MAKE_ROW, MAKE_MEAN, MAKE_SUM } certigar_make;

/* What becomes of a column in which something is not finite. */
typedef enum certigar_odd_column {
  COLUMN_RANKS,      /* as in spec/rules.md: NaN is the greatest value */
  COLUMN_NAN,        /* a NaN if there is one */
  COLUMN_QUANTILE,   /* the same; and if the upper middle value is +infinity, or both are -infinity: b - (b - a)/2 of the two */
  COLUMN_ODD,        /* a NaN */
  COLUMN_TRIMMED,    /* a NaN if f > 0: infinity - infinity */
  COLUMN_SKIPPED,    /* the rule of the finite values; +0 if there is none */
  COLUMN_PRODUCT     /* a NaN, if any row, selected or not, is not finite in it: 0 times infinity */
} certigar_odd_column;

/* How scores follow the rows that rounds take away: not at all; by scoring the survivors among themselves; by what is left of the first neighbours. */
typedef enum certigar_update { UPDATE_NONE, UPDATE_SURVIVORS, UPDATE_FIRST_NEIGHBOURS } certigar_update;

/* What a round gives: its winner; the mean of its best n-f-2-i (round i = 0, 1, ...) or min(n-f-2, r) rows. No rounds: the best theta at once. */
typedef enum certigar_round { ROUND_NONE, ROUND_WINNER, ROUND_BEST_FEWER, ROUND_BEST } certigar_round;

/* Where a row taken away stands among the scores: nowhere; after the finite ones; with the infinite ones. */
typedef enum certigar_taken { TAKEN_LEFT_OUT, TAKEN_AFTER_FINITE, TAKEN_INFINITE } certigar_taken;

/* What happens when no choice is prescribed. */
typedef enum certigar_failure {
  FAILS_NEVER,
  FAILS_ODD_NEEDED,  /* a score that is not finite is needed: no value */
  FAILS_NAN_WINNER,  /* a round's winner holds a NaN: no value */
  FAILS_LIMIT        /* no score is below 10^20: no value */
} certigar_failure;

typedef enum certigar_start { START_ZERO, START_MEAN } certigar_start;

/* What becomes of rows that are not finite, in rules over the reals: the output is NaN; the same but that rows with an infinity are left out first; a
 * row with an infinity counts 0 where it is finite; the same, and one with a NaN counts whole. */
typedef enum certigar_odd_rows { ROWS_NAN, ROWS_DROP_INFINITE, ROWS_INFINITE_ZERO, ROWS_NAN_WHOLE } certigar_odd_rows;

/* A row of the table. */
typedef struct certigar_definition {
  certigar_profile profile;
  certigar_rule rule;
  const char *refused;           /* why the implementation's function defines no output; NULL: it does */
  /* parameters */
  size_t n_per_f, n_more, f_min; /* n >= n_per_f f + n_more, f >= f_min */
  int f_lowered;                 /* too great an f is made (n-1) div 2 */
  certigar_how how;
  certigar_odd_column column;
  certigar_median_kind median;
  /* scores */
  certigar_power power;
  certigar_neighbours neighbours;
  certigar_self self;
  certigar_odd odd;
  int nan_wins;                  /* of the least one, a NaN is less than any number */
  int row_one_first;             /* of equal scores, that of row 1 comes before that of row 0 */
  certigar_count m, m_max;
  int m_fixed;
  certigar_make make;
  /* rounds: theta = n - 2f - theta_less; theta - 2f - kept_less values are kept */
  size_t theta_less, kept_less;
  certigar_round round;
  certigar_update update;
  certigar_taken taken;
  certigar_failure failure;      /* of diameters too */
  /* steps */
  certigar_start start;
  size_t steps;
  const char *nu, *stop;         /* the floor of a distance; the step that is small enough to end, NULL: none is */
  certigar_odd_rows odd_rows;
} certigar_definition;

/* A pre-aggregation that a profile has. */
typedef struct certigar_stage_definition {
  certigar_profile profile;
  int kind;
  size_t n_per_f, n_more; /* as above */
  int permutes;           /* takes a seed */
  int clips_infinite;     /* a row with an infinity and no NaN becomes NaN there, and 0 elsewhere */
  int rounded_count;      /* of arc: the count in binary64, (2f/n) (n-f) with each operation rounded, cut */
} certigar_stage_definition;

/* NULL if the profile does not have it (paper has neither). */
const certigar_definition *certigar_definition_of(certigar_profile profile, certigar_rule rule);
const certigar_stage_definition *certigar_stage_definition_of(certigar_profile profile, int kind);

/* What certigar_check does for a profile other than paper. */
certigar_status certigar_profile_check(certigar_rule rule, size_t n, const certigar_options *options, certigar_message *message);

/* How many rows are kept, of a definition that scores; n >= 1. */
size_t certigar_count_of(certigar_count count, size_t n, size_t f);

/* The f that the rule computes with. */
size_t certigar_profile_f(const certigar_plan *plan);

/* ---- runs ---- */

int certigar_profile_selects(const certigar_definition *definition); /* whether it needs the distances of rows */
int certigar_profile_has_extra(const certigar_definition *definition);
size_t certigar_profile_work_bytes(const certigar_plan *plan);

typedef struct certigar_profile_work certigar_profile_work;
int certigar_profile_new(certigar_plan *plan); /* plan->profile_work; returns 0 if there is no memory */
void certigar_profile_free(certigar_plan *plan);

/* Chooses, in the plan's selection: no_value is set if there is no output. Returns 0 if there is no memory. */
int certigar_profile_select(certigar_selection *s, certigar_plan *plan);

/* The same of rules over the reals: its weights, or what the output is instead. */
int certigar_weigh_profile_point(certigar_selection *s, certigar_plan *plan);

/* Coordinates of the output. */
void certigar_profile_tile(const certigar_plan *plan, certigar_tile_request *request, size_t first, size_t count, unsigned char *out);

/* ---- clip and arc ---- */

/* The place of arc's threshold among the norms, the greatest first. */
size_t certigar_arc_count(const certigar_plan *plan);

/* Marks the rows that a profile's arithmetic cuts to nothing (limited: the threshold is finite); makes them so in a tile. */
void certigar_profile_cut(certigar_selection *s, const certigar_plan *plan, int limited);
void certigar_profile_cut_tile(const certigar_plan *plan, size_t count, unsigned char *out, size_t row_bytes);

#endif
