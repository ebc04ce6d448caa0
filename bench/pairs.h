/* The intervals of all distances alone, and what Krum takes beside them. */
#ifndef BENCH_PAIRS_H
#define BENCH_PAIRS_H

#include "certigar.h"

#include <stddef.h>

/* 20 rows of float32, ordinary ones, for each level. */
void report_pairs(size_t d, int repetitions, const certigar_level *levels, size_t level_count, int markdown);

#endif
