/* What a plan is made of, for the files that make and run it. */
#ifndef CERTIGAR_PLAN_H
#define CERTIGAR_PLAN_H

#include "certigar_check.h"
#include "levels.h"
#include "parallel.h"
#include "rational.h"

#include <stdatomic.h>

enum { THREADS_MAX = 1024, TILES_PER_CHUNK = 64 };

enum { STAGES_MAX = 8 };

/* A pre-aggregation. */
typedef struct certigar_stage {
  enum { STAGE_NNM, STAGE_BUCKETING, STAGE_CLIP, STAGE_ARC } kind;
  size_t s;      /* of bucketing: rows to a bucket */
  int permuted;  /* by the seed */
  uint64_t seed;
  certigar_rational tau; /* of clip */
} certigar_stage;

struct certigar_options {
  certigar_stage stages[STAGES_MAX];
  size_t stage_count;
  certigar_profile profile;
  size_t f, m, pivot, threads;
  certigar_median_kind median;
  certigar_variant variant;
  certigar_rational beta, threshold; /* brsgd */
  certigar_rational tau;             /* centered-clipping, as the next */
  size_t iterations;
  const void *centre;
  certigar_rational tolerance;       /* geometric-median; empty: the default of the format */
  const double *scores;              /* zeno: these, or the next */
  certigar_rational rho;
  certigar_loss loss;
  void *loss_context;
  certigar_level level;
  certigar_progress progress;
  void *context;
};

extern const certigar_options certigar_default_options;

typedef struct certigar_definition certigar_definition;     /* profile/profile.h, as the next */
typedef struct certigar_profile_work certigar_profile_work;

struct certigar_plan {
  certigar_rule rule;
  certigar_dtype dtype;
  size_t n;
  certigar_options options;
  const certigar_definition *definition; /* of a profile other than paper, and the plan of its rule; else NULL */
  certigar_profile_work *profile_work;   /* of each thread */
  const certigar_kernels *kernels;
  certigar_worker *workers;        /* of each thread, as is the next */
  certigar_tile_request *requests;
  certigar_selection *selection;   /* of a rule, or a pre-aggregation, that selects rows */
  certigar_plan *next;             /* of what follows, if this is the plan of a pre-aggregation: options.stages[0] */
  void *made;                      /* NULL, or made_bytes for the rows that this plan makes for the next */
  certigar_matrix made_matrix; /* those rows, of the last run */
  size_t made_bytes;
  size_t *nonfinite_rows;
  size_t *finding_rows;            /* of certigar_check_run: of the plan that it had; NULL before */
  /* of the run in progress */
  const certigar_matrix *input;
  const void *extra; /* one more row, number n, of rules that have one (kernels.h) */
  unsigned char *output;
  int no_value;      /* there is no output */
  int keeps;         /* the matrix that the rule has is made, and not taken tile by tile */
  int unjudged;      /* a stop came when the output was complete, but not what is said of it */
  int bad_centre;    /* nor here: the extra row, which is the centre, is not finite */
  atomic_size_t next_chunk, done;
  size_t before, total; /* what progress begins with and counts to, over all plans of a run, */
  size_t after;         /* and what comes after it: certigar_check_run */
  atomic_int stop;
};

/* Fills message, if there is one, and returns status. */
certigar_status certigar_refuse(certigar_message *message, certigar_status status, const char *format, ...)
  __attribute__((format(printf, 3, 4)));

/* Whether the rule, or the first pre-aggregation, takes these parameters. */
certigar_status certigar_check(certigar_rule rule, certigar_dtype dtype, size_t n, const certigar_options *options, certigar_message *message);

/* Parts of it: n >= per_f f + more (nothing, if per_f is 0); the parameters of a pre-aggregation other than f; those of rules besides f, m and pivot. */
certigar_status certigar_check_rows(const char *name, size_t per_f, size_t more, size_t n, size_t f, certigar_message *message);
certigar_status certigar_check_stage(const certigar_stage *stage, size_t n, certigar_message *message);
certigar_status certigar_check_reals(certigar_rule rule, const certigar_options *options, certigar_message *message);

