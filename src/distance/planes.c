/* Exact inner products: see planes.h. */
#include "distance/planes.h"
#include "exact/shift.h"
#include "lemmas/facts.h"
#include "lemmas/natural.h"
#include "lemmas/planes.h"
#include "lemmas/power.h"

/* ---- planes of a row ---- */

/* Significands in grains, shifts and signs of a row. */
/*@ requires keys: \valid_read(keys + (0 .. BLOCK-1));
    requires out: \valid(m + (0 .. BLOCK-1)) && \valid(s + (0 .. BLOCK-1)) && \valid(negative + (0 .. BLOCK-1));
    requires apart: \separated(keys + (0 .. BLOCK-1), m + (0 .. BLOCK-1), s + (0 .. BLOCK-1), negative + (0 .. BLOCK-1));
    requires finite: \forall integer l; 0 <= l < BLOCK ==> Finite(keys[l]);
    terminates \true; exits \false; assigns m[0 .. BLOCK-1], s[0 .. BLOCK-1], negative[0 .. BLOCK-1];
    ensures keys: \forall integer l; 0 <= l < BLOCK ==> keys[l] == \old(keys[l]);
    ensures sign: \forall integer l; 0 <= l < BLOCK ==> 0 <= negative[l] <= 1;
    ensures shift: \forall integer l; 0 <= l < BLOCK ==> 0 <= s[l] <= SHIFT_MAX;
    ensures grains: \forall integer l; 0 <= l < BLOCK ==> 0 <= m[l] < 2*GRAIN*FRACTION;
    ensures value: \forall integer l; 0 <= l < BLOCK ==> Signed22(negative[l],Up(m[l],s[l])) == GRAIN*Val(keys[l]); */
KERNEL void split_row(const key *restrict keys, grain_count *restrict m, int32_t *restrict s, int32_t *restrict negative)
{
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant split: \forall integer j; 0 <= j < l ==> Split(\at(keys[j],Pre),m[j],s[j],negative[j]);
      loop invariant same: \forall integer j; 0 <= j < BLOCK ==> keys[j] == \at(keys[j],Pre);
      loop assigns l, m[0 .. BLOCK-1], s[0 .. BLOCK-1], negative[0 .. BLOCK-1]; loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) {
    key k = keys[l], r = k < 0 ? -1 - k : k;
    key shift = r < FRACTION ? 0 : r / FRACTION - 1;
    //@ ghost lemma_split(r, shift);
    grain_count grains = (grain_count)(r - shift * FRACTION) * GRAIN;
    int32_t sign = k < 0 ? 1 : 0;
    //@ assert grains: grains == GRAIN*(r - shift*FRACTION);
    //@ assert value: Up(grains,shift) == GRAIN*Value(r);
    //@ assert split: Split(k,grains,(int32_t)shift,sign);
    m[l] = grains;
    s[l] = (int32_t)shift;
    negative[l] = sign;
    //@ assert stored: m[l] == grains && s[l] == shift && negative[l] == sign && k == \at(keys[\at(l,Here)],Pre);
    //@ assert here: Split(\at(keys[\at(l,Here)],Pre),m[l],s[l],negative[l]);
    //@ assert kept: \forall integer j; 0 <= j < l ==> Split(\at(keys[j],Pre),m[j],s[j],negative[j]);
  }
}

/* The least shift of a value that is not 0, SHIFT_MAX + 1 if there is none. */
/*@ requires m: \valid_read(m + (0 .. BLOCK-1)) && \valid_read(s + (0 .. BLOCK-1));
    requires shift: \forall integer l; 0 <= l < BLOCK ==> 0 <= s[l] <= SHIFT_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= SHIFT_MAX + 1;
    ensures least: \forall integer l; 0 <= l < BLOCK && m[l] != 0 ==> \result <= s[l];
    ensures attained: \result <= SHIFT_MAX ==> \exists integer l; 0 <= l < BLOCK && m[l] != 0 && s[l] == \result; */
KERNEL int32_t least_shift(const grain_count *restrict m, const int32_t *restrict s)
{
  int32_t least = SHIFT_MAX + 1;
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant range: 0 <= least <= SHIFT_MAX + 1;
      loop invariant least: \forall integer j; 0 <= j < l && m[j] != 0 ==> least <= s[j];
      loop invariant attained: least <= SHIFT_MAX ==> \exists integer j; 0 <= j < l && m[j] != 0 && s[j] == least;
      loop assigns l, least; loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) {
    int32_t shift = m[l] == 0 ? SHIFT_MAX + 1 : s[l];
    least = shift < least ? shift : least;
  }
  return least;
}

/*@ requires s: \valid_read(s + (0 .. BLOCK-1));
    requires shift: \forall integer l; 0 <= l < BLOCK ==> 0 <= s[l] <= SHIFT_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= SHIFT_MAX;
    ensures greatest: \forall integer l; 0 <= l < BLOCK ==> s[l] <= \result; */
