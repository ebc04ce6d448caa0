/* Every attack on rows of src/attacks, on every matrix of up to N rows and D columns, with numbers of any value, NaN and infinities among them, and any
 * strength, target, f, number of attackers and state of the random stream: no access outside the matrix or to what was not written, no undefined
 * behaviour. The objective of attacks that search gives any number here and reads nothing; the comparison that qsort calls is not reached.
 */
#include "attacks/attack.h"
#include "libm.h"

#include <__fc_builtin.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>

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
  size_t before = (size_t)(N * D) - n * d; /* never written: the matrix ends where the array does */
  for (size_t i = before; i < N * D; i++) {
    narrow[i] = (float)any();
    wide[i] = any();
  }
  attack_case a = {is_double ? (void *)(wide + before) : (void *)(narrow + before), is_double, n, d, q, Frama_C_size_t_interval(0, SIZE_MAX), omniscient,
                   any(), Frama_C_size_t_interval(0, SIZE_MAX), {Frama_C_unsigned_long_interval(0, ULONG_MAX)}, objective, 0};
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
