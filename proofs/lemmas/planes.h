/* Lemma functions about planes and their products (distance/planes.h). */
#ifndef LEMMAS_PLANES_H
#define LEMMAS_PLANES_H

#include "distance/filter.h"
#include "distance/planes.h"
#include "exact/shift.h"

/*@ // plane p of x with plane q of y; with the planes of y from q on
  @ logic integer Dot{L}(lanes *x, integer p, lanes *y, integer q, integer n) = n <= 0 ? 0 : Dot(x,p,y,q,n-1) + Digit(x,p,n-1)*Digit(y,q,n-1);
  @ logic integer Mixed{L}(lanes *x, integer p, lanes *y, integer q, integer end, integer n) =
  @   n <= 0 ? 0 : Mixed(x,p,y,q,end,n-1) + Digit(x,p,n-1)*From(y,q,end,n-1);
  @ logic integer Signed22(integer negative, integer x) = negative != 0 ? -x : x;
  @ // a key's significand in grains, its shift and its sign
  @ predicate Split(integer k, integer m, integer s, integer negative) =
  @   0 <= negative <= 1 && 0 <= s <= SHIFT_MAX && 0 <= m < 2*GRAIN*FRACTION && Signed22(negative,Up(m,s)) == GRAIN*Val(k);
  @ // what is left of m 2^s when it has lost the digit x of weight 2^(22 p)
  @ predicate Taken(integer m, integer s, integer negative, integer p, integer x, integer left) =
  @   -PLANE < x < PLANE && 0 <= left <= m && Up(left,s) < Up(1,22*p)
  @   && Up(x,22*p) + Signed22(negative,Up(left,s)) == Signed22(negative,Up(m,s));
  @ predicate InTop(integer m, integer s, integer end) =
  @   0 <= s <= SHIFT_MAX && 0 <= m < 2*GRAIN*FRACTION && (m != 0 ==> s + GRAIN_BITS <= 22*end) ==> Up(m,s) < Up(1,22*end);
  @ predicate AtBottom(integer m, integer s, integer first) =
  @   0 <= s <= SHIFT_MAX && 0 <= m && (m != 0 ==> 22*first <= s) && Up(m,s) < Up(1,22*first) ==> Up(m,s) == 0;
  @ // m 2^s in units of 2^base, with either sign
  @ predicate Rebased(integer m, integer s, integer shift, integer base) = Up(Up(m,shift),base) == Up(m,s) && Up(-Up(m,shift),base) == -Up(m,s);
  @ predicate SquareOfDifference(integer a, integer b) = a*a + b*b - 2*(a*b) == Sq(a-b);
  @ predicate UpProduct2(integer m, integer n, integer x, integer y) = Up(x*y,m+n) == Up(x,m)*Up(y,n);
  @ predicate UpStep(integer m, integer n, integer i, integer x, integer y) = Up(i + x*y,m+n) == Up(i,m+n) + Up(x,m)*Up(y,n);
  @ predicate PlanesOf{L}(key *keys, lanes *x, integer base, integer end) =
  @   \forall integer l; 0 <= l < BLOCK ==> Up(From(x,0,end,l),base) == GRAIN*Val(keys[l]);
  @ // the sign of r + top 2^n, 0 <= r < 2^n
  @ predicate Leads(integer top, integer n, integer r) = 0 <= r < Up(1,n) ==>
  @      (0 <= r + Up(top,n) ==> 0 <= top) && (r + Up(top,n) < 0 ==> top < 0)
  @   && (r + Up(top,n) < Up(1,n) ==> top <= 0) && (-Up(1,n) <= r + Up(top,n) ==> -1 <= top);
  @*/

/* 22 powers of two at once. */
/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures one: Up(PLANE,n) == Up(1,n+22);
     ensures zero: Up(0,n) == 0;
     ensures all: \forall integer x; Up(PLANE*x,n) == Up(x,n+22); @/
  void lemma_plane_step(int n);
*/

/*@ ghost
  /@ requires r: 0 <= r < SPECIAL && shift == Shift(r);
     terminates \true; exits \false; assigns \nothing;
     ensures range: 0 <= r - shift*FRACTION < 2*FRACTION && 0 <= shift <= SHIFT_MAX;
     ensures value: Up(GRAIN*(r - shift*FRACTION),shift) == GRAIN*Value(r); @/
  void lemma_split(key r, key shift);
*/