KERNEL int32_t greatest_shift(const int32_t *s)
{
  int32_t greatest = 0;
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant range: 0 <= greatest <= SHIFT_MAX;
      loop invariant greatest: \forall integer j; 0 <= j < l ==> s[j] <= greatest;
      loop assigns l, greatest; loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) greatest = s[l] > greatest ? s[l] : greatest;
  return greatest;
}

/* The digit of weight 2^(22 p) of m 2^s, which loses it and has none above. */
/*@ requires m: \valid(m) && *m < 2*GRAIN*FRACTION;
    requires s: 0 <= s <= SHIFT_MAX && 0 <= p < PLANES;
    requires below: Up(*m,s) < Up(1,22*p+22);
    terminates \true; exits \false; assigns *m;
    ensures digit: 0 <= \result < PLANE;
    ensures rest: Up(*m,s) < Up(1,22*p);
    ensures less: *m <= \old(*m);
    ensures parts: Up(\result,22*p) + Up(*m,s) == Up(\old(*m),s); */
KERNEL int32_t take_digit(grain_count *m, int32_t s, int p)
{
  grain_count x = *m;
  int32_t t = PLANE_BITS * p - s;
  int32_t down = t < 0 ? 0 : t < GRAIN_SHIFTS ? t : GRAIN_SHIFTS, up = t < 0 && t > -PLANE_BITS ? -t : 0;
  //@ ghost lemma_digit_up(x, s, p);
  grain_count high = grains_down(x, down);
  grain_count rest = x - grains_up(high, down);
  //@ ghost lemma_digit_down(x, s, p, high, down, rest);
  grain_count digit = grains_up(high, up);
  //@ ghost lemma_plane_step(s);
  //@ ghost lemma_plane_step(22 * p);
  //@ ghost lemma_up_grow(0, 22 * p);
  //@ assert zero: Up(0,s) == 0 && Up(0,22*p) == 0 && 1 <= Up(1,22*p);
  //@ assert cut: 0 <= t ==> digit == high && Up(digit,22*p) + Up(rest,s) == Up(x,s) && Up(rest,s) < Up(1,22*p);
  //@ assert whole: -PLANE_BITS < t < 0 ==> Up(digit,22*p) == Up(x,s) && rest == 0;
  //@ assert none: t <= -PLANE_BITS ==> digit == 0 && x == 0 && rest == 0;
  *m = rest;
  return (int32_t)digit;
}

/* The digits of plane p of a row, which loses them. */
/*@ requires p: 0 <= p < end <= PLANES;
    requires in: \valid(m + (0 .. BLOCK-1)) && \valid_read(s + (0 .. BLOCK-1)) && \valid_read(negative + (0 .. BLOCK-1));
    requires plane: \valid(plane + (0 .. PLANES-1));
    requires apart: \separated(m + (0 .. BLOCK-1), s + (0 .. BLOCK-1), negative + (0 .. BLOCK-1), plane + (0 .. PLANES-1));
    requires sign: \forall integer l; 0 <= l < BLOCK ==> 0 <= negative[l] <= 1;
    requires shift: \forall integer l; 0 <= l < BLOCK ==> 0 <= s[l] <= SHIFT_MAX;
    requires grains: \forall integer l; 0 <= l < BLOCK ==> 0 <= m[l] < 2*GRAIN*FRACTION;
    requires below: \forall integer l; 0 <= l < BLOCK ==> Up(m[l],s[l]) < Up(1,22*p+22);
    terminates \true; exits \false; assigns m[0 .. BLOCK-1], plane[p][0 .. 2*BLOCK-1];
    ensures taken: \forall integer l; 0 <= l < BLOCK ==> Taken(\old(m[l]),s[l],negative[l],p,Digit(plane,p,l),m[l]);
    ensures same: \forall integer l; 0 <= l < BLOCK ==> s[l] == \old(s[l]) && negative[l] == \old(negative[l]);
    ensures digits: Digits22(plane,p,p+1);
    ensures kept: \forall integer q, l; p < q < end && 0 <= l < 2*BLOCK ==> plane[q][l] == \old(plane[q][l]);
    ensures above: \forall integer l; 0 <= l < BLOCK ==> From(plane,p+1,end,l) == \old(From(plane,p+1,end,l)); */
