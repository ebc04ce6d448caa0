/* Mean(values): RN of the exact sum over k; with a NaN or both infinities NaN, with one infinity that one (spec/rules.md, section 1). */
#include "context.h"

uint64_t reference_mean(reference_context *context, const uint64_t *values, size_t k) {
  int nan = 0, minus_infinity = 0, plus_infinity = 0;
  uint64_t infinity = 0;
  if (k == 0) reference_fail("the mean of no values");
  for (size_t i = 0; i < k; i++) {
    if (reference_is_nan(context, values[i])) nan = 1;
    if (reference_is_infinite(context, values[i])) {
      infinity = values[i];
      if (reference_is_negative(context, values[i])) {
        minus_infinity = 1;
      } else {
        plus_infinity = 1;
      }
    }
  }
  if (nan || (minus_infinity && plus_infinity)) return reference_nan(context);
  if (minus_infinity || plus_infinity) return infinity;

  mpz_set_ui(context->sum, 0);
  for (size_t i = 0; i < k; i++) {
    reference_value(context, values[i], context->value);
    mpz_add(context->sum, context->sum, context->value);
  }
  return reference_rn(context, context->sum, k);
}
