/* Squared distances of all pairs of rows, as intervals: the filter before the exact decision.
 *
 * With rows in fixed point (quantise.h) a coordinate of the difference is (d + t) T for the integer d = p - q, some |t| <= 1 and T a power of two. So,
 * for every integer c >= 1 (from 2 |d t| <= d^2 / c + c t^2),
 *
 *     (c - 1) (d^2 - c)  <=  c (d + t)^2  <=  (c + 1) (d^2 + c),
 *
 * and this adds up over coordinates and over blocks of different T. A pair therefore needs two sums, square = sum of d^2 T^2 and error = sum of T^2, and
 * one c at the end, best near sqrt(square / error): any c gives a true interval. The kernel is the plain loop over d^2.
 * Both sums are kept as a multiple of 2^exponent; what that cuts off goes into error.
 */
#ifndef CERTIGAR_FILTER_H
#define CERTIGAR_FILTER_H

#include "distance/quantise.h"
#include "exact/natural.h"
#include "kernels.h"

enum { BLOCK_TILES = 8, BLOCK = 8 * 64 };   /* coordinates that share a scale */

/* The sum of d^2 over a block, when q, the row of lesser scale, is divided by 2^shift. */
KERNEL uint64_t block_square(const int32_t *restrict p, const int32_t *restrict q, int32_t shift);

/* sum becomes that of the blocks so far and of one of these square, error and exponent. */
KERNEL void pair_add(certigar_pair_sum *sum, uint64_t square, uint64_t error, int32_t exponent);

/* The interval, in squared grains. */
KERNEL void pair_bounds(const certigar_pair_sum *sum, uint32_t *lower, uint32_t *upper);

#endif
