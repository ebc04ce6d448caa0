/* What was measured beside what it should be at most. */
#ifndef BENCH_TARGETS_H
#define BENCH_TARGETS_H

#include "certigar.h"

typedef struct tally {
  int met, missed;
} tally;

/* Prints a line, "met" or "MISSED", and counts it. level: that of the instruction set. */
void judge(tally *t, const char *what, certigar_level level, double measured, double bound);
void print_tally(const tally *t);

#endif
