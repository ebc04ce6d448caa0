/* Quotients of exact sums by their nearest magnitudes: see nearest.h. */
#include "exact/nearest.h"
#include "exact/bits.h"
#include "exact/choice.h"
#include "lemmas/nearest.h"
#include "lemmas/power.h"
#include "lemmas/window.h"

enum { GUESS_BIAS = 126 + SIGNIFICAND_BITS };  /* the exponent in the bits of a guess of m 2^j units, less j */

/* Whether the magnitude r, worth m 2^j units, is the nearest to every V / k, V beside a units. Below the least significand the gap is half as
   wide. Where V is more than a units, a itself may be in the middle below whatever the parity; so above where it is less. */
/*@ requires terms: 1 <= k <= NEAR_ROWS;
    requires exponent: 0 <= exponent <= SHIFT_MAX;
    requires a: 0 <= a <= 0x1000000000000000;
    requires side: -1 <= side <= 1 && 0 <= t <= WINDOW_ROWS;
    requires m: FRACTION <= m < 2*FRACTION;
    requires j: 0 <= j <= WINDOW;
    requires r: r == m + (exponent - WINDOW + j)*FRACTION;
    terminates \true; exits \false; assigns \nothing;
    ensures flag: \result == 0 || \result == 1;
    ensures range: \result == 1 ==> FRACTION <= r < SPECIAL;
    ensures rounded: \result == 1 ==> \forall integer V; Beside(V,a,exponent,side,t) ==> Rounded(r,V,k); */
KERNEL int64_t is_nearest(int64_t a, int32_t side, int32_t t, uint32_t m, int32_t j, int32_t r, int k) /*@ ghost (int32_t exponent) */
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
  uint32_t margin = m % 2 + least;
  int64_t up = 4 * (rest + (side > 0 ? t : 0)) + (side < 0 ? 0 : margin);
  int64_t down = 4 * ((side < 0 ? t : 0) - rest) + (side > 0 ? 0 : margin);
  int64_t nearest = both(both(up <= gap, down <= gap), r >= FRACTION);
  //@ assert range: r < SPECIAL;
  //@ ghost if (nearest == 1) lemma_nearest_sum(a, side, t, p, gap, (int64_t)m, j, exponent, r, k);
  return nearest;
}

/* The sum moved a little to the side where the exact one lies, for the guess. */
/*@ requires a: 0 <= a <= 0x1000000000000000;
    requires side: -1 <= side <= 1;
    terminates \true; exits \false; assigns \nothing; */
KERNEL uint64_t moved_aside(int64_t a, int32_t side)
{
  int64_t step = side * (1 + a / 0x40000000000);
  return a + step < 0 ? 0 : (uint64_t)(a + step);
}

KERNEL int64_t near_quotient(int64_t sum, int32_t exponent, int32_t side, int32_t t, int k, key *out)
{
  int64_t a = sum < 0 ? -sum : sum;
  int32_t away = sum < 0 ? -side : side;
  uint32_t guess = nearest_guess(side == 0 ? (uint64_t)a : moved_aside(a, away), k);
  guess = guess < GUESS_BIAS * FRACTION ? GUESS_BIAS * FRACTION : guess;
  guess = guess < (GUESS_BIAS + WINDOW + 1) * FRACTION ? guess : (GUESS_BIAS + WINDOW + 1) * FRACTION - 1;
  int32_t r = (int32_t)guess + (exponent - WINDOW + 1 - GUESS_BIAS) * FRACTION;
  int64_t rounded = is_nearest(a, away, t, guess % FRACTION + FRACTION, (int32_t)(guess / FRACTION) - GUESS_BIAS, r, k) /*@ ghost (exponent) */;
  int64_t nearest = both(rounded, side == 0 || t < a);
  //@ ghost lemma_beside(exponent, side, t);
  //@ ghost lemma_beside(exponent, away, t);
  //@ ghost lemma_zero_quotient(k);
  //@ assert negated: sum < 0 ==> \forall integer V; Beside(V,sum,exponent,side,t) ==> Beside(-V,a,exponent,away,t);
  //@ assert plus: nearest == 1 && 0 < sum ==> \forall integer V; Beside(V,sum,exponent,side,t) ==> 0 < V && Rounded(r,V,k);
  //@ assert minus: nearest == 1 && sum < 0 ==> \forall integer V; Beside(V,sum,exponent,side,t) ==> V < 0 && Rounded(r,-V,k);
  key z = sum < 0 ? -1 - r : r;
  //@ assert quotient_plus: nearest == 1 && 0 < sum ==> \forall integer V; Beside(V,sum,exponent,side,t) ==> IsQuotient(z,V,k);
  //@ assert quotient_minus: nearest == 1 && sum < 0 ==> \forall integer V; Beside(V,sum,exponent,side,t) ==> IsQuotient(z,V,k);
  //@ assert quotient_zero: sum == 0 && side == 0 ==> \forall integer V; Beside(V,sum,exponent,side,t) ==> IsQuotient(0,V,k);
  *out = sum == 0 ? 0 : z;
  return either(both(nearest, sum != 0), both(sum == 0, side == 0));
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
    int64_t decided = near_quotient(sum[l], exponent[l], 0, 0, k, &z);
    //@ ghost lemma_beside(exponent[l], 0, 0);
    //@ assert quotient: decided != 0 ==> \forall integer V; Within(V,sum[l],exponent[l],0) ==> IsQuotient(z,V,k);
    out[l] = z;
    open = decided != 0 ? open : 1;
  }
  return open == 0;
}
