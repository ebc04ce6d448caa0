/* Numbers a + sqrt(b), where a and b are rational and not negative, and their decimals. */
#ifndef CERTIGAR_CLI_SURD_H
#define CERTIGAR_CLI_SURD_H

#include <gmp.h>
#include <stddef.h>

typedef struct surd {
  mpq_t a, b;
} surd;

/* At first 0. */
void surd_init(surd *s);
void surd_clear(surd *s);

/* q = p1 p2 / (q1 q2) */
void surd_ratio(mpq_t q, size_t p1, size_t p2, size_t q1, size_t q2);

/* The least multiple of 10^-9 that is no less than the number, with nine decimals: to be freed with free; NULL if there is no memory. */
char *surd_rounded_up(const surd *s);

#endif
