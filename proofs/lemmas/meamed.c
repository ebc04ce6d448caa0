/* Lemma functions about meamed: see meamed.h. */
#include "lemmas/meamed.h"
#include "lemmas/order.h"

// the ranks of a lane, as values
/*@ ghost
  /@ requires n: 1 <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures mono: \forall integer i, j; 0 <= i <= j < n && Finite(Rank(t,n,l,i)) && Finite(Rank(t,n,l,j)) ==>
       Val(Rank(t,n,l,i)) <= Val(Rank(t,n,l,j));
     ensures finite: \forall integer i, j, k; 0 <= i <= j <= k < n && Finite(Rank(t,n,l,i)) && Finite(Rank(t,n,l,k)) ==>
       Finite(Rank(t,n,l,j)); @/
  void lemma_rank_values(const row *t, int n, int l)
  {
    lemma_rank(t, n, l);
    lemma_val_order();
  }
*/

/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures none: NoWindow(t,n,l,q) ==> !HasMeamed(t,n,n-q,l);
     ensures some: \forall integer s; Balanced(t,n,l,s,q) ==> HasMeamed(t,n,n-q,l); @/
  void lemma_has_meamed(const row *t, int n, int q, int l)
  {
    lemma_rank_values(t, n, l);
    lemma_count(t, n, l);
    lemma_rank_count(t, n, l);
    /@ assert finite: \forall integer j; 0 <= j < n ==>
         (Finite(Rank(t,n,l,j)) <==> Count(t,n,l,-1-SPECIAL) <= j < Count(t,n,l,SPECIAL-1)); @/
    /@ assert window: Count(t,n,l,SPECIAL-1) - Count(t,n,l,-1-SPECIAL) >= q ==>
         Finite(Rank(t,n,l,Count(t,n,l,-1-SPECIAL))) && Finite(Rank(t,n,l,Count(t,n,l,-1-SPECIAL)+q-1)); @/
  }
*/

/*@ predicate CloserBelow(integer T, integer x, integer y) =        // x is kept, y <= x is not
  @   y <= x && x + y < T ==> Abs(2*x - T) < Abs(2*y - T) || (Abs(2*x - T) == Abs(2*y - T) && x <= y);
  @ predicate CloserAbove(integer T, integer x, integer y) =        // x is kept, y >= x is not
  @   x <= y && T <= x + y ==> Abs(2*x - T) < Abs(2*y - T) || (Abs(2*x - T) == Abs(2*y - T) && x <= y);
  @ predicate EqualBelow(integer T, integer x, integer y) =         // x <= y is no farther than y, and nearer to the left
  @   x <= y && x + y < T && (Abs(2*x - T) < Abs(2*y - T) || Abs(2*x - T) == Abs(2*y - T)) ==> x == y;
  @ lemma equal_below: \forall integer T, x, y; EqualBelow(T,x,y);
  @ lemma closer_below: \forall integer T, x, y; CloserBelow(T,x,y);
  @ lemma closer_above: \forall integer T, x, y; CloserAbove(T,x,y);
  @*/

/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures closest: Balanced(t,n,l,s,q) ==> Closest(t,n,l,s,q); @/
  void lemma_closest(const row *t, int n, int q, int l, int s)
  {
    lemma_rank_values(t, n, l);
    /@ assert finite: Balanced(t,n,l,s,q) ==> RanksFinite(t,n,l,s,s+q); @/
    /@ assert below: \forall integer i, j; Balanced(t,n,l,s,q) && s <= i < s+q && 0 <= j < s && Finite(Rank(t,n,l,j)) ==>
         Val(Rank(t,n,l,j)) <= Val(Rank(t,n,l,s-1)) && Val(Rank(t,n,l,i)) <= Val(Rank(t,n,l,s-1+q)) && Finite(Rank(t,n,l,s-1)); @/
    /@ assert above: \forall integer i, j; Balanced(t,n,l,s,q) && s <= i < s+q && s+q <= j < n && Finite(Rank(t,n,l,j)) ==>
         Val(Rank(t,n,l,s+q)) <= Val(Rank(t,n,l,j)) && Val(Rank(t,n,l,s)) <= Val(Rank(t,n,l,i)) && Finite(Rank(t,n,l,s+q)); @/
    /@ assert left: \forall integer i, j; Balanced(t,n,l,s,q) && s <= i < s+q && 0 <= j < s && Finite(Rank(t,n,l,j)) ==>
         CloserBelow(TwiceMedian(t,n,l),Val(Rank(t,n,l,i)),Val(Rank(t,n,l,j))) && Closer(t,n,l,i,j); @/
    /@ assert right: \forall integer i, j; Balanced(t,n,l,s,q) && s <= i < s+q && s+q <= j < n && Finite(Rank(t,n,l,j)) ==>
         CloserAbove(TwiceMedian(t,n,l),Val(Rank(t,n,l,i)),Val(Rank(t,n,l,j))) && Closer(t,n,l,i,j); @/
  }
*/

