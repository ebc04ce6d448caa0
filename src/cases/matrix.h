/* A matrix that a generator makes, over bit patterns: the same words on every machine, since nothing is computed in floats. */
#ifndef CERTIGAR_CASES_MATRIX_H
#define CERTIGAR_CASES_MATRIX_H

#include "splitmix.h"

#include <stddef.h>
#include <stdint.h>

typedef enum generate_format { GENERATE_BINARY32, GENERATE_BINARY64 } generate_format;

typedef struct generate_random {
  uint64_t state;
} generate_random;

static inline uint64_t generate_next(generate_random *random)
{
  return splitmix_next(&random->state);
}

/* 0 <= result < bound, bound >= 1; near enough to uniform. */
static inline uint64_t generate_below(generate_random *random, uint64_t bound)
{
  return generate_next(random) % bound;
}

/* n x d words of uint32_t or uint64_t, row after row. f tells a generator how many values a rule may drop. */
typedef struct generate_matrix {
  generate_format format;
  size_t n, f, d;
  void *rows;
  generate_random random;
} generate_matrix;

#endif
