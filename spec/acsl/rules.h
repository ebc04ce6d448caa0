/* What each rule returns: spec/rules.md, section 4, in ACSL. Everything is said of the tile that comes in.
 *
 * x_(j) is Rank(t,n,l,j) (spec/acsl/order.h): how the ranks are found is no part of it.
 */
#ifndef SPEC_RULES_H
#define SPEC_RULES_H

#include "acsl/mean.h"
#include "acsl/order.h"
#include "certigar.h"

/* ---- means of ranks ---- */

/*@ logic integer RankSum{L}(row *t, integer n, integer l, integer lo, integer hi) =        // x_(lo) + ... + x_(hi-1)
  @   hi <= lo ? 0 : RankSum(t,n,l,lo,hi-1) + Val(Rank(t,n,l,hi-1));
  @
  @ predicate RanksFinite{L}(row *t, integer n, integer l, integer lo, integer hi) =
  @   \forall integer j; lo <= j < hi ==> Finite(Rank(t,n,l,j));
  @ predicate RanksHave{L}(row *t, integer n, integer l, integer lo, integer hi, integer k) =
  @   \exists integer j; lo <= j < hi && Rank(t,n,l,j) == k;
  @
  @ // the key z is Mean of x_(lo), ..., x_(hi-1)
  @ predicate IsRankMean{L}(integer z, row *t, integer n, integer l, integer lo, integer hi) =
  @      (RanksFinite(t,n,l,lo,hi) ==> IsQuotient(z,RankSum(t,n,l,lo,hi),hi-lo))
  @   && (RanksHave(t,n,l,lo,hi,QUIET_NAN) ==> z == QUIET_NAN)
  @   && (RanksHave(t,n,l,lo,hi,SPECIAL) && RanksHave(t,n,l,lo,hi,-1-SPECIAL) ==> z == QUIET_NAN)
  @   && (!RanksHave(t,n,l,lo,hi,QUIET_NAN) && RanksHave(t,n,l,lo,hi,SPECIAL) && !RanksHave(t,n,l,lo,hi,-1-SPECIAL) ==> z == SPECIAL)
  @   && (!RanksHave(t,n,l,lo,hi,QUIET_NAN) && RanksHave(t,n,l,lo,hi,-1-SPECIAL) && !RanksHave(t,n,l,lo,hi,SPECIAL) ==> z == -1-SPECIAL);
  @*/

/* ---- average, median, trimmed-mean ---- */

/*@ predicate IsAverage{L}(integer z, row *t, integer n, integer l) = IsMean(z,t,0,n,l,n);
  @
  @ predicate IsMedian{L}(integer z, row *t, integer n, integer kind, integer l) =
  @      (n % 2 == 1 ==> z == Rank(t,n,l,(n-1)/2))
  @   && (n % 2 == 0 && kind == CERTIGAR_MIDPOINT ==> IsRankMean(z,t,n,l,n/2-1,n/2+1))
  @   && (n % 2 == 0 && kind == CERTIGAR_LOWER ==> z == Rank(t,n,l,n/2-1))
  @   && (n % 2 == 0 && kind == CERTIGAR_UPPER ==> z == Rank(t,n,l,n/2));
  @
  @ predicate IsTrimmedMean{L}(integer z, row *t, integer n, integer f, integer l) = IsRankMean(z,t,n,l,f,n-f);
  @*/

/* ---- meamed: distances are doubled, 2 |x - M| = |2 x - 2 M|, so that they are integers ---- */

