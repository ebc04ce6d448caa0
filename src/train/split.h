/* Which training samples each worker has.
 *
 * Evenly: as many of every class for each worker as there are at most, which of them drawn at random; the rest stays unused (the thesis's
 * homogeneous MNIST: 15 workers with 361 of each digit). By Dirichlet(alpha): for each class the shares of the workers are drawn from the symmetric
 * Dirichlet distribution, and the class's samples are dealt out by them (the thesis's heterogeneous data, alpha = 0.1).
 */
#ifndef CERTIGAR_TRAIN_SPLIT_H
#define CERTIGAR_TRAIN_SPLIT_H

#include "dataset.h"

typedef struct split {
  size_t workers;
  size_t *first; /* workers + 1: worker w has which[first[w]] .. which[first[w+1] - 1] */
  size_t *which;
} split;

/* alpha = 0: evenly. Returns 0 and a message if a worker gets nothing, or there is no memory. */
int split_make(split *out, const samples *from, size_t classes, size_t workers, double alpha, uint64_t seed, certigar_message *message);
void split_free(split *s);

/* A batch of a worker's samples for a step: its samples in a new random order each time it has gone through them; a worker with fewer samples than a
 * batch has them again. order: scratch for as many numbers as there are samples. */
void split_batch(const split *s, size_t worker, uint64_t seed, size_t step, size_t batch, size_t *which, size_t *order);

#endif
