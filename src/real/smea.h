/* Sets of rows by the greatest eigenvalue of their covariance (spec/rules.md, smea), for verdicts: computed with 128 bits, as the rule does. */
#ifndef CERTIGAR_SMEA_H
#define CERTIGAR_SMEA_H

#include "gram.h"

/* Lists are rows of the gram, ascending, as many as the rule selects. */

/* Calls visit for every list whose eigenvalue is at most 1 + slack times that of the given one, but for those that have not the first ones of equal rows,
 * until a visit returns 0. Returns 0 if there is no memory. */
int certigar_smea_sets(certigar_plan *plan, const certigar_gram *gram, const size_t *list, mpq_srcptr slack,
                       int (*visit)(void *context, const size_t *list), void *context);

/* By what share of its own the first list's eigenvalue is exceeded by the other's, at least 0; *finite becomes 0 if that is infinite. Returns 0 if there
 * is no memory. */
int certigar_smea_excess(certigar_plan *plan, const certigar_gram *gram, const size_t *list, const size_t *other, mpq_ptr excess, int *finite);

#endif
