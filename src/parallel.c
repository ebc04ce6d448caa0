/* Threads: see parallel.h. */
#include "parallel.h"

static void *thread_main(void *argument)
{
  certigar_worker *worker = argument;
  worker->work(worker->context, worker->index);
  return NULL;
}

void certigar_parallel(certigar_worker *workers, size_t threads, void (*work)(void *context, size_t worker), void *context)
{
  for (size_t w = 1; w < threads; w++) {
    workers[w] = (certigar_worker){.index = w, .work = work, .context = context};
    workers[w].started = pthread_create(&workers[w].thread, NULL, thread_main, &workers[w]) == 0;
  }
  work(context, 0);
  for (size_t w = 1; w < threads; w++)
    if (workers[w].started) pthread_join(workers[w].thread, NULL);
}
