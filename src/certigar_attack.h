/* certigar, the attacks: what Byzantine workers send in place of what they computed (docs/training.md has the formulas and their sources).
 *
 * As certigar.h, which this completes, the library keeps no global state, never prints and never exits; all functions may be called from several
 * threads at once, but no plan in two calls. Attacks are no rules: what is sent is computed in binary64 as it comes and rounded to the type of the
 * rows. It does not depend on compiler flags; it does on the rounding mode and, of alie and gaussian, on the C library's erfc, log and cos.
 */
#ifndef CERTIGAR_ATTACK_PUBLIC_H
#define CERTIGAR_ATTACK_PUBLIC_H

#include <certigar.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum certigar_attack {
  CERTIGAR_ATTACK_LITTLE,
  CERTIGAR_ATTACK_ALIE,
  CERTIGAR_ATTACK_EMPIRE,
  CERTIGAR_ATTACK_IPM,
  CERTIGAR_ATTACK_SIGN_FLIP,
  CERTIGAR_ATTACK_LABEL_FLIP,        /* on labels, as the next: see certigar_attack_labels; all others are on rows */
  CERTIGAR_ATTACK_LABEL_PERMUTATION,
  CERTIGAR_ATTACK_INF,
  CERTIGAR_ATTACK_MINUS_INF,
  CERTIGAR_ATTACK_NAN,
  CERTIGAR_ATTACK_GAUSSIAN,
  CERTIGAR_ATTACK_MODEL_NEGATION,
  CERTIGAR_ATTACK_GRADIENT_SCALE,
  CERTIGAR_ATTACK_MIMIC,
  CERTIGAR_ATTACK_MIN_MAX,
  CERTIGAR_ATTACK_LEEWAY,
  CERTIGAR_ATTACK_LITTLE_SEARCH,     /* against a rule, as the next: see certigar_attack_options_set_plan */
  CERTIGAR_ATTACK_EMPIRE_SEARCH
} certigar_attack;

/* "little", "alie", "empire", "ipm", "sign-flip", "label-flip", "label-permutation", "inf", "minus-inf", "nan", "gaussian", "model-negation",
 * "gradient-scale", "mimic", "min-max", "leeway", "little-search", "empire-search"; NULL for a value that is no attack. */
const char *certigar_attack_name(certigar_attack attack);

/* The attack of that name, in *attack; returns 0 if there is none. */
int certigar_attack_from_name(const char *name, certigar_attack *attack);

/* What an attack is, and what it takes. */
typedef struct certigar_attack_traits {
  const char *summary;               /* one line, with its source */
  int on_labels;                     /* certigar_attack_labels has it, certigar_attack_f32 and _f64 refuse it; else the other way round */
  int omniscient;                    /* attackers see the honest rows; or their own alone: unless the options say otherwise */
  int has_strength, has_target;      /* these options mean something to it */
  int searches;                      /* it needs the plan of a rule, and to be omniscient */
  size_t least_seen;                 /* rows that attackers must see: 2 where it goes by how far they are apart */
} certigar_attack_traits;

/* Returns 0, and leaves *traits as it is, for a value that is no attack. */
int certigar_attack_describe(certigar_attack attack, certigar_attack_traits *traits);

/* The strength when none is given, for n rows of which the last q attack; alie alone goes by these (1 <= q < n). NaN if there is none. */
double certigar_attack_strength(certigar_attack attack, size_t n, size_t q);

/* ---- options ---- */

typedef struct certigar_attack_options certigar_attack_options;

/* The attack's own strength and sight, f = q, target 0, seed 0, step 0, no plan. NULL if there is no memory. */
certigar_attack_options *certigar_attack_options_new(void);
void certigar_attack_options_free(certigar_attack_options *options);

void certigar_attack_options_set_strength(certigar_attack_options *options, double strength); /* s of the attack's formula: any number but NaN */
void certigar_attack_options_set_target(certigar_attack_options *options, size_t target);     /* mimic: which row seen; leeway: the column */
void certigar_attack_options_set_omniscient(certigar_attack_options *options, int omniscient); /* 0: attackers see their own rows alone */
void certigar_attack_options_set_f(certigar_attack_options *options, size_t f);               /* leeway: Byzantine rows as Krum is told */

/* gaussian: the stream that is drawn from. With the seed of a run and the number of steps that were done before, what certigar train draws there. */
void certigar_attack_options_set_seed(certigar_attack_options *options, uint64_t seed, uint64_t step);

/* little-search, empire-search: the rule that is searched against, a plan for n rows of the rows' type, which is run 18 times. It stays the caller's
 * and must be there at every use. */
void certigar_attack_options_set_plan(certigar_attack_options *options, certigar_plan *plan);

/* ---- attacks ---- */

/* rows: n x d, row after row: what every worker computed honestly. The last q become what attackers send; the others are left alone. options and
 * message may be NULL. 1 <= q <= n; q = n for attackers that see their own rows alone.
 * An option that means nothing to the attack is refused, but for f and seed.
 * Returns CERTIGAR_OK, rows that are not finite being no error; CERTIGAR_BAD_PARAMETER; CERTIGAR_NO_MEMORY; or CERTIGAR_STOPPED, by the plan's progress
 * before a search. On any status but CERTIGAR_OK the rows are untouched.
 * In a search a run of the plan without an output, or stopped, counts as one that moves nothing. leeway moves nothing without memory for 2n numbers. */
certigar_status certigar_attack_f32(certigar_attack attack, float *rows, size_t n, size_t d, size_t q, const certigar_attack_options *options,
                                    certigar_message *message);
certigar_status certigar_attack_f64(certigar_attack attack, double *rows, size_t n, size_t d, size_t q, const certigar_attack_options *options,
                                    certigar_message *message);

/* taken: for each of the labels 0 to classes - 1, the label that attackers learn instead: classes - 1 less it (label-flip), or that of a random
 * permutation (label-permutation), which the seed decides, as in certigar train. message may be NULL.
 * Returns CERTIGAR_OK; or CERTIGAR_BAD_PARAMETER for an attack on rows, and taken is untouched. */
certigar_status certigar_attack_labels(certigar_attack attack, size_t classes, uint64_t seed, size_t *taken, certigar_message *message);

#ifdef __cplusplus
}
#endif
#endif
