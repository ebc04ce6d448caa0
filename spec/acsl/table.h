/* The table of distances of rows: spec/rules.md, section 5.
 *
 * The distances are those of the mathematics. Nothing is said of them but what a contract requires: no axiom.
 */
#ifndef SPEC_TABLE_H
#define SPEC_TABLE_H

#include <stddef.h>

/*@ axiomatic RowDistances {
      logic integer TableRows;
      logic integer TableDistance(integer i, integer j);   // squared, exact; that of row i from the centre, if there is one, whatever j
    }
  @
  @ // some rows, ascending
  @ predicate Candidates{L}(size_t *candidates, integer n) =
  @      (\forall integer a; 0 <= a < n ==> 0 <= candidates[a] < TableRows)
  @   && (\forall integer a, b; 0 <= a < b < n ==> candidates[a] < candidates[b]);
  @*/

#endif
