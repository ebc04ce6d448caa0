/* The rounds of bulyan: see rounds.h. */
#include "rules/rounds.h"
#include "order/neighbours.h"
#include "lemmas/rounds.h"

/* The one candidate that is chosen. */
/*@ requires n: 1 <= n <= ROWS_MAX && \valid_read(chosen + (0 .. n-1));
    requires one: Chosen(chosen,n) == 1;
    terminates \true; exits \false; assigns \nothing;
    ensures chosen: 0 <= \result < n && chosen[\result] != 0;
    ensures others: \forall integer c; 0 <= c < n && c != \result ==> chosen[c] == 0; */
KERNEL int only_chosen(const unsigned char *chosen, int n)
{
  int found = -1;
  /*@ loop invariant c: 0 <= c <= n;
      loop invariant none: found == -1 ==> Chosen(chosen,c) == 0 && \forall integer a; 0 <= a < c ==> chosen[a] == 0;
      loop invariant one: found != -1 ==> 0 <= found < c && chosen[found] != 0 && 1 <= Chosen(chosen,c) &&
        (Chosen(chosen,c) == 1 ==> \forall integer a; 0 <= a < c && a != found ==> chosen[a] == 0);
      loop assigns c, found; loop variant n - c; */
  for (int c = 0; c < n; c++) {
    //@ assert next: Chosen(chosen,c+1) == Chosen(chosen,c) + (chosen[c] != 0 ? 1 : 0);
    if (chosen[c]) found = c;
  }
  return found;
}

/* Round t: the winner of the r candidates, which are the rows left, is taken. Returns whether it is. */
/*@ requires n: 1 <= r <= n <= ROWS_MAX && 0 <= k < r && 0 <= t <= n && n == TableRows;
    requires valid: \valid(candidates + (0 .. r-1)) && \valid(taken + (0 .. t)) && \valid_read(row_group + (0 .. TableRows-1));
    requires rows: \valid(row_lower + (0 .. r-1)) && \valid(row_upper + (0 .. r-1)) && \valid(order + (0 .. r-1));
    requires bounds: \valid(lower + (0 .. r-1)) && \valid(upper + (0 .. r-1)) && \valid(group + (0 .. r-1));
    requires chosen: \valid(chosen + (0 .. r-1)) && \valid(open + (0 .. r-1));
    requires apart: \separated(row_lower + (0 .. r-1),row_upper + (0 .. r-1),lower + (0 .. r-1),upper + (0 .. r-1));
    requires apart1: \separated(order + (0 .. r-1),group + (0 .. r-1),row_group + (0 .. TableRows-1));
    requires apart2: \separated(chosen + (0 .. r-1),open + (0 .. r-1)) && \separated(candidates + (0 .. r-1),taken + (0 .. t));
    requires left: AreLeft(candidates,r,taken,t,n);
    requires equal: EqualRows(row_group);
    requires inexact: 0 <= certigar_inexact;
    requires zero: \forall integer i; 0 <= i < TableRows ==> TableDistance(i,i) == 0;
    terminates \true; exits \false;
    assigns (&row_lower[0][0])[0 .. r*NATURAL_DIGITS-1], (&row_upper[0][0])[0 .. r*NATURAL_DIGITS-1], (&lower[0][0])[0 .. r*NATURAL_DIGITS-1],
      (&upper[0][0])[0 .. r*NATURAL_DIGITS-1], order[0 .. r-1], group[0 .. r-1], chosen[0 .. r-1], open[0 .. r-1], candidates[0 .. r-1],
      taken[t], certigar_inexact;
    ensures done: \result == 0 || \result == 1;
    ensures inexact: 0 <= certigar_inexact;
    ensures winner: \result == 1 ==> IsWinner{Old}(\old(taken),t,n,k,taken[t]);
    ensures left: \result == 1 ==> AreLeft(candidates,r-1,taken,t+1,n); */
