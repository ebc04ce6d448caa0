/* And, or, of conditions already computed: without branches, so that a loop over lanes that uses them vectorises. */
#ifndef CERTIGAR_CHOICE_H
#define CERTIGAR_CHOICE_H

#include "exact/format.h"

/*@ requires bits: 0 <= a <= 1 && 0 <= b <= 1;
    terminates \true; exits \false; assigns \nothing;
    ensures both: \result == (a == 1 && b == 1 ? 1 : 0); */
KERNEL int64_t both(int64_t a, int64_t b);

/*@ requires bits: 0 <= a <= 1 && 0 <= b <= 1;
    terminates \true; exits \false; assigns \nothing;
    ensures either: \result == (a == 1 || b == 1 ? 1 : 0); */
KERNEL int64_t either(int64_t a, int64_t b);

#endif
