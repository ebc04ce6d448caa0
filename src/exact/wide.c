/* A wide accumulator: see wide.h. */
#include "exact/wide.h"
#include "exact/round.h"
#include "exact/shift.h"
#include "lemmas/power.h"
#include "lemmas/value.h"
#include "lemmas/wide.h"

KERNEL void wide_clear(int64_t *a)
{
  /*@ loop invariant i: 0 <= i <= LIMBS;
      loop invariant zero: \forall integer j; 0 <= j < i ==> a[j] == 0;
      loop assigns i, a[0 .. LIMBS-1]; loop variant LIMBS - i; */
  for (int i = 0; i < LIMBS; i++) a[i] = 0;
  //@ ghost lemma_limbs_zero(a, 0);
}

/* Every change of a limb goes this way: those below and those above keep their weight. */
/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires i: 0 <= i < LIMBS;
    terminates \true; exits \false; assigns a[i];
    ensures limb: a[i] == v;
    ensures below: \forall integer j, x; j <= i ==> Head(a,j,x) == \old(Head(a,j,x));
    ensures above: \forall integer j; i < j ==> Limbs(a,j) == \old(Limbs(a,j)); */
KERNEL void set_limb(int64_t *a, int i, int64_t v)
{
  a[i] = v;
  /*@ ghost
    int j = 0;
    /@ loop invariant j: 0 <= j <= i;
       loop invariant below: \forall integer q, x; q <= j ==> Head(a,q,x) == \at(Head(a,q,x),Pre);
       loop assigns j; loop variant i - j; @/
    for (; j < i; j++) {
      /@ assert here: \forall integer x; Head(a,j+1,x) == Head(a,j,a[j] + 4294967296*x); @/
      /@ assert pre: \let q = j; \forall integer x; \at(Head(a,q+1,x) == Head(a,q,a[q] + 4294967296*x),Pre); @/
    }
  */
  /*@ ghost
    int h = LIMBS;
    /@ loop invariant h: i < h <= LIMBS;
       loop invariant above: \forall integer q; h <= q ==> Limbs(a,q) == \at(Limbs(a,q),Pre);
       loop assigns h; loop variant h; @/
    for (; h > i + 1; h--) {
      /@ assert here: Limbs(a,h-1) == a[h-1] + 4294967296*Limbs(a,h); @/
      /@ assert pre: \let q = h; \at(Limbs(a,q-1) == a[q-1] + 4294967296*Limbs(a,q),Pre); @/
    }
  */
}
/* A product, not a branch: the processor would guess a sign wrong half of the time. */
/*@ requires negative: 0 <= negative <= 1;
    requires x: 0 <= x < 4294967296;
    terminates \true; exits \false; assigns \nothing;
    ensures signed_: \result == Signed(negative,x); */
KERNEL int64_t signed_digit(int negative, int64_t x)
{
  int64_t sign = 1 - 2 * (int64_t)negative;
  //@ assert sign: negative == 0 ? sign == 1 : sign == -1;
  return sign * x;
}

KERNEL void wide_add_scaled(int64_t *a, int negative, uint64_t m, int s) /*@ ghost (int c) */
{
  int i = s / 32, r = s % 32;
  //@ ghost lemma_halves(m, r);
  uint64_t low = shift_left(m % 4294967296U, r), high = shift_left(m / 4294967296U, r);
  uint64_t t = low / 4294967296U + high;
  int64_t c0 = (int64_t)(low % 4294967296U), c1 = (int64_t)(t % 4294967296U), c2 = (int64_t)(t / 4294967296U);
  //@ assert parts: c0 + 4294967296*(c1 + 4294967296*c2) == Up(m,r);
  //@ ghost lemma_head(a, i);
  set_limb(a, i, a[i] + signed_digit(negative, c0));
  set_limb(a, i + 1, a[i + 1] + signed_digit(negative, c1));
  set_limb(a, i + 2, a[i + 2] + signed_digit(negative, c2));
  //@ ghost lemma_head(a, i);
  //@ ghost lemma_head_sum(a, i);
  //@ ghost lemma_limbs_up(negative, m, s, i, r);
  //@ assert here: Limbs(a,i) == a[i] + 4294967296*(a[i+1] + 4294967296*(a[i+2] + 4294967296*Limbs(a,i+3)));
  //@ assert pre: \let q = i; \at(Limbs(a,q) == a[q] + 4294967296*(a[q+1] + 4294967296*(a[q+2] + 4294967296*Limbs(a,q+3))),Pre);
  //@ assert rest: \let q = i; Limbs(a,i+3) == \at(Limbs(a,q+3),Pre);
  //@ assert sum: \let q = i; Limbs(a,i) == \at(Limbs(a,q),Pre) + Signed(negative,Up(m,r));
  //@ assert head: \let q = i; HeadSum(a,i,\at(Limbs(a,q),Pre),Signed(negative,Up(m,r)),Limbs(a,i));
  //@ assert same: \let q = i; Head(a,i,\at(Limbs(a,q),Pre)) == \at(Limbs(a,0),Pre);
}

