/* Lemma functions about planes and their products: see planes.h. */
#include "lemmas/planes.h"
#include "lemmas/facts.h"
#include "lemmas/power.h"
#include "lemmas/value.h"

/*@ ghost
  void lemma_plane_step(int n)
  {
    /@ assert eleven: \forall integer x; Up(x,11) == 2048*x; @/
    lemma_up_comp(11, 11);
    /@ assert plane: \forall integer x; Up(x,22) == PLANE*x; @/
    lemma_up_comp(22, n);
    lemma_up_order(n);
    /@ assert order: UpOrder(n,0,0); @/
    lemma_up_neg(n);
    /@ assert zero: Up(-0,n) == -Up(0,n); @/
  }
*/

/* Cut by t bits or, all of it gone, by GRAIN_SHIFTS. */
/*@ ghost
  /@ requires m: m < 2*GRAIN*FRACTION;
     requires t: 0 <= t <= 65536 && down == (t < GRAIN_SHIFTS ? t : GRAIN_SHIFTS);
     requires high: IsFloor(high,m,down);
     requires rest: rest == m - Up(high,down);
     terminates \true; exits \false; assigns \nothing;
     ensures split: m == Up(high,t) + rest;
     ensures rest: 0 <= rest < Up(1,t); @/
  void lemma_far_digit(grain_count m, int t, grain_count high, int down, grain_count rest)
  {
    lemma_up_constants();
    lemma_up_sum(down);
    lemma_plane_step(t);
    lemma_plane_step(down);
    lemma_up_exponent(GRAIN_SHIFTS, t);
    lemma_up_grow(0, down);
    /@ assert next: UpSum(down,high,1); @/
    /@ assert far: t > GRAIN_SHIFTS ==> Up(1,GRAIN_SHIFTS) <= Up(1,t); @/
    /@ assert gone: t >= GRAIN_SHIFTS ==> high == 0; @/
  }
*/

/*@ ghost
  void lemma_split(key r, key shift)
  {
    lemma_value(r);
    lemma_up_mul(GRAIN, (int)shift);
    /@ assert shift: (int)shift == shift; @/
    /@ assert mul: Up(GRAIN*Significand(r),shift) == GRAIN*Up(Significand(r),shift); @/
  }
*/

/*@ ghost
  void lemma_rebase(grain_count m, int s, int shift, int base)
  {
    lemma_up_comp(shift, base);
    lemma_up_neg(base);
    lemma_plane_step(base);
    lemma_plane_step(shift);
    lemma_plane_step(s);
    /@ assert comp: Up(Up(m,shift),base) == Up(m,shift+base); @/
    /@ assert minus: Up(-Up(m,shift),base) == -Up(Up(m,shift),base); @/
    /@ assert none: m == 0 ==> Up(m,shift) == 0 && Up(m,s) == 0; @/
  }
*/

/*@ ghost
  void lemma_digit_up(grain_count m, int s, int p)
  {
    lemma_plane_step(22*p);
    if (22*p < s) {
      lemma_up_comp(s - 22*p, 22*p);
      lemma_up_order(22*p);
      /@ assert comp: Up(Up(m,s-22*p),22*p) == Up(m,s); @/
      /@ assert digit: UpOrder(22*p,Up(m,s-22*p),PLANE); @/
      lemma_up_grow(0, s - 22*p);
      lemma_up_exponent(22, s - 22*p);
      lemma_plane_step(0);
      lemma_up_order(s - 22*p);
      /@ assert one: UpOrder(s-22*p,0,m) && UpOrder(s-22*p,1,m) && UpOrder(s-22*p,m,1); @/
      /@ assert none: 22*p + 22 <= s ==> PLANE <= Up(1,s-22*p); @/
    }
  }
*/

