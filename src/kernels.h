/* What the library asks of the kernels of one format and instruction set. */
#ifndef CERTIGAR_KERNELS_H
#define CERTIGAR_KERNELS_H

#include <stddef.h>
#include "certigar.h"

typedef struct certigar_tile_request {
  const certigar_matrix *input;
  certigar_rule rule;
  certigar_median_kind median;
  int f;
  void *work;              /* tile_bytes(n), aligned to 64 */
  unsigned char *nonfinite; /* n flags, set where a row is not finite, never cleared */
  size_t nonfinite_outputs, exact_evaluations, ties; /* added to */
} certigar_tile_request;

typedef struct certigar_kernels {
  size_t value_size, lanes;
  size_t (*work_bytes)(size_t n);
  /* coordinates first .. first+count-1 (count <= lanes) of the output to out */
  void (*tile)(certigar_tile_request *request, size_t first, size_t count, unsigned char *out);
} certigar_kernels;

#endif
