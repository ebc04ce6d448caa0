/* Sums in a window of exponents.
 *
 * Per lane, every term is cut to a multiple of 2^(E - WINDOW), E the greatest exponent among the terms, WINDOW bits below its last place. The cut
 * loses less than one such unit per term, so the exact sum lies within t units of the sum of the cut terms, t the number of
 * terms, and t = 0 when nothing was cut. The quotient is accepted when all numbers of that interval round to the same key.
 */
#ifndef CERTIGAR_WINDOW_H
#define CERTIGAR_WINDOW_H

#include "acsl/number.h"

#if FORMAT == 32
enum { WINDOW = 28, WINDOW_ROWS = 1024 };   /* 24 + 28 bits, 2^10 terms: sums stay below 2^62 */
#elif FORMAT == 64
enum { WINDOW = 32, WINDOW_ROWS = 512 };    /* two words: 53 bits and 2^9 terms stay below 2^62, 32 bits below */
#else
enum { WINDOW = 3, WINDOW_ROWS = 1024 };    /* narrow, so that the toy reaches every path */
#endif

/* The greatest magnitude of rows lo .. hi-1, per lane. */
KERNEL void largest_magnitudes(const row *t, int lo, int hi, key *restrict top);

#if FORMAT == 64
KERNEL void window_add(const key *restrict keys, const key *restrict top, int64_t *restrict sum, int64_t *restrict low, int32_t *restrict drop);
KERNEL int window_quotient(int64_t sum, int64_t low, int exponent, int32_t drop, int terms, int k, key *out);
#else
KERNEL void window_add(const key *restrict keys, const key *restrict top, int64_t *restrict sum, int32_t *restrict drop);
KERNEL int window_quotient(int64_t sum, int exponent, int32_t drop, int terms, int k, key *out);
#endif

#endif
