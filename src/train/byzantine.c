/* What the Byzantine workers of a run do: wrong labels to learn from, and rows that an attack rewrites. */
#include "attacks/moved.h"
#include "run.h"

#include <math.h>

void byzantine_labels(training *run)
{
  size_t classes = run->options.data->classes, order[256];
  random_stream random = random_open(run->options.seed, RANDOM_ATTACK, UINT64_MAX, 0);
  random_order(&random, order, classes);
  for (size_t c = 0; c < classes; c++)
    run->permuted[c] = (unsigned char)(run->options.labels == LABELS_REVERSED   ? classes - 1 - c
                                       : run->options.labels == LABELS_PERMUTED ? order[c]
                                                                                : c);
}

int byzantine_sees_all(const training_options *o)
{
  return o->omniscient < 0 ? o->attack && o->attack->omniscient : o->omniscient;
}

int byzantine_send(training *run, float *rows, uint64_t which)
{
  const training_options *o = &run->options;
  if (!o->attack || !o->attack->send || o->q == 0) return 1;
  attack_case a = {.rows = rows, .n = o->n, .d = run->d, .q = o->q, .f = o->f,
                   .omniscient = byzantine_sees_all(o),
                   .strength = isnan(o->strength) ? o->attack->strength : o->strength, .target = o->target,
                   .random = random_open(o->seed, RANDOM_ATTACK, run->done, which)};
  moved_search search;
  int searches = o->attack->searches;
  if (searches && !moved_open(&search, &a, run->plan, run->direction)) return 0;
  o->attack->send(&a);
  if (searches) moved_close(&search);
  return 1;
}
