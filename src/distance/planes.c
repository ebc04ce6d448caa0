/* Exact inner products: see planes.h. */
#include "distance/planes.h"
#include "exact/shift.h"
#include "lemmas/facts.h"
#include "lemmas/planes.h"
#include "lemmas/power.h"

/* ---- products ---- */

enum { DIGIT_PRODUCT = 0x100000000000 };   /* 2^44 */
enum { LANES_PRODUCT = 0x4000000000000 };  /* 2^50: LANES of them */

/*@ requires digits: -PLANE < a < PLANE && -PLANE < b < PLANE;
    terminates \true; exits \false; assigns \nothing;
    ensures product: \result == a*b;
    ensures small: -DIGIT_PRODUCT <= \result <= DIGIT_PRODUCT; */
KERNEL int64_t digit_product(int32_t a, int32_t b)
{
  return (int64_t)a * b;
}

/*@ requires p: 0 <= p < PLANES && 0 <= q < PLANES;
    requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
    requires digits: \forall integer l; 0 <= l < LANES ==> -PLANE < x[p][l] < PLANE && -PLANE < y[q][l] < PLANE;
    terminates \true; exits \false; assigns \nothing;
    ensures dot: \result == Dot(x,p,y,q,LANES);
    ensures small: -LANES_PRODUCT <= \result <= LANES_PRODUCT; */
KERNEL int64_t plane_product(const lanes *x, int p, const lanes *y, int q)
{
  int64_t sum = 0;
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant dot: sum == Dot(x,p,y,q,l);
      loop invariant small: -l*DIGIT_PRODUCT <= sum <= l*DIGIT_PRODUCT;
      loop assigns l, sum; loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    //@ assert step: Dot(x,p,y,q,l+1) == Dot(x,p,y,q,l) + x[p][l]*y[q][l];
    sum += digit_product(x[p][l], y[q][l]);
  }
  return sum;
}

/*@ requires i: 0 <= i < PRODUCT_LIMBS;
    requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    requires room: -0x7fffffffffffffff <= sum[i] + v <= 0x7fffffffffffffff;
    terminates \true; exits \false; assigns sum[i];
    ensures limb: sum[i] == \old(sum[i]) + v;
    ensures sum: Radix(sum,PRODUCT_LIMBS) == \old(Radix(sum,PRODUCT_LIMBS)) + Up(v,22*i); */
KERNEL void add_limb(int64_t *sum, int i, int64_t v)
{
  sum[i] += v;
  /*@ ghost
      int j = 0;
      /@ loop invariant j: 0 <= j <= PRODUCT_LIMBS;
         loop invariant sum: \let q = i; Radix(sum,j) == Radix{Pre}(sum,j) + (i < j ? Up(sum[i],22*i) - Up(\at(sum[q],Pre),22*i) : 0);
         loop assigns j; loop variant PRODUCT_LIMBS - j; @/
      for (; j < PRODUCT_LIMBS; j++) {
        /@ assert here: Radix(sum,j+1) == Radix(sum,j) + Up(sum[j],22*j); @/
        /@ assert pre: \let q = j; \at(Radix(sum,q+1) == Radix(sum,q) + Up(sum[q],22*q),Pre); @/
        /@ assert same: \let q = j; j != i ==> sum[j] == \at(sum[q],Pre); @/
      }
      /@ assert end: j == PRODUCT_LIMBS; @/
  */
  //@ ghost lemma_up_sum(22 * i);
  //@ assert limb: \let q = i; UpSum(22*i,\at(sum[q],Pre),v);
}

/* Plane p of x with all planes of y. */
/*@ requires p: 0 <= p < PLANES && InPlanes(yp,yend);
    requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
    requires x_digits: Digits22(x,p,p+1);
    requires y_digits: Digits22(y,yp,yend);
    requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    requires room: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -0x7000000000000000 <= sum[i] <= 0x7000000000000000;
    terminates \true; exits \false; assigns sum[0 .. PRODUCT_LIMBS-1];
    ensures sum: Radix(sum,PRODUCT_LIMBS) == \old(Radix(sum,PRODUCT_LIMBS)) + Up(Mixed(x,p,y,yp,yend,LANES),22*p);
    ensures small: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -LANES_PRODUCT <= sum[i] - \old(sum[i]) <= LANES_PRODUCT; */
