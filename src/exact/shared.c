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
KERNEL void join_terms(const int64_t *restrict term, int64_t *restrict sum)
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
  //@ assert small_high: \forall integer l; 0 <= l < LANES ==> -TERM_MAX <= term[l] <= TERM_MAX;
  //@ assert small_low: \forall integer l; 0 <= l < LANES ==> -TERM_MAX <= term[LANES+l] <= TERM_MAX;
  //@ assert small_rest: \forall integer w; LANES <= w < TERM_WORDS ==> -TERM_MAX <= term[LANES+(w-LANES)] <= TERM_MAX;
  /*@ assert step: \forall integer l; 0 <= l < LANES ==>
        SteppedPair(\at(keys[l],Pre),exponent[l],0,0,\at(cut[l],Pre),term[l],term[LANES+l],cut[l],0); */
  //@ assert units: \forall integer l; 0 <= l < LANES ==> TermUnits(term,l) == Pair(term[l],term[LANES+l]);
#else
  window_add(keys, exponent, term, cut);
#endif
}

/* The term of row i, and the sums of the rows so far. */
/*@ requires rows: Rows(t,0,n) && n <= WINDOW_ROWS && 0 <= i < n;
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires terms: \valid(terms + (0 .. n-1)) && \valid(total + (0 .. TERM_WORDS-1));
    requires apart: \separated(exponent + (0 .. LANES-1), cut + (0 .. LANES-1), terms + (0 .. n-1), total + (0 .. TERM_WORDS-1), t + (0 .. n-1));
    requires place: WindowPlace(exponent);
    requires covered: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> Shift(Magnitude(t[j][l])) <= exponent[l];
    requires small: SmallRows(terms,i) && SmallTerms(total,i);
    requires values: SharedTerms(t,terms,exponent,cut,i);
    terminates \true; exits \false; assigns cut[0 .. LANES-1], (&terms[0][0])[i*TERM_WORDS .. i*TERM_WORDS+TERM_WORDS-1], total[0 .. TERM_WORDS-1];
    ensures small: SmallRows(terms,i+1) && SmallTerms(total,i+1);
    ensures values: SharedTerms(t,terms,exponent,cut,i+1);
    ensures total: \forall integer l, V; 0 <= l < LANES && LaneSum(V,\old(TermUnits(total,l)),exponent[l],\old(cut[l]),i) ==>
      LaneSum(V + \old(Val(t[i][l])),TermUnits(total,l),exponent[l],cut[l],i+1); */
KERNEL void add_row(const row *t, int i, const int32_t *restrict exponent, int32_t *restrict cut, term_row *restrict terms,
                    int64_t *restrict total) /*@ ghost (int n) */
{
  align_row(t[i], exponent, cut, terms[i]);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant adds: \forall integer k; 0 <= k < l ==> TermAdds(exponent[k],cut[k],i);
         loop invariant stays: \forall integer k, c; 0 <= k < l && c <= cut[k] ==> TermStays(exponent[k],c,cut[k]);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) {
        lemma_lane_terms(exponent[l], cut[l], i);
        lemma_lane_stays(exponent[l]);
      }
  */
  join_terms(terms[i], total);
}