/* Adds the value of the magnitude r, or subtracts it. */
/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires negative: 0 <= negative <= 1;
    requires r: 0 <= r < SPECIAL;
    requires c: 0 <= c < 0x2000000;
    requires bounded: Bounded(a,c);
    terminates \true; exits \false; assigns a[0 .. LIMBS-1];
    ensures sum: Limbs(a,0) == \old(Limbs(a,0)) + Signed(negative,Value(r));
    ensures bounded: Bounded(a,c+1); */
KERNEL void wide_add_magnitude(int64_t *a, int negative, key r) /*@ ghost (int c) */
{
  int s = r < FRACTION ? 0 : (int)(r / FRACTION - 1);
  key m = r - s * (key)FRACTION;
  //@ assert s: s == Shift(r) && 0 <= s <= SHIFT_MAX;
  //@ assert m: m == Significand(r) && 0 <= m < 2*FRACTION;
  wide_add_scaled(a, negative, (uint64_t)m, s) /*@ ghost (c) */;
}

KERNEL void wide_add(int64_t *a, key k) /*@ ghost (int c) */
{
  wide_add_magnitude(a, k < 0, k < 0 ? -1 - k : k) /*@ ghost (c) */;
}

KERNEL void wide_subtract(int64_t *a, key k) /*@ ghost (int c) */
{
  wide_add_magnitude(a, k >= 0, k < 0 ? -1 - k : k) /*@ ghost (c) */;
}

/* Sets limb i to the last digit of u, and returns the others. */
/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires i: 0 <= i < LIMBS;
    terminates \true; exits \false; assigns a[i];
    ensures digit: 0 <= a[i] < 4294967296;
    ensures parts: a[i] + 4294967296*\result == u;
    ensures value: \forall integer x, y; Carried{Old,Post}(a,i,u,\result,x,y);
    ensures above: \forall integer j; i < j ==> Limbs(a,j) == \old(Limbs(a,j)); */
KERNEL uint64_t carry_limb(int64_t *a, int i, uint64_t u)
{
  set_limb(a, i, (int64_t)(u % 4294967296U));
  //@ assert head: \forall integer z; Head(a,i+1,z) == Head(a,i,a[i] + 4294967296*z);
  return u / 4294967296U;
}

/* The greatest limb that is not 0, but at least 3: there are four limbs from it downwards. */
/*@ requires a: \valid_read(a + (0 .. LIMBS-1));
    terminates \true; exits \false; assigns \nothing;
    ensures range: 3 <= \result < LIMBS;
    ensures top: \result > 3 ==> a[\result] != 0;
    ensures zero: \forall integer j; \result < j < LIMBS ==> a[j] == 0; */
KERNEL int top_limb(const int64_t *a)
{
  int i = LIMBS - 1;
  /*@ loop invariant i: 3 <= i < LIMBS;
      loop invariant zero: \forall integer j; i < j < LIMBS ==> a[j] == 0;
      loop assigns i; loop variant i; */
  while (i > 3 && a[i] == 0) i--;
  return i;
}

/* How many limbs from the lowest on are 0, at most n. */
/*@ requires a: \valid_read(a + (0 .. LIMBS-1));
    requires n: 0 <= n <= LIMBS;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= n;
    ensures zero: ZeroBelow(a,\result);
    ensures some: \result < n ==> a[\result] != 0; */
KERNEL int zero_limbs(const int64_t *a, int n)
{
  int i = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant zero: ZeroBelow(a,i);
      loop assigns i; loop variant n - i; */
  while (i < n && a[i] == 0) i++;
  return i;
}

enum { LIMB_BIAS = 268435456 };   /* carries are stored with this added, so that they are never negative */

/* Turns the limbs lo .. hi-1 of a, or of -a, into digits; what they carry stays in limb hi. Returns 0 when the digits are all 0. */
/*@ requires a: \valid(a + (0 .. LIMBS-1));
    requires range: 0 <= lo <= hi < LIMBS;
    requires below: ZeroBelow(a,lo);
    requires above: ZeroAbove(a,hi);
    requires bounds: \forall integer i; lo <= i < hi ==> -0x400000000000000 <= a[i] <= 0x400000000000000;
    requires top: -0x400000000000000 <= a[hi] <= 0x400000000000000;
    terminates \true; exits \false; assigns a[lo .. hi];
    ensures value: Limbs(a,0) == Signed(negative,\old(Limbs(a,0)));
    ensures digits: DigitsBelow(a,hi);
    ensures top: -LIMB_BIAS <= a[hi] - Signed(negative,\old(a[hi])) <= LIMB_BIAS;
    ensures zero: \result == 0 <==> ZeroBelow(a,hi); */
