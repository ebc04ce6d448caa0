/* A lemma function about the nearest magnitude of an exact sum: see nearest.h. */
#include "lemmas/nearest.h"
#include "lemmas/decide.h"
#include "lemmas/power.h"

/*@ ghost
  void lemma_nearest_sum(int64_t a, int64_t p, int64_t gap, int64_t m, int j, int exponent, key r, int k)
  {
    int64_t ulp = m == FRACTION ? gap : gap / 2;
    lemma_up_mul(2, j);
    lemma_up_add(j);
    lemma_candidate(m, j, exponent, r, k);
    lemma_up_grow(j, 0);
    /@ assert ulp: ulp == Up(k,j) && 0 <= ulp; @/
    /@ assert gap: gap == (m == FRACTION ? ulp : 2*ulp); @/
    /@ assert parity: r % 2 == m % 2; @/
    /@ assert high: 4*(a - p) + m%2 + (m == FRACTION ? 1 : 0) <= gap; @/
    /@ assert low: 4*(p - a) + m%2 + (m == FRACTION ? 1 : 0) <= gap; @/
    if (4*a > 4*p - ulp) {
      /@ assert below_middle: 2*a < 2*p + ulp || (2*a == 2*p + ulp && r % 2 == 0); @/
      lemma_decide(a, 0, p, ulp, exponent, r, k);
      /@ assert rounded: \forall integer V; Within(V,a,exponent,0) ==> Rounded(r,V,k); @/
    } else {
      /@ assert more: FRACTION < m; @/
      lemma_candidate(m - 1, j, exponent, r - 1, k);
      /@ assert product: k*(m-1) + k == k*m; @/
      /@ assert below: Up(k*(m-1),j) == p - ulp; @/
      lemma_scaled(k);
      /@ assert scaled: Scaled(k,0,m-1); @/
      /@ assert product_positive: 0 <= k*(m-1); @/
      /@ assert positive: 0 <= p - ulp; @/
      /@ assert above_middle: 2*p - ulp < 2*a || (2*a == 2*p - ulp && (r - 1) % 2 == 1); @/
      lemma_decide(a, 0, p - ulp, ulp, exponent, r - 1, k);
      /@ assert rounded: \forall integer V; Within(V,a,exponent,0) ==> Rounded(r,V,k); @/
    }
  }
*/
