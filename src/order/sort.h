/* Sorting every lane of a tile. */
#ifndef CERTIGAR_SORT_H
#define CERTIGAR_SORT_H

#include "acsl/mean.h"
#include "acsl/order.h"

/* Row j becomes x_(j) of every lane: the ranks are those of the tile as it was (spec/acsl/order.h). */
/*@ requires n: 1 <= n <= ROWS_MAX;
    requires t: \valid(t + (0 .. n-1));
    requires keys: Keys(t,n);
    terminates \true; exits \false; assigns (&t[0][0])[0 .. n*LANES-1];
    ensures ranks: \forall integer j, l; 0 <= j < n && 0 <= l < LANES ==> t[j][l] == Rank{Pre}(t,n,l,j);
    ensures sorted: Sorted(t,n);
    ensures counts: SameCounts{Pre,Post}(t,n);
    ensures keys: Keys(t,n); */
KERNEL void sort_tile(row *t, int n);

#endif
