/* How many neighbours Krum's score has in a round of bulyan: spec/rules.md, section 6, bulyan. */
#ifndef SPEC_NEIGHBOURS_H
#define SPEC_NEIGHBOURS_H

/*@ // of r rows: r-f-2, at least 1 and at most the others
  @ logic integer Neighbours(integer r, integer f) = \min(\max(r-f-2,1),r-1);
  @*/

#endif
