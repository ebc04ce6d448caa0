/* The same jobs the way they are often written, to set beside certigar. */
#ifndef DEMO_NAIVE_H
#define DEMO_NAIVE_H

#include <stddef.h>

/* The mean of n rows, summed in float32 from row 0 on, or from the last row back. */
void naive_mean(const float *rows, size_t n, size_t d, int backwards, float *out);

/* The median of n <= ROWS_MAX rows, each column sorted with the operator < on floats; the rows come in order, or the last first. */
void naive_median(const float *rows, size_t n, size_t d, int backwards, float *out);

#endif
