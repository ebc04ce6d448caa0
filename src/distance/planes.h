/* Exact inner products of rows: rows cut into planes of 22 bits, and sums of products of planes.
 *
 * A tile's row is GRAIN x = sum over p of plane[p] 2^(22 p), the digits of its magnitudes with their signs; so
 *
 *     sum over lanes of GRAIN x GRAIN y  =  sum over p, r of 2^(22 (p + r)) (sum over lanes of x[p] y[r]):
 *
 * plain loops over lanes again, on the few planes that are not empty. The sums go to a wide accumulator of that radix. Squared distances are
 * x x + y y - 2 x y; in integers nothing is lost by that.
 */
#ifndef CERTIGAR_PLANES_H
#define CERTIGAR_PLANES_H

#include "distance/quantise.h"
#include "exact/natural.h"

enum { PLANE_BITS = 22 };
enum { GRAIN_BITS = SIGNIFICAND_BITS + (GRAIN == 1 ? 0 : 2) };   /* of a significand in grains */
#if FORMAT == 64
enum { PLANES = 96 };
#elif FORMAT == 32
enum { PLANES = 13 };
#else
enum { PLANES = 1 };
#endif

/* Limbs of 2^22: the product of the two highest planes, and what carries beyond it. */
enum { PRODUCT_LIMBS = 2 * PLANES + 4 };
enum { PRODUCT_TILES = 32 };   /* tiles that may be added before the carries are taken */

typedef struct plane_row {
  int32_t first, end;              /* planes first .. end-1 hold something; none if first == end */
  int32_t plane[PLANES][LANES];
} plane_row;

/* The planes of a tile's row of finite keys. */
KERNEL void planes_of(const key *keys, plane_row *out);

/* Adds the sum over lanes of x y, in squared grains. */
KERNEL void product_add(int64_t *sum, const plane_row *x, const plane_row *y);

/* Takes the carries. */
KERNEL void product_carry(int64_t *sum);

/* out += xx + yy - 2 xy, of which the carries were taken. */
KERNEL void distance_total(const int64_t *xx, const int64_t *yy, const int64_t *xy, uint32_t *out);

#endif