KERNEL int take_winner(certigar_distances *distances, certigar_plan *plan, certigar_selection *selection, const int *row_group, int r, int k,
                       size_t *candidates, size_t *taken, int t, natural_row *row_lower, natural_row *row_upper, int *order, natural_row *lower,
                       natural_row *upper, int *group, unsigned char *chosen, unsigned char *open) /*@ ghost (int n) */
{
  //@ ghost lemma_left(taken, t);
  //@ ghost lemma_left_scores(candidates, r, taken, t, n);
  int tie = choose_rows(distances, plan, row_group, candidates, r, 1, k, -1, row_lower, row_upper, order, lower, upper, group, chosen, open);
  if (tie < 0) return 0;
  if (!certigar_note_choice(selection, plan, (size_t)r, tie)) return 0;
  int c = only_chosen(chosen, r);
  //@ assert first: \forall integer e; 0 <= e < r && e != c ==> NumberBefore(candidates,r,k,-1,c,e);
  /*@ assert krum: \forall integer e, S, T; 0 <= e < r && e != c && IsKrumScore(S,candidates,r,c,k) && IsKrumScore(T,candidates,r,e,k) ==>
        IsNumber(Capped(S),candidates,r,c,k,-1) && IsNumber(Capped(T),candidates,r,e,k,-1); */
  /*@ assert numbers: \forall integer e, x, y; 0 <= e < r && e != c && IsNumber(x,candidates,r,c,k,-1) && IsNumber(y,candidates,r,e,k,-1) ==>
        x < y || (x == y && candidates[c] < candidates[e]); */
  /*@ assert order: \forall integer e, S, T; 0 <= e < r && e != c && IsKrumScore(S,candidates,r,c,k) && IsKrumScore(T,candidates,r,e,k) ==>
        Capped(S) < Capped(T) || (Capped(S) == Capped(T) && candidates[c] < candidates[e]); */
  /*@ assert before: \forall integer e, S, T; 0 <= e < r && e != c && IsLeftScore{Pre}(S,taken,t,n,candidates[c],k) &&
        IsLeftScore{Pre}(T,taken,t,n,candidates[e],k) ==> Capped(S) < Capped(T) || (Capped(S) == Capped(T) && candidates[c] < candidates[e]); */
  /*@ assert others: \forall integer i; 0 <= i < n && i != candidates[c] && Left{Pre}(taken,t,i) ==>
        \exists integer e; 0 <= e < r && e != c && candidates[e] == i; */
  //@ assert winner: IsWinner{Pre}(taken,t,n,k,candidates[c]);
  taken[t] = candidates[c];
  drop_candidate(candidates, r, c);
  //@ ghost lemma_left(taken, t + 1);
  //@ assert same: \forall integer a; 0 <= a < t ==> taken[a] == \at(taken[a],Pre);
  //@ assert last: taken[t] == \at(candidates[\at(c,Here)],Pre);
  //@ assert rows: \forall integer a; 0 <= a < r-1 ==> candidates[a] == \at(candidates[\at(a < c ? a : a+1,Here)],Pre);
  /*@ assert left: \forall integer a; 0 <= a < r-1 ==> candidates[a] < n && Left(taken,t+1,candidates[a]); */
  //@ assert below: \forall integer e; 0 <= e < c ==> candidates[e] == \at(candidates[\at(e,Here)],Pre);
  //@ assert above: \forall integer e; c < e < r ==> candidates[e-1] == \at(candidates[\at(e,Here)],Pre);
  //@ assert before_too: \forall integer i; Left(taken,t+1,i) ==> Left{Pre}(taken,t,i) && i != taken[t];
  /*@ assert were: \forall integer i; 0 <= i < n && Left(taken,t+1,i) ==>
        \exists integer e; 0 <= e < r && e != c && \at(candidates[\at(e,Here)],Pre) == i; */
  /*@ assert are: \forall integer i; 0 <= i < n && Left(taken,t+1,i) ==> \exists integer a; 0 <= a < r-1 && candidates[a] == i; */
  return 1;
}

