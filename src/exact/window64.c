/* The window in two machine words, for binary64: see window.h.
 *
 * A sum is high 2^32 + low units, and no carry passes between the words while terms are added: each has room for WINDOW_ROWS of them.
 * Where nothing was cut off the sum is exact, and one division gives the leading bits of the quotient. Else both ends of the interval in which
 * the sum lies are divided, and the lane is decided when they round alike: then so does everything between.
 */
#include "exact/window.h"
#include "exact/between.h"
#include "exact/round.h"
#include "exact/shift.h"
#include "lemmas/power.h"
#include "lemmas/window.h"
#include "lemmas/window64.h"

/*@ requires k: IsKey(k);
    terminates \true; exits \false; assigns \nothing;
    ensures significand: \result == Significand(Magnitude(k));
    ensures small: \result < 2*FRACTION; */
KERNEL uint64_t significand(key k)
{
  key r = k < 0 ? -1 - k : k;
  key shift = r < FRACTION ? 0 : r / FRACTION - 1;
  return (uint64_t)(r - shift * FRACTION);
}

/* How far a key lies below the window's place. */
/*@ requires k: IsKey(k);
    requires exponent: Shift(Magnitude(k)) <= exponent <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns \nothing;
    ensures depth: \result == exponent - Shift(Magnitude(k));
    ensures range: 0 <= \result <= exponent; */
KERNEL int64_t depth(key k, int64_t exponent)
{
  key r = k < 0 ? -1 - k : k;
  key shift = r < FRACTION ? 0 : r / FRACTION - 1;
  return exponent - shift;
}

/* The high word of m 2^(32 - d). */
/*@ requires m: m < 2*FRACTION;
    requires d: 0 <= d <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns \nothing;
    ensures floor: IsFloor(\result,m,d);
    ensures small: \result < TERM_MAX; */
KERNEL uint64_t cut_high(uint64_t m, int64_t d)
{
  int64_t c = d < 63 ? d : 63;
  uint64_t h = shift_right(m, c);
  //@ ghost lemma_cut_floor(m, (int)c, (int)d, h);
  return h;
}

/* What the high word leaves of m. */
/*@ requires m: m < 2*FRACTION;
    requires d: 0 <= d <= SHIFT_MAX + 1;
    requires floor: IsFloor(h,m,d);
    terminates \true; exits \false; assigns \nothing;
    ensures rest: \result == m - Up(h,d);
    ensures small: \result < TERM_MAX && BelowUp(\result,d); */
KERNEL uint64_t left_over(uint64_t m, int64_t d, uint64_t h)
{
  int64_t c = d < 63 ? d : 63;
  //@ ghost lemma_high(m, (int)c, (int)d, h);
  return m - shift_left(h, c);
}

/* rest 2^(32 - d), cut to an integer. */
/*@ requires d: 0 <= d <= SHIFT_MAX + 1;
    requires rest: rest < TERM_MAX && BelowUp(rest,d);
    terminates \true; exits \false; assigns \nothing;
    ensures floor: IsFloor(\result,rest*WINDOW_UNIT,d);
    ensures small: \result < TERM_MAX; */
KERNEL uint64_t cut_low(uint64_t rest, int64_t d)
{
  int64_t b = d < WINDOW ? d : WINDOW, c = d - b < 63 ? d - b : 63;
  //@ ghost lemma_rest(rest, (int)b, (int)d);
  uint64_t x = shift_left(rest, WINDOW - b), l = shift_right(x, c);
  //@ ghost lemma_cut_floor(x, (int)c, (int)(d - b), l);
  //@ ghost lemma_low(rest, x, (int)b, (int)d, l);
  return l;
}

/*@ requires q: q < TERM_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures sign: \result == (k < 0 ? -q : q); */
KERNEL int64_t with_sign(key k, uint64_t q)
{
  return k < 0 ? -(int64_t)q : (int64_t)q;
}

