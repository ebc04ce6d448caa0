/* The coordinate-wise rules over one tile: t holds the keys of n rows and is used as work space. */
#ifndef CERTIGAR_RULES_H
#define CERTIGAR_RULES_H
#include "exact/format.h"

KERNEL int average(row *t, int n, key *out);
KERNEL int median(row *t, int n, int kind, key *out);
KERNEL int trimmed_mean(row *t, int n, int f, key *out);
KERNEL int meamed(row *t, int n, int f, key *out, int *ties);
#endif
