/* Rounding a number of which the leading bits, and whether anything follows, are known. */
#ifndef CERTIGAR_ROUND_H
#define CERTIGAR_ROUND_H

#include "acsl/number.h"

/* The magnitude nearest to (g + x) 2^shift, ties to even, where x = 0 if sticky is 0 and 0 < x < 1 otherwise. */
KERNEL key round_sticky(uint64_t g, int shift, int sticky, int *good);

#endif
