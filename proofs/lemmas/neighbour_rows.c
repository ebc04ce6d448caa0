/* The choice that choose_rows makes: see neighbour_rows.h. */
#include "lemmas/neighbour_rows.h"

/*@ ghost
  void theorem_nearest(const unsigned char *chosen, const size_t *candidates, int n, int m, int k, int pivot)
  {
    int c = 0;
    /@ loop invariant c: 0 <= c <= n;
       loop invariant count: Flags(chosen,c) == Chosen(chosen,c);
       loop assigns c; loop variant n - c; @/
    for (; c < n; c++) {
      /@ assert flags: Flags(chosen,c+1) == Flags(chosen,c) + (chosen[c] != 0 ? 1 : 0); @/
      /@ assert chosen: Chosen(chosen,c+1) == Chosen(chosen,c) + (chosen[c] != 0 ? 1 : 0); @/
    }
    /@ assert end: c == n; @/
    /@ assert before: \forall integer a, e; 0 <= a < n && 0 <= e < n && chosen[a] != 0 && chosen[e] == 0 ==>
         NumberBefore(candidates,n,k,pivot,a,e); @/
    /@ assert number: \forall integer a; IsNumber(TableDistance(candidates[a],pivot),candidates,n,a,k,pivot); @/
    /@ assert nearer: \forall integer a, e; NumberBefore(candidates,n,k,pivot,a,e) ==> Nearer(candidates[a],candidates[e],pivot); @/
  }
*/
