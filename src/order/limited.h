/* Which of the chosen rows are within a limit of the medians (brsgd; Li et al., Algorithm 2; spec/rules.md, section 7). */
#ifndef CERTIGAR_LIMITED_H
#define CERTIGAR_LIMITED_H

#include "select/limit.h"

enum { LIMITED_ROWS_MAX = 16777216 };

/* selected[k] becomes 1 if row k is chosen and its distance at most the limit, else 0. Rows are measured exactly where the intervals leave that open.
 * Returns how many were; or -1 if the run is stopped, and then all selected are such rows, but others may be, too. wanted, within: scratch. */
/*@ requires n: 0 <= n <= LIMITED_ROWS_MAX;
    requires chosen: \valid_read(chosen + (0 .. n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires wanted: \valid(wanted + (0 .. n-1));
    requires within: \valid(within + (0 .. n-1));
    requires apart: \separated(chosen + (0 .. n-1),selected + (0 .. n-1),wanted + (0 .. n-1),within + (0 .. n-1));
    terminates \true; exits \false; assigns selected[0 .. n-1], wanted[0 .. n-1], within[0 .. n-1];
    ensures range: -1 <= \result <= n;
    ensures flags: \forall integer k; 0 <= k < n ==> selected[k] == 0 || selected[k] == 1;
    ensures both: \forall integer k; 0 <= k < n && selected[k] != 0 ==> chosen[k] != 0 && WithinLimit(k);
    ensures all: 0 <= \result ==> \forall integer k; 0 <= k < n && chosen[k] != 0 && WithinLimit(k) ==> selected[k] != 0; */
int certigar_select_limited(certigar_brsgd *brsgd, const unsigned char *chosen, int n, unsigned char *selected, unsigned char *wanted,
                            unsigned char *within);

#endif
