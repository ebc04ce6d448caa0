/* Lemma functions about the marks of BrSGD (rules/brsgd_marks.h): a rounded mean parts the values that are up from those that are not. */
#ifndef LEMMAS_MARKS_H
#define LEMMAS_MARKS_H

#include "rules/brsgd_marks.h"

/*@ // the number x against a number z and the n-th part of S
  @ predicate Parts(integer z, integer S, integer n, integer x) =
  @   (Val(z) < Val(x) ==> S < n*Val(x)) && (Val(x) < Val(z) ==> n*Val(x) < S);
  @ // z is not -0: 1 or 0, whether x is the same number
  @ logic integer SameFlag(integer x, integer z) = (x == -1 ? 0 : x) == z ? 1 : 0;
  @ logic integer Equals{L}(row *t, integer n, integer l, integer z) = n <= 0 ? 0 : Equals(t,n-1,l,z) + SameFlag(t[n-1][l],z);
  @*/

/* Rounding keeps order. */
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX;
     requires finite: Finite(mean) && Finite(x);
     terminates \true; exits \false; assigns \nothing;
     ensures parts: \forall integer S; IsQuotient(mean,S,n) ==> Parts(mean,S,n,x); @/
  void lemma_mark_parts(key mean, key x, int n);
*/

/* The bar of a lane whose rounded mean is z, -0 as +0, and sign that of n z - S if x is that number. */
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX;
     requires finite: Finite(z) && Finite(x) && z != -1;
     requires bar: bar == (sign < 0 ? z + 1 : z == 0 ? -1 : z);
     terminates \true; exits \false; assigns \nothing;
     ensures bar: \forall integer S; Parts(z,S,n,x) && (SameFlag(x,z) == 1 ==> (sign < 0 <==> n*Val(z) < S)) ==> (bar <= x <==> S <= n*Val(x)); @/
  void lemma_bar(key z, key x, key bar, int sign, int n);
*/

/* No value equals z, or all do. */
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX;
     requires z: Finite(z);
     terminates \true; exits \false; assigns \nothing;
     ensures range: 0 <= Equals(t,n,l,z) <= n;
     ensures none: Equals(t,n,l,z) == 0 ==> \forall integer i; 0 <= i < n ==> SameFlag(t[i][l],z) == 0;
     ensures all: Equals(t,n,l,z) == n ==> Sum(t,0,n,l) == n*Val(z); @/
  void lemma_equals(const row *t, int n, int l, key z);
*/

#endif
