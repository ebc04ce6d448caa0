/* What the files of the reference share: the format's numbers and the scratch. */
#ifndef REFERENCE_CONTEXT_H
#define REFERENCE_CONTEXT_H

#include "reference.h"

#include <mpfr.h>

/* A finite value of a column and its distance to the median, for MeaMed. */
typedef struct reference_item {
  mpz_t value;
  mpz_t distance;
} reference_item;

struct reference_context {
  reference_format format;
  unsigned fraction_bits;   /* F */
  unsigned exponent_bits;   /* X */
  mpfr_t dividend;          /* wide enough for every exact sum */
  mpfr_t quotient;          /* F + 1 bits */
  mpz_t sum, value, left, middle, right;
  reference_item *items;    /* grown as needed, kept initialised */
  size_t item_count;
  uint64_t *sorted;         /* grown as needed */
  size_t sorted_count;
};

/* Prints the message and aborts. */
_Noreturn void reference_fail(const char *message);

/* Room for n sorted words, and for n items. */
uint64_t *reference_sorted(reference_context *context, size_t n);
reference_item *reference_items(reference_context *context, size_t n);

#endif
