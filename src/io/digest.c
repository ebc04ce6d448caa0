#include "digest.h"

#include "npy.h"

#include <nettle/sha2.h>
#include <string.h>

enum { BLOCK = 65536 };

/* Hashes one row whose values are not little endian side by side, by way of a block in which they are. */
static void hash_scattered(struct sha256_ctx *context, const unsigned char *row, const certigar_matrix *matrix, size_t item, int swap)
{
  unsigned char block[BLOCK];
  size_t filled = 0;
  for (size_t c = 0; c < matrix->d; c++) {
    memcpy(block + filled, row + matrix->column_stride * (ptrdiff_t)c, item);
    if (swap) {
      for (size_t i = 0; i < item / 2; i++) {
        unsigned char byte = block[filled + i];
        block[filled + i] = block[filled + item - 1 - i];
        block[filled + item - 1 - i] = byte;
      }
    }
    filled += item;
    if (filled == BLOCK || c + 1 == matrix->d) {
      sha256_update(context, filled, block);
      filled = 0;
    }
  }
}

void digest_matrix(digest *out, const certigar_matrix *matrix, certigar_dtype dtype)
{
  static const char hex[] = "0123456789abcdef";
  size_t item = dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  int swap = (matrix->byte_swapped != 0) != npy_native_big_endian();
  struct sha256_ctx context;
  sha256_init(&context);
  for (size_t i = 0; i < matrix->n; i++) {
    const unsigned char *row = (const unsigned char *)matrix->data + matrix->row_stride * (ptrdiff_t)i;
    if (!swap && matrix->column_stride == (ptrdiff_t)item) {
      sha256_update(&context, item * matrix->d, row);
    } else {
      hash_scattered(&context, row, matrix, item, swap);
    }
  }
  unsigned char bytes[SHA256_DIGEST_SIZE];
  sha256_digest(&context, sizeof bytes, bytes);
  for (size_t i = 0; i < sizeof bytes; i++) {
    out->text[2 * i] = hex[bytes[i] / 16];
    out->text[2 * i + 1] = hex[bytes[i] % 16];
  }
  out->text[2 * sizeof bytes] = '\0';
}
