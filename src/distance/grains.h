/* Significands in grains, in a word that holds them: in 32 bits twice as many fit in a vector. Shifts: see exact/shift.h. */
#ifndef CERTIGAR_GRAINS_H
#define CERTIGAR_GRAINS_H

#include "exact/shift.h"

#if FORMAT == 64
typedef uint64_t grain_count;
enum { GRAIN_SHIFTS = 63 };
#define GRAIN_COUNT_MAX 0xffffffffffffffff
#else
typedef uint32_t grain_count;
enum { GRAIN_SHIFTS = 31 };
#define GRAIN_COUNT_MAX 0xffffffff
#endif

/*@ requires s: 0 <= s <= GRAIN_SHIFTS;
    requires fits: Up(x,s) <= GRAIN_COUNT_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures up: \result == Up(x,s); */
KERNEL grain_count grains_up(grain_count x, int32_t s);

/*@ requires s: 0 <= s <= GRAIN_SHIFTS;
    terminates \true; exits \false; assigns \nothing;
    ensures floor: IsFloor(\result,x,s); */
KERNEL grain_count grains_down(grain_count x, int32_t s);

#endif
