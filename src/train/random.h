/* Random numbers without a state that lives on: each use has a stream of its own, named by the seed, the purpose and two numbers (say worker and
 * step), so that a run which is resumed at a step draws what it would have drawn.
 *
 * The stream is SplitMix64 (Steele, Lea, Flood 2014) from a state that is mixed of the names.
 */
#ifndef CERTIGAR_TRAIN_RANDOM_H
#define CERTIGAR_TRAIN_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct random_stream {
  uint64_t state;
} random_stream;

typedef enum random_purpose {
  RANDOM_DATA,       /* the generated data set */
  RANDOM_SPLIT,      /* which worker gets which sample */
  RANDOM_PARAMETERS, /* the model at the beginning */
  RANDOM_BATCH,
  RANDOM_DROPOUT,
  RANDOM_ATTACK,
  RANDOM_VALIDATION, /* the server's own batches */
  RANDOM_ARRIVAL     /* which worker answers next, and how late */
} random_purpose;

random_stream random_open(uint64_t seed, random_purpose purpose, uint64_t first, uint64_t second);
uint64_t random_word(random_stream *stream);
size_t random_below(random_stream *stream, size_t bound); /* 0 to bound - 1, bound >= 1, each with the same probability */
double random_unit(random_stream *stream);                /* in (0, 1): an odd multiple of 2^-53, exact, and never 1 */
double random_normal(random_stream *stream);              /* mean 0, variance 1 (Box, Muller 1958) */
double random_gamma(random_stream *stream, double shape); /* scale 1 (Marsaglia, Tsang 2000), shape > 0 */

/* A random order of 0 .. count-1 (Fisher, Yates). */
void random_order(random_stream *stream, size_t *order, size_t count);

#endif
