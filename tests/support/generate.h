/* Seeded matrices made to break aggregation rules, over bit patterns.
 *
 * A generator makes an n x d matrix of words (uint32_t or uint64_t, row after row) out of a seed: the same words on every machine, since
 * nothing is computed in floats. f tells it how many values a rule may drop: several generators aim at the n-2f or n-f values kept.
 */
#ifndef GENERATE_H
#define GENERATE_H

#include "cases/matrix.h"

typedef struct generator {
  const char *name;
  const char *catches; /* the mistake it is there to catch, in one line */
  void (*fill)(generate_matrix *matrix);
} generator;

extern const generator generators[];
extern const size_t generator_count;

/* For rules over distances of rows (generate_rows.c). */
extern const generator row_generators[];
extern const size_t row_generator_count;

/* n >= 1, n > 2f. Fills n * d words of 4 or 8 bytes. */
void generate(const generator *g, uint64_t seed, generate_format format, size_t n, size_t f, size_t d, void *rows);

/* The generator of that name, of either table, or NULL. */
const generator *generator_from_name(const char *name);

#endif
