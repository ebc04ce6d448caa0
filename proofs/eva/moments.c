/* Second moments of workers that send what they computed are never negative, in binary32: whatever finite gradients come, for as many steps as there are,
 * with any 0 < beta <= 1 and any 0 < rest <= 1; and what `scaled` makes of them with a factor of at least 1, the bias correction. */
#include "train/optimizer.h"

#include <__fc_builtin.h>
#include <float.h>

enum { D = 1000 };

static float v[D], g[D], corrected[D];

int main(void)
{
  float beta = Frama_C_float_interval(FLT_TRUE_MIN, 1), rest = Frama_C_float_interval(FLT_TRUE_MIN, 1);
  float factor = Frama_C_float_interval(1, FLT_MAX);
  size_t d = Frama_C_size_t_interval(0, D);
  while (Frama_C_nondet(0, 1)) {
    for (size_t i = 0; i < D; i++) g[i] = Frama_C_float_interval(-FLT_MAX, FLT_MAX);
    average_in_squares(v, g, d, beta, rest);
    scaled(corrected, v, d, factor);
    for (size_t i = 0; i < D; i++) {
      //@ check moment_nonnegative: \ge_float(v[i], (float)0.0);
      //@ check corrected_nonnegative: \ge_float(corrected[i], (float)0.0);
    }
  }
  return 0;
}
