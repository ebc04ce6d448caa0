/* The rounds of bulyan: so many times, Krum's winner among the rows that are left is taken from them (El Mhamdi, Guerraoui, Rouault 2018, Algorithm 1;
 * spec/rules.md, section 6).
 */
#ifndef CERTIGAR_ROUNDS_H
#define CERTIGAR_ROUNDS_H

#include "acsl/rounds.h"
#include "rules/choose_rows.h"
#include "select/notes.h"

/* taken[t], t < theta, is the winner of round t; candidates, all rows, ends as those that are left. After each choice the certificate is told
 * (certigar_note_choice). Returns 1; or 0 if the run is stopped, there is no memory, or exact distances are put off, and then what was taken means
 * nothing. The other arrays are scratch. */
/*@ requires n: 1 <= n <= ROWS_MAX && 0 <= f <= n && 0 <= theta <= n && n == TableRows;
    requires valid: \valid(candidates + (0 .. n-1)) && \valid(taken + (0 .. theta-1)) && \valid_read(row_group + (0 .. TableRows-1));
    requires rows: \valid(row_lower + (0 .. n-1)) && \valid(row_upper + (0 .. n-1)) && \valid(order + (0 .. n-1));
    requires bounds: \valid(lower + (0 .. n-1)) && \valid(upper + (0 .. n-1)) && \valid(group + (0 .. n-1));
    requires chosen: \valid(chosen + (0 .. n-1)) && \valid(open + (0 .. n-1));
    requires apart: \separated(row_lower + (0 .. n-1),row_upper + (0 .. n-1),lower + (0 .. n-1),upper + (0 .. n-1));
    requires apart1: \separated(order + (0 .. n-1),group + (0 .. n-1),row_group + (0 .. TableRows-1));
    requires apart2: \separated(chosen + (0 .. n-1),open + (0 .. n-1)) && \separated(candidates + (0 .. n-1),taken + (0 .. theta-1));
    requires all: \forall integer a; 0 <= a < n ==> candidates[a] == a;
    requires equal: EqualRows(row_group);
    requires inexact: 0 <= certigar_inexact;
    requires zero: \forall integer i; 0 <= i < TableRows ==> TableDistance(i,i) == 0;
    terminates \true; exits \false;
    assigns (&row_lower[0][0])[0 .. n*NATURAL_DIGITS-1], (&row_upper[0][0])[0 .. n*NATURAL_DIGITS-1], (&lower[0][0])[0 .. n*NATURAL_DIGITS-1],
      (&upper[0][0])[0 .. n*NATURAL_DIGITS-1], order[0 .. n-1], group[0 .. n-1], chosen[0 .. n-1], open[0 .. n-1], candidates[0 .. n-1],
      taken[0 .. theta-1], certigar_inexact;
    ensures done: \result == 0 || \result == 1;
    ensures rounds: \result == 1 ==> AreRounds(taken,theta,n,f);
    ensures distinct: \result == 1 ==> \forall integer t, u; 0 <= t < u < theta ==> taken[t] != taken[u];
    ensures rows: \result == 1 ==> \forall integer t; 0 <= t < theta ==> 0 <= taken[t] < n; */
KERNEL int take_rounds(certigar_distances *distances, certigar_plan *plan, certigar_selection *selection, const int *row_group, int n, int f, int theta,
                       size_t *candidates, size_t *taken, natural_row *row_lower, natural_row *row_upper, int *order, natural_row *lower,
                       natural_row *upper, int *group, unsigned char *chosen, unsigned char *open);

#endif
