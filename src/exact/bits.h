/* The one step that is not proved: between memory and words. Ledger: trust-bits.
 *
 * A float or double in memory is read and written as the unsigned integer of its bits (memcpy: no value is converted, so FTZ, DAZ,
 * the rounding mode and signalling NaNs have no say). What a word is worth is a definition over integers, spec/acsl/number.h.
 * The compiler's and the processor's floats agree with it: tests/test_bits.c compares every binary32 word.
 */
#ifndef CERTIGAR_BITS_H
#define CERTIGAR_BITS_H

#include <stddef.h>
#include "exact/format.h"

#ifndef __FRAMAC__
/* Reads count values, stride bytes apart, into words; the rest of the LANES words becomes +0. */
KERNEL void words_from_memory(const unsigned char *from, ptrdiff_t stride, int byte_swapped, int count, word *words);

/* Writes count words to contiguous memory. */
KERNEL void words_to_memory(const word *words, int count, unsigned char *to);
#endif

/* A guess of a/k, as the bits of a double. Nothing is claimed of it: every use is checked in integers. */
/*@ requires k: 1 <= k <= ROWS_MAX;
    terminates \true; exits \false; assigns \nothing; */
KERNEL uint64_t quotient_guess(uint64_t a, int k);

#if FORMAT != 64
/* A guess of a/k rounded to SIGNIFICAND_BITS, as the bits of a float that has no more: nothing is claimed of it either. */
/*@ requires k: 1 <= k <= ROWS_MAX;
    terminates \true; exits \false; assigns \nothing; */
KERNEL uint32_t nearest_guess(uint64_t a, int k);
#endif

#endif
