/* Lemma functions about planes and their products: see planes.h. */
#include "lemmas/planes.h"
#include "lemmas/facts.h"
#include "lemmas/power.h"

/*@ ghost
  void lemma_up_sum(int n)
  {
    lemma_up_add(n);
  }
*/

/*@ ghost
  void lemma_up_scale(int n, int64_t k)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant scale: \forall integer y; UpScale(i,k,y);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert right: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
      /@ assert twice: \forall integer y; UpScale(i,k,y) ==> (2*Up(k,i))*y == 2*Up(k*y,i); @/
      /@ assert step: \forall integer y; UpScale(i+1,k,y); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_up_times(int n, int64_t k)
  {
    lemma_up_mul(k, n);
  }
*/

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

/*@ ghost
  void lemma_mixed(const lanes *x, int p, const lanes *y, int q, int end)
  {
    int l = 0;
    lemma_up_sum(22*q);
    /@ loop invariant l: 0 <= l <= LANES;
       loop invariant step: Mixed(x,p,y,q,end,l) == Up(Dot(x,p,y,q,l),22*q) + Mixed(x,p,y,q+1,end,l);
       loop assigns l; loop variant LANES - l; @/
    for (; l < LANES; l++) {
      /@ assert dot: Dot(x,p,y,q,l+1) == Dot(x,p,y,q,l) + x[p][l]*y[q][l]; @/
      /@ assert left: Mixed(x,p,y,q,end,l+1) == Mixed(x,p,y,q,end,l) + x[p][l]*From(y,q,end,l); @/
      /@ assert right: Mixed(x,p,y,q+1,end,l+1) == Mixed(x,p,y,q+1,end,l) + x[p][l]*From(y,q+1,end,l); @/
      lemma_up_times(22*q, x[p][l]);
      /@ assert from: From(y,q,end,l) == Up(y[q][l],22*q) + From(y,q+1,end,l); @/
      /@ assert times: UpTimes(22*q,x[p][l],y[q][l]); @/
      /@ assert sum: UpSum(22*q,Dot(x,p,y,q,l),x[p][l]*y[q][l]); @/
      /@ assert product: x[p][l]*From(y,q,end,l) == x[p][l]*Up(y[q][l],22*q) + x[p][l]*From(y,q+1,end,l); @/
    }
    /@ assert end: l == LANES; @/
  }
*/

/*@ ghost
  void lemma_inner(const lanes *x, int p, int xend, const lanes *y, int yp, int yend)
  {
    int l = 0;
    lemma_up_sum(22*p);
    /@ loop invariant l: 0 <= l <= LANES;
       loop invariant step: Inner(x,p,xend,y,yp,yend,l) == Up(Mixed(x,p,y,yp,yend,l),22*p) + Inner(x,p+1,xend,y,yp,yend,l);
       loop assigns l; loop variant LANES - l; @/
    for (; l < LANES; l++) {
      /@ assert mixed: Mixed(x,p,y,yp,yend,l+1) == Mixed(x,p,y,yp,yend,l) + x[p][l]*From(y,yp,yend,l); @/
      /@ assert left: Inner(x,p,xend,y,yp,yend,l+1) == Inner(x,p,xend,y,yp,yend,l) + From(x,p,xend,l)*From(y,yp,yend,l); @/
      /@ assert right: Inner(x,p+1,xend,y,yp,yend,l+1) == Inner(x,p+1,xend,y,yp,yend,l) + From(x,p+1,xend,l)*From(y,yp,yend,l); @/
      lemma_up_scale(22*p, x[p][l]);
      /@ assert from: From(x,p,xend,l) == Up(x[p][l],22*p) + From(x,p+1,xend,l); @/
      /@ assert scale: UpScale(22*p,x[p][l],From(y,yp,yend,l)); @/
      /@ assert sum: UpSum(22*p,Mixed(x,p,y,yp,yend,l),x[p][l]*From(y,yp,yend,l)); @/
      /@ assert product: From(x,p,xend,l)*From(y,yp,yend,l) == Up(x[p][l],22*p)*From(y,yp,yend,l) + From(x,p+1,xend,l)*From(y,yp,yend,l); @/
    }
    /@ assert end: l == LANES; @/
  }
*/

/*@ ghost
  void lemma_mixed_none(const lanes *x, int p, const lanes *y, int q, int end)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= LANES;
       loop invariant none: q >= end ==> Mixed(x,p,y,q,end,l) == 0;
       loop assigns l; loop variant LANES - l; @/
    for (; l < LANES; l++) {
      /@ assert step: Mixed(x,p,y,q,end,l+1) == Mixed(x,p,y,q,end,l) + x[p][l]*From(y,q,end,l); @/
      /@ assert zero: q >= end ==> From(y,q,end,l) == 0; @/
    }
    /@ assert end: l == LANES; @/
  }
*/

/*@ ghost
  void lemma_inner_none(const lanes *x, int p, int xend, const lanes *y, int yp, int yend)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= LANES;
       loop invariant none: p >= xend ==> Inner(x,p,xend,y,yp,yend,l) == 0;
       loop assigns l; loop variant LANES - l; @/
    for (; l < LANES; l++) {
      /@ assert step: Inner(x,p,xend,y,yp,yend,l+1) == Inner(x,p,xend,y,yp,yend,l) + From(x,p,xend,l)*From(y,yp,yend,l); @/
      /@ assert zero: p >= xend ==> From(x,p,xend,l) == 0; @/
    }
    /@ assert end: l == LANES; @/
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
