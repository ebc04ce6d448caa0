/* Means by one window for all rows of a tile: see shared.h. */
#include "exact/shared.h"
#include "exact/window_sums.h"
#include "lemmas/shared.h"
#include "lemmas/window.h"

/*@ requires s: \valid(s + (0 .. TERM_WORDS-1));
    terminates \true; exits \false; assigns s[0 .. TERM_WORDS-1];
    ensures zero: \forall integer w; 0 <= w < TERM_WORDS ==> s[w] == 0; */
KERNEL void clear_terms(int64_t *s)
{
  /*@ loop invariant w: 0 <= w <= TERM_WORDS;
      loop invariant zero: \forall integer v; 0 <= v < w ==> s[v] == 0;
      loop assigns w, s[0 .. TERM_WORDS-1];
      loop variant TERM_WORDS - w; */
  for (int w = 0; w < TERM_WORDS; w++) s[w] = 0;
}

/*@ requires term: \valid_read(term + (0 .. TERM_WORDS-1));
    requires sum: \valid(sum + (0 .. TERM_WORDS-1));
    requires apart: \separated(term + (0 .. TERM_WORDS-1), sum + (0 .. TERM_WORDS-1));
    requires small: SmallTerms(term,1);
    requires room: SmallTerms(sum,WINDOW_ROWS);
    terminates \true; exits \false; assigns sum[0 .. TERM_WORDS-1];
    ensures sum: \forall integer w; 0 <= w < TERM_WORDS ==> sum[w] == \old(sum[w]) + \old(term[w]);
    ensures units: \forall integer l; 0 <= l < LANES ==> TermUnits(sum,l) == \old(TermUnits(sum,l)) + \old(TermUnits(term,l)); */
KERNEL void add_terms(const int64_t *restrict term, int64_t *restrict sum)
{
  /*@ loop invariant w: 0 <= w <= TERM_WORDS;
      loop invariant term: \forall integer v; 0 <= v < TERM_WORDS ==> term[v] == \at(term[v],Pre);
      loop invariant done: \forall integer v; 0 <= v < w ==> sum[v] == \at(sum[v],Pre) + \at(term[v],Pre);
      loop invariant rest: \forall integer v; w <= v < TERM_WORDS ==> sum[v] == \at(sum[v],Pre);
      loop assigns w, sum[0 .. TERM_WORDS-1];
      loop variant TERM_WORDS - w; */
  for (int w = 0; w < TERM_WORDS; w++) sum[w] += term[w];
}

/*@ requires term: \valid_read(term + (0 .. TERM_WORDS-1));
    requires sum: \valid(sum + (0 .. TERM_WORDS-1));
    requires apart: \separated(term + (0 .. TERM_WORDS-1), sum + (0 .. TERM_WORDS-1));
    requires small: SmallTerms(term,1);
    requires room: SmallTerms(sum,WINDOW_ROWS);
    terminates \true; exits \false; assigns sum[0 .. TERM_WORDS-1];
    ensures sum: \forall integer w; 0 <= w < TERM_WORDS ==> sum[w] == \old(sum[w]) - \old(term[w]);
    ensures units: \forall integer l; 0 <= l < LANES ==> TermUnits(sum,l) == \old(TermUnits(sum,l)) - \old(TermUnits(term,l)); */
KERNEL void drop_terms(const int64_t *restrict term, int64_t *restrict sum)
{
  /*@ loop invariant w: 0 <= w <= TERM_WORDS;
      loop invariant term: \forall integer v; 0 <= v < TERM_WORDS ==> term[v] == \at(term[v],Pre);
      loop invariant done: \forall integer v; 0 <= v < w ==> sum[v] == \at(sum[v],Pre) - \at(term[v],Pre);
      loop invariant rest: \forall integer v; w <= v < TERM_WORDS ==> sum[v] == \at(sum[v],Pre);
      loop assigns w, sum[0 .. TERM_WORDS-1];
      loop variant TERM_WORDS - w; */
  for (int w = 0; w < TERM_WORDS; w++) sum[w] -= term[w];
}

/* The term of a row, which has lost something where cut[l] > WINDOW says so. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires exponents: \valid_read(exponent + (0 .. LANES-1));
    requires cut: \valid(cut + (0 .. LANES-1)) && \valid(term + (0 .. TERM_WORDS-1));
    requires apart: \separated(term + (0 .. TERM_WORDS-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1), keys + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires exponent: \forall integer l; 0 <= l < LANES ==> Shift(Magnitude(keys[l])) <= exponent[l] <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns term[0 .. TERM_WORDS-1], cut[0 .. LANES-1];
    ensures cut: \forall integer l; 0 <= l < LANES ==> \old(cut[l]) <= cut[l];
    ensures small: SmallTerms(term,1);
    ensures term: \forall integer l; 0 <= l < LANES ==> LaneSum(\old(Val(keys[l])),TermUnits(term,l),\old(exponent[l]),cut[l],1); */
KERNEL void align_row(const key *restrict keys, const int32_t *restrict exponent, int32_t *restrict cut, int64_t *restrict term)
{
  clear_terms(term);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant zero: \forall integer j; 0 <= j < l ==> LaneSum(0,0,exponent[j],cut[j],0) && Up(0,exponent[j]) == 0;
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) lemma_within_zero(exponent[l]);
  */
#if FORMAT == 64
  window_add(keys, exponent, term, term + LANES, cut) /*@ ghost (0) */;
#else
  window_add(keys, exponent, term, cut);
#endif
}

KERNEL void share_window(const row *t, int n, key *restrict top, int32_t *restrict exponent, int32_t *restrict cut, term_row *restrict terms,
                         int64_t *restrict total)
{
  largest_magnitudes(t, 0, n, top);
  window_exponents(top, exponent);
  for (int l = 0; l < LANES; l++) cut[l] = 0;
  clear_terms(total);
  for (int i = 0; i < n; i++) {
    align_row(t[i], exponent, cut, terms[i]);
    add_terms(terms[i], total);
  }
}

KERNEL void sum_of_list(const term_row *restrict terms, const size_t *restrict list, int length, int64_t *restrict sum)
{
  clear_terms(sum);
  for (int j = 0; j < length; j++) add_terms(terms[list[j]], sum);
}

KERNEL void sum_without_list(const term_row *restrict terms, const int64_t *restrict total, const size_t *restrict list, int length,
                             int64_t *restrict sum)
{
  for (int w = 0; w < TERM_WORDS; w++) sum[w] = total[w];
  for (int j = 0; j < length; j++) drop_terms(terms[list[j]], sum);
}

KERNEL void shared_mean(const int32_t *restrict exponent, const int32_t *restrict cut, const term_row *restrict terms,
                        const int64_t *restrict total, int n, const size_t *restrict list, int length, int left_out, key *restrict out,
                        int32_t *restrict open)
{
  int64_t sum[TERM_WORDS], tail[LANES];
  int k = left_out ? n - length : length;
  if (left_out)
    sum_without_list(terms, total, list, length, sum);
  else
    sum_of_list(terms, list, length, sum);
  window_tails(cut, left_out ? n + length : length, tail);
#if FORMAT == 64
  window_quotients(sum, sum + LANES, exponent, tail, k, out, open);
#else
  window_quotients(sum, exponent, tail, k, out, open);
#endif
}
