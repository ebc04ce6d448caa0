/* A number times a factor, correctly rounded: see scaled.h. */
#include "exact/scaled.h"
#include "exact/shift.h"
#include "lemmas/scaled.h"

/* The leading bits of m F: the product is (g + x) 2^(FACTOR_BITS - FACTOR_TAIL), 0 <= x < 1, and x > 0 if *rest > 0. */
/*@ requires m: m < 2*FRACTION;
    requires factor: \valid_read(factor + (0 .. FACTOR_LIMBS-1)) && IsFactor(factor);
    requires rest: \valid(rest) && \separated(rest, factor + (0 .. FACTOR_LIMBS-1));
    terminates \true; exits \false; assigns *rest;
    ensures head: ProductHead(m*Factor(factor),\result,*rest);
    ensures range: \result < 2*HEAD_LONG && *rest < 0x4000000000000000;
    ensures full: FRACTION <= m ==> HEAD_LONG <= 2*\result; */
#if FORMAT == 64
KERNEL uint64_t product_head(uint64_t m, const uint32_t *factor, uint64_t *rest)
{
  uint64_t low = m % FACTOR_RADIX, high = m / FACTOR_RADIX;
  //@ ghost lemma_factor_bounds(m, low, high);
  //@ assert factor_m: AtMost(m,2*FRACTION-1,Factor(factor)) && (FRACTION <= m ==> AtMost(FRACTION,m,Factor(factor)));
  //@ assert f0: AtMost(low,FACTOR_RADIX-1,factor[0]) && AtMost(high,FACTOR_HIGH-1,factor[0]);
  //@ assert f1: AtMost(low,FACTOR_RADIX-1,factor[1]) && AtMost(high,FACTOR_HIGH-1,factor[1]);
  //@ assert f2: AtMost(low,FACTOR_RADIX-1,factor[2]) && AtMost(high,FACTOR_HIGH-1,factor[2]);
  //@ assert f3: AtMost(low,FACTOR_RADIX-1,factor[3]) && AtMost(high,FACTOR_HIGH-1,factor[3]);
  uint64_t a = low * factor[0];
  uint64_t b = low * factor[1] + high * factor[0] + a / FACTOR_RADIX;
  uint64_t c = low * factor[2] + high * factor[1] + b / FACTOR_RADIX;
  uint64_t d = low * factor[3] + high * factor[2] + c / FACTOR_RADIX;
  uint64_t e = high * factor[3] + d / FACTOR_RADIX;
  uint64_t g = e * 1024 + d % FACTOR_RADIX / 262144;
  //@ ghost lemma_limb_product(m, low, high, factor[0]);
  //@ ghost lemma_limb_product(m, low, high, factor[1]);
  //@ ghost lemma_limb_product(m, low, high, factor[2]);
  //@ ghost lemma_limb_product(m, low, high, factor[3]);
  /*@ assert product: m*Factor(factor) == m*factor[0] + 268435456*(m*factor[1]) + 72057594037927936*(m*factor[2])
        + 19342813113834066795298816*(m*factor[3]); */
  //@ assert ones: low*factor[0] == 268435456*(a / FACTOR_RADIX) + a % FACTOR_RADIX;
  //@ assert twos: low*factor[1] + high*factor[0] + a / FACTOR_RADIX == 268435456*(b / FACTOR_RADIX) + b % FACTOR_RADIX;
  //@ assert threes: low*factor[2] + high*factor[1] + b / FACTOR_RADIX == 268435456*(c / FACTOR_RADIX) + c % FACTOR_RADIX;
  //@ assert room: low*factor[3] <= 72057593501057025 && high*factor[2] <= 9007198952751105 && c / FACTOR_RADIX <= 68719476735;
  //@ assert wide: d == low*factor[3] + high*factor[2] + c / FACTOR_RADIX;
  //@ assert fours: low*factor[3] + high*factor[2] + c / FACTOR_RADIX == 268435456*(d / FACTOR_RADIX) + d % FACTOR_RADIX;
  //@ assert fives: high*factor[3] + d / FACTOR_RADIX == e && g == 1024*e + d % FACTOR_RADIX / 262144;
  //@ assert cut: d % FACTOR_RADIX == 262144*(d % FACTOR_RADIX / 262144) + d % FACTOR_RADIX % 262144;
  /*@ assert digits: m*Factor(factor) == HEAD_UNIT*g + 19342813113834066795298816*(d % FACTOR_RADIX % 262144)
        + 72057594037927936*(c % FACTOR_RADIX) + 268435456*(b % FACTOR_RADIX) + a % FACTOR_RADIX; */
  *rest = a % FACTOR_RADIX + b % FACTOR_RADIX + c % FACTOR_RADIX + d % FACTOR_RADIX % 262144;
  return g;
}
#else
KERNEL uint64_t product_head(uint64_t m, const uint32_t *factor, uint64_t *rest)
{
  //@ ghost lemma_factor_bounds(m);
  //@ assert factor_m: AtMost(m,2*FRACTION-1,Factor(factor)) && (FRACTION <= m ==> AtMost(FRACTION,m,Factor(factor)));
  //@ assert f0: AtMost(m,2*FRACTION-1,factor[0]);
  //@ assert f1: AtMost(m,2*FRACTION-1,factor[1]);
  uint64_t a = m * factor[0], g = m * factor[1] + a / FACTOR_RADIX;
  //@ assert product: m*Factor(factor) == m*factor[0] + 268435456*(m*factor[1]);
  //@ assert digits: m*Factor(factor) == HEAD_UNIT*g + a % FACTOR_RADIX;
  *rest = a % FACTOR_RADIX;
  return g;
}
#endif

