/* Sorting every lane of a tile. */
#ifndef CERTIGAR_SORT_H
#define CERTIGAR_SORT_H
#include "exact/format.h"

KERNEL void sort_tile(row *t, int n);
#endif
