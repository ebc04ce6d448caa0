/* A vector from an .npy file with one axis: a parameter of a rule, or what somebody says is its output. Its values are copied into memory in this processor's byte order, so that the
 * library can take them as they are. */
#ifndef CERTIGAR_IO_VECTOR_H
#define CERTIGAR_IO_VECTOR_H

#include "certigar.h"
#include "digest.h"
#include "npy.h"

#include <stddef.h>

typedef struct vector {
  void *values; /* count of them, aligned for their type; NULL: no vector */
  size_t count;
  certigar_dtype dtype;
  size_t finite; /* how many come before the first NaN or infinity */
  digest hash;   /* of the values */
} vector;

/* axes: NPY_VECTOR, or NPY_EITHER for a file that may also be a matrix of one row. Returns 1, or 0 with the reason in *message and nothing to clear.
 * "-" is standard input. */
int vector_read(vector *out, const char *path, npy_axes axes, certigar_message *message);
void vector_clear(vector *v);

#endif
