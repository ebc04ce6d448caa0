/* See zeno_scores.h. */
#include "zeno_scores.h"

#include <string.h>

static void read_double(certigar_double *to, double from)
{
  uint64_t bits, fraction;
  memcpy(&bits, &from, sizeof bits);
  int negative = bits >> 63 != 0, exponent = (int)(bits >> 52 & 0x7ff);
  fraction = bits & 0xfffffffffffff;
  to->nan = exponent == 0x7ff && fraction != 0;
  to->infinite = exponent != 0x7ff || fraction != 0 ? 0 : negative ? -1 : 1;
  if (exponent == 0x7ff) return;
  mpq_set_ui(to->value, (unsigned long)(exponent == 0 ? fraction : fraction | 1ULL << 52), 1);
  mpq_mul_2exp(to->value, to->value, (mp_bitcnt_t)(exponent == 0 ? 0 : exponent - 1));
  mpq_div_2exp(to->value, to->value, 1074);
  if (negative) mpq_neg(to->value, to->value);
}

void certigar_zeno_reader_init(certigar_zeno_reader *reader, const certigar_options *options)
{
  *reader = (certigar_zeno_reader){.options = options};
  mpq_inits(reader->model.value, reader->other.value, (mpq_ptr)NULL);
  if (!options->scores) read_double(&reader->model, options->loss(options->loss_context, SIZE_MAX));
}

void certigar_zeno_reader_clear(certigar_zeno_reader *reader)
{
  mpq_clears(reader->model.value, reader->other.value, (mpq_ptr)NULL);
}

int certigar_zeno_read(certigar_zeno_reader *reader, size_t row, mpq_t base, mpq_ptr size)
{
  const certigar_options *options = reader->options;
  const certigar_double *model = &reader->model, *other = &reader->other;
  read_double(&reader->other, options->scores ? options->scores[row] : options->loss(options->loss_context, row));
  int sign = options->scores ? 1 : -1; /* of what is added to the model's */
  if (model->nan || other->nan || (model->infinite != 0 && model->infinite == other->infinite)) return -1;
  if (model->infinite != 0) return model->infinite;
  if (other->infinite != 0) return sign * other->infinite;
  mpq_abs(base, other->value);
  if (size) mpq_abs(size, model->value);
  if (size) mpq_add(size, size, base);
  if (sign > 0) {
    mpq_set(base, other->value);
  } else {
    mpq_sub(base, model->value, other->value);
  }
  return 0;
}
