#include "optimizer.h"

#include <math.h>

void average_in(float *mean, const float *x, size_t d, float beta, float rest)
{
  /*@ loop invariant index: 0 <= i <= d;
      loop assigns i, mean[0 .. d-1];
      loop variant d - i; */
  for (size_t i = 0; i < d; i++) mean[i] = beta * mean[i] + rest * x[i];
}

void average_in_squares(float *mean, const float *x, size_t d, float beta, float rest)
{
  /*@ loop invariant index: 0 <= i <= d;
      loop assigns i, mean[0 .. d-1];
      loop variant d - i; */
  for (size_t i = 0; i < d; i++) {
    float number = x[i]; /* one number for both factors: Eva sees no square in two reads of an array */
    mean[i] = beta * mean[i] + rest * (number * number);
  }
}

void scaled(float *out, const float *x, size_t d, float factor)
{
  /*@ loop invariant index: 0 <= i <= d;
      loop assigns i, out[0 .. d-1];
      loop variant d - i; */
  for (size_t i = 0; i < d; i++) out[i] = factor * x[i];
}

/* The square root of IEEE 754, NaN of a negative number. This contract is taken on trust: Frama-C's libc asks sqrtf for numbers that are not negative,
 * and lets it set errno, which nobody reads here. */
/*@ terminates \true; exits \false; assigns \nothing; */
static float root(float x)
{
  return sqrtf(x);
}

void adam_direction(float *out, const float *m, const float *v, size_t d, float first, float second, float eps, floor_kind floor)
{
  float inside = floor == FLOOR_INSIDE ? eps : 0, outside = floor == FLOOR_INSIDE ? 0 : eps;
  /*@ loop invariant index: 0 <= i <= d;
      loop assigns i, out[0 .. d-1];
      loop variant d - i; */
  for (size_t i = 0; i < d; i++) out[i] = first * m[i] / (root(second * v[i] + inside) + outside);
}

void descend(float *model, const float *x, size_t d, float rate)
{
  /*@ loop invariant index: 0 <= i <= d;
      loop assigns i, model[0 .. d-1];
      loop variant d - i; */
  for (size_t i = 0; i < d; i++) model[i] -= rate * x[i];
}

void add_scaled(float *x, const float *y, size_t d, float factor)
{
  /*@ loop invariant index: 0 <= i <= d;
      loop assigns i, x[0 .. d-1];
      loop variant d - i; */
  for (size_t i = 0; i < d; i++) x[i] += factor * y[i];
}