KERNEL int take_rounds(certigar_distances *distances, certigar_plan *plan, certigar_selection *selection, const int *row_group, int n, int f, int theta,
                       size_t *candidates, size_t *taken, natural_row *row_lower, natural_row *row_upper, int *order, natural_row *lower,
                       natural_row *upper, int *group, unsigned char *chosen, unsigned char *open)
{
  int t = 0;
  //@ assert none: \forall integer i; Left(taken,0,i);
  //@ assert all: \forall integer i; 0 <= i < n ==> candidates[i] == i && \exists integer a; 0 <= a < n && candidates[a] == i;
  //@ assert candidates: Candidates(candidates,n);
  //@ assert each: \forall integer a; 0 <= a < n ==> candidates[a] < n && Left(taken,0,candidates[a]);
  //@ assert some: \forall integer i; 0 <= i < n && Left(taken,0,i) ==> candidates[i] == i && \exists integer a; 0 <= a < n && candidates[a] == i;
  //@ assert start: AreLeft(candidates,n,taken,0,n);
  /*@ loop invariant t: 0 <= t <= theta;
      loop invariant inexact: 0 <= certigar_inexact;
      loop invariant equal: EqualRows(row_group);
      loop invariant left: AreLeft(candidates,n-t,taken,t,n);
      loop invariant rounds: AreRounds(taken,t,n,f);
      loop assigns t, (&row_lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&row_upper[0][0])[0 .. n*NATURAL_DIGITS-1],
        (&lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&upper[0][0])[0 .. n*NATURAL_DIGITS-1], order[0 .. n-1], group[0 .. n-1], chosen[0 .. n-1],
        open[0 .. n-1], candidates[0 .. n-1], taken[0 .. theta-1], certigar_inexact;
      loop variant theta - t; */
  for (; t < theta; t++) {
    //@ ghost Round: ;
    int k = certigar_bulyan_neighbours(n - t, f);
    if (!take_winner(distances, plan, selection, row_group, n - t, k, candidates, taken, t, row_lower, row_upper, order, lower, upper, group, chosen,
                     open) /*@ ghost (n) */)
      return 0;
    //@ assert kept: \forall integer a; 0 <= a < t ==> taken[a] == \at(taken[a],Round);
    /*@ ghost
        int u = 0;
        /@ loop invariant u: 0 <= u <= t;
           loop invariant times: \forall integer w, i; 0 <= w <= u ==> Times(taken,w,i) == Times{Round}(taken,w,i);
           loop assigns u; loop variant t - u; @/
        for (; u < t; u++) {
          /@ assert here: \forall integer i; Times(taken,u+1,i) == Times(taken,u,i) + (taken[u] == i ? 1 : 0); @/
          /@ assert round: \let q = u; \forall integer i; \at(Times(taken,q+1,i) == Times(taken,q,i) + (taken[q] == i ? 1 : 0),Round); @/
        }
        /@ assert u_end: u == t; @/
        int j = 0;
        /@ loop invariant j: 0 <= j <= n;
           loop invariant below: \forall integer w, self, v; 0 <= w <= t ==> LeftBelow(taken,w,j,self,v) == LeftBelow{Round}(taken,w,j,self,v);
           loop assigns j; loop variant n - j; @/
        for (; j < n; j++) {
          /@ assert here: \forall integer w, self, v; LeftBelow(taken,w,j+1,self,v) == LeftBelow(taken,w,j,self,v)
               + (Times(taken,w,j) == 0 && j != self ? \min(TableDistance(j,self) - v,0) : 0); @/
          /@ assert round: \let q = j; \forall integer w, self, v; \at(LeftBelow(taken,w,q+1,self,v) == LeftBelow(taken,w,q,self,v)
               + (Times(taken,w,q) == 0 && q != self ? \min(TableDistance(q,self) - v,0) : 0),Round); @/
        }
        /@ assert j_end: j == n; @/
    */
    /*@ assert bound: \forall integer w, S, self, q; 0 <= w <= t && IsLeftScore(S,taken,w,n,self,q) ==>
          \forall integer v; q*v + LeftBelow{Round}(taken,w,n,self,v) <= S; */
    /*@ assert met: \forall integer w, S, self, q; 0 <= w <= t && IsLeftScore(S,taken,w,n,self,q) ==>
          \exists integer v; q*v + LeftBelow{Round}(taken,w,n,self,v) == S; */
    /*@ assert score: \forall integer w, S, self, q; 0 <= w <= t && IsLeftScore(S,taken,w,n,self,q) ==> IsLeftScore{Round}(S,taken,w,n,self,q); */
    /*@ assert winner: \forall integer w, q, self; 0 <= w <= t && IsWinner{Round}(taken,w,n,q,self) ==> IsWinner(taken,w,n,q,self); */
    //@ assert now: IsWinner(taken,t,n,Neighbours(n-t,f),taken[t]);
  }
  /*@ ghost
      int u = 0;
      /@ loop invariant u: 0 <= u <= theta;
         loop invariant distinct: \forall integer a, b; 0 <= a < b < u ==> taken[a] != taken[b];
         loop assigns u; loop variant theta - u; @/
      for (; u < theta; u++) lemma_left(taken, u);
      /@ assert u_end: u == theta; @/
  */
  //@ assert winners: \forall integer u; 0 <= u < theta ==> 0 <= taken[u] < n && Left(taken,u,taken[u]);
  return 1;
}
