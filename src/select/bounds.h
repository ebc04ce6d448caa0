/* What is known of a distance, for those who choose by it (rules/candidates.h): the one thing that they take on trust of distances.c.
 *
 * The contract speaks of spec/acsl/krum.h.
 */
#ifndef CERTIGAR_BOUNDS_H
#define CERTIGAR_BOUNDS_H

#include <stddef.h>
#include <stdint.h>

typedef struct certigar_distances certigar_distances;

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

#endif
