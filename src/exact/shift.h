/* The shifts of C, said in powers of two.
 *
 * They stand here and in distance/grains.h, nowhere else in proved code: Frama-C 25 draws wrong conclusions when a shift by a constant is compared with 0
 * (SOUNDNESS.md, Gap 3). Behind these contracts no other proof sees a shift; proofs/prove.py refuses one elsewhere.
 */
#ifndef CERTIGAR_SHIFT_H
#define CERTIGAR_SHIFT_H

#include "acsl/number.h"

/*@ predicate IsFloor(integer q, integer x, integer d) = q <= Up(q,d) <= x < Up(q+1,d);      // q is the floor of x / 2^d, x >= 0
  @*/

/*@ requires s: 0 <= s <= 63;
    requires fits: Up(x,s) <= 0xffffffffffffffff;
    terminates \true; exits \false; assigns \nothing;
    ensures up: \result == Up(x,s); */
KERNEL uint64_t shift_left(uint64_t x, int64_t s);

/*@ requires s: 0 <= s <= 63;
    terminates \true; exits \false; assigns \nothing;
    ensures floor: IsFloor(\result,x,s); */
KERNEL uint64_t shift_right(uint64_t x, int64_t s);

/* The same in 32 bits, of which twice as many fit in a vector. */
/*@ requires s: 0 <= s <= 31;
    terminates \true; exits \false; assigns \nothing;
    ensures floor: IsFloor(\result,x,s); */
KERNEL uint32_t shift_right_32(uint32_t x, int32_t s);

#endif