/* Adds one row, cut to the window, to the sums; cut[l] becomes the furthest that a term was cut. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires exponents: \valid_read(exponent + (0 .. LANES-1));
    requires sums: \valid(high + (0 .. LANES-1)) && \valid(low + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires apart: \separated(high + (0 .. LANES-1), low + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1), keys + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires exponent: \forall integer l; 0 <= l < LANES ==> Shift(Magnitude(keys[l])) <= exponent[l] <= SHIFT_MAX + 1;
    requires terms: 0 <= terms <= WINDOW_ROWS;
    requires room: \forall integer l; 0 <= l < LANES ==> -WINDOW_ROWS*TERM_MAX <= high[l] <= WINDOW_ROWS*TERM_MAX;
    requires room_low: \forall integer l; 0 <= l < LANES ==> -WINDOW_ROWS*TERM_MAX <= low[l] <= WINDOW_ROWS*TERM_MAX;
    terminates \true; exits \false; assigns high[0 .. LANES-1], low[0 .. LANES-1], cut[0 .. LANES-1];
    ensures small: \forall integer l; 0 <= l < LANES ==> -TERM_MAX < high[l] - \old(high[l]) < TERM_MAX;
    ensures small_low: \forall integer l; 0 <= l < LANES ==> -TERM_MAX < low[l] - \old(low[l]) < TERM_MAX;
    ensures step: \forall integer l; 0 <= l < LANES ==>
      SteppedPair(keys[l],exponent[l],\old(high[l]),\old(low[l]),\old(cut[l]),high[l],low[l],cut[l],terms); */
KERNEL void window_add(const key *restrict keys, const int32_t *restrict exponent, int64_t *restrict high, int64_t *restrict low,
                       int32_t *restrict cut) /*@ ghost (int terms) */
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant small: \forall integer j; 0 <= j < l ==> -TERM_MAX < high[j] - \at(high[j],Pre) < TERM_MAX;
      loop invariant small_low: \forall integer j; 0 <= j < l ==> -TERM_MAX < low[j] - \at(low[j],Pre) < TERM_MAX;
      loop invariant step: \forall integer j; 0 <= j < l ==>
        SteppedPair(keys[j],exponent[j],\at(high[j],Pre),\at(low[j],Pre),\at(cut[j],Pre),high[j],low[j],cut[j],terms);
      loop invariant rest: \forall integer j; l <= j < LANES ==> high[j] == \at(high[j],Pre) && low[j] == \at(low[j],Pre) && cut[j] == \at(cut[j],Pre);
      loop assigns l, high[0 .. LANES-1], low[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key k = keys[l];
    int64_t d = depth(k, exponent[l]);
    uint64_t m = significand(k), h = cut_high(m, d), rest = left_over(m, d, h), q = cut_low(rest, d);
    //@ ghost lemma_term(k, exponent[l], m, (int)d, h, rest, q);
    int64_t dh = with_sign(k, h), dl = with_sign(k, q);
    int32_t bits = m == 0 ? 0 : (int32_t)d;
    int32_t most = bits > cut[l] ? bits : cut[l];
    //@ ghost lemma_added(k, exponent[l], h, q, dh, dl, high[l], low[l], cut[l], most, terms);
    /*@ assert here: SteppedPair(keys[l],exponent[l],\at(high[\at(l,Here)],Pre),\at(low[\at(l,Here)],Pre),\at(cut[\at(l,Here)],Pre),
          high[l]+dh,low[l]+dl,most,terms); */
    int64_t nh = high[l] + dh, nl = low[l] + dl;
    high[l] = nh;
    low[l] = nl;
    cut[l] = most;
    //@ assert values: high[l] == nh && low[l] == nl && cut[l] == most && keys[l] == k && exponent[l] == \at(exponent[\at(l,Here)],LoopCurrent);
    //@ assert nearly: SteppedPair(k,exponent[l],\at(high[\at(l,Here)],Pre),\at(low[\at(l,Here)],Pre),\at(cut[\at(l,Here)],Pre),nh,nl,most,terms);
    /*@ assert stored: SteppedPair(keys[l],exponent[l],\at(high[\at(l,Here)],Pre),\at(low[\at(l,Here)],Pre),\at(cut[\at(l,Here)],Pre),
          high[l],low[l],cut[l],terms); */
    /*@ assert kept: \forall integer j; 0 <= j < l ==> high[j] == \at(high[j],LoopCurrent) && low[j] == \at(low[j],LoopCurrent)
          && cut[j] == \at(cut[j],LoopCurrent) && keys[j] == \at(keys[j],LoopCurrent) && exponent[j] == \at(exponent[j],LoopCurrent); */
  }
}

