/* Times rules against a plain copy of their input. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "certigar.h"

#include <stddef.h>

enum { REPETITIONS_MAX = 101 };

/* What is timed: one rule at one level, and what came of it. */
typedef struct timing {
  certigar_rule rule;
  certigar_level level;
  void (*choose)(certigar_options *options, size_t d); /* sets the other parameters and pre-aggregations; NULL: the rule's own */
  double copies;      /* time as a multiple of the copy's: the median of one over the median of the other */
  double nanoseconds; /* per coordinate, the median */
  size_t wide;        /* coordinates that took the wide accumulator */
  /* while it is measured */
  certigar_plan *plan;
  int count;
  double spent, times[REPETITIONS_MAX];
} timing;

/* Prints why and ends the program with status 2. */
_Noreturn void give_up(const char *what, const char *why);
void *memory(size_t bytes);

/* In rounds: in each one every timing runs once on the n x d rows, in one thread, just after a copy of them to copied. Up to as many
 * rounds as repetitions; a timing that has taken long drops out after the third. Times are processor time: what other processes
 * take of the processor is not counted, what they take of caches and memory is. */
void measure(timing *timings, size_t count, certigar_dtype dtype, const void *rows, size_t n, size_t f, size_t d, int repetitions,
             void *copied, void *out);

/* Processor time of this thread, and that of a copy, in seconds; the median of the values, which it sorts. */
double processor_seconds(void);
double time_of_copy(void *to, const void *from, size_t bytes);
double median_of(double *values, int count);

/* Bytes that a plan with one thread takes, or 0 where that cannot be measured. */
size_t plan_bytes(certigar_rule rule, certigar_dtype dtype, size_t n, size_t f, certigar_level level);

#endif