/* RN of A 2^E / 2^D for an A of which g are the leading bits, drop of them below the unit 2^unit of the result. */
/*@ requires drop: 1 <= drop <= 63;
    requires unit: 0 <= unit <= SHIFT_MAX;
    requires high: g < Up(2*FRACTION,drop) && g < 0x4000000000000000;
    requires low: unit > 0 ==> Up(FRACTION,drop) <= g;
    requires rest: rest < 0x4000000000000000;
    requires place: 0 <= E <= 8192 && 0 <= D <= 8192;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= SPECIAL;
    ensures zero: drop == 63 ==> \result == unit*FRACTION;
    ensures rounded: unit + D == E + FACTOR_HEAD + drop ==> \forall integer A; ProductHead(A,g,rest) ==> ScaledRounded(\result,A,E,D); */
KERNEL key round_at(uint64_t g, uint64_t rest, int32_t drop, int32_t unit) /*@ ghost (int E, int D) */
{
  uint64_t twice = shift_right(g, drop - 1), tail = g - shift_left(twice, drop - 1);
  int64_t m = (int64_t)(twice / 2), odd = (int64_t)(twice % 2), beyond = (int64_t)(tail + rest) > 0 ? 1 : m % 2;
  //@ ghost lemma_twice(g, twice, tail, drop, unit);
  key r = (key)m + (key)unit * FRACTION;
  //@ assert r: 0 <= r < SPECIAL;
  //@ ghost if (unit + D == E + FACTOR_HEAD + drop) lemma_scaled_rounded(g, rest, (uint64_t)m, (int)odd, tail, drop, unit, E, D, r);
  return odd == 0 || beyond == 0 ? r : r + 1;
}

/* The same for the D that exponent says: of g so many bits go that a significand is left, or more if the unit of the format is greater. */
/*@ requires g: g < 2*HEAD_LONG;
    requires low: E > 0 ==> HEAD_LONG <= 2*g;
    requires rest: rest < 0x4000000000000000;
    requires E: 0 <= E <= SHIFT_MAX;
    requires exponent: 0 <= exponent <= FACTOR_EXPONENT_MAX;
    requires shift: shift == E - exponent - FACTOR_TAIL;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= SPECIAL;
    ensures rounded: \forall integer A; ProductHead(A,g,rest) ==> ScaledRounded(\result,A,E,exponent + FACTOR_BITS); */
KERNEL key round_head(uint64_t g, uint64_t rest, int32_t shift) /*@ ghost (int E, int exponent) */
{
  int32_t cut = (int64_t)g >= HEAD_LONG ? FACTOR_TAIL : FACTOR_TAIL - 1;
  int32_t e = shift + cut;
  int32_t unit = e > 0 ? e : 0, drop = unit - shift, most = drop < 63 ? drop : 63;
  //@ ghost lemma_head_bits(g, cut, most);
  //@ ghost lemma_scaled_far(g, rest, drop, E, exponent + FACTOR_BITS);
  return round_at(g, rest, most, unit) /*@ ghost (E, exponent + FACTOR_BITS) */;
}

/* The magnitude of RN(x s), for x of magnitude r. */
/*@ requires r: 0 <= r < SPECIAL;
    requires factor: \valid_read(factor + (0 .. FACTOR_LIMBS-1)) && IsFactor(factor);
    requires exponent: 0 <= exponent <= FACTOR_EXPONENT_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= SPECIAL;
    ensures rounded: ScaledRounded(\result,Significand(r)*Factor(factor),Shift(r),exponent + FACTOR_BITS); */
KERNEL key scale_magnitude(key r, const uint32_t *factor, int32_t exponent)
{
  key shift = r < FRACTION ? 0 : r / FRACTION - 1;
  uint64_t m = (uint64_t)(r - shift * FRACTION), rest, g = product_head(m, factor, &rest);
  //@ assert parts: m == Significand(r) && shift == Shift(r);
  //@ assert head: ProductHead(Significand(r)*Factor(factor),g,rest);
  return round_head(g, rest, (int32_t)shift - exponent - FACTOR_TAIL) /*@ ghost ((int)shift, exponent) */;
}

