/* What a magnitude is worth, and what correct rounding means: spec/rules.md, section 1, in ACSL.
 *
 * All values are integers in units of the smallest subnormal. a * 2^n is written Up(a,n), a recursive doubling: the
 * provers handle it without products. A magnitude r has the significand and the exponent that r / 2^F and r % 2^F say.
 */
#ifndef SPEC_NUMBER_H
#define SPEC_NUMBER_H

#include "exact/format.h"

/*@ logic integer Up(integer a, integer n) = n <= 0 ? a : 2*Up(a,n-1);          // a * 2^max(n,0)
  @ logic integer Abs(integer x) = x < 0 ? -x : x;
  @ predicate AtMost(integer k, integer n, integer x) = 0 <= x ==> k*x <= n*x;  // products, found by the provers by these names
  @ predicate Scaled(integer k, integer x, integer y) = (x <= y ==> k*x <= k*y) && (x < y ==> k*x < k*y);
  @
  @ logic integer Shift(integer r) = r < FRACTION ? 0 : r/FRACTION - 1;
  @ logic integer Significand(integer r) = r - Shift(r)*FRACTION;               // 2^F + fraction, or the fraction alone when E = 0
  @ logic integer Value(integer r) = Up(Significand(r), Shift(r));
  @
  @ logic integer Magnitude(integer k) = k < 0 ? -1-k : k;                      // of a key
  @ logic integer Val(integer k) = k < 0 ? -Value(-1-k) : Value(k);             // the number that a finite key stands for
  @
  @ predicate Finite(integer k) = -SPECIAL <= k < SPECIAL;                      // -1-SPECIAL is -infinity, SPECIAL is +infinity
  @ predicate IsKey(integer k) = -1-SPECIAL <= k <= SPECIAL || k == QUIET_NAN;
  @
  @ // X/k rounds to the magnitude r (X >= 0): between the midpoints of its neighbours, ties to even
  @ predicate Rounded(integer r, integer X, integer k) =
  @      2*X <= k*(Value(r) + Value(r+1))
  @   && (2*X == k*(Value(r) + Value(r+1)) ==> r % 2 == 0)
  @   && (r > 0 ==> k*(Value(r-1) + Value(r)) <= 2*X)
  @   && (r > 0 && 2*X == k*(Value(r-1) + Value(r)) ==> r % 2 == 0);
  @
  @ // the key z is RN(X/k): the magnitude is rounded, the sign is that of X, zero is +0
  @ predicate IsQuotient(integer z, integer X, integer k) =
  @   Finite(z) && (z < 0 <==> X < 0) && Rounded(Magnitude(z), Abs(X), k);
  @*/

#endif
