/* The order of two sums of two numbers, exactly: of x + y and a + b.
 *
 * Nearly always 64-bit integers decide: each number is cut to a multiple of 2^(E - COMPARE_BITS), E the greatest of the four exponents.
 * A cut is less than one such unit, so the four together are less than four. What is nearer than that takes the wide accumulator.
 */
#ifndef CERTIGAR_COMPARE_H
#define CERTIGAR_COMPARE_H

#include "acsl/number.h"

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

/* The sign of x + y - a - b: -1, 0 or 1. */
/*@ requires terms: Finite(x) && Finite(y) && Finite(a) && Finite(b);
    terminates \true; exits \false; assigns \nothing;
    ensures sign: -1 <= \result <= 1;
    ensures negative: \result == -1 <==> Val(x) + Val(y) < Val(a) + Val(b);
    ensures positive: \result == 1 <==> Val(x) + Val(y) > Val(a) + Val(b); */
KERNEL int compare_sums(key x, key y, key a, key b);

#endif
