/* A wide accumulator: any sum of up to 2^29 finite numbers, exactly.
 *
 * Signed 64-bit limbs of weight 2^(32 i), in units of the smallest subnormal; xsum's small accumulator (Neal 2015, arXiv 1505.05571) is
 * the model. A number m 2^s touches three limbs; carries wait until the end.
 */
#ifndef CERTIGAR_WIDE_H
#define CERTIGAR_WIDE_H

#include "number.h"

#if FORMAT == 64
enum { LIMBS = 68 };
#elif FORMAT == 32
enum { LIMBS = 12 };
#else
enum { LIMBS = 4 };
#endif

KERNEL void wide_clear(int64_t *a);
KERNEL void wide_add(int64_t *a, key k);
KERNEL void wide_subtract(int64_t *a, key k);
/* Carries: limbs 0 .. LIMBS-2 into [0, 2^32); the sign is that of the last limb. Returns -1, 0 or 1. */
KERNEL int wide_carry(int64_t *a);
/* RN(|a| / k) */
KERNEL key wide_quotient(int64_t *a, int k);
#endif
