/* How many neighbours Krum's score has in a round of bulyan, of r rows that are left (spec/rules.md, section 6). */
#ifndef CERTIGAR_NEIGHBOURS_H
#define CERTIGAR_NEIGHBOURS_H

#include "acsl/neighbours.h"

/* r-f-2, at least 1 and at most the other rows. */
/*@ requires r: 1 <= r && 0 <= f;
    terminates \true; exits \false; assigns \nothing;
    ensures neighbours: \result == Neighbours(r,f);
    ensures range: 0 <= \result < r; */
int certigar_bulyan_neighbours(int r, int f);

#endif
