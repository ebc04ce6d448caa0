#ifndef CERTIGAR_COMPARE_H
#define CERTIGAR_COMPARE_H
#include "acsl/number.h"
/* sign of x + y - a - b */
KERNEL int compare_sums(key x, key y, key a, key b);
#endif