/* The carry of a low word. */
/*@ requires x: -0x4000000000000000 <= x <= 0x4000000000000000;
    terminates \true; exits \false; assigns \nothing;
    ensures floor: \result*WINDOW_UNIT <= x < (\result+1)*WINDOW_UNIT;
    ensures small: -0x40000000 <= \result <= 0x40000000; */
KERNEL int64_t carry(int64_t x)
{
  return x < 0 ? -1 - (-1 - x) / WINDOW_UNIT : x / WINDOW_UNIT;
}

/* The quotient of high 2^32 + low units by k, of which the leading bits are g 2^c. */
/*@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
    requires c: 0 <= c <= WINDOW;
    requires leading: Leading(Pair(high,low),k,g,c,sticky);
    requires terms: 1 <= k <= WINDOW_ROWS;
    requires good: \valid(good);
    terminates \true; exits \false; assigns *good;
    ensures good: *good == \old(*good) || *good == 0;
    ensures range: *good != 0 ==> 0 <= \result <= SPECIAL;
    ensures nearest: *good != 0 ==> Nearest(\result,Pair(high,low),exponent,k); */
KERNEL key leading_quotient(uint64_t g, int c, int sticky, int exponent, int *good) /*@ ghost (int k, uint64_t high, uint64_t low) */
{
  //@ ghost lemma_leading(g, c, exponent, sticky, k);
  //@ assert cut: \forall integer V; Units(Pair(high,low),exponent,V) ==> Cut(V,k,g,exponent-WINDOW+c,sticky);
  return round_sticky(g, exponent - WINDOW + c, sticky, good) /*@ ghost (k) */;
}

/* The quotient of high 2^32 + low units: rounded from its leading bits. */
/*@ requires high: high <= 0x7fffffffffffffff;
    requires low: low < WINDOW_UNIT;
    requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
    requires terms: 1 <= k <= WINDOW_ROWS;
    requires good: \valid(good);
    terminates \true; exits \false; assigns *good;
    ensures good: *good == \old(*good) || *good == 0;
    ensures range: *good != 0 ==> 0 <= \result <= SPECIAL;
    ensures nearest: *good != 0 ==> Nearest(\result,Pair(high,low),exponent,k); */
KERNEL key pair_quotient(uint64_t high, uint64_t low, int exponent, int k, int *good)
{
  uint64_t divisor = (uint64_t)k;
  uint64_t hq = high / divisor, hr = high % divisor, rest = hr * WINDOW_UNIT + low, lq = rest / divisor, lr = rest % divisor;
  //@ assert small: lq < WINDOW_UNIT;
  //@ ghost lemma_division(k, high, low, hq, hr, lq, lr);
  if (hq < WINDOW_UNIT) {
    uint64_t whole = hq * WINDOW_UNIT + lq;
    //@ assert whole: whole == Pair(hq,lq);
    int more = lr != 0 ? 1 : 0;
    //@ ghost lemma_whole_quotient(k, whole, (int64_t)lr, more);
    //@ assert leading: Leading(Pair(high,low),k,whole,0,more);
    return leading_quotient(whole, 0, more, exponent, good) /*@ ghost (k, high, low) */;
  }
  if (hq >= 0x40000000000000) {
    *good = 0;
    return 0;
  }
  uint64_t g = hq * 1024 + lq / 4194304, dropped = lq % 4194304;
  int sticky = lr != 0 || dropped != 0 ? 1 : 0;
  //@ assert g: g == hq*1024 + lq/4194304;
  //@ assert pair: Pair(hq,lq) == g*4194304 + dropped;
  //@ ghost lemma_dropped(k, g, (int64_t)dropped, (int64_t)lr, sticky);
  //@ assert leading: Leading(Pair(high,low),k,g,22,sticky);
  return leading_quotient(g, 22, sticky, exponent, good) /*@ ghost (k, high, low) */;
}

