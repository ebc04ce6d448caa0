/* Distances and a limit: spec/rules.md, section 7, brsgd, the second constraint.
 *
 * The distances, in some unit, are those of the mathematics. Nothing is said of them but what a contract takes for granted: no axiom.
 */
#ifndef SPEC_LIMIT_H
#define SPEC_LIMIT_H

/*@ axiomatic MedianDistances {
      logic real MedianDistance(integer k);   // how far the k-th of the finite rows is from the medians
      logic real DistanceLimit;               // T
    }
  @
  @ predicate WithinLimit(integer k) = MedianDistance(k) <= DistanceLimit;
  @*/

#endif
