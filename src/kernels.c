/* All kernels of one format and one instruction set, as one unit, so that the compiler sees through the calls.
 * Compiled with -DFORMAT=32|64|6 and -DLEVEL=baseline|x86_64_v3|x86_64_v4.
 */
#include "kernels.h"

#include "exact/bits.c"
#include "exact/choice.c"
#include "exact/shift.c"
#include "exact/key.c"
#include "exact/round.c"
#include "exact/wide.c"
#include "exact/window.c"
#if FORMAT == 64
#include "exact/window64.c"
#else
#include "exact/window32.c"
#endif
#include "exact/mean.c"
#include "exact/compare.c"
#include "order/sort.c"
#include "rules/average.c"
#include "rules/median.c"
#include "rules/trimmed_mean.c"
#include "rules/meamed_window.c"
#include "rules/meamed.c"
#include "rules/apply.c"

_Static_assert(sizeof(size_t) >= 8, "the rows of a tile must fit into memory that a size_t counts");

static size_t work_bytes(size_t n)
{
  return n * sizeof(row);
}

static void tile(certigar_tile_request *request, size_t first, size_t count, unsigned char *out)
{
  const certigar_matrix *input = request->input;
  const unsigned char *data = (const unsigned char *)input->data + (ptrdiff_t)first * input->column_stride;
  row *t = request->work;
  word words[LANES];
  int n = (int)input->n, ties;
  for (int i = 0; i < n; i++) {
    words_from_memory(data + i * input->row_stride, input->column_stride, input->byte_swapped, (int)count, words);
    if (keys_of_words(words, t[i])) request->nonfinite[i] = 1;
  }
  int exact = apply_rule(t, n, request->f, (int)request->rule, (int)request->median, words, &ties);
  for (size_t l = 0; l < count; l++)
    if (words[l] % SIGN >= SPECIAL) request->nonfinite_outputs++;
  request->exact_evaluations += (size_t)exact;
  request->ties += (size_t)ties;
  words_to_memory(words, (int)count, out);
}

#define JOIN_OF(a, b, c) a##b##_##c
#define JOIN(a, b, c) JOIN_OF(a, b, c)

extern const certigar_kernels JOIN(certigar_kernels_, FORMAT, LEVEL);
const certigar_kernels JOIN(certigar_kernels_, FORMAT, LEVEL) = {sizeof(word), LANES, work_bytes, tile};
