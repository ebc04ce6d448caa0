/* SHA-256 of values: of a matrix row after row, every value little endian, so that neither the layout of a file nor the machine matters. */
#ifndef CERTIGAR_IO_DIGEST_H
#define CERTIGAR_IO_DIGEST_H

#include "certigar.h"

/* 64 hexadecimal digits. */
typedef struct digest {
  char text[65];
} digest;

void digest_matrix(digest *out, const certigar_matrix *matrix, certigar_dtype dtype);

#endif
