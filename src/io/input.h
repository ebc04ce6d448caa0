/* An .npy file as a view that the library can aggregate, without a copy where the file can be mapped: the input matrix, or a vector as one row. */
#ifndef CERTIGAR_IO_INPUT_H
#define CERTIGAR_IO_INPUT_H

#include "certigar.h"
#include "npy.h"

typedef struct input {
  npy_header header;
  certigar_dtype dtype;
  certigar_matrix matrix; /* valid until input_close */
  void *memory;           /* the whole file: mapped, or read */
  size_t size;
  int mapped;
} input;

/* Maps a regular file; reads anything else (a pipe, a device) to its end. "-" is standard input.
 * Returns 1, or 0 with the reason in *message and nothing to close. The file must not shrink while it is mapped: touching what
 * is gone raises SIGBUS. */
int input_open(input *in, const char *path, npy_axes axes, certigar_message *message);
void input_close(input *in);

#endif
