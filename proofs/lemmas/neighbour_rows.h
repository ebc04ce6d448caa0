/* The choice that choose_rows makes, as the rules see it that are the same for floats of all formats. */
#ifndef LEMMAS_NEIGHBOUR_ROWS_H
#define LEMMAS_NEIGHBOUR_ROWS_H

#include "acsl/krum.h"
#include "acsl/neighbour_rows.h"

// a choice by the distance from a row is of the rows nearest to it
/*@ ghost
  /@ requires n: 0 <= n <= ROWS_MAX && 0 <= pivot < TableRows;
     requires choice: IsChoice(chosen,candidates,n,m,k,pivot);
     terminates \true; exits \false; assigns \nothing;
     ensures nearest: AreNearest(chosen,candidates,n,m,pivot); @/
  void theorem_nearest(const unsigned char *chosen, const size_t *candidates, int n, int m, int k, int pivot);
*/

#endif
