/* Means by one window for all rows of a tile: see shared.h. */
#include "exact/shared.h"
#include "exact/nearest.h"
#include "lemmas/shared.h"
#include "lemmas/window.h"

/*@ requires s: \valid(s + (0 .. LANES-1));
    terminates \true; exits \false; assigns s[0 .. LANES-1];
    ensures zero: \forall integer w; 0 <= w < LANES ==> s[w] == 0; */
KERNEL void clear_terms(int64_t *s)
{
  /*@ loop invariant w: 0 <= w <= LANES;
      loop invariant zero: \forall integer v; 0 <= v < w ==> s[v] == 0;
      loop assigns w, s[0 .. LANES-1];
      loop variant LANES - w; */
  for (int w = 0; w < LANES; w++) s[w] = 0;
}

/*@ requires from: \valid_read(from + (0 .. LANES-1));
    requires to: \valid(to + (0 .. LANES-1));
    requires apart: \separated(from + (0 .. LANES-1), to + (0 .. LANES-1));
    terminates \true; exits \false; assigns to[0 .. LANES-1];
    ensures same: \forall integer w; 0 <= w < LANES ==> to[w] == \old(from[w]); */
KERNEL void copy_terms(const int64_t *restrict from, int64_t *restrict to)
{
  /*@ loop invariant w: 0 <= w <= LANES;
      loop invariant from: \forall integer v; 0 <= v < LANES ==> from[v] == \at(from[v],Pre);
      loop invariant same: \forall integer v; 0 <= v < w ==> to[v] == \at(from[v],Pre);
      loop assigns w, to[0 .. LANES-1];
      loop variant LANES - w; */
  for (int w = 0; w < LANES; w++) to[w] = from[w];
}

/*@ requires term: \valid_read(term + (0 .. LANES-1));
    requires sum: \valid(sum + (0 .. LANES-1));
    requires apart: \separated(term + (0 .. LANES-1), sum + (0 .. LANES-1));
    requires small: SmallTerms(term,1);
    requires room: SmallTerms(sum,WINDOW_ROWS);
    terminates \true; exits \false; assigns sum[0 .. LANES-1];
    ensures sum: \forall integer w; 0 <= w < LANES ==> sum[w] == \old(sum[w]) + \old(term[w]);
    ensures units: \forall integer l; 0 <= l < LANES ==> TermUnits(sum,l) == \old(TermUnits(sum,l)) + \old(TermUnits(term,l)); */
KERNEL void join_terms(const int64_t *restrict term, int64_t *restrict sum)
{
  /*@ loop invariant w: 0 <= w <= LANES;
      loop invariant term: \forall integer v; 0 <= v < LANES ==> term[v] == \at(term[v],Pre);
      loop invariant done: \forall integer v; 0 <= v < w ==> sum[v] == \at(sum[v],Pre) + \at(term[v],Pre);
      loop invariant rest: \forall integer v; w <= v < LANES ==> sum[v] == \at(sum[v],Pre);
      loop assigns w, sum[0 .. LANES-1];
      loop variant LANES - w; */
  for (int w = 0; w < LANES; w++) sum[w] += term[w];
}

/*@ requires term: \valid_read(term + (0 .. LANES-1));
    requires sum: \valid(sum + (0 .. LANES-1));
    requires apart: \separated(term + (0 .. LANES-1), sum + (0 .. LANES-1));
    requires small: SmallTerms(term,1);
    requires room: SmallTerms(sum,WINDOW_ROWS);
    terminates \true; exits \false; assigns sum[0 .. LANES-1];
    ensures sum: \forall integer w; 0 <= w < LANES ==> sum[w] == \old(sum[w]) - \old(term[w]);
    ensures units: \forall integer l; 0 <= l < LANES ==> TermUnits(sum,l) == \old(TermUnits(sum,l)) - \old(TermUnits(term,l)); */