KERNEL void share_window(const row *t, int n, key *restrict top, int32_t *restrict exponent, int32_t *restrict cut, term_row *restrict terms,
                         int64_t *restrict total)
{
  largest_magnitudes(t, 0, n, top);
  window_exponents(top, exponent);
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant zero: \forall integer j; 0 <= j < l ==> cut[j] == 0;
      loop assigns l, cut[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) cut[l] = 0;
  clear_terms(total);
  //@ assert rows: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == \at(t[j][l],Pre);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant within: \forall integer j; 0 <= j < l ==> LaneSum(Sum{Pre}(t,0,0,j), TermUnits(total,j), exponent[j], cut[j], 0);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) lemma_within_zero(exponent[l]);
  */
  int i = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant rows: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == \at(t[j][l],Pre);
      loop invariant place: WindowPlace(exponent);
      loop invariant covered: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> Shift(Magnitude(t[j][l])) <= exponent[l];
      loop invariant range: \forall integer l; 0 <= l < LANES ==> 0 <= top[l] <= QUIET_NAN;
      loop invariant top: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> Magnitude(t[j][l]) <= top[l];
      loop invariant small_total: SmallTerms(total,i);
      loop invariant small: SmallRows(terms,i);
      loop invariant terms: SharedTerms(t,terms,exponent,cut,i);
      loop invariant total: \forall integer l; 0 <= l < LANES ==> LaneSum(Sum{Pre}(t,0,i,l), TermUnits(total,l), exponent[l], cut[l], i);
      loop assigns i, cut[0 .. LANES-1], (&terms[0][0])[0 .. n*TERM_WORDS-1], total[0 .. TERM_WORDS-1];
      loop variant n - i; */
  for (; i < n; i++) add_row(t, i, exponent, cut, terms, total) /*@ ghost (n) */;
}

/*@ // a row of a list: its value, and its term
  @ logic integer ListVal{L}(row *t, size_t *list, integer j, integer l) = Val(t[list[j]][l]);
  @ logic integer ListTerm{L}(term_row *terms, size_t *list, integer j, integer l) = TermUnits(&terms[list[j]][0],l);
  @ // the sum of a list of rows, or of all rows but these
  @ predicate ListSum{L1,L2}(row *t, size_t *list, integer length, int64_t *sum, integer e, integer c, integer l) =
  @   LaneSum(SumOf{L1}(t,list,length,l),TermUnits{L2}(sum,l),e,c,length);
  @ predicate RestSum{L1,L2}(row *t, integer n, size_t *list, integer length, int64_t *sum, integer e, integer c, integer l) =
  @   LaneSum(Sum{L1}(t,0,n,l) - SumOf{L1}(t,list,length,l),TermUnits{L2}(sum,l),e,c,n+length);
  @*/

/*@ requires n: 1 <= n && 0 <= length <= n && n + length <= WINDOW_ROWS;
    requires list: \valid_read(list + (0 .. length-1)) && Listed(list,length,n);
    requires terms: \valid_read(terms + (0 .. n-1)) && \valid(sum + (0 .. TERM_WORDS-1));
    requires apart: \separated(sum + (0 .. TERM_WORDS-1), terms + (0 .. n-1), t + (0 .. n-1), list + (0 .. length-1), exponent + (0 .. LANES-1),
      cut + (0 .. LANES-1));
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires place: WindowPlace(exponent);
    requires values: SharedTerms(t,terms,exponent,cut,n);
    requires small: SmallRows(terms,n);
    terminates \true; exits \false; assigns sum[0 .. TERM_WORDS-1];
    ensures small: SmallTerms(sum,length);
    ensures sum: \forall integer l; 0 <= l < LANES ==> ListSum{Pre,Here}(t,list,length,sum,\old(exponent[l]),\old(cut[l]),l); */
