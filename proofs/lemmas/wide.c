/* Lemma functions about the limbs of a wide accumulator: see wide.h. */
#include "lemmas/wide.h"
#include "lemmas/power.h"
#include "lemmas/round.h"
#include "lemmas/value.h"

/*@ ghost
  void lemma_head(const int64_t *a, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant head: Head(a,i,Limbs(a,i)) == Limbs(a,0);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert limb: Limbs(a,i) == a[i] + 4294967296*Limbs(a,i+1); @/
      /@ assert head: Head(a,i+1,Limbs(a,i+1)) == Head(a,i,a[i] + 4294967296*Limbs(a,i+1)); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_head_sum(const int64_t *a, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant sum: \forall integer x, y, z; HeadSum(a,i,x,y,z);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      lemma_up_limb(32*i);
      /@ assert head: \forall integer x; Head(a,i+1,x) == Head(a,i,a[i] + 4294967296*x); @/
      /@ assert step: \forall integer x, y, z; HeadSum(a,i,a[i] + 4294967296*x,4294967296*y,a[i] + 4294967296*z); @/
      /@ assert limb: \forall integer y; UpLimb(y,32*i); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  /@ requires n: 0 <= n <= LIMBS;
     requires d: 0 <= d < 4294967296;
     terminates \true; exits \false; assigns \nothing;
     ensures low: \forall integer x; Up(x,32*n+32) <= Up(d + 4294967296*x,32*n);
     ensures low1: d > 0 ==> \forall integer x; Up(x,32*n+32) < Up(d + 4294967296*x,32*n);
     ensures high: \forall integer x; Up(d + 4294967296*x + 1,32*n) <= Up(x+1,32*n+32); @/
  void lemma_digit(int64_t d, int n)
  {
    lemma_up_limb(32*n);
    lemma_up_order(32*n);
    /@ assert limb: \forall integer x; UpLimb(x,32*n) && UpLimb(x+1,32*n); @/
    /@ assert low: \forall integer x; UpOrder(32*n,4294967296*x,d + 4294967296*x); @/
    /@ assert high: \forall integer x; UpOrder(32*n,d + 4294967296*x + 1,4294967296*(x+1)); @/
  }
*/

/*@ ghost
  void lemma_head_range(const int64_t *a, int n)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= n;
       loop invariant range: \forall integer x; HeadRange(a,i,x);
       loop invariant zero: ZeroBelow(a,i) ==> \forall integer x; HeadZero(a,i,x);
       loop invariant positive: !ZeroBelow(a,i) ==> \forall integer x; HeadPositive(a,i,x);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      lemma_up_limb(32*i);
      lemma_digit(a[i], i);
      /@ assert digit: 0 <= a[i] < 4294967296; @/
      /@ assert right: \forall integer x; Head(a,i+1,x) == Head(a,i,a[i] + 4294967296*x); @/
      /@ assert step: \forall integer x; HeadRange(a,i,a[i] + 4294967296*x); @/
      /@ assert limb: \forall integer y; UpLimb(y,32*i); @/
      /@ assert zero: ZeroBelow(a,i+1) ==> \forall integer x; HeadZero(a,i,4294967296*x); @/
      /@ assert zero0: ZeroBelow(a,i+1) ==> a[i] == 0; @/
      /@ assert same: a[i] == 0 ==> \forall integer x; Head(a,i+1,x) == Head(a,i,4294967296*x); @/
      /@ assert zero1: ZeroBelow(a,i+1) ==> \forall integer x; Head(a,i+1,x) == Head(a,i,4294967296*x); @/
      /@ assert zero2: ZeroBelow(a,i+1) ==> \forall integer x; HeadZero(a,i+1,x); @/
      /@ assert first: a[i] > 0 ==> \forall integer x; HeadPositive(a,i+1,x); @/
      /@ assert before: !ZeroBelow(a,i) ==> \forall integer x; HeadPositive(a,i,a[i] + 4294967296*x); @/
      /@ assert before1: !ZeroBelow(a,i) ==> \forall integer x; HeadPositive(a,i+1,x); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  void lemma_limbs_sign(const int64_t *a, int n)
  {
    int i = n;
    lemma_limbs_zero(a, n + 1);
    /@ assert top: Limbs(a,n) == a[n]; @/
    /@ loop invariant i: 0 <= i <= n;
       loop invariant negative: a[n] < 0 <==> Limbs(a,i) < 0;
       loop invariant zero: a[n] == 0 && (\forall integer j; i <= j < n ==> a[j] == 0) <==> Limbs(a,i) == 0;
       loop assigns i; loop variant i; @/
    for (; i > 0; i--) {
      /@ assert limb: Limbs(a,i-1) == a[i-1] + 4294967296*Limbs(a,i); @/
      /@ assert digit: 0 <= a[i-1] < 4294967296; @/
    }
    /@ assert end: i == 0; @/
  }
*/

/*@ ghost
  void lemma_digits(const int64_t *a, int n)
  {
  }
*/

/*@ ghost
  void lemma_head_signed(const int64_t *a, int n, int negative)
  {
    lemma_head(a, n);
    lemma_head_range(a, n);
    lemma_up_neg(32*n);
    /@ assert plus: HeadZero(a,n,Limbs(a,n)); @/
    /@ assert minus: HeadZero(a,n,-Limbs(a,n)); @/
  }
*/

