/* certigar, the oracle: is somebody else's answer right, and if not, why (spec/verdicts.md); which published definition is it (spec/profiles.md).
 *
 * As certigar.h, which this completes, the library keeps no global state, never prints and never exits.
 * Judging computes with GMP and MPFR, which end the process when memory runs out.
 */
#ifndef CERTIGAR_CHECK_H
#define CERTIGAR_CHECK_H

#include <certigar.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- published definitions of the rules ---- */

/* Whose definition of a rule a plan follows: that of spec/rules.md, or that of a published implementation, its parameters taken as documented in
 * spec/profiles.md and every decision in it exact. */
typedef enum certigar_profile {
  CERTIGAR_PAPER,
  CERTIGAR_BYZFL,
  CERTIGAR_LPD_PY,
  CERTIGAR_LPD_NATIVE,
  CERTIGAR_KRUM2,
  CERTIGAR_FLOWER_LEGACY,
  CERTIGAR_FLOWER,
  CERTIGAR_EPFML,
  CERTIGAR_TORCHJD,
  CERTIGAR_FEDML
} certigar_profile;

/* "paper", "byzfl", "lpd-py", "lpd-native", "krum2", "flower-legacy", "flower", "epfml", "torchjd", "fedml"; NULL for a value that is no profile. */
const char *certigar_profile_name(certigar_profile profile);

/* The profile of that name, in *profile; returns 0 if there is none. */
int certigar_profile_from_name(const char *name, certigar_profile *profile);

/* Default CERTIGAR_PAPER. certigar_plan_new refuses a rule that the profile does not have, and parameters that it does not take. */
void certigar_options_set_profile(certigar_options *options, certigar_profile profile);

/* ---- verdicts ---- */

/* In the order in which they are tried; the first that holds is the verdict. */
typedef enum certigar_verdict {
  CERTIGAR_VERDICT_EXACT,     /* the rule's output, bit for bit (every NaN counts as the same) */
  CERTIGAR_VERDICT_TIE,       /* bit for bit what another choice of an exact tie gives */
  CERTIGAR_VERDICT_ROUNDING,  /* within the error of summing in the dtype in any order, or within the bound of a rule without prescribed bits */
  CERTIGAR_VERDICT_BREACH,    /* the rule's guarantee fails: for some choice of n-f finite rows as the honest ones, or not finite */
  CERTIGAR_VERDICT_AMBIGUOUS, /* made of another selection, whose scores differ by less than the dtype can tell */
  CERTIGAR_VERDICT_PROFILE,   /* the output of another published definition */
  CERTIGAR_VERDICT_WRONG      /* none of these */
} certigar_verdict;

/* "EXACT", "TIE", "ROUNDING", "BREACH", "AMBIGUOUS", "PROFILE", "WRONG"; NULL for a value that is no verdict. */
const char *certigar_verdict_name(certigar_verdict verdict);

enum { CERTIGAR_WORST_MAX = 8, CERTIGAR_REASON_MAX = 511 };

/* A coordinate in which the candidate differs. */
typedef struct certigar_difference {
  size_t coordinate;
  uint64_t candidate, expected; /* words of the dtype, in the low bits */
  uint64_t ulps;                /* numbers of the format between the two, 0 for -0 and +0; UINT64_MAX if one of them is not finite */
  certigar_bound error, bound;  /* |candidate - exact value|, from made rows as they are rounded after pre-aggregations (of rules without prescribed
                                   bits: - the rule's output), rounded up, infinite if one of them is not finite; and the greatest error that counts
                                   as rounding, rounded down (geometric-median: 0, none is known) */
} certigar_difference;

