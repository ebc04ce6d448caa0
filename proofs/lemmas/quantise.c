/* Lemma functions about rows in fixed point: see quantise.h. */
#include "lemmas/quantise.h"
#include "lemmas/power.h"
#include "lemmas/facts.h"

#if FORMAT == 64
#define DROPPED_UNIT 1073741824
#else
#define DROPPED_UNIT 8
#endif

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures unit: \forall integer x; Up(x,DROP) == DROPPED_UNIT*x; @/
  void lemma_up_drop(void)
  {
    int i = 0;
    int64_t u = 1;
    /@ loop invariant i: 0 <= i <= DROP;
       loop invariant u: u == Up(1,i) && 1 <= u;
       loop invariant p: \forall integer x; u*x == Up(x,i);
       loop assigns i, u; loop variant DROP - i; @/
    for (; i < DROP; i++) {
      /@ assert step: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
      /@ assert twice: \forall integer x; 2*(u*x) == (2*u)*x; @/
      u = 2*u;
    }
  }
*/

/*@ ghost
  void lemma_floor_31(uint32_t x, int c, int d, uint32_t t)
  {
    lemma_up_constants();
    lemma_up_grow(31, c - d);
    lemma_up_neg(c);
    /@ assert far: 31 <= c ==> t == 0; @/
    /@ assert zero: 31 <= c ==> Up(0,c) == 0; @/
    /@ assert top: 31 <= c ==> Up(1,31) <= Up(1,c); @/
    /@ assert high: 31 <= c ==> x < Up(0+1,c); @/
    /@ assert near: c < 31 ==> d == c; @/
  }
*/

/*@ ghost
  void lemma_quantum(uint64_t m, int shift, int c, uint64_t t)
  {
    lemma_up_drop();
    lemma_up_grow(DROP, c - DROP);
    /@ assert drop: Up(t,DROP) <= Up(t,c); @/
    lemma_up_comp(c, shift);
    lemma_up_mono(shift);
    lemma_up_mul(GRAIN, shift);
    /@ assert product: Up(GRAIN*m,shift) == GRAIN*Up(m,shift); @/
    /@ assert low: Up(Up(t,c),shift) <= Up(GRAIN*m,shift); @/
    /@ assert high: Up(GRAIN*m,shift) < Up(Up(t+1,c),shift); @/
  }
*/