KERNEL void take_plane(grain_count *restrict m, const int32_t *restrict s, const int32_t *restrict negative, int p, lanes *restrict plane)
    /*@ ghost (int end) */
{
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant taken: \forall integer j; 0 <= j < l ==> Taken(\at(m[j],Pre),s[j],negative[j],p,Digit(plane,p,j),m[j]);
      loop invariant high: \forall integer j; 0 <= j < l ==> -DIGIT_HALF < plane[p][j] < DIGIT_HALF;
      loop invariant low: \forall integer j; BLOCK <= j < BLOCK+l ==> -DIGIT_HALF < plane[p][j] < DIGIT_HALF;
      loop invariant rest: \forall integer j; l <= j < BLOCK ==> m[j] == \at(m[j],Pre);
      loop invariant same: \forall integer j; 0 <= j < BLOCK ==> s[j] == \at(s[j],Pre) && negative[j] == \at(negative[j],Pre);
      loop assigns l, m[0 .. BLOCK-1], plane[p][0 .. 2*BLOCK-1]; loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) {
    //@ ghost grain_count before = m[l];
    int32_t digit = take_digit(&m[l], s[l], p);
    //@ ghost lemma_taken(before, s[l], negative[l], p, digit, m[l]);
    int32_t high = digit / DIGIT_HALF, low = digit % DIGIT_HALF;
    plane[p][l] = (int16_t)(negative[l] != 0 ? -high : high);
    plane[p][BLOCK + l] = (int16_t)(negative[l] != 0 ? -low : low);
    //@ assert halves: Digit(plane,p,l) == (negative[l] != 0 ? -digit : digit);
    //@ assert kept: \forall integer j; 0 <= j < l ==> Digit(plane,p,j) == \at(Digit(plane,p,j),LoopCurrent) && m[j] == \at(m[j],LoopCurrent);
    //@ assert before: \forall integer j; 0 <= j < l ==> Taken(\at(m[j],Pre),s[j],negative[j],p,Digit(plane,p,j),m[j]);
    //@ assert here: \let q = l; Taken(\at(m[q],LoopCurrent),s[l],negative[l],p,Digit(plane,p,l),m[l]);
  }
  //@ assert halves: \forall integer j; 0 <= j < 2*BLOCK ==> -DIGIT_HALF < plane[p][j] < DIGIT_HALF;
  //@ assert digits: Digits22(plane,p,p+1);
  /*@ ghost
      int q = end;
      /@ loop invariant q: p < q <= end;
         loop invariant above: \forall integer l; 0 <= l < BLOCK ==> From(plane,q,end,l) == From{Pre}(plane,q,end,l);
         loop assigns q; loop variant q; @/
      for (; q > p + 1; q--) {
        /@ assert here: \forall integer l; 0 <= l < BLOCK ==> From(plane,q-1,end,l) == Up(Digit(plane,q-1,l),22*(q-1)) + From(plane,q,end,l); @/
        /@ assert halves: \let r = q; \forall integer l; 0 <= l < 2*BLOCK ==> plane[q-1][l] == \at(plane[r-1][l],Pre); @/
        /@ assert same: \let r = q; \forall integer l; 0 <= l < BLOCK ==> Digit(plane,q-1,l) == \at(Digit(plane,r-1,l),Pre); @/
        /@ assert pre: \let r = q; \forall integer l; 0 <= l < BLOCK ==>
             \at(From(plane,r-1,end,l) == Up(Digit(plane,r-1,l),22*(r-1)) + From(plane,r,end,l),Pre); @/
        /@ assert next: \let r = q; \forall integer l; 0 <= l < BLOCK ==> From(plane,q-1,end,l) == \at(From(plane,r-1,end,l),Pre); @/
      }
      /@ assert end: q == p + 1; @/
  */
}

/* Where the planes of a row begin and end. */
/*@ requires m: \valid_read(m + (0 .. BLOCK-1)) && \valid_read(s + (0 .. BLOCK-1));
    requires shift: \forall integer l; 0 <= l < BLOCK ==> 0 <= s[l] <= SHIFT_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures range: InPlanes(\result.base,\result.end);
    ensures base: \forall integer l; 0 <= l < BLOCK && m[l] != 0 ==> \result.base <= s[l];
    ensures end: \forall integer l; 0 <= l < BLOCK && m[l] != 0 ==> s[l] - \result.base + GRAIN_BITS <= 22*\result.end; */
KERNEL plane_range range_of(const grain_count *restrict m, const int32_t *restrict s)
{
  int32_t least = least_shift(m, s), greatest = greatest_shift(s);
  plane_range range;
  range.base = least > SHIFT_MAX ? 0 : least;
  range.end = least > SHIFT_MAX ? 0 : (greatest - least + GRAIN_BITS - 1) / PLANE_BITS + 1;
  //@ assert some: least <= SHIFT_MAX ==> least <= greatest && greatest - least + GRAIN_BITS <= 22*range.end <= greatest - least + GRAIN_BITS + 21;
  return range;
}

/* In units of 2^base grains. */
/*@ requires base: 0 <= base <= SHIFT_MAX;
    requires in: \valid_read(m + (0 .. BLOCK-1)) && \valid(s + (0 .. BLOCK-1)) && \separated(m + (0 .. BLOCK-1), s + (0 .. BLOCK-1));
    requires shift: \forall integer l; 0 <= l < BLOCK ==> 0 <= s[l] <= SHIFT_MAX;
    requires above: \forall integer l; 0 <= l < BLOCK && m[l] != 0 ==> base <= s[l];
    terminates \true; exits \false; assigns s[0 .. BLOCK-1];
    ensures shift: \forall integer l; 0 <= l < BLOCK ==> s[l] == (base < \old(s[l]) ? \old(s[l]) - base : 0);
    ensures rebased: \forall integer l; 0 <= l < BLOCK ==> Rebased(m[l],\old(s[l]),s[l],base) && m[l] == \old(m[l]); */
