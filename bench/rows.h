/* How fast the rules that select rows are, and pre-aggregations (with average after them), on ordinary rows and on those of f colluding workers who
 * want them slow. */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include "certigar.h"

#include <stddef.h>

/* n = 20, f = 4, float32, one thread; as a table of README.md, or with the targets. */
void report_rows(size_t d, int repetitions, const certigar_level *levels, size_t level_count, int markdown);

#endif