/* The same of a low word out of its range by less than a carry. */
/*@ requires high: 0 <= high <= 0x5000000000000000;
    requires low: -WINDOW_ROWS <= low <= WINDOW_UNIT + WINDOW_ROWS;
    requires positive: 0 <= Pair(high,low);
    requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
    requires terms: 1 <= k <= WINDOW_ROWS;
    requires good: \valid(good);
    terminates \true; exits \false; assigns *good;
    ensures good: *good == \old(*good) || *good == 0;
    ensures range: *good != 0 ==> 0 <= \result <= SPECIAL;
    ensures nearest: *good != 0 ==> Nearest(\result,Pair(high,low),exponent,k); */
KERNEL key end_quotient(int64_t high, int64_t low, int exponent, int k, int *good)
{
  int64_t c = carry(low);
  //@ assert pair: Pair(high+c,low-c*WINDOW_UNIT) == Pair(high,low);
  return pair_quotient((uint64_t)(high + c), (uint64_t)(low - c * WINDOW_UNIT), exponent, k, good);
}

/* The magnitude to which everything within t units of high 2^32 + low is rounded. */
/*@ requires high: 0 <= high <= 0x4ffffffffffffff0;
    requires low: 0 <= low < WINDOW_UNIT;
    requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
    requires t: 0 <= t <= WINDOW_ROWS && t <= Pair(high,low);
    requires terms: 1 <= k <= WINDOW_ROWS;
    requires good: \valid(good);
    terminates \true; exits \false; assigns *good;
    ensures range: *good != 0 ==> 0 <= \result < SPECIAL;
    ensures decided: *good != 0 ==> DecidedPair(\result,Pair(high,low),exponent,t,k); */
KERNEL key magnitude_quotient(int64_t high, int64_t low, int exponent, int64_t t, int k, int *good)
{
  *good = 1;
  if (t == 0) {
    key exact = pair_quotient((uint64_t)high, (uint64_t)low, exponent, k, good);
    //@ ghost lemma_exact(exponent, k);
    //@ assert exact: *good != 0 ==> DecidedPair(exact,Pair(high,low),exponent,0,k);
    if (exact >= SPECIAL) *good = 0;
    return exact;
  }
  if (exponent < WINDOW) {
    *good = 0;
    return 0;
  }
  key r = end_quotient(high, low - t, exponent, k, good);
  //@ assert least: *good != 0 ==> Nearest(r,Pair(high,low)-t,exponent,k);
  key s = end_quotient(high, low + t, exponent, k, good);
  //@ assert most: *good != 0 ==> Nearest(s,Pair(high,low)+t,exponent,k);
  //@ ghost lemma_ends(exponent, k);
  if (r != s || r >= SPECIAL) *good = 0;
  return r;
}

/* RN(V / k) for the exact sum V of the terms, within t units of high 2^32 + low, when the window decides it; returns whether it does. */
/*@ requires terms: 1 <= k <= WINDOW_ROWS;
    requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
    requires small: -WINDOW_ROWS*TERM_MAX <= high <= WINDOW_ROWS*TERM_MAX;
    requires small_low: -WINDOW_ROWS*TERM_MAX <= low <= WINDOW_ROWS*TERM_MAX;
    requires t: 0 <= t <= WINDOW_ROWS;
    requires out: \valid(out);
    terminates \true; exits \false; assigns *out;
    ensures quotient: \result != 0 ==> \forall integer V; Within(V,Pair(high,low),exponent,t) ==> IsQuotient(*out,V,k); */
