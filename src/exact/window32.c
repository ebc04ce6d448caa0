/* The window in one machine word, for binary32 and the toy format: see window.h.
 *
 * The quotient is guessed in floating point, and the guess, cut to a magnitude r, is judged by its integer residual a - k r: either r or
 * r + 1 is the nearest magnitude for every sum within the tail, or the lane stays open. Nothing depends on the guess but speed.
 */
#include "exact/window_sums.h"
#include "exact/between.h"
#include "exact/bits.h"
#include "exact/choice.h"
#include "exact/shift.h"
#include "lemmas/decide.h"
#include "lemmas/power.h"
#include "lemmas/window.h"

KERNEL int32_t cut_bits(key k, int32_t exponent)
{
  key r = k < 0 ? -1 - k : k;
  key shift = r < FRACTION ? 0 : r / FRACTION - 1;
  return r == 0 ? 0 : exponent - shift;
}

KERNEL int64_t cut_term(uint64_t m, int32_t d) /*@ ghost (int shift) */
{
  uint64_t x = m * WINDOW_UNIT;
  int32_t c = d < 63 ? d : 63;
  uint64_t q = shift_right(x, c);
  //@ ghost lemma_cut_floor(x, c, d, q);
  //@ ghost if (d <= WINDOW) lemma_cut_exact(m, d);
  //@ ghost lemma_cut_shifted(m, d, shift);
  return (int64_t)q;
}

/*@ requires k: IsKey(k);
    requires exponent: Shift(Magnitude(k)) <= exponent <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns \nothing;
    ensures term: Within(Val(k),\result,exponent,Loss(CutBits(k,exponent),1));
    ensures small: -TERM_MAX < \result < TERM_MAX; */
KERNEL int64_t align(key k, int32_t exponent)
{
  key r = k < 0 ? -1 - k : k;
  key shift = r < FRACTION ? 0 : r / FRACTION - 1;
  int64_t q = cut_term((uint64_t)(r - shift * FRACTION), exponent - shift) /*@ ghost (shift) */;
  //@ assert value: Value(r) == Up(Significand(r),shift);
  //@ assert magnitude: Within(Value(r),q,exponent,Loss(CutBits(k,exponent),1));
  //@ ghost lemma_within_negate(exponent);
  //@ assert negated: Within(-Value(r),-q,exponent,Loss(CutBits(k,exponent),1));
  return k < 0 ? -q : q;
}

KERNEL void window_terms(const key *restrict keys, const int32_t *restrict exponent, int64_t *restrict term)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant small: \forall integer j; 0 <= j < l ==> -TERM_MAX < term[j] < TERM_MAX;
      loop invariant term: \forall integer j; 0 <= j < l ==> LaneSum(Val(keys[j]),term[j],exponent[j],CutBits(keys[j],exponent[j]),1);
      loop assigns l, term[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) term[l] = align(keys[l], exponent[l]);
}

/* Adds one row, cut to the window, to the sums; cut[l] becomes the furthest that a term was cut. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires exponents: \valid_read(exponent + (0 .. LANES-1));
    requires sums: \valid(sum + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1), keys + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires exponent: \forall integer l; 0 <= l < LANES ==> Shift(Magnitude(keys[l])) <= exponent[l] <= SHIFT_MAX + 1;
    requires room: \forall integer l; 0 <= l < LANES ==> -WINDOW_ROWS*TERM_MAX <= sum[l] <= WINDOW_ROWS*TERM_MAX;
    terminates \true; exits \false; assigns sum[0 .. LANES-1], cut[0 .. LANES-1];
    ensures small: \forall integer l; 0 <= l < LANES ==> -TERM_MAX < sum[l] - \old(sum[l]) < TERM_MAX;
    ensures step: \forall integer l, V, terms; 0 <= l < LANES && 0 <= terms && LaneSum(V,\old(sum[l]),exponent[l],\old(cut[l]),terms) ==>
      LaneSum(V + Val(keys[l]),sum[l],exponent[l],cut[l],terms+1); */
