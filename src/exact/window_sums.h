/* The parts of window_means: terms of a window, and the quotients of their sums. FORMAT 64 has its terms in two words, and none of this. */
#ifndef CERTIGAR_WINDOW_SUMS_H
#define CERTIGAR_WINDOW_SUMS_H

#include "exact/window.h"

/*@ // the units of a lane
  @ logic integer TermUnits{L}(int64_t *s, integer l) = s[l];
  @ predicate SmallTerms{L}(int64_t *s, integer terms) = \forall integer w; 0 <= w < LANES ==> -terms*TERM_MAX <= s[w] <= terms*TERM_MAX;
  @*/

/* By how many bits a term is cut. */
/*@ requires k: IsKey(k);
    requires exponent: Shift(Magnitude(k)) <= exponent <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns \nothing;
    ensures bits: \result == CutBits(k,exponent);
    ensures positive: 0 <= \result <= SHIFT_MAX + 1; */
KERNEL int32_t cut_bits(key k, int32_t exponent);

/* A term of significand m, d bits of exponent below the window's place: q units with q <= m 2^(WINDOW - d) < q + 1. */
/*@ requires m: m < 2*FRACTION;
    requires d: 0 <= shift && 0 <= d && shift + d <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns \nothing;
    ensures lossy: Within(Up(m,shift),\result,shift+d,1);
    ensures exact: d <= WINDOW || m == 0 ==> Within(Up(m,shift),\result,shift+d,0);
    ensures small: 0 <= \result < TERM_MAX; */
KERNEL int64_t cut_term(uint64_t m, int32_t d) /*@ ghost (int shift) */;

/* The values of a row, cut to the window. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires exponents: \valid_read(exponent + (0 .. LANES-1));
    requires term: \valid(term + (0 .. LANES-1));
    requires apart: \separated(term + (0 .. LANES-1), exponent + (0 .. LANES-1), keys + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires exponent: \forall integer l; 0 <= l < LANES ==> Shift(Magnitude(keys[l])) <= exponent[l] <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns term[0 .. LANES-1];
    ensures small: SmallTerms(term,1);
    ensures term: \forall integer l; 0 <= l < LANES ==>
      LaneSum(\old(Val(keys[l])),TermUnits(term,l),\old(exponent[l]),\old(CutBits(keys[l],exponent[l])),1); */
KERNEL void window_terms(const key *restrict keys, const int32_t *restrict exponent, int64_t *restrict term);

/* x 2^j in units, x <= 2^34. */
/*@ requires x: x <= 0x400000000;
    requires j: 0 <= j <= WINDOW;
    terminates \true; exits \false; assigns \nothing;
    ensures up: \result == Up(x,j);
    ensures small: 0 <= \result <= 0x1000000000000000; */
KERNEL int64_t in_units(uint64_t x, int32_t j);

/* By how many units the sums may be off. */
/*@ requires terms: 1 <= terms <= WINDOW_ROWS;
    requires cut: \valid_read(cut + (0 .. LANES-1)) && \valid(tail + (0 .. LANES-1));
    requires apart: \separated(cut + (0 .. LANES-1), tail + (0 .. LANES-1));
    terminates \true; exits \false; assigns tail[0 .. LANES-1];
    ensures tail: \forall integer l; 0 <= l < LANES ==> tail[l] == Loss(cut[l],terms); */
KERNEL void window_tails(const int32_t *restrict cut, int terms, int64_t *restrict tail);

/* The quotients of all lanes. */
/*@ requires terms: 1 <= k <= WINDOW_ROWS;
    requires sums: \valid_read(sum + (0 .. LANES-1)) && \valid_read(exponent + (0 .. LANES-1)) && \valid_read(tail + (0 .. LANES-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. LANES-1), exponent + (0 .. LANES-1), tail + (0 .. LANES-1), out + (0 .. LANES-1), open + (0 .. LANES-1));
    requires range: \forall integer l; 0 <= l < LANES ==> 0 <= exponent[l] <= SHIFT_MAX + 1 && 0 <= tail[l] <= WINDOW_ROWS;
    requires small: \forall integer l; 0 <= l < LANES ==> -WINDOW_ROWS*TERM_MAX <= sum[l] <= WINDOW_ROWS*TERM_MAX;
    terminates \true; exits \false; assigns out[0 .. LANES-1], open[0 .. LANES-1];
    ensures quotient: \forall integer l, V; 0 <= l < LANES && open[l] == 0 && Within(V,sum[l],exponent[l],tail[l]) ==> IsQuotient(out[l],V,k); */
KERNEL void window_quotients(const int64_t *restrict sum, const int32_t *restrict exponent, const int64_t *restrict tail, int k,
                             key *restrict out, int32_t *restrict open);

#endif
