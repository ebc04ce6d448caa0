/* All subsets of k of n rows, each an ascending list, in lexicographical order. */
#ifndef REFERENCE_SUBSET_H
#define REFERENCE_SUBSET_H

#include <stddef.h>

/* The first one: 0, 1, ..., k - 1. */
void reference_first_subset(size_t k, size_t *subset);

/* The next one; 0 if there is none. */
int reference_next_subset(size_t n, size_t k, size_t *subset);

#endif
