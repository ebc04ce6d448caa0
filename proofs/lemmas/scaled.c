/* Lemma functions about products cut to their leading bits: see scaled.h. */
#include "lemmas/scaled.h"
#include "lemmas/facts.h"
#include "lemmas/power.h"
#include "lemmas/value.h"

/*@ ghost
  void lemma_product_head(uint64_t g, uint64_t rest)
  {
    lemma_up_order(FACTOR_HEAD);
    /@ assert each: \forall integer A, c; UpOrder(FACTOR_HEAD,g,c) && UpOrder(FACTOR_HEAD,g+1,c) && UpOrder(FACTOR_HEAD,c,g)
                      && UpOrder(FACTOR_HEAD,c,g+1) ==> HeadCompared(A,g,rest,c); @/
  }
*/

/*@ ghost
  void lemma_placed(int e, int s, int E, int D)
  {
    lemma_up_comp(e, D);
    lemma_up_comp(s, FACTOR_HEAD);
    lemma_up_comp(s + FACTOR_HEAD, E);
    /@ assert left: \forall integer x; Up(Up(x,e),D) == Up(x,e+D); @/
    /@ assert right: \forall integer x; Up(Up(Up(x,s),FACTOR_HEAD),E) == Up(Up(x,s+FACTOR_HEAD),E); @/
    /@ assert whole: \forall integer x; Up(Up(x,s+FACTOR_HEAD),E) == Up(x,s+FACTOR_HEAD+E); @/
    /@ assert same: \forall integer x; Up(x,e+D) == Up(x,s+FACTOR_HEAD+E); @/
  }
*/

/*@ ghost
  void lemma_middle(uint64_t g, uint64_t rest, int E, int D)
  {
    lemma_product_head(g, rest);
    lemma_up_order(E);
    lemma_up_facts(1, FACTOR_HEAD);
    /@ assert each: \forall integer A, M, c; HeadCompared(A,g,rest,c) && UpTwice(FACTOR_HEAD,c) && UpOrder(E,2*A,Up(2*c,FACTOR_HEAD))
                      ==> MiddleCompared(A,g,rest,M,c,E,D); @/
  }
*/

/*@ ghost
  void lemma_twice(uint64_t g, uint64_t twice, uint64_t tail, int s, int unit)
  {
    lemma_up_next(twice, s - 1);
    lemma_up_order(s - 1);
    lemma_up_facts(1, s - 1);
    lemma_up_constants();
    /@ assert four: UpTwice(s-1,2*FRACTION); @/
    /@ assert two: UpTwice(s-1,FRACTION); @/
    /@ assert up: Up(2*FRACTION,s) == Up(4*FRACTION,s-1); @/
    /@ assert up_low: Up(FRACTION,s) == Up(2*FRACTION,s-1); @/
    /@ assert high: UpOrder(s-1,twice,4*FRACTION); @/
    /@ assert low: UpOrder(s-1,2*FRACTION,twice+1); @/
    lemma_up_exponent(s - 1, 62);
    /@ assert sixty_two: 2*Up(1,62) == Up(1,63); @/
    /@ assert one: UpOrder(s-1,1,twice); @/
  }
*/