KERNEL void drop_terms(const int64_t *restrict term, int64_t *restrict sum)
{
  /*@ loop invariant w: 0 <= w <= LANES;
      loop invariant term: \forall integer v; 0 <= v < LANES ==> term[v] == \at(term[v],Pre);
      loop invariant done: \forall integer v; 0 <= v < w ==> sum[v] == \at(sum[v],Pre) - \at(term[v],Pre);
      loop invariant rest: \forall integer v; w <= v < LANES ==> sum[v] == \at(sum[v],Pre);
      loop assigns w, sum[0 .. LANES-1];
      loop variant LANES - w; */
  for (int w = 0; w < LANES; w++) sum[w] -= term[w];
}

/* Raises the furthest cuts to those of a row. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires exponents: \valid_read(exponent + (0 .. LANES-1));
    requires cut: \valid(cut + (0 .. LANES-1));
    requires apart: \separated(cut + (0 .. LANES-1), exponent + (0 .. LANES-1), keys + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires exponent: \forall integer l; 0 <= l < LANES ==> Shift(Magnitude(keys[l])) <= exponent[l] <= SHIFT_MAX + 1;
    terminates \true; exits \false; assigns cut[0 .. LANES-1];
    ensures cut: \forall integer l; 0 <= l < LANES ==> \old(cut[l]) <= cut[l] && \old(CutBits(keys[l],exponent[l])) <= cut[l]; */
KERNEL void raise_cuts(const key *restrict keys, const int32_t *restrict exponent, int32_t *restrict cut)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant same: \forall integer j; 0 <= j < LANES ==> keys[j] == \at(keys[j],Pre) && exponent[j] == \at(exponent[j],Pre);
      loop invariant done: \forall integer j; 0 <= j < l ==> \at(cut[j],Pre) <= cut[j] && CutBits(keys[j],exponent[j]) <= cut[j];
      loop invariant rest: \forall integer j; l <= j < LANES ==> cut[j] == \at(cut[j],Pre);
      loop assigns l, cut[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    int32_t bits = cut_bits(keys[l], exponent[l]);
    cut[l] = bits > cut[l] ? bits : cut[l];
  }
}

/*@ // what is asked of the window of n rows: all lie in it, and no cut goes further
  @ predicate Covered{L}(row *t, int32_t *exponent, integer n) =
  @   \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> Shift(Magnitude(t[i][l])) <= exponent[l];
  @ predicate CutAtMost{L}(row *t, int32_t *exponent, int32_t *cut, integer n) =
  @   \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> CutBits(t[i][l],exponent[l]) <= cut[l];
  @*/

/*@ requires rows: Rows(t,0,n);
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid(cut + (0 .. LANES-1));
    requires apart: \separated(cut + (0 .. LANES-1), exponent + (0 .. LANES-1), t + (0 .. n-1));
    requires place: WindowPlace(exponent) && Covered(t,exponent,n);
    terminates \true; exits \false; assigns cut[0 .. LANES-1];
    ensures cut: CutAtMost(t,exponent,cut,n); */
KERNEL void furthest_cuts(const row *t, int n, const int32_t *restrict exponent, int32_t *restrict cut)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop assigns l, cut[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) cut[l] = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant cut: CutAtMost(t,exponent,cut,i);
      loop assigns i, cut[0 .. LANES-1];
      loop variant n - i; */
  for (int i = 0; i < n; i++) raise_cuts(t[i], exponent, cut);
}

/* The terms of a row, of which the lane's cut says what they may have lost. */
/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires term: \valid(term + (0 .. LANES-1));
    requires apart: \separated(term + (0 .. LANES-1), cut + (0 .. LANES-1), exponent + (0 .. LANES-1), keys + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    requires exponent: \forall integer l; 0 <= l < LANES ==> Shift(Magnitude(keys[l])) <= exponent[l] <= SHIFT_MAX + 1;
    requires place: WindowPlace(exponent);
    requires cut: \forall integer l; 0 <= l < LANES ==> CutBits(keys[l],exponent[l]) <= cut[l];
    terminates \true; exits \false; assigns term[0 .. LANES-1];
    ensures small: SmallTerms(term,1);
    ensures term: \forall integer l; 0 <= l < LANES ==> LaneSum(\old(Val(keys[l])),TermUnits(term,l),\old(exponent[l]),\old(cut[l]),1); */
KERNEL void share_row(const key *restrict keys, const int32_t *restrict exponent, int64_t *restrict term) /*@ ghost (const int32_t *cut) */
{
  window_terms(keys, exponent, term);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant stays: \forall integer k; 0 <= k < l ==>
           LaneSum(\at(Val(keys[k]),Pre),TermUnits(term,k),exponent[k],cut[k],1);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) lemma_lane_stays(exponent[l]);
  */
}