/* "nnm", "bucketing", "clip", "arc". */
const char *certigar_stage_name(const certigar_stage *stage);

/* f as the kernels may have it, which look at row f of n: of profiles that do not check it, it is at most n-1. */
int certigar_kernel_f(const certigar_plan *plan);

/* The matrix that the rule of a run had, in memory of its own (to be freed) if there are pre-aggregations. */
typedef struct certigar_rule_input {
  certigar_matrix matrix;
  void *rows;
} certigar_rule_input;

/* certigar_plan_run, and what the rule had; nothing but rows is set if the run was refused. The last plan's input is kept->matrix. */
certigar_status certigar_plan_run_keeping(certigar_plan *plan, const certigar_matrix *input, void *output, certigar_certificate *certificate,
                                          certigar_message *message, certigar_rule_input *kept);

/* Makes a plan, without those that follow it, ready for a run: what runs left behind is forgotten. */
void certigar_plan_prepare(certigar_plan *plan, const certigar_matrix *input, void *output);

/* Counts what worker 0 did, or another, towards the total; stops the run when the caller's progress asks for it. */
void certigar_advance(certigar_plan *plan, size_t worker, size_t amount);

/* Takes the next chunk of TILES_PER_CHUNK tiles, coordinates first to end-1, of a pass that began with next_chunk = 0; returns 0 if none is left, or
 * the run was stopped. */
int certigar_take_chunk(certigar_plan *plan, size_t *first, size_t *end);

/* ---- rules that select rows (select/) ---- */

int certigar_selects_rows(certigar_rule rule);
int certigar_is_real(certigar_rule rule);                        /* decides over real numbers (real/): no scores, no margin */
int certigar_has_selection(const certigar_plan *plan);           /* rules of a profile may, where the paper's do not, and the other way round */
int certigar_needs_distances(const certigar_plan *plan);         /* of its rule, or of its pre-aggregation */
size_t certigar_selection_work_bytes(const certigar_plan *plan); /* for each thread */
int certigar_selection_new(certigar_plan *plan);                 /* returns 0 if there is no memory */
void certigar_selection_free(certigar_selection *selection);

/* Selects rows of plan->input, or finds the weights of their sum; the requests' flags of non-finite rows are set, and no_value if there is no output.
 * Returns 0 if there is no memory. */
int certigar_selection_run(certigar_plan *plan);

/* What a rule has to say once the output is there. */
void certigar_selection_finish(certigar_plan *plan);

/* ---- pre-aggregations (select/stage.c) ---- */

/* How many rows a stage makes of n. */
size_t certigar_stage_rows(const certigar_stage *stage, size_t n);

/* Decides how each new row is made, in the plan's selection. Returns 0 if there is no memory. */
int certigar_stage_run(certigar_plan *plan);

/* Whether a rule that goes by coordinates follows: then tiles of new rows go to it at once, and are kept nowhere. */
int certigar_stage_is_last(const certigar_plan *plan);

/* Coordinates of the new rows, row_bytes apart; or of the output of the rule that follows at once. */
void certigar_stage_tile(const certigar_plan *plan, certigar_tile_request *request, size_t first, size_t count, unsigned char *out,
                         size_t row_bytes);

/* Whether the rule makes rows of its own, which its output is made of. */
int certigar_makes_rows(const certigar_plan *plan);

/* Whether it is a pre-aggregation whose rows are the rows that come in, scaled. */
int certigar_scales_rows(const certigar_plan *plan);

/* Coordinates of the output, and what the certificate says of the selection. */
void certigar_selection_tile(const certigar_plan *plan, certigar_tile_request *request, size_t first, size_t count, unsigned char *out);
void certigar_selection_report(const certigar_plan *plan, certigar_certificate *certificate);

#endif