KERNEL int window_quotient(int64_t high, int64_t low, int exponent, int64_t t, int k, key *out)
{
  int64_t c = carry(low);
  int64_t h = high + c, l = low - c * WINDOW_UNIT;
  //@ assert sum: Pair(h,l) == Pair(high,low);
  int64_t ah = h >= 0 ? h : l == 0 ? -h : -1 - h, al = h >= 0 || l == 0 ? l : WINDOW_UNIT - l;
  //@ assert magnitude: Pair(ah,al) == Abs(Pair(high,low));
  //@ ghost lemma_sign((int)t, exponent);
  //@ ghost lemma_within_negate(exponent);
  //@ ghost lemma_zero_quotient(k);
  *out = 0;
  if (ah == 0 && al <= t) return t == 0 ? 1 : 0;
  int good;
  key r = magnitude_quotient(ah, al, exponent, t, k, &good);
  key z = h < 0 ? -1 - r : r;
  //@ assert plus: good != 0 && 0 <= h ==> \forall integer V; Within(V,Pair(high,low),exponent,t) ==> 0 < V && Rounded(r,V,k);
  //@ assert minus: good != 0 && h < 0 ==> \forall integer V; Within(V,Pair(high,low),exponent,t) ==> V < 0 && Rounded(r,-V,k);
  //@ assert quotient_plus: good != 0 && 0 <= h ==> \forall integer V; Within(V,Pair(high,low),exponent,t) ==> IsQuotient(z,V,k);
  //@ assert quotient_minus: good != 0 && h < 0 ==> \forall integer V; Within(V,Pair(high,low),exponent,t) ==> IsQuotient(z,V,k);
  *out = z;
  return good;
}

/* The sums of the rows, cut to the window. */
/*@ requires rows: Rows(t,lo,hi) && hi - lo <= WINDOW_ROWS;
    requires exponents: \valid_read(exponent + (0 .. LANES-1));
    requires sums: \valid(high + (0 .. LANES-1)) && \valid(low + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires apart: \separated(high + (0 .. LANES-1), low + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==>
      \separated(&t[i][0 .. LANES-1], high + (0 .. LANES-1), low + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX + 1;
    requires exponent: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> Shift(Magnitude(t[i][l])) <= exponent[l];
    terminates \true; exits \false; assigns high[0 .. LANES-1], low[0 .. LANES-1], cut[0 .. LANES-1];
    ensures small: \forall integer l; 0 <= l < LANES ==> -(hi - lo)*TERM_MAX <= high[l] <= (hi - lo)*TERM_MAX;
    ensures small_low: \forall integer l; 0 <= l < LANES ==> -(hi - lo)*TERM_MAX <= low[l] <= (hi - lo)*TERM_MAX;
    ensures sum: \forall integer l; 0 <= l < LANES ==> LaneSum(\old(Sum(t,lo,hi,l)), Pair(high[l],low[l]), exponent[l], cut[l], hi - lo); */
