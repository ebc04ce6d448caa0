/* How many rows Krum's rules are about: the neighbours of its score, and the rows chosen by it (spec/rules.md, section 6). */
#ifndef CERTIGAR_KRUM_COUNTS_H
#define CERTIGAR_KRUM_COUNTS_H

#include <stddef.h>
#include "acsl/neighbours.h"

/* The neighbours of the score, of n rows: n-f-2, which a choice takes (k of choose_rows, rules/choose_rows.h), and a round of bulyan has too. */
/*@ requires n: f+2 < n;
    terminates \true; exits \false; assigns \nothing;
    ensures neighbours: \result == n-f-2;
    ensures round: \result == Neighbours(n,f);
    ensures range: 1 <= \result < n; */
size_t certigar_krum_neighbours(size_t n, size_t f);

/* The rows that multi-krum keeps: m, or, if that is 0, as many as the score has neighbours. */
/*@ requires n: f+2 < n && m <= n-f-2;
    terminates \true; exits \false; assigns \nothing;
    ensures given: 1 <= m ==> \result == m;
    ensures usual: m == 0 ==> \result == n-f-2;
    ensures range: 1 <= \result <= n-f-2; */
size_t certigar_multi_krum_kept(size_t n, size_t f, size_t m);

/* The rows that multi-bulyan chooses in one pass. */
/*@ requires n: 2*f+2 < n;
    terminates \true; exits \false; assigns \nothing;
    ensures kept: \result == n-2*f-2;
    ensures range: 1 <= \result <= n; */
size_t certigar_multi_bulyan_kept(size_t n, size_t f);

#endif
