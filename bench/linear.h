/* How the time of a rule and the memory grow with d, from 10^4 to 10^8 coordinates that are in no memory but come from a reader. */
#ifndef BENCH_LINEAR_H
#define BENCH_LINEAR_H

/* n = 20, f = 4, float32, one thread, krum and multi-bulyan. */
void report_growth(int markdown);

#endif