/* In units of 2^base. */
/*@ ghost
  /@ requires s: 0 <= s <= SHIFT_MAX && 0 <= base <= SHIFT_MAX && shift == (base < s ? s - base : 0);
     requires above: m != 0 ==> base <= s;
     terminates \true; exits \false; assigns \nothing;
     ensures rebased: Rebased(m,s,shift,base); @/
  void lemma_rebase(grain_count m, int s, int shift, int base);
*/

/* A digit that lies wholly above the shift. */
/*@ ghost
  /@ requires m: m < 2*GRAIN*FRACTION;
     requires s: 0 <= s <= SHIFT_MAX && 0 <= p < PLANES;
     requires below: Up(m,s) < Up(1,22*p+22);
     terminates \true; exits \false; assigns \nothing;
     ensures digit: 22*p < s ==> 0 <= Up(m,s-22*p) < PLANE && Up(Up(m,s-22*p),22*p) == Up(m,s);
     ensures none: 22*p + 22 <= s ==> m == 0; @/
  void lemma_digit_up(grain_count m, int s, int p);
*/

/* A digit that the shift cuts. */
/*@ ghost
  /@ requires m: m < 2*GRAIN*FRACTION;
     requires s: 0 <= s <= SHIFT_MAX && 0 <= p < PLANES;
     requires below: Up(m,s) < Up(1,22*p+22);
     requires down: down == (22*p < s ? 0 : 22*p - s < GRAIN_SHIFTS ? 22*p - s : GRAIN_SHIFTS);
     requires high: IsFloor(high,m,down);
     requires rest: rest == m - Up(high,down);
     terminates \true; exits \false; assigns \nothing;
     ensures above: 22*p < s ==> high == m && rest == 0;
     ensures digit: s <= 22*p ==> 0 <= high < PLANE;
     ensures rest: s <= 22*p ==> Up(rest,s) < Up(1,22*p);
     ensures parts: s <= 22*p ==> Up(high,22*p) + Up(rest,s) == Up(m,s); @/
  void lemma_digit_down(grain_count m, int s, int p, grain_count high, int down, grain_count rest);
*/

/* All of a row lies below its last plane; what lies below its first plane is 0. */
/*@ ghost
  /@ requires end: 0 <= end <= PLANES;
     terminates \true; exits \false; assigns \nothing;
     ensures top: \forall integer m, s; InTop(m,s,end); @/
  void lemma_planes_top(int end);
*/

/*@ ghost
  /@ requires first: 0 <= first <= PLANES;
     terminates \true; exits \false; assigns \nothing;
     ensures bottom: \forall integer m, s; AtBottom(m,s,first); @/
  void lemma_planes_bottom(int first);
*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     requires room: -LIMB_MAX <= x <= LIMB_MAX && -LIMB_MAX <= y <= LIMB_MAX && -LIMB_MAX <= z <= LIMB_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures combined: Up(x + y - 2*z,n) == Up(x,n) + Up(y,n) - 2*Up(z,n); @/
  void lemma_up_combine(int64_t x, int64_t y, int64_t z, int n);
*/

/* The digit gets the sign. */
/*@ ghost
  /@ requires p: 0 <= p < PLANES && 0 <= s <= SHIFT_MAX && 0 <= negative <= 1;
     requires digit: 0 <= digit < PLANE;
     requires left: 0 <= left <= m && Up(left,s) < Up(1,22*p);
     requires parts: Up(digit,22*p) + Up(left,s) == Up(m,s);
     terminates \true; exits \false; assigns \nothing;
     ensures taken: Taken(m,s,negative,p,negative != 0 ? -digit : digit,left); @/
  void lemma_taken(grain_count m, int s, int negative, int p, int digit, grain_count left);
*/

/* The product of two digits in halves. */
/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures halves: (DIGIT_HALF*h + w)*(DIGIT_HALF*g + v) == PLANE*(h*g) + DIGIT_HALF*(h*v + w*g) + w*v; @/
  void lemma_digit_halves(int16_t h, int16_t w, int16_t g, int16_t v);
*/

/* Plane p of x with plane q of y, and with the others. */
/*@ ghost
  /@ requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
     requires p: 0 <= p < PLANES && 0 <= q < end <= PLANES;
     terminates \true; exits \false; assigns \nothing;
     ensures step: Mixed(x,p,y,q,end,BLOCK) == Up(Dot(x,p,y,q,BLOCK),22*q) + Mixed(x,p,y,q+1,end,BLOCK); @/
  void lemma_mixed(const lanes *x, int p, const lanes *y, int q, int end);
*/

