/* The context: GMP and MPFR variables are initialised once, since doing so for every coordinate would take most of the time.
 *
 * An exact sum of 2^24 binary64 values is below 2^(2046 + 52 + 24) units, so 2176 bits hold every sum exactly.
 */
#include "context.h"

#include <stdio.h>
#include <stdlib.h>

enum { SUM_BITS = 2176 };

void reference_fail(const char *message) {
  fprintf(stderr, "reference: %s\n", message);
  abort();
}

reference_context *reference_new(reference_format format) {
  reference_context *context = calloc(1, sizeof *context);
  if (context == NULL) reference_fail("no memory");
  context->format = format;
  context->fraction_bits = format == REFERENCE_BINARY32 ? 23 : 52;
  context->exponent_bits = format == REFERENCE_BINARY32 ? 8 : 11;
  mpfr_init2(context->dividend, SUM_BITS);
  mpfr_init2(context->quotient, (mpfr_prec_t)context->fraction_bits + 1);
  mpz_inits(context->sum, context->value, context->left, context->middle, context->right, (mpz_ptr)NULL);
  return context;
}

void reference_free(reference_context *context) {
  if (context == NULL) return;
  for (size_t i = 0; i < context->item_count; i++) mpz_clears(context->items[i].value, context->items[i].distance, (mpz_ptr)NULL);
  free(context->items);
  free(context->sorted);
  mpz_clears(context->sum, context->value, context->left, context->middle, context->right, (mpz_ptr)NULL);
  mpfr_clears(context->dividend, context->quotient, (mpfr_ptr)NULL);
  free(context);
}

uint64_t *reference_sorted(reference_context *context, size_t n) {
  if (n > context->sorted_count) {
    uint64_t *sorted = realloc(context->sorted, n * sizeof *sorted);
    if (sorted == NULL) reference_fail("no memory");
    context->sorted = sorted;
    context->sorted_count = n;
  }
  return context->sorted;
}

reference_item *reference_items(reference_context *context, size_t n) {
  if (n > context->item_count) {
    reference_item *items = realloc(context->items, n * sizeof *items);
    if (items == NULL) reference_fail("no memory");
    for (size_t i = context->item_count; i < n; i++) mpz_inits(items[i].value, items[i].distance, (mpz_ptr)NULL);
    context->items = items;
    context->item_count = n;
  }
  return context->items;
}