KERNEL void window_add(const key *restrict keys, const int32_t *restrict exponent, int64_t *restrict sum, int32_t *restrict cut)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant small: \forall integer j; 0 <= j < l ==> -TERM_MAX < sum[j] - \at(sum[j],Pre) < TERM_MAX;
      loop invariant step: \forall integer j; 0 <= j < l ==> Stepped(keys[j],exponent[j],\at(sum[j],Pre),\at(cut[j],Pre),sum[j],cut[j]);
      loop invariant rest: \forall integer j; l <= j < LANES ==> sum[j] == \at(sum[j],Pre) && cut[j] == \at(cut[j],Pre);
      loop assigns l, sum[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int32_t bits = cut_bits(keys[l], exponent[l]);
    int64_t term = align(keys[l], exponent[l]);
    int32_t most = bits > cut[l] ? bits : cut[l];
    //@ assert added: Added(keys[l],exponent[l],sum[l],sum[l]+term);
    //@ ghost lemma_within_step(exponent[l], keys[l], cut[l], most);
    //@ assert here: Stepped(keys[l],exponent[l],\at(sum[\at(l,Here)],Pre),\at(cut[\at(l,Here)],Pre),sum[l]+term,most);
    sum[l] += term;
    cut[l] = most;
    //@ assert stored: Stepped(keys[l],exponent[l],\at(sum[\at(l,Here)],Pre),\at(cut[\at(l,Here)],Pre),sum[l],cut[l]);
    /*@ assert kept: \forall integer j; 0 <= j < l ==> sum[j] == \at(sum[j],LoopCurrent) && cut[j] == \at(cut[j],LoopCurrent)
          && keys[j] == \at(keys[j],LoopCurrent) && exponent[j] == \at(exponent[j],LoopCurrent); */
  }
}

/* The guessed quotient, cut to at most 2^SIGNIFICAND_BITS multiples of 2^j units: first j, then the significand. */
/*@ requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= WINDOW && WINDOW <= exponent + \result; */
KERNEL int32_t candidate_shift(uint64_t guess, int32_t exponent)
{
  int32_t j = (int32_t)(guess / 0x10000000000000 % 2048) - 1023 - (SIGNIFICAND_BITS - 1);
  int32_t floor = exponent < WINDOW ? WINDOW - exponent : 0;
  j = j < floor ? floor : j;
  return j < WINDOW ? j : WINDOW;
}

/*@ requires j: 0 <= j <= WINDOW;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result < 2*FRACTION; */
KERNEL int64_t candidate_significand(uint64_t guess, int32_t j)
{
  int32_t drop = 52 + j - ((int32_t)(guess / 0x10000000000000 % 2048) - 1023);
  uint64_t m = shift_right(guess % 0x10000000000000 + 0x10000000000000, (uint32_t)drop < 63 ? drop : 63);
  return (int64_t)(m % (2*FRACTION));
}

KERNEL int64_t in_units(uint64_t x, int32_t j)
{
  //@ ghost lemma_up_grow(j, WINDOW - j);
  //@ ghost lemma_unit();
  //@ assert small: Up(x,j) <= WINDOW_UNIT*x;
  return (int64_t)shift_left(x, j);
}

/* The nearest magnitude to every |V| / k, |V| within t units of a units, if it is m 2^j units or the next one; returns whether it is. */
/*@ requires terms: 1 <= k <= WINDOW_ROWS;
    requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
    requires a: 0 <= a <= 0x1000000000000000;
    requires t: 0 <= t <= WINDOW_ROWS;
    requires m: 0 <= m < 2*FRACTION;
    requires j: 0 <= j <= WINDOW && WINDOW <= exponent + j;
    requires nearest: \valid(nearest);
    terminates \true; exits \false; assigns *nearest;
    ensures flag: \result == 0 || \result == 1;
    ensures range: \result == 1 ==> 0 <= *nearest < SPECIAL;
    ensures rounded: \result == 1 ==> \forall integer V; Within(V,a,exponent,t) ==> Rounded(*nearest,V,k); */