/*@ ghost
  void lemma_digit_down(grain_count m, int s, int p, grain_count high, int down, grain_count rest)
  {
    lemma_plane_step(22*p);
    /@ assert none: \forall integer x; Up(x,0) == x; @/
    if (s <= 22*p) {
      lemma_up_comp(down, s);
      lemma_up_sum(s);
      lemma_up_order(s);
      lemma_up_order(22*p);
      lemma_far_digit(m, 22*p - s, high, down, rest);
      lemma_up_comp(22*p - s, s);
      /@ assert split: m == Up(high,22*p-s) + rest; @/
      /@ assert comp: Up(Up(high,22*p-s),s) == Up(high,22*p); @/
      /@ assert sum: UpSum(s,Up(high,22*p-s),rest); @/
      /@ assert one: Up(Up(1,22*p-s),s) == Up(1,22*p); @/
      /@ assert rest: UpOrder(s,rest,Up(1,22*p-s)); @/
      /@ assert zero: UpOrder(s,0,rest) && UpOrder(s,rest,0); @/
      /@ assert digit: UpOrder(22*p,high,PLANE); @/
    }
  }
*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures monotone: \forall integer i, j; 0 <= i <= j <= n ==> Up(1,i) <= Up(1,j); @/
  void lemma_up_monotone(int n)
  {
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant one: 1 <= Up(1,k);
       loop invariant monotone: \forall integer i, j; 0 <= i <= j <= k ==> Up(1,i) <= Up(1,j);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert step: Up(1,k+1) == 2*Up(1,k); @/
    }
    /@ assert end: k == n; @/
  }
*/

/* m 2^s for every s up to n, m below 2^GRAIN_BITS. */
/*@ ghost
  /@ requires n: 0 <= n <= SHIFT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures zero: \forall integer s; 0 <= s <= n ==> Up(0,s) == 0;
     ensures top: \forall integer m, s; 0 <= s <= n && m < 2*GRAIN*FRACTION ==> Up(m,s) < Up(1,s+GRAIN_BITS);
     ensures bottom: \forall integer m, s; 0 <= s <= n && 1 <= m ==> Up(1,s) <= Up(m,s); @/
  void lemma_grains(int n)
  {
    int i = 0;
    lemma_up_constants();
    lemma_up_comp(GRAIN_BITS - 23, 23);
    /@ assert one: Up(1,GRAIN_BITS) == 2*GRAIN*FRACTION; @/
    /@ loop invariant i: 0 <= i <= n;
       loop invariant zero: \forall integer s; 0 <= s <= i ==> Up(0,s) == 0;
       loop invariant top: \forall integer m, s; 0 <= s <= i && m < 2*GRAIN*FRACTION ==> Up(m,s) < Up(1,s+GRAIN_BITS);
       loop invariant bottom: \forall integer m, s; 0 <= s <= i && 1 <= m ==> Up(1,s) <= Up(m,s);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert zero: Up(0,i+1) == 2*Up(0,i); @/
      /@ assert more: \forall integer m; Up(m,i+1) == 2*Up(m,i); @/
      /@ assert one: Up(1,i+1+GRAIN_BITS) == 2*Up(1,i+GRAIN_BITS); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_planes_top(int end)
  {
    lemma_grains(SHIFT_MAX);
    lemma_up_monotone(22*end);
    lemma_up_grow(0, 22*end);
    /@ assert up: \forall integer s; 0 <= s && s + GRAIN_BITS <= 22*end ==> Up(1,s+GRAIN_BITS) <= Up(1,22*end); @/
    /@ assert one: 1 <= Up(1,22*end); @/
  }
*/

/*@ ghost
  void lemma_planes_bottom(int first)
  {
    lemma_grains(SHIFT_MAX);
    lemma_up_monotone(SHIFT_MAX);
    /@ assert up: \forall integer s; 22*first <= s <= SHIFT_MAX ==> Up(1,22*first) <= Up(1,s); @/
  }
*/

/*@ ghost
  void lemma_taken(grain_count m, int s, int negative, int p, int digit, grain_count left)
  {
    lemma_up_neg(22*p);
    /@ assert minus: Up(-digit,22*p) == -Up(digit,22*p); @/
  }
*/

/*@ ghost
  void lemma_digit_halves(int16_t h, int16_t w, int16_t g, int16_t v)
  {
  }
*/