/*@ ghost
  void lemma_scaled_cell(key r, uint64_t m, int e, int s, int E, int D)
  {
    lemma_value(r);
    lemma_up_next(m, e);
    lemma_up_next(m, s);
    lemma_placed(e, s, E, D);
    lemma_up_same();
    /@ assert shift: Shift(r) == e; @/
    /@ assert significand: Significand(r) == m; @/
    /@ assert value: Value(r) == Up(m,e); @/
    /@ assert half: Up(1,s) == 2*Up(1,s-1); @/
    /@ assert this: Placed(2*m,e,s,E,D); @/
    /@ assert middle: Placed(2*m+1,e,s,E,D); @/
    /@ assert next: Placed(2*m+2,e,s,E,D); @/
    /@ assert twice: Up(2*m,e) == 2*Value(r) && Up(2*m,s) == 2*Up(m,s); @/
    /@ assert twice_middle: Up(2*m+1,e) == Value(r) + Value(r+1) && Up(2*m+1,s) == 2*(Up(m,s)+Up(1,s-1)); @/
    /@ assert twice_next: Up(2*m+2,e) == 2*Value(r+1) && Up(2*m+2,s) == 2*Up(m+1,s); @/
    /@ assert this_e: UpSame(D,2*Value(r),Up(2*m,e)); @/
    /@ assert this_s: UpSame(FACTOR_HEAD,2*Up(m,s),Up(2*m,s)); @/
    /@ assert this_E: UpSame(E,Up(2*Up(m,s),FACTOR_HEAD),Up(Up(2*m,s),FACTOR_HEAD)); @/
    /@ assert middle_e: UpSame(D,Value(r)+Value(r+1),Up(2*m+1,e)); @/
    /@ assert middle_s: UpSame(FACTOR_HEAD,2*(Up(m,s)+Up(1,s-1)),Up(2*m+1,s)); @/
    /@ assert middle_E: UpSame(E,Up(2*(Up(m,s)+Up(1,s-1)),FACTOR_HEAD),Up(Up(2*m+1,s),FACTOR_HEAD)); @/
    /@ assert next_e: UpSame(D,2*Value(r+1),Up(2*m+2,e)); @/
    /@ assert next_s: UpSame(FACTOR_HEAD,2*Up(m+1,s),Up(2*m+2,s)); @/
    /@ assert next_E: UpSame(E,Up(2*Up(m+1,s),FACTOR_HEAD),Up(Up(2*m+2,s),FACTOR_HEAD)); @/
  }
*/

/*@ ghost
  void lemma_scaled_neighbours(key r, int D)
  {
    if (r > 0) lemma_value(r - 1);
    lemma_value(r);
    lemma_value(r + 1);
    lemma_up_order(D);
    /@ assert below: r > 0 ==> Value(r-1) < Value(r) && UpOrder(D,Value(r-1)+Value(r),2*Value(r)); @/
    /@ assert middle: UpOrder(D,2*Value(r),Value(r)+Value(r+1)) && UpOrder(D,Value(r)+Value(r+1),2*Value(r+1)); @/
    /@ assert above: UpOrder(D,2*Value(r+1),Value(r+1)+Value(r+2)); @/
  }
*/

/*@ ghost
  void lemma_scaled_rounded(uint64_t g, uint64_t rest, uint64_t m, int odd, uint64_t tail, int s, int e, int E, int D, key r)
  {
    lemma_scaled_cell(r, m, e, s, E, D);
    lemma_scaled_neighbours(r, D);
    lemma_middle(g, rest, E, D);
    lemma_up_next(m, s - 1);
    lemma_up_next(m, s);
    /@ assert half: Up(1,s) == 2*Up(1,s-1) && Up(m,s) == Up(2*m,s-1); @/
    /@ assert even: odd == 0 ==> g == Up(m,s) + tail; @/
    /@ assert odd: odd == 1 ==> g == Up(m,s) + Up(1,s-1) + tail; @/
    /@ assert this: \forall integer A; MiddleCompared(A,g,rest,2*Value(r),Up(m,s),E,D); @/
    /@ assert middle: \forall integer A; MiddleCompared(A,g,rest,Value(r)+Value(r+1),Up(m,s)+Up(1,s-1),E,D); @/
    /@ assert next: \forall integer A; MiddleCompared(A,g,rest,2*Value(r+1),Up(m+1,s),E,D); @/
    /@ assert least: \forall integer A; ProductHead(A,g,rest) ==> Up(2*Value(r),D) <= Up(2*A,E); @/
    /@ assert most: \forall integer A; ProductHead(A,g,rest) ==> Up(2*A,E) < Up(2*Value(r+1),D); @/
    /@ assert less: \forall integer A; ProductHead(A,g,rest) && odd == 0 ==> Up(2*A,E) < Up(Value(r)+Value(r+1),D); @/
    /@ assert more: \forall integer A; ProductHead(A,g,rest) && odd == 1 ==> Up(Value(r)+Value(r+1),D) <= Up(2*A,E); @/
    /@ assert tie: \forall integer A; ProductHead(A,g,rest) && odd == 1
                     ==> (Up(2*A,E) == Up(Value(r)+Value(r+1),D) <==> tail == 0 && rest == 0); @/
  }
*/