KERNEL void window_sums(const row *t, int lo, int hi, const int32_t *restrict exponent, int64_t *restrict high, int64_t *restrict low,
                        int32_t *restrict cut)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer j; 0 <= j < l ==> high[j] == 0 && low[j] == 0 && cut[j] == 0;
      loop assigns l, high[0 .. LANES-1], low[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    high[l] = 0;
    low[l] = 0;
    cut[l] = 0;
  }
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant within: \forall integer j; 0 <= j < l ==> LaneSum(Sum{Pre}(t,lo,lo,j), Pair(high[j],low[j]), exponent[j], cut[j], 0);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) lemma_within_zero(exponent[l]);
  */
  int i = lo;
  /*@ loop invariant i: lo <= i <= hi;
      loop invariant rows: \forall integer j, l; lo <= j < hi && 0 <= l < LANES ==> t[j][l] == \at(t[j][l],Pre);
      loop invariant small: \forall integer l; 0 <= l < LANES ==> -(i - lo)*TERM_MAX <= high[l] <= (i - lo)*TERM_MAX;
      loop invariant small_low: \forall integer l; 0 <= l < LANES ==> -(i - lo)*TERM_MAX <= low[l] <= (i - lo)*TERM_MAX;
      loop invariant sum: \forall integer l; 0 <= l < LANES ==> LaneSum(Sum{Pre}(t,lo,i,l), Pair(high[l],low[l]), exponent[l], cut[l], i - lo);
      loop assigns i, high[0 .. LANES-1], low[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant hi - i; */
  for (; i < hi; i++) {
    window_add(t[i], exponent, high, low, cut) /*@ ghost (i - lo) */;
    /*@ assert stepped: \forall integer l; 0 <= l < LANES ==>
          LaneSum(Sum{Pre}(t,lo,i,l) + Val(\at(t[\at(i,Here)][l],Pre)), Pair(high[l],low[l]), exponent[l], cut[l], (i-lo)+1); */
    //@ assert next: \forall integer l; 0 <= l < LANES ==> Sum{Pre}(t,lo,i+1,l) == Sum{Pre}(t,lo,i,l) + Val(\at(t[\at(i,Here)][l],Pre));
  }
  //@ assert end: i == hi;
}

/* By how many units the sums may be off. */
/*@ requires terms: 1 <= terms <= WINDOW_ROWS;
    requires cut: \valid_read(cut + (0 .. LANES-1)) && \valid(tail + (0 .. LANES-1));
    requires apart: \separated(cut + (0 .. LANES-1), tail + (0 .. LANES-1));
    terminates \true; exits \false; assigns tail[0 .. LANES-1];
    ensures tail: \forall integer l; 0 <= l < LANES ==> tail[l] == Loss(cut[l],terms); */
KERNEL void window_tails(const int32_t *restrict cut, int terms, int64_t *restrict tail)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant tail: \forall integer j; 0 <= j < l ==> tail[j] == Loss(cut[j],terms);
      loop assigns l, tail[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) tail[l] = cut[l] > WINDOW ? terms : 0;
}

/* The quotients of all lanes. */
/*@ requires terms: 1 <= k <= WINDOW_ROWS;
    requires sums: \valid_read(high + (0 .. LANES-1)) && \valid_read(low + (0 .. LANES-1));
    requires exponents: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(tail + (0 .. LANES-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(high + (0 .. LANES-1), low + (0 .. LANES-1), exponent + (0 .. LANES-1), tail + (0 .. LANES-1),
      out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX + 1 && 0 <= tail[l] <= WINDOW_ROWS;
    requires small: \forall integer l; 0 <= l < LANES ==> -WINDOW_ROWS*TERM_MAX <= high[l] <= WINDOW_ROWS*TERM_MAX;
    requires small_low: \forall integer l; 0 <= l < LANES ==> -WINDOW_ROWS*TERM_MAX <= low[l] <= WINDOW_ROWS*TERM_MAX;
    terminates \true; exits \false; assigns out[0 .. LANES-1], open[0 .. LANES-1];
    ensures quotient: \forall integer l, V; 0 <= l < LANES && open[l] == 0 && Within(V,Pair(high[l],low[l]),exponent[l],tail[l]) ==>
      IsQuotient(out[l],V,k); */