KERNEL uint64_t carry_limbs(int64_t *a, int lo, int hi, int negative)
{
  uint64_t carry = LIMB_BIAS, any = 0;
  //@ ghost lemma_head_signed(a, lo, negative);
  /*@ loop invariant i: lo <= i <= hi;
      loop invariant carry: 0 <= carry <= 2*LIMB_BIAS;
      loop invariant any: 0 <= any <= 4294967296*i;
      loop invariant value: Head(a,i,carry + (Signed(negative,Limbs(a,i)) - LIMB_BIAS)) == Signed(negative,\at(Limbs(a,0),Pre));
      loop invariant digits: DigitsBelow(a,i);
      loop invariant zero: any == 0 <==> ZeroBelow(a,i);
      loop invariant same: \forall integer j; i <= j < LIMBS ==> a[j] == \at(a[j],Pre);
      loop assigns i, carry, any, a[lo .. hi]; loop variant hi - i; */
  for (int i = lo; i < hi; i++) {
    int64_t x = negative ? -a[i] : a[i];
    uint64_t u = (uint64_t)(x + (0x1000000000000000 - LIMB_BIAS)) + carry;
    //@ assert u: u == x + 0x1000000000000000 - LIMB_BIAS + carry;
    //@ assert limb: Limbs(a,i) == a[i] + 4294967296*Limbs(a,i+1);
    //@ assert step: carry + (Signed(negative,Limbs(a,i)) - LIMB_BIAS) == u + 4294967296*(Signed(negative,Limbs(a,i+1)) - LIMB_BIAS);
    carry = carry_limb(a, i, u);
    //@ assert next: \let q = i; Limbs(a,i+1) == \at(Limbs(a,q+1),LoopCurrent);
    /*@ assert carried: \let q = i; Carried{LoopCurrent,Here}(a,i,u,carry,\at(carry + (Signed(negative,Limbs(a,q)) - LIMB_BIAS),LoopCurrent),
                                                             Signed(negative,Limbs(a,i+1)) - LIMB_BIAS); */
    any += (uint64_t)a[i];
  }
  //@ ghost lemma_limbs_zero(a, hi + 1);
  //@ assert top: Limbs(a,hi) == a[hi];
  set_limb(a, hi, (negative ? -a[hi] : a[hi]) + ((int64_t)carry - LIMB_BIAS));
  //@ assert last: Limbs(a,hi) == a[hi];
  //@ ghost lemma_head(a, hi);
  return any;
}

/* Only the limbs between the lowest and the greatest that are not 0 are worked on. */
KERNEL int wide_absolute(int64_t *a) /*@ ghost (int c) */
{
  int hi = top_limb(a) + 1, lo = zero_limbs(a, hi);
  //@ assert hi: hi < LIMBS && a[hi] == 0;
  uint64_t any = carry_limbs(a, lo, hi, 0);
  //@ ghost lemma_limbs_sign(a, hi);
  //@ assert above: ZeroAbove(a,hi);
  //@ assert top: -LIMB_BIAS <= a[hi] <= LIMB_BIAS;
  //@ assert same: Limbs(a,0) == \at(Limbs(a,0),Pre);
  if (a[hi] >= 0) {
    //@ ghost lemma_digits(a, hi);
    int some = any != 0 || a[hi] != 0;
    //@ assert some: some == 0 <==> Limbs(a,0) == 0;
    return some;
  }
  //@ assert bounds: \forall integer i; lo <= i < hi ==> 0 <= a[i] < 4294967296;
  carry_limbs(a, lo, hi, 1);
  //@ ghost lemma_limbs_sign(a, hi);
  //@ assert above: ZeroAbove(a,hi);
  //@ assert minus: Limbs(a,0) == -\at(Limbs(a,0),Pre);
  //@ assert top: 0 <= a[hi] <= 2*LIMB_BIAS;
  //@ ghost lemma_digits(a, hi);
  return -1;
}

/* RN(q + rest/k) of a quotient that has no more bits than a significand. */
/*@ requires q: q < 2*FRACTION;
    requires k: 1 <= k <= ROWS_MAX;
    requires rest: rest < k;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= 2*FRACTION;
    ensures rounded: Rounded(\result,k*q + rest,k); */