KERNEL int64_t decide(int64_t a, int64_t t, int64_t m, int32_t j, int32_t exponent, int k, int64_t *nearest)
{
  int64_t ulp = in_units((uint64_t)k, j);
  uint64_t km = (uint64_t)(k * m);
  //@ assert km: km == k*m;
  int64_t p = in_units(km, j);
  int64_t r = m + (int64_t)(exponent - WINDOW + j) * FRACTION;
  //@ assert p: p == Up(k*m,j) && ulp == Up(k,j);
  /*@ ghost
      if ((m >= FRACTION || exponent + j == WINDOW) && r < SPECIAL - 1) {
        lemma_candidate(m, j, exponent, (key)r, k);
        lemma_decide(a, t, p, ulp, exponent, (key)r, k);
      }
  */
  /* A tie is known only when nothing was cut, and goes to the even one: a margin of 0 admits it. */
  int64_t rest = a - p, odd = r % 2;
  int64_t margin_down = t == 0 ? odd : 1, margin_up = t == 0 ? 1 - odd : 1;
  int64_t candidate = both(r < SPECIAL - 1, either(m >= FRACTION, r == m));
  int64_t down = both(4 * (t - rest) < ulp, 2 * (rest + t) + margin_down <= ulp);
  int64_t up = both(2 * (rest + t) < 3 * ulp, ulp + margin_up <= 2 * (rest - t));
  *nearest = up != 0 ? r + 1 : r;
  return both(candidate, either(down, up));
}

/* RN(V / k) for the exact sum V of the terms, within t units of sum, when the window decides it; returns whether it does. */
/*@ requires terms: 1 <= k <= WINDOW_ROWS;
    requires exponent: 0 <= exponent <= SHIFT_MAX + 1;
    requires small: -WINDOW_ROWS*TERM_MAX <= sum <= WINDOW_ROWS*TERM_MAX;
    requires t: 0 <= t <= WINDOW_ROWS;
    requires out: \valid(out);
    terminates \true; exits \false; assigns *out;
    ensures quotient: \result != 0 ==> \forall integer V; Within(V,sum,exponent,t) ==> IsQuotient(*out,V,k); */
KERNEL int64_t window_quotient(int64_t sum, int32_t exponent, int64_t t, int k, key *out)
{
  int64_t a = sum < 0 ? -sum : sum;
  uint64_t guess = quotient_guess((uint64_t)a, k);
  int32_t j = candidate_shift(guess, exponent);
  //@ ghost lemma_sign((int)t, exponent);
  //@ ghost lemma_within_negate(exponent);
  //@ ghost lemma_zero_quotient(k);
  int64_t r;
  int64_t nearest = decide(a, t, candidate_significand(guess, j), j, exponent, k, &r);
  int64_t decided = both(nearest, either(t == 0, a > t));
  int64_t zero = both(t == 0, a == 0);
  //@ assert plus: decided && 0 < sum ==> \forall integer V; Within(V,sum,exponent,t) ==> 0 < V && Rounded(r,V,k);
  //@ assert minus: decided && sum < 0 ==> \forall integer V; Within(V,sum,exponent,t) ==> V < 0 && Rounded(r,-V,k);
  key z = zero != 0 ? 0 : (key)(sum < 0 ? -1 - r : r);
  //@ assert quotient_plus: decided && 0 < sum ==> \forall integer V; Within(V,sum,exponent,t) ==> IsQuotient(z,V,k);
  //@ assert quotient_minus: decided && sum < 0 ==> \forall integer V; Within(V,sum,exponent,t) ==> IsQuotient(z,V,k);
  //@ assert quotient_zero: zero ==> \forall integer V; Within(V,sum,exponent,t) ==> IsQuotient(z,V,k);
  *out = z;
  return either(zero, decided);
}

/* The sums of the rows, cut to the window. */
/*@ requires rows: Rows(t,lo,hi) && hi - lo <= WINDOW_ROWS;
    requires exponents: \valid_read(exponent + (0 .. LANES-1));
    requires sums: \valid(sum + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==>
      \separated(&t[i][0 .. LANES-1], sum + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX + 1;
    requires exponent: \forall integer i, l; lo <= i < hi && 0 <= l < LANES ==> Shift(Magnitude(t[i][l])) <= exponent[l];
    terminates \true; exits \false; assigns sum[0 .. LANES-1], cut[0 .. LANES-1];
    ensures small: \forall integer l; 0 <= l < LANES ==> -(hi - lo)*TERM_MAX <= sum[l] <= (hi - lo)*TERM_MAX;
    ensures sum: \forall integer l; 0 <= l < LANES ==> LaneSum(\old(Sum(t,lo,hi,l)), sum[l], exponent[l], cut[l], hi - lo); */
