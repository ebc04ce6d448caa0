/* The order of two sums, exactly: of x + y and a + b, and of k x and a sum of k numbers.
 *
 * Of the first nearly always 64-bit integers decide: each number is cut to a multiple of 2^(E - COMPARE_BITS), E the greatest of the four exponents.
 * A cut is less than one such unit, so the four together are less than four. What is nearer than that takes the wide accumulator.
 */
#ifndef CERTIGAR_COMPARE_H
#define CERTIGAR_COMPARE_H

#include "acsl/mean.h"

#if FORMAT == 32
enum { COMPARE_BITS = 37 };              /* 24 + 37 bits, four terms: sums stay below 2^63 */
#define COMPARE_UNIT 137438953472        /* 2^COMPARE_BITS */
#elif FORMAT == 64
enum { COMPARE_BITS = 8 };
#define COMPARE_UNIT 256
#else
enum { COMPARE_BITS = 1 };               /* narrow, so that the toy reaches every path */
#define COMPARE_UNIT 2
#endif

/*@ // q 2^E is less than one 2^E from v, all in units of 2^-COMPARE_BITS; or it is v
  @ predicate Near(integer q, integer E, integer v) = Up(q-1,E) < Up(v,COMPARE_BITS) < Up(q+1,E);
  @ predicate Exact(integer q, integer E, integer v) = Up(q,E) == Up(v,COMPARE_BITS);
  @*/

/* A number cut towards zero to a multiple of 2^(E - COMPARE_BITS). */
/*@ requires k: IsKey(k);
    requires E: Shift(Magnitude(k)) <= E <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns \nothing;
    ensures near: Near(\result,E,Val(k));
    ensures exact: E - Shift(Magnitude(k)) <= COMPARE_BITS || Significand(Magnitude(k)) == 0 ==> Exact(\result,E,Val(k));
    ensures range: -0x2000000000000000 < \result < 0x2000000000000000; */
KERNEL int64_t cut_number(key k, int32_t E);

/* The sign of x + y - a - b: -1, 0 or 1. */
/*@ requires terms: Finite(x) && Finite(y) && Finite(a) && Finite(b);
    terminates \true; exits \false; assigns \nothing;
    ensures sign: -1 <= \result <= 1;
    ensures negative: \result == -1 <==> Val(x) + Val(y) < Val(a) + Val(b);
    ensures positive: \result == 1 <==> Val(x) + Val(y) > Val(a) + Val(b); */
KERNEL int compare_sums(key x, key y, key a, key b);

/* The sign of k x - (t[lo][l] + ... + t[hi-1][l]), k = hi - lo: of x against the mean of the rows, without dividing. */
/*@ requires rows: Rows(t,lo,hi);
    requires l: 0 <= l < LANES;
    requires finite: Finite(x) && AllFinite(t,lo,hi,l);
    terminates \true; exits \false; assigns \nothing;
    ensures sign: -1 <= \result <= 1;
    ensures negative: \result == -1 <==> (hi-lo)*Val(x) < \old(Sum(t,lo,hi,l));
    ensures positive: \result == 1 <==> (hi-lo)*Val(x) > \old(Sum(t,lo,hi,l)); */
KERNEL int compare_multiple(key x, const row *t, int lo, int hi, int l);

#endif
