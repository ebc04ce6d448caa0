/* What is known of distances and their limit (order/limited.h): what is taken on trust of brsgd.c, and of GMP, which compares. */
#ifndef CERTIGAR_LIMIT_H
#define CERTIGAR_LIMIT_H

#include "acsl/limit.h"

typedef struct certigar_brsgd certigar_brsgd;

/* Where the interval of row k's distance lies: negative if it ends at the limit or before, positive if it begins after it, 0 if neither. */
/*@ requires k: 0 <= k;
    terminates \true; exits \false; assigns \nothing;
    ensures range: -1 <= \result <= 1;
    ensures within: \result < 0 ==> WithinLimit(k);
    ensures beyond: 0 < \result ==> !WithinLimit(k); */
int certigar_side_of_limit(const certigar_brsgd *brsgd, int k);

/* Measures the rows that are wanted exactly, in one more pass, and says of each whether it is within the limit. Returns 0 if the run is stopped, and
 * then nothing is said. wanted is brsgd's own. */
/*@ requires n: 0 <= n;
    requires wanted: \valid_read(wanted + (0 .. n-1));
    requires within: \valid(within + (0 .. n-1));
    requires apart: \separated(wanted + (0 .. n-1),within + (0 .. n-1));
    terminates \true; exits \false; assigns within[0 .. n-1];
    ensures done: \result == 0 || \result == 1;
    ensures measured: \result == 1 ==> \forall integer k; 0 <= k < n && wanted[k] != 0 ==> (within[k] != 0 <==> WithinLimit(k)); */
int certigar_measure_wanted(certigar_brsgd *brsgd, const unsigned char *wanted, int n, unsigned char *within);

#endif