/*@ ghost
  void lemma_limbs_zero(const int64_t *a, int n)
  {
    int i = LIMBS;
    /@ assert top: Limbs(a,LIMBS) == 0; @/
    /@ loop invariant i: n <= i <= LIMBS;
       loop invariant zero: Limbs(a,i) == 0;
       loop assigns i; loop variant i; @/
    for (; i > n; i--) {
      /@ assert limb: Limbs(a,i-1) == a[i-1] + 4294967296*Limbs(a,i); @/
    }
    /@ assert end: i == n; @/
  }
*/

/*@ ghost
  /@ requires r: 0 <= r <= 31;
     requires b: 0 <= b <= 4294967296;
     terminates \true; exits \false; assigns \nothing;
     ensures up: 0 <= Up(x,r);
     ensures less: x < b ==> Up(x,r) < 2147483648*b; @/
  void lemma_up_less(uint64_t x, uint64_t b, int r)
  {
    lemma_up_mono(r);
    lemma_up_exponent(r, 31);
    lemma_up_exponent(0, r);
    lemma_up_constants();
    /@ assert most: Up(b,r) <= Up(b,31); @/
  }
*/

/*@ ghost
  /@ requires r: 0 <= r <= 31;
     requires m: m < 0x2000000000000000;
     terminates \true; exits \false; assigns \nothing;
     ensures both: Up(m % 4294967296,r) + 4294967296*Up(m / 4294967296,r) == Up(m,r); @/
  void lemma_up_halves(uint64_t m, int r)
  {
    uint64_t low = m % 4294967296, high = m / 4294967296;
    lemma_up_add(r);
    lemma_up_mul(4294967296, r);
    /@ assert whole: m == low + 4294967296*high; @/
    /@ assert product: Up(4294967296*high,r) == 4294967296*Up(high,r); @/
    /@ assert sum: Up(low,r) + Up(4294967296*high,r) == Up(m,r); @/
  }
*/

/*@ ghost
  void lemma_halves(uint64_t m, int r)
  {
    lemma_up_less(m % 4294967296, 4294967296, r);
    lemma_up_less(m / 4294967296, 0x20000000, r);
    lemma_up_halves(m, r);
  }
*/

/*@ ghost
  void lemma_limbs_up(int negative, uint64_t m, int s, int i, int r)
  {
    lemma_up_comp(r, 32*i);
    lemma_up_neg(32*i);
    /@ assert up: Up(Up(m,r),32*i) == Up(m,r+32*i); @/
    /@ assert s: r + 32*i == s; @/
  }
*/

/*@ ghost
  void lemma_quotient(const int64_t *a, int n, int k, uint64_t h, uint64_t l, uint64_t rest, int sticky)
  {
    lemma_head(a, n);
    lemma_head_range(a, n);
    lemma_up_facts(k, 32*n);
    /@ assert none: UpNone(Limbs(a,0),-32*n) && Up(Limbs(a,0),-32*n) == Limbs(a,0); @/
    /@ assert range: HeadRange(a,n,Limbs(a,n)); @/
    /@ assert zero: ZeroBelow(a,n) ==> HeadZero(a,n,Limbs(a,n)); @/
    /@ assert positive: !ZeroBelow(a,n) ==> HeadPositive(a,n,Limbs(a,n)); @/
    /@ assert low: UpProduct(k,32*n,h*18446744073709551616 + l); @/
    /@ assert high: UpProduct(k,32*n,h*18446744073709551616 + l + 1); @/
    /@ assert least: UpOrder(32*n,k*(h*18446744073709551616 + l),Limbs(a,n)); @/
    /@ assert product: k*(h*18446744073709551616 + l + 1) == k*(h*18446744073709551616 + l) + k; @/
    /@ assert most: UpOrder(32*n,Limbs(a,n) + 1,k*(h*18446744073709551616 + l + 1)); @/
  }
*/

/*@ ghost
  void lemma_within(int k, int shift, int sticky)
  {
    lemma_scaled(k);
    lemma_value(SPECIAL - 1);
    lemma_neighbours(SPECIAL, k);
    /@ assert less: Value(SPECIAL-1) < Value(SPECIAL); @/
    /@ assert none: \forall integer X; UpNone(X,-shift); @/
    /@ assert each: \forall integer X, g; UpNone(X,-shift) && Scaled(k,Value(SPECIAL),Up(g,shift)) && Scaled(k,Value(SPECIAL-1),Value(SPECIAL)) ==> WithinFormat(X,k,g,shift,sticky); @/
    /@ assert top: Scaled(k,2*Value(SPECIAL-1),Value(SPECIAL-1)+Value(SPECIAL)); @/
  }
*/

/*@ ghost
  void lemma_small(key q, key rest, int k)
  {
    lemma_value(q);
    lemma_between(q, k);
    /@ assert shift: Shift(q) == 0; @/
    /@ assert value: Value(q) == q; @/
    /@ assert next: Value(q+1) == q + 1; @/
    /@ assert middle: k*(Value(q)+Value(q+1)) == 2*(k*q) + k; @/
    /@ assert above: 2*(k*Value(q+1)) == 2*(k*q) + 2*k; @/
  }
*/

/*@ ghost
  void lemma_long_division(int k, uint64_t x, uint64_t h, uint64_t rest1, int64_t limb1, uint64_t q, uint64_t rest2, int64_t limb2, uint64_t p, uint64_t rest)
  {
  }
*/
