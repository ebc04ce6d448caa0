/* Exact rational numbers, as they are written: 0.1 is one tenth. */
#ifndef CERTIGAR_RATIONAL_H
#define CERTIGAR_RATIONAL_H

#include "certigar.h"

#include <gmp.h>
#include <stddef.h>
#include <stdint.h>

/* A number as text; empty if none was given. */
typedef struct certigar_rational {
  char text[CERTIGAR_NUMBER_MAX + 1];
} certigar_rational;

/* Returns 0, and leaves *number as it is, if text is neither a number (see certigar.h) nor "inf". */
int certigar_rational_set(certigar_rational *number, const char *text);

int certigar_rational_is_infinite(const certigar_rational *number);

/* The value of a number that was given and is not infinite; value is initialised. */
void certigar_rational_get(const certigar_rational *number, mpq_t value);

int certigar_rational_is_above_half(const certigar_rational *number);

/* 1 if it is infinite or greater than 0; 0 if it is 0; else -1. */
int certigar_rational_sign(const certigar_rational *number);

/* sum becomes that of limbs[i] 2^(bits i): limbs above -2^63, of either sign. */
void certigar_read_limbs(mpz_t sum, const int64_t *limbs, size_t count, size_t bits);

#endif
