/* Lemma functions about the limbs of a wide accumulator (exact/wide.h). */
#ifndef LEMMAS_WIDE_H
#define LEMMAS_WIDE_H

#include "exact/round.h"
#include "exact/wide.h"
#include "lemmas/facts.h"

/*@ // the limbs below i, and x in place of the others: Head(a,i,Limbs(a,i)) is Limbs(a,0) for every i
  @ logic integer Head{L}(int64_t *a, integer i, integer x) = i <= 0 ? x : Head(a,i-1,a[i-1] + 4294967296*x);
  @
  @ predicate HeadSum{L}(int64_t *a, integer i, integer x, integer y, integer z) = z == x + y ==> Head(a,i,z) == Head(a,i,x) + Up(y,32*i);
  @ predicate Carried{A,B}(int64_t *a, integer i, integer u, integer carry, integer x, integer y) =   // limb i takes a digit of u, the rest goes on
  @   x == u + 4294967296*y ==> Head{B}(a,i+1,carry + y) == Head{A}(a,i,x);
  @ predicate HeadRange{L}(int64_t *a, integer i, integer x) = Up(x,32*i) <= Head(a,i,x) < Up(x+1,32*i);
  @ predicate HeadZero{L}(int64_t *a, integer i, integer x) = Head(a,i,x) == Up(x,32*i);
  @ predicate HeadPositive{L}(int64_t *a, integer i, integer x) = Up(x,32*i) < Head(a,i,x);
  @ predicate DigitsBelow{L}(int64_t *a, integer n) = \forall integer i; 0 <= i < n ==> 0 <= a[i] < 4294967296;
  @ predicate ZeroBelow{L}(int64_t *a, integer n) = \forall integer i; 0 <= i < n ==> a[i] == 0;
  @ predicate ZeroAbove{L}(int64_t *a, integer n) = \forall integer i; n < i < LIMBS ==> a[i] == 0;
  @ predicate WithinFormat(integer X, integer k, integer g, integer shift, integer sticky) =
  @   X <= k*Value(SPECIAL-1) && Cut(X,k,g,shift,sticky) ==> Up(g,shift) < Value(SPECIAL);
  @*/

/*@ ghost
  /@ requires a: \valid_read(a + (0 .. LIMBS-1));
     requires n: 0 <= n <= LIMBS;
     terminates \true; exits \false; assigns \nothing;
     ensures head: Head(a,n,Limbs(a,n)) == Limbs(a,0); @/
  void lemma_head(const int64_t *a, int n);
*/

/*@ ghost
  /@ requires a: \valid_read(a + (0 .. LIMBS-1));
     requires n: 0 <= n <= LIMBS;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer x, y, z; HeadSum(a,n,x,y,z); @/
  void lemma_head_sum(const int64_t *a, int n);
*/

/*@ ghost
  /@ requires a: \valid_read(a + (0 .. LIMBS-1));
     requires n: 0 <= n <= LIMBS;
     requires digits: DigitsBelow(a,n);
     terminates \true; exits \false; assigns \nothing;
     ensures range: \forall integer x; HeadRange(a,n,x);
     ensures zero: ZeroBelow(a,n) ==> \forall integer x; HeadZero(a,n,x);
     ensures positive: !ZeroBelow(a,n) ==> \forall integer x; HeadPositive(a,n,x); @/
  void lemma_head_range(const int64_t *a, int n);
*/

/* Limb n decides the sign, when those below are digits and those above are 0. */
/*@ ghost
  /@ requires a: \valid_read(a + (0 .. LIMBS-1));
     requires n: 0 <= n < LIMBS;
     requires digits: DigitsBelow(a,n);
     requires zero: ZeroAbove(a,n);
     terminates \true; exits \false; assigns \nothing;
     ensures negative: a[n] < 0 <==> Limbs(a,0) < 0;
     ensures zero: a[n] == 0 && ZeroBelow(a,n) <==> Limbs(a,0) == 0; @/
  void lemma_limbs_sign(const int64_t *a, int n);
*/

/*@ ghost
  /@ requires a: \valid_read(a + (0 .. LIMBS-1));
     requires n: 0 <= n < LIMBS;
     requires digits: DigitsBelow(a,n) && 0 <= a[n] < 4294967296;
     requires zero: ZeroAbove(a,n);
     terminates \true; exits \false; assigns \nothing;
     ensures digits: Digits(a); @/
  void lemma_digits(const int64_t *a, int n);
*/