/*@ requires rows: Rows(t,0,n) && n <= SHARED_ROWS;
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires terms: \valid(terms + (0 .. n-1));
    requires apart: \separated(exponent + (0 .. LANES-1), cut + (0 .. LANES-1), terms + (0 .. n-1), t + (0 .. n-1));
    requires place: WindowPlace(exponent) && Covered(t,exponent,n);
    requires cut: CutAtMost(t,exponent,cut,n);
    terminates \true; exits \false; assigns (&terms[0][0])[0 .. n*LANES-1];
    ensures small: SmallRows(terms,n);
    ensures terms: SharedTerms{Pre,Post}(t,terms,exponent,cut,n); */
KERNEL void share_rows(const row *t, int n, const int32_t *restrict exponent, term_row *restrict terms) /*@ ghost (const int32_t *cut) */
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant rows: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == \at(t[j][l],Pre);
      loop invariant small: SmallRows(terms,i);
      loop invariant terms: SharedTerms{Pre,Here}(t,terms,exponent,cut,i);
      loop assigns i, (&terms[0][0])[0 .. n*LANES-1];
      loop variant n - i; */
  for (int i = 0; i < n; i++) {
    share_row(t[i], exponent, terms[i]) /*@ ghost (cut) */;
    //@ assert kept: \forall integer j, w; 0 <= j < i && 0 <= w < LANES ==> terms[j][w] == \at(terms[j][w],LoopCurrent);
    /*@ assert units: \forall integer j, l; 0 <= j < i && 0 <= l < LANES ==>
          TermUnits(&terms[j][0],l) == \at(TermUnits(&terms[j][0],l),LoopCurrent); */
    /*@ assert words: \forall integer j, w; 0 <= j < i && 0 <= w < LANES ==>
          (&terms[j][0])[w] == \at((&terms[j][0])[w],LoopCurrent); */
    //@ assert small_before: \forall integer j; 0 <= j < i ==> SmallTerms(&terms[j][0],1);
    //@ assert small: SmallTerms(&terms[i][0],1);
    //@ assert term: \forall integer l; 0 <= l < LANES ==> IsTerm{Pre,Here}(t,terms,exponent[l],cut[l],i,l);
  }
}

/*@ requires rows: Rows(t,0,n) && n <= SHARED_ROWS;
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires terms: \valid_read(terms + (0 .. n-1)) && \valid(total + (0 .. LANES-1));
    requires apart: \separated(exponent + (0 .. LANES-1), cut + (0 .. LANES-1), terms + (0 .. n-1), total + (0 .. LANES-1), t + (0 .. n-1));
    requires place: WindowPlace(exponent);
    requires small: SmallRows(terms,n);
    requires terms: SharedTerms{Pre,Pre}(t,terms,exponent,cut,n);
    terminates \true; exits \false; assigns total[0 .. LANES-1];
    ensures small: SmallTerms(total,n) && SmallRows(terms,n);
    ensures units: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> TermUnits(&terms[i][0],l) == \old(TermUnits(&terms[i][0],l));
    ensures total: SharedTotal{Pre,Post}(t,total,exponent,cut,n); */