KERNEL void rebase(int32_t *s, int32_t base) /*@ ghost (const grain_count *m) */
{
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant shift: \forall integer j; 0 <= j < l ==> s[j] == (base < \at(s[j],Pre) ? \at(s[j],Pre) - base : 0);
      loop invariant rebased: \forall integer j; 0 <= j < l ==> Rebased(m[j],\at(s[j],Pre),s[j],base);
      loop invariant rest: \forall integer j; l <= j < BLOCK ==> s[j] == \at(s[j],Pre);
      loop invariant same: \forall integer j; 0 <= j < BLOCK ==> m[j] == \at(m[j],Pre);
      loop assigns l, s[0 .. BLOCK-1]; loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) {
    int32_t shift = s[l] > base ? s[l] - base : 0;
    //@ ghost lemma_rebase(m[l], s[l], shift, base);
    s[l] = shift;
  }
}

KERNEL plane_range planes_of(const key *keys, lanes *plane)
{
  grain_count m[BLOCK];
  int32_t s[BLOCK], negative[BLOCK];
  split_row(keys, m, s, negative);
  //@ ghost S: ;
  plane_range range = range_of(m, s);
  //@ ghost int base = range.base, end = range.end;
  rebase(s, range.base) /*@ ghost (m) */;
  //@ ghost R: ;
  //@ assert sign: \forall integer l; 0 <= l < BLOCK ==> negative[l] == \at(negative[l],S);
  //@ assert value: \forall integer l; 0 <= l < BLOCK ==> Up(Signed22(negative[l],Up(m[l],s[l])),base) == GRAIN*Val(\at(keys[l],Pre));
  //@ ghost lemma_planes_top(end);
  //@ assert top: \forall integer l; 0 <= l < BLOCK ==> InTop(m[l],s[l],end);
  //@ assert all: \forall integer l; 0 <= l < BLOCK ==> From(plane,end,end,l) == 0;
  int p = range.end - 1;
  /*@ loop invariant p: -1 <= p <= end - 1;
      loop invariant range: range.base == base && range.end == end;
      loop invariant digits: Digits22(plane,p+1,end);
      loop invariant state: \forall integer l; 0 <= l < BLOCK ==> 0 <= negative[l] <= 1 && 0 <= s[l] <= SHIFT_MAX && 0 <= m[l] < 2*GRAIN*FRACTION;
      loop invariant below: \forall integer l; 0 <= l < BLOCK ==> Up(m[l],s[l]) < Up(1,22*p+22);
      loop invariant value: \forall integer l; 0 <= l < BLOCK ==>
        From(plane,p+1,end,l) + Signed22(negative[l],Up(m[l],s[l])) == \at(Signed22(negative[l],Up(m[l],s[l])),R);
      loop assigns p, m[0 .. BLOCK-1], (&plane[0][0])[0 .. PLANES*2*BLOCK-1]; loop variant p + 1; */
  for (; p >= 0; p--) {
    take_plane(m, s, negative, p, plane) /*@ ghost (end) */;
    //@ assert digits: Digits22(plane,p,end);
    //@ assert next: \forall integer l; 0 <= l < BLOCK ==> From(plane,p,end,l) == Up(Digit(plane,p,l),22*p) + From(plane,p+1,end,l);
  }
  //@ assert last: p == -1;
  //@ ghost lemma_planes_bottom(0);
  //@ assert nothing: \forall integer l; 0 <= l < BLOCK ==> AtBottom(m[l],s[l],0);
  //@ assert rest: \forall integer l; 0 <= l < BLOCK ==> Up(m[l],s[l]) == 0;
  //@ assert zero: \forall integer l; 0 <= l < BLOCK ==> From(plane,0,end,l) == \at(Signed22(negative[l],Up(m[l],s[l])),R);
  return range;
}

/* ---- products ---- */

enum { HALF_PRODUCT = 2047 * 2047 };       /* BLOCK of them are less than 2^31 */
enum { BLOCK_PRODUCT = 0x20000000000000 }; /* 2^53: BLOCK products of digits */

/*@ requires halves: -DIGIT_HALF < a < DIGIT_HALF && -DIGIT_HALF < b < DIGIT_HALF;
    terminates \true; exits \false; assigns \nothing;
    ensures product: \result == a*b;
    ensures small: -HALF_PRODUCT <= \result <= HALF_PRODUCT; */
KERNEL int32_t half_product(int16_t a, int16_t b)
{
  return a * b;
}

/* (DIGIT_HALF h + w) (DIGIT_HALF g + v) = PLANE h g + DIGIT_HALF (h v + w g) + w v. */
/*@ requires p: 0 <= p < PLANES && 0 <= q < PLANES;
    requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
    requires digits: Digits22(x,p,p+1) && Digits22(y,q,q+1);
    terminates \true; exits \false; assigns \nothing;
    ensures dot: \result == Dot(x,p,y,q,BLOCK);
    ensures small: -BLOCK_PRODUCT <= \result <= BLOCK_PRODUCT; */
