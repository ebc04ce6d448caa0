/* A result against the reference: the same bits, or, of the rules over real numbers, as near as spec/rules.md says. */
#ifndef DEMO_AGAINST_H
#define DEMO_AGAINST_H

#include "judge.h"

/* dm->out, the rule's result on dm->attacked, and what its certificate says. Returns the number of wrong coordinates, and says in a few words how
 * the two agree. */
size_t against_reference(demo *dm, const job *what, const certigar_certificate *found, agreement said);

#endif