KERNEL void share_total(const term_row *restrict terms, int n, int64_t *restrict total)
  /*@ ghost (const row *t, const int32_t *exponent, const int32_t *cut) */
{
  clear_terms(total);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant zero: \forall integer k; 0 <= k < l ==> LaneSum(Sum{Pre}(t,0,0,k),TermUnits(total,k),exponent[k],cut[k],0);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) lemma_within_zero(exponent[l]);
  */
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant terms: \forall integer j, w; 0 <= j < n && 0 <= w < LANES ==> (&terms[j][0])[w] == \at((&terms[j][0])[w],Pre);
      loop invariant rows: SmallRows(terms,n);
      loop invariant units: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> TermUnits(&terms[j][0],l) == \at(TermUnits(&terms[j][0],l),Pre);
      loop invariant small: SmallTerms(total,i);
      loop invariant total: SharedTotal{Pre,Here}(t,total,exponent,cut,i);
      loop assigns i, total[0 .. LANES-1];
      loop variant n - i; */
  for (int i = 0; i < n; i++) {
    //@ assert next: \forall integer l; 0 <= l < LANES ==> Sum{Pre}(t,0,i+1,l) == Sum{Pre}(t,0,i,l) + Val(\at(t[\at(i,Here)][l],Pre));
    /*@ ghost
        /@ loop invariant l: 0 <= l <= LANES;
           loop invariant after: \forall integer k; 0 <= k < l ==>
             LaneSum(Sum{Pre}(t,0,i+1,k),TermUnits(total,k) + TermUnits(&terms[i][0],k),exponent[k],cut[k],i+1);
           loop assigns l;
           loop variant LANES - l; @/
        for (int l = 0; l < LANES; l++) {
          lemma_lane_terms(exponent[l], cut[l], i);
          /@ assert term: IsTerm{Pre,Here}(t,terms,exponent[l],cut[l],i,l); @/
          /@ assert before: LaneSum(Sum{Pre}(t,0,i,l),TermUnits(total,l),exponent[l],cut[l],i); @/
          /@ assert adds: TermAdds(exponent[l],cut[l],i); @/
          /@ assert here: LaneSum(Sum{Pre}(t,0,i+1,l),TermUnits(total,l) + TermUnits(&terms[i][0],l),exponent[l],cut[l],i+1); @/
        }
    */
    join_terms(terms[i], total);
  }
}

KERNEL int is_sharp(const key *top, const int32_t *exponent, const int32_t *cut)
{
  int32_t blunt = 0;
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant sharp: blunt == 0 ==> \forall integer k; 0 <= k < l ==>
        top[k] < SPECIAL && exponent[k] <= SHIFT_MAX && cut[k] <= WINDOW;
      loop assigns l, blunt;
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) blunt = top[l] >= SPECIAL || exponent[l] > SHIFT_MAX || cut[l] > WINDOW ? 1 : blunt;
  return blunt == 0;
}

KERNEL void share_window(const row *t, int n, key *restrict top, int32_t *restrict exponent, int32_t *restrict cut, term_row *restrict terms,
                         int64_t *restrict total)
{
  largest_magnitudes(t, 0, n, top);
  window_exponents(top, exponent);
  furthest_cuts(t, n, exponent, cut);
  share_rows(t, n, exponent, terms) /*@ ghost (cut) */;
  //@ assert rows: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> t[i][l] == \at(t[i][l],Pre);
  //@ assert terms: SharedTerms{Pre,Here}(t,terms,exponent,cut,n);
  /*@ ghost
      int i = 0;
      /@ loop invariant i: 0 <= i <= n;
         loop invariant sum: \forall integer l; 0 <= l < LANES ==> Sum(t,0,i,l) == Sum{Pre}(t,0,i,l);
         loop assigns i; loop variant n - i; @/
      for (; i < n; i++) {
        /@ assert here: \forall integer l; 0 <= l < LANES ==> Sum(t,0,i+1,l) == Sum(t,0,i,l) + Val(t[i][l]); @/
        /@ assert pre: \forall integer l; 0 <= l < LANES ==> Sum{Pre}(t,0,i+1,l) == Sum{Pre}(t,0,i,l) + Val(t[i][l]); @/
      }
  */
  share_total(terms, n, total) /*@ ghost (t, exponent, cut) */;
  //@ assert after: \forall integer i, l; 0 <= i < n && 0 <= l < LANES ==> IsTerm{Pre,Here}(t,terms,exponent[l],cut[l],i,l);
}

