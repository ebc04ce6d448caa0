/* Numbers that exist but are not in memory. Nothing is said of Actual but what a contract requires: no axiom. */
#ifndef SPEC_ACTUAL_H
#define SPEC_ACTUAL_H

/*@ axiomatic ActualNumbers {
      logic integer Actual(integer i);
    }
  @*/

#endif
