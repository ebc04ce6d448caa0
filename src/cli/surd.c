/* With a = u/v, b = p/q and t = 10^9, the least integer r with r/t >= a + sqrt(b) is wanted: rv - tu >= sqrt(t^2 v^2 p/q). The left side is an
 * integer, so it may as well be at least s = ceil(sqrt(t^2 v^2 p/q)), and s is the least integer with s^2 >= ceil(t^2 v^2 p/q). So
 * r = ceil((tu + s)/v): integers alone. */
#include "surd.h"

#include <stdio.h>

enum { DECIMALS = 9, UNIT = 1000000000 };

/* x becomes the least integer whose square is no less. */
static void root_up(mpz_t x)
{
  mpz_t root, rest;
  mpz_inits(root, rest, NULL);
  mpz_sqrtrem(root, rest, x);
  if (mpz_sgn(rest) > 0) mpz_add_ui(root, root, 1);
  mpz_swap(x, root);
  mpz_clears(root, rest, NULL);
}

char *surd_rounded_up(const certigar_surd *s)
{
  mpz_t r, x;
  char *text = NULL;
  mpz_inits(r, x, NULL);
  mpz_mul_ui(x, mpq_denref(s->a), UNIT);
  mpz_mul(x, x, x);
  mpz_mul(x, x, mpq_numref(s->b));
  mpz_cdiv_q(x, x, mpq_denref(s->b));
  root_up(x);
  mpz_mul_ui(r, mpq_numref(s->a), UNIT);
  mpz_add(r, r, x);
  mpz_cdiv_q(r, r, mpq_denref(s->a));
  unsigned long decimals = mpz_fdiv_q_ui(r, r, UNIT);
  if (gmp_asprintf(&text, "%Zd.%0*lu", r, DECIMALS, decimals) < 0) text = NULL;
  mpz_clears(r, x, NULL);
  return text;
}