KERNEL void window_quotients(const int64_t *restrict high, const int64_t *restrict low, const int32_t *restrict exponent,
                             const int64_t *restrict tail, int k, key *restrict out, int32_t *restrict open)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant quotient: \forall integer j, V; 0 <= j < l && open[j] == 0 && Within(V,Pair(high[j],low[j]),exponent[j],tail[j]) ==>
        IsQuotient(out[j],V,k);
      loop assigns l, out[0 .. LANES-1], open[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key z;
    int decided = window_quotient(high[l], low[l], exponent[l], tail[l], k, &z);
    //@ assert quotient: decided != 0 ==> \forall integer V; Within(V,Pair(high[l],low[l]),exponent[l],tail[l]) ==> IsQuotient(z,V,k);
    out[l] = z;
    open[l] = decided != 0 ? 0 : 1;
  }
}

KERNEL void window_means(const row *t, int lo, int hi, int k, const key *restrict top, key *restrict out, int32_t *restrict open)
{
  int32_t exponent[LANES], cut[LANES];
  int64_t high[LANES], low[LANES], tail[LANES];
  window_exponents(top, exponent);
  window_sums(t, lo, hi, exponent, high, low, cut);
  window_tails(cut, hi - lo, tail);
  window_quotients(high, low, exponent, tail, k, out, open);
}

/* The same of the values between two bounds. */
/*@ requires rows: Rows(t,lo,hi) && hi - lo <= WINDOW_ROWS;
    requires bounds: \valid_read(above + (0 .. LANES-1)) && \valid_read(to + (0 .. LANES-1)) && \valid_read(exponent + (0 .. LANES-1));
    requires sums: \valid(high + (0 .. LANES-1)) && \valid(low + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires apart: \separated(high + (0 .. LANES-1), low + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1),
      above + (0 .. LANES-1), to + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==>
      \separated(&t[i][0 .. LANES-1], high + (0 .. LANES-1), low + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1),
        above + (0 .. LANES-1), to + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= to[l] <= QUIET_NAN && 0 <= exponent[l] <= SHIFT_MAX + 1;
    requires exponent: \forall integer l; 0 <= l < LANES ==> exponent[l] == Shift(to[l]);
    terminates \true; exits \false; assigns high[0 .. LANES-1], low[0 .. LANES-1], cut[0 .. LANES-1];
    ensures small: \forall integer l; 0 <= l < LANES ==> -(hi - lo)*TERM_MAX <= high[l] <= (hi - lo)*TERM_MAX;
    ensures small_low: \forall integer l; 0 <= l < LANES ==> -(hi - lo)*TERM_MAX <= low[l] <= (hi - lo)*TERM_MAX;
    ensures sum: \forall integer l; 0 <= l < LANES ==>
      LaneSum(\old(SumBetween(t,lo,hi,l,above[l],to[l])), Pair(high[l],low[l]), exponent[l], cut[l], hi - lo); */
