/* Natural numbers of fixed size: see natural.h. */
#include "exact/natural.h"
#include "exact/shift.h"
#include "lemmas/natural.h"

/* Every change of a digit goes this way. */
/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    requires i: 0 <= i < NATURAL_DIGITS;
    terminates \true; exits \false; assigns a[i];
    ensures digit: a[i] == v;
    ensures value: Num(a) - Up(v,32*i) == \old(Num(a)) - Up(\old(a[i]),32*i);
    ensures others: OtherNumbers{Pre,Post}(a); */
KERNEL void set_digit(uint32_t *a, int i, uint32_t v)
{
  a[i] = v;
  /*@ ghost
    int n = 0;
    /@ loop invariant n: 0 <= n <= NATURAL_DIGITS;
       loop invariant others: OthersBelow{Pre,Here}(a,n);
       loop invariant below: n <= i ==> Low(a,n) == \at(Low(a,\at(n,Here)),Pre);
       loop invariant value: i < n ==> Low(a,n) - Up(v,32*i) == \at(Low(a,\at(n,Here)),Pre) - Up(\at(a[i],Pre),32*i);
       loop assigns n; loop variant NATURAL_DIGITS - n; @/
    for (; n < NATURAL_DIGITS; n++) {
      /@ assert here: \forall uint32_t *b; Low(b,n+1) == Low(b,n) + Up(b[n],32*n); @/
      /@ assert pre: \let q = n; \forall uint32_t *b; \at(Low(b,q+1) == Low(b,q) + Up(b[q],32*q),Pre); @/
      /@ assert same: \let q = n; n != i ==> a[n] == \at(a[q],Pre); @/
      /@ assert above: \let q = n; n > i ==> Low(a,n+1) - Low(a,n) == \at(Low(a,q+1) - Low(a,q),Pre); @/
      /@ assert first: \let q = n; n == i ==> Low(a,n+1) - Up(v,32*i) == \at(Low(a,q+1),Pre) - Up(\at(a[i],Pre),32*i); @/
    }
  */
}

KERNEL void natural_clear(uint32_t *a)
{
  /*@ loop invariant i: 0 <= i <= NATURAL_DIGITS;
      loop invariant zero: \forall integer j; 0 <= j < i ==> a[j] == 0;
      loop invariant others: OtherNumbers{Pre,Here}(a);
      loop assigns i, a[0 .. NATURAL_DIGITS-1]; loop variant NATURAL_DIGITS - i; */
  for (int i = 0; i < NATURAL_DIGITS; i++) set_digit(a, i, 0);
  //@ ghost lemma_low_zero(a, NATURAL_DIGITS);
}

KERNEL void natural_set_infinite(uint32_t *a)
{
  natural_clear(a);
  //@ ghost lemma_weight(0, NATURAL_DIGITS - 1);
  //@ assert zero: \forall integer j; 0 <= j < NATURAL_DIGITS ==> a[j] == 0;
  set_digit(a, NATURAL_DIGITS - 1, 1);
}

KERNEL int natural_is_infinite(const uint32_t *a)
{
  //@ ghost lemma_natural(a);
  return a[NATURAL_DIGITS - 1] != 0;
}

/* a becomes infinity if something is left to carry. */
/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    requires natural: IsNatural(a);
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures none: carry == 0 ==> Num(a) == \old(Num(a));
    ensures some: carry > 0 ==> Num(a) == Infinity;
    ensures natural: IsNatural(a);
    ensures others: OtherNumbers{Pre,Post}(a); */
KERNEL void natural_cap(uint32_t *a, uint64_t carry)
{
  if (carry > 0) natural_set_infinite(a);
}

/* Adds x 2^(32 i) to a finite number, and returns what is left to carry: if anything, it does not fit. */
/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    requires finite: a[NATURAL_DIGITS-1] == 0;
    requires i: 0 <= i && 32*i <= NATURAL_SHIFT;
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures finite: a[NATURAL_DIGITS-1] == 0;
    ensures sum: \result == 0 ==> Num(a) == \old(Num(a)) + Up(x,32*i);
    ensures most: \result > 0 ==> Infinity <= \old(Num(a)) + Up(x,32*i);
    ensures others: OtherNumbers{Pre,Post}(a); */
KERNEL uint64_t carry_digits(uint32_t *a, int i, uint32_t x)
{
  uint64_t carry = x;
  /*@ loop invariant i: \at(i,Pre) <= i && (i <= NATURAL_DIGITS-1 || i == \at(i,Pre));
      loop invariant carry: 0 <= carry <= 4294967295;
      loop invariant sum: Num(a) + Up(carry,32*i) == \at(Num(a),Pre) + Up(x,32*\at(i,Pre));
      loop invariant top: a[NATURAL_DIGITS-1] == 0;
      loop invariant others: OtherNumbers{Pre,Here}(a);
      loop assigns i, carry, a[0 .. NATURAL_DIGITS-1]; loop variant NATURAL_DIGITS - i; */
  while (carry > 0 && i < NATURAL_DIGITS - 1) {
    uint64_t sum = a[i] + carry;
    //@ ghost lemma_carry_digit(a[i], carry, sum, i);
    carry = sum / 4294967296U;
    set_digit(a, i, (uint32_t)(sum % 4294967296U));
    i++;
  }
  //@ ghost lemma_natural(a);
  //@ ghost lemma_weight(carry, i);
  return carry;
}

