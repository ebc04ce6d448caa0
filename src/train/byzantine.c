/* What the Byzantine workers of a run do: wrong labels to learn from, and rows that an attack rewrites. */
#include "attacks/moved.h"
#include "certigar_attack.h"
#include "run.h"

#include <math.h>

void byzantine_labels(training *run)
{
  size_t classes = run->options.data->classes, taken[256];
  for (size_t c = 0; c < classes; c++) taken[c] = c;
  if (run->options.labels != LABELS_TRUE)
    certigar_attack_labels(run->options.labels == LABELS_REVERSED ? CERTIGAR_ATTACK_LABEL_FLIP : CERTIGAR_ATTACK_LABEL_PERMUTATION, classes,
                           run->options.seed, taken, NULL);
  for (size_t c = 0; c < classes; c++) run->permuted[c] = (unsigned char)taken[c];
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
