/* The mean of the rows of a tile that are kept, where most others keep nearly the same rows: nearest neighbour mixing, the rounds of Multi-Bulyan.
 *
 * The shared window (exact/shared.h) decides nearly every lane, and kept_lane.h a few that it leaves open. Where it leaves many, or a value of the tile
 * is not finite, the mean is taken of a copy of the tile in which the rows left out are zero.
 */
#ifndef CERTIGAR_MIX_H
#define CERTIGAR_MIX_H

#include "exact/parts.h"
#include "rules/rules.h"

/* The mean of the rows kept, once share_window has made the window, of which is_sharp says sharp; divided tells whether rows_in_parts has made the
   parts of all values, should they be finite; some is work space. Returns the number of lanes that took the wide accumulator. */
/*@ requires rows: Rows(t,0,n) && n <= SHARED_ROWS;
    requires kept: \valid_read(kept + (0 .. n-1)) && 1 <= KeptCount(kept,n);
    requires window: \valid_read(top + (0 .. LANES-1)) && \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires terms: \valid_read(terms + (0 .. n-1)) && \valid_read(total + (0 .. LANES-1));
    requires parts: \valid_read(place + (0 .. LANES-1)) && \valid_read(upper + (0 .. n-1)) && \valid_read(lower + (0 .. n-1));
    requires out: \valid(some + (0 .. n-1)) && \valid(out + (0 .. LANES-1));
    requires apart: \separated(out + (0 .. LANES-1), some + (0 .. n-1), top + (0 .. LANES-1), exponent + (0 .. LANES-1), cut + (0 .. LANES-1),
      terms + (0 .. n-1), total + (0 .. LANES-1), place + (0 .. LANES-1), upper + (0 .. n-1), lower + (0 .. n-1), t + (0 .. n-1), kept + (0 .. n-1));
    requires sharp: sharp != 0 ==> SharpLanes(top,exponent,cut);
    requires top: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Magnitude(t[i][l]) <= top[l];
    requires place: WindowPlace(exponent);
    requires small: SmallRows(terms,n) && SmallTerms(total,n);
    requires terms: SharedTerms{Pre,Pre}(t,terms,exponent,cut,n);
    requires total: SharedTotal{Pre,Pre}(t,total,exponent,cut,n);
    requires in_parts: divided != 0 && (\forall integer l; 0 <= l < LANES ==> top[l] < SPECIAL) ==>
      Places(exponent) && Places(place) && RowsInParts{Pre,Pre}(t,n,exponent,place,upper,lower);
    terminates \true; exits \false; assigns out[0 .. LANES-1], (&some[0][0])[0 .. n*LANES-1];
    ensures mean: \forall integer l; 0 <= l < LANES ==> IsKeptMean{Pre}(out[l],t,kept,n,l);
    ensures keys: \forall integer l; 0 <= l < LANES ==> IsKey(out[l]);
    ensures count: 0 <= \result <= LANES; */
KERNEL int mean_of_kept(const row *t, const unsigned char *kept, int n, int sharp, int divided, const key *restrict top,
                        const int32_t *restrict exponent, const int32_t *restrict cut, const term_row *restrict terms,
                        const int64_t *restrict total, const term_row *restrict upper, const term_row *restrict lower, row *restrict some,
                        key *restrict out) /*@ ghost (const int32_t *place) */;

#endif
