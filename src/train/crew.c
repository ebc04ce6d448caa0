/* Work in the threads of a run: see run.h. */
#include "parallel.h"
#include "run.h"

#include <stdatomic.h>

typedef struct crew {
  training *run;
  size_t items;
  void (*work)(training *run, size_t thread, size_t item);
  atomic_size_t next;
} crew;

static void take_items(void *context, size_t thread)
{
  crew *c = context;
  for (size_t i; (i = atomic_fetch_add(&c->next, 1)) < c->items;) c->work(c->run, thread, i);
}

void crew_work(training *run, size_t items, void (*work)(training *run, size_t thread, size_t item))
{
  crew c = {.run = run, .items = items, .work = work};
  certigar_worker workers[THREADS_MAX];
  certigar_parallel(workers, run->threads < items ? run->threads : items, take_items, &c);
}