KERNEL key nearest(uint64_t q, uint64_t rest, int k)
{
  key r = (key)q;
  //@ ghost lemma_small(r, (key)rest, k);
  //@ assert r: r == q;
  //@ assert rest: (key)rest == rest;
  return 2 * rest > (uint64_t)k || (2 * rest == (uint64_t)k && r % 2 == 1) ? r + 1 : r;
}

/* One more limb of a division by k: the next digit of the quotient, and what rests. */
/*@ requires k: 1 <= k <= ROWS_MAX;
    requires limb: 0 <= limb < 4294967296;
    requires rest: \valid(rest) && *rest < k;
    terminates \true; exits \false; assigns *rest;
    ensures digit: 0 <= \result < 4294967296;
    ensures rest: *rest < k;
    ensures quotient: k*\result + *rest == \old(*rest)*4294967296 + limb; */
KERNEL uint64_t divide_limb(uint64_t *rest, int64_t limb, int k)
{
  uint64_t x = *rest * 4294967296U + (uint64_t)limb, q = x / (uint64_t)k;
  //@ ghost lemma_scaled(k);
  //@ assert x: x == \at(*rest,Pre)*4294967296 + limb && x < k*4294967296;
  //@ assert q: k*q <= x && Scaled(k,4294967296,q);
  *rest = x % (uint64_t)k;
  return q;
}

/* RN(a/k), when the limbs from n on are k (h 2^64 + l) + rest. */
/*@ requires a: \valid_read(a + (0 .. LIMBS-1));
    requires digits: Digits(a);
    requires n: 0 <= n < LIMBS && (n > 0 ==> h > 0);
    requires k: 1 <= k <= ROWS_MAX;
    requires quotient: Limbs(a,n) == k*(h*18446744073709551616 + l) + rest;
    requires rest: rest < k;
    requires finite: Limbs(a,0) <= k*Value(SPECIAL-1);
    terminates \true; exits \false; assigns \nothing;
    ensures finite: 0 <= \result < SPECIAL;
    ensures rounded: Rounded(\result,Limbs(a,0),k); */
KERNEL key round_limbs(const int64_t *a, int n, uint64_t h, uint64_t l, uint64_t rest, int k)
{
  int sticky = rest != 0 || zero_limbs(a, n) < n;
  //@ ghost lemma_quotient(a, n, k, h, l, rest, sticky);
  //@ ghost lemma_within(k, 32 * n, sticky);
  //@ assert within: WithinFormat(Limbs(a,0),k,h*18446744073709551616 + l,32*n,sticky);
  key r;
  if (h > 0) {
    r = round_long(h, l, 32 * n, sticky) /*@ ghost (k) */;
    //@ assert long_: Rounded(r,Limbs(a,0),k);
  } else if (l >= 2 * (uint64_t)FRACTION) {
    //@ assert n: n == 0 && h == 0;
    //@ assert cut: Cut(Limbs(a,0),k,l,0,sticky);
    r = round_short(l, 0, sticky) /*@ ghost (k) */;
    //@ assert short_: Rounded(r,Limbs(a,0),k);
  } else {
    r = nearest(l, rest, k);
    //@ assert least: Rounded(r,Limbs(a,0),k);
  }
  return r;
}

KERNEL key wide_quotient(const int64_t *a, int k)
{
  int i = top_limb(a);
  uint64_t x = (uint64_t)a[i] * 4294967296U + (uint64_t)a[i - 1], h = x / (uint64_t)k, rest = x % (uint64_t)k;
  //@ assert x: x == a[i]*4294967296 + a[i-1];
  //@ assert first: x == k*h + rest && rest < k;
  //@ assert least: i > 3 ==> 4294967296 <= x;
  //@ assert some: h == 0 ==> x < k;
  //@ ghost uint64_t rest1 = rest;
  uint64_t q = divide_limb(&rest, a[i - 2], k);
  //@ ghost uint64_t rest2 = rest;
  uint64_t p = divide_limb(&rest, a[i - 3], k), l = q * 4294967296U + p;
  //@ ghost lemma_long_division(k, x, h, rest1, a[i-2], q, rest2, a[i-3], p, rest);
  //@ assert l: l == q*4294967296 + p;
  //@ ghost lemma_limbs_zero(a, i + 1);
  //@ assert limbs: Limbs(a,i-3) == a[i-3] + 4294967296*(a[i-2] + 4294967296*(a[i-1] + 4294967296*a[i]));
  //@ assert quotient: Limbs(a,i-3) == k*(h*18446744073709551616 + l) + rest;
  return round_limbs(a, i - 3, h, l, rest, k);
}
