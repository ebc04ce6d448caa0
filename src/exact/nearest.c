/* Quotients of exact sums by their nearest magnitudes: see nearest.h. */
#include "exact/nearest.h"
#include "exact/bits.h"
#include "exact/choice.h"
#include "lemmas/nearest.h"
#include "lemmas/power.h"
#include "lemmas/window.h"

enum { GUESS_BIAS = 126 + SIGNIFICAND_BITS };  /* the exponent in the bits of a guess of m 2^j units, less j */

/* Whether the magnitude r, worth m 2^j units, is the nearest to a / k units. Below the least significand the gap is half as wide. */
/*@ requires terms: 1 <= k <= NEAR_ROWS;
    requires exponent: 0 <= exponent <= SHIFT_MAX;
    requires a: 0 <= a <= 0x1000000000000000;
    requires m: FRACTION <= m < 2*FRACTION;
    requires j: 0 <= j <= WINDOW;
    requires r: r == m + (exponent - WINDOW + j)*FRACTION;
    terminates \true; exits \false; assigns \nothing;
    ensures flag: \result == 0 || \result == 1;
    ensures range: \result == 1 ==> FRACTION <= r < SPECIAL;
    ensures rounded: \result == 1 ==> \forall integer V; Within(V,a,exponent,0) ==> Rounded(r,V,k); */
KERNEL int64_t is_nearest(int64_t a, uint32_t m, int32_t j, int32_t r, int k) /*@ ghost (int32_t exponent) */
{
  uint32_t least = m == FRACTION ? 1 : 0, times = (uint32_t)k;
  //@ ghost lemma_more(k, NEAR_ROWS);
  //@ assert at_most: AtMost(k,NEAR_ROWS,m);
  //@ assert fits: 0 <= k*m <= NEAR_ROWS*m;
  uint32_t steps = times + (1 - least) * times, km = m * times;
  //@ assert steps: steps == (m == FRACTION ? k : 2*k);
  //@ assert km: km == k*m;
  int64_t gap = in_units(steps, j);
  int64_t p = in_units(km, j);
  //@ assert gap: gap == Up(m == FRACTION ? k : 2*k,j);
  //@ assert p: p == Up(k*m,j);
  int64_t rest = a - p;
  int64_t apart = rest < 0 ? -rest : rest;
  uint32_t margin = m % 2 + least;
  int64_t nearest = both(4 * apart + margin <= gap, r >= FRACTION);
  //@ assert range: r < SPECIAL;
  //@ ghost if (nearest == 1) lemma_nearest_sum(a, p, gap, (int64_t)m, j, exponent, r, k);
  return nearest;
}

/* RN(V / k) for the exact sum V, if the guess is it; returns whether it is. */
/*@ requires terms: 1 <= k <= NEAR_ROWS;
    requires exponent: 0 <= exponent <= SHIFT_MAX;
    requires small: -WINDOW_ROWS*TERM_MAX <= sum <= WINDOW_ROWS*TERM_MAX;
    requires out: \valid(out);
    terminates \true; exits \false; assigns *out;
    ensures quotient: \result != 0 ==> \forall integer V; Within(V,sum,exponent,0) ==> IsQuotient(*out,V,k); */
KERNEL int64_t near_quotient(int64_t sum, int32_t exponent, int k, key *out)
{
  int64_t a = sum < 0 ? -sum : sum;
  uint32_t guess = nearest_guess((uint64_t)a, k);
  guess = guess < GUESS_BIAS * FRACTION ? GUESS_BIAS * FRACTION : guess;
  guess = guess < (GUESS_BIAS + WINDOW + 1) * FRACTION ? guess : (GUESS_BIAS + WINDOW + 1) * FRACTION - 1;
  int32_t r = (int32_t)guess + (exponent - WINDOW + 1 - GUESS_BIAS) * FRACTION;
  int64_t nearest = is_nearest(a, guess % FRACTION + FRACTION, (int32_t)(guess / FRACTION) - GUESS_BIAS, r, k) /*@ ghost (exponent) */;
  //@ ghost lemma_sign(0, exponent);
  //@ ghost lemma_within_negate(exponent);
  //@ ghost lemma_zero_quotient(k);
  //@ assert plus: nearest == 1 && 0 < sum ==> \forall integer V; Within(V,sum,exponent,0) ==> 0 < V && Rounded(r,V,k);
  //@ assert minus: nearest == 1 && sum < 0 ==> \forall integer V; Within(V,sum,exponent,0) ==> V < 0 && Rounded(r,-V,k);
  key z = sum < 0 ? -1 - r : r;
  //@ assert quotient_plus: nearest == 1 && 0 < sum ==> \forall integer V; Within(V,sum,exponent,0) ==> IsQuotient(z,V,k);
  //@ assert quotient_minus: nearest == 1 && sum < 0 ==> \forall integer V; Within(V,sum,exponent,0) ==> IsQuotient(z,V,k);
  //@ assert quotient_zero: sum == 0 ==> \forall integer V; Within(V,sum,exponent,0) ==> IsQuotient(0,V,k);
  *out = sum == 0 ? 0 : z;
  return either(nearest, sum == 0);
}

KERNEL int near_quotients(const int64_t *restrict sum, const int32_t *restrict exponent, int k, key *restrict out)
{
  int32_t open = 0;
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant exponent: \forall integer j; 0 <= j < LANES ==> exponent[j] == \at(exponent[j],Pre);
      loop invariant quotient: open == 0 ==> \forall integer j, V; 0 <= j < l && Within(V,sum[j],exponent[j],0) ==> IsQuotient(out[j],V,k);
      loop assigns l, open, out[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key z;
    int64_t decided = near_quotient(sum[l], exponent[l], k, &z);
    //@ assert quotient: decided != 0 ==> \forall integer V; Within(V,sum[l],exponent[l],0) ==> IsQuotient(z,V,k);
    out[l] = z;
    open = decided != 0 ? open : 1;
  }
  return open == 0;
}
