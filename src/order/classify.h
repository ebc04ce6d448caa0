/* Numbers by comparison with one of them, as far as bounds tell.
 *
 * What is said of pairs of rows in smallest.h: of each number, whether it is greater than number p, and of those that are not, whether it is known to
 * be equal to it.
 */
#ifndef CERTIGAR_CLASSIFY_H
#define CERTIGAR_CLASSIFY_H

#include "acsl/least.h"
#include "order/smallest.h"

/* The classes of count numbers (Classes, order/smallest.h), CLASS_UNKNOWN where the bounds leave it open if the number is greater than number p: of
 * such a number, or of number p, something more can be known. Returns whether none is open. */
/*@ requires count: 0 <= p < count;
    requires lower: \valid_read(lower + (0 .. count-1));
    requires upper: \valid_read(upper + (0 .. count-1));
    requires classes: \valid(classes + (0 .. count-1));
    requires bounds: Bracketed(lower,upper,count);
    terminates \true; exits \false; assigns classes[0 .. count-1];
    ensures decided: \result == 0 || \result == 1;
    ensures classes: \result == 1 ==> Classes(classes,count,p);
    ensures open: \result == 0 ==> \exists integer q; 0 <= q < count && classes[q] == CLASS_UNKNOWN &&
      (Entry(lower,q) < Entry(upper,q) || Entry(lower,p) < Entry(upper,p)); */
KERNEL int classify_numbers(const natural_row *lower, const natural_row *upper, int64_t count, int64_t p, int64_t *classes);

#endif