KERNEL void window_sums(const row *t, int lo, int hi, const int32_t *restrict exponent, int64_t *restrict sum, int32_t *restrict cut)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer j; 0 <= j < l ==> sum[j] == 0 && cut[j] == 0;
      loop assigns l, sum[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    sum[l] = 0;
    cut[l] = 0;
  }
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant within: \forall integer j; 0 <= j < l ==> LaneSum(Sum{Pre}(t,lo,lo,j), sum[j], exponent[j], cut[j], 0);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) lemma_within_zero(exponent[l]);
  */
  int i = lo;
  /*@ loop invariant i: lo <= i <= hi;
      loop invariant small: \forall integer l; 0 <= l < LANES ==> -(i - lo)*TERM_MAX <= sum[l] <= (i - lo)*TERM_MAX;
      loop invariant sum: \forall integer l; 0 <= l < LANES ==> LaneSum(Sum{Pre}(t,lo,i,l), sum[l], exponent[l], cut[l], i - lo);
      loop assigns i, sum[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant hi - i; */
  for (; i < hi; i++) {
    window_add(t[i], exponent, sum, cut);
    //@ assert next: \forall integer l; 0 <= l < LANES ==> Sum{Pre}(t,lo,i+1,l) == Sum{Pre}(t,lo,i,l) + Val(t[i][l]);
  }
  //@ assert end: i == hi;
}

KERNEL void window_tails(const int32_t *restrict cut, int terms, int64_t *restrict tail)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant tail: \forall integer j; 0 <= j < l ==> tail[j] == Loss(cut[j],terms);
      loop assigns l, tail[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) tail[l] = cut[l] > WINDOW ? terms : 0;
}

KERNEL void window_quotients(const int64_t *restrict sum, const int32_t *restrict exponent, const int64_t *restrict tail, int k,
                             key *restrict out, int32_t *restrict open)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant quotient: \forall integer j, V; 0 <= j < l && open[j] == 0 && Within(V,sum[j],exponent[j],tail[j]) ==> IsQuotient(out[j],V,k);
      loop assigns l, out[0 .. LANES-1], open[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key z;
    int64_t decided = window_quotient(sum[l], exponent[l], tail[l], k, &z);
    //@ assert quotient: decided != 0 ==> \forall integer V; Within(V,sum[l],exponent[l],tail[l]) ==> IsQuotient(z,V,k);
    out[l] = z;
    open[l] = decided != 0 ? 0 : 1;
  }
}

KERNEL void window_means(const row *t, int lo, int hi, int k, const key *restrict top, key *restrict out, int32_t *restrict open)
{
  int32_t exponent[LANES], cut[LANES];
  int64_t sum[LANES], tail[LANES];
  window_exponents(top, exponent);
  window_sums(t, lo, hi, exponent, sum, cut);
  window_tails(cut, hi - lo, tail);
  window_quotients(sum, exponent, tail, k, out, open);
}

/* The same of the values between two bounds. */
/*@ requires rows: Rows(t,lo,hi) && hi - lo <= WINDOW_ROWS;
    requires bounds: \valid_read(above + (0 .. LANES-1)) && \valid_read(to + (0 .. LANES-1)) && \valid_read(exponent + (0 .. LANES-1));
    requires sums: \valid(sum + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1), above + (0 .. LANES-1), to + (0 .. LANES-1));
    requires apart_rows: \forall integer i; lo <= i < hi ==>
      \separated(&t[i][0 .. LANES-1], sum + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1), above + (0 .. LANES-1),
        to + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= to[l] <= QUIET_NAN && 0 <= exponent[l] <= SHIFT_MAX + 1;
    requires exponent: \forall integer l; 0 <= l < LANES ==> exponent[l] == Shift(to[l]);
    terminates \true; exits \false; assigns sum[0 .. LANES-1], cut[0 .. LANES-1];
    ensures small: \forall integer l; 0 <= l < LANES ==> -(hi - lo)*TERM_MAX <= sum[l] <= (hi - lo)*TERM_MAX;
    ensures sum: \forall integer l; 0 <= l < LANES ==>
      LaneSum(\old(SumBetween(t,lo,hi,l,above[l],to[l])), sum[l], exponent[l], cut[l], hi - lo); */
