/* Means of some of the rows of a tile each, by one window for all of them.
 *
 * Nearest neighbour mixing (Allouah et al. 2023) and the rounds of Multi-Bulyan ask for many means of nearly all rows. Every value is cut to the
 * unit of the lane's greatest once: its term. The sum for a mean is the sum of all terms less those of the rows left out. Terms added or taken
 * away lose less than a unit each, so with t terms the exact sum lies within t units, and window_quotients decides as for any other
 * sum (exact/window.h). Where no term lost anything, which is nearly always, sums are exact, and a guess is either the nearest magnitude or not.
 */
#ifndef CERTIGAR_SHARED_H
#define CERTIGAR_SHARED_H

#include "acsl/kept.h"
#include "exact/window_sums.h"

typedef int64_t term_row[LANES];

enum { SHARED_ROWS = WINDOW_ROWS / 2 };  /* every row is added, and may be taken away again */

/*@ predicate SmallRows{L}(term_row *terms, integer n) = \forall integer i; 0 <= i < n ==> SmallTerms(&terms[i][0],1);
  @ predicate WindowPlace{L}(int32_t *exponent) = \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX + 1;
  @ // the rows of the tile, as they were at L1, are worth their terms
  @ predicate IsTerm{L1,L2}(row *t, term_row *terms, integer e, integer c, integer i, integer l) =
  @   LaneSum(Val(\at(t[i][l],L1)),TermUnits{L2}(\at(&terms[i][0],L2),l),e,c,1);
  @ predicate SharedTerms{L1,L2}(row *t, term_row *terms, int32_t *exponent, int32_t *cut, integer n) =
  @   \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> IsTerm{L1,L2}(t,terms,\at(exponent[l],L2),\at(cut[l],L2),i,l);
  @ predicate SharedTotal{L1,L2}(row *t, int64_t *total, int32_t *exponent, int32_t *cut, integer n) =
  @   \forall integer l; 0 <= l < LANES ==>
  @     LaneSum(Sum{L1}(t,0,n,l),TermUnits{L2}(total,l),\at(exponent[l],L2),\at(cut[l],L2),n);
  @*/

/* The window for all rows: the greatest magnitudes, its place, the furthest cuts; the terms of all rows, and their sums. */
/*@ requires rows: Rows(t,0,n) && n <= SHARED_ROWS;
    requires window: \valid(top + (0 .. LANES-1)) && \valid(exponent + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires terms: \valid(terms + (0 .. n-1)) && \valid(total + (0 .. LANES-1));
    requires apart: \separated(top + (0 .. LANES-1), exponent + (0 .. LANES-1), cut + (0 .. LANES-1), terms + (0 .. n-1), total + (0 .. LANES-1),
      t + (0 .. n-1));
    terminates \true; exits \false;
    assigns top[0 .. LANES-1], exponent[0 .. LANES-1], cut[0 .. LANES-1], (&terms[0][0])[0 .. n*LANES-1], total[0 .. LANES-1];
    ensures top: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> \old(Magnitude(t[i][l])) <= top[l];
    ensures place: WindowPlace(exponent);
    ensures small: SmallRows(terms,n) && SmallTerms(total,n);
    ensures terms: SharedTerms{Pre,Post}(t,terms,exponent,cut,n);
    ensures total: SharedTotal{Pre,Post}(t,total,exponent,cut,n); */
KERNEL void share_window(const row *t, int n, key *restrict top, int32_t *restrict exponent, int32_t *restrict cut, term_row *restrict terms,
                         int64_t *restrict total);

/*@ predicate SharpLanes{L}(key *top, int32_t *exponent, int32_t *cut) =
  @   \forall integer l; 0 <= l < LANES ==> top[l] < SPECIAL && exponent[l] <= SHIFT_MAX && cut[l] <= WINDOW;
  @*/

/* Whether all lanes are finite, and no term was cut so far that it may have lost something. */
/*@ requires lanes: \valid_read(top + (0 .. LANES-1)) && \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    terminates \true; exits \false; assigns \nothing;
    ensures sharp: \result != 0 ==> SharpLanes(top,exponent,cut); */
KERNEL int is_sharp(const key *top, const int32_t *exponent, const int32_t *cut);

/* The mean of the rows kept, whose number is k: returns k if out[l] is RN of their sum by k in every lane, and -k if only where open[l] is 0. */
/*@ requires rows: Rows(t,0,n) && n <= SHARED_ROWS;
    requires kept: \valid_read(kept + (0 .. n-1)) && 1 <= KeptCount(kept,n);
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires terms: \valid_read(terms + (0 .. n-1)) && \valid_read(total + (0 .. LANES-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), open + (0 .. LANES-1), exponent + (0 .. LANES-1), cut + (0 .. LANES-1), terms + (0 .. n-1),
      total + (0 .. LANES-1), t + (0 .. n-1), kept + (0 .. n-1));
    requires place: WindowPlace(exponent);
    requires small: SmallRows(terms,n) && SmallTerms(total,n);
    requires terms: SharedTerms{Pre,Pre}(t,terms,exponent,cut,n);
    requires total: SharedTotal{Pre,Pre}(t,total,exponent,cut,n);
    requires sharp: sharp != 0 ==> \forall integer l; 0 <= l < LANES ==> exponent[l] <= SHIFT_MAX && cut[l] <= WINDOW;
    terminates \true; exits \false; assigns out[0 .. LANES-1], open[0 .. LANES-1];
    ensures range: -n <= \result <= n;
    ensures count: \result == \old(KeptCount(kept,n)) || \result == -\old(KeptCount(kept,n));
    ensures quotient: 0 < \result ==> \forall integer l; 0 <= l < LANES ==> IsQuotient(out[l],\old(KeptSum(t,kept,n,l)),\result);
    ensures decided: \result < 0 ==> \forall integer l; 0 <= l < LANES && open[l] == 0 ==> IsQuotient(out[l],\old(KeptSum(t,kept,n,l)),-\result); */
KERNEL int shared_mean(const unsigned char *restrict kept, int n, int sharp, const int32_t *restrict exponent, const int32_t *restrict cut,
                       const term_row *restrict terms, const int64_t *restrict total, key *restrict out, int32_t *restrict open)
  /*@ ghost (const row *t) */;

#endif