/*@ // the sum of all rows but those among the first i that are not kept
  @ logic integer KeptSoFar{L}(row *t, unsigned char *kept, integer n, integer i, integer l) =
  @   Sum(t,0,n,l) - Sum(t,0,i,l) + KeptSum(t,kept,i,l);
  @ predicate SharedKept{L1,L2}(row *t, unsigned char *kept, integer n, integer i, int64_t *sum, int32_t *exponent, int32_t *cut, integer terms) =
  @   \forall integer l; 0 <= l < LANES ==>
  @     LaneSum(KeptSoFar{L1}(t,kept,n,i,l),TermUnits{L2}(sum,l),\at(exponent[l],L2),\at(cut[l],L2),terms);
  @*/

/* Takes the term of row i, which is not kept, away from the sum of so many terms. */
/*@ requires i: 0 <= i < n && kept[i] == 0;
    requires term: \valid_read(term + (0 .. LANES-1));
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires sum: \valid(sum + (0 .. LANES-1));
    requires apart: \separated(term + (0 .. LANES-1), sum + (0 .. LANES-1));
    requires place: WindowPlace(exponent);
    requires terms: 0 <= terms < WINDOW_ROWS;
    requires small: SmallTerms(term,1) && SmallTerms(sum,terms);
    requires term_units: \forall integer l; 0 <= l < LANES ==> LaneSum(Val(t[i][l]),TermUnits(term,l),exponent[l],cut[l],1);
    requires before: \forall integer l; 0 <= l < LANES ==> LaneSum(KeptSoFar(t,kept,n,i,l),TermUnits(sum,l),exponent[l],cut[l],terms);
    terminates \true; exits \false; assigns sum[0 .. LANES-1];
    ensures small: SmallTerms(sum,terms+1);
    ensures after: \forall integer l; 0 <= l < LANES ==> LaneSum(KeptSoFar(t,kept,n,i+1,l),TermUnits(sum,l),exponent[l],cut[l],terms+1); */
KERNEL void leave_out(const int64_t *restrict term, int64_t *restrict sum)
  /*@ ghost (const row *t, const unsigned char *kept, const int32_t *exponent, const int32_t *cut, int n, int i, int terms) */
{
  drop_terms(term, sum);
  /*@ ghost
      /@ loop invariant l: 0 <= l <= LANES;
         loop invariant after: \forall integer j; 0 <= j < l ==>
           LaneSum(KeptSoFar(t,kept,n,i+1,j),TermUnits(sum,j),exponent[j],cut[j],terms+1);
         loop assigns l;
         loop variant LANES - l; @/
      for (int l = 0; l < LANES; l++) {
        lemma_lane_terms(exponent[l], cut[l], terms);
        /@ assert next: Sum(t,0,i+1,l) == Sum(t,0,i,l) + Val(t[i][l]); @/
        /@ assert kept: KeptSum(t,kept,i+1,l) == KeptSum(t,kept,i,l); @/
        /@ assert left: KeptSoFar(t,kept,n,i+1,l) == KeptSoFar(t,kept,n,i,l) - Val(t[i][l]); @/
        /@ assert term: LaneSum(Val(t[i][l]),\at(TermUnits(term,\at(l,Here)),Pre),exponent[l],cut[l],1); @/
        /@ assert before: LaneSum(KeptSoFar(t,kept,n,i,l),\at(TermUnits(sum,\at(l,Here)),Pre),exponent[l],cut[l],terms); @/
        /@ assert drops: TermDrops(exponent[l],cut[l],terms); @/
        /@ assert less: LaneSum(KeptSoFar(t,kept,n,i+1,l),\at(TermUnits(sum,\at(l,Here)),Pre)-\at(TermUnits(term,\at(l,Here)),Pre),
             exponent[l],cut[l],terms+1); @/
        /@ assert units: TermUnits(sum,l) == \at(TermUnits(sum,\at(l,Here)),Pre)-\at(TermUnits(term,\at(l,Here)),Pre); @/
        /@ assert after: LaneSum(KeptSoFar(t,kept,n,i+1,l),TermUnits(sum,l),exponent[l],cut[l],terms+1); @/
      }
  */
}

