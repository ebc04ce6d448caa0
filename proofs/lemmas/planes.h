/* Lemma functions about planes and their products (distance/planes.h). */
#ifndef LEMMAS_PLANES_H
#define LEMMAS_PLANES_H

#include "distance/planes.h"

/*@ // plane p of x with plane q of y; with the planes of y from q on
  @ logic integer Dot{L}(lanes *x, integer p, lanes *y, integer q, integer n) = n <= 0 ? 0 : Dot(x,p,y,q,n-1) + x[p][n-1]*y[q][n-1];
  @ logic integer Mixed{L}(lanes *x, integer p, lanes *y, integer q, integer end, integer n) =
  @   n <= 0 ? 0 : Mixed(x,p,y,q,end,n-1) + x[p][n-1]*From(y,q,end,n-1);
  @ predicate UpScale(integer n, integer k, integer y) = Up(k,n)*y == Up(k*y,n);
  @ predicate UpSum(integer n, integer x, integer y) = Up(x,n) + Up(y,n) == Up(x+y,n);
  @ // the sign of r + top 2^n, 0 <= r < 2^n
  @ predicate Leads(integer top, integer n, integer r) = 0 <= r < Up(1,n) ==>
  @      (0 <= r + Up(top,n) ==> 0 <= top) && (r + Up(top,n) < 0 ==> top < 0)
  @   && (r + Up(top,n) < Up(1,n) ==> top <= 0) && (-Up(1,n) <= r + Up(top,n) ==> -1 <= top);
  @ predicate UpTimes(integer n, integer k, integer x) = k*Up(x,n) == Up(k*x,n);
  @*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer x, y; UpSum(n,x,y); @/
  void lemma_up_sum(int n);
*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures scale: \forall integer y; UpScale(n,k,y); @/
  void lemma_up_scale(int n, int64_t k);
*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures times: \forall integer x; UpTimes(n,k,x); @/
  void lemma_up_times(int n, int64_t k);
*/

/* 22 powers of two at once. */
/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures one: Up(PLANE,n) == Up(1,n+22);
     ensures zero: Up(0,n) == 0;
     ensures all: \forall integer x; Up(PLANE*x,n) == Up(x,n+22); @/
  void lemma_plane_step(int n);
*/

/* Plane p of x with plane q of y, and with the others. */
/*@ ghost
  /@ requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
     requires p: 0 <= p < PLANES && 0 <= q < end <= PLANES;
     terminates \true; exits \false; assigns \nothing;
     ensures step: Mixed(x,p,y,q,end,LANES) == Up(Dot(x,p,y,q,LANES),22*q) + Mixed(x,p,y,q+1,end,LANES); @/
  void lemma_mixed(const lanes *x, int p, const lanes *y, int q, int end);
*/

/* Plane p of x with all of y, and the others with all of y. */
/*@ ghost
  /@ requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
     requires p: 0 <= p < xend <= PLANES && 0 <= yp <= yend <= PLANES;
     terminates \true; exits \false; assigns \nothing;
     ensures step: Inner(x,p,xend,y,yp,yend,LANES) == Up(Mixed(x,p,y,yp,yend,LANES),22*p) + Inner(x,p+1,xend,y,yp,yend,LANES); @/
  void lemma_inner(const lanes *x, int p, int xend, const lanes *y, int yp, int yend);
*/

/* Where no plane is left, nothing is. */
/*@ ghost
  /@ requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
     requires p: 0 <= p < PLANES;
     terminates \true; exits \false; assigns \nothing;
     ensures none: q >= end ==> Mixed(x,p,y,q,end,LANES) == 0; @/
  void lemma_mixed_none(const lanes *x, int p, const lanes *y, int q, int end);
*/

/*@ ghost
  /@ requires x: \valid_read(x + (0 .. PLANES-1)) && \valid_read(y + (0 .. PLANES-1));
     terminates \true; exits \false; assigns \nothing;
     ensures none: p >= xend ==> Inner(x,p,xend,y,yp,yend,LANES) == 0; @/
  void lemma_inner_none(const lanes *x, int p, int xend, const lanes *y, int yp, int yend);
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

#endif
