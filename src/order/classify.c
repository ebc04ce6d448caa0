/* Numbers by comparison with one of them: see classify.h. */
#include "order/classify.h"

/* The class of number q: at most number p if its upper bound is at most the lower bound of that, and equal to it if both are exact and the same. */
/*@ requires count: 0 <= p < count && 0 <= q < count;
    requires lower: \valid_read(lower + (0 .. count-1));
    requires upper: \valid_read(upper + (0 .. count-1));
    requires bounds: Bracketed(lower,upper,count);
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= CLASS_UNKNOWN;
    ensures zero: \result == 0 ==> Actual(q) <= Actual(p);
    ensures one: \result == 1 ==> Actual(q) == Actual(p);
    ensures two: \result == 2 ==> Actual(p) < Actual(q);
    ensures open: \result == CLASS_UNKNOWN ==> Entry(lower,q) < Entry(upper,q) || Entry(lower,p) < Entry(upper,p); */
KERNEL int class_of(const natural_row *lower, const natural_row *upper, int64_t p, int64_t q) /*@ ghost (int64_t count) */
{
  int least = natural_compare(lower[q], upper[p]), greatest = natural_compare(upper[q], lower[p]);
  //@ assert q: Entry(lower,q) <= Actual(q) <= Entry(upper,q);
  //@ assert p: Entry(lower,p) <= Actual(p) <= Entry(upper,p);
  if (q == p) return 1;
  if (least > 0) return 2;
  if (greatest > 0) return CLASS_UNKNOWN;
  return least == 0;
}

KERNEL int classify_numbers(const natural_row *lower, const natural_row *upper, int64_t count, int64_t p, int64_t *classes)
{
  int decided = 1;
  /*@ loop invariant q: 0 <= q <= count;
      loop invariant decided: decided == 0 || decided == 1;
      loop invariant classes: decided == 1 ==> Classes(classes,q,p);
      loop invariant open: decided == 0 ==> \exists integer r; 0 <= r < q && classes[r] == CLASS_UNKNOWN &&
        (Entry(lower,r) < Entry(upper,r) || Entry(lower,p) < Entry(upper,p));
      loop assigns q, decided, classes[0 .. count-1]; loop variant count - q; */
  for (int64_t q = 0; q < count; q++) {
    classes[q] = class_of(lower, upper, p, q) /*@ ghost (count) */;
    if (classes[q] == CLASS_UNKNOWN) decided = 0;
  }
  return decided;
}