/* The sum of the rows kept; returns how many were left out. */
/*@ requires rows: Rows(t,0,n) && n <= SHARED_ROWS;
    requires kept: \valid_read(kept + (0 .. n-1));
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1));
    requires terms: \valid_read(terms + (0 .. n-1)) && \valid_read(total + (0 .. LANES-1)) && \valid(sum + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. LANES-1), total + (0 .. LANES-1), terms + (0 .. n-1), t + (0 .. n-1), kept + (0 .. n-1),
      exponent + (0 .. LANES-1), cut + (0 .. LANES-1));
    requires place: WindowPlace(exponent);
    requires small: SmallRows(terms,n) && SmallTerms(total,n);
    requires terms: SharedTerms{Pre,Pre}(t,terms,exponent,cut,n);
    requires total: SharedTotal{Pre,Pre}(t,total,exponent,cut,n);
    terminates \true; exits \false; assigns sum[0 .. LANES-1];
    ensures count: \result == n - \old(KeptCount(kept,n)) && 0 <= \result <= n;
    ensures small: SmallTerms(sum,n+\result);
    ensures sum: \forall integer l; 0 <= l < LANES ==>
      LaneSum(\old(KeptSum(t,kept,n,l)),TermUnits(sum,l),\old(exponent[l]),\old(cut[l]),n+\result); */
KERNEL int sum_of_kept(const unsigned char *restrict kept, int n, const term_row *restrict terms, const int64_t *restrict total,
                       int64_t *restrict sum) /*@ ghost (const row *t, const int32_t *exponent, const int32_t *cut) */
{
  int dropped = 0;
  copy_terms(total, sum);
  //@ assert units: \forall integer l; 0 <= l < LANES ==> TermUnits(sum,l) == TermUnits{Pre}(total,l);
  //@ assert none: \forall integer l; 0 <= l < LANES ==> KeptSoFar{Pre}(t,kept,n,0,l) == Sum{Pre}(t,0,n,l);
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant count: dropped == i - KeptCount{Pre}(kept,i) && 0 <= dropped <= i;
      loop invariant terms: \forall integer j, w; 0 <= j < n && 0 <= w < LANES ==> (&terms[j][0])[w] == \at((&terms[j][0])[w],Pre);
      loop invariant rows: SmallRows(terms,n);
      loop invariant units: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> TermUnits(&terms[j][0],l) == \at(TermUnits(&terms[j][0],l),Pre);
      loop invariant small: SmallTerms(sum,n+dropped);
      loop invariant sum: SharedKept{Pre,Here}(t,kept,n,i,sum,exponent,cut,n+dropped);
      loop assigns i, dropped, sum[0 .. LANES-1];
      loop variant n - i; */
  for (int i = 0; i < n; i++) {
    //@ assert next: \forall integer l; 0 <= l < LANES ==> Sum{Pre}(t,0,i+1,l) == Sum{Pre}(t,0,i,l) + Val(\at(t[\at(i,Here)][l],Pre));
    /*@ assert kept: \forall integer l; 0 <= l < LANES ==>
          KeptSum{Pre}(t,kept,i+1,l) == KeptSum{Pre}(t,kept,i,l) + (kept[i] != 0 ? Val(\at(t[\at(i,Here)][l],Pre)) : 0); */
    //@ assert count: KeptCount{Pre}(kept,i+1) == KeptCount{Pre}(kept,i) + (kept[i] != 0 ? 1 : 0);
    //@ assert same: \forall integer l; 0 <= l < LANES && kept[i] != 0 ==> KeptSoFar{Pre}(t,kept,n,i+1,l) == KeptSoFar{Pre}(t,kept,n,i,l);
    if (!kept[i]) {
      //@ assert term: \forall integer l; 0 <= l < LANES ==> IsTerm{Pre,Here}(t,terms,exponent[l],cut[l],i,l);
      leave_out(terms[i], sum) /*@ ghost (t, kept, exponent, cut, n, i, n + dropped) */;
      dropped++;
      //@ assert after: SharedKept{Pre,Here}(t,kept,n,i+1,sum,exponent,cut,n+dropped);
    }
  }
  return dropped;
}

