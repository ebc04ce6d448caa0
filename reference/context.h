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

/* Word number index of a matrix; whether all d words of a row are finite. */
uint64_t reference_load(const reference_context *context, const void *words, size_t index);
void reference_store(const reference_context *context, void *words, size_t index, uint64_t value);
size_t reference_word_size(const reference_context *context);
int reference_row_is_finite(const reference_context *context, size_t d, const void *rows, size_t row);

/* The unit is 2 to the minus this: 149 or 1074. */
unsigned reference_unit_exponent(const reference_context *context);

/* calloc, or the end. */
void *reference_allocate(size_t count, size_t size);

/* RN of the mean of the `kept` finite values closest to the exact median of the n words (meamed, and MeanAround of section 5). */
uint64_t reference_around(reference_context *context, const uint64_t *column, size_t n, size_t kept, int *tie);

#endif