/*@ ghost
  void lemma_mixed(const lanes *x, int p, const lanes *y, int q, int end)
  {
    int l = 0;
    lemma_up_sum(22*q);
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant step: Mixed(x,p,y,q,end,l) == Up(Dot(x,p,y,q,l),22*q) + Mixed(x,p,y,q+1,end,l);
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) {
      /@ assert dot: Dot(x,p,y,q,l+1) == Dot(x,p,y,q,l) + Digit(x,p,l)*Digit(y,q,l); @/
      /@ assert left: Mixed(x,p,y,q,end,l+1) == Mixed(x,p,y,q,end,l) + Digit(x,p,l)*From(y,q,end,l); @/
      /@ assert right: Mixed(x,p,y,q+1,end,l+1) == Mixed(x,p,y,q+1,end,l) + Digit(x,p,l)*From(y,q+1,end,l); @/
      lemma_up_times(22*q);
      /@ assert from: From(y,q,end,l) == Up(Digit(y,q,l),22*q) + From(y,q+1,end,l); @/
      /@ assert times: UpTimes(22*q,Digit(x,p,l),Digit(y,q,l)); @/
      /@ assert sum: UpSum(22*q,Dot(x,p,y,q,l),Digit(x,p,l)*Digit(y,q,l)); @/
      /@ assert product: Digit(x,p,l)*From(y,q,end,l) == Digit(x,p,l)*Up(Digit(y,q,l),22*q) + Digit(x,p,l)*From(y,q+1,end,l); @/
    }
    /@ assert end: l == BLOCK; @/
  }
*/

/*@ ghost
  void lemma_inner_planes(const lanes *x, int p, int xend, const lanes *y, int yp, int yend)
  {
    int l = 0;
    lemma_up_sum(22*p);
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant step: Inner(x,p,xend,y,yp,yend,l) == Up(Mixed(x,p,y,yp,yend,l),22*p) + Inner(x,p+1,xend,y,yp,yend,l);
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) {
      /@ assert mixed: Mixed(x,p,y,yp,yend,l+1) == Mixed(x,p,y,yp,yend,l) + Digit(x,p,l)*From(y,yp,yend,l); @/
      /@ assert left: Inner(x,p,xend,y,yp,yend,l+1) == Inner(x,p,xend,y,yp,yend,l) + From(x,p,xend,l)*From(y,yp,yend,l); @/
      /@ assert right: Inner(x,p+1,xend,y,yp,yend,l+1) == Inner(x,p+1,xend,y,yp,yend,l) + From(x,p+1,xend,l)*From(y,yp,yend,l); @/
      lemma_up_times(22*p);
      /@ assert from: From(x,p,xend,l) == Up(Digit(x,p,l),22*p) + From(x,p+1,xend,l); @/
      /@ assert scale: UpTimes(22*p,From(y,yp,yend,l),Digit(x,p,l)); @/
      /@ assert sum: UpSum(22*p,Mixed(x,p,y,yp,yend,l),Digit(x,p,l)*From(y,yp,yend,l)); @/
      /@ assert product: From(x,p,xend,l)*From(y,yp,yend,l) == Up(Digit(x,p,l),22*p)*From(y,yp,yend,l) + From(x,p+1,xend,l)*From(y,yp,yend,l); @/
    }
    /@ assert end: l == BLOCK; @/
  }
*/

/*@ ghost
  void lemma_mixed_none(const lanes *x, int p, const lanes *y, int q, int end)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant none: q >= end ==> Mixed(x,p,y,q,end,l) == 0;
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) {
      /@ assert step: Mixed(x,p,y,q,end,l+1) == Mixed(x,p,y,q,end,l) + Digit(x,p,l)*From(y,q,end,l); @/
      /@ assert zero: q >= end ==> From(y,q,end,l) == 0; @/
    }
    /@ assert end: l == BLOCK; @/
  }
*/

/*@ ghost
  void lemma_inner_planes_none(const lanes *x, int p, int xend, const lanes *y, int yp, int yend)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant none: p >= xend ==> Inner(x,p,xend,y,yp,yend,l) == 0;
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) {
      /@ assert step: Inner(x,p,xend,y,yp,yend,l+1) == Inner(x,p,xend,y,yp,yend,l) + From(x,p,xend,l)*From(y,yp,yend,l); @/
      /@ assert zero: p >= xend ==> From(x,p,xend,l) == 0; @/
    }
    /@ assert end: l == BLOCK; @/
  }
*/

