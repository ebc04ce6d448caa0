/* clip: a finite row with N > t^2 is scaled to the norm t: x becomes, with its sign, RN of the square root of X^2 t^2 / N. Of P/Q this
 * has the magnitude r with Q (V(r-1) + V(r))^2 <= 4P <= Q (V(r) + V(r+1))^2, equality only if r is even. P = 0 gives +0.
 */
#include "select.h"

#include <string.h>

/* How the square root of P/Q lies to the magnitude r: 0 if r is RN's, negative if that is below r, positive if above. */
static int side_of_root(reference_context *context, mpz_srcptr p, mpz_srcptr q, uint64_t r) {
  const int even = r % 2 == 0;
  mpz_mul_ui(context->middle, p, 4);
  reference_value(context, r, context->value);
  if (r > 0) {
    reference_value(context, r - 1, context->left);
    mpz_add(context->left, context->left, context->value);
    mpz_mul(context->left, context->left, context->left);
    mpz_mul(context->left, context->left, q);
    const int compared = mpz_cmp(context->left, context->middle);
    if (compared > 0 || (compared == 0 && !even)) return -1;
  }
  reference_value(context, r + 1, context->right);
  mpz_add(context->right, context->right, context->value);
  mpz_mul(context->right, context->right, context->right);
  mpz_mul(context->right, context->right, q);
  const int compared = mpz_cmp(context->middle, context->right);
  if (compared > 0 || (compared == 0 && !even)) return 1;
  return 0;
}

/* The magnitude of RN of the square root of P/Q, which is at most that of `largest`. */
static uint64_t rn_of_root(reference_context *context, mpz_srcptr p, mpz_srcptr q, uint64_t largest) {
  uint64_t low = 0, high = largest;
  while (low <= high) {
    const uint64_t r = low + (high - low) / 2;
    const int side = side_of_root(context, p, q, r);
    if (side == 0) return r;
    if (side > 0) {
      low = r + 1;
    } else {
      high = r - 1;
    }
  }
  reference_fail("clip: the root is greater than the value was");
}

/* x scaled by t / sqrt(N), t^2 = squared and N in squared units. */
static uint64_t scaled(reference_context *context, uint64_t word, mpq_srcptr squared, mpq_srcptr norm) {
  const uint64_t sign = reference_is_negative(context, word) ? (uint64_t)1 << (context->exponent_bits + context->fraction_bits) : 0;
  mpz_t p, q;
  mpz_inits(p, q, (mpz_ptr)NULL);
  reference_value(context, word, p);
  mpz_mul(p, p, p);
  mpz_mul(p, p, mpq_numref(squared));
  mpz_mul(q, mpq_numref(norm), mpq_denref(squared)); /* a norm is an integer */
  const uint64_t result = mpz_sgn(p) == 0 ? 0 : sign | rn_of_root(context, p, q, word - sign);
  mpz_clears(p, q, (mpz_ptr)NULL);
  return result;
}

void reference_clip_to(reference_context *context, size_t n, mpq_srcptr squared, size_t d, const void *rows, void *out) {
  reference_extended *norms = reference_norms(context, n, d, rows);
  memcpy(out, rows, n * d * reference_word_size(context));
  for (size_t i = 0; i < n; i++) {
    if (norms[i].infinite != 0 || mpq_cmp(norms[i].value, squared) <= 0) continue;
    for (size_t c = i * d; c < (i + 1) * d; c++)
      reference_store(context, out, c, scaled(context, reference_load(context, rows, c), squared, norms[i].value));
  }
  reference_extended_free(norms, n);
}

void reference_clip(reference_context *context, size_t n, mpq_srcptr tau, size_t d, const void *rows, void *out) {
  if (mpq_sgn(tau) <= 0) reference_fail("clip: tau > 0 is needed");
  mpq_t squared;
  mpq_init(squared);
  mpq_mul(squared, tau, tau);
  mpq_mul_2exp(squared, squared, 2 * reference_unit_exponent(context));
  reference_clip_to(context, n, squared, d, rows, out);
  mpq_clear(squared);
}
