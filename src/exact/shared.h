/* Means of some of the rows of a tile each, by one window for all of them.
 *
 * Nearest neighbour mixing (Allouah et al. 2023) and the rounds of Multi-Bulyan ask for many means of nearly all rows. Every value is cut to the
 * unit of the lane's greatest once: its term. The sum for a mean is then that of the terms of its rows, or the sum of all terms less those of
 * the rows left out, whichever are fewer. Terms added or taken away lose less than a unit each, so with t terms the exact sum lies
 * within t units, and window_quotients decides as for any other sum (exact/window.h).
 */
#ifndef CERTIGAR_SHARED_H
#define CERTIGAR_SHARED_H

#include <stddef.h>
#include "exact/window.h"

/* The terms of a row: FORMAT 64 has the high words first, then the low ones. */
#if FORMAT == 64
enum { TERM_WORDS = 2 * LANES };
#else
enum { TERM_WORDS = LANES };
#endif

typedef int64_t term_row[TERM_WORDS];

/* What a window for all rows of a tile is made of. */
/*@ // the units that the terms say
  @ logic integer TermUnits{L}(int64_t *s, integer l) = TERM_WORDS == LANES ? s[l] : s[l]*WINDOW_UNIT + s[LANES+l];
  @ predicate SmallTerms{L}(int64_t *s, integer terms) = \forall integer w; 0 <= w < TERM_WORDS ==> -terms*TERM_MAX <= s[w] <= terms*TERM_MAX;
  @
  @ // a lane of a row is worth its term
  @ predicate SharedTerm{L}(row *t, term_row *terms, int32_t *exponent, int32_t *cut, integer i, integer l) =
  @   LaneSum(Val(t[i][l]),TermUnits(&terms[i][0],l),exponent[l],cut[l],1);
  @ predicate SharedTerms{L}(row *t, term_row *terms, int32_t *exponent, int32_t *cut, integer n) =
  @   \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> SharedTerm(t,terms,exponent,cut,i,l);
  @ predicate SmallRows{L}(term_row *terms, integer n) = \forall integer i; 0 <= i < n ==> SmallTerms(&terms[i][0],1);
  @ predicate WindowPlace{L}(int32_t *exponent) = \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX + 1;
  @
  @ // the rows of a list
  @ predicate Listed{L}(size_t *list, integer length, integer n) = \forall integer j; 0 <= j < length ==> 0 <= list[j] < n;
  @ logic integer SumOf{L}(row *t, size_t *list, integer length, integer l) =
  @   length <= 0 ? 0 : SumOf(t,list,length-1,l) + Val(t[list[length-1]][l]);
  @ // the sum of the rows that a mean keeps: those of the list, or all others
  @ logic integer KeptSum{L}(row *t, integer n, size_t *list, integer length, integer left_out, integer l) =
  @   left_out == 0 ? SumOf(t,list,length,l) : Sum(t,0,n,l) - SumOf(t,list,length,l);
  @*/

/* The terms of all rows, and their sums. */
/*@ requires rows: Rows(t,0,n) && n <= WINDOW_ROWS;
    requires top: \valid(top + (0 .. LANES-1));
    requires window: \valid(exponent + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires terms: \valid(terms + (0 .. n-1)) && \valid(total + (0 .. TERM_WORDS-1));
    requires apart: \separated(top + (0 .. LANES-1), exponent + (0 .. LANES-1), cut + (0 .. LANES-1), terms + (0 .. n-1), total + (0 .. TERM_WORDS-1),
      t + (0 .. n-1));
    terminates \true; exits \false;
    assigns top[0 .. LANES-1], exponent[0 .. LANES-1], cut[0 .. LANES-1], (&terms[0][0])[0 .. n*TERM_WORDS-1], total[0 .. TERM_WORDS-1];
    ensures range: \forall integer l; 0 <= l < LANES ==> 0 <= top[l] <= QUIET_NAN;
    ensures top: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Magnitude(t[i][l]) <= top[l];
    ensures place: WindowPlace(exponent);
    ensures terms: SharedTerms(t,terms,exponent,cut,n);
    ensures small: SmallRows(terms,n);
    ensures small_total: SmallTerms(total,n);
    ensures total: \forall integer l; 0 <= l < LANES ==> LaneSum(\old(Sum(t,0,n,l)),TermUnits(total,l),exponent[l],cut[l],n); */
KERNEL void share_window(const row *t, int n, key *restrict top, int32_t *restrict exponent, int32_t *restrict cut, term_row *restrict terms,
                         int64_t *restrict total);

/* The mean of the rows in the list, or of the n rows but those: where open[l] comes back 0, out[l] is RN of their sum by their number. */
/*@ requires rows: Rows(t,0,n) && n + length <= WINDOW_ROWS;
    requires length: 0 <= length <= n && (left_out == 0 ==> 1 <= length) && (left_out != 0 ==> length < n);
    requires list: \valid_read(list + (0 .. length-1)) && Listed(list,length,n);
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires terms: \valid_read(terms + (0 .. n-1)) && \valid_read(total + (0 .. TERM_WORDS-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), open + (0 .. LANES-1), exponent + (0 .. LANES-1), cut + (0 .. LANES-1), terms + (0 .. n-1),
      total + (0 .. TERM_WORDS-1), t + (0 .. n-1), list + (0 .. length-1));
    requires place: WindowPlace(exponent);
    requires values: SharedTerms(t,terms,exponent,cut,n);
    requires small: SmallRows(terms,n) && SmallTerms(total,n);
    requires total: \forall integer l; 0 <= l < LANES ==> LaneSum(Sum(t,0,n,l),TermUnits(total,l),exponent[l],cut[l],n);
    terminates \true; exits \false; assigns out[0 .. LANES-1], open[0 .. LANES-1];
    ensures quotient: \forall integer l; 0 <= l < LANES && open[l] == 0 ==>
      IsQuotient(out[l],KeptSum{Pre}(t,n,list,length,left_out,l),left_out == 0 ? length : n - length); */
KERNEL void shared_mean(const int32_t *restrict exponent, const int32_t *restrict cut, const term_row *restrict terms,
                        const int64_t *restrict total, int n, const size_t *restrict list, int length, int left_out, key *restrict out,
                        int32_t *restrict open) /*@ ghost (const row *t) */;

#endif
