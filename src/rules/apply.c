/* A rule applied to a tile: see apply.h. */
#include "rules/apply.h"

KERNEL int apply_rule(row *t, int n, int f, int rule, int kind, word *out, int *ties)
{
  key result[LANES];
  int exact, tied = 0;
  if (rule == CERTIGAR_AVERAGE) {
    exact = average(t, n, result);
    //@ assert average: \forall integer l; 0 <= l < LANES ==> IsAverage{Pre}(result[l],t,n,l);
  } else if (rule == CERTIGAR_MEDIAN) {
    exact = median(t, n, kind, result);
    //@ assert median: \forall integer l; 0 <= l < LANES ==> IsMedian{Pre}(result[l],t,n,kind,l);
  } else if (rule == CERTIGAR_TRIMMED_MEAN) {
    exact = trimmed_mean(t, n, f, result);
    //@ assert trimmed: \forall integer l; 0 <= l < LANES ==> IsTrimmedMean{Pre}(result[l],t,n,f,l);
  } else {
    exact = meamed(t, n, f, result, &tied);
    //@ assert meamed: \forall integer l; 0 <= l < LANES ==> IsMeamed{Pre}(result[l],t,n,f,l);
  }
  words_of_keys(result, out);
  //@ assert words: \forall integer l; 0 <= l < LANES ==> out[l] == WordOf(result[l]);
  *ties = tied;
  return exact;
}