KERNEL void natural_add_digit(uint32_t *a, int i, uint32_t x)
{
  //@ ghost lemma_natural(a);
  //@ ghost lemma_weight(x, i);
  if (natural_is_infinite(a)) return;
  uint64_t carry = carry_digits(a, i, x);
  //@ ghost lemma_natural(a);
  natural_cap(a, carry);
}

/* a becomes the lesser of a + v 2^(32 i) and infinity, by the two digits of v. */
/*@ requires a: \valid(a + (0 .. NATURAL_DIGITS-1));
    requires natural: IsNatural(a);
    requires i: 0 <= i && 32*(i+1) <= NATURAL_SHIFT;
    terminates \true; exits \false; assigns a[0 .. NATURAL_DIGITS-1];
    ensures sum: Num(a) == Capped(\old(Num(a)) + Up(v % 4294967296,32*i) + Up(v / 4294967296,32*(i+1)));
    ensures natural: IsNatural(a);
    ensures others: OtherNumbers{Pre,Post}(a); */
KERNEL void natural_add_word(uint32_t *a, int i, uint64_t v)
{
  //@ ghost lemma_weight(v % 4294967296U, i);
  //@ ghost lemma_weight(v / 4294967296U, i + 1);
  natural_add_digit(a, i, (uint32_t)(v % 4294967296U));
  natural_add_digit(a, i + 1, (uint32_t)(v / 4294967296U));
}

KERNEL void natural_add_up(uint32_t *a, uint64_t m, int s)
{
  int i = s / 32, r = s % 32;
  //@ ghost lemma_half(m % 4294967296U, r);
  //@ ghost lemma_half(m / 4294967296U, r);
  uint64_t low = shift_left(m % 4294967296U, r), high = shift_left(m / 4294967296U, r);
  //@ ghost lemma_parts(m, s, i, r, low, high);
  //@ ghost lemma_weight(high % 4294967296U, i + 1);
  //@ ghost lemma_weight(high / 4294967296U, i + 2);
  natural_add_word(a, i, low);
  natural_add_word(a, i + 1, high);
}

KERNEL void natural_add(uint32_t *a, const uint32_t *b)
{
  //@ ghost lemma_natural(a);
  //@ ghost lemma_natural(b);
  //@ ghost lemma_weight(0, NATURAL_DIGITS - 1);
  //@ assert digits: Num(b) == Low(b,NATURAL_DIGITS-1) + Up(b[NATURAL_DIGITS-1],32*(NATURAL_DIGITS-1));
  //@ assert top: Num(b) < Infinity ==> Num(b) == Low(b,NATURAL_DIGITS-1);
  natural_cap(a, (uint64_t)natural_is_infinite(b));
  //@ ghost lemma_natural(a);
  /*@ ghost
    int n = 0;
    /@ loop invariant n: 0 <= n <= NATURAL_DIGITS;
       loop invariant same: Low(b,n) == \at(Low(b,\at(n,Here)),Pre);
       loop assigns n; loop variant NATURAL_DIGITS - n; @/
    for (; n < NATURAL_DIGITS; n++) {
      /@ assert here: Low(b,n+1) == Low(b,n) + Up(b[n],32*n); @/
      /@ assert pre: \let q = n; \at(Low(b,q+1) == Low(b,q) + Up(b[q],32*q),Pre); @/
    }
  */
  /*@ loop invariant i: 0 <= i <= NATURAL_DIGITS-1;
      loop invariant sum: Num(a) == (\at(Num(b),Pre) < Infinity ? Capped(\at(Num(a),Pre) + \at(Low(b,\at(i,Here)),Pre)) : Infinity);
      loop invariant natural: IsNatural(a);
      loop invariant same: \forall integer j; 0 <= j < NATURAL_DIGITS ==> b[j] == \at(b[j],Pre);
      loop invariant others: OtherNumbers{Pre,Here}(a);
      loop assigns i, a[0 .. NATURAL_DIGITS-1]; loop variant NATURAL_DIGITS - i; */
  for (int i = 0; i < NATURAL_DIGITS - 1; i++) {
    //@ ghost lemma_weight(b[i], i);
    //@ assert low: \let q = i; \at(Low(b,q+1) == Low(b,q) + Up(b[q],32*q),Pre);
    natural_add_digit(a, i, b[i]);
    //@ assert kept: \forall integer j; 0 <= j < NATURAL_DIGITS ==> b[j] == \at(b[j],LoopCurrent);
  }
}

KERNEL int natural_compare(const uint32_t *a, const uint32_t *b)
{
  int i = NATURAL_DIGITS - 1;
  /*@ loop invariant i: 0 <= i < NATURAL_DIGITS;
      loop invariant rest: Num(a) - Num(b) == Low(a,i+1) - Low(b,i+1);
      loop assigns i; loop variant i; */
  while (i > 0 && a[i] == b[i]) {
    //@ assert a: Low(a,i+1) == Low(a,i) + Up(a[i],32*i);
    //@ assert b: Low(b,i+1) == Low(b,i) + Up(b[i],32*i);
    i--;
  }
  //@ ghost lemma_digit_order(a, b, i);
  return a[i] < b[i] ? -1 : a[i] > b[i];
}