KERNEL void plane_add(int64_t *sum, const lanes *x, int p, const lanes *y, int yp, int yend)
{
  //@ ghost lemma_up_sum(22 * p);
  //@ ghost lemma_plane_step(22 * p);
  //@ assert zero: Up(0,22*p) == 0;
  /*@ loop invariant q: yp <= q <= yend;
      loop invariant sum: Radix(sum,PRODUCT_LIMBS) + Up(Mixed(x,p,y,q,yend,LANES),22*p)
        == Radix{Pre}(sum,PRODUCT_LIMBS) + Up(Mixed(x,p,y,yp,yend,LANES),22*p);
      loop invariant small: \forall integer i; 0 <= i < p+q ==> -LANES_PRODUCT <= sum[i] - \at(sum[i],Pre) <= LANES_PRODUCT;
      loop invariant rest: \forall integer i; p+q <= i < PRODUCT_LIMBS ==> sum[i] == \at(sum[i],Pre);
      loop assigns q, sum[0 .. PRODUCT_LIMBS-1]; loop variant yend - q; */
  for (int q = yp; q < yend; q++) {
    int64_t v = plane_product(x, p, y, q);
    //@ ghost lemma_mixed(x, p, y, q, yend);
    //@ ghost lemma_up_comp(22 * q, 22 * p);
    //@ assert comp: Up(Up(v,22*q),22*p) == Up(v,22*(p+q));
    //@ assert split: UpSum(22*p,Up(v,22*q),Mixed(x,p,y,q+1,yend,LANES));
    //@ assert step: Up(Mixed(x,p,y,q,yend,LANES),22*p) == Up(v,22*(p+q)) + Up(Mixed(x,p,y,q+1,yend,LANES),22*p);
    add_limb(sum, p + q, v);
  }
  //@ ghost lemma_mixed_none(x, p, y, yend, yend);
}

KERNEL void product_add(int64_t *sum, const lanes *x, int xp, int xend, const lanes *y, int yp, int yend) /*@ ghost (int c) */
{
  /*@ loop invariant p: xp <= p <= xend;
      loop invariant sum: Radix(sum,PRODUCT_LIMBS) + Inner(x,p,xend,y,yp,yend,LANES)
        == Radix{Pre}(sum,PRODUCT_LIMBS) + Inner(x,xp,xend,y,yp,yend,LANES);
      loop invariant small: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -(p-xp)*LANES_PRODUCT <= sum[i] - \at(sum[i],Pre) <= (p-xp)*LANES_PRODUCT;
      loop assigns p, sum[0 .. PRODUCT_LIMBS-1]; loop variant xend - p; */
  for (int p = xp; p < xend; p++) {
    //@ ghost lemma_inner(x, p, xend, y, yp, yend);
    //@ assert digits: Digits22(x,p,p+1);
    plane_add(sum, x, p, y, yp, yend);
  }
  //@ ghost lemma_inner_none(x, xend, xend, y, yp, yend);
}

/* ---- carries ---- */

#define CARRY_BIAS 0x4000000000000000       /* 2^62, so that what is divided is positive; a multiple of 2^22 */
enum { CARRY_MAX = 0x20000000000 };         /* 2^41 */

/* The limbs below keep their sum. */
/*@ requires i: 0 <= i < PRODUCT_LIMBS;
    requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    terminates \true; exits \false; assigns sum[i];
    ensures limb: sum[i] == v;
    ensures below: \forall integer j; j <= i ==> Radix(sum,j) == \old(Radix(sum,j)); */
KERNEL void put_limb(int64_t *sum, int i, int64_t v)
{
  sum[i] = v;
  /*@ ghost
      int j = 0;
      /@ loop invariant j: 0 <= j <= i;
         loop invariant same: \forall integer q; q <= j ==> Radix(sum,q) == Radix{Pre}(sum,q);
         loop assigns j; loop variant i - j; @/
      for (; j < i; j++) {
        /@ assert here: Radix(sum,j+1) == Radix(sum,j) + Up(sum[j],22*j); @/
        /@ assert pre: \let q = j; \at(Radix(sum,q+1) == Radix(sum,q) + Up(sum[q],22*q),Pre); @/
      }
      /@ assert end: j == i; @/
  */
}