KERNEL void sum_of_list(const term_row *restrict terms, const size_t *restrict list, int length, int64_t *restrict sum)
  /*@ ghost (const row *t, int n, const int32_t *exponent, const int32_t *cut) */
{
  clear_terms(sum);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant sum: \forall integer k; 0 <= k < l ==> ListSum{Pre,Here}(t,list,0,sum,exponent[k],cut[k],k);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) lemma_within_zero(exponent[l]);
  */
  int j = 0;
  /*@ loop invariant j: 0 <= j <= length;
      loop invariant window: \forall integer l; 0 <= l < LANES ==> exponent[l] == \at(exponent[l],Pre) && cut[l] == \at(cut[l],Pre);
      loop invariant terms: \forall integer i, w; 0 <= i < n && 0 <= w < TERM_WORDS ==> terms[i][w] == \at(terms[i][w],Pre);
      loop invariant list: \forall integer i; 0 <= i < length ==> list[i] == \at(list[i],Pre);
      loop invariant small: SmallTerms(sum,j);
      loop invariant sum: \forall integer l; 0 <= l < LANES ==> ListSum{Pre,Here}(t,list,j,sum,exponent[l],cut[l],l);
      loop assigns j, sum[0 .. TERM_WORDS-1];
      loop variant length - j; */
  for (; j < length; j++) {
    /*@ assert term: \forall integer l; 0 <= l < LANES ==>
          LaneSum(ListVal{Pre}(t,list,j,l),ListTerm{Pre}(terms,list,j,l),exponent[l],cut[l],1); */
    /*@ ghost
        /@ loop invariant l: 0 <= l <= LANES;
           loop invariant adds: \forall integer k; 0 <= k < l ==> TermAdds(exponent[k],cut[k],j);
           loop assigns l;
           loop variant LANES - l; @/
        for (int l = 0; l < LANES; l++) lemma_lane_terms(exponent[l], cut[l], j);
    */
    //@ assert next: \forall integer l; 0 <= l < LANES ==> SumOf{Pre}(t,list,j+1,l) == SumOf{Pre}(t,list,j,l) + ListVal{Pre}(t,list,j,l);
    //@ assert units: \forall integer l; 0 <= l < LANES ==> ListTerm(terms,list,j,l) == ListTerm{Pre}(terms,list,j,l);
    //@ assert small: SmallTerms(&terms[list[j]][0],1);
    /*@ assert before: \forall integer l; 0 <= l < LANES ==>
          LaneSum(SumOf{Pre}(t,list,j,l),TermUnits(sum,l),exponent[l],cut[l],j); */
    /*@ assert after: \forall integer l; 0 <= l < LANES ==>
          LaneSum((SumOf{Pre}(t,list,j,l)) + ListVal{Pre}(t,list,j,l),TermUnits(sum,l) + ListTerm{Pre}(terms,list,j,l),
            exponent[l],cut[l],j+1); */
    join_terms(terms[list[j]], sum);
    //@ assert moved: \forall integer l; 0 <= l < LANES ==> TermUnits(sum,l) == \at(TermUnits(sum,l),LoopCurrent) + ListTerm{Pre}(terms,list,j,l);
    /*@ assert here: \forall integer l; 0 <= l < LANES ==>
          LaneSum(SumOf{Pre}(t,list,j,l) + ListVal{Pre}(t,list,j,l),TermUnits(sum,l),exponent[l],cut[l],j+1); */
  }
  //@ assert end: j == length;
}

/*@ requires n: 1 <= n && 0 <= length <= n && n + length <= WINDOW_ROWS;
    requires list: \valid_read(list + (0 .. length-1)) && Listed(list,length,n);
    requires terms: \valid_read(terms + (0 .. n-1)) && \valid_read(total + (0 .. TERM_WORDS-1)) && \valid(sum + (0 .. TERM_WORDS-1));
    requires apart: \separated(sum + (0 .. TERM_WORDS-1), total + (0 .. TERM_WORDS-1), terms + (0 .. n-1), t + (0 .. n-1), list + (0 .. length-1),
      exponent + (0 .. LANES-1), cut + (0 .. LANES-1));
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires place: WindowPlace(exponent);
    requires values: SharedTerms(t,terms,exponent,cut,n);
    requires small: SmallRows(terms,n) && SmallTerms(total,n);
    requires total: \forall integer l; 0 <= l < LANES ==> LaneSum(Sum(t,0,n,l),TermUnits(total,l),exponent[l],cut[l],n);
    terminates \true; exits \false; assigns sum[0 .. TERM_WORDS-1];
    ensures small: SmallTerms(sum,n+length);
    ensures sum: \forall integer l; 0 <= l < LANES ==> RestSum{Pre,Here}(t,n,list,length,sum,\old(exponent[l]),\old(cut[l]),l); */
