/* Lemma functions about numbers cut after some bits: see round.h. */
#include "lemmas/round.h"
#include "lemmas/power.h"
#include "lemmas/value.h"

/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires shift: -CUT_MAX <= shift <= CUT_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures compared: \forall integer N, M, c; Compared(N,k,M,shift,c); @/
  void lemma_compared(int shift, int k)
  {
    lemma_scaled(k);
    lemma_up_facts(k, shift);
    lemma_up_facts(k, -shift);
    /@ assert half: \forall integer M, c; UpProduct(k,-shift,M) && ProductTwice(k,shift,c)
                      && Scaled(k,Up(M,-shift),Up(2*c,shift)) && Scaled(k,Up(2*c,shift),Up(M,-shift)) ==> HalfProduct(k,M,shift,c); @/
    /@ assert each: \forall integer N, M, c; UpTwice(-shift,N) && UpOrder(-shift,2*N,k*M) && HalfProduct(k,M,shift,c)
                      ==> Compared(N,k,M,shift,c); @/
  }
*/

/*@ ghost
  void lemma_decided(uint64_t g, int shift, int sticky, int k)
  {
    lemma_up_facts(k, shift);
    lemma_compared(shift, k);
    /@ assert each: \forall integer N, M, c; Compared(N,k,M,shift,c) && ProductOrder(k,shift,g,c) && ProductOrder(k,shift,g+1,c) && ProductOrder(k,shift,c,g)
                      ==> Decided(N,k,M,shift,g,sticky,c); @/
  }
*/

/*@ ghost
  void lemma_shorten(uint64_t g, uint64_t h, int s, int c, uint64_t m)
  {
    lemma_cut_order(h, m, c);
    lemma_up_comp(c, s);
    lemma_up_comp(c, c);
    lemma_up_order(s);
    /@ assert full: m < FRACTION ==> h < Up(FRACTION,c); @/
    /@ assert square: Up(FRACTION,2*c) == Up(Up(FRACTION,c),c); @/
    /@ assert left: h < Up(Up(FRACTION,c),c) ==> m < Up(FRACTION,c); @/
    /@ assert low: Up(m,c) <= h && UpOrder(s,Up(m,c),h); @/
    /@ assert high: h + 1 <= Up(m+1,c) && UpOrder(s,h+1,Up(m+1,c)); @/
    /@ assert low_up: Up(Up(m,c),s) == Up(m,s+c); @/
    /@ assert high_up: Up(Up(m+1,c),s) == Up(m+1,s+c); @/
  }
*/

/*@ ghost
  void lemma_cut(uint64_t g, int s, uint64_t m)
  {
    lemma_cut_order(g, m, s);
    lemma_up_exponent(0, s - 1);
    lemma_up_exponent(s - 1, 63);
    lemma_up_constants();
    lemma_up_next(m, s);
    /@ assert one: Up(1,s) == 2*Up(1,s-1); @/
  }
*/

/*@ ghost
  void lemma_coarser(int shift, int sticky, int k)
  {
    lemma_scaled(k);
    lemma_up_facts(k, shift);
    lemma_up_byte(shift);
    /@ assert order: \forall integer G, d; UpByte(G,shift) && UpOrder(shift,256*G,256*G+d) ==> Lower(G,d,shift); @/
    /@ assert same: \forall integer x; UpByte(x,shift) && Scaled(k,Up(256*x,shift),Up(x,shift+8)) && Scaled(k,Up(x,shift+8),Up(256*x,shift))
                     ==> ProductByte(k,shift,x); @/
    /@ assert none: \forall integer N; UpNone(N,-shift) && UpNone(N,-shift-8); @/
    /@ assert low: \forall integer G, d; ProductByte(k,shift,G) && ProductOrder(k,shift,256*G,256*G+d) && ProductOrder(k,shift,256*G+d,256*G)
                     ==> CoarserLow(k,G,d,shift); @/
    /@ assert high: \forall integer G, d; ProductByte(k,shift,G+1) && ProductOrder(k,shift,256*G+d+1,256*G+256) ==> CoarserHigh(k,G,d,shift); @/
    /@ assert next: \forall integer G, d; ProductOrder(k,shift,256*G+d,256*G+d+1) ==> CoarserNext(k,G,d,shift); @/
    /@ assert cut: \forall integer N, G, d; UpNone(N,-shift) && UpNone(N,-shift-8) && CoarserLow(k,G,d,shift) && CoarserHigh(k,G,d,shift)
                     && CoarserNext(k,G,d,shift) ==> Coarser(N,k,G,d,shift,sticky); @/
  }
*/

