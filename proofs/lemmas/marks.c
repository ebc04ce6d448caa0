/* See marks.h. */
#include "lemmas/marks.h"
#include "lemmas/order.h"
#include "lemmas/power.h"
#include "lemmas/value.h"

/*@ ghost
  void lemma_mark_parts(key mean, key x, int n)
  {
    key r = mean < 0 ? -1 - mean : mean, a = x < 0 ? -1 - x : x;
    lemma_rounded_between(r, a, n);
    lemma_rounded_between(r, 0, n);
    lemma_value_mono(r, a);
    lemma_value_mono(a, r);
    lemma_value_mono(0, a);
    lemma_value_mono(0, r);
    lemma_scaled(n);
    /@ assert zero: Value(0) == 0; @/
    /@ assert least: \forall integer S; Rounded(r,S,n) && r > 0 ==> 0 < S; @/
    /@ assert order: Value(r) < Value(a) ==> r < a; @/
    /@ assert above: \forall integer S; Rounded(r,S,n) && Value(r) < Value(a) ==> S < n*Value(a); @/
    /@ assert below: \forall integer S; Rounded(r,S,n) && Value(a) < Value(r) ==> n*Value(a) < S; @/
    /@ assert scaled: 0 <= n*Value(a) && Scaled(n,0,Value(a)); @/
    /@ assert minus: n*(-Value(a)) == -(n*Value(a)); @/
    /@ assert value: x >= 0 ? Val(x) == Value(a) : Val(x) == -Value(a); @/
    /@ assert mean: mean >= 0 ? Val(mean) == Value(r) : Val(mean) == -Value(r); @/
    /@ assert product: x >= 0 ? n*Val(x) == n*Value(a) : n*Val(x) == -(n*Value(a)); @/
    /@ assert plus: \forall integer S; IsQuotient(mean,S,n) && mean >= 0 ==> Rounded(r,S,n) && 0 <= S; @/
    /@ assert minus_sum: \forall integer S; IsQuotient(mean,S,n) && mean < 0 ==> Rounded(r,-S,n) && S < 0; @/
    /@ assert positive: 0 < Value(r) ==> 0 < r; @/
    /@ assert none: Value(a) == 0 ==> n*Value(a) == 0; @/
    /@ assert both: \forall integer S; mean >= 0 && x >= 0 && IsQuotient(mean,S,n) ==> Parts(mean,S,n,x); @/
    /@ assert neither: \forall integer S; mean < 0 && x < 0 && IsQuotient(mean,S,n) ==> Parts(mean,S,n,x); @/
    /@ assert below_mean: \forall integer S; mean >= 0 && x < 0 && IsQuotient(mean,S,n) ==> Parts(mean,S,n,x); @/
    /@ assert above_mean: \forall integer S; mean < 0 && x >= 0 && IsQuotient(mean,S,n) ==> Parts(mean,S,n,x); @/
  }
*/

/*@ ghost
  void lemma_bar(key z, key x, key bar, int sign, int n)
  {
    lemma_val_order();
    /@ assert same: SameFlag(x,z) == 1 ==> Val(x) == Val(z); @/
    /@ assert more: SameFlag(x,z) == 0 && z < x ==> Val(z) < Val(x); @/
    /@ assert less: SameFlag(x,z) == 0 && x < z ==> Val(x) < Val(z); @/
  }
*/

/*@ ghost
  void lemma_equals(const row *t, int n, int l, key z)
  {
    int i = 0;
    lemma_val_order();
    /@ loop invariant i: 0 <= i <= n;
       loop invariant range: 0 <= Equals(t,i,l,z) <= i;
       loop invariant none: Equals(t,i,l,z) == 0 ==> \forall integer j; 0 <= j < i ==> SameFlag(t[j][l],z) == 0;
       loop invariant all: Equals(t,i,l,z) == i ==> Sum(t,0,i,l) == i*Val(z);
       loop assigns i; loop variant n - i; @/
    for (; i < n; i++) {
      /@ assert next: Equals(t,i+1,l,z) == Equals(t,i,l,z) + SameFlag(t[i][l],z); @/
      /@ assert flag: SameFlag(t[i][l],z) == 0 || SameFlag(t[i][l],z) == 1; @/
      /@ assert zero: Equals(t,i+1,l,z) == 0 ==> Equals(t,i,l,z) == 0 && SameFlag(t[i][l],z) == 0; @/
      /@ assert sum: Sum(t,0,i+1,l) == Sum(t,0,i,l) + Val(t[i][l]); @/
      /@ assert same: SameFlag(t[i][l],z) == 1 ==> Val(t[i][l]) == Val(z); @/
      /@ assert product: (i+1)*Val(z) == i*Val(z) + Val(z); @/
    }
  }
*/
