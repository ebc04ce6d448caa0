/* Exact inner products of rows: rows cut into planes of 22 bits, and sums of products of planes.
 *
 * A block's row is GRAIN x = 2^base sum over p of plane[p] 2^(22 p), the digits of its magnitudes with their signs; so
 *
 *     sum over lanes of GRAIN x GRAIN y  =  2^(x's base + y's base) sum over p, r of 2^(22 (p + r)) (sum over lanes of x[p] y[r]):
 *
 * plain loops over lanes again, on the few planes that a base no greater than any value's exponent leaves. The sums go to a wide accumulator of
 * that radix. Squared distances are x x + y y - 2 x y; in integers nothing is lost by that.
 *
 * A digit is kept in halves of 11 bits, DIGIT_HALF high + low of one sign: of a block's products of halves the sum stays in 32 bits, and products
 * of 16 bits are what processors do most of at once.
 */
#ifndef CERTIGAR_PLANES_H
#define CERTIGAR_PLANES_H

#include "distance/grains.h"
#include "distance/quantise.h"
#include "exact/natural.h"

enum { PLANE_BITS = 22, PLANE = 4194304, DIGIT_HALF = 2048 };   /* PLANE is 2^PLANE_BITS; 2^11 */
#if FORMAT == 64
enum { PLANES = 96, GRAIN_BITS = 53 };       /* GRAIN_BITS: of a significand in grains */
#elif FORMAT == 32
enum { PLANES = 13, GRAIN_BITS = 26 };
#else
enum { PLANES = 1, GRAIN_BITS = 5 };
#endif

/* Limbs of 2^22: the product of the two highest planes, and what carries beyond it in 2^62 coordinates. */
enum { PRODUCT_LIMBS = 2 * PLANES + 4 };
enum { PRODUCT_BLOCKS = 4 };        /* blocks that may be added before the carries are taken */
#define BLOCK_LIMB (PLANES * 0x20000000000000)   /* a block adds no more to a limb: PLANES products of BLOCK 2^44 */

enum { LIMB_MAX = 0x100000000000 }; /* 2^44: digits of up to 2^22 sums */

typedef int16_t lanes[2 * BLOCK]; /* the high halves of a plane's digits, and after them the low ones */
typedef struct plane_range { int32_t base, end; } plane_range; /* planes 0 .. end-1, in units of 2^base grains */
enum { PLANES_TOP = SHIFT_MAX + GRAIN_BITS + PLANE_BITS - 1 };  /* base + 22 end, at most */

/*@ // the digit of lane l; its planes from p to end-1
  @ logic integer Digit{L}(lanes *x, integer p, integer l) = DIGIT_HALF*x[p][l] + x[p][BLOCK+l];
  @ logic integer From{L}(lanes *x, integer p, integer end, integer l) = p >= end ? 0 : Up(Digit(x,p,l),22*p) + From(x,p+1,end,l);
  @ logic integer Inner{L}(lanes *x, integer xp, integer xend, lanes *y, integer yp, integer yend, integer n) =      // of n lanes
  @   n <= 0 ? 0 : Inner(x,xp,xend,y,yp,yend,n-1) + From(x,xp,xend,n-1)*From(y,yp,yend,n-1);
  @ predicate InPlanes(integer base, integer end) = 0 <= base <= SHIFT_MAX && 0 <= end <= PLANES && base + 22*end <= PLANES_TOP;
  @ predicate Digits22{L}(lanes *x, integer first, integer end) =
  @   \forall integer p, l; first <= p < end && 0 <= l < 2*BLOCK ==> -DIGIT_HALF < x[p][l] < DIGIT_HALF;
  @
  @ logic integer Radix{L}(int64_t *a, integer n) = n <= 0 ? 0 : Radix(a,n-1) + Up(a[n-1],22*(n-1));                  // n limbs
  @ predicate Room{L}(int64_t *a, integer c) =                                                                      // for PRODUCT_BLOCKS - c blocks
  @   \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -PLANE - c*BLOCK_LIMB <= a[i] <= PLANE + c*BLOCK_LIMB;
  @*/

