/* See lambda.h, and spec/bounds.md for why these hold. */
#include "lambda.h"

void certigar_surd_init(certigar_surd *s)
{
  mpq_inits(s->a, s->b, (mpq_ptr)NULL);
}

void certigar_surd_clear(certigar_surd *s)
{
  mpq_clears(s->a, s->b, (mpq_ptr)NULL);
}

void certigar_ratio(mpq_t q, size_t p1, size_t p2, size_t q1, size_t q2)
{
  mpz_set_ui(mpq_numref(q), p1);
  mpz_mul_ui(mpq_numref(q), mpq_numref(q), p2);
  mpz_set_ui(mpq_denref(q), q1);
  mpz_mul_ui(mpq_denref(q), mpq_denref(q), q2);
  mpq_canonicalize(q);
}

int certigar_lambda(certigar_rule rule, size_t n, size_t f, certigar_surd *value)
{
  const size_t honest = n - f, majority = n - 2 * f;
  mpq_set_ui(value->a, 0, 1);
  mpq_set_ui(value->b, 0, 1);
  switch (rule) {
    case CERTIGAR_KRUM:
    case CERTIGAR_MULTI_KRUM:
      certigar_ratio(value->a, honest - 1, 1, honest, 1);
      if (f > 0) certigar_ratio(value->b, honest - 2, 1, majority - 1, 1);
      return 1;
    case CERTIGAR_MDA: certigar_ratio(value->a, 2, f, honest, 1); return 1;
    case CERTIGAR_GEOMETRIC_MEDIAN: certigar_ratio(value->b, honest - 1, honest - 1, n, majority); return 1;
    default: return 0;
  }
}