/*@ logic integer TwiceMedian{L}(row *t, integer n, integer l) = Val(Rank(t,n,l,(n-1)/2)) + Val(Rank(t,n,l,n/2));        // 2 M
  @ logic integer Distance{L}(row *t, integer n, integer l, integer j) = Abs(2*Val(Rank(t,n,l,j)) - TwiceMedian(t,n,l)); // of x_(j)
  @
  @ // x_(i) is kept before x_(j): it is closer to M, or equally close and not the greater
  @ predicate Closer{L}(row *t, integer n, integer l, integer i, integer j) =
  @      Distance(t,n,l,i) < Distance(t,n,l,j)
  @   || (Distance(t,n,l,i) == Distance(t,n,l,j) && Val(Rank(t,n,l,i)) <= Val(Rank(t,n,l,j)));
  @
  @ predicate LeftOut{L}(row *t, integer n, integer l, integer s, integer q, integer j) =       // a finite value not among x_(s) ... x_(s+q-1)
  @   0 <= j < n && !(s <= j < s+q) && Finite(Rank(t,n,l,j));
  @
  @ // x_(s), ..., x_(s+q-1) are the q finite values closest to M
  @ predicate Closest{L}(row *t, integer n, integer l, integer s, integer q) =
  @      0 <= s && s+q <= n && RanksFinite(t,n,l,s,s+q)
  @   && \forall integer i, j; s <= i < s+q && LeftOut(t,n,l,s,q,j) ==> Closer(t,n,l,i,j);
  @
  @ // the median is finite, and so are n-f values
  @ predicate HasMeamed{L}(row *t, integer n, integer f, integer l) =
  @      Finite(Rank(t,n,l,(n-1)/2)) && Finite(Rank(t,n,l,n/2))
  @   && Count(t,n,l,SPECIAL-1) - Count(t,n,l,-1-SPECIAL) >= n-f;
  @
  @ predicate MeanAround{L}(integer z, row *t, integer n, integer l, integer s, integer q) =
  @   Closest(t,n,l,s,q) && IsQuotient(z,RankSum(t,n,l,s,s+q),q);
  @
  @ predicate IsMeamed{L}(integer z, row *t, integer n, integer f, integer l) =
  @      (HasMeamed(t,n,f,l) ==> \exists integer s; MeanAround(z,t,n,l,s,n-f))
  @   && (!HasMeamed(t,n,f,l) ==> z == QUIET_NAN);
  @
  @ // x_(i), kept, and x_(j), left out, are different and equally close to M
  @ predicate TiedPair{L}(row *t, integer n, integer l, integer s, integer q, integer i, integer j) =
  @      Closest(t,n,l,s,q) && s <= i < s+q && LeftOut(t,n,l,s,q,j)
  @   && Distance(t,n,l,i) == Distance(t,n,l,j) && Val(Rank(t,n,l,i)) != Val(Rank(t,n,l,j));
  @
  @ predicate HasTie{L}(row *t, integer n, integer f, integer l) =
  @   HasMeamed(t,n,f,l) && \exists integer s, i, j; TiedPair(t,n,l,s,n-f,i,j);
  @
  @ // c of the lanes below l have a tie
  @ predicate Ties{L}(row *t, integer n, integer f, integer l, integer c) =
  @   l <= 0 ? c == 0 : (HasTie(t,n,f,l-1) && Ties(t,n,f,l-1,c-1)) || (!HasTie(t,n,f,l-1) && Ties(t,n,f,l-1,c));
  @*/

/* ---- guarantees ---- */

/*@ logic integer CountTrue{L}(char *h, integer n) = n <= 0 ? 0 : CountTrue(h,n-1) + (h[n-1] != 0 ? 1 : 0);
  @
  @ // h: any set of at least n-f rows that are finite in lane l; what the other rows hold is not restricted
  @ predicate Honest{L}(char *h, row *t, integer n, integer f, integer l) =
  @      0 <= f && 2*f < n && CountTrue(h,n) >= n-f
  @   && \forall integer i; 0 <= i < n && h[i] != 0 ==> Finite(t[i][l]);
  @
  @ // a row of the set h is at most x, at least x
  @ predicate SomeBelow{L}(integer x, char *h, row *t, integer n, integer l) = \exists integer i; 0 <= i < n && h[i] != 0 && Val(t[i][l]) <= x;
  @ predicate SomeAbove{L}(integer x, char *h, row *t, integer n, integer l) = \exists integer i; 0 <= i < n && h[i] != 0 && x <= Val(t[i][l]);
  @
  @ // z is finite, and lies between the least and the greatest value of the set h
  @ predicate Contained{L}(integer z, char *h, row *t, integer n, integer l) =
  @   Finite(z) && SomeBelow(Val(z),h,t,n,l) && SomeAbove(Val(z),h,t,n,l);
  @
  @ // the doubled distance d is at most 2 (max_H - min_H)
  @ predicate WithinSpread{L}(integer d, char *h, row *t, integer n, integer l) =
  @   \exists integer i, j; 0 <= i < n && h[i] != 0 && 0 <= j < n && h[j] != 0 && d <= 2*(Val(t[j][l]) - Val(t[i][l]));
  @*/

#endif
