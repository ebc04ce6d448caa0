/* The least of some natural numbers: which they are, and their sum.
 *
 * Equal numbers stand in the order of their indices, so every choice has one answer.
 */
#ifndef CERTIGAR_LEAST_H
#define CERTIGAR_LEAST_H

#include "exact/natural.h"

/* order[0 .. n-1], some distinct indices, in ascending order of the numbers, equal ones by index. */
KERNEL void sort_indices(const natural *numbers, int *order, int n);

/* sum = that of the k least of the numbers 0 .. n-1, number self left out; order, of n, is scratch and ends with them in front. */
KERNEL void least_sum(const natural *numbers, int n, int self, int k, int *order, uint32_t *sum);

/* Which m of n numbers, known to lie between lower and upper, are the least; rows of the same group are known to be equal.
 * selected[i] becomes 1 or 0. Returns 1 if the bounds decide; else 0, and open[i] becomes 1 where the number must be known better. */
KERNEL int choose_least(const natural *lower, const natural *upper, const int *group, int n, int m, int *order, unsigned char *selected,
                        unsigned char *open);

#endif