/* Plane p of x with all of y, and the others with all of y. */
/*@ ghost
  /@ requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
     requires p: 0 <= p < xend <= PLANES && 0 <= yp <= yend <= PLANES;
     terminates \true; exits \false; assigns \nothing;
     ensures step: Inner(x,p,xend,y,yp,yend,BLOCK) == Up(Mixed(x,p,y,yp,yend,BLOCK),22*p) + Inner(x,p+1,xend,y,yp,yend,BLOCK); @/
  void lemma_inner_planes(const lanes *x, int p, int xend, const lanes *y, int yp, int yend);
*/

/* Where no plane is left, nothing is. */
/*@ ghost
  /@ requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
     requires p: 0 <= p < PLANES;
     terminates \true; exits \false; assigns \nothing;
     ensures none: q >= end ==> Mixed(x,p,y,q,end,BLOCK) == 0; @/
  void lemma_mixed_none(const lanes *x, int p, const lanes *y, int q, int end);
*/

/*@ ghost
  /@ requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
     terminates \true; exits \false; assigns \nothing;
     ensures none: p >= xend ==> Inner(x,p,xend,y,yp,yend,BLOCK) == 0; @/
  void lemma_inner_planes_none(const lanes *x, int p, int xend, const lanes *y, int yp, int yend);
*/

/* Limbs that are 0. */
/*@ ghost
  /@ requires a: \valid_read(a + (0 .. PRODUCT_LIMBS-1));
     requires n: 0 <= n <= PRODUCT_LIMBS;
     requires zero: \forall integer i; n <= i < PRODUCT_LIMBS ==> a[i] == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures same: Radix(a,PRODUCT_LIMBS) == Radix(a,n); @/
  void lemma_radix_zero(const int64_t *a, int n);
*/

/* What a limb is multiplied by. */
/*@ ghost
  /@ requires s: 0 <= s < 22;
     terminates \true; exits \false; assigns \nothing;
     ensures range: 1 <= Up(1,s) <= 0x200000; @/
  void lemma_limb_times(int s);
*/

/* A limb of a product that is shifted. */
/*@ ghost
  /@ requires i: 0 <= i <= PRODUCT_LIMBS && 0 <= at <= PRODUCT_LIMBS && 0 <= s < 22;
     requires parts: x == digit + PLANE*next;
     terminates \true; exits \false; assigns \nothing;
     ensures shifted: Up(digit*Up(1,s),22*(at+i)) + Up(next*Up(1,s),22*(at+i)+22) == Up(Up(x,22*i),22*at+s); @/
  void lemma_shifted_limb(int64_t x, int64_t digit, int64_t next, int i, int at, int s);
*/

/* The limb on top has the sign of all, when the rest is less than one of it. */
/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures leads: \forall integer r; Leads(top,n,r); @/
  void lemma_radix_top(int64_t top, int n);
*/

/* Digits below limb n are less than one of it. */
/*@ ghost
  /@ requires a: \valid_read(a + (0 .. PRODUCT_LIMBS-1));
     requires n: 0 <= n <= PRODUCT_LIMBS;
     requires digits: \forall integer i; 0 <= i < n ==> 0 <= a[i] < PLANE;
     terminates \true; exits \false; assigns \nothing;
     ensures range: 0 <= Radix(a,n) < Up(1,22*n); @/
  void lemma_radix_range(const int64_t *a, int n);
*/

/* What src/select/distances.c adds up is the squared distance: of the planes of two rows, x x + y y - 2 x y. */
/*@ ghost
  /@ requires keys: \valid_read(a + (0 .. BLOCK-1)) && \valid_read(b + (0 .. BLOCK-1));
     requires planes: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
     requires range: InPlanes(xbase,xend) && InPlanes(ybase,yend);
     requires x: PlanesOf(a,x,xbase,xend);
     requires y: PlanesOf(b,y,ybase,yend);
     terminates \true; exits \false; assigns \nothing;
     ensures distance: Up(Inner(x,0,xend,x,0,xend,BLOCK),2*xbase) + Up(Inner(y,0,yend,y,0,yend,BLOCK),2*ybase)
       - 2*Up(Inner(x,0,xend,y,0,yend,BLOCK),xbase+ybase) == BlockDistance(a,b,BLOCK); @/
  void theorem_tile_distance(const key *a, const key *b, const lanes *x, int xbase, int xend, const lanes *y, int ybase, int yend);
*/

#endif
