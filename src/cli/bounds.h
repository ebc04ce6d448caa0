/* certigar info --bounds: what is known of how far a rule's output may be from the mean of the honest rows. */
#ifndef CERTIGAR_CLI_BOUNDS_H
#define CERTIGAR_CLI_BOUNDS_H

#include "certigar.h"

typedef struct situation {
  size_t n, f;
  size_t d; /* 0: any */
} situation;

/* Prints the coefficients of spec/bounds.md. Returns an exit status. */
int bounds_print(certigar_rule rule, const situation *s);

#endif
