/* Exact comparison of a square root with a sum of square roots. */
#ifndef CERTIGAR_ROOTS_H
#define CERTIGAR_ROOTS_H

#include <gmp.h>
#include <stddef.h>

enum { CERTIGAR_ROOTS_MAX = 3 };

/* Whether sqrt(a) <= sqrt(b_1) + ... + sqrt(b_count): rational numbers, none of them negative, count <= CERTIGAR_ROOTS_MAX. MPFR's state must have been
 * entered (real/mpfr_state.h). */
int certigar_root_at_most(mpq_srcptr a, const mpq_t *b, size_t count);

#endif
