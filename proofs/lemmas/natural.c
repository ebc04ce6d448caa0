/* Lemma functions about the digits of a natural number: see natural.h. */
#include "lemmas/natural.h"
#include "lemmas/facts.h"
#include "lemmas/power.h"

/*@ ghost
  void lemma_low_range(const uint32_t *a, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant range: LowRange(a,i);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      lemma_up_limb(32*i);
      lemma_up_add(32*i);
      lemma_up_mono(32*i);
      /@ assert digit: 0 <= a[i] <= 4294967295; @/
      /@ assert low: Low(a,i+1) == Low(a,i) + Up(a[i],32*i); @/
      /@ assert limb: UpLimb(1,32*i); @/
      /@ assert sum: Up(4294967296*1,32*i) == Up(4294967295,32*i) + Up(1,32*i); @/
      /@ assert most: Up(a[i],32*i) <= Up(4294967295,32*i); @/
      /@ assert zero: Up(0,32*i) + Up(0,32*i) == Up(0,32*i); @/
      /@ assert least: Up(0,32*i) <= Up(a[i],32*i); @/
      /@ assert next: 32*i+32 == 32*(i+1); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_low_zero(const uint32_t *a, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant zero: Low(a,i) == 0;
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      lemma_up_add(32*i);
      /@ assert zero: Up(0,32*i) + Up(0,32*i) == Up(0,32*i); @/
      /@ assert low: Low(a,i+1) == Low(a,i) + Up(a[i],32*i); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_natural(const uint32_t *a)
  {
    int n = NATURAL_DIGITS - 1, i = 0;
    lemma_up_add(32*n);
    lemma_low_range(a, n);
    /@ assert zero: Up(0,32*n) + Up(0,32*n) == Up(0,32*n); @/
    /@ assert low: Num(a) == Low(a,n) + Up(a[n],32*n); @/
    /@ loop invariant i: 0 <= i <= n;
       loop invariant zero: a[n] == 1 ==> Low(a,i) == 0;
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      lemma_up_add(32*i);
      /@ assert zero: Up(0,32*i) + Up(0,32*i) == Up(0,32*i); @/
      /@ assert low: Low(a,i+1) == Low(a,i) + Up(a[i],32*i); @/
    }
    /@ assert infinite: a[n] == 1 ==> Num(a) == Infinity; @/
    /@ assert finite: a[n] == 0 ==> Num(a) == Low(a,n); @/
  }
*/

/*@ ghost
  void lemma_digit_order(const uint32_t *a, const uint32_t *b, int i)
  {
    lemma_low_range(a, i);
    lemma_low_range(b, i);
    lemma_up_add(32*i);
    lemma_up_mono(32*i);
    /@ assert a: Low(a,i+1) == Low(a,i) + Up(a[i],32*i); @/
    /@ assert b: Low(b,i+1) == Low(b,i) + Up(b[i],32*i); @/
    /@ assert ranges: LowRange(a,i) && LowRange(b,i); @/
    /@ assert less: a[i] < b[i] ==> Up(a[i]+1,32*i) <= Up(b[i],32*i); @/
    /@ assert greater: b[i] < a[i] ==> Up(b[i]+1,32*i) <= Up(a[i],32*i); @/
    /@ assert next_a: Up(a[i]+1,32*i) == Up(a[i],32*i) + Up(1,32*i); @/
    /@ assert next_b: Up(b[i]+1,32*i) == Up(b[i],32*i) + Up(1,32*i); @/
  }
*/

/*@ ghost
  void lemma_weight(uint64_t x, int i)
  {
    lemma_up_add(32*i);
    lemma_up_mono(32*i);
    lemma_up_exponent(32*(NATURAL_DIGITS-1), 32*i);
    /@ assert zero: Up(0,32*i) + Up(0,32*i) == Up(0,32*i); @/
    /@ assert least: 0 < x ==> Up(1,32*i) <= Up(x,32*i); @/
    /@ assert positive: Up(0,32*i) <= Up(x,32*i); @/
  }
*/

/*@ ghost
  void lemma_carry_digit(uint32_t d, uint64_t carry, uint64_t u, int i)
  {
    uint64_t digit = u % 4294967296, rest = u / 4294967296;
    lemma_up_add(32*i);
    lemma_up_limb(32*i);
    lemma_up_same();
    /@ assert sum: Up(d+carry,32*i) == Up(d,32*i) + Up(carry,32*i); @/
    /@ assert parts: Up(digit + 4294967296*rest,32*i) == Up(digit,32*i) + Up(4294967296*rest,32*i); @/
    /@ assert same: UpSame(32*i,d+carry,digit + 4294967296*rest); @/
    /@ assert limb: UpLimb(rest,32*i); @/
    /@ assert next: 32*i+32 == 32*(i+1); @/
  }
*/

/*@ ghost
  void lemma_half(uint64_t x, int r)
  {
    lemma_up_mono(r);
    lemma_up_exponent(r, 31);
    lemma_up_exponent(0, r);
    lemma_up_constants();
    /@ assert most: Up(x,r) <= Up(x,31); @/
  }
*/

/*@ ghost
  /@ requires r: 0 <= r <= 31;
     requires whole: m == low + 4294967296*high;
     terminates \true; exits \false; assigns \nothing;
     ensures both: Up(low,r) + 4294967296*Up(high,r) == Up(m,r); @/
  void lemma_both(uint64_t m, uint64_t low, uint64_t high, int r)
  {
    lemma_up_add(r);
    lemma_up_mul(4294967296, r);
    /@ assert product: Up(4294967296*high,r) == 4294967296*Up(high,r); @/
    /@ assert sum: Up(low,r) + Up(4294967296*high,r) == Up(low + 4294967296*high,r); @/
  }
*/

/*@ ghost
  void lemma_parts(uint64_t m, int s, int i, int r, uint64_t low, uint64_t high)
  {
    lemma_up_comp(r, 32*i);
    /@ assert comp: Up(Up(m,r),32*i) == Up(m,r+32*i); @/
    lemma_both(m, m % 4294967296, m / 4294967296, r);
    /@ assert halves: low + 4294967296*high == Up(m,r); @/
    /@ assert s: r+32*i == s; @/
    lemma_up_same();
    /@ assert same: UpSame(32*i,Up(m,r),low + 4294967296*high); @/
    lemma_up_add(32*i);
    lemma_up_limb(32*i);
    /@ assert sum: Up(low,32*i) + Up(4294967296*high,32*i) == Up(low + 4294967296*high,32*i); @/
    /@ assert limb: UpLimb(high,32*i); @/
    /@ assert next: 32*i+32 == 32*(i+1); @/
    /@ assert zero: Up(0,32*i) + Up(0,32*i) == Up(0,32*i); @/
    lemma_up_add(32*(i+1));
    /@ assert zero1: Up(0,32*(i+1)) + Up(0,32*(i+1)) == Up(0,32*(i+1)); @/
    lemma_carry_digit(0, low, low, i);
    lemma_carry_digit(0, high, high, i + 1);
  }
*/
