/* Exact squared distances: rows cut into planes of 22 bits, and sums of products of planes.
 *
 * A tile's row is GRAIN x = sum over p of plane[p] 2^(22 p), the digits of its magnitudes with their signs. The difference of two rows has such planes
 * too, of 23 bits and a sign, and
 *
 *     sum over lanes of (sum over p of z_p 2^(22 p))^2  =  sum over p, r of 2^(22 (p + r)) (sum over lanes of z_p z_r):
 *
 * plain loops over lanes again, on the few planes that are not empty. The sums go to a wide accumulator of that radix.
 */
#ifndef CERTIGAR_PLANES_H
#define CERTIGAR_PLANES_H

#include "distance/quantise.h"
#include "exact/natural.h"

enum { PLANE_BITS = 22 };
#if FORMAT == 64
enum { PLANES = 96 };
#elif FORMAT == 32
enum { PLANES = 13 };
#else
enum { PLANES = 1 };
#endif

/* Limbs of 2^22: the product of the two highest planes, and what carries beyond it. */
enum { SQUARE_LIMBS = 2 * PLANES + 4 };
enum { SQUARE_TILES = 16 };   /* tiles that may be added before the carries are taken */

typedef struct plane_row {
  int32_t first, end;              /* planes first .. end-1 hold something; none if first == end */
  int32_t plane[PLANES][LANES];
} plane_row;

/* The planes of a tile's row of finite keys. */
KERNEL void planes_of(const key *keys, plane_row *out);

/* Adds the sum over lanes of (x - y)^2, in squared grains; space is scratch. */
KERNEL void square_add(int64_t *sum, const plane_row *x, const plane_row *y, plane_row *space);

/* Takes the carries. */
KERNEL void square_carry(int64_t *sum);

/* out += the sum, of which the carries were taken. */
KERNEL void square_total(const int64_t *sum, uint32_t *out);

#endif
