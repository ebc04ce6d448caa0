/* Zeno's scores without the norms, from doubles that are read as bits. */
#ifndef CERTIGAR_ZENO_SCORES_H
#define CERTIGAR_ZENO_SCORES_H

#include "plan.h"

/* A double: a NaN, an infinity (-1, +1), or a value. */
typedef struct certigar_double {
  int nan, infinite;
  mpq_t value;
} certigar_double;

typedef struct certigar_zeno_reader {
  const certigar_options *options;
  certigar_double model, other; /* the loss at the model, 0 if scores are given; scratch */
} certigar_zeno_reader;

/* Asks for the loss at the model if there is a loss. */
void certigar_zeno_reader_init(certigar_zeno_reader *reader, const certigar_options *options);
void certigar_zeno_reader_clear(certigar_zeno_reader *reader);

/* Row by row, ascending: the score that was given (and then norms do not count), or the decrease of the loss. Returns -1 or +1 if it is infinite, as a
 * NaN is (-1); else 0, and base is the number, size (NULL if it is not wanted) the sum of the magnitudes of what it is the difference of. */
int certigar_zeno_read(certigar_zeno_reader *reader, size_t row, mpq_t base, mpq_ptr size);

#endif