/*@ ghost
  void lemma_in_format(int n)
  {
    lemma_up_mono(n);
    lemma_up_exponent(SHIFT_MAX + 1, n);
    /@ assert special: Value(SPECIAL) == Up(FRACTION,SHIFT_MAX+1); @/
    /@ assert most: n > SHIFT_MAX ==> Value(SPECIAL) <= Up(FRACTION,n); @/
  }
*/

/*@ ghost
  void lemma_cell(key r, key m, int e, int s)
  {
    lemma_value(r);
    lemma_up_next((uint64_t)m, e);
    lemma_up_next((uint64_t)m, s);
    lemma_cross(e, s);
    lemma_up_same();
    /@ assert shift: Shift(r) == e; @/
    /@ assert significand: Significand(r) == m; @/
    /@ assert value: Value(r) == Up(m,e); @/
    /@ assert half: Up(1,s) == 2*Up(1,s-1); @/
    /@ assert this: Cross(2*m,e,s); @/
    /@ assert this_e: UpSame(s-e, 2*Value(r), Up(2*m,e)); @/
    /@ assert this_s: UpSame(e-s, 2*Up(m,s), Up(2*m,s)); @/
    /@ assert middle: Cross(2*m+1,e,s); @/
    /@ assert middle_e: UpSame(s-e, Value(r) + Value(r+1), Up(2*m+1,e)); @/
    /@ assert middle_s: UpSame(e-s, 2*(Up(m,s) + Up(1,s-1)), Up(2*m+1,s)); @/
    /@ assert next: Cross(2*m+2,e,s); @/
    /@ assert next_e: UpSame(s-e, 2*Value(r+1), Up(2*m+2,e)); @/
    /@ assert next_s: UpSame(e-s, 2*Up(m+1,s), Up(2*m+2,s)); @/
  }
*/

/*@ ghost
  void lemma_neighbours(key r, int k)
  {
    lemma_scaled(k);
    lemma_value(r);
    if (r > 0) lemma_value(r - 1);
    /@ assert less: r > 0 ==> Value(r-1) < Value(r); @/
    /@ assert low: r > 0 ==> Scaled(k, Value(r-1) + Value(r), 2*Value(r)); @/
    /@ assert high: Scaled(k, 2*Value(r), Value(r) + Value(r+1)); @/
  }
*/

/*@ ghost
  void lemma_between(key r, int k)
  {
    lemma_neighbours(r, k);
    lemma_neighbours(r + 1, k);
  }
*/

/*@ ghost
  void lemma_nearest(key r, uint64_t g, key m, uint64_t rest, uint64_t half, int e, int s, int sticky, int k)
  {
    lemma_cell(r, m, e, s);
    lemma_decided(g, e - s, sticky, k);
    lemma_up_next((uint64_t)m, s);
    lemma_between(r, k);
    /@ assert this: \forall integer N; Decided(N,k,2*Value(r),e-s,g,sticky,Up(m,s)); @/
    /@ assert middle: \forall integer N; Decided(N,k,Value(r)+Value(r+1),e-s,g,sticky,Up(m,s)+half); @/
    /@ assert next: \forall integer N; Decided(N,k,2*Value(r+1),e-s,g,sticky,Up(m+1,s)); @/
    /@ assert parity: r % 2 == m % 2; @/
    /@ assert least: \forall integer N; Cut(N,k,g,e-s,sticky) ==> 2*(k*Value(r)) <= 2*N; @/
    /@ assert most: \forall integer N; Cut(N,k,g,e-s,sticky) ==> 2*N <= 2*(k*Value(r+1)); @/
    /@ assert less: \forall integer N; Cut(N,k,g,e-s,sticky) && rest < half ==> 2*N < k*(Value(r)+Value(r+1)); @/
    /@ assert more: \forall integer N; Cut(N,k,g,e-s,sticky) && rest >= half ==> 2*N >= k*(Value(r)+Value(r+1)); @/
    /@ assert tie: \forall integer N; Cut(N,k,g,e-s,sticky) ==> (2*N == k*(Value(r)+Value(r+1)) <==> rest == half && sticky == 0); @/
  }
*/
