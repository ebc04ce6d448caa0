/* Lemma functions about the digits of a natural number. */
#ifndef LEMMAS_NATURAL_H
#define LEMMAS_NATURAL_H

#include "exact/natural.h"

/*@ predicate LowRange{L}(uint32_t *a, integer n) = 0 <= Low(a,n) < Up(1,32*n);
  @
  @ // as OtherNumbers, of the n lowest digits
  @ predicate OthersBelow{A,B}(uint32_t *a, integer n) =
  @   \forall uint32_t *b; \separated(b + (0 .. NATURAL_DIGITS-1),a + (0 .. NATURAL_DIGITS-1)) ==> Low{B}(b,n) == Low{A}(b,n);
  @*/

/* The n lowest digits are worth less than one of the next. */
/*@ ghost
  /@ requires a: \valid_read(a + (0 .. NATURAL_DIGITS-1));
     requires n: 0 <= n <= NATURAL_DIGITS;
     terminates \true; exits \false; assigns \nothing;
     ensures range: LowRange(a,n); @/
  void lemma_low_range(const uint32_t *a, int n);
*/

/*@ ghost
  /@ requires a: \valid_read(a + (0 .. NATURAL_DIGITS-1));
     requires n: 0 <= n <= NATURAL_DIGITS;
     requires zero: \forall integer i; 0 <= i < n ==> a[i] == 0;
     terminates \true; exits \false; assigns \nothing;
     ensures zero: Low(a,n) == 0; @/
  void lemma_low_zero(const uint32_t *a, int n);
*/

/* What the digit on top says. */
/*@ ghost
  /@ requires a: \valid_read(a + (0 .. NATURAL_DIGITS-1));
     requires natural: IsNatural(a);
     terminates \true; exits \false; assigns \nothing;
     ensures finite: a[NATURAL_DIGITS-1] == 0 <==> Num(a) < Infinity;
     ensures infinite: a[NATURAL_DIGITS-1] == 1 <==> Num(a) == Infinity;
     ensures range: 0 <= Num(a) <= Infinity; @/
  void lemma_natural(const uint32_t *a);
*/

/* The highest digit in which two numbers differ orders them. */
/*@ ghost
  /@ requires a: \valid_read(a + (0 .. NATURAL_DIGITS-1)) && \valid_read(b + (0 .. NATURAL_DIGITS-1));
     requires i: 0 <= i < NATURAL_DIGITS;
     terminates \true; exits \false; assigns \nothing;
     ensures less: a[i] < b[i] ==> Low(a,i+1) < Low(b,i+1);
     ensures greater: b[i] < a[i] ==> Low(b,i+1) < Low(a,i+1);
     ensures equal: a[i] == b[i] && i == 0 ==> Low(a,i+1) == Low(b,i+1); @/
  void lemma_digit_order(const uint32_t *a, const uint32_t *b, int i);
*/

/* x 2^(32 i) is not negative, and from the digit on top on no less than infinity. */
/*@ ghost
  /@ requires i: 0 <= i && 32*i <= NATURAL_SHIFT;
     terminates \true; exits \false; assigns \nothing;
     ensures positive: 0 <= Up(x,32*i);
     ensures zero: x == 0 ==> Up(x,32*i) == 0;
     ensures infinite: NATURAL_DIGITS-1 <= i && 0 < x ==> Infinity <= Up(x,32*i); @/
  void lemma_weight(uint64_t x, int i);
*/

/* A digit and a carry give a digit and a carry. */
/*@ ghost
  /@ requires i: 0 <= i && 32*i <= NATURAL_SHIFT;
     requires u: u == d + carry;
     terminates \true; exits \false; assigns \nothing;
     ensures carried: Up(u % 4294967296,32*i) + Up(u / 4294967296,32*(i+1)) == Up(d,32*i) + Up(carry,32*i); @/
  void lemma_carry_digit(uint32_t d, uint64_t carry, uint64_t u, int i);
*/

/* Half of a number of 64 bits, moved within its word. */
/*@ ghost
  /@ requires r: 0 <= r <= 31;
     requires x: x < 4294967296;
     terminates \true; exits \false; assigns \nothing;
     ensures up: 0 <= Up(x,r) <= 0xffffffffffffffff; @/
  void lemma_half(uint64_t x, int r);
*/

/* The digits of m 2^s. */
/*@ ghost
  /@ requires s: s == 32*i + r && 0 <= i && 0 <= r <= 31 && s <= NATURAL_SHIFT - 64;
     requires low: low == Up(m % 4294967296,r);
     requires high: high == Up(m / 4294967296,r);
     terminates \true; exits \false; assigns \nothing;
     ensures parts: Up(low % 4294967296,32*i) + Up(low / 4294967296,32*(i+1))
       + Up(high % 4294967296,32*(i+1)) + Up(high / 4294967296,32*(i+2)) == Up(m,s); @/
  void lemma_parts(uint64_t m, int s, int i, int r, uint64_t low, uint64_t high);
*/

#endif
