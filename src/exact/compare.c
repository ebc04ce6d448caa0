/* The order of two sums: see compare.h. */
#include "exact/compare.h"
#include "exact/shift.h"
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

KERNEL int64_t cut_number(key k, int32_t E)
{
  key r = k < 0 ? -1 - k : k;
  key e = r < FRACTION ? 0 : r / FRACTION - 1;
  uint64_t m = (uint64_t)(r - e * FRACTION) * COMPARE_UNIT;
  //@ assert m: m == Significand(r)*COMPARE_UNIT && m < 0x2000000000000000;
  int32_t d = E - (int32_t)e, c = d < 63 ? d : 63;
  uint64_t q = shift_right(m, c);
  //@ ghost lemma_align(r, m, d, c, E, q);
  //@ assert none: m == 0 ==> q == 0;
  return k < 0 ? -(int64_t)q : (int64_t)q;
}

/* Whether cutting may change a number. */
/*@ requires k: Finite(k);
    requires E: Shift(Magnitude(k)) <= E <= SHIFT_MAX;
    terminates \true; exits \false; assigns \nothing;
    ensures cut: \result == 0 ==> E - Shift(Magnitude(k)) <= COMPARE_BITS || Significand(Magnitude(k)) == 0; */
KERNEL int is_cut(key k, int E)
{
  key r = k < 0 ? -1 - k : k;
  return E - exponent_of(k) > COMPARE_BITS && r != 0;
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
  int64_t qx = cut_number(x, E), qy = cut_number(y, E), qa = cut_number(a, E), qb = cut_number(b, E);
  int64_t difference = qx + qy - qa - qb;
  //@ ghost lemma_compare_near(x, y, a, b, qx, qy, qa, qb, E);
  if (difference >= 4) return 1;
  if (difference <= -4) return -1;
  if (is_cut(x, E) || is_cut(y, E) || is_cut(a, E) || is_cut(b, E)) return compare_wide(x, y, a, b);
  //@ ghost lemma_compare_exact(x, y, a, b, qx, qy, qa, qb, E);
  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

KERNEL int compare_multiple(key x, const row *t, int lo, int hi, int l)
{
  int64_t w[LIMBS];
  int i = lo;
  wide_clear(w);
  /*@ loop invariant i: lo <= i <= hi;
      loop invariant sum: Limbs(&w[0],0) == (i-lo)*Val(x) - Sum{Pre}(t,lo,i,l);
      loop invariant bounded: Bounded(&w[0],2*(i-lo));
      loop assigns i, w[0 .. LIMBS-1]; loop variant hi - i; */
  for (; i < hi; i++) {
    //@ assert next: Sum{Pre}(t,lo,i+1,l) == Sum{Pre}(t,lo,i,l) + Val(t[i][l]);
    //@ assert multiple: (i+1-lo)*Val(x) == (i-lo)*Val(x) + Val(x);
    wide_add(w, x) /*@ ghost (2 * (i - lo)) */;
    wide_subtract(w, t[i][l]) /*@ ghost (2 * (i - lo) + 1) */;
  }
  //@ assert end: i == hi;
  return wide_absolute(w) /*@ ghost (2 * (hi - lo)) */;
}