KERNEL void window_sums_between(const row *t, int lo, int hi, const key *restrict above, const key *restrict to, const int32_t *restrict exponent,
                                int64_t *restrict high, int64_t *restrict low, int32_t *restrict cut)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer j; 0 <= j < l ==> high[j] == 0 && low[j] == 0 && cut[j] == 0;
      loop assigns l, high[0 .. LANES-1], low[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    high[l] = 0;
    low[l] = 0;
    cut[l] = 0;
  }
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant within: \forall integer j; 0 <= j < l ==>
           LaneSum(SumBetween{Pre}(t,lo,lo,j,above[j],to[j]), Pair(high[j],low[j]), exponent[j], cut[j], 0);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) lemma_within_zero(exponent[l]);
  */
  int i = lo;
  /*@ loop invariant i: lo <= i <= hi;
      loop invariant exponent: \forall integer l; 0 <= l < LANES ==> exponent[l] == \at(exponent[l],Pre);
      loop invariant above: \forall integer l; 0 <= l < LANES ==> above[l] == \at(above[l],Pre);
      loop invariant to: \forall integer l; 0 <= l < LANES ==> to[l] == \at(to[l],Pre);
      loop invariant rows: \forall integer j, l; lo <= j < hi && 0 <= l < LANES ==> t[j][l] == \at(t[j][l],Pre);
      loop invariant small: \forall integer l; 0 <= l < LANES ==> -(i - lo)*TERM_MAX <= high[l] <= (i - lo)*TERM_MAX;
      loop invariant small_low: \forall integer l; 0 <= l < LANES ==> -(i - lo)*TERM_MAX <= low[l] <= (i - lo)*TERM_MAX;
      loop invariant sum: \forall integer l; 0 <= l < LANES ==>
        LaneSum(SumBetween{Pre}(t,lo,i,l,\at(above[l],Pre),\at(to[l],Pre)), Pair(high[l],low[l]), exponent[l], cut[l], i - lo);
      loop assigns i, high[0 .. LANES-1], low[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant hi - i; */
  for (; i < hi; i++) {
    key kept[LANES];
    keep_between(t[i], above, to, kept);
    //@ assert below: \forall integer l; 0 <= l < LANES ==> Shift(Magnitude(kept[l])) <= exponent[l];
    //@ assert value: \forall integer l; 0 <= l < LANES ==> Val(kept[l]) == Between(\at(t[\at(i,Here)][l],Pre),\at(above[l],Pre),\at(to[l],Pre));
    window_add(kept, exponent, high, low, cut) /*@ ghost (i - lo) */;
    /*@ assert stepped: \forall integer l; 0 <= l < LANES ==>
          LaneSum(SumBetween{Pre}(t,lo,i,l,\at(above[l],Pre),\at(to[l],Pre)) + Val(kept[l]), Pair(high[l],low[l]), exponent[l], cut[l], (i-lo)+1); */
    /*@ assert next: \forall integer l; 0 <= l < LANES ==>
          SumBetween{Pre}(t,lo,i+1,l,\at(above[l],Pre),\at(to[l],Pre)) == SumBetween{Pre}(t,lo,i,l,\at(above[l],Pre),\at(to[l],Pre)) + Val(kept[l]); */
  }
  //@ assert end: i == hi;
  /*@ assert sum: \forall integer l; 0 <= l < LANES ==>
        LaneSum(SumBetween{Pre}(t,lo,hi,l,\at(above[l],Pre),\at(to[l],Pre)), Pair(high[l],low[l]), exponent[l], cut[l], hi - lo); */
}

KERNEL void window_means_between(const row *t, int lo, int hi, int k, const key *restrict above, const key *restrict to, key *restrict out,
                                 int32_t *restrict open)
{
  int32_t exponent[LANES], cut[LANES];
  int64_t high[LANES], low[LANES], tail[LANES];
  window_exponents(to, exponent);
  window_sums_between(t, lo, hi, above, to, exponent, high, low, cut);
  window_tails(cut, hi - lo, tail);
  window_quotients(high, low, exponent, tail, k, out, open);
}

KERNEL void window_cancels(const row *t, int lo, int hi, const key *restrict above, const key *restrict to, int32_t *restrict cancels)
{
  int32_t exponent[LANES], cut[LANES];
  int64_t high[LANES], low[LANES];
  window_exponents(to, exponent);
  window_sums_between(t, lo, hi, above, to, exponent, high, low, cut);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer j, V; 0 <= j < l && cancels[j] != 0 && LaneSum(V,Pair(high[j],low[j]),exponent[j],cut[j],hi-lo) ==> V == 0;
      loop assigns l, cancels[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    //@ ghost lemma_within_zero(exponent[l]);
    int64_t c = carry(low[l]);
    int zero = high[l] + c == 0 && low[l] == c * WINDOW_UNIT && cut[l] <= WINDOW ? 1 : 0;
    //@ assert zero: zero != 0 ==> \forall integer V; LaneSum(V,Pair(high[l],low[l]),exponent[l],cut[l],hi-lo) ==> V == 0;
    cancels[l] = zero;
  }
}
