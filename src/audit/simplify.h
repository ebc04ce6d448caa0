/* Simpler numbers in place of others, for inputs that people are to read. On bits alone. */
#ifndef CERTIGAR_AUDIT_SIMPLIFY_H
#define CERTIGAR_AUDIT_SIMPLIFY_H

#include "certigar.h"

/* Ways to replace a number, from the boldest: 0, 1, -1, its integer part, fewer bits of its fraction, an exponent nearer to 0; the NaN for a NaN. */
enum { SIMPLER_WAYS = 12 };
uint64_t simpler(certigar_dtype dtype, uint64_t word, int way);

/* How far from simple a number is: 0 for +0. A way is worth trying only if it makes this less, which also makes every search end. */
size_t complexity(certigar_dtype dtype, uint64_t word);

/* All numbers times the power of two that makes the exponent of the greatest 0; nothing changes where a number would leave the normal range. */
void scale_to_one(certigar_dtype dtype, void *words, size_t count);

#endif