KERNEL void sum_without_list(const term_row *restrict terms, const int64_t *restrict total, const size_t *restrict list, int length,
                             int64_t *restrict sum) /*@ ghost (const row *t, int n, const int32_t *exponent, const int32_t *cut) */
{
  /*@ loop invariant w: 0 <= w <= TERM_WORDS;
      loop invariant same: \forall integer v; 0 <= v < w ==> sum[v] == \at(total[v],Pre);
      loop invariant total: \forall integer v; 0 <= v < TERM_WORDS ==> total[v] == \at(total[v],Pre);
      loop assigns w, sum[0 .. TERM_WORDS-1];
      loop variant TERM_WORDS - w; */
  for (int w = 0; w < TERM_WORDS; w++) sum[w] = total[w];
  //@ assert none: \forall integer l; 0 <= l < LANES ==> TermUnits(sum,l) == TermUnits{Pre}(total,l) && SumOf{Pre}(t,list,0,l) == 0;
  //@ assert zero: \forall integer l; 0 <= l < LANES ==> Sum{Pre}(t,0,n,l) - SumOf{Pre}(t,list,0,l) == Sum{Pre}(t,0,n,l);
  //@ assert whole: \forall integer l; 0 <= l < LANES ==> LaneSum(Sum{Pre}(t,0,n,l),TermUnits(sum,l),\at(exponent[l],Pre),\at(cut[l],Pre),n);
  //@ assert begin: \forall integer l; 0 <= l < LANES ==> RestSum{Pre,Here}(t,n,list,0,sum,\at(exponent[l],Pre),\at(cut[l],Pre),l);
  int j = 0;
  /*@ loop invariant j: 0 <= j <= length;
      loop invariant window: \forall integer l; 0 <= l < LANES ==> exponent[l] == \at(exponent[l],Pre) && cut[l] == \at(cut[l],Pre);
      loop invariant terms: \forall integer i, w; 0 <= i < n && 0 <= w < TERM_WORDS ==> terms[i][w] == \at(terms[i][w],Pre);
      loop invariant list: \forall integer i; 0 <= i < length ==> list[i] == \at(list[i],Pre);
      loop invariant small: SmallTerms(sum,n+j);
      loop invariant sum: \forall integer l; 0 <= l < LANES ==> RestSum{Pre,Here}(t,n,list,j,sum,exponent[l],cut[l],l);
      loop assigns j, sum[0 .. TERM_WORDS-1];
      loop variant length - j; */
  for (; j < length; j++) {
    /*@ assert term: \forall integer l; 0 <= l < LANES ==>
          LaneSum(ListVal{Pre}(t,list,j,l),ListTerm{Pre}(terms,list,j,l),exponent[l],cut[l],1); */
    /*@ ghost
        /@ loop invariant l: 0 <= l <= LANES;
           loop invariant drops: \forall integer k; 0 <= k < l ==> TermDrops(exponent[k],cut[k],n+j);
           loop assigns l;
           loop variant LANES - l; @/
        for (int l = 0; l < LANES; l++) lemma_lane_terms(exponent[l], cut[l], n + j);
    */
    //@ assert next: \forall integer l; 0 <= l < LANES ==> SumOf{Pre}(t,list,j+1,l) == SumOf{Pre}(t,list,j,l) + ListVal{Pre}(t,list,j,l);
    //@ assert units: \forall integer l; 0 <= l < LANES ==> ListTerm(terms,list,j,l) == ListTerm{Pre}(terms,list,j,l);
    //@ assert small: SmallTerms(&terms[list[j]][0],1);
    /*@ assert before: \forall integer l; 0 <= l < LANES ==>
          LaneSum(Sum{Pre}(t,0,n,l) - SumOf{Pre}(t,list,j,l),TermUnits(sum,l),exponent[l],cut[l],n+j); */
    /*@ assert after: \forall integer l; 0 <= l < LANES ==>
          LaneSum((Sum{Pre}(t,0,n,l) - SumOf{Pre}(t,list,j,l)) - ListVal{Pre}(t,list,j,l),TermUnits(sum,l) - ListTerm{Pre}(terms,list,j,l),
            exponent[l],cut[l],n+j+1); */
    drop_terms(terms[list[j]], sum);
    //@ assert moved: \forall integer l; 0 <= l < LANES ==> TermUnits(sum,l) == \at(TermUnits(sum,l),LoopCurrent) - ListTerm{Pre}(terms,list,j,l);
    /*@ assert here: \forall integer l; 0 <= l < LANES ==>
          LaneSum(Sum{Pre}(t,0,n,l) - SumOf{Pre}(t,list,j,l) - ListVal{Pre}(t,list,j,l),TermUnits(sum,l),exponent[l],cut[l],n+j+1); */
  }
  //@ assert end: j == length;
}

