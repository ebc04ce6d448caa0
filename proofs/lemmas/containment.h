/* What the rules guarantee when up to f of n > 2f rows are Byzantine: spec/rules.md, section 4.
 *
 * These are theorems about the definitions of spec/acsl/rules.h, hence about every output of src/rules. Each holds for every set h of
 * at least n-f rows that are finite in the lane (h[i] != 0: row i is of the set), whatever the other rows hold, NaN and infinities
 * included. The step behind them is the pigeonhole: among any f+1 rows one is of the set, so x_(f) is not below its least value and
 * x_(n-f-1) not above its greatest; and rounding is monotone.
 *
 * Ghost code: n and f are C numbers, so these hold for every tile that the program can hold.
 */
#ifndef LEMMAS_CONTAINMENT_H
#define LEMMAS_CONTAINMENT_H

#include "acsl/rules.h"

// trimmed-mean: min_H <= z <= max_H
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires t: \valid_read(t + (0 .. n-1)) && \valid_read(h + (0 .. n-1));
     requires keys: Keys(t,n);
     requires honest: Honest(h,t,n,f,l);
     requires output: IsTrimmedMean(z,t,n,f,l);
     terminates \true; exits \false; assigns \nothing;
     ensures contained: Contained(z,h,t,n,l); @/
  void theorem_trimmed_mean_contained(const char *h, const row *t, int n, int f, int l, key z);
*/

// median, every kind: min_H <= z <= max_H
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires kind: kind == CERTIGAR_MIDPOINT || kind == CERTIGAR_LOWER || kind == CERTIGAR_UPPER;
     requires t: \valid_read(t + (0 .. n-1)) && \valid_read(h + (0 .. n-1));
     requires keys: Keys(t,n);
     requires honest: Honest(h,t,n,f,l);
     requires output: IsMedian(z,t,n,kind,l);
     terminates \true; exits \false; assigns \nothing;
     ensures contained: Contained(z,h,t,n,l); @/
  void theorem_median_contained(const char *h, const row *t, int n, int f, int kind, int l, key z);
*/

// average, of a finite column: min <= z <= max. The set h is all rows: the average resists nothing
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires t: \valid_read(t + (0 .. n-1)) && \valid_read(h + (0 .. n-1));
     requires all: \forall integer i; 0 <= i < n ==> h[i] != 0;
     requires finite: AllFinite(t,0,n,l);
     requires output: IsAverage(z,t,n,l);
     terminates \true; exits \false; assigns \nothing;
     ensures contained: Contained(z,h,t,n,l); @/
  void theorem_average_contained(const char *h, const row *t, int n, int l, key z);
*/

// meamed: no value kept is farther from the median M than max_H - min_H, and neither is z (distances doubled, as in Distance)
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires t: \valid_read(t + (0 .. n-1)) && \valid_read(h + (0 .. n-1));
     requires keys: Keys(t,n);
     requires honest: Honest(h,t,n,f,l);
     requires output: IsMeamed(z,t,n,f,l);
     terminates \true; exits \false; assigns \nothing;
     ensures finite: Finite(z);
     ensures kept: \forall integer s, i; Closest(t,n,l,s,n-f) && s <= i < s+n-f ==> WithinSpread(Distance(t,n,l,i),h,t,n,l);
     ensures near: WithinSpread(Abs(2*Val(z) - TwiceMedian(t,n,l)),h,t,n,l); @/
  void theorem_meamed_near(const char *h, const row *t, int n, int f, int l, key z);
*/

#endif