/* With the sign of k; +0 for a zero. */
/*@ requires k: Finite(k);
    requires r: 0 <= r <= SPECIAL;
    terminates \true; exits \false; assigns \nothing;
    ensures magnitude: k != -1 ==> Magnitude(\result) == r;
    ensures zero: k == -1 ==> \result == 0;
    ensures range: 0 <= Magnitude(\result) <= SPECIAL;
    ensures sign: \result < 0 <==> k < -1; */
KERNEL key signed_as(key k, key r)
{
  return k == -1 ? 0 : k < 0 ? -1 - r : r;
}

KERNEL void scale_keys(const key *restrict keys, const uint32_t *restrict factor, int32_t exponent, key *restrict out)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant range: \forall integer i; 0 <= i < l ==> 0 <= Magnitude(out[i]) <= SPECIAL;
      loop invariant scaled: \forall integer i; 0 <= i < l ==> IsScaled(out[i],keys[i],Factor(factor),exponent + FACTOR_BITS);
      loop assigns l, out[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key k = keys[l], x = k < 0 ? -1 - k : k, r = scale_magnitude(x, factor, exponent), z = signed_as(k, r);
    //@ ghost lemma_zero_scaled(exponent + FACTOR_BITS);
    //@ assert x: x == Magnitude(k);
    //@ assert zero: k == -1 ==> Significand(x) == 0 && Shift(x) == 0 && Magnitude(z) == 0;
    //@ assert product: Significand(x) == 0 ==> Significand(x)*Factor(factor) == 0;
    //@ assert none: k == -1 ==> ScaledRounded(Magnitude(z),Significand(x)*Factor(factor),Shift(x),exponent + FACTOR_BITS);
    //@ assert other: k != -1 ==> ScaledRounded(Magnitude(z),Significand(x)*Factor(factor),Shift(x),exponent + FACTOR_BITS);
    //@ assert scaled: IsScaled(z,k,Factor(factor),exponent + FACTOR_BITS);
    out[l] = z;
  }
}

/*@ predicate OddScaled(integer z, integer x, integer F, integer D) = Magnitude(z) % 2 == 1 ==> IsScaled(z,x,F,D);      // an odd z is of F
  @*/

KERNEL void scale_keys_between(const key *restrict keys, const uint32_t *restrict lower, const uint32_t *restrict upper, int32_t exponent,
                               key *restrict out)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant range: \forall integer i; 0 <= i < l ==> 0 <= Magnitude(out[i]) <= SPECIAL;
      loop invariant scaled: \forall integer i; 0 <= i < l ==> IsScaled(out[i],keys[i],Factor(lower),exponent + FACTOR_BITS)
                               || IsScaled(out[i],keys[i],Factor(upper),exponent + FACTOR_BITS);
      loop invariant even: \forall integer i; 0 <= i < l ==> OddScaled(out[i],keys[i],Factor(upper),exponent + FACTOR_BITS);
      loop assigns l, out[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    key k = keys[l], x = k < 0 ? -1 - k : k;
    key below = scale_magnitude(x, lower, exponent), above = scale_magnitude(x, upper, exponent);
    key z = signed_as(k, below % 2 == 0 ? below : above);
    //@ ghost lemma_zero_scaled(exponent + FACTOR_BITS);
    //@ assert x: x == Magnitude(k);
    //@ assert zero: k == -1 ==> Significand(x) == 0 && Shift(x) == 0 && Magnitude(z) == 0;
    //@ assert product: Significand(x) == 0 ==> Significand(x)*Factor(lower) == 0;
    //@ assert none: k == -1 ==> ScaledRounded(Magnitude(z),Significand(x)*Factor(lower),Shift(x),exponent + FACTOR_BITS);
    /*@ assert below: k != -1 && below % 2 == 0
          ==> ScaledRounded(Magnitude(z),Significand(x)*Factor(lower),Shift(x),exponent + FACTOR_BITS); */
    /*@ assert above: k != -1 && below % 2 != 0
          ==> ScaledRounded(Magnitude(z),Significand(x)*Factor(upper),Shift(x),exponent + FACTOR_BITS); */
    //@ assert upper: Magnitude(z) % 2 == 1 ==> ScaledRounded(Magnitude(z),Significand(x)*Factor(upper),Shift(x),exponent + FACTOR_BITS);
    /*@ assert scaled: IsScaled(z,k,Factor(lower),exponent + FACTOR_BITS) || IsScaled(z,k,Factor(upper),exponent + FACTOR_BITS); */
    //@ assert even: OddScaled(z,k,Factor(upper),exponent + FACTOR_BITS);
    out[l] = z;
  }
}
