/* The order of two sums of two numbers: see compare.h. */
#include "exact/compare.h"
#include "exact/wide.h"
#include "lemmas/compare.h"

/* The exponent of a number: its significand has the weight 2^exponent. */
/*@ requires k: Finite(k);
    terminates \true; exits \false; assigns \nothing;
    ensures shift: \result == Shift(Magnitude(k));
    ensures range: 0 <= \result <= SHIFT_MAX; */
KERNEL int exponent_of(key k)
{
  key r = k < 0 ? -1 - k : k;
  return r < FRACTION ? 0 : (int)(r / FRACTION - 1);
}

/*@ terminates \true; exits \false; assigns \nothing;
    ensures max: \result >= a && \result >= b && (\result == a || \result == b); */
KERNEL int greater_exponent(int a, int b)
{
  return a > b ? a : b;
}

/* A number cut towards zero to a multiple of 2^(E - COMPARE_BITS); sets cut unless it is such a multiple. */
/*@ requires k: Finite(k);
    requires E: Shift(Magnitude(k)) <= E <= SHIFT_MAX;
    requires cut: \valid(cut);
    terminates \true; exits \false; assigns *cut;
    ensures near: Near(\result,E,Val(k));
    ensures exact: *cut == 0 ==> Exact(\result,E,Val(k));
    ensures cut: \old(*cut) != 0 ==> *cut != 0;
    ensures range: -0x2000000000000000 < \result < 0x2000000000000000; */
KERNEL int64_t cut_to_unit(key k, int E, int *cut)
{
  key r = k < 0 ? -1 - k : k;
  int e = exponent_of(k), d = E - e;
  uint64_t m = (uint64_t)(r - e * (key)FRACTION) * COMPARE_UNIT;
  //@ assert m: m == Significand(r)*COMPARE_UNIT && m < 0x2000000000000000;
  //@ ghost lemma_align(r, m, d, E);
  int64_t q = d < 64 ? (int64_t)(m >> d) : 0;
  if (d > COMPARE_BITS && m != 0) *cut = 1;
  return k < 0 ? -q : q;
}

/*@ requires terms: Finite(x) && Finite(y) && Finite(a) && Finite(b);
    terminates \true; exits \false; assigns \nothing;
    ensures sign: -1 <= \result <= 1;
    ensures negative: \result == -1 <==> Val(x) + Val(y) < Val(a) + Val(b);
    ensures positive: \result == 1 <==> Val(x) + Val(y) > Val(a) + Val(b); */
KERNEL int compare_wide(key x, key y, key a, key b)
{
  int64_t w[LIMBS];
  wide_clear(w);
  wide_add(w, x) /*@ ghost (0) */;
  wide_add(w, y) /*@ ghost (1) */;
  wide_subtract(w, a) /*@ ghost (2) */;
  wide_subtract(w, b) /*@ ghost (3) */;
  return wide_absolute(w) /*@ ghost (4) */;
}

KERNEL int compare_sums(key x, key y, key a, key b)
{
  int E = greater_exponent(greater_exponent(exponent_of(x), exponent_of(y)), greater_exponent(exponent_of(a), exponent_of(b)));
  int cut = 0;
  int64_t qx = cut_to_unit(x, E, &cut), qy = cut_to_unit(y, E, &cut), qa = cut_to_unit(a, E, &cut), qb = cut_to_unit(b, E, &cut);
  int64_t difference = qx + qy - qa - qb;
  //@ ghost lemma_compare_near(x, y, a, b, qx, qy, qa, qb, E);
  if (difference >= 4) return 1;
  if (difference <= -4) return -1;
  if (cut) return compare_wide(x, y, a, b);
  //@ ghost lemma_compare_exact(x, y, a, b, qx, qy, qa, qb, E);
  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}