KERNEL void window_sums_between(const row *t, int lo, int hi, const key *restrict above, const key *restrict to, const int32_t *restrict exponent,
                                int64_t *restrict sum, int32_t *restrict cut)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer j; 0 <= j < l ==> sum[j] == 0 && cut[j] == 0;
      loop assigns l, sum[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    sum[l] = 0;
    cut[l] = 0;
  }
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant within: \forall integer j; 0 <= j < l ==>
           LaneSum(SumBetween{Pre}(t,lo,lo,j,above[j],to[j]), sum[j], exponent[j], cut[j], 0);
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
      loop invariant small: \forall integer l; 0 <= l < LANES ==> -(i - lo)*TERM_MAX <= sum[l] <= (i - lo)*TERM_MAX;
      loop invariant sum: \forall integer l; 0 <= l < LANES ==>
        LaneSum(SumBetween{Pre}(t,lo,i,l,\at(above[l],Pre),\at(to[l],Pre)), sum[l], exponent[l], cut[l], i - lo);
      loop assigns i, sum[0 .. LANES-1], cut[0 .. LANES-1];
      loop variant hi - i; */
  for (; i < hi; i++) {
    key kept[LANES];
    //@ assert row: \forall integer l; 0 <= l < LANES ==> t[i][l] == \at(t[\at(i,Here)][l],Pre);
    keep_between(t[i], above, to, kept);
    //@ assert below: \forall integer l; 0 <= l < LANES ==> Shift(Magnitude(kept[l])) <= exponent[l];
    //@ assert value: \forall integer l; 0 <= l < LANES ==> Val(kept[l]) == Between(\at(t[\at(i,Here)][l],Pre),\at(above[l],Pre),\at(to[l],Pre));
    //@ ghost B: ;
    window_add(kept, exponent, sum, cut);
    /*@ assert added: \forall integer l, V; 0 <= l < LANES && LaneSum(V,\at(sum[l],B),exponent[l],\at(cut[l],B),i-lo) ==>
          LaneSum(V + Val(kept[l]), sum[l], exponent[l], cut[l], (i-lo)+1); */
    /*@ assert stepped: \forall integer l; 0 <= l < LANES ==>
          LaneSum(SumBetween{Pre}(t,lo,i,l,\at(above[l],Pre),\at(to[l],Pre)) + Val(kept[l]), sum[l], exponent[l], cut[l], (i-lo)+1); */
    /*@ assert next: \forall integer l; 0 <= l < LANES ==>
          SumBetween{Pre}(t,lo,i+1,l,\at(above[l],Pre),\at(to[l],Pre)) == SumBetween{Pre}(t,lo,i,l,\at(above[l],Pre),\at(to[l],Pre)) + Val(kept[l]); */
  }
  //@ assert end: i == hi;
  /*@ assert sum: \forall integer l; 0 <= l < LANES ==>
        LaneSum(SumBetween{Pre}(t,lo,hi,l,\at(above[l],Pre),\at(to[l],Pre)), sum[l], exponent[l], cut[l], hi - lo); */
}

KERNEL void window_means_between(const row *t, int lo, int hi, int k, const key *restrict above, const key *restrict to, key *restrict out,
                                 int32_t *restrict open)
{
  int32_t exponent[LANES], cut[LANES];
  int64_t sum[LANES], tail[LANES];
  window_exponents(to, exponent);
  window_sums_between(t, lo, hi, above, to, exponent, sum, cut);
  window_tails(cut, hi - lo, tail);
  window_quotients(sum, exponent, tail, k, out, open);
}

KERNEL void window_cancels(const row *t, int lo, int hi, const key *restrict above, const key *restrict to, int32_t *restrict cancels)
{
  int32_t exponent[LANES], cut[LANES];
  int64_t sum[LANES];
  window_exponents(to, exponent);
  window_sums_between(t, lo, hi, above, to, exponent, sum, cut);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer j, V; 0 <= j < l && cancels[j] != 0 && LaneSum(V,sum[j],exponent[j],cut[j],hi-lo) ==> V == 0;
      loop assigns l, cancels[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    //@ ghost lemma_within_zero(exponent[l]);
    int zero = sum[l] == 0 && cut[l] <= WINDOW ? 1 : 0;
    //@ assert zero: zero != 0 ==> \forall integer V; LaneSum(V,sum[l],exponent[l],cut[l],hi-lo) ==> V == 0;
    cancels[l] = zero;
  }
}