// a window that starts below a balanced one keeps x_(s-1) and leaves out x_(s-1+q): it holds the closest values only if these two are equal
/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures first: \forall integer r; Balanced(t,n,l,s,q) && Closest(t,n,l,r,q) && r < s ==>
       Finite(Rank(t,n,l,s-1+q)) && Val(Rank(t,n,l,r)) == Val(Rank(t,n,l,s-1+q)) && 2*Val(Rank(t,n,l,r)) < TwiceMedian(t,n,l); @/
  void lemma_first_window(const row *t, int n, int q, int l, int s)
  {
    lemma_rank_values(t, n, l);
    /@ assert finite: \forall integer r; Balanced(t,n,l,s,q) && Closest(t,n,l,r,q) && r < s ==>
         Finite(Rank(t,n,l,r)) && Finite(Rank(t,n,l,s-1)) && Finite(Rank(t,n,l,s-1+q)) && LeftOut(t,n,l,r,q,s-1+q); @/
    /@ assert sum: \forall integer r; Balanced(t,n,l,s,q) && Closest(t,n,l,r,q) && r < s ==>
         Val(Rank(t,n,l,r)) <= Val(Rank(t,n,l,s-1)) && Val(Rank(t,n,l,r)) <= Val(Rank(t,n,l,s-1+q)); @/
    /@ assert closer: \forall integer r; Balanced(t,n,l,s,q) && Closest(t,n,l,r,q) && r < s ==> Closer(t,n,l,r,s-1+q); @/
    /@ assert equal: \forall integer r; Balanced(t,n,l,s,q) && Closest(t,n,l,r,q) && r < s ==>
         EqualBelow(TwiceMedian(t,n,l),Val(Rank(t,n,l,r)),Val(Rank(t,n,l,s-1+q))); @/
  }
*/

/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures tie: Balanced(t,n,l,s,q) ==> (HasTie(t,n,n-q,l) <==> TiedEnds(t,n,l,s,q)); @/
  void lemma_tie(const row *t, int n, int q, int l, int s)
  {
    lemma_rank_values(t, n, l);
    lemma_has_meamed(t, n, q, l);
    lemma_closest(t, n, q, l, s);
    lemma_first_window(t, n, q, l, s);
    /@ assert closer: \forall integer r, i, j; TiedPair(t,n,l,r,q,i,j) ==> Closer(t,n,l,i,j); @/
    /@ assert sum: \forall integer r, i, j; TiedPair(t,n,l,r,q,i,j) ==>
         Val(Rank(t,n,l,i)) < Val(Rank(t,n,l,j)) && Val(Rank(t,n,l,i)) + Val(Rank(t,n,l,j)) == TwiceMedian(t,n,l); @/
    /@ assert beyond: \forall integer r, i, j; TiedPair(t,n,l,r,q,i,j) ==> r+q <= j; @/
    /@ assert below: \forall integer r, i, j; Balanced(t,n,l,s,q) && TiedPair(t,n,l,r,q,i,j) && r < s ==>
         Val(Rank(t,n,l,i)) == Val(Rank(t,n,l,s-1+q)) && Val(Rank(t,n,l,s)) == Val(Rank(t,n,l,s-1+q)) && s-1+q < j; @/
    /@ assert start: \forall integer r, i, j; Balanced(t,n,l,s,q) && TiedPair(t,n,l,r,q,i,j) ==>
         Val(Rank(t,n,l,s)) <= Val(Rank(t,n,l,i)) && s+q <= j; @/
    /@ assert finite: \forall integer r, i, j; Balanced(t,n,l,s,q) && TiedPair(t,n,l,r,q,i,j) ==> Finite(Rank(t,n,l,s+q)); @/
    /@ assert ends: \forall integer r, i, j; Balanced(t,n,l,s,q) && TiedPair(t,n,l,r,q,i,j) ==> TiedEnds(t,n,l,s,q); @/
    /@ assert pair: Balanced(t,n,l,s,q) && TiedEnds(t,n,l,s,q) ==> TiedPair(t,n,l,s,q,s,s+q); @/
  }
*/

/*@ ghost
  /@ requires n: 1 <= q <= n <= ROWS_MAX && 0 <= l < LANES;
     requires keys: Keys(t,n);
     terminates \true; exits \false; assigns \nothing;
     ensures closest: \forall integer s; Balanced(t,n,l,s,q) ==> Closest(t,n,l,s,q);
     ensures tie: \forall integer s; Balanced(t,n,l,s,q) ==> (HasTie(t,n,n-q,l) <==> TiedEnds(t,n,l,s,q)); @/
  void lemma_meamed_lane(const row *t, int n, int q, int l)
  {
    int s = 0;
    /@ loop invariant s: 0 <= s <= n-q+1;
       loop invariant closest: \forall integer r; r < s && Balanced(t,n,l,r,q) ==> Closest(t,n,l,r,q);
       loop invariant tie: \forall integer r; r < s && Balanced(t,n,l,r,q) ==> (HasTie(t,n,n-q,l) <==> TiedEnds(t,n,l,r,q));
       loop assigns s; loop variant n - s; @/
    for (; s <= n - q; s++) {
      lemma_closest(t, n, q, l, s);
      lemma_tie(t, n, q, l, s);
    }
  }
*/

/*@ ghost
  void lemma_meamed(const row *t, int n, int q)
  {
    int l = 0;
    /@ loop invariant l: 0 <= l <= LANES;
       loop invariant none: \forall integer k; 0 <= k < l && NoWindow(t,n,k,q) ==> !HasMeamed(t,n,n-q,k);
       loop invariant some: \forall integer k, s; 0 <= k < l && Balanced(t,n,k,s,q) ==> HasMeamed(t,n,n-q,k);
       loop invariant closest: \forall integer k, s; 0 <= k < l && Balanced(t,n,k,s,q) ==> Closest(t,n,k,s,q);
       loop invariant tie: \forall integer k, s; 0 <= k < l && Balanced(t,n,k,s,q) ==> (HasTie(t,n,n-q,k) <==> TiedEnds(t,n,k,s,q));
       loop assigns l; loop variant LANES - l; @/
    for (; l < LANES; l++) {
      lemma_has_meamed(t, n, q, l);
      lemma_meamed_lane(t, n, q, l);
    }
  }
*/
