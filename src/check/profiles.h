/* The published definitions that a candidate is compared with. */
#ifndef CERTIGAR_CHECK_PROFILES_H
#define CERTIGAR_CHECK_PROFILES_H

#include "certigar_check.h"
#include "watch.h"

enum { CERTIGAR_PROFILE_COUNT = CERTIGAR_FEDML + 1 };

/* A plan like that of these options, by the profile's definition. Any other status than CERTIGAR_OK, with *plan NULL, if there is none or it takes no
 * such parameters. */
certigar_status certigar_profile_plan(certigar_plan **plan, certigar_profile profile, certigar_rule rule, certigar_dtype dtype, size_t n,
                                      const certigar_options *options);

/* What a candidate is to the output of a plan of a profile other than paper, after its run on the input; its rule had the matrix: EXACT, ROUNDING or
 * DIFFERENT. The watch may stop it, and then nothing is known; progress is told unless all was counted before. Returns 0 if there is no memory. */
int certigar_profile_compare(certigar_plan *plan, const certigar_matrix *input, const certigar_matrix *matrix, const void *candidate,
                             const void *output, certigar_watch *watch, certigar_match *match);

/* Adds the coordinates whose words differ. */
void certigar_count_differences(certigar_dtype dtype, size_t d, const void *candidate, const void *output, certigar_comparison *comparison);

/* certigar_check_run up to ROUNDING, of the rule's own definition alone: EXACT, TIE, ROUNDING, or else WRONG. output: room for the rule's, d values
 * of the plan's dtype. */
certigar_status certigar_check_own(certigar_plan *plan, const certigar_matrix *input, const void *candidate, void *output, certigar_finding *finding,
                                   certigar_message *message);

#endif
