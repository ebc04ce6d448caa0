/* The .npy format of NumPy (numpy/lib/format.py, versions 1.0, 2.0 and 3.0), as far as a matrix or a vector of floats needs it.
 *
 * A file is  93 'N' 'U' 'M' 'P' 'Y'  major minor  header length (2 bytes little endian in version 1.0, 4 after)  header  data.
 * The header is a Python dictionary in text: {'descr': '<f4', 'fortran_order': False, 'shape': (20, 1000), } and white space.
 *
 * These functions work on memory alone: no file, no allocation, no state.
 */
#ifndef CERTIGAR_IO_NPY_H
#define CERTIGAR_IO_NPY_H

#include "certigar.h"

enum {
  /* The longest header that is read: NumPy's own default limit. A matrix needs less than 200 bytes. */
  NPY_HEADER_MAX = 10000,
  /* As many bytes of a file as npy_parse_header ever looks at. */
  NPY_PARSED_MAX = NPY_HEADER_MAX + 12,
  /* The longest header that npy_write_header writes. */
  NPY_WRITTEN_HEADER_MAX = 128
};

/* How many axes a file must have: one or two with NPY_EITHER, of which the header then says which it is. A vector is read as one row. */
typedef enum npy_axes { NPY_VECTOR = 1, NPY_MATRIX = 2, NPY_EITHER = 3 } npy_axes;

typedef struct npy_header {
  npy_axes axes;
  size_t n, d;          /* rows and columns, at least 1; n is 1 for a vector */
  size_t item_size;     /* 4 or 8 */
  int big_endian;       /* the order of the bytes in the file */
  int fortran_order;    /* column after column */
  size_t data_offset;   /* where the values start */
  size_t data_size;     /* n * d * item_size; data_offset + data_size <= PTRDIFF_MAX */
} npy_header;

/* Reads the header from the first bytes of a file, which must have so many axes. size may be less than the file has, but must cover the
 * header. Returns 1, or 0 with the reason in *message and *header unspecified. */
int npy_parse_header(const unsigned char *bytes, size_t size, npy_axes axes, npy_header *header, certigar_message *message);

/* The same on a whole file of size bytes, which must end exactly where its data end. */
int npy_parse(const unsigned char *bytes, size_t size, npy_axes axes, npy_header *header, certigar_message *message);

/* Whether a file of that many bytes is what the header says; if not, returns 0 with the reason. */
int npy_check_size(const npy_header *header, size_t size, certigar_message *message);

/* 1 if this processor stores the most significant byte first. */
int npy_native_big_endian(void);

/* Writes the header of a file of d values in this processor's byte order, with one axis; returns its length, a multiple of 64. */
size_t npy_write_header(unsigned char bytes[NPY_WRITTEN_HEADER_MAX], size_t item_size, size_t d);

/* The same of n rows of d values. */
size_t npy_write_matrix_header(unsigned char bytes[NPY_WRITTEN_HEADER_MAX], size_t item_size, size_t n, size_t d);

#endif