KERNEL int64_t plane_product(const lanes *x, int p, const lanes *y, int q)
{
  int32_t high = 0, left = 0, right = 0, low = 0;
  /*@ loop invariant l: 0 <= l <= BLOCK;
      loop invariant dot: PLANE*high + DIGIT_HALF*(left+right) + low == Dot(x,p,y,q,l);
      loop invariant high: -l*HALF_PRODUCT <= high <= l*HALF_PRODUCT;
      loop invariant left: -l*HALF_PRODUCT <= left <= l*HALF_PRODUCT;
      loop invariant right: -l*HALF_PRODUCT <= right <= l*HALF_PRODUCT;
      loop invariant low: -l*HALF_PRODUCT <= low <= l*HALF_PRODUCT;
      loop assigns l, high, left, right, low; loop variant BLOCK - l; */
  for (int l = 0; l < BLOCK; l++) {
    //@ assert step: Dot(x,p,y,q,l+1) == Dot(x,p,y,q,l) + Digit(x,p,l)*Digit(y,q,l);
    //@ ghost lemma_digit_halves(x[p][l], x[p][BLOCK + l], y[q][l], y[q][BLOCK + l]);
    high += half_product(x[p][l], y[q][l]);
    left += half_product(x[p][l], y[q][BLOCK + l]);
    right += half_product(x[p][BLOCK + l], y[q][l]);
    low += half_product(x[p][BLOCK + l], y[q][BLOCK + l]);
  }
  return (int64_t)high * PLANE + ((int64_t)left + right) * DIGIT_HALF + low;
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
/*@ requires p: 0 <= p < PLANES && 0 <= yend <= PLANES;
    requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
    requires x_digits: Digits22(x,p,p+1);
    requires y_digits: Digits22(y,0,yend);
    requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    requires room: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -BLOCK_LIMB <= sum[i] <= BLOCK_LIMB;
    terminates \true; exits \false; assigns sum[0 .. PRODUCT_LIMBS-1];
    ensures sum: Radix(sum,PRODUCT_LIMBS) == \old(Radix(sum,PRODUCT_LIMBS)) + Up(Mixed(x,p,y,0,yend,BLOCK),22*p);
    ensures small: \forall integer i; 0 <= i < p+yend ==> -BLOCK_PRODUCT <= sum[i] - \old(sum[i]) <= BLOCK_PRODUCT;
    ensures rest: \forall integer i; p+yend <= i < PRODUCT_LIMBS ==> sum[i] == \old(sum[i]); */
KERNEL void plane_add(int64_t *sum, const lanes *x, int p, const lanes *y, int yend)
{
  //@ ghost lemma_up_sum(22 * p);
  //@ ghost lemma_plane_step(22 * p);
  //@ assert zero: Up(0,22*p) == 0;
  /*@ loop invariant q: 0 <= q <= yend;
      loop invariant sum: Radix(sum,PRODUCT_LIMBS) + Up(Mixed(x,p,y,q,yend,BLOCK),22*p)
        == Radix{Pre}(sum,PRODUCT_LIMBS) + Up(Mixed(x,p,y,0,yend,BLOCK),22*p);
      loop invariant small: \forall integer i; 0 <= i < p+q ==> -BLOCK_PRODUCT <= sum[i] - \at(sum[i],Pre) <= BLOCK_PRODUCT;
      loop invariant rest: \forall integer i; p+q <= i < PRODUCT_LIMBS ==> sum[i] == \at(sum[i],Pre);
      loop assigns q, sum[0 .. PRODUCT_LIMBS-1]; loop variant yend - q; */
  for (int q = 0; q < yend; q++) {
    int64_t v = plane_product(x, p, y, q);
    //@ ghost lemma_mixed(x, p, y, q, yend);
    //@ ghost lemma_up_comp(22 * q, 22 * p);
    //@ assert comp: Up(Up(v,22*q),22*p) == Up(v,22*(p+q));
    //@ assert split: UpSum(22*p,Up(v,22*q),Mixed(x,p,y,q+1,yend,BLOCK));
    //@ assert step: Up(Mixed(x,p,y,q,yend,BLOCK),22*p) == Up(v,22*(p+q)) + Up(Mixed(x,p,y,q+1,yend,BLOCK),22*p);
    add_limb(sum, p + q, v);
  }
  //@ ghost lemma_mixed_none(x, p, y, yend, yend);
}

/*@ requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    terminates \true; exits \false; assigns sum[0 .. PRODUCT_LIMBS-1];
    ensures zero: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> sum[i] == 0;
    ensures sum: Radix(sum,PRODUCT_LIMBS) == 0; */
KERNEL void clear_limbs(int64_t *sum)
{
  /*@ loop invariant i: 0 <= i <= PRODUCT_LIMBS;
      loop invariant zero: \forall integer j; 0 <= j < i ==> sum[j] == 0;
      loop assigns i, sum[0 .. PRODUCT_LIMBS-1]; loop variant PRODUCT_LIMBS - i; */
  for (int i = 0; i < PRODUCT_LIMBS; i++) sum[i] = 0;
  //@ ghost lemma_radix_zero(sum, 0);
}

/* All planes of x with all of y. */
/*@ requires x: 0 <= xend <= PLANES && \valid_read(x + (0 .. PLANES-1)) && Digits22(x,0,xend);
    requires y: 0 <= yend <= PLANES && \valid_read(y + (0 .. PLANES-1)) && Digits22(y,0,yend);
    requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    terminates \true; exits \false; assigns sum[0 .. PRODUCT_LIMBS-1];
    ensures sum: Radix(sum,xend+yend) == Inner(x,0,xend,y,0,yend,BLOCK);
    ensures small: \forall integer i; 0 <= i < xend+yend ==> -BLOCK_LIMB <= sum[i] <= BLOCK_LIMB; */
KERNEL void block_product(int64_t *sum, const lanes *x, int xend, const lanes *y, int yend)
{
  clear_limbs(sum);
  /*@ loop invariant p: 0 <= p <= xend;
      loop invariant sum: Radix(sum,PRODUCT_LIMBS) + Inner(x,p,xend,y,0,yend,BLOCK) == Inner(x,0,xend,y,0,yend,BLOCK);
      loop invariant small: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -p*BLOCK_PRODUCT <= sum[i] <= p*BLOCK_PRODUCT;
      loop invariant rest: \forall integer i; p+yend <= i < PRODUCT_LIMBS ==> sum[i] == 0;
      loop assigns p, sum[0 .. PRODUCT_LIMBS-1]; loop variant xend - p; */
  for (int p = 0; p < xend; p++) {
    //@ ghost lemma_inner_planes(x, p, xend, y, 0, yend);
    //@ assert digits: Digits22(x,p,p+1);
    plane_add(sum, x, p, y, yend);
  }
  //@ ghost lemma_inner_planes_none(x, xend, xend, y, 0, yend);
  //@ ghost lemma_radix_zero(sum, xend + yend);
}

#define CARRY_BIAS 0x4000000000000000       /* 2^62, so that what is divided is positive; a multiple of 2^22 */

enum { SHIFTED_MAX = 0x200000 };            /* 2^21 */
#define NEXT_MAX (PLANES * 0x80000000)      /* what a limb's digit leaves of it, at most */

/*@ requires times: 1 <= times <= SHIFTED_MAX;
    requires v: -NEXT_MAX <= v <= NEXT_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures product: \result == v*times;
    ensures small: -SHIFTED_MAX*NEXT_MAX <= \result <= SHIFTED_MAX*NEXT_MAX; */
KERNEL int64_t limb_times(int64_t v, int64_t times)
{
  //@ ghost lemma_scaled(times);
  //@ assert most: Scaled(times,v,NEXT_MAX) && Scaled(times,-NEXT_MAX,v);
  //@ assert times: -SHIFTED_MAX*NEXT_MAX <= v*times <= SHIFTED_MAX*NEXT_MAX;
  return v * times;
}

/* sum += the product 2^(22 at + s). */
/*@ requires n: 0 <= n <= 2*PLANES && 0 <= at && at + n < PRODUCT_LIMBS && 0 <= s < 22;
    requires product: \valid_read(product + (0 .. PRODUCT_LIMBS-1)) && \valid(sum + (0 .. PRODUCT_LIMBS-1));
    requires apart: \separated(product + (0 .. PRODUCT_LIMBS-1), sum + (0 .. PRODUCT_LIMBS-1));
    requires small: \forall integer i; 0 <= i < n ==> -BLOCK_LIMB <= product[i] <= BLOCK_LIMB;
    requires room: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -0x3000000000000000 <= sum[i] <= 0x3000000000000000;
    terminates \true; exits \false; assigns sum[0 .. PRODUCT_LIMBS-1];
    ensures sum: Radix(sum,PRODUCT_LIMBS) == \old(Radix(sum,PRODUCT_LIMBS)) + \old(Up(Radix(product,n),22*at+s));
    ensures room: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -BLOCK_LIMB <= sum[i] - \old(sum[i]) <= BLOCK_LIMB; */
KERNEL void add_shifted(int64_t *sum, const int64_t *product, int n, int at, int s)
{
  int64_t times = (int64_t)shift_left(1, s);
  //@ ghost lemma_limb_times(s);
  //@ assert times: times == Up(1,s) && 1 <= times <= SHIFTED_MAX;
  //@ ghost lemma_plane_step(22 * at + s);
  //@ ghost lemma_up_sum(22 * at + s);
  //@ assert zero: Up(0,22*at+s) == 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant sum: Radix(sum,PRODUCT_LIMBS) == Radix{Pre}(sum,PRODUCT_LIMBS) + Up(Radix{Pre}(product,i),22*at+s);
      loop invariant same: \forall integer j; 0 <= j < PRODUCT_LIMBS ==> product[j] == \at(product[j],Pre);
      loop invariant below: \forall integer j; 0 <= j < at+i ==> -BLOCK_LIMB <= sum[j] - \at(sum[j],Pre) <= BLOCK_LIMB;
      loop invariant next: -BLOCK_LIMB/2 <= sum[at+i] - \at(sum[\at(at+i,Here)],Pre) <= BLOCK_LIMB/2;
      loop invariant rest: \forall integer j; at+i < j < PRODUCT_LIMBS ==> sum[j] == \at(sum[j],Pre);
      loop assigns i, sum[0 .. PRODUCT_LIMBS-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    int64_t x = product[i];
    uint64_t u = (uint64_t)(x + CARRY_BIAS);
    int64_t digit = (int64_t)(u % PLANE), next = (int64_t)(u / PLANE) - CARRY_BIAS / PLANE;
    //@ assert parts: x == digit + PLANE*next && 0 <= digit < PLANE && -NEXT_MAX <= next <= NEXT_MAX;
    //@ ghost lemma_shifted_limb(x, digit, next, i, at, s);
    //@ assert pre: \let q = i; \at(Radix(product,q+1) == Radix(product,q) + Up(product[q],22*q),Pre);
    //@ assert split: \let q = i; UpSum(22*at+s,\at(Radix(product,q),Pre),\at(Up(product[q],22*q),Pre));
    int64_t low = limb_times(digit, times), high = limb_times(next, times);
    //@ assert shifted: Up(low,22*(at+i)) + Up(high,22*(at+i+1)) == Up(Up(x,22*i),22*at+s);
    //@ ghost B: ;
    add_limb(sum, at + i, low);
    add_limb(sum, at + i + 1, high);
    //@ assert limbs: sum[at+i] == \at(sum[\at(at+i,Here)],B) + low && sum[at+i+1] == \at(sum[\at(at+i+1,Here)],B) + high;
    //@ assert others: \forall integer j; 0 <= j < PRODUCT_LIMBS && j != at+i && j != at+i+1 ==> sum[j] == \at(sum[j],B);
    //@ assert total: Radix(sum,PRODUCT_LIMBS) == Radix{B}(sum,PRODUCT_LIMBS) + Up(Up(x,22*i),22*at+s);
  }
  //@ assert below: \forall integer j; 0 <= j < at+n ==> -BLOCK_LIMB <= sum[j] - \at(sum[j],Pre) <= BLOCK_LIMB;
  //@ assert last: \forall integer j; at+n <= j < at+n+1 ==> -BLOCK_LIMB <= sum[j] - \at(sum[j],Pre) <= BLOCK_LIMB;
  //@ assert rest: \forall integer j; at+n < j < PRODUCT_LIMBS ==> sum[j] == \at(sum[j],Pre);
}

KERNEL void product_add(int64_t *sum, const lanes *x, int xend, const lanes *y, int yend, int base) /*@ ghost (int c) */
{
  int64_t product[PRODUCT_LIMBS];
  int at = base / PLANE_BITS, s = base % PLANE_BITS;
  //@ assert base: base == 22*at + s && at + xend + yend < PRODUCT_LIMBS;
  block_product(product, x, xend, y, yend);
  /*@ ghost
      int j = 0;
      /@ loop invariant j: 0 <= j <= PRODUCT_LIMBS;
         loop invariant same: Radix(sum,j) == Radix{Pre}(sum,j);
         loop assigns j; loop variant PRODUCT_LIMBS - j; @/
      for (; j < PRODUCT_LIMBS; j++) {
        /@ assert limb: \let q = j; sum[j] == \at(sum[q],Pre); @/
        /@ assert here: Radix(sum,j+1) == Radix(sum,j) + Up(sum[j],22*j); @/
        /@ assert pre: \let q = j; \at(Radix(sum,q+1) == Radix(sum,q) + Up(sum[q],22*q),Pre); @/
      }
      /@ assert end: j == PRODUCT_LIMBS; @/
  */
  //@ assert product: Radix(&product[0],xend+yend) == Inner(x,0,xend,y,0,yend,BLOCK);
  //@ assert up: Up(Radix(&product[0],xend+yend),22*at+s) == Up(Inner(x,0,xend,y,0,yend,BLOCK),base);
  add_shifted(sum, product, xend + yend, at, s);
}

/* ---- carries ---- */

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

/* ---- distances ---- */

/* sum = xx + yy - 2 xy, limb by limb. */
/*@ requires sums: \valid_read(xx + (0 .. PRODUCT_LIMBS-1)) && \valid_read(yy + (0 .. PRODUCT_LIMBS-1)) && \valid_read(xy + (0 .. PRODUCT_LIMBS-1));
    requires sum: \valid(sum + (0 .. PRODUCT_LIMBS-1));
    requires apart: \separated(sum + (0 .. PRODUCT_LIMBS-1), xx + (0 .. PRODUCT_LIMBS-1))
      && \separated(sum + (0 .. PRODUCT_LIMBS-1), yy + (0 .. PRODUCT_LIMBS-1)) && \separated(sum + (0 .. PRODUCT_LIMBS-1), xy + (0 .. PRODUCT_LIMBS-1));
    requires limbs: \forall integer i; 0 <= i < PRODUCT_LIMBS ==>
      -LIMB_MAX <= xx[i] <= LIMB_MAX && -LIMB_MAX <= yy[i] <= LIMB_MAX && -LIMB_MAX <= xy[i] <= LIMB_MAX;
    terminates \true; exits \false; assigns sum[0 .. PRODUCT_LIMBS-1];
    ensures limbs: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> -4*LIMB_MAX <= sum[i] <= 4*LIMB_MAX;
    ensures sum: Radix(sum,PRODUCT_LIMBS)
      == \old(Radix(xx,PRODUCT_LIMBS) + Radix(yy,PRODUCT_LIMBS) - 2*Radix(xy,PRODUCT_LIMBS)); */
KERNEL void combine_products(const int64_t *xx, const int64_t *yy, const int64_t *xy, int64_t *sum)
{
  /*@ loop invariant i: 0 <= i <= PRODUCT_LIMBS;
      loop invariant limbs: \forall integer j; 0 <= j < i ==> sum[j] == \at(xx[j],Pre) + \at(yy[j],Pre) - 2*\at(xy[j],Pre);
      loop invariant same: \forall integer j; 0 <= j < PRODUCT_LIMBS ==>
        xx[j] == \at(xx[j],Pre) && yy[j] == \at(yy[j],Pre) && xy[j] == \at(xy[j],Pre);
      loop assigns i, sum[0 .. PRODUCT_LIMBS-1]; loop variant PRODUCT_LIMBS - i; */
  for (int i = 0; i < PRODUCT_LIMBS; i++) sum[i] = xx[i] + yy[i] - 2 * xy[i];
  /*@ ghost
      int j = 0;
      /@ loop invariant j: 0 <= j <= PRODUCT_LIMBS;
         loop invariant sum: Radix(sum,j) == Radix{Pre}(xx,j) + Radix{Pre}(yy,j) - 2*Radix{Pre}(xy,j);
         loop assigns j; loop variant PRODUCT_LIMBS - j; @/
      for (; j < PRODUCT_LIMBS; j++) {
        /@ assert here: Radix(sum,j+1) == Radix(sum,j) + Up(sum[j],22*j); @/
        /@ assert xx: \let q = j; \at(Radix(xx,q+1) == Radix(xx,q) + Up(xx[q],22*q),Pre); @/
        /@ assert yy: \let q = j; \at(Radix(yy,q+1) == Radix(yy,q) + Up(yy[q],22*q),Pre); @/
        /@ assert xy: \let q = j; \at(Radix(xy,q+1) == Radix(xy,q) + Up(xy[q],22*q),Pre); @/
        lemma_up_combine(xx[j], yy[j], xy[j], 22*j);
        /@ assert combined: \let q = j; Up(sum[j],22*j) == \at(Up(xx[q],22*q) + Up(yy[q],22*q) - 2*Up(xy[q],22*q),Pre); @/
      }
      /@ assert end: j == PRODUCT_LIMBS; @/
  */
}

/* out += the sum of which the carries were taken. */
/*@ requires sum: \valid_read(sum + (0 .. PRODUCT_LIMBS-1));
    requires digits: \forall integer i; 0 <= i < PRODUCT_LIMBS ==> 0 <= sum[i];
    requires out: \valid(out + (0 .. NATURAL_DIGITS-1)) && IsNatural(out);
    terminates \true; exits \false; assigns out[0 .. NATURAL_DIGITS-1];
    ensures natural: IsNatural(out);
    ensures sum: Num(out) == Capped(\old(Num(out)) + Radix(sum,PRODUCT_LIMBS)); */
KERNEL void add_limbs(const int64_t *sum, uint32_t *out)
{
  //@ ghost lemma_natural(out);
  /*@ loop invariant i: 0 <= i <= PRODUCT_LIMBS;
      loop invariant natural: IsNatural(out);
      loop invariant sum: Num(out) == Capped(\at(Num(out),Pre) + Radix(sum,i));
      loop invariant same: \forall integer j; 0 <= j < PRODUCT_LIMBS ==> sum[j] == \at(sum[j],Pre);
      loop assigns i, out[0 .. NATURAL_DIGITS-1]; loop variant PRODUCT_LIMBS - i; */
  for (int i = 0; i < PRODUCT_LIMBS; i++) {
    //@ ghost lemma_up_grow(0, 22 * i);
    //@ assert positive: 0 <= Up(sum[i],22*i);
    //@ assert step: Radix(sum,i+1) == Radix(sum,i) + Up(sum[i],22*i);
    natural_add_up(out, (uint64_t)sum[i], PLANE_BITS * i);
  }
}

KERNEL void distance_total(const int64_t *xx, const int64_t *yy, const int64_t *xy, uint32_t *out)
{
  int64_t sum[PRODUCT_LIMBS];
  combine_products(xx, yy, xy, sum);
  product_carry(sum);
  add_limbs(sum, out);
}
