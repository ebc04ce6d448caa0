#include "vector.h"

#include "input.h"
#include "message.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void copy_values(vector *out, const certigar_matrix *from, size_t item)
{
  const unsigned char *read = from->data;
  unsigned char *written = out->values;
  for (size_t i = 0; i < out->count; i++, read += item, written += item) {
    for (size_t b = 0; b < item; b++) written[b] = read[from->byte_swapped ? item - 1 - b : b];
  }
}

/* Whether an exponent field is not all ones (spec/rules.md, section 1). */
static int is_finite(const vector *v, size_t i)
{
  if (v->dtype == CERTIGAR_FLOAT32) return (((const uint32_t *)v->values)[i] & 0x7f800000) != 0x7f800000;
  return (((const uint64_t *)v->values)[i] & 0x7ff0000000000000) != 0x7ff0000000000000;
}

static int too_many_rows(input *in, certigar_message *message)
{
  message_clear(message);
  message_add(message, "the array has ");
  message_add_number(message, in->header.n);
  message_add(message, " rows; expected one axis, or one row");
  input_close(in);
  return 0;
}

int vector_read(vector *out, const char *path, npy_axes axes, certigar_message *message)
{
  input in;
  if (!input_open(&in, path, axes, message)) return 0;
  if (in.header.n > 1) return too_many_rows(&in, message);
  *out = (vector){.values = malloc(in.header.data_size), .count = in.header.d, .dtype = in.dtype};
  if (out->values == NULL) {
    message_clear(message);
    message_add(message, "no memory for its values");
  } else {
    copy_values(out, &in.matrix, in.header.item_size);
    digest_matrix(&out->hash, &in.matrix, in.dtype);
    while (out->finite < out->count && is_finite(out, out->finite)) out->finite++;
  }
  input_close(&in);
  return out->values != NULL;
}

void vector_clear(vector *v)
{
  free(v->values);
  *v = (vector){.values = NULL};
}