/* Limbs that are 0 below n are so of -a. */
/*@ ghost
  /@ requires a: \valid_read(a + (0 .. LIMBS-1));
     requires n: 0 <= n <= LIMBS;
     requires zero: ZeroBelow(a,n);
     terminates \true; exits \false; assigns \nothing;
     ensures signed_: Head(a,n,Signed(negative,Limbs(a,n))) == Signed(negative,Limbs(a,0)); @/
  void lemma_head_signed(const int64_t *a, int n, int negative);
*/

/*@ ghost
  /@ requires a: \valid_read(a + (0 .. LIMBS-1));
     requires n: 0 <= n <= LIMBS;
     requires zero: \forall integer i; n <= i < LIMBS ==> a[i] == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures zero: Limbs(a,n) == 0; @/
  void lemma_limbs_zero(const int64_t *a, int n);
*/

/* The two halves of m, each moved by r bits. */
/*@ ghost
  /@ requires r: 0 <= r <= 31;
     requires m: m < 0x2000000000000000;
     terminates \true; exits \false; assigns \nothing;
     ensures low: 0 <= Up(m % 4294967296,r) < 0x8000000000000000;
     ensures high: 0 <= Up(m / 4294967296,r) < 0x1000000000000000;
     ensures both: Up(m % 4294967296,r) + 4294967296*Up(m / 4294967296,r) == Up(m,r); @/
  void lemma_halves(uint64_t m, int r);
*/

/* m 2^s is m 2^r, i limbs up. */
/*@ ghost
  /@ requires s: s == 32*i + r;
     requires i: 0 <= i <= LIMBS && 0 <= r <= 31;
     terminates \true; exits \false; assigns \nothing;
     ensures limbs: Up(Signed(negative,Up(m,r)),32*i) == Signed(negative,Up(m,s)); @/
  void lemma_limbs_up(int negative, uint64_t m, int s, int i, int r);
*/

/* a/k, when the limbs from n on are N = k (h 2^64 + l) + rest. */
/*@ ghost
  /@ requires a: \valid_read(a + (0 .. LIMBS-1));
     requires n: 0 <= n <= LIMBS;
     requires digits: DigitsBelow(a,n);
     requires k: 1 <= k <= ROWS_MAX;
     requires quotient: Limbs(a,n) == k*(h*18446744073709551616 + l) + rest;
     requires rest: 0 <= rest < k;
     requires sticky: sticky == 0 <==> rest == 0 && ZeroBelow(a,n);
     terminates \true; exits \false; assigns \nothing;
     ensures cut: Cut(Limbs(a,0),k,h*18446744073709551616 + l,32*n,sticky); @/
  void lemma_quotient(const int64_t *a, int n, int k, uint64_t h, uint64_t l, uint64_t rest, int sticky);
*/

/* A quotient that does not exceed the largest finite number. */
/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires shift: 0 <= shift <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures number: \forall integer X, g; WithinFormat(X,k,g,shift,sticky);
     ensures result: \forall integer X; X <= k*Value(SPECIAL-1) ==> !Rounded(SPECIAL,X,k); @/
  void lemma_within(int k, int shift, int sticky);
*/

/* A division limb by limb. */
/*@ ghost
  /@ requires first: x == k*h + rest1;
     requires second: rest1*4294967296 + limb1 == k*q + rest2;
     requires third: rest2*4294967296 + limb2 == k*p + rest;
     terminates \true; exits \false; assigns \nothing;
     ensures all: (x*4294967296 + limb1)*4294967296 + limb2 == k*(h*18446744073709551616 + q*4294967296 + p) + rest; @/
  void lemma_long_division(int k, uint64_t x, uint64_t h, uint64_t rest1, int64_t limb1, uint64_t q, uint64_t rest2, int64_t limb2, uint64_t p, uint64_t rest);
*/

/* Below the second power of two the magnitudes are their values. */
/*@ ghost
  /@ requires k: 1 <= k <= ROWS_MAX;
     requires q: 0 <= q < 2*FRACTION;
     requires rest: 0 <= rest < k;
     terminates \true; exits \false; assigns \nothing;
     ensures down: 2*rest < k || (2*rest == k && q % 2 == 0) ==> Rounded(q,k*q + rest,k);
     ensures up: 2*rest > k || (2*rest == k && q % 2 == 1) ==> Rounded(q+1,k*q + rest,k); @/
  void lemma_small(key q, key rest, int k);
*/

#endif