/*@ ghost
  void lemma_radix_range(const int64_t *a, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant range: 0 <= Radix(a,i) < Up(1,22*i);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert step: Radix(a,i+1) == Radix(a,i) + Up(a[i],22*i); @/
      lemma_up_order(22*i);
      lemma_up_sum(22*i);
      lemma_plane_step(22*i);
      /@ assert most: UpOrder(22*i,a[i],PLANE) && UpOrder(22*i,0,a[i]) && UpOrder(22*i,a[i]+1,PLANE); @/
      /@ assert next: UpSum(22*i,a[i],1); @/
      /@ assert plane: Up(PLANE,22*i) == Up(1,22*i+22); @/
      /@ assert zero: Up(0,22*i) == 0; @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_radix_zero(const int64_t *a, int n)
  {
    int i = n;
    /@ loop invariant i: n <= i <= PRODUCT_LIMBS;
       loop invariant same: Radix(a,i) == Radix(a,n);
       loop assigns i; loop variant PRODUCT_LIMBS - i; @/
    for (; i < PRODUCT_LIMBS; i++) {
      /@ assert step: Radix(a,i+1) == Radix(a,i) + Up(a[i],22*i); @/
      lemma_plane_step(22*i);
      /@ assert zero: Up(a[i],22*i) == 0; @/
    }
    /@ assert end: i == PRODUCT_LIMBS; @/
  }
*/

/*@ ghost
  void lemma_limb_times(int s)
  {
    lemma_up_exponent(s, 21);
    lemma_up_grow(0, s);
    lemma_plane_step(0);
    /@ assert top: Up(1,22) == 2*Up(1,21) && Up(PLANE,0) == PLANE; @/
    /@ assert mono: Up(1,s) <= Up(1,21); @/
    /@ assert one: 1 <= Up(1,s); @/
  }
*/

/*@ ghost
  void lemma_shifted_limb(int64_t x, int64_t digit, int64_t next, int i, int at, int s)
  {
    int low = 22*(at+i);
    lemma_up_times(s);
    lemma_up_comp(s, low);
    lemma_up_comp(s, low + 22);
    lemma_up_comp(22*i, 22*at + s);
    lemma_up_sum(low + s);
    lemma_plane_step(low + s);
    /@ assert digit: UpTimes(s,digit,1) && Up(digit*Up(1,s),low) == Up(digit,low+s); @/
    /@ assert next: UpTimes(s,next,1) && Up(next*Up(1,s),low+22) == Up(next,low+s+22); @/
    /@ assert plane: Up(PLANE*next,low+s) == Up(next,low+s+22); @/
    /@ assert sum: UpSum(low+s,digit,PLANE*next); @/
    /@ assert all: Up(Up(x,22*i),22*at+s) == Up(x,low+s); @/
  }
*/

/*@ ghost
  void lemma_radix_top(int64_t top, int n)
  {
    lemma_up_order(n);
    lemma_up_sum(n);
    lemma_up_neg(n);
    lemma_plane_step(n);
    /@ assert zero: Up(0,n) == 0; @/
    /@ assert minus: UpOrder(n,top,-1) && UpOrder(n,-1,top) && UpOrder(n,top,0) && UpOrder(n,0,top) && UpOrder(n,1,top) && UpOrder(n,top,1); @/
    /@ assert one: UpOrder(n,top,-2) && UpOrder(n,top+1,0) && UpOrder(n,top+1,-1) && UpOrder(n,1,top+1) && UpOrder(n,top+1,1); @/
    /@ assert next: UpSum(n,top,1); @/
    /@ assert neg: Up(-1,n) == -Up(1,n); @/
  }
*/

/*@ ghost
  void lemma_up_combine(int64_t x, int64_t y, int64_t z, int n)
  {
    lemma_up_sum(n);
    lemma_up_neg(n);
    lemma_up_facts(1, n);
    /@ assert two: UpTwice(n,z); @/
    /@ assert minus: Up(-(2*z),n) == -Up(2*z,n); @/
    /@ assert left: UpSum(n,x,y); @/
    /@ assert all: UpSum(n,x+y,-(2*z)); @/
  }
*/

/*@ lemma square_of_difference: \forall integer a, b; SquareOfDifference(a,b);
*/