/*@ requires rows: 1 <= k <= WINDOW_ROWS && 1 <= terms <= WINDOW_ROWS;
    requires window: \valid_read(exponent + (0 .. LANES-1)) && \valid_read(cut + (0 .. LANES-1)) && \valid_read(sum + (0 .. LANES-1));
    requires out: \valid(out + (0 .. LANES-1)) && \valid(open + (0 .. LANES-1));
    requires apart: \separated(sum + (0 .. LANES-1), exponent + (0 .. LANES-1), cut + (0 .. LANES-1), out + (0 .. LANES-1),
      open + (0 .. LANES-1));
    requires place: WindowPlace(exponent);
    requires small: SmallTerms(sum,terms);
    terminates \true; exits \false; assigns out[0 .. LANES-1], open[0 .. LANES-1];
    ensures quotient: \forall integer l, V; 0 <= l < LANES && open[l] == 0 &&
      LaneSum(V,\old(TermUnits(sum,l)),\old(exponent[l]),\old(cut[l]),terms) ==> IsQuotient(out[l],V,k); */
KERNEL void shared_quotients(const int64_t *restrict sum, const int32_t *restrict exponent, const int32_t *restrict cut, int terms, int k,
                             key *restrict out, int32_t *restrict open)
{
  int64_t tail[LANES];
  window_tails(cut, terms, tail);
  window_quotients(sum, exponent, tail, k, out, open);
}

/*@ requires open: \valid_read(open + (0 .. LANES-1));
    terminates \true; exits \false; assigns \nothing;
    ensures none: \result != 0 ==> \forall integer l; 0 <= l < LANES ==> open[l] == 0; */
KERNEL int none_open(const int32_t *open)
{
  int32_t any = 0;
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant none: any == 0 ==> \forall integer k; 0 <= k < l ==> open[k] == 0;
      loop assigns l, any;
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) any = open[l] != 0 ? 1 : any;
  return any == 0;
}

KERNEL int shared_mean(const unsigned char *restrict kept, int n, int sharp, const int32_t *restrict exponent, const int32_t *restrict cut,
                       const term_row *restrict terms, const int64_t *restrict total, key *restrict out, int32_t *restrict open)
  /*@ ghost (const row *t) */
{
  int64_t sum[LANES];
  int dropped = sum_of_kept(kept, n, terms, total, sum) /*@ ghost (t, exponent, cut) */;
  int k = n - dropped;
  //@ assert within: sharp != 0 ==> \forall integer l; 0 <= l < LANES ==> Within(KeptSum{Pre}(t,kept,n,l),sum[l],exponent[l],0);
  int near = sharp && k <= NEAR_ROWS ? near_quotients(sum, exponent, k, out) : 0;
  //@ assert near: near != 0 ==> \forall integer l; 0 <= l < LANES ==> IsQuotient(out[l],KeptSum{Pre}(t,kept,n,l),k);
  if (near) return k;
  /*@ assert still: \forall integer l; 0 <= l < LANES ==>
        LaneSum(KeptSum{Pre}(t,kept,n,l),TermUnits(&sum[0],l),exponent[l],cut[l],n+dropped); */
  shared_quotients(sum, exponent, cut, n + dropped, k, out, open);
  //@ assert decided: \forall integer l; 0 <= l < LANES && open[l] == 0 ==> IsQuotient(out[l],KeptSum{Pre}(t,kept,n,l),k);
  int all = none_open(open);
  //@ assert all: all != 0 ==> \forall integer l; 0 <= l < LANES ==> IsQuotient(out[l],KeptSum{Pre}(t,kept,n,l),k);
  return all ? k : -k;
}