/* Limb i becomes a digit; the carry from below in, the carry to the next one out. */
/*@ requires i: 0 <= i < PRODUCT_LIMBS-1;
    requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    requires limb: -0x3f00000000000000 <= sum[i] <= 0x3f00000000000000;
    requires carry: -CARRY_MAX <= carry <= CARRY_MAX;
    terminates \true; exits \false; assigns sum[i];
    ensures digit: 0 <= sum[i] < PLANE;
    ensures carry: -CARRY_MAX <= \result <= CARRY_MAX;
    ensures parts: Up(sum[i],22*i) + Up(\result,22*i+22) == Up(\old(sum[i]),22*i) + Up(carry,22*i);
    ensures below: \forall integer j; j <= i ==> Radix(sum,j) == \old(Radix(sum,j)); */
KERNEL int64_t carry_limb22(int64_t *sum, int i, int64_t carry)
{
  int64_t x = sum[i];
  uint64_t u = (uint64_t)(x + carry + CARRY_BIAS);
  int64_t digit = (int64_t)(u % PLANE), next = (int64_t)(u / PLANE) - CARRY_BIAS / PLANE;
  //@ assert parts: x + carry == digit + PLANE*next;
  //@ ghost lemma_up_sum(22 * i);
  //@ ghost lemma_plane_step(22 * i);
  //@ assert in: UpSum(22*i,x,carry);
  //@ assert out: UpSum(22*i,digit,PLANE*next);
  //@ assert all: Up(digit,22*i) + Up(next,22*i+22) == Up(x,22*i) + Up(carry,22*i);
  put_limb(sum, i, digit);
  return next;
}

KERNEL void product_carry(int64_t *sum)
{
  int64_t carry = 0;
  //@ ghost lemma_plane_step(0);
  /*@ loop invariant i: 0 <= i <= PRODUCT_LIMBS-1;
      loop invariant carry: -CARRY_MAX <= carry <= CARRY_MAX;
      loop invariant same: Radix(sum,i) + Up(carry,22*i) == Radix{Pre}(sum,i);
      loop invariant digits: \forall integer j; 0 <= j < i ==> 0 <= sum[j] < PLANE;
      loop invariant rest: \forall integer j; i <= j < PRODUCT_LIMBS ==> sum[j] == \at(sum[j],Pre);
      loop assigns i, carry, sum[0 .. PRODUCT_LIMBS-1]; loop variant PRODUCT_LIMBS - i; */
  for (int i = 0; i < PRODUCT_LIMBS - 1; i++) {
    //@ assert pre: \let q = i; \at(Radix(sum,q+1) == Radix(sum,q) + Up(sum[q],22*q),Pre);
    carry = carry_limb22(sum, i, carry);
    //@ assert here: Radix(sum,i+1) == Radix(sum,i) + Up(sum[i],22*i);
  }
  //@ assert last: Radix{Pre}(sum,PRODUCT_LIMBS) == Radix{Pre}(sum,PRODUCT_LIMBS-1) + Up(sum[PRODUCT_LIMBS-1],22*(PRODUCT_LIMBS-1));
  add_limb(sum, PRODUCT_LIMBS - 1, carry);
  //@ assert top: Radix(sum,PRODUCT_LIMBS) == Radix(sum,PRODUCT_LIMBS-1) + Up(sum[PRODUCT_LIMBS-1],22*(PRODUCT_LIMBS-1));
  //@ ghost lemma_radix_range(sum, PRODUCT_LIMBS - 1);
  //@ ghost lemma_radix_top(sum[PRODUCT_LIMBS-1], 22 * (PRODUCT_LIMBS - 1));
  //@ assert leads: Leads(sum[PRODUCT_LIMBS-1],22*(PRODUCT_LIMBS-1),Radix(sum,PRODUCT_LIMBS-1));
}
