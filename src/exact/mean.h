/* The correctly rounded mean of the rows of a tile, per lane: spec/rules.md, section 1, Mean. */
#ifndef CERTIGAR_MEAN_H
#define CERTIGAR_MEAN_H
#include "number.h"

/* out[l] = RN(sum of t[lo .. hi-1][l] / k), or the NaN or infinity that Mean says. Returns the number of lanes that took the wide accumulator. */
KERNEL int mean_rows(const row *t, int lo, int hi, int k, key *out);
#endif
