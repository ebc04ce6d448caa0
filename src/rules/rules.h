/* The coordinate-wise rules over one tile, lane by lane: spec/rules.md, section 4.
 *
 * t holds the keys of n rows and is used as work space. Each returns the number of lanes whose mean took the wide accumulator (exact/mean.h).
 */
#ifndef CERTIGAR_RULES_H
#define CERTIGAR_RULES_H

#include "acsl/rules.h"

/*@ requires n: 1 <= n <= ROWS_MAX;
    requires t: \valid_read(t + (0 .. n-1));
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns out[0 .. LANES-1];
    ensures average: \forall integer l; 0 <= l < LANES ==> IsAverage{Pre}(out[l],t,n,l);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int average(const row *t, int n, key *out);

/*@ requires n: 1 <= n <= ROWS_MAX;
    requires kind: kind == CERTIGAR_MIDPOINT || kind == CERTIGAR_LOWER || kind == CERTIGAR_UPPER;
    requires t: \valid(t + (0 .. n-1));
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], out[0 .. LANES-1];
    ensures median: \forall integer l; 0 <= l < LANES ==> IsMedian{Pre}(out[l],t,n,kind,l);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int median(row *t, int n, int kind, key *out);

/*@ requires n: 1 <= n <= ROWS_MAX;
    requires f: 0 <= f && 2*f < n;
    requires t: \valid(t + (0 .. n-1));
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], out[0 .. LANES-1];
    ensures trimmed: \forall integer l; 0 <= l < LANES ==> IsTrimmedMean{Pre}(out[l],t,n,f,l);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int trimmed_mean(row *t, int n, int f, key *out);

/* Mean of all rows with the divisor k: mean_rows, said of the tile that comes in. */
/*@ requires n: 1 <= k <= n <= ROWS_MAX;
    requires t: \valid_read(t + (0 .. n-1));
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    requires bound: \forall integer l; 0 <= l < LANES && AllFinite(t,0,n,l) ==> Abs(Sum(t,0,n,l)) <= k*Value(SPECIAL-1);
    terminates \true; exits \false; assigns out[0 .. LANES-1];
    ensures mean: \forall integer l; 0 <= l < LANES ==> IsMean{Pre}(out[l],t,0,n,l,k);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int mean_of_rows(const row *t, int n, int k, key *out);

/* Mean of x_(lo), ..., x_(hi-1): what trimmed_mean and the midpoint median have in common. */
/*@ requires n: 0 <= lo < hi <= n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1));
    requires out: \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], out[0 .. LANES-1];
    ensures mean: \forall integer l; 0 <= l < LANES ==> IsRankMean{Pre}(out[l],t,n,l,lo,hi);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int mean_of_ranks(row *t, int n, int lo, int hi, key *out);

/* *ties becomes the number of lanes with a tie. */
/*@ requires n: 1 <= n <= ROWS_MAX;
    requires f: 0 <= f < n;
    requires t: \valid(t + (0 .. n-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(ties);
    requires apart: \separated(out + (0 .. LANES-1), t + (0 .. n-1));
    requires alone: \separated(ties, out + (0 .. LANES-1)) && \separated(ties, t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1], out[0 .. LANES-1], *ties;
    ensures meamed: \forall integer l; 0 <= l < LANES ==> IsMeamed{Pre}(out[l],t,n,f,l);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures ties: Ties{Pre}(t,n,f,LANES,*ties);
    ensures count: 0 <= \result <= LANES; */
KERNEL int meamed(row *t, int n, int f, key *out, int *ties);

#endif
