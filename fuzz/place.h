/* Cases of the fuzzers in memory. */
#ifndef PLACE_H
#define PLACE_H

#include "certigar.h"
#include "mutator.h"

/* malloc, or the end. */
void *case_take(size_t size);

/* A word of an output. */
uint64_t case_get(const fuzz_case *one, const unsigned char *from);

/* The matrix in memory of its exact size, which the sanitizer guards: row i is row order[i] of the case (order: NULL for as it is).
 * memory is to be freed. */
certigar_matrix case_place(const fuzz_case *one, case_layout layout, const size_t *order, unsigned char **memory);

/* A permutation of n rows. */
void case_shuffle(size_t *order, size_t n, uint64_t seed);

#endif