/* The planes of a block's row of finite keys. */
/*@ requires keys: \valid_read(keys + (0 .. BLOCK-1));
    requires plane: \valid(plane + (0 .. PLANES-1));
    requires apart: \separated(keys + (0 .. BLOCK-1), plane + (0 .. PLANES-1));
    requires finite: \forall integer l; 0 <= l < BLOCK ==> Finite(keys[l]);
    terminates \true; exits \false; assigns (&plane[0][0])[0 .. PLANES*2*BLOCK-1];
    ensures range: InPlanes(\result.base,\result.end);
    ensures digits: Digits22(plane,0,\result.end);
    ensures value: \forall integer l; 0 <= l < BLOCK ==> Up(From(plane,0,\result.end,l),\result.base) == GRAIN*Val(keys[l]); */
KERNEL plane_range planes_of(const key *keys, lanes *plane);

/* Adds the inner product of the planes of two rows, which may be the same row, times 2^base: the sum of their bases; of limbs that held c blocks. */
/*@ requires x: 0 <= xend <= PLANES && \valid_read(x + (0 .. PLANES-1)) && Digits22(x,0,xend);
    requires y: 0 <= yend <= PLANES && \valid_read(y + (0 .. PLANES-1)) && Digits22(y,0,yend);
    requires base: 0 <= base && base + 22*xend + 22*yend <= 2*PLANES_TOP;
    requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    requires room: 0 <= c < PRODUCT_BLOCKS && Room(sum,c);
    terminates \true; exits \false; assigns sum[0 .. PRODUCT_LIMBS-1];
    ensures sum: Radix(sum,PRODUCT_LIMBS) == \old(Radix(sum,PRODUCT_LIMBS)) + Up(Inner(x,0,xend,y,0,yend,BLOCK),base);
    ensures room: Room(sum,c+1); */
KERNEL void product_add(int64_t *sum, const lanes *x, int xend, const lanes *y, int yend, int base) /*@ ghost (int c) */;

/* Takes the carries: every limb but the last becomes a digit. */
/*@ requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    requires limbs: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -0x3f00000000000000 <= sum[i] <= 0x3f00000000000000;
    terminates \true; exits \false; assigns sum[0 .. PRODUCT_LIMBS-1];
    ensures same: Radix(sum,PRODUCT_LIMBS) == \old(Radix(sum,PRODUCT_LIMBS));
    ensures digits: \forall integer i; 0 <= i < PRODUCT_LIMBS-1 ==> 0 <= sum[i] < PLANE;
    ensures positive: 0 <= Radix(sum,PRODUCT_LIMBS) ==> 0 <= sum[PRODUCT_LIMBS-1];
    ensures negative: Radix(sum,PRODUCT_LIMBS) < 0 ==> sum[PRODUCT_LIMBS-1] < 0;
    ensures small: Radix(sum,PRODUCT_LIMBS) < Up(1,22*(PRODUCT_LIMBS-1)) ==> sum[PRODUCT_LIMBS-1] <= 0;
    ensures large: -Up(1,22*(PRODUCT_LIMBS-1)) <= Radix(sum,PRODUCT_LIMBS) ==> -1 <= sum[PRODUCT_LIMBS-1]; */
KERNEL void product_carry(int64_t *sum);

/* out += xx + yy - 2 xy, three sums of products of which the carries were taken, or sums of some such sums. */
/*@ requires sums: \valid_read(xx + (0 .. PRODUCT_LIMBS-1)) && \valid_read(yy + (0 .. PRODUCT_LIMBS-1)) && \valid_read(xy + (0 .. PRODUCT_LIMBS-1));
    requires out: \valid(out + (0 .. NATURAL_DIGITS-1)) && IsNatural(out);
    requires limbs: \forall integer i; 0 <= i < PRODUCT_LIMBS ==>
      -LIMB_MAX <= xx[i] <= LIMB_MAX && -LIMB_MAX <= yy[i] <= LIMB_MAX && -LIMB_MAX <= xy[i] <= LIMB_MAX;
    requires square: 0 <= Radix(xx,PRODUCT_LIMBS) + Radix(yy,PRODUCT_LIMBS) - 2*Radix(xy,PRODUCT_LIMBS);
    terminates \true; exits \false; assigns out[0 .. NATURAL_DIGITS-1];
    ensures natural: IsNatural(out);
    ensures sum: Num(out) == Capped(\old(Num(out))
      + \old(Radix(xx,PRODUCT_LIMBS) + Radix(yy,PRODUCT_LIMBS) - 2*Radix(xy,PRODUCT_LIMBS))); */
KERNEL void distance_total(const int64_t *xx, const int64_t *yy, const int64_t *xy, uint32_t *out);

#endif
