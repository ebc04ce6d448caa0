/* A rule applied to a tile of keys, and the words that come out: all that src/kernels.c asks of src/rules.
 *
 * What is required here is what src/aggregate.c checks of the parameters, and no more; so a rule that asked for more, or promised less,
 * would leave a goal of this function open.
 */
#ifndef CERTIGAR_APPLY_H
#define CERTIGAR_APPLY_H

#include "exact/key.h"
#include "rules/rules.h"

/*@ // the word w is that of a key which the rule allows
  @ predicate AverageWord{L}(integer w, row *t, integer n, integer l) = \exists integer z; w == WordOf(z) && IsAverage(z,t,n,l);
  @ predicate MedianWord{L}(integer w, row *t, integer n, integer kind, integer l) =
  @   \exists integer z; w == WordOf(z) && IsMedian(z,t,n,kind,l);
  @ predicate TrimmedMeanWord{L}(integer w, row *t, integer n, integer f, integer l) =
  @   \exists integer z; w == WordOf(z) && IsTrimmedMean(z,t,n,f,l);
  @ predicate MeamedWord{L}(integer w, row *t, integer n, integer f, integer l) = \exists integer z; w == WordOf(z) && IsMeamed(z,t,n,f,l);
  @*/

/* Returns the number of lanes whose mean took the wide accumulator; *ties becomes the number of lanes with a tie, 0 for rules without ties. */
/*@ requires n: 1 <= n <= ROWS_MAX;
    requires f: 0 <= f <= (n-1)/2;
    requires rule: rule == CERTIGAR_AVERAGE || rule == CERTIGAR_MEDIAN || rule == CERTIGAR_TRIMMED_MEAN || rule == CERTIGAR_MEAMED;
    requires kind: kind == CERTIGAR_MIDPOINT || kind == CERTIGAR_LOWER || kind == CERTIGAR_UPPER;
    requires t: \valid(t + (0 .. n-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(ties);
    requires apart: \separated(out + (0 .. LANES-1), t + (0 .. n-1)) && \separated(ties, t + (0 .. n-1));
    requires alone: \separated(ties, out + (0 .. LANES-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], out[0 .. LANES-1], *ties;
    ensures average: rule == CERTIGAR_AVERAGE ==> \forall integer l; 0 <= l < LANES ==> AverageWord{Pre}(out[l],t,n,l);
    ensures median: rule == CERTIGAR_MEDIAN ==> \forall integer l; 0 <= l < LANES ==> MedianWord{Pre}(out[l],t,n,kind,l);
    ensures trimmed: rule == CERTIGAR_TRIMMED_MEAN ==> \forall integer l; 0 <= l < LANES ==> TrimmedMeanWord{Pre}(out[l],t,n,f,l);
    ensures meamed: rule == CERTIGAR_MEAMED ==> \forall integer l; 0 <= l < LANES ==> MeamedWord{Pre}(out[l],t,n,f,l);
    ensures ties: rule == CERTIGAR_MEAMED ==> Ties{Pre}(t,n,f,LANES,*ties);
    ensures none: rule != CERTIGAR_MEAMED ==> *ties == 0;
    ensures count: 0 <= \result <= LANES; */
KERNEL int apply_rule(row *t, int n, int f, int rule, int kind, word *out, int *ties);

#endif
