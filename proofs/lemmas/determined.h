/* The definitions of spec/acsl/rules.h have one answer each: of two outputs that satisfy one, both are the same bits.
 *
 * Without this a contract could be met by a wrong output next to the right one. Of the median there is nothing to prove but the midpoint: its
 * ranks are functions.
 */
#ifndef LEMMAS_DETERMINED_H
#define LEMMAS_DETERMINED_H

#include "acsl/rules.h"

/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     requires outputs: IsAverage(y,t,n,l) && IsAverage(z,t,n,l);
     terminates \true; exits \false; assigns \nothing;
     ensures same: y == z; @/
  void theorem_average_determined(const row *t, int n, int l, key y, key z);
*/

/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires kind: kind == CERTIGAR_MIDPOINT || kind == CERTIGAR_LOWER || kind == CERTIGAR_UPPER;
     requires keys: Keys(t,n);
     requires outputs: IsMedian(y,t,n,kind,l) && IsMedian(z,t,n,kind,l);
     terminates \true; exits \false; assigns \nothing;
     ensures same: y == z; @/
  void theorem_median_determined(const row *t, int n, int kind, int l, key y, key z);
*/

/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES && 0 <= f && 2*f < n;
     requires keys: Keys(t,n);
     requires outputs: IsTrimmedMean(y,t,n,f,l) && IsTrimmedMean(z,t,n,f,l);
     terminates \true; exits \false; assigns \nothing;
     ensures same: y == z; @/
  void theorem_trimmed_mean_determined(const row *t, int n, int f, int l, key y, key z);
*/

// the values closest to the median may be chosen in more than one way only if they are equal
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES && 0 <= f && 2*f < n;
     requires keys: Keys(t,n);
     requires outputs: IsMeamed(y,t,n,f,l) && IsMeamed(z,t,n,f,l);
     terminates \true; exits \false; assigns \nothing;
     ensures same: y == z;
     ensures sum: \forall integer r, s; Closest(t,n,l,r,n-f) && Closest(t,n,l,s,n-f) ==>
       RankSum(t,n,l,r,r+n-f) == RankSum(t,n,l,s,s+n-f); @/
  void theorem_meamed_determined(const row *t, int n, int f, int l, key y, key z);
*/

#endif