/*@ ghost
  void lemma_head_bits(uint64_t g, int cut, int most)
  {
    lemma_up_exponent(cut, most);
    /@ assert long_head: Up(FRACTION,FACTOR_TAIL) == HEAD_LONG; @/
    /@ assert half: Up(FRACTION,FACTOR_TAIL) == 2*Up(FRACTION,FACTOR_TAIL-1); @/
    /@ assert double: Up(2*FRACTION,FACTOR_TAIL) == 2*Up(FRACTION,FACTOR_TAIL); @/
    /@ assert short_head: Up(2*FRACTION,FACTOR_TAIL-1) == HEAD_LONG; @/
  }
*/

/*@ ghost
  void lemma_scaled_far(uint64_t g, uint64_t rest, int s, int E, int D)
  {
    if (63 <= s && D == E + FACTOR_HEAD + s) {
      lemma_placed(0, s, E, D);
      lemma_middle(g, rest, E, D);
      lemma_up_exponent(62, s - 1);
      lemma_up_constants();
      lemma_up_same();
      /@ assert one: Placed(1,0,s,E,D); @/
      /@ assert half: Up(1,s) == 2*Up(1,s-1); @/
      /@ assert far: 0x4000000000000000 <= Up(1,s-1); @/
      /@ assert value: Value(0) == 0 && Value(1) == 1; @/
      /@ assert head: UpSame(FACTOR_HEAD,2*Up(1,s-1),Up(1,s)); @/
      /@ assert place: UpSame(E,Up(2*Up(1,s-1),FACTOR_HEAD),Up(Up(1,s),FACTOR_HEAD)); @/
      /@ assert unit: Up(1,D) == Up(Up(2*Up(1,s-1),FACTOR_HEAD),E); @/
      /@ assert sum: UpSame(D,Value(0)+Value(1),1); @/
      /@ assert middle: \forall integer A; MiddleCompared(A,g,rest,1,Up(1,s-1),E,D); @/
      /@ assert below: \forall integer A; ProductHead(A,g,rest) ==> Up(2*A,E) < Up(Value(0)+Value(1),D); @/
    }
  }
*/

/*@ ghost
  void lemma_head_unit(void)
  {
    /@ assert seven: \forall integer x; Up(x,7) == 128*x; @/
    lemma_up_comp(7, 7);
    /@ assert fourteen: \forall integer x; Up(x,14) == 16384*x; @/
    lemma_up_comp(14, 14);
    /@ assert twenty_eight: \forall integer x; Up(x,28) == 268435456*x; @/
    lemma_up_comp(28, 28);
    /@ assert fifty_six: \forall integer x; Up(x,56) == 72057594037927936*x; @/
    lemma_up_comp(4, 14);
    /@ assert four: \forall integer x; Up(x,4) == 16*x; @/
    /@ assert eighteen: \forall integer x; Up(x,18) == 262144*x; @/
    lemma_up_comp(18, 28);
    /@ assert forty_six: \forall integer x; Up(x,46) == 70368744177664*x; @/
    lemma_up_comp(46, 56);
    /@ assert all: \forall integer x; Up(x,102) == 5070602400912917605986812821504*x; @/
  }
*/

#if FORMAT == 64
/*@ ghost
  void lemma_factor_bounds(uint64_t m, uint64_t low, uint64_t high)
  {
    lemma_head_unit();
    lemma_more((int64_t)m, 2 * FRACTION - 1);
    if (FRACTION <= m) lemma_more(FRACTION, (int64_t)m);
    lemma_more((int64_t)low, FACTOR_RADIX - 1);
    lemma_more((int64_t)high, FACTOR_HIGH - 1);
  }
*/

/*@ ghost
  void lemma_limb_product(uint64_t m, uint64_t low, uint64_t high, uint32_t limb)
  {
    /@ assert product: (low + 268435456*high)*limb == low*limb + 268435456*(high*limb); @/
  }
*/
#else
/*@ ghost
  void lemma_factor_bounds(uint64_t m)
  {
    lemma_head_unit();
    lemma_more((int64_t)m, 2 * FRACTION - 1);
    if (FRACTION <= m) lemma_more(FRACTION, (int64_t)m);
  }
*/
#endif

/*@ ghost
  void lemma_zero_scaled(int D)
  {
    lemma_up_exponent(0, D);
    /@ assert value: Value(0) == 0 && Value(1) == 1; @/
    lemma_up_order(D);
    lemma_up_add(D);
    /@ assert none: Up(0,D) + Up(0,D) == Up(0+0,D); @/
    /@ assert order: UpOrder(D,0,Value(0)+Value(1)); @/
  }
*/
