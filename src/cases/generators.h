/* Named inputs for implementations of the rules: what they tend to get wrong, one mistake to a generator.
 *
 * Integers only, so the words are the same on every machine. With seed 0 the attackers' rows, where there are any, are the last f; another seed
 * draws other numbers and puts the rows in another order.
 */
#ifndef CERTIGAR_CASES_GENERATORS_H
#define CERTIGAR_CASES_GENERATORS_H

#include "certigar.h"

#include <stddef.h>
#include <stdint.h>

typedef struct case_generator {
  const char *name;
  const char *comment; /* what it attacks */
  /* Fills rows, n x d values of the dtype, row after row, n >= 1, d >= 1, in this processor's byte order. Returns 0 if it has no such shape, with
   * the rows unspecified: attackers need f >= 1, some decisions a least or a greatest n. */
  int (*make)(certigar_dtype dtype, size_t n, size_t f, size_t d, uint64_t seed, void *rows);
} case_generator;

extern const case_generator case_generators[];
extern const size_t case_generator_count;

/* The generator of that name, or NULL. */
const case_generator *case_generator_from_name(const char *name);

#endif
