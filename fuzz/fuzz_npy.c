/* The .npy parser on arbitrary bytes: no read outside them, no undefined behaviour, and what it accepts is consistent. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "npy.h"

static void require(int fact)
{
  if (!fact) abort();
}

static void check_header(const npy_header *header, size_t size)
{
  require(header->n >= 1 && header->d >= 1);
  require(header->axes == NPY_MATRIX || header->n == 1);
  require(header->item_size == 4 || header->item_size == 8);
  require(header->big_endian == 0 || header->big_endian == 1);
  require(header->fortran_order == 0 || header->fortran_order == 1);
  require(header->data_offset >= 10 && header->data_offset <= size);
  require(header->data_size <= PTRDIFF_MAX - header->data_offset);
  require(header->data_size / header->item_size / header->d == header->n);
  require(header->data_size % header->item_size == 0 && header->data_size / header->item_size % header->d == 0);
}

static int same(const npy_header *a, const npy_header *b)
{
  return a->axes == b->axes && a->n == b->n && a->d == b->d && a->item_size == b->item_size && a->big_endian == b->big_endian &&
         a->fortran_order == b->fortran_order && a->data_offset == b->data_offset && a->data_size == b->data_size;
}

/* Whether the bytes begin as a file with these axes. */
static int check_parser(const uint8_t *bytes, size_t size, npy_axes axes)
{
  npy_header header, whole;
  certigar_message message;
  memset(message.text, 'x', sizeof message.text);
  int readable = npy_parse_header(bytes, size, axes, &header, &message);
  require(memchr(message.text, '\0', sizeof message.text) != NULL);
  require(readable == (message.text[0] == '\0'));
  if (readable) check_header(&header, size);
  require(!readable || header.axes == axes);

  int complete = npy_parse(bytes, size, axes, &whole, &message);
  require(memchr(message.text, '\0', sizeof message.text) != NULL);
  require(complete == (message.text[0] == '\0'));
  require(!complete || readable);
  if (complete) {
    require(same(&header, &whole));
    require(header.data_offset + header.data_size == size);
    require(!npy_parse(bytes, size - 1, axes, &whole, &message));
  }
  return readable;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  int matrix = check_parser(bytes, size, NPY_MATRIX);
  require(!(check_parser(bytes, size, NPY_VECTOR) && matrix));
  return 0;
}
