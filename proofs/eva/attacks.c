/* Every attack of src/attacks, on every matrix of up to N rows and D columns, with numbers of any value, NaN and infinities among them, and any strength,
 * target, number of attackers and state of the random stream: no access outside an array or to what was not written, no undefined behaviour. */
#include "attacks/attack.h"

#include <__fc_builtin.h>
#include <float.h>
#include <math.h>

enum { N = 4, D = 2 };

static double any(void)
{
  double finite = Frama_C_double_interval(-DBL_MAX, DBL_MAX);
  if (Frama_C_nondet(0, 1)) return finite;
  if (Frama_C_nondet(0, 1)) return NAN;
  return Frama_C_nondet(0, 1) ? INFINITY : -INFINITY;
}

static double objective(void *context, const void *rows)
{
  (void)context;
  (void)rows;
  return any();
}

static void attempt(const attack *tried, size_t n, size_t q, size_t d, int is_double, int omniscient)
{
  float narrow[N * D];
  double wide[N * D];
  for (size_t i = 0; i < N * D; i++) {
    narrow[i] = (float)any();
    wide[i] = any();
  }
  attack_case a = {is_double ? (void *)wide : (void *)narrow, is_double, n, d, q, Frama_C_size_t_interval(0, N), omniscient, any(),
                   Frama_C_size_t_interval(0, D + 1), {Frama_C_unsigned_long_interval(0, 18446744073709551615u)}, objective, 0};
  tried->send(&a);
}

int main(void)
{
  /*@ loop unroll 32; */
  for (size_t which = 0; which < attack_count; which++) {
    if (!attacks[which].send) continue;
    /*@ loop unroll N; */
    for (size_t n = 1; n <= N; n++)
      /*@ loop unroll N + 1; */
      for (size_t q = 0; q <= n; q++)
        /*@ loop unroll D + 1; */
        for (size_t d = 0; d <= D; d++)
          /*@ loop unroll 4; */
          for (int kind = 0; kind < 4; kind++) attempt(&attacks[which], n, q, d, kind & 1, kind >> 1);
  }
  return 0;
}
