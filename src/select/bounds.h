/* What is known of distances, and how more becomes known, for those who choose by them (rules/candidates.h, rules/choose_rows.h): what they take on
 * trust of distances.c.
 *
 * The contract speaks of spec/acsl/krum.h.
 */
#ifndef CERTIGAR_BOUNDS_H
#define CERTIGAR_BOUNDS_H

#include <stddef.h>
#include <stdint.h>

typedef struct certigar_distances certigar_distances;
typedef struct certigar_plan certigar_plan;

/*@ ghost extern int64_t certigar_inexact; */ /* how many distances of the table are not exact */

/* The interval of the distance of two rows, or of row i and the centre (j is not looked at), a point if it was made exact:
 * 0 if they are equal, infinity for a row that is not finite and any other. */
/*@ requires rows: i < TableRows && j < TableRows;
    requires lower: \valid(lower + (0 .. NATURAL_DIGITS-1));
    requires upper: \valid(upper + (0 .. NATURAL_DIGITS-1));
    requires apart: \separated(lower + (0 .. NATURAL_DIGITS-1),upper + (0 .. NATURAL_DIGITS-1));
    terminates \true; exits \false; assigns lower[0 .. NATURAL_DIGITS-1], upper[0 .. NATURAL_DIGITS-1];
    ensures bounds: Num(lower) <= TableDistance(i,j) <= Num(upper);
    ensures natural: IsNatural(lower) && IsNatural(upper); */
void certigar_distances_bounds(const certigar_distances *distances, size_t i, size_t j, uint32_t *lower, uint32_t *upper);

/* Asks for the exact distance of two rows, or of row i and the centre. */
/*@ requires rows: i < TableRows && j < TableRows;
    terminates \true; exits \false; assigns \nothing; */
void certigar_distances_want(certigar_distances *distances, size_t i, size_t j);

/* Makes exact what was asked for. Returns 1 if that made exact what was not; 0 if nothing was asked for, exact distances are
 * put off, the run is stopped, or there is no memory. */
/*@ requires some: 0 <= certigar_inexact;
    terminates \true; exits \false; assigns certigar_inexact;
    ensures range: \result == 0 || \result == 1;
    ensures left: 0 <= certigar_inexact <= \old(certigar_inexact);
    ensures less: \result == 1 ==> certigar_inexact < \old(certigar_inexact); */
int certigar_distances_refine_some(certigar_distances *distances, certigar_plan *plan);

#endif