/*@ requires rows: 1 <= k <= WINDOW_ROWS && 1 <= count <= WINDOW_ROWS;
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1)) && \valid_read(sum + (0 .. TERM_WORDS-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. TERM_WORDS-1), exponent + (0 .. LANES-1), cut + (0 .. LANES-1), out + (0 .. LANES-1),
      open + (0 .. LANES-1));
    requires place: WindowPlace(exponent);
    requires small: SmallTerms(sum,count);
    terminates \true; exits \false; assigns out[0 .. LANES-1], open[0 .. LANES-1];
    ensures quotient: \forall integer l, V; 0 <= l < LANES && open[l] == 0 &&
      LaneSum(V,\old(TermUnits(sum,l)),\old(exponent[l]),\old(cut[l]),count) ==>
      IsQuotient(out[l],V,k); */
KERNEL void shared_quotients(const int64_t *restrict sum, const int32_t *restrict exponent, const int32_t *restrict cut, int count, int k,
                             key *restrict out, int32_t *restrict open)
{
  int64_t tail[LANES];
  window_tails(cut, count, tail);
#if FORMAT == 64
  //@ assert units: \forall integer l; 0 <= l < LANES ==> TermUnits{Pre}(sum,l) == Pair(sum[l],sum[LANES+l]);
  //@ assert low: \forall integer l; 0 <= l < LANES ==> (sum + LANES)[l] == sum[LANES+l];
  /*@ assert within: \forall integer l, V; 0 <= l < LANES && LaneSum(V,TermUnits{Pre}(sum,l),\at(exponent[l],Pre),\at(cut[l],Pre),count) ==>
        Within(V,Pair(sum[l],(sum + LANES)[l]),exponent[l],tail[l]); */
  window_quotients(sum, sum + LANES, exponent, tail, k, out, open);
#else
  window_quotients(sum, exponent, tail, k, out, open);
#endif
}

KERNEL void shared_mean(const int32_t *restrict exponent, const int32_t *restrict cut, const term_row *restrict terms,
                        const int64_t *restrict total, int n, const size_t *restrict list, int length, int left_out, key *restrict out,
                        int32_t *restrict open) /*@ ghost (const row *t) */
{
  int64_t sum[TERM_WORDS];
  if (left_out) {
    sum_without_list(terms, total, list, length, sum) /*@ ghost (t, n, exponent, cut) */;
    /*@ assert rest: \forall integer l; 0 <= l < LANES ==>
          LaneSum(KeptSum{Pre}(t,n,list,length,left_out,l),TermUnits(&sum[0],l),exponent[l],cut[l],n+length); */
    shared_quotients(sum, exponent, cut, n + length, n - length, out, open);
    /*@ assert quotient: \forall integer l; 0 <= l < LANES && open[l] == 0 ==>
          IsQuotient(out[l],KeptSum{Pre}(t,n,list,length,left_out,l),n-length); */
  } else {
    sum_of_list(terms, list, length, sum) /*@ ghost (t, n, exponent, cut) */;
    /*@ assert listed: \forall integer l; 0 <= l < LANES ==>
          LaneSum(KeptSum{Pre}(t,n,list,length,left_out,l),TermUnits(&sum[0],l),exponent[l],cut[l],length); */
    shared_quotients(sum, exponent, cut, length, length, out, open);
    /*@ assert quotient: \forall integer l; 0 <= l < LANES && open[l] == 0 ==>
          IsQuotient(out[l],KeptSum{Pre}(t,n,list,length,left_out,l),length); */
  }
}