/*@ ghost
  /@ requires m: 0 <= m <= 65536 && 0 <= n && m + n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures product: \forall integer x, y; UpProduct2(m,n,x,y); @/
  void lemma_up_of_sum(int m, int n)
  {
    lemma_up_times(m);
    lemma_up_times(n);
    lemma_up_comp(m, n);
    /@ assert left: \forall integer x, y; UpTimes(m,y,x); @/
    /@ assert right: \forall integer x, y; UpTimes(n,Up(x,m),y); @/
    /@ assert both: \forall integer x, y; Up(Up(y*x,m),n) == Up(Up(x,m)*y,n); @/
    /@ assert product: \forall integer x, y; UpProduct2(m,n,x,y); @/
  }
*/

/*@ ghost
  /@ requires m: 0 <= m <= 65536 && 0 <= n && m + n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures step: \forall integer i, x, y; UpStep(m,n,i,x,y); @/
  void lemma_up_step(int m, int n)
  {
    /@ assert pure: \forall integer i, x, y; UpSum(m+n,i,x*y) && UpProduct2(m,n,x,y) ==> UpStep(m,n,i,x,y); @/
    lemma_up_sum(m + n);
    lemma_up_of_sum(m, n);
    /@ assert sum: \forall integer i, x, y; UpSum(m+n,i,x*y); @/
  }
*/

/*@ ghost
  void theorem_tile_distance(const key *a, const key *b, const lanes *x, int xbase, int xend, const lanes *y, int ybase, int yend)
  {
    int l = 0;
    lemma_plane_step(2*xbase);
    lemma_plane_step(2*ybase);
    lemma_plane_step(xbase+ybase);
    lemma_up_step(xbase, xbase);
    lemma_up_step(ybase, ybase);
    lemma_up_step(xbase, ybase);
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant distance: Up(Inner(x,0,xend,x,0,xend,l),2*xbase) + Up(Inner(y,0,yend,y,0,yend,l),2*ybase)
         - 2*Up(Inner(x,0,xend,y,0,yend,l),xbase+ybase) == BlockDistance(a,b,l);
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) {
      /@ assert xx: Inner(x,0,xend,x,0,xend,l+1) == Inner(x,0,xend,x,0,xend,l) + From(x,0,xend,l)*From(x,0,xend,l); @/
      /@ assert yy: Inner(y,0,yend,y,0,yend,l+1) == Inner(y,0,yend,y,0,yend,l) + From(y,0,yend,l)*From(y,0,yend,l); @/
      /@ assert xy: Inner(x,0,xend,y,0,yend,l+1) == Inner(x,0,xend,y,0,yend,l) + From(x,0,xend,l)*From(y,0,yend,l); @/
      /@ assert step_xx: UpStep(xbase,xbase,Inner(x,0,xend,x,0,xend,l),From(x,0,xend,l),From(x,0,xend,l)); @/
      /@ assert step_yy: UpStep(ybase,ybase,Inner(y,0,yend,y,0,yend,l),From(y,0,yend,l),From(y,0,yend,l)); @/
      /@ assert step_xy: UpStep(xbase,ybase,Inner(x,0,xend,y,0,yend,l),From(x,0,xend,l),From(y,0,yend,l)); @/
      /@ assert square: SquareOfDifference(Up(From(x,0,xend,l),xbase),Up(From(y,0,yend,l),ybase)); @/
      /@ assert distance: BlockDistance(a,b,l+1) == BlockDistance(a,b,l) + Sq(GRAIN*Val(a[l]) - GRAIN*Val(b[l])); @/
      /@ assert lane: Sq(Up(From(x,0,xend,l),xbase) - Up(From(y,0,yend,l),ybase)) == Sq(GRAIN*Val(a[l]) - GRAIN*Val(b[l])); @/
      /@ assert next: Up(Inner(x,0,xend,x,0,xend,l+1),2*xbase) + Up(Inner(y,0,yend,y,0,yend,l+1),2*ybase)
           - 2*Up(Inner(x,0,xend,y,0,yend,l+1),xbase+ybase) == BlockDistance(a,b,l)
           + Sq(Up(From(x,0,xend,l),xbase) - Up(From(y,0,yend,l),ybase)); @/
    }
    /@ assert end: l == BLOCK; @/
  }
*/
