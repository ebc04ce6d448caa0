/* Rounding a number of which the leading bits are known: see round.h. */
#include "exact/round.h"
#include "exact/shift.h"
#include "lemmas/power.h"
#include "lemmas/round.h"
#include "lemmas/value.h"

/* How many bits of g are below a significand of full length: the search halves its step. */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= 63;
    ensures low: \result > 0 ==> Up(FRACTION,\result) <= g;
    ensures high: g < Up(2*FRACTION,\result); */
KERNEL int excess_bits(uint64_t g)
{
  uint64_t h = g;
  int s = 0;
  //@ ghost lemma_up_exponent(32, 64);
  //@ assert all: g < Up(FRACTION,64);
  /*@ loop invariant c: c == 32 || c == 16 || c == 8 || c == 4 || c == 2 || c == 1 || c == 0;
      loop invariant s: 0 <= s && s + (c > 0 ? 2*c-1 : 0) <= 63;
      loop invariant low: Up(h,s) <= g;
      loop invariant high: g < Up(h+1,s);
      loop invariant full: s > 0 ==> FRACTION <= h;
      loop invariant left: h < Up(FRACTION, c > 0 ? 2*c : 1);
      loop assigns h, s, c; loop variant c; */
  for (int c = 32; c > 0; c /= 2) {
    uint64_t m = shift_right(h, c);
    //@ ghost lemma_shorten(g, h, s, c, m);
    if (m >= FRACTION) {
      h = m;
      s += c;
    }
    //@ assert left: h < Up(FRACTION,c);
    //@ assert half: c == 1 || 2*(c/2) == c;
  }
  //@ ghost lemma_up_mono(s);
  return s;
}

/* RN(N/k) when s bits of g are below the unit 2^e of the result. */
/*@ requires s: 1 <= s <= 63;
    requires e: 0 <= e <= SHIFT_MAX;
    requires high: g < Up(2*FRACTION,s);
    requires low: e > 0 ==> Up(FRACTION,s) <= g;
    requires k: 1 <= k <= ROWS_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= SPECIAL;
    ensures rounded: \forall integer N; Cut(N,k,g,e-s,sticky) ==> Rounded(\result,N,k); */
KERNEL key round_bits(uint64_t g, int s, int e, int sticky) /*@ ghost (int k) */
{
  uint64_t m = shift_right(g, s);
  //@ ghost lemma_cut(g, s, m);
  uint64_t half = shift_left(1, s - 1);
  //@ assert half: half == Up(1,s-1);
  //@ assert m: 0 <= m < 2*FRACTION && (e > 0 ==> FRACTION <= m);
  uint64_t rest = g - shift_left(m, s);
  //@ assert rest: g == Up(m,s) + rest;
  key r = (key)m + (key)e * FRACTION;
  //@ ghost lemma_nearest(r, g, (key)m, rest, half, e, s, sticky, k);
  return rest > half || (rest == half && (sticky || m % 2 == 1)) ? r + 1 : r;
}

KERNEL key round_sticky(uint64_t g, int shift, int sticky, int *good) /*@ ghost (int k) */
{
  int s = excess_bits(g);
  //@ ghost lemma_up_exponent(s, -shift);
  if (s < -shift) s = -shift;
  if (s < 1 || s > 63 || s + shift > SHIFT_MAX) {
    *good = 0;
    return 0;
  }
  return round_bits(g, s, s + shift, sticky) /*@ ghost (k) */;
}

KERNEL key round_short(uint64_t g, int shift, int sticky) /*@ ghost (int k) */
{
  int s = excess_bits(g);
  //@ ghost lemma_in_format(s + shift);
  //@ ghost lemma_up_comp(s, shift);
  //@ ghost lemma_up_mono(shift);
  //@ assert up: Up(FRACTION,s+shift) <= Up(g,shift);
  //@ assert in: InFormat(FRACTION, s+shift);
  return round_bits(g, s, s + shift, sticky) /*@ ghost (k) */;
}

/* All but the leading 57 to 64 bits are cut away, a byte at a time. */
KERNEL key round_long(uint64_t h, uint64_t l, int shift, int sticky) /*@ ghost (int k) */
{
  //@ ghost lemma_in_format(shift);
  /*@ loop invariant h: 1 <= h;
      loop invariant shift: 0 <= shift <= CUT_MAX;
      loop invariant finite: Up(h*18446744073709551616 + l, shift) < Value(SPECIAL);
      loop invariant cut: \forall integer N; \at(Cut(N,k,h*18446744073709551616 + l,shift,sticky),Pre) ==> Cut(N,k,h*18446744073709551616 + l,shift,sticky);
      loop assigns h, l, shift, sticky; loop variant h; */
  while (h >= 256) {
    uint64_t d = l % 256;
    l = h % 256 * 72057594037927936 + l / 256;
    h /= 256;
    //@ assert whole: \at(h*18446744073709551616 + l, LoopCurrent) == 256*(h*18446744073709551616 + l) + d;
    //@ ghost lemma_coarser(shift, sticky, k);
    //@ assert lower: Lower(h*18446744073709551616 + l, d, shift);
    //@ assert coarser: \forall integer N; Coarser(N,k,h*18446744073709551616 + l,d,shift,sticky);
    sticky = d != 0 ? 1 : sticky;
    shift += 8;
    //@ ghost lemma_in_format(shift);
    //@ assert in: InFormat(h*18446744073709551616 + l, shift);
  }
  uint64_t g = h * 72057594037927936 + l / 256, d = l % 256;
  //@ assert whole: h*18446744073709551616 + l == 256*g + d;
  //@ ghost lemma_coarser(shift, sticky, k);
  //@ assert lower: Lower(g, d, shift);
  //@ assert coarser: \forall integer N; Coarser(N,k,g,d,shift,sticky);
  sticky = d != 0 ? 1 : sticky;
  shift += 8;
  //@ ghost lemma_in_format(shift);
  //@ assert in: InFormat(g, shift);
  return round_short(g, shift, sticky) /*@ ghost (k) */;
}