/* What is known of a candidate. Arrays are owned by the plan, valid until its next run, its next check, or its end. */
typedef struct certigar_finding {
  certigar_verdict verdict;
  char reason[CERTIGAR_REASON_MAX + 1];    /* one sentence: what decided, with its numbers */
  size_t different;                        /* coordinates whose words differ from the rule's output */
  size_t outside;                          /* coordinates beyond the bound of rounding, of the rule's own selection (geometric-median: 0) */
  size_t worst_count;                      /* of worst: the coordinates that differ most, by error / bound, then by ulps */
  certigar_difference worst[CERTIGAR_WORST_MAX];
  size_t ulps_count[66];                   /* coordinates that differ by 0 ULP (same word or zeros), then by 2^(k-1) to 2^k - 1; [65]: one is not finite */
  int has_profile, profile_exact;          /* the candidate matches a published definition other than the paper's; bit for bit */
  certigar_profile profile;                /* the first that it matches bit for bit; else the one that it is nearest to, by ULPs */
  uint32_t profiles;                       /* all of them: bit 1 << profile */
  size_t selected_count;                   /* the rows that the candidate is the mean of (for bulyan and multi-bulyan, the mean around the median), if
                                              that could be found; else 0 */
  const size_t *selected;                  /* ascending */
  int selection_known;                     /* 0: the rule selects nothing, or what the candidate is made of could not be found */
  certigar_bound gap, resolution;          /* of AMBIGUOUS: the relative gap of the scores, rounded up (infinite: not known); what the dtype can tell */
  size_t admissible, admissible_cap;       /* how many choices of exact ties were tried, and at most how many are; 0 if there is no tie */
  size_t honest_count;                     /* of BREACH by distance: the n-f rows for which the guarantee fails */
  const size_t *honest;                    /* ascending */
  certigar_certificate expected;           /* of the rule's own run */
} certigar_finding;

/* Judges a candidate for the output of a plan on a matrix: d values of the plan's dtype, contiguous, in this processor's byte order, of any
 * alignment. The plan must follow the paper's definition (CERTIGAR_PAPER); it is run, and for each other definition one like it.
 * Progress counts d coordinates more than the run, and is asked in between, so that it can stop what is looked for then, too (a search for rows, of some
 * seconds at most, goes on).
 * Returns what certigar_plan_run returns; with another status than CERTIGAR_OK and CERTIGAR_NOT_FINITE there is no finding.
 * Memory: two more outputs, the matrix that the rule has after pre-aggregations, and what the plans of other definitions take.
 * Time: a run of each definition, and, in one thread, some microseconds for each coordinate that differs; after pre-aggregations that make means of k
 * of n rows about 0.1 n min(k, n-k) microseconds more for such a coordinate, and after clip or arc one more pass over the input. */
certigar_status certigar_check_run(certigar_plan *plan, const certigar_matrix *input, const void *candidate, certigar_finding *finding,
                                   certigar_message *message);

/* One call, contiguous rows: n x d, row after row; candidate: d values. The finding's arrays are NULL. */
certigar_status certigar_check_f32(certigar_rule rule, const float *rows, size_t n, size_t d, const certigar_options *options,
                                   const float *candidate, certigar_finding *finding, certigar_message *message);
certigar_status certigar_check_f64(certigar_rule rule, const double *rows, size_t n, size_t d, const certigar_options *options,
                                   const double *candidate, certigar_finding *finding, certigar_message *message);

/* ---- one definition ---- */

/* From better to worse. */
typedef enum certigar_match {
  CERTIGAR_MATCH_EXACT,    /* the definition's output, bit for bit (every NaN counts as the same) */
  CERTIGAR_MATCH_TIE,      /* of the paper's alone: bit for bit what another choice of an exact tie gives */
  CERTIGAR_MATCH_ROUNDING, /* within the definition's bound of rounding (spec/verdicts.md, ROUNDING and PROFILE) */
  CERTIGAR_MATCH_DIFFERENT
} certigar_match;

typedef struct certigar_comparison {
  certigar_match match;
  size_t different;    /* coordinates whose words differ from the definition's output */
  uint64_t worst_ulps; /* the most by which one does, as in certigar_difference; */
  size_t worst;        /* the first coordinate that does so */
} certigar_comparison;

/* What a candidate, as certigar_check_run has it, is to the output of a plan of any profile: what certigar_check_run says of that definition.
 * Progress and stops are as there.
 * Returns what certigar_plan_run returns; with another status than CERTIGAR_OK and CERTIGAR_NOT_FINITE nothing is known. */
certigar_status certigar_compare_run(certigar_plan *plan, const certigar_matrix *input, const void *candidate, certigar_comparison *comparison,
                                     certigar_message *message);

#ifdef __cplusplus
}
#endif
#endif
